"""The role that deploys a stage from GitHub: it may `sls deploy`, `remove` and `rollback` only.

    python -m operations.deploy_role

writes infra/deploy-role.yml. CloudFormation creates a stack with its caller's permissions. Its
registry's schemas list the permissions that each resource type needs. So the role has the
permissions of our stack's types, on resources with the stage's names, except for permissions that
none of our properties need.
https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html

The schemas come with cfn-lint and are some weeks old. Types change: when a type gains tags,
CloudFormation adds the stack's tags to it, which a role from an older schema may not do.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-add-tags.html
"""

import fnmatch
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

TEMPLATE = Path(__file__).parents[1] / "infra/deploy-role.yml"
STACK = "artisthub-api-${Stage}"
REGION = "ap-south-1"  # the schemas' region; other regions have the same permissions
HANDLERS = ("create", "read", "update", "delete")
LARGEST_POLICY = 6_144  # characters of a managed policy, without white space


def _of(service: str, resource: str, *, region: str = "${AWS::Region}") -> str:
    account = "" if service == "s3" else "${AWS::AccountId}"
    region = "" if service in ("s3", "iam") else region
    return f"arn:${{AWS::Partition}}:{service}:{region}:{account}:{resource}"


API = [
    f"arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}::{path}"
    for path in ("/apis", "/apis/*", "/tags/*")
]
FUNCTIONS = _of("lambda", f"function:{STACK}-*")
BUCKETS = [_of("s3", f"{STACK}-*")]
ROLES = _of("iam", f"role/{STACK}-*")
LOG_GROUPS = [_of("logs", f"log-group:/aws/{kind}/{STACK}*") for kind in ("lambda", "http-api")]

