"""What the account and the region allow, against what the packaged template needs."""

from math import ceil
from typing import Any

from botocore.exceptions import ClientError

from operations.preflight import finding
from operations.preflight.finding import Finding
from operations.preflight.package import Package
from operations.preflight.place import Place

# A request with its share of cold starts; the latency alarm of every stage is at ten times that.
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
ASK_FOR_MORE = "ask for more in the console, Service Quotas"


def concurrency_finding(limit: int, rate: float, alarm: float) -> Finding:
    """limit is the account's in this region, rate what the stage lets pass a second, alarm how
    many functions at once ring LambdaConcurrencyAlarm.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    """
    needed = ceil(rate * SECONDS_A_REQUEST)
    if limit < needed:
        return finding.fails(
            f"{limit} functions at once serve about {limit / SECONDS_A_REQUEST:,.0f} of the "
            f"{rate:,.0f} requests a second that the stage lets pass; the others fail",
            f"{ASK_FOR_CONCURRENCY}, or lower throttling.rate in infra/stages",
        )
    if limit <= alarm:
        return finding.warning(
            f"the limit is {limit}, and LambdaConcurrencyAlarm rings above {alarm:,.0f}: never",
            f"{ASK_FOR_CONCURRENCY}, or set alarms.concurrency in infra/stages to {limit * 4 // 5}",
        )
    return finding.ok(f"{limit:,} functions at once, of which the stage needs some {needed}")


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
    """Requests a second and in a burst: of all APIs of the account here, and of this stage.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    """
    if any(limit < asked for limit, asked in zip(allowed, wanted, strict=True)):
        return finding.warning(
            f"the account lets {allowed[0]:,.0f} requests a second pass, {allowed[1]:,.0f} in a "
            f"burst, and the stage would {wanted[0]:,.0f} and {wanted[1]:,.0f}: callers get 429",
            f"{ASK_FOR_MORE} (API Gateway, Throttle rate), or lower throttling in infra/stages",
        )
    return finding.ok(f"{allowed[0]:,.0f} requests a second, of which the stage takes {wanted[0]}")


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
    """The account's own, or AWS's default where the account has none."""
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
            "make the stack smaller: CloudFormation refuses the template",
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
            f"the account has {used:,} {what} and may have {quota:,}; the stage makes {more} more",
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
    """AWS's pages differ in whether tables that a plan names are backed up without the opt-in.

    https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeRegionSettings.html
    https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateRegionSettings.html
    """
    if opted_in is None:
        return finding.unknown("AWS Backup does not say whether DynamoDB is opted in")
    if not opted_in:
        return finding.warning(
            "AWS Backup is not opted in for DynamoDB: it may make no nightly backups",
            "aws backup update-region-settings --resource-type-opt-in-preference DynamoDB=true",
        )
    return finding.ok("AWS Backup is opted in for DynamoDB")


def backups(place: Place, package: Package) -> Finding:
    if not package.of_type("AWS::Backup::BackupPlan"):
        return finding.ok("this stage has none")
    settings = place.client("backup").describe_region_settings()
    return backups_finding(settings["ResourceTypeOptInPreference"].get("DynamoDB"))
