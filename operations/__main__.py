"""Operator commands. They use the AWS CLI's credentials.

On the embedded AWS, put AWS_ENDPOINT_URL=http://127.0.0.1:4700 AWS_ACCESS_KEY_ID=test
AWS_SECRET_ACCESS_KEY=test before the command.
"""

import argparse
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import boto3
import httpx
from botocore.exceptions import BotoCoreError, ClientError

from operations import adopt, backup, preflight, rebuild, redrive, restore, rotate, smoke, upgrade

STAGES = Path(__file__).parents[1] / "infra/stages"
REFUSALS = (
    BotoCoreError,
    ClientError,
    adopt.Refused,
    preflight.Refused,
    restore.NotFound,
    rotate.Unsettled,
)


def main() -> int:
    arguments = _arguments()
    stages = sorted(file.stem for file in STAGES.glob("*.yml"))
    if arguments.stage not in stages:
        print(
            f"error: no stage {arguments.stage!r}; choose one of {', '.join(stages)}",
            file=sys.stderr,
        )
        return 1
    try:
        boto3.setup_default_session(region_name=arguments.region)
        is_done = arguments.run(f"artisthub-api-{arguments.stage}", arguments)
    except REFUSALS as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; run the command again to continue", file=sys.stderr)
        return 130
    return 0 if is_done else 1


def _redrive(stack: str, arguments: argparse.Namespace) -> bool:
    return redrive.run(stack, print)


def _rebuild(stack: str, arguments: argparse.Namespace) -> bool:
    return rebuild.Rebuild(stack, arguments.state, print).run(arguments.since)


def _upgrade(stack: str, arguments: argparse.Namespace) -> bool:
    return upgrade.run(stack, print)


def _smoke(stack: str, arguments: argparse.Namespace) -> bool:
    url = arguments.url or smoke.url_of(stack)
    with httpx.Client(base_url=url, timeout=30) as http:
        is_well = smoke.run(arguments.stage, http, print)
    return smoke.run_of_backups(arguments.stage, print) and is_well


def _preflight(_stack: str, arguments: argparse.Namespace) -> bool:
    return preflight.run(arguments.stage, arguments.region, partial(print, flush=True))


def _rotate_secret(stack: str, arguments: argparse.Namespace) -> bool:
    return rotate.run(stack, partial(print, flush=True), wait_seconds=arguments.wait)


def _adopt(stack: str, arguments: argparse.Namespace) -> bool:
    def agree() -> bool:
        return arguments.yes or _said_yes("adopt these resources? (yes/no) ")

    return adopt.run(
        stack, print, agree=agree, removed=arguments.removed, without=arguments.without
    )


def _said_yes(question: str) -> bool:
    try:
        return input(question).strip() == "yes"
    except EOFError:
        print("cannot ask without a terminal; use --yes to adopt without asking", file=sys.stderr)
        return False


def _backup(stack: str, arguments: argparse.Namespace) -> bool:
    return backup.run(stack, arguments.label, print)


def _restore(stack: str, arguments: argparse.Namespace) -> bool:
    if arguments.clean_up:
        return restore.clean_up(stack, arguments.to, print)
    if arguments.into_live:
        return restore.into_live(stack, arguments.to, print, overwrite=arguments.overwrite)
    is_right = restore.beside(stack, arguments.to, print)
    if is_right:
        print("next: run the same command with --into-live, then with --clean-up")
    return is_right


def _arguments() -> argparse.Namespace:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("operations", description=__doc__, formatter_class=raw)
    stage = argparse.ArgumentParser(add_help=False)
    stage.add_argument("--stage", required=True, help="a stage in infra/stages")
    stage.add_argument("--region", default="ap-south-1", help="default: ap-south-1")
    commands = parser.add_subparsers(dest="command", required=True)

    command = commands.add_parser(
        "preflight",
        parents=[stage],
        help="check what would make a deployment fail; changes nothing",
    )
    command.set_defaults(run=_preflight)

    command = commands.add_parser("redrive", parents=[stage], help="process dead letters again")
    command.set_defaults(run=_redrive)

    command = commands.add_parser(
        "upgrade", parents=[stage], help="bring data of an older release up to date"
    )
    command.set_defaults(run=_upgrade)

    command = commands.add_parser("rebuild", parents=[stage], help="rebuild the search index")
    command.add_argument(
        "--since", default="0", help="only documents created since this date, such as 2026-11-25"
    )
    command.add_argument(
        "--state",
        type=Path,
        default=Path(".rebuild.json"),
        help="file that records the progress (default: .rebuild.json)",
    )
    command.set_defaults(run=_rebuild)

    command = commands.add_parser(
        "rotate-secret", parents=[stage], help="replace the client secret of the user pool"
    )
    command.add_argument(
        "--wait",
        type=float,
        default=rotate.WAIT_SECONDS,
        help=f"seconds during which both secrets work (default: {rotate.WAIT_SECONDS})",
    )
    command.set_defaults(run=_rotate_secret)

    command = commands.add_parser(
        "adopt", parents=[stage], help="create a stack from the resources that a removed stack kept"
    )
    command.add_argument("--yes", action="store_true", help="do not ask")
    command.add_argument(
        "--from", dest="removed", default="", help="id of the removed stack, if there are several"
    )
    command.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="LOGICAL_ID",
        help="do not adopt this resource; repeatable",
    )
    command.set_defaults(run=_adopt)

    command = commands.add_parser("backup", parents=[stage], help="back up every table")
    command.add_argument(
        "--label",
        default=f"at-{datetime.now(UTC):%Y%m%d-%H%M%S}",
        help="name of the backup (default: the time)",
    )
    command.set_defaults(run=_backup)

    command = commands.add_parser("restore", parents=[stage], help="restore lost data")
    command.add_argument("--to", required=True, help="a backup's label, or 2026-11-25T10:00:00Z")
    command.add_argument(
        "--into-live", action="store_true", help="copy missing items into the live tables"
    )
    command.add_argument(
        "--overwrite", action="store_true", help="also replace items that exist in the live tables"
    )
    command.add_argument("--clean-up", action="store_true", help="delete the restored copies")
    command.set_defaults(run=_restore)

    command = commands.add_parser("smoke", parents=[stage], help="check that the stage works")
    command.add_argument("--url", help="address of the API (default: the stack's output)")
    command.set_defaults(run=_smoke)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