# Our resources, by type. AWS names APIs, user pools, keys, plans and mappings by an id, so their
# names do not distinguish ours from the account's others.
TYPES: dict[str, list[str]] = {
    "AWS::ApiGatewayV2::Api": API,
    "AWS::ApiGatewayV2::Authorizer": API,
    "AWS::ApiGatewayV2::Integration": API,
    "AWS::ApiGatewayV2::Route": API,
    "AWS::ApiGatewayV2::Stage": API,
    "AWS::Backup::BackupPlan": [_of("backup", "backup-plan:*")],
    "AWS::Backup::BackupSelection": [_of("backup", "backup-plan:*")],
    "AWS::Backup::BackupVault": [_of("backup", f"backup-vault:{STACK}-*")],
    "AWS::CloudWatch::Alarm": [_of("cloudwatch", f"alarm:{STACK}-*")],
    "AWS::CloudWatch::Dashboard": [_of("cloudwatch", f"dashboard/{STACK}", region="")],
    "AWS::Cognito::UserPool": [_of("cognito-idp", "userpool/*")],
    "AWS::Cognito::UserPoolClient": [_of("cognito-idp", "userpool/*")],
    "AWS::Cognito::UserPoolDomain": [_of("cognito-idp", "userpool/*")],
    "AWS::Cognito::UserPoolGroup": [_of("cognito-idp", "userpool/*")],
    "AWS::DynamoDB::Table": [_of("dynamodb", f"table/{STACK}-*")],
    "AWS::Events::EventBus": [_of("events", "event-bus/artisthub-${Stage}")],
    "AWS::Events::Rule": [_of("events", f"rule/{STACK}-*")],
    "AWS::IAM::Policy": [ROLES],
    "AWS::IAM::Role": [ROLES],
    "AWS::KMS::Key": [_of("kms", "key/*")],
    "AWS::Lambda::EventSourceMapping": [_of("lambda", "event-source-mapping:*")],
    "AWS::Lambda::Function": [FUNCTIONS],
    "AWS::Lambda::Permission": [FUNCTIONS],
    "AWS::Lambda::LayerVersion": [
        _of("lambda", f"layer:{STACK}-*"),
        _of("lambda", f"layer:{STACK}-*:*"),
    ],
    "AWS::Logs::LogGroup": LOG_GROUPS,
    "AWS::Logs::QueryDefinition": ["*"],
    "AWS::S3::Bucket": BUCKETS,
    "AWS::S3::BucketPolicy": BUCKETS,
    "AWS::SES::EmailIdentity": [_of("ses", "identity/*artisthub.com")],
    "AWS::SNS::Subscription": [_of("sns", f"{STACK}-*")],
    "AWS::SNS::Topic": [_of("sns", f"{STACK}-*")],
    "AWS::SQS::Queue": [_of("sqs", f"{STACK}-*")],
    "AWS::SSM::Parameter": [_of("ssm", "parameter/artisthub/${Stage}/*")],
    "AWS::SecretsManager::Secret": [_of("secretsmanager", "secret:ClientSecret-*")],
}
# IAM's names for services, where they differ from CloudFormation's.
SERVICES = {
    "ApiGatewayV2": ["apigateway"],
    "Backup": ["backup", "backup-storage"],
    "Cognito": ["cognito-idp"],
}
# Permissions in schemas that none of our properties need, for data first. Some do not exist in IAM.
UNUSED = [
    "apigateway:*agResource",
    "backup-storage:Mount",
    "s3:DeleteBucketCors",
    "s3:DeleteBucketEncryption",
    "s3:DeleteBucketLifecycle",
    "s3:DeleteBucketTagging",
    "secretsmanager:GetSecretValue",
    "secretsmanager:GetRandomPassword",
    "secretsmanager:*Region*",
    "s3:*Object*",
    "s3:*Acl",
    "s3:*Replication*",
    "s3:DeleteBucketWebsite",
    "s3:PutBucketWebsite",
    "s3:PutBucketAbac",
    "s3:UpdateBucketMetadata*",
    "s3:*MetadataTable*",
    "s3:Put*Analytics*",
    "s3:Put*Inventory*",
    "s3:PutIntelligent*",
    "s3:Put*Metrics*",
    "s3:PutAccelerate*",
    "s3:PutBucketLogging",
    "s3:PutBucketNotification",
    "s3:DeleteBucketAnalytics*",
    "s3:DeleteBucketMetrics*",
    "dynamodb:*Import*",
    "dynamodb:*Item",
    "dynamodb:*TableReplica",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:*KinesisStreamingDestination",
    "dynamodb:UpdateContributorInsights",
    "dynamodb:*ResourcePolicy",
    "lambda:*CodeSigning*",
    "lambda:*FunctionConcurrency",
    "lambda:AssociateRuntimeAlias",
    "lambda:PassCapacityProvider",
    "lambda:PublishVersion",
    "lambda:PutFunctionScalingConfig",
    "logs:DeleteResourcePolicy",
    "logs:PutBearerTokenAuthentication",
    "logs:PutLogGroupDeletionProtection",
    "logs:*DataProtection*",
    "logs:*IndexPolicy",
    "logs:*KmsKey",
    "iam:DeleteRolePermissionsBoundary",
    "iam:*AttachRolePolicy",
    "iam:DetachRolePolicy",
    "iam:*GroupPolicy",
    "iam:*UserPolicy",
    "sns:PutDataProtectionPolicy",
    "backup:*AccessPolicy",
    "backup:*LockConfiguration",
    "backup:*Notifications",
    "ses:PutEmailIdentityDkimSigningAttributes",
]
# Changes of roles for which we require the boundary. A role without one must get it first.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
BOUNDED = ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]
BOUNDARY = "artisthub-boundary-${Stage}"
BOUNDARY_ARN = _of("iam", f"policy/{BOUNDARY}")
# The most that a role of the stack may do: what our functions, API Gateway and AWS Backup need, on
# resources of the stage. A change that needs more changes this stack first. AWS names user pools,
# keys and recovery points by an id.
MOST: dict[tuple[str, ...], list[str]] = {
    (_of("backup", f"backup-vault:{STACK}-*"),): [
        "backup:CopyIntoBackupVault",
        "backup:DescribeBackupVault",
    ],
    (_of("backup", "recovery-point:*"),): ["backup:TagResource"],
    (_of("cognito-idp", "userpool/*"),): [
        "cognito-idp:AdminConfirmSignUp",
        "cognito-idp:AdminDeleteUser",
        "cognito-idp:AdminForgetDevice",
        "cognito-idp:AdminGetUser",
        "cognito-idp:AdminListDevices",
        "cognito-idp:AdminSetUserMFAPreference",
        "cognito-idp:AdminSetUserPassword",
        "cognito-idp:AdminUpdateUserAttributes",
        "cognito-idp:AdminUserGlobalSignOut",
        "cognito-idp:ListUsers",
    ],
    (_of("dynamodb", f"table/{STACK}-*"),): [
        "dynamodb:BatchGetItem",
        "dynamodb:BatchWriteItem",
        "dynamodb:ConditionCheckItem",
        "dynamodb:CreateBackup",
        "dynamodb:DeleteBackup",
        "dynamodb:DeleteItem",
        "dynamodb:DescribeBackup",
        "dynamodb:DescribeStream",
        "dynamodb:DescribeTable",
        "dynamodb:GetItem",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
        "dynamodb:ListTagsOfResource",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:StartAwsBackupJob",
        "dynamodb:UpdateItem",
    ],
    (_of("events", "event-bus/artisthub-${Stage}"),): ["events:PutEvents"],
    (_of("kms", "key/*"),): ["kms:GenerateMac", "kms:VerifyMac"],
    (FUNCTIONS,): ["lambda:InvokeFunction"],
    tuple(f"{group}:*" for group in LOG_GROUPS): ["logs:CreateLogStream", "logs:PutLogEvents"],
    (*BUCKETS, _of("s3", f"{STACK}-*/*")): [
        "s3:DeleteObject",
        "s3:GetObject",
        "s3:ListBucket",
        "s3:PutObject",
    ],
    (_of("secretsmanager", "secret:ClientSecret-*"),): ["secretsmanager:GetSecretValue"],
    (_of("ses", "identity/*"),): ["ses:SendEmail"],
    (_of("sqs", f"{STACK}-*"),): ["sqs:SendMessage"],
}
# Actions that AWS does not let us limit to our resources.
# https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
UNNAMED = [
    "backup-storage:MountCapsule",
    "cloudwatch:DescribeAlarms",
    "cognito-idp:CreateUserPool",
    "cognito-idp:DescribeUserPoolDomain",
    "kms:CreateKey",
    "lambda:CreateEventSourceMapping",
    "logs:CreateLogDelivery",
    "logs:DescribeLogGroups",
    "logs:*ResourcePolic*",
    "sns:*Subscription*",
    "sns:Unsubscribe",
]
# Actions of `sls` itself, and those for HTTP API access logs, which the schemas lack.
# https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
OWN = {
    _of("cloudformation", f"stack/{STACK}/*"): [
        "cloudformation:CreateChangeSet",
        "cloudformation:CreateStack",
        "cloudformation:DeleteChangeSet",
        "cloudformation:DeleteStack",
        "cloudformation:DescribeChangeSet",
        "cloudformation:DescribeStackEvents",
        "cloudformation:DescribeStackResource",
        "cloudformation:DescribeStackResources",
        "cloudformation:DescribeStacks",
        "cloudformation:ExecuteChangeSet",
        "cloudformation:GetTemplate",
        "cloudformation:ListStackResources",
        "cloudformation:UpdateStack",
    ],
    "*": [
        "cloudformation:ListStacks",
        "cloudformation:ValidateTemplate",
        "logs:DeleteLogDelivery",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:UpdateLogDelivery",
    ],
    FUNCTIONS: ["lambda:GetFunctionConfiguration", "lambda:ListVersionsByFunction"],
    _of("s3", f"{STACK}-serverlessdeploymentbuck*/*"): [
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:GetObject",
        "s3:PutObject",
    ],
}
# If a stage's data outlives its stack, no change may delete resources with data.
KEPT = {
    "Effect": "Deny",
    "Action": [
        "backup:DeleteBackupVault",
        "cognito-idp:DeleteUserPool",
        "dynamodb:DeleteTable",
    ],
    "Resource": "*",
}
# If data is deleted with the stack, S3 requires the upload bucket to be empty first.
EMPTIED = {
    "Effect": "Allow",
    "Action": ["s3:DeleteObject"],
    "Resource": [{"Fn::Sub": _of("s3", f"{STACK}-mediabucket*/*")}],
}
# Cognito creates its own role when an account's first pool sends through SES, with the deployer's
# permissions.
# https://docs.aws.amazon.com/cognito/latest/developerguide/using-service-linked-roles.html
MAILER = "email.cognito-idp.amazonaws.com"
PASSED_TO = ["apigateway.amazonaws.com", "backup.amazonaws.com", "lambda.amazonaws.com"]


