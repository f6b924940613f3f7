"""Checks for obstacles: the stack's state, names in use and leftovers of earlier stacks."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from botocore.exceptions import ClientError

from operations import adopt
from operations.preflight import finding
from operations.preflight.finding import Finding
from operations.preflight.package import Package
from operations.preflight.place import Place

REMOVE = "npx sls remove --stage {stage}, then deploy"
FIX_AND_REMOVE = "fix what the stack's events name, then npx sls remove --stage {stage}"
# As in docs/operations.md, "When a deployment failed halfway".
STUCK = {
    "CREATE_FAILED": REMOVE,
    "ROLLBACK_COMPLETE": REMOVE,
    "ROLLBACK_FAILED": REMOVE,
    "REVIEW_IN_PROGRESS": REMOVE,
    "IMPORT_ROLLBACK_FAILED": FIX_AND_REMOVE,
    "DELETE_FAILED": FIX_AND_REMOVE,
    "UPDATE_ROLLBACK_FAILED": "fix what the stack's events name, then "
    "aws cloudformation continue-update-rollback --stack-name {stack}",
}
LISTED = 5


def stack_finding(stack: str, status: str | None) -> Finding:
    """Check the stack's status, which is None if there is no stack."""
    if status in {None, "DELETE_COMPLETE"}:
        return finding.ok(f"{stack} is new; this is its first deployment")
    assert status is not None
    if status in STUCK:
        todo = STUCK[status].format(stack=stack, stage=stack.rpartition("-")[2])
        return finding.fails(f"{stack} is in {status}, which allows no deployment", todo)
    if status.endswith("_IN_PROGRESS"):
        return finding.fails(f"{stack} is in {status}", "wait until it has finished")
    return finding.ok(f"{stack} is in {status}")


def stack_status(place: Place, stack: str) -> str | None:
    try:
        [found] = place.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise
    return str(found["StackStatus"])


def own_resources(place: Place, stack: str) -> dict[str, str]:
    """Return the stack's physical ids by logical id. Without a stack there are none."""
    pages = place.client("cloudformation").get_paginator("list_stack_resources")
    try:
        return {
            each["LogicalResourceId"]: each.get("PhysicalResourceId", "")
            for page in pages.paginate(StackName=stack)
            for each in page["StackResourceSummaries"]
            if each["ResourceStatus"] != "DELETE_COMPLETE"
        }
    except ClientError as error:
        if "does not exist" in str(error):
            return {}
        raise


def literal(value: Any, place: Place) -> str | None:
    """Return the name that CloudFormation would use, or None if it depends on a new resource."""
    known = {
        "AWS::AccountId": place.account,
        "AWS::Partition": place.arn.split(":")[1],
        "AWS::Region": place.region,
    }
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and "Ref" in value:
        return known.get(value["Ref"])
    if isinstance(value, dict) and isinstance(text := value.get("Fn::Sub"), str):
        if set(re.findall(r"\$\{([^}]+)\}", text)) <= known.keys():
            return re.sub(r"\$\{([^}]+)\}", lambda name: known[name[1]], text)
        return None
    if isinstance(value, dict) and "Fn::Join" in value:
        separator, parts = value["Fn::Join"]
        names = [literal(part, place) for part in parts]
        return None if None in names else separator.join(names)
    return None


Wanted = set[str]


def _pages(client: Any, operation: str, items: str, name: str, **arguments: Any) -> set[str]:
    pages = client.get_paginator(operation).paginate(**arguments)
    return {each[name] for page in pages for each in page[items]}


def _user_pool_domains(place: Place, wanted: Wanted) -> set[str]:
    """Return the domains in use, in any account. AWS describes a free domain as empty."""
    cognito = place.client("cognito-idp")
    return {
        each
        for each in wanted
        if cognito.describe_user_pool_domain(Domain=each)["DomainDescription"].get("UserPoolId")
    }


def _parameters(place: Place, wanted: Wanted) -> set[str]:
    found = place.client("ssm").get_parameters(Names=sorted(wanted))
    return {each["Name"] for each in found["Parameters"]}


def _event_buses(place: Place, wanted: Wanted) -> set[str]:
    events = place.client("events")
    return {
        each["Name"]
        for name in wanted
        for each in events.list_event_buses(NamePrefix=name)["EventBuses"]
    }


def _identities(place: Place, wanted: Wanted) -> set[str]:
    sesv2, found = place.client("sesv2"), set()
    for each in wanted:
        try:
            sesv2.get_email_identity(EmailIdentity=each)
        except ClientError as error:
            if finding.code(error) != "NotFoundException":
                raise
        else:
            found.add(each)
    return found


def _log_groups(place: Place, wanted: Wanted) -> set[str]:
    aws = place.client("logs")
    return _pages(
        aws, "describe_log_groups", "logGroups", "logGroupName", logGroupNamePrefix="/aws/"
    )


def _functions(place: Place, wanted: Wanted) -> set[str]:
    return _pages(place.client("lambda"), "list_functions", "Functions", "FunctionName")


def _roles(place: Place, wanted: Wanted) -> set[str]:
    return _pages(place.client("iam"), "list_roles", "Roles", "RoleName")


def _vaults(place: Place, wanted: Wanted) -> set[str]:
    aws = place.client("backup")
    return _pages(aws, "list_backup_vaults", "BackupVaultList", "BackupVaultName")


def _dashboards(place: Place, wanted: Wanted) -> set[str]:
    aws = place.client("cloudwatch")
    return _pages(aws, "list_dashboards", "DashboardEntries", "DashboardName")


