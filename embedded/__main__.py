"""Command line of the embedded AWS: up, down, token."""

import argparse
import os
import signal
import sys
from typing import Any

import httpx

from embedded import demo
from embedded.client import ApiError, Client
from embedded.instance import EmbeddedError, Instance
from embedded.up import progress_lines, up


def main() -> int:
    arguments = _arguments()
    # SIGTERM then stops the processes that we started, as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # The user's own AWS profile or region must not reach the SDK that talks to the embedded AWS.
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    try:
        if arguments.command == "up":
            _up(Instance.from_environment(arguments.stage), with_demo=arguments.demo)
        elif arguments.command == "down":
            _down(Instance.from_environment())
        else:
            _token(Instance.from_environment(), arguments.user)
    except (EmbeddedError, ApiError, httpx.HTTPError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("error: interrupted", file=sys.stderr)
        return 130
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="embedded", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    up_command = commands.add_parser(
        "up", help="start the embedded AWS, deploy to it and load the demo"
    )
    up_command.add_argument("--stage", default="dev", choices=["dev", "staging", "prod"])
    up_command.add_argument("--no-demo", dest="demo", action="store_false")
    commands.add_parser("down", help="stop the embedded AWS and keep its state")
    token_command = commands.add_parser("token", help="print an access token")
    token_command.add_argument("user", help="name or e-mail address of a demo account")
    return parser.parse_args()


def _up(instance: Instance, *, with_demo: bool) -> None:
    progress = progress_lines()
    outputs = up(instance, progress, with_demo=with_demo)
    progress("Ready")
    print(_summary(instance, outputs))


def _down(instance: Instance) -> None:
    if instance.stop():
        print(f"Stopped the embedded AWS; its state is kept in {instance.state}")
    else:
        print("The embedded AWS is not running")


def _token(instance: Instance, user: str) -> None:
    if not instance.is_running() or not instance.outputs.exists():
        raise EmbeddedError("the service is not running; start it with `make up`")
    email = user if "@" in user else demo.email_of(user)
    with Client.from_outputs(instance.outputs) as client:
        # This session is never refreshed, so its device need not be confirmed.
        print(client.sign_in(email, demo.PASSWORD, confirm=False).access_token)


def _summary(instance: Instance, outputs: dict[str, Any]) -> str:
    of_each_role = {account["role"]: account for account in reversed(outputs["demoAccounts"])}
    accounts = "\n".join(
        f"  {account['role']:9}  {account['email']:28}  {account['password']}"
        for account in reversed(of_each_role.values())
    )
    return f"""
API      {outputs["apiUrl"]}
Docs     {outputs["docsUrl"]}
Pool     {outputs["userPoolId"]}
AWS      {outputs["endpointUrl"]} (log: {instance.log})
Outputs  {instance.outputs}

Demo accounts, one of each role; all of them are in the outputs
{accounts}

Try
  curl -i '{outputs["tryUrl"]}'
"""


if __name__ == "__main__":
    sys.exit(main())