def asked(resource_type: str) -> set[str]:
    """Return the permissions that CloudFormation needs to create, change, tag and delete a type.

    The set is empty for the few types whose schema does not list them.
    """
    schema = registered(resource_type)
    handlers = [schema.get("handlers", {}).get(name, {}) for name in HANDLERS]
    return {
        permission
        for part in (*handlers, schema.get("tagging", {}))
        for permission in part.get("permissions", [])
    }


def registered(resource_type: str) -> dict[str, Any]:
    """Return the type's schema in CloudFormation's registry."""
    schema: dict[str, Any] = PROVIDER_SCHEMA_MANAGER.get_resource_schema(
        REGION, resource_type
    ).schema
    return schema


def needed(resource_type: str) -> Iterator[str]:
    """Yield the permissions in the type's own service that our properties need."""
    namespace = resource_type.split("::")[1]
    services = SERVICES.get(namespace, [namespace.lower()])
    for permission in asked(resource_type):
        service, _, action = permission.partition(":")
        if service.lower() in services and not _is_one(permission, UNUSED):
            yield f"{service.lower()}:{action}"


def _is_one(permission: str, patterns: list[str]) -> bool:
    return any(fnmatch.fnmatch(permission, pattern) for pattern in patterns)


def wanted(types: Iterable[str]) -> dict[tuple[str, ...], set[str]]:
    """Return a deployment's actions for these types, by the resources they act on."""
    actions: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for resource_type in types:
        for permission in needed(resource_type):
            unnamed = _is_one(permission, UNNAMED)
            actions[("*",) if unnamed else tuple(TYPES[resource_type])].add(permission)
    for resource, own in OWN.items():
        actions[(resource,)].update(own)
    return actions


