"""Checks of IAM: the caller may deploy, and the stage's roles can get their boundary.

IAM simulates the caller's calls and makes none of them.
"""

import re
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from operations.preflight import finding
from operations.preflight.finding import Finding
from operations.preflight.package import Package
from operations.preflight.place import Place

AT_ONCE = 100
LISTED = 8


def policy_source(arn: str) -> str | None:
    """Return the user or role whose policies apply, or None if IAM cannot simulate them.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
    """
    if re.fullmatch(r"arn:[\w-]+:iam::\d+:user/.+", arn):
        return arn
    if role := re.fullmatch(r"arn:([\w-]+):sts::(\d+):assumed-role/([^/]+)/.+", arn):
        return f"arn:{role[1]}:iam::{role[2]}:role/{role[3]}"
    return None


def permissions_finding(arn: str, denied: list[str], asked: int, stage: str) -> Finding:
    if denied:
        more = f" and {len(denied) - LISTED} more" if len(denied) > LISTED else ""
        return finding.fails(
            f"{arn} may not call {', '.join(denied[:LISTED])}{more}",
            "deploy with the role in infra/deploy-role.yml (docs/operations.md, Who may deploy), "
            f"or grant the permissions in that file, with Stage={stage}",
        )
    return finding.ok(f"{arn} may make all {asked} calls; iam:PassRole was not checked")


def permissions(place: Place, package: Package, stage: str) -> Finding:
    source = policy_source(place.arn)
    if source is None:
        return finding.unknown(f"no policies limit {place.arn}, or IAM cannot simulate them")
    iam = place.client("iam")
    if ":role/" in source:
        # A session's ARN lacks its role's path.
        source = str(iam.get_role(RoleName=source.rpartition("/")[2])["Role"]["Arn"])
    boundary = _boundary(place, package, stage)
    asked: set[str] = set()
    allowed: set[str] = set()
    for resource, actions in _named(place, package, stage):
        asked.update(actions)
        allowed.update(_allowed(iam, source, sorted(actions - allowed), resource, boundary))
    return permissions_finding(source, sorted(asked - allowed), len(asked), stage)


def boundary_finding(name: str, held: set[str] | None, needed: set[str]) -> Finding:
    """Check the actions that the permissions boundary allows. They are None if it does not exist.

    Decision 0025 says what it is for.
    """
    stage = name.rpartition("-")[2]
    todo = (
        "aws cloudformation deploy --template-file infra/deploy-role.yml --stack-name "
        f"artisthub-deploy-{stage} --parameter-overrides Stage={stage} Repository=OWNER/NAME "
        "--capabilities CAPABILITY_NAMED_IAM (docs/operations.md, Who may deploy)"
    )
    if held is None:
        return finding.fails(f"there is no policy {name}, which every role of the stack has", todo)
    if lacking := sorted(needed - held):
        return finding.fails(f"{name} does not allow {', '.join(lacking[:LISTED])}", todo)
    return finding.ok(f"{name} allows what the stage's functions need")


def boundary(place: Place, package: Package, stage: str) -> Finding:
    from operations import deploy_role

    arn = _boundary(place, package, stage)
    needed = {action for actions in deploy_role.MOST.values() for action in actions}
    return boundary_finding(arn.rpartition("/")[2], _actions(place.client("iam"), arn), needed)


def _actions(iam: Any, arn: str) -> set[str] | None:
    """Return the actions that a managed policy allows, or None if there is no such policy."""
    try:
        version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    except ClientError as error:
        if finding.code(error) == "NoSuchEntity":
            return None
        raise
    held = iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]
    return {action for each in held["Document"]["Statement"] for action in each["Action"]}


def _named(place: Place, package: Package, stage: str) -> Iterator[tuple[str, set[str]]]:
    """Yield an example of each resource's name, with a deployment's calls on it."""
    # This loads cfn-lint for seconds, which other commands must not wait for.
    from operations import deploy_role

    never = set(deploy_role.KEPT["Action"])
    for resources, actions in deploy_role.wanted(package.types & deploy_role.TYPES.keys()).items():
        for resource in resources:
            yield _example(resource, place, package, stage), actions - never


def _example(resource: str, place: Place, package: Package, stage: str) -> str:
    if resource == "*":
        return resource
    known = {
        "AWS::AccountId": place.account,
        "AWS::Partition": place.arn.split(":")[1],
        "AWS::Region": place.region,
        "Stage": stage,
    }
    named = re.sub(r"\$\{([^}]+)\}", lambda name: known[name[1]], resource)
    if ":identity/" in named:
        return f"{named.partition('/')[0]}/{package.sender_domain}"
    return named.replace("*", "preflight")


def _boundary(place: Place, package: Package, stage: str) -> str:
    from operations import deploy_role

    return _example(deploy_role.BOUNDARY_ARN, place, package, stage)


def _allowed(
    iam: Any, source: str, actions: list[str], resource: str, boundary: str
) -> Iterator[str]:
    """Yield the allowed actions. Every role of the stack has the boundary."""
    on: dict[str, Any] = {} if resource == "*" else {"ResourceArns": [resource]}
    on["ContextEntries"] = [
        {
            "ContextKeyName": "iam:PermissionsBoundary",
            "ContextKeyType": "string",
            "ContextKeyValues": [boundary],
        }
    ]
    for start in range(0, len(actions), AT_ONCE):
        pages = iam.get_paginator("simulate_principal_policy").paginate(
            PolicySourceArn=source, ActionNames=actions[start : start + AT_ONCE], **on
        )
        for page in pages:
            for each in page["EvaluationResults"]:
                if each["EvalDecision"] == "allowed":
                    yield each["EvalActionName"]
