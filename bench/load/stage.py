"""A deployed stage on its own embedded AWS, with a crowd of clients."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.load import checker, found
from bench.load.history import History
from bench.load.workload import SPENT, Client, Crowd, Market

if TYPE_CHECKING:
    from bench.load.checker import State, Violation
    from tests.deployed.people import Person, Service
    from tests.deployed.target import Target

PLENTY = 1_000_000
TOPICS = ("applications", "progress", "decisions", "connections")
MAILED = {"inApp": True, "email": True}


@dataclass
class Run:
    """Clients on a stage, and their history."""

    target: Target
    crowd: Crowd
    history: History

    def settle(self, *, seconds: float) -> list[Violation]:
        """Wait until no promise is broken any more, because the consumers are done.

        Return what is still broken after this time.
        """
        deadline = time.monotonic() + seconds
        while True:
            broken = checker.check(self.history.records, self.state())
            if not broken or time.monotonic() > deadline:
                return broken
            time.sleep(0.5)

    def state(self) -> State:
        return found.state(self.target, self.crowd.clients)


@contextmanager
def run(
    target: Target, service: Service, file: Path, *, seed: int, clients: int, admin: Person | None
) -> Iterator[Run]:
    """A crowd on a stage. With an administrator, its accounts get larger quotas and all e-mails."""
    history, market = History(file), Market()
    with ThreadPoolExecutor(4) as pool:
        artists = list(pool.map(lambda _: service.person("artist"), range(clients)))
        recruiters = list(pool.map(lambda _: service.person("recruiter"), range(clients)))
        if admin:
            list(pool.map(lambda each: _raise(each, admin), [*artists, *recruiters]))
    people = zip(artists, recruiters, strict=True)
    crowd = Crowd(
        [Client(number, seed, *pair, market, history) for number, pair in enumerate(people)]
    )
    try:
        crowd.open_market()
        yield Run(target, crowd, history)
    finally:
        history.close()
        for client in crowd.clients:
            client.http.close()


def _raise(person: Person, admin: Person) -> None:
    person.succeed("PUT", "/users/me/notification-preferences", dict.fromkeys(TOPICS, MAILED))
    for quota in (*SPENT, "openCastings", "mails"):
        path = f"/admin/users/{person.me['userId']}/quotas/{quota}"
        admin.succeed("PUT", path, {"most": PLENTY, "reason": "Measures the service under load"})


def report(broken: Sequence[Violation], most: int = 20) -> str:
    """The broken promises in lines."""
    lines = [f"{each.promise}: {each.what} (operation {each.op})" for each in broken[:most]]
    return "\n".join([f"{len(broken)} broken promises", *lines])
