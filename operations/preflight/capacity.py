"""Checks of account and region limits against the needs of the packaged template."""

from math import ceil
from typing import Any

from botocore.exceptions import ClientError

from operations.preflight import finding
from operations.preflight.finding import Finding
from operations.preflight.package import Package
from operations.preflight.place import Place

# The average, cold starts included. Each stage's latency alarm is at ten times this value.
SECONDS_A_REQUEST = 0.1
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
MOST_RESOURCES = 500
FEW_LEFT = 460
LARGEST_TEMPLATE = 1_000_000
# https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
ROUTES_QUOTA = "L-65B5C802"
ASK_FOR_CONCURRENCY = (
    "aws service-quotas request-service-quota-increase --service-code lambda "
    "--quota-code L-B99A9384 --desired-value 1000"
)
ASK_FOR_MORE = "ask for more in the Service Quotas console"


def concurrency_finding(limit: int, rate: float, alarm: float) -> Finding:
    """Compare the account's `limit` of concurrent functions with the stage's needs.

    `rate` is the stage's throttling rate in requests per second. `alarm` is the threshold of
    LambdaConcurrencyAlarm in concurrent functions.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    """
    needed = ceil(rate * SECONDS_A_REQUEST)
    if limit < needed:
        return finding.fails(
            f"{limit} concurrent functions serve some {limit / SECONDS_A_REQUEST:,.0f} of the "
            f"{rate:,.0f} requests per second that the stage allows; the others fail",
            f"{ASK_FOR_CONCURRENCY}, or lower throttling.rate in infra/stages",
        )
    if limit <= alarm:
        return finding.warning(
            f"the limit is {limit}, so LambdaConcurrencyAlarm can never ring above {alarm:,.0f}",
            f"{ASK_FOR_CONCURRENCY}, or set alarms.concurrency in infra/stages to {limit * 4 // 5}",
        )
    return finding.ok(f"{limit:,} concurrent functions; the stage needs about {needed}")


def concurrency(place: Place, package: Package) -> Finding:
    limits = place.client("lambda").get_account_settings()["AccountLimit"]
    alarm = package.of_type("AWS::CloudWatch::Alarm")["LambdaConcurrencyAlarm"]["Threshold"]
    return concurrency_finding(
        limits["UnreservedConcurrentExecutions"], _throttling(package)[0], alarm
    )


def _throttling(package: Package) -> tuple[float, float]:
    settings = package.only("AWS::ApiGatewayV2::Stage")["DefaultRouteSettings"]
    return settings["ThrottlingRateLimit"], settings["ThrottlingBurstLimit"]


def throttle_finding(allowed: tuple[float, float], wanted: tuple[float, float]) -> Finding:
    """Compare the account's rate and burst, for all its APIs in the region, with this stage's.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    """
    if any(limit < asked for limit, asked in zip(allowed, wanted, strict=True)):
        return finding.warning(
            f"the account allows {allowed[0]:,.0f} requests per second and {allowed[1]:,.0f} in a "
            f"burst, the stage {wanted[0]:,.0f} and {wanted[1]:,.0f}: callers get 429",
            f"{ASK_FOR_MORE} (API Gateway, Throttle rate), or lower throttling in infra/stages",
        )
    return finding.ok(f"{allowed[0]:,.0f} requests per second; the stage allows {wanted[0]}")


def throttle(place: Place, package: Package) -> Finding:
    found = place.client("apigateway").get_account()["throttleSettings"]
    return throttle_finding((found["rateLimit"], found["burstLimit"]), _throttling(package))


def routes_finding(quota: float, routes: int) -> Finding:
    if routes > quota:
        return finding.fails(
            f"the API has {routes} routes, and the account allows {quota:.0f}",
            f"{ASK_FOR_MORE} (API Gateway, Routes per HTTP API)",
        )
    return finding.ok(f"{routes} of {quota:.0f}")


def routes(place: Place, package: Package) -> Finding:
    count = len(package.of_type("AWS::ApiGatewayV2::Route"))
    return routes_finding(_quota(place.client("service-quotas"), ROUTES_QUOTA), count)


def _quota(quotas: Any, quota_code: str) -> float:
    """Return the account's quota, or AWS's default if the account has none."""
    which = {"ServiceCode": "apigateway", "QuotaCode": quota_code}
    try:
        found = quotas.get_service_quota(**which)
    except ClientError as error:
        if finding.code(error) != "NoSuchResourceException":
            raise
        found = quotas.get_aws_default_service_quota(**which)
    return float(found["Quota"]["Value"])


def template_finding(resources: int, size: int) -> Finding:
    if resources > MOST_RESOURCES or size > LARGEST_TEMPLATE:
        return finding.fails(
            f"{resources} resources of {MOST_RESOURCES}, {size:,} bytes of {LARGEST_TEMPLATE:,}",
            "make the stack smaller; CloudFormation refuses the template",
        )
    if resources > FEW_LEFT:
        return finding.warning(
            f"{resources} resources of {MOST_RESOURCES}", "make room before you add functions"
        )
    return finding.ok(
        f"{resources} resources of {MOST_RESOURCES}, {size:,} bytes of {LARGEST_TEMPLATE:,}"
    )


def template(package: Package) -> Finding:
    return template_finding(len(package.template["Resources"]), package.size)


def count_finding(what: str, used: int, more: int, quota: int) -> Finding:
    if used + more > quota:
        return finding.fails(
            f"the account has {used:,} {what} of {quota:,} and the stage needs {more} more",
            f"delete what is not needed, or {ASK_FOR_MORE}",
        )
    return finding.ok(f"{used + more:,} {what} of {quota:,}")


def roles(place: Place, package: Package, own: dict[str, str]) -> Finding:
    summary = place.client("iam").get_account_summary()["SummaryMap"]
    new = [name for name in package.of_type("AWS::IAM::Role") if name not in own]
    return count_finding("IAM roles", summary["Roles"], len(new), summary["RolesQuota"])


def stacks(place: Place, *, is_new: bool) -> Finding:
    aws = place.client("cloudformation")
    limits = aws.describe_account_limits()["AccountLimits"]
    [quota] = [each["Value"] for each in limits if each["Name"] == "StackLimit"]
    pages = aws.get_paginator("describe_stacks").paginate()
    used = sum(len(page["Stacks"]) for page in pages)
    return count_finding("stacks", used, int(is_new), quota)


def backups_finding(opted_in: bool | None) -> Finding:
    """Check the opt-in. AWS's pages disagree on whether a plan backs up tables without it.

    https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeRegionSettings.html
    https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateRegionSettings.html
    """
    if opted_in is None:
        return finding.unknown("AWS Backup does not say whether DynamoDB is opted in")
    if not opted_in:
        return finding.warning(
            "AWS Backup is not opted in for DynamoDB: nightly backups may not run",
            "aws backup update-region-settings --resource-type-opt-in-preference DynamoDB=true",
        )
    return finding.ok("AWS Backup is opted in for DynamoDB")


def backups(place: Place, package: Package) -> Finding:
    if not package.of_type("AWS::Backup::BackupPlan"):
        return finding.ok("this stage has no backup plan")
    settings = place.client("backup").describe_region_settings()
    return backups_finding(settings["ResourceTypeOptInPreference"].get("DynamoDB"))
