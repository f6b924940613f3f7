"""Calls of operations on tables of a certain size, with what they and their consumers take."""

from __future__ import annotations

import io
import json
import os
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any, NamedTuple
from unittest.mock import patch

import httpx

from artisthub.search import repository as search
from artisthub.shared import dynamodb
from contract import openapi
from tests import streams
from tests.api import api, templates
from tests.api.api import Account
from tests.api.pool import Pool
from tests.api.pool import cognito as cognito_client
from tests.deployed.cast import Cast
from tests.deployed.on_embedded import Mailbox
from tests.deployed.people import Person, Service, a_name, a_new_user, with_raised_quotas

Item = dict[str, Any]

ROUTES = {
    route.spec.name: (route.method, route.path.removeprefix("/v1"))
    for route in openapi.every_route()
}
ACCOUNTS: dict[str, Account] = {}  # by token
A_DAY = 24 * 3600


class Taken(NamedTuple):
    """The cost of a call, or of a consumer's work after it.

    steps: the instructions of Python that ran, or 0 if they were not counted.
    """

    read_units: float = 0
    write_units: float = 0
    cpu_ms: float = 0
    steps: float = 0

    def and_(self, other: Taken) -> Taken:
        return Taken(*map(sum, zip(self, other, strict=True)))


# The cost of a call, and that of each consumer after it.
Measured = dict[str, Taken]