def boundary() -> dict[str, Any]:
    """Return the document of the permissions boundary of every role of the stack."""
    return {
        "Version": "2012-10-17",
        "Statement": [_allowing(actions, on) for on, actions in MOST.items()],
    }


def _allowing(actions: Iterable[str], on: Iterable[str]) -> dict[str, Any]:
    resources = [{"Fn::Sub": each} if "$" in each else each for each in on]
    return {"Effect": "Allow", "Action": sorted(actions), "Resource": resources}


def statements() -> list[dict[str, Any]]:
    granted = [
        _allowing(allowed.difference(BOUNDED), on) for on, allowed in sorted(wanted(TYPES).items())
    ]
    has_boundary = {"iam:PermissionsBoundary": {"Fn::Sub": BOUNDARY_ARN}}
    return [
        *granted,
        {**_allowing(BOUNDED, [ROLES]), "Condition": {"StringEquals": has_boundary}},
        {
            "Effect": "Allow",
            "Action": ["iam:PassRole"],
            "Resource": [{"Fn::Sub": ROLES}],
            "Condition": {"StringEquals": {"iam:PassedToService": PASSED_TO}},
        },
        {
            "Effect": "Allow",
            "Action": ["iam:CreateServiceLinkedRole"],
            "Resource": [{"Fn::Sub": _of("iam", f"role/aws-service-role/{MAILER}/*")}],
            "Condition": {"StringEquals": {"iam:AWSServiceName": MAILER}},
        },
    ]


