"""`sls deploy` to the embedded AWS, and the settings that its CloudFormation ignores."""

import os
import subprocess
from pathlib import Path
from typing import Any

import boto3

from embedded.instance import REGION, ROOT, ROOT_KEY, EmbeddedError, Instance

SLS = ROOT / "node_modules" / ".bin" / "sls"


def run(instance: Instance) -> None:
    if not SLS.exists():
        raise EmbeddedError(f"{SLS} is missing; run `make install`")
    log = instance.state / "deploy.log"
    with log.open("wb") as output:
        finished = subprocess.run(
            [SLS, "deploy", "--stage", instance.stage, "--region", REGION],
            cwd=ROOT,
            env=environment(instance),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    if finished.returncode != 0:
        raise EmbeddedError(f"`sls deploy` failed; the full log is {log}\n{_last_lines(log)}")


def environment(instance: Instance) -> dict[str, str]:
    """Return variables that make `sls` and the SDKs use this instance and no AWS account."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    own.pop("PYTHONPATH", None)
    return own | {
        "AWS_ENDPOINT_URL": instance.endpoint_url,
        "AWS_ACCESS_KEY_ID": ROOT_KEY,
        "AWS_SECRET_ACCESS_KEY": ROOT_KEY,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        # Milliseconds between two looks at the stack. The usual 5,000 are for AWS.
        "SLS_AWS_MONITORING_FREQUENCY": "100",
        "ARTISTHUB_MAIL": "all",  # MiniStack's SES verifies every identity immediately
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }


def finish(instance: Instance) -> dict[str, str]:
    """Apply the settings that MiniStack's CloudFormation ignores. Return the stack's outputs."""
    session = aws(instance)
    cloudformation = session.client("cloudformation", endpoint_url=instance.endpoint_url)
    stack = f"artisthub-api-{instance.stage}"
    template: Any = cloudformation.get_template(StackName=stack)["TemplateBody"]
    resources = cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
    for resource in resources:
        name = resource.get("PhysicalResourceId", "")
        properties = template["Resources"][resource["LogicalResourceId"]].get("Properties", {})
        if resource["ResourceType"] == "AWS::ApiGatewayV2::Api":
            _finish_api(session, instance, name, properties)
        if resource["ResourceType"] == "AWS::DynamoDB::Table":
            _finish_table(session, instance, name, properties)
        if resource["ResourceType"] == "AWS::S3::Bucket":
            _finish_bucket(session, instance, name, properties)
    outputs = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["Outputs"]
    return {output["OutputKey"]: output["OutputValue"] for output in outputs}


class Operator:
    """An operator's work with AWS CLI. It may be shared by threads."""

    def __init__(self, instance: Instance, user_pool_id: str) -> None:
        self._cognito = aws(instance).client("cognito-idp", endpoint_url=instance.endpoint_url)
        self._pool_id = user_pool_id

    def add_account(self, email: str, password: str) -> bool:
        """Create a confirmed account, without an e-mail. Return False if it exists."""
        attributes = [("email", email), ("email_verified", "true")]
        try:
            self._cognito.admin_create_user(
                UserPoolId=self._pool_id,
                Username=email,
                UserAttributes=[{"Name": name, "Value": value} for name, value in attributes],
                MessageAction="SUPPRESS",
            )
        except self._cognito.exceptions.UsernameExistsException:
            known = self._cognito.admin_get_user(UserPoolId=self._pool_id, Username=email)
            if known["UserStatus"] != "FORCE_CHANGE_PASSWORD":
                return False
            # An earlier call was interrupted here.
        self._cognito.admin_set_user_password(
            UserPoolId=self._pool_id, Username=email, Password=password, Permanent=True
        )
        return True

    def make_admin(self, email: str) -> None:
        """Make the account an administrator from its next sign-in."""
        self._cognito.admin_add_user_to_group(
            UserPoolId=self._pool_id, GroupName="admins", Username=email
        )


def aws(instance: Instance) -> boto3.Session:
    return boto3.Session(
        aws_access_key_id=ROOT_KEY, aws_secret_access_key=ROOT_KEY, region_name=REGION
    )


def _finish_api(
    session: boto3.Session, instance: Instance, api_id: str, properties: dict[str, Any]
) -> None:
    # MiniStack drops CORS on every stack update, and preflights would get 403.
    if cors := properties.get("CorsConfiguration"):
        session.client("apigatewayv2", endpoint_url=instance.endpoint_url).update_api(
            ApiId=api_id, CorsConfiguration=cors
        )


def _finish_table(
    session: boto3.Session, instance: Instance, table: str, properties: dict[str, Any]
) -> None:
    dynamodb = session.client("dynamodb", endpoint_url=instance.endpoint_url)
    # MiniStack accepts all three in the template and ignores them.
    if ttl := properties.get("TimeToLiveSpecification"):
        current = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
        if (current.get("TimeToLiveStatus") == "ENABLED") != ttl["Enabled"]:
            dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=ttl)
    if recovery := properties.get("PointInTimeRecoverySpecification"):
        dynamodb.update_continuous_backups(
            TableName=table, PointInTimeRecoverySpecification=recovery
        )
    if encryption := properties.get("SSESpecification"):
        dynamodb.update_table(
            TableName=table,
            SSESpecification={
                "Enabled": encryption["SSEEnabled"],
                "SSEType": encryption["SSEType"],
            },
        )


def _finish_bucket(
    session: boto3.Session, instance: Instance, bucket: str, properties: dict[str, Any]
) -> None:
    s3 = session.client("s3", endpoint_url=instance.endpoint_url)
    # MiniStack accepts ownership, encryption and life cycle in the template and ignores them.
    if ownership := properties.get("OwnershipControls"):
        s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=ownership)
    if encryption := properties.get("BucketEncryption"):
        rules: Any = [
            {
                "ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"],
                "BucketKeyEnabled": rule.get("BucketKeyEnabled", False),
            }
            for rule in encryption["ServerSideEncryptionConfiguration"]
        ]
        s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": rules})
    if life_cycle := properties.get("LifecycleConfiguration"):
        rules = [
            {
                "ID": rule["Id"],
                "Status": rule["Status"],
                "Filter": {"Prefix": ""},
                "AbortIncompleteMultipartUpload": rule["AbortIncompleteMultipartUpload"],
            }
            for rule in life_cycle["Rules"]
        ]
        s3.put_bucket_lifecycle_configuration(
            Bucket=bucket, LifecycleConfiguration={"Rules": rules}
        )
    # The policies require TLS, which MiniStack does not speak, so they would refuse every upload.
    s3.delete_bucket_policy(Bucket=bucket)


def _last_lines(log: Path, count: int = 20) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
