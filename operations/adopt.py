"""Adoption of a removed stack's data: tables, accounts, uploads, keys, backups, dead letters.

`sls remove` keeps these resources, and `sls deploy` alone would create new ones beside them. So a
new stack adopts them by CloudFormation import, with their template from the removed stack. Then
`sls deploy` adds the rest. CloudFormation remembers a removed stack for 90 days.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources.html
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import boto3
from botocore.exceptions import ClientError, WaiterError

# The properties by which CloudFormation identifies an import, by type: the registry's primary
# identifiers. If there are two, the first is the user pool's id.
IDENTIFIERS = {
    "AWS::Backup::BackupVault": ["BackupVaultName"],
    "AWS::Cognito::UserPool": ["UserPoolId"],
    "AWS::Cognito::UserPoolClient": ["UserPoolId", "ClientId"],
    "AWS::Cognito::UserPoolGroup": ["UserPoolId", "GroupName"],
    "AWS::DynamoDB::Table": ["TableName"],
    "AWS::KMS::Key": ["KeyId"],
    "AWS::S3::Bucket": ["BucketName"],
    "AWS::SQS::Queue": ["QueueUrl"],
}
CHANGE_SET = "adopt"
STACK = "AWS::CloudFormation::Stack"
POLL_SECONDS = 2
PATIENCE_SECONDS = 900


class Refused(Exception):
    """An adoption that was refused. The message says why and what to do."""


@dataclass(frozen=True)
class Resource:
    logical_id: str
    type: str
    physical_id: str


@dataclass(frozen=True)
class Removed:
    """A removed stack: its kept resources and the physical ids of the others."""

    stack_id: str
    removed_at: datetime
    kept: dict[str, Resource]
    gone: dict[str, str]


def run(
    stack: str,
    tell: Callable[[str], None],
    *,
    agree: Callable[[], bool],
    removed: str = "",
    without: list[str],
) -> bool:
    """Create a stack from the resources that a removed one, with id `removed`, kept."""
    aws: Any = boto3.client("cloudformation")
    _ensure_no_stack(aws, stack)
    found = _chosen(candidates(aws, stack), stack, removed)
    kept = _wanted(found.kept, without)
    template = template_of(_template(aws, found.stack_id), kept, found.gone)
    tell(f"kept by {found.stack_id}, removed at {found.removed_at:%Y-%m-%d %H:%M} UTC:")
    for each in kept.values():
        tell(f"  {each.logical_id}  {each.type}  {each.physical_id}")
    if not agree():
        return False
    _import(aws, stack, template, kept)
    tell(f"adopted by a new stack {stack}; next: npx sls deploy --stage {stack.rpartition('-')[2]}")
    return True


def _ensure_no_stack(aws: Any, stack: str) -> None:
    try:
        [described] = aws.describe_stacks(StackName=stack)["Stacks"]
    except ClientError as error:
        if "does not exist" in str(error):
            return
        raise
    status = described["StackStatus"]
    if status == "DELETE_COMPLETE":
        return
    stage = stack.rpartition("-")[2]
    if status == "REVIEW_IN_PROGRESS":
        raise Refused(
            f"{stack} has only an unfinished change set; delete it first: "
            f"aws cloudformation delete-stack --stack-name {stack}"
        )
    if status in {"CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"}:
        raise Refused(f"{stack} is in {status}; remove it first: npx sls remove --stage {stage}")
    raise Refused(
        f"{stack} already exists, in {status}; only a new stack can adopt. "
        f"To adopt what an earlier stack kept, remove this one first: "
        f"npx sls remove --stage {stage}"
    )


def candidates(aws: Any, stack: str) -> list[Removed]:
    """Return removed stacks that kept something, the latest first.

    If a stack adopted the resources of an earlier stack and kept them again, only it is listed.
    """
    pages = aws.get_paginator("list_stacks").paginate(StackStatusFilter=["DELETE_COMPLETE"])
    removed = [each for page in pages for each in page["StackSummaries"]]
    found: list[Removed] = []
    for each in sorted(removed, key=_removed_at, reverse=True):
        if each["StackName"] == stack:
            kept, gone = _outcome(aws, each["StackId"])
            later = {resource for other in found for resource in other.kept.values()}
            if kept and later.isdisjoint(kept.values()):
                found.append(Removed(each["StackId"], _removed_at(each), kept, gone))
    return found


def _removed_at(summary: dict[str, Any]) -> datetime:
    moment: datetime = summary.get("DeletionTime") or summary["CreationTime"]
    return moment


def _outcome(aws: Any, stack_id: str) -> tuple[dict[str, Resource], dict[str, str]]:
    """Return the resources that the stack's removal kept, and the others' physical ids."""
    kept: dict[str, Resource] = {}
    gone: dict[str, str] = {}
    for event in _events_of_removal(aws, stack_id):
        # The id of a client or group may be prefixed with its pool's id.
        name, physical_id = event["LogicalResourceId"], event["PhysicalResourceId"]
        if event["ResourceStatus"] == "DELETE_SKIPPED":
            own = physical_id.rpartition("|")[2]
            kept[name] = Resource(name, event["ResourceType"], own)
        elif physical_id:
            gone[name] = physical_id
    return dict(sorted(kept.items())), gone


def _events_of_removal(aws: Any, stack_id: str) -> Iterator[dict[str, Any]]:
    """Yield removal events, the latest first. A failed and repeated removal counts as one."""
    for page in aws.get_paginator("describe_stack_events").paginate(StackName=stack_id):
        for event in page["StackEvents"]:
            is_stack = event["ResourceType"] == STACK and event["PhysicalResourceId"] == stack_id
            if is_stack and not event["ResourceStatus"].startswith("DELETE_"):
                return
            yield event


def _chosen(candidates: list[Removed], stack: str, removed: str) -> Removed:
    if removed:
        candidates = [each for each in candidates if each.stack_id == removed]
    if not candidates:
        raise Refused(
            f"no stack {removed or stack} that kept anything was removed in the last 90 days"
        )
    if len(candidates) > 1:
        which = ", ".join(
            f"{each.stack_id} (removed at {each.removed_at:%Y-%m-%d %H:%M} UTC)"
            for each in candidates
        )
        raise Refused(
            f"{len(candidates)} removed stacks kept something; choose one with --from: {which}"
        )
    return candidates[0]


def _wanted(kept: dict[str, Resource], without: list[str]) -> dict[str, Resource]:
    unknown = [each for each in without if each not in kept]
    if unknown:
        raise Refused(f"{', '.join(unknown)} was not kept; kept resources: {', '.join(kept)}")
    wanted = {name: each for name, each in kept.items() if name not in without}
    foreign = [
        f"{each.logical_id} ({each.type})"
        for each in wanted.values()
        if each.type not in IDENTIFIERS
    ]
    if foreign:
        raise Refused(f"cannot adopt {', '.join(foreign)}; exclude it with --without")
    return wanted


def _template(aws: Any, stack_id: str) -> dict[str, Any]:
    body: Any = aws.get_template(StackName=stack_id, TemplateStage="Original")["TemplateBody"]
    template: dict[str, Any] = json.loads(body) if isinstance(body, str) else body
    return template


def template_of(
    removed: dict[str, Any], kept: dict[str, Resource], gone: dict[str, str]
) -> dict[str, Any]:
    """Return the part of the removed stack's template that describes the kept resources.

    An import accepts no outputs and requires a deletion policy for each resource. References to
    deleted resources become their physical ids. A user pool comes without its triggers, which were
    deleted; the next deployment sets the new ones.
    """
    resources = {}
    for name, each in kept.items():
        declared = dict(removed["Resources"][name])
        declared.pop("DependsOn", None)
        declared["DeletionPolicy"] = "Retain"
        properties = _named(declared.get("Properties", {}), gone)
        properties.pop("LambdaConfig", None)
        literal = {key: value for key, value in identifier(each, kept).items() if key in properties}
        declared["Properties"] = properties | literal
        resources[name] = declared
    missing = references(resources) - resources.keys()
    if missing:
        raise Refused(f"kept resources need {', '.join(sorted(missing))}, which was not kept")
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}


def _named(value: Any, gone: dict[str, str]) -> Any:
    """Return part of a template with references to these resources replaced by their names."""
    if isinstance(value, list):
        return [_named(each, gone) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("Ref") in gone:
        return gone[value["Ref"]]
    if isinstance(text := value.get("Fn::Sub"), str):
        return {"Fn::Sub": re.sub(r"\$\{(\w+)\}", lambda ref: gone.get(ref[1], ref[0]), text)}
    return {key: _named(each, gone) for key, each in value.items()}


def identifier(resource: Resource, kept: dict[str, Resource]) -> dict[str, str]:
    *pool, own = IDENTIFIERS[resource.type]
    found = {own: resource.physical_id}
    if pool:
        pools = [each for each in kept.values() if each.type == "AWS::Cognito::UserPool"]
        if len(pools) != 1:
            raise Refused(f"{resource.logical_id} belongs to a user pool, which was not kept")
        found = {pool[0]: pools[0].physical_id} | found
    return found


def references(value: Any) -> set[str]:
    """Return the logical ids that part of a template refers to."""
    if isinstance(value, list):
        return set().union(*map(references, value))
    if not isinstance(value, dict):
        return set()
    found = set().union(*map(references, value.values()))
    if isinstance(ref := value.get("Ref"), str):
        found.add(ref)
    if attribute := value.get("Fn::GetAtt"):
        found.add(attribute[0] if isinstance(attribute, list) else attribute.partition(".")[0])
    if text := value.get("Fn::Sub"):
        text, names = text if isinstance(text, list) else (text, {})
        found |= {each for each in re.findall(r"\$\{([\w:]+)", text) if each not in names}
    return {each for each in found if not each.startswith("AWS::")}


def _import(aws: Any, stack: str, template: dict[str, Any], kept: dict[str, Resource]) -> None:
    made = aws.create_change_set(
        StackName=stack,
        ChangeSetName=CHANGE_SET,
        ChangeSetType="IMPORT",
        TemplateBody=json.dumps(template),
        ResourcesToImport=[
            {
                "ResourceType": each.type,
                "LogicalResourceId": each.logical_id,
                "ResourceIdentifier": identifier(each, kept),
            }
            for each in kept.values()
        ],
    )
    # Give the stack's name too: the deploy role has no permission for a change set by its id alone.
    named = {"StackName": stack, "ChangeSetName": CHANGE_SET}
    _wait_for(aws, "change_set_create_complete", **named)
    change_set = aws.describe_change_set(**named)
    if change_set["ExecutionStatus"] != "AVAILABLE":
        # The new, empty stack would block the next try.
        aws.delete_stack(StackName=made["StackId"])
        raise Refused(f"nothing was adopted: {change_set.get('StatusReason', 'no reason given')}")
    aws.execute_change_set(**named)
    if not _wait_for(aws, "stack_import_complete", StackName=made["StackId"]):
        raise Refused(
            f"the import failed; all kept resources still exist; see the events of {stack}"
        )


def _wait_for(aws: Any, outcome: str, **what: str) -> bool:
    attempts = PATIENCE_SECONDS // POLL_SECONDS
    try:
        aws.get_waiter(outcome).wait(
            **what, WaiterConfig={"Delay": POLL_SECONDS, "MaxAttempts": attempts}
        )
    except WaiterError:
        return False
    return True
