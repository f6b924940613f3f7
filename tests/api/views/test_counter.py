"""The counter adds up views from the stream of their table."""

import json
import os
import random
import signal
import subprocess
import sys
from typing import Any

import pytest

from artisthub.shared import ids
from embedded.instance import ROOT
from tests.api import api
from tests.api.api import Account
from tests.api.builders import a_casting, a_recruiter, an_account, an_artist, stored, table, viewed
from tests.streams import record

Item = dict[str, Any]


def new(views: list[Item]) -> list[Item]:
    table = os.environ["COUNTERS_TABLE"]
    return [record(number, new=view, table=table) for number, view in enumerate(views, 1)]


def viewed_by(count: int, recruiter: Account | None = None) -> Item:
    """A casting with this number of views that are not counted yet."""
    casting: Item = a_casting(recruiter, "open")
    for _ in range(count):
        seen = api.call("POST", f"/castings/{casting['castingId']}/views", as_=an_artist())
        assert seen.status == 204
    return casting


def views_of(casting: Item, recruiter: Account) -> int:
    answer = api.get(f"/castings/{casting['castingId']}/views", as_=recruiter)
    assert answer.status == 200, answer.text
    return int(answer.json["views"])


def test_an_anonymous_caller_cannot_see_view_counts() -> None:
    assert api.get("/users/me/views").code == "Unauthorized"
    assert api.get(f"/castings/{a_casting()['castingId']}/views").code == "Unauthorized"


def test_only_its_recruiter_sees_the_views_of_a_casting() -> None:
    recruiter = a_recruiter()
    draft, published = a_casting(recruiter), a_casting(recruiter, "open")

    assert views_of(draft, recruiter) == views_of(published, recruiter) == 0
    for other in (a_recruiter(), an_artist()):
        assert api.get(f"/castings/{draft['castingId']}/views", as_=other).code == "NotFound"
        answer = api.get(f"/castings/{published['castingId']}/views", as_=other)
        assert answer.code == "NotYourCasting"
    assert api.get("/castings/no-casting/views", as_=recruiter).code == "NotFound"


def test_only_its_owner_sees_the_views_of_a_profile() -> None:
    artist = an_artist()
    for viewer in (a_recruiter(), an_artist()):
        path = f"/users/{artist.user_id}/views"
        assert api.call("POST", path, as_=viewer).status == 204
    assert api.get("/users/me/views", as_=artist).json == {"views": 0}

    assert api.consume("counter", *new(viewed(artist.user_id))) == []

    assert api.get("/users/me/views", as_=artist).json == {"views": 2}
    assert api.get("/users/me/views", as_=an_account()).json == {"views": 0}


@pytest.mark.parametrize("seed", range(3))
def test_a_view_counts_once_despite_repeated_and_unordered_delivery(seed: int) -> None:
    recruiter = a_recruiter()
    casting = viewed_by(5, recruiter)
    told = new(viewed(casting["castingId"])) * 3
    random.Random(seed).shuffle(told)

    assert api.consume("counter", *told) == []

    assert views_of(casting, recruiter) == 5


def test_concurrent_counters_agree() -> None:
    recruiter = a_recruiter()
    casting = viewed_by(6, recruiter)
    told = new(viewed(casting["castingId"]))

    def count(records: list[Item]) -> Any:
        while records:  # The stream sends reported records again.
            failed = api.consume("counter", *records)
            records = records[int(failed[0]) - 1 :] if failed else []

    api.all_at_once(*[lambda: count(told) for _ in range(3)])

    assert views_of(casting, recruiter) == 6


PROGRAM = """
import json, sys
from types import SimpleNamespace
from artisthub.views.consumers import counter
for record in json.load(sys.stdin):
    counter({"Records": [record]}, SimpleNamespace(aws_request_id="1"))
    print("counted", flush=True)
"""


def test_a_killed_counter_counts_correctly_when_it_runs_again() -> None:
    recruiter = a_recruiter()
    casting = viewed_by(12, recruiter)
    told = new(viewed(casting["castingId"]))
    killed = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "src:."},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert killed.stdin
    assert killed.stdout
    killed.stdin.write(json.dumps(told))
    killed.stdin.close()
    killed.stdout.readline()  # The first view is counted, and the second is in progress.
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    assert 0 < views_of(casting, recruiter) < 12

    assert api.consume("counter", *told) == []

    assert views_of(casting, recruiter) == 12


def test_an_invalid_record_is_reported_and_its_neighbours_are_counted() -> None:
    recruiter = a_recruiter()
    casting = viewed_by(2, recruiter)
    first, last = viewed(casting["castingId"])
    told = new([first, {"viewedOn": "2026-11-25"}, last])

    assert api.consume("counter", *told) == ["2"]
    assert views_of(casting, recruiter) == 1
    assert api.consume("counter", told[2]) == []
    assert views_of(casting, recruiter) == 2


def test_deleting_a_casting_also_deletes_its_total() -> None:
    recruiter = a_recruiter()
    casting = viewed_by(1, recruiter)
    api.consume("counter", *new(viewed(casting["castingId"])))
    key = {"castingId": casting["castingId"]}
    gone = stored("CASTING_TABLE", **key)
    total = {"counterId": ids.derived("views", "casting", casting["castingId"])}
    assert stored("COUNTERS_TABLE", **total)

    table("CASTING_TABLE").delete_item(Key=key)
    api.consume("janitor", record(old=gone, table=os.environ["CASTING_TABLE"]))

    assert stored("COUNTERS_TABLE", **total) is None