def policies() -> list[dict[str, Any]]:
    """Return the statements in as few policy documents as their size limit allows."""
    documents: list[dict[str, Any]] = []
    for statement in statements():
        if not documents or _size(documents[-1]) + _size(statement) > LARGEST_POLICY:
            documents.append({"Version": "2012-10-17", "Statement": []})
        documents[-1]["Statement"].append(statement)
    return documents


def _size(document: dict[str, Any]) -> int:
    return len(json.dumps(document, separators=(",", ":")))


def template() -> str:
    """Return the template of a separate stack. The account's owner creates it once per stage."""
    managed = {
        f"DeployPolicy{number}": {
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {"PolicyDocument": document},
        }
        for number, document in enumerate(policies(), 1)
    }
    managed["ProtectDataPolicy"] = {
        "Type": "AWS::IAM::ManagedPolicy",
        "Condition": "IsProtected",
        "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [KEPT]}},
    }
    managed["EmptyBucketPolicy"] = {
        "Type": "AWS::IAM::ManagedPolicy",
        "Condition": "IsUnprotected",
        "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [EMPTIED]}},
    }
    host = "token.actions.githubusercontent.com"
    is_theirs = {
        f"{host}:aud": "sts.amazonaws.com",
        f"{host}:sub": {"Fn::Sub": "repo:${Repository}:environment:${Stage}"},
    }
    trust = {
        "Effect": "Allow",
        "Principal": {
            "Federated": {"Fn::If": ["HasNoProvider", {"Ref": "GitHub"}, {"Ref": "Provider"}]}
        },
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": is_theirs},
    }
    content = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "The role with which GitHub Actions deploys one stage of artisthub-api",
        "Parameters": {
            "Stage": {"Type": "String", "AllowedValues": ["dev", "staging", "prod"]},
            "Repository": {
                "Type": "String",
                "Description": "owner/name on GitHub; jobs in its environment STAGE may deploy",
                "AllowedPattern": "[^/*]+/[^/*]+",
            },
            "Provider": {
                "Type": "String",
                "Description": "ARN of the account's OIDC provider for GitHub, if there is one",
                "Default": "",
            },
        },
        "Conditions": {
            "HasNoProvider": {"Fn::Equals": [{"Ref": "Provider"}, ""]},
            "IsProtected": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Stage"}, "dev"]}]},
            "IsUnprotected": {"Fn::Equals": [{"Ref": "Stage"}, "dev"]},
        },
        "Resources": {
            "GitHub": {
                "Type": "AWS::IAM::OIDCProvider",
                "Condition": "HasNoProvider",
                "DeletionPolicy": "Retain",
                "UpdateReplacePolicy": "Retain",
                "Properties": {"Url": f"https://{host}", "ClientIdList": ["sts.amazonaws.com"]},
            },
            "Boundary": {
                "Type": "AWS::IAM::ManagedPolicy",
                "Properties": {
                    "ManagedPolicyName": {"Fn::Sub": BOUNDARY},
                    "Description": "The most that a role of the stack may do",
                    "PolicyDocument": boundary(),
                },
            },
            **managed,
            "DeployRole": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "RoleName": {"Fn::Sub": "artisthub-deploy-${Stage}"},
                    "MaxSessionDuration": 3600,
                    "ManagedPolicyArns": [
                        _attached(name, policy) for name, policy in managed.items()
                    ],
                    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
                },
            },
        },
        "Outputs": {"RoleArn": {"Value": {"Fn::GetAtt": ["DeployRole", "Arn"]}}},
    }
    about = "# Written by `make fix`, from operations/deploy_role.py.\n"
    return about + yaml.safe_dump(content, sort_keys=False, width=120)


def _attached(name: str, policy: dict[str, Any]) -> dict[str, Any]:
    if "Condition" not in policy:
        return {"Ref": name}
    return {"Fn::If": [policy["Condition"], {"Ref": name}, {"Ref": "AWS::NoValue"}]}


if __name__ == "__main__":
    TEMPLATE.write_text(template())
