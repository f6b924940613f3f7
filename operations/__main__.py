"""Commands of operators, with the credentials of the AWS CLI.

On the embedded AWS: AWS_ENDPOINT_URL=http://127.0.0.1:4700 AWS_ACCESS_KEY_ID=test
AWS_SECRET_ACCESS_KEY=test before the command.
"""

import argparse
import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from operations import redrive


def main() -> int:
    arguments = _arguments()
    boto3.setup_default_session(region_name=arguments.region)
    try:
        is_done = redrive.run(f"artisthub-api-{arguments.stage}", arguments.consumer, print)
    except (BotoCoreError, ClientError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0 if is_done else 1


def _arguments() -> argparse.Namespace:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("operations", description=__doc__, formatter_class=raw)
    commands = parser.add_subparsers(dest="command", required=True)
    redrive_command = commands.add_parser("redrive", help="put dead letters through again")
    redrive_command.add_argument("--stage", required=True, choices=["dev", "staging", "prod"])
    redrive_command.add_argument("--region", default="ap-south-1", help="ap-south-1, if not given")
    redrive_command.add_argument("consumer", help="the function whose they are: janitor")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