def _tables(place: Place, wanted: Wanted) -> set[str]:
    pages = place.client("dynamodb").get_paginator("list_tables").paginate()
    return {name for page in pages for name in page["TableNames"]}


def _buckets(place: Place, wanted: Wanted) -> set[str]:
    found = place.client("s3").list_buckets(BucketRegion=place.region)
    return {each["Name"] for each in found["Buckets"]}


def _pools(place: Place, wanted: Wanted) -> dict[str, str]:
    """Return names by id, because names need not be unique."""
    pages = place.client("cognito-idp").get_paginator("list_user_pools").paginate(MaxResults=60)
    return {each["Id"]: each["Name"] for page in pages for each in page["UserPools"]}


# Types for which AWS refuses a name in use: the name's property, a word for it and a function that
# returns the names in use.
NAMED: dict[str, tuple[str, str, Callable[[Place, Wanted], set[str]]]] = {
    "AWS::Backup::BackupVault": ("BackupVaultName", "backup vault", _vaults),
    "AWS::CloudWatch::Dashboard": ("DashboardName", "dashboard", _dashboards),
    "AWS::Cognito::UserPoolDomain": ("Domain", "user-pool domain", _user_pool_domains),
    "AWS::DynamoDB::Table": ("TableName", "table", _tables),
    "AWS::Events::EventBus": ("Name", "event bus", _event_buses),
    "AWS::IAM::Role": ("RoleName", "role", _roles),
    "AWS::Lambda::Function": ("FunctionName", "function", _functions),
    "AWS::Logs::LogGroup": ("LogGroupName", "log group", _log_groups),
    "AWS::S3::Bucket": ("BucketName", "bucket", _buckets),
    "AWS::SES::EmailIdentity": ("EmailIdentity", "SES identity", _identities),
    "AWS::SSM::Parameter": ("Name", "parameter", _parameters),
}
# How to free a name, if deleting is not the whole answer.
ROOM = {
    "AWS::Backup::BackupVault": "adopt it (docs/operations.md, Remove a stage and bring it back), "
    "or delete its recovery points and then the vault",
    "AWS::Cognito::UserPoolDomain": "change Domain in infra/resources/user-pool.yml, or delete it "
    "if it is yours: aws cognito-idp delete-user-pool-domain",
    "AWS::SES::EmailIdentity": "aws sesv2 delete-email-identity --email-identity {name}; the stack "
    "creates it again, and SES shows new DNS records",
}


def wanted_names(package: Package, own: dict[str, str], place: Place) -> dict[str, set[str]]:
    """Return the fixed names of resources that the deployment would create, by type."""
    wanted: dict[str, set[str]] = {}
    for resource_type, (property_name, _, _) in NAMED.items():
        names = {
            literal(properties.get(property_name), place)
            for logical_id, properties in package.of_type(resource_type).items()
            if logical_id not in own
        }
        wanted[resource_type] = {name for name in names if name}
    return wanted


def taken_finding(resource_type: str, wanted: set[str], existing: Iterable[str]) -> Finding:
    taken = sorted(wanted & set(existing))
    what = NAMED[resource_type][1]
    if not taken:
        return finding.ok(f"{len(wanted)} free" if wanted else "no fixed names")
    todo = ROOM.get(resource_type, "delete the earlier stack's resource, or rename the new one")
    return finding.fails(
        f"{_listed(taken)}: this {what} exists and does not belong to this stack",
        todo.format(name=taken[0]),
    )


def taken(place: Place, resource_type: str, wanted: set[str]) -> Finding:
    existing = NAMED[resource_type][2](place, wanted) if wanted else set()
    return taken_finding(resource_type, wanted, existing)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more


def left_finding(
    stack: str, left: dict[str, str], kept: set[str], *, is_new: bool, has_more: bool = False
) -> Finding:
    """Check leftovers.

    `left` has the resources that belong to no stack of this stage, with their types. `kept` has
    those that an earlier stack kept, and `has_more` tells whether several stacks did.
    """
    if not left:
        return finding.ok("no earlier stack left anything")
    names = _listed([f"{what} {name}" for name, what in sorted(left.items())])
    stage = stack.rpartition("-")[2]
    if is_new and kept & left.keys():
        which = " --from STACK_ID, which it lists" if has_more else ""
        return finding.fails(
            f"an earlier stack kept {names}: a deployment creates new, empty ones beside these",
            f".venv/bin/python -m operations adopt --stage {stage}{which}, then deploy; or delete "
            "them if you do not need their data",
        )
    return finding.warning(
        f"{names} belong to no stack of this stage",
        "delete the empty ones: docs/operations.md, When a deployment failed halfway",
    )


def left_behind(place: Place, stack: str, own: dict[str, str], *, is_new: bool) -> Finding:
    left = {
        name: what
        for name, what in _of_the_stage(place, stack).items()
        # A table restored beside a live one has its name as a prefix.
        if not {name, name.partition(".")[0]} & set(own.values())
    }
    candidates = adopt.candidates(place.client("cloudformation"), stack) if left else []
    kept = {each.physical_id for one in candidates for each in one.kept.values()}
    return left_finding(stack, left, kept, is_new=is_new, has_more=len(candidates) > 1)


def _of_the_stage(place: Place, stack: str) -> dict[str, str]:
    pool_name = stack.replace("artisthub-api-", "artisthub-")
    by_name = {"table": _tables, "bucket": _buckets, "backup vault": _vaults}
    found = {
        name: what
        for what, existing in by_name.items()
        for name in existing(place, set())
        if name.startswith(f"{stack}-")
    }
    pools = {
        pool_id: "user pool" for pool_id, name in _pools(place, set()).items() if name == pool_name
    }
    return found | pools
