"""Commands of operators, with the credentials and the region of the AWS CLI.

On the embedded AWS: AWS_ENDPOINT_URL=http://127.0.0.1:4700 AWS_ACCESS_KEY_ID=test
AWS_SECRET_ACCESS_KEY=test AWS_REGION=ap-south-1 before the command.
"""

import argparse
import sys
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from operations.rebuild import Rebuild


def main() -> int:
    arguments = _arguments()
    stack = f"artisthub-api-{arguments.stage}"
    try:
        is_done = Rebuild(stack, arguments.state, print).run(arguments.since)
    except (BotoCoreError, ClientError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"stopped: run it again to go on ({arguments.state})", file=sys.stderr)
        return 130
    return 0 if is_done else 1


def _arguments() -> argparse.Namespace:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("operations", description=__doc__, formatter_class=raw)
    commands = parser.add_subparsers(dest="command", required=True)
    rebuild_command = commands.add_parser("rebuild", help="make the index of searches anew")
    rebuild_command.add_argument("--stage", required=True, choices=["dev", "staging", "prod"])
    rebuild_command.add_argument(
        "--since", default="0", help="only what was made since, as 2026-11-25"
    )
    rebuild_command.add_argument(
        "--state",
        type=Path,
        default=Path(".rebuild.json"),
        help="where it is noted down how far it got (.rebuild.json)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