class Stage:
    """A stage whose tables a program serves at this port."""

    def __init__(self, port: int, accounts: dict[str, Account]) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.measured: Measured = {}
        self.is_counting_steps = False
        self._due_at = dict.fromkeys(("castings", "users"), int(time.time()) + A_DAY)
        self._client = dynamodb.core.DynamoDBClient(endpoint_url=self.url, max_retries=1)
        self.service = _Service(self)
        self.cast = Cast(self.service, lambda: self.service.account("admins"))
        with self.used():
            self._introduce(accounts)

    @contextmanager
    def used(self) -> Iterator[None]:
        """Use these tables, and count values only when `counted` says so."""
        with (
            patch.object(dynamodb, "_client", self._client),
            patch.object(search, "_due_at", self._due_at),
            redirect_stdout(io.StringIO()) as self.log,
        ):
            yield

    def _introduce(self, accounts: dict[str, Account]) -> None:
        """Give the two who own a tenth of everything their profiles and places in the cast."""
        liked = {"skills": ["guitar", "kathak"], "categories": ["dance", "music"], "city": "Mumbai"}
        for name, account in accounts.items():
            person = Person(self.service, account.email, account.token)
            body = a_new_user(role=name, **liked if name == "artist" else {})
            person.me = person.succeed("POST", "/users", body).json()
            with_raised_quotas(person, by=self.cast.admin)
            vars(self.cast)[name] = person

    def perform(self, row: str, caller: str) -> Measured:
        """Call the operation of a row of authorization.md."""
        answer = self.cast.perform(row, caller, ROUTES)
        if not (answer.is_success or answer.is_redirect):
            raise AssertionError(f"{row}: {answer.status_code} {answer.text}")
        return self.measured

    def read(self, caller: Person | None, path: str) -> Measured:
        """Call a read."""
        answer = self.service.http.get(
            path, headers={"authorization": f"Bearer {caller.token}"} if caller else {}
        )
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
        return self.measured

    def taken_by(self, run: Callable[[], Any]) -> Taken:
        self.ask("Units")
        began = time.process_time()
        if self.is_counting_steps:
            steps = steps_of(run)
        else:
            steps = 0
            run()
        cpu_ms = 1000 * (time.process_time() - began)
        units = self.ask("Units")
        return Taken(units["read"], units["write"], cpu_ms, steps)

    def ask(self, operation: str) -> Any:
        request = urllib.request.Request(self.url, b"{}", {"X-Amz-Target": f"Bench.{operation}"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Answer a request as API Gateway and the function do, and let the consumers follow."""
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        headers = {name.replace("-", "_"): value for name, value in request.headers.items()}
        url = request.url.raw_path.decode()
        body = request.content or None
        _, function, event = api.event_of(
            request.method, url, body, as_=ACCOUNTS.get(token), **headers
        )
        answer: Item = {}
        taken = self.taken_by(lambda: answer.update(api._invoke(function, event)))
        self.measured = {"": taken}
        self.followed()
        return httpx.Response(
            answer["statusCode"], headers=answer["headers"], content=answer.get("body", "")
        )

    def followed(self) -> Measured:
        """Send the changes to their consumers until there are no more."""
        while changes := self.ask("Changes"):
            for change in changes:
                for function, patterns in _readers(change["table"]):
                    if any(_fits(pattern, _shown(change)) for pattern in patterns):
                        self._consume(function, change)
        return self.measured

    def _consume(self, function: str, change: Item) -> None:
        sent = streams.record(table=change["table"]) | _shown(change)
        sent["dynamodb"] |= {"SequenceNumber": "1"}
        before = self.log.tell()
        failed: list[str] = []
        taken = self.taken_by(lambda: failed.extend(api.consume(function, sent)))
        assert not failed, self.log.getvalue()[before:]
        name = json.loads(self.log.getvalue()[before:].splitlines()[-1])["operation"]
        self.measured[name] = self.measured.get(name, Taken()).and_(taken)


def steps_of(run: Callable[[], Any]) -> int:
    """The instructions of Python that run. They do not depend on how busy the machine is."""
    if sys.version_info < (3, 12):
        raise RuntimeError("counting steps needs Python 3.12 or newer")
    steps, monitoring = 0, sys.monitoring

    def count(_: Any, __: int) -> None:
        nonlocal steps
        steps += 1

    tool, instruction = monitoring.PROFILER_ID, monitoring.events.INSTRUCTION
    monitoring.use_tool_id(tool, "growth")
    try:
        monitoring.register_callback(tool, instruction, count)
        monitoring.set_events(tool, instruction)
        run()
    finally:
        monitoring.set_events(tool, 0)
        monitoring.free_tool_id(tool)
    return steps


class _Service(Service):
    """The functions in this process, and accounts that need no sign-in."""

    def __init__(self, stage: Stage) -> None:
        pool = Pool(os.environ["USER_POOL_ID"], os.environ["USER_POOL_CLIENT_ID"])
        outputs = {"apiUrl": "http://api", "userPoolId": pool.pool_id}
        outputs["userPoolClientId"] = pool.client_id
        self.pool = pool
        mailbox = Mailbox(os.environ["AWS_ENDPOINT_URL"])
        super().__init__(outputs, cognito_client(), mailbox)
        self.http = httpx.Client(
            base_url="http://api", transport=httpx.MockTransport(stage.handle), timeout=60
        )

    def account(self, *groups: str) -> Person:
        account = an_account(self.pool, self.address(), *groups)
        return Person(self, account.email, account.token)

    def verify(self, person: Person) -> None:
        """Everyone may publish here."""


def an_account(pool: Pool, email: str = "", *groups: str) -> Account:
    account = pool.account(email or f"{a_name()}@example.org", *groups)
    ACCOUNTS[account.token] = account
    return account


def _readers(table: str) -> Iterator[tuple[str, list[Item]]]:
    """The functions that read the table's stream, with their filters."""
    for name, function in templates.functions().items():
        for event in function["events"]:
            stream = event.get("stream") if isinstance(event, dict) else None
            if stream and str(stream["arn"]).partition(".")[0] == table:
                yield name, stream.get("filterPatterns") or [{}]


def _shown(change: Item) -> Item:
    """The change as a stream record has it."""
    before, after = change.get("before"), change.get("after")
    kind = "MODIFY" if before and after else "INSERT" if after else "REMOVE"
    images = {"OldImage": before, "NewImage": after}
    return {
        "eventName": kind,
        "dynamodb": {
            "Keys": streams.keys_of(after or before or {}),
            **{name: image for name, image in images.items() if image},
        },
    }


def _fits(pattern: Item, event: Item) -> bool:
    """Whether an event fits a filter of Lambda.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
    """
    for name, wanted in pattern.items():
        if isinstance(wanted, dict):
            if not _fits(wanted, event.get(name, {})):
                return False
        elif event.get(name) not in wanted and not ({"exists": True} in wanted and name in event):
            return False
    return True
