"""The deployed tests on an existing stage.

    make acceptance STAGE=dev

uses the AWS CLI's credentials and configuration. It creates its own accounts and deletes them with
all their data. On the embedded AWS, put AWS_ENDPOINT_URL=http://127.0.0.1:4700
AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test before the command.
"""

import argparse
import os
import signal
import sys
import time
from functools import partial

import boto3
import pytest
from botocore.exceptions import BotoCoreError, ClientError

from tests.acceptance import clean_up, estimate
from tests.acceptance.meter import Meter
from tests.acceptance.report import Acceptance
from tests.deployed.target import Target, on_aws

STAGES = ("dev", "staging", "prod")
OUTPUTS = {"ApiUrl", "HttpApiId", "UserPoolId", "UserPoolClientId", "UserPoolDomain"}
# The ignored folder deploys its own stage.
ARGUMENTS = ["tests/deployed", "--ignore=tests/deployed/commands", "-p", "no:cacheprovider"]


class Refused(Exception):
    """The tests cannot start. The message says why in one line."""


def main() -> int:
    arguments = _arguments()
    # SIGTERM then deletes the tests' data, as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        target = _target(arguments)
        account = _account(target)
        _ensure_deployed(target)
        where = f"account {account}, {target.session.region_name}"
        place = "AWS" if target.is_aws else f"the AWS at {target.endpoint_url}, which is not AWS"
        print(f"Stage {target.stage} on {place}\n{where}\n{target.outputs['apiUrl']}\n")
        print(estimate.text(target))
        if not arguments.yes and not _agreed():
            raise Refused("nothing was done; set YES=1 to run without asking")
        clean_up.earlier_runs(target, print)
        return _run(target, arguments)
    except (Refused, BotoCoreError, ClientError) as error:
        print(f"error: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("error: interrupted", file=sys.stderr)
        return 130


def _arguments() -> argparse.Namespace:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("acceptance", description=__doc__, formatter_class=raw)
    parser.add_argument("--stage", required=True)
    parser.add_argument("--region", default="ap-south-1", help="default: ap-south-1")
    parser.add_argument("--url", help="address of the API (default: the stack's output)")
    parser.add_argument("--only", help="run only tests that match this pytest -k expression")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--on-prod", action="store_true", help="allow a run on prod")
    parser.add_argument("--record", action="store_true", help="record this run for later estimates")
    return parser.parse_args()


def _target(arguments: argparse.Namespace) -> Target:
    stage = arguments.stage
    if stage not in STAGES:
        raise Refused(f"no stage {stage}; choose one of {', '.join(STAGES)}")
    if stage == "prod" and not arguments.on_prod:
        raise Refused("these tests write to the stage; to run them on prod, set ON_PROD=1")
    endpoint_url = os.environ.get("AWS_ENDPOINT_URL")
    addresses = on_aws
    if endpoint_url:
        from tests.deployed import on_embedded

        addresses = partial(on_embedded.addresses, endpoint_url)
    if arguments.url:
        elsewhere = {"apiUrl": arguments.url.rstrip("/")}
        known = addresses
        addresses = lambda outputs, region: known(outputs, region) | elsewhere  # noqa: E731
    session = boto3.Session(region_name=arguments.region)
    return Target(stage, session, endpoint_url, addresses, since_ms=int(time.time() * 1000))


def _account(target: Target) -> str:
    if target.session.get_credentials() is None:
        raise Refused("no AWS credentials; run `aws configure` or set AWS_PROFILE")
    account: str = target.client("sts").get_caller_identity()["Account"]
    return account


def _ensure_deployed(target: Target) -> None:
    region = target.session.region_name
    try:
        [stack] = target.client("cloudformation").describe_stacks(StackName=target.stack)["Stacks"]
    except ClientError as error:
        if "does not exist" not in str(error):
            raise
        raise Refused(
            f"no stack {target.stack} in {region}; deploy it, "
            f"or set its region: make acceptance STAGE={target.stage} REGION=…"
        ) from None
    status = stack["StackStatus"]
    if not status.endswith("_COMPLETE") or status in ("DELETE_COMPLETE", "ROLLBACK_COMPLETE"):
        raise Refused(f"the stack {target.stack} is {status}, not deployed")
    missing = OUTPUTS - {each["OutputKey"] for each in stack.get("Outputs", [])}
    if missing:
        raise Refused(f"the stack {target.stack} lacks {min(missing)}; deploy it again")


def _agreed() -> bool:
    """Ask a person to confirm. A script has agreed by running the command."""
    return not sys.stdin.isatty() or input("\nContinue? [y/N] ").strip().lower() in ("y", "yes")


def _run(target: Target, arguments: argparse.Namespace) -> int:
    meter, began = Meter(target.outputs["apiUrl"]), time.monotonic()
    acceptance = Acceptance(target)
    chosen = ["-k", arguments.only] if arguments.only else []
    try:
        with meter.counting():
            code = pytest.main([*ARGUMENTS, *chosen], plugins=[acceptance])
    finally:
        print("\nCleaning up", flush=True)
        accounts = clean_up.of_run(target, print)
    minutes = (time.monotonic() - began) / 60
    if arguments.record:
        estimate.record(meter.calls, accounts, minutes)
    print(f"\n{acceptance.table()}\n")
    print(
        f"{meter.calls.total():,} calls, about {estimate.of_calls(meter.calls):.4f} USD, "
        f"in {minutes:.0f} minutes"
    )
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
