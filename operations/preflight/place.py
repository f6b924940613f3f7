"""The region and the credentials of the deployment, which all other checks need."""

from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from operations.preflight import finding
from operations.preflight.finding import Finding

READS = ("Get", "List", "Describe", "Simulate", "Check")
# Services that the stage needs and that not every region has.
NEEDED = {"cognito-idp": "Cognito", "sesv2": "SES"}
USUAL_REGION = "ap-south-1"


class Refused(Exception):
    """No check ran. The message says why and what to do."""


class Forbidden(Exception):
    """A check tried to change something, which is a bug."""


@dataclass(frozen=True)
class Place:
    session: boto3.Session
    region: str
    account: str
    # The ARN of the credentials' user, role session or root account.
    arn: str
    clients: dict[str, Any] = field(default_factory=dict, compare=False)

    def client(self, service: str) -> Any:
        if service not in self.clients:
            self.clients[service] = self.session.client(service)  # type: ignore[call-overload]
        return self.clients[service]


def find(region: str) -> Place:
    """Find whose credentials these are. The region must have all services that the stage needs."""
    session: Any = boto3.Session(region_name=region)
    session.events.register("before-call", _refuse_to_change)
    _ensure_usable(session, region)
    try:
        caller = session.client("sts").get_caller_identity()
    except NoCredentialsError as error:
        raise Refused(f"{error}; set AWS_PROFILE, or run `aws configure`") from None
    except (BotoCoreError, ClientError) as error:
        raise Refused(f"AWS refuses your credentials in {region}: {error}") from None
    return Place(session, region, caller["Account"], caller["Arn"])


def _refuse_to_change(model: Any, **_: Any) -> None:
    if not model.name.startswith(READS):
        raise Forbidden(f"{model.name} may change something")


def _ensure_usable(session: Any, region: str) -> None:
    partitions = session.get_available_partitions()
    for service, name in {"ec2": "", **NEEDED}.items():
        has = {one for each in partitions for one in session.get_available_regions(service, each)}
        if region in has:
            continue
        if not name:
            raise Refused(
                f"boto3 knows no AWS region {region}; set REGION, as in REGION=ap-south-1"
            )
        raise Refused(f"{region} has no {name}; set another REGION, as in REGION=ap-south-1")


def region_finding(region: str, opted_in: str, stack_elsewhere: str) -> Finding:
    """Check the region's opt-in status and whether another region already has the stage's stack."""
    if not opted_in.startswith("ENABLED"):
        return finding.fails(
            f"{region} is {opted_in} for this account",
            f"aws account enable-region --region-name {region}, or choose another",
        )
    if stack_elsewhere:
        return finding.warning(
            f"this stage is already in {stack_elsewhere}; a second one would have its own data",
            f"set REGION={stack_elsewhere} if you mean that one",
        )
    return finding.ok(f"{region} has all services that the stage needs")


def region(place: Place, stack: str) -> Finding:
    status = place.client("account").get_region_opt_status(RegionName=place.region)
    elsewhere = USUAL_REGION if place.region != USUAL_REGION and _has(place, stack) else ""
    return region_finding(place.region, status["RegionOptStatus"], elsewhere)


def _has(place: Place, stack: str) -> bool:
    client: Any = place.session.client("cloudformation", region_name=USUAL_REGION)
    try:
        [found] = client.describe_stacks(StackName=stack)["Stacks"]
    except ClientError as error:
        if "does not exist" in str(error):
            return False
        raise
    return bool(found["StackStatus"] != "DELETE_COMPLETE")
