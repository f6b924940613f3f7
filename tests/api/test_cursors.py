"""A forged or late cursor of any list never gets 500.

AWS refuses a query whose start key is outside the key condition. `make test-long` also runs these
tests on Amazon's DynamoDB Local, which refuses it too.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from artisthub.exports.handlers import SECTIONS
from artisthub.shared import clock, cursor
from embedded.instance import ROOT
from tests.api import api
from tests.api.api import Account
from tests.api.applications.given import Situation, applied
from tests.api.builders import a_recruiter, an_artist, the_admin, with_quota_left
from tests.api.notifications.given import moved, told
from tests.api.reports.given import of_casting, of_user, reported
from tests.api.search.given import a_word, an_indexed_casting, indexed

pytestmark = pytest.mark.aws_fact(5)

CONTRACT = ROOT / "src" / "artisthub" / "meta" / "openapi.json"
# No list returns such a position, but a caller can send it.
FORGED = ["0", "\x00", "~" * 100, "\U0010ffff", "9999-12-31T23:59:59.999Z~", "x#y#z", "é" * 20]


class World:
    """At least two items in every list, and accounts that may read them."""

    def __init__(self) -> None:
        self.word = a_word()
        situation = Situation()
        self.artist, self.recruiter, self.admin = situation.artist, situation.recruiter, the_admin()
        self.casting_id = situation.casting["castingId"]
        self.role_id = situation.casting["roles"][0]["roleId"]
        applied(situation.casting, an_artist())
        for status in ("viewed", "shortlisted"):
            assert told(*moved(situation, status)) == []
        for days in (20, 30):
            self._casting_applied_for_and_saved(days)
            self._connection(indexed(a_recruiter(headline=self.word)))
        self.reporter = an_artist()
        for other in (self.artist, self.recruiter):
            assert api.call("PUT", f"/users/{other.user_id}/block", as_=self.reporter).status < 300
        reported(of_casting(situation.casting), self.reporter, an_artist())
        reported(of_user(self.artist.user_id), self.reporter)
        suspension = f"/admin/users/{self.artist.user_id}/suspension"
        api.put(suspension, {"reason": "Spam."}, as_=self.admin)
        api.call("DELETE", suspension, as_=self.admin)

    def _casting_applied_for_and_saved(self, days: int) -> None:
        deadline = clock.text(datetime.now(UTC) + timedelta(days=days))
        casting = an_indexed_casting(self.recruiter, tags=[self.word], deadlineAt=deadline)
        applied(casting, self.artist)
        saved = f"/users/me/saved-castings/{casting['castingId']}"
        assert api.call("PUT", saved, as_=self.artist).status in (200, 204)

    def _connection(self, other: Account) -> None:
        asked = api.post("/connections", {"userId": self.artist.user_id}, as_=other)
        assert asked.status == 201, asked.text

    def caller_and_path(self, operation: str) -> tuple[Account | None, str]:
        return {
            "searchCastings": (None, f"/castings?tag={self.word}"),
            "searchCastings closing": (None, f"/castings?tag={self.word}&sort=closing"),
            "searchUsers": (self.artist, f"/users?text={self.word}"),
            "listRecruiterCastings": (
                self.artist,
                f"/recruiters/{self.recruiter.user_id}/castings?",
            ),
            "listCastingApplications": (
                self.recruiter,
                f"/castings/{self.casting_id}/applications?",
            ),
            "listCastingApplications of a role": (
                self.recruiter,
                f"/castings/{self.casting_id}/applications?roleId={self.role_id}",
            ),
            "listApplicants": (self.recruiter, f"/castings/{self.casting_id}/applicants?"),
            "exportApplicants": (self.recruiter, f"/castings/{self.casting_id}/applicants.csv?"),
            "listMyApplications": (self.artist, "/users/me/applications?"),
            "listConnections": (self.artist, "/connections?status=pending&direction=incoming"),
            "listSavedCastings": (self.artist, "/users/me/saved-castings?"),
            "listNotifications": (self.artist, "/users/me/notifications?"),
            "listReports": (self.reporter, "/reports?"),
            "listBlocks": (self.reporter, "/users/me/blocks?"),
            "listCases": (self.admin, "/admin/cases?"),
            "listCases by reporters": (self.admin, "/admin/cases?sort=reporters"),
            "getCase": (self.admin, f"/admin/cases/{quote('casting:' + self.casting_id)}?"),
            "listAuditEntries": (self.admin, f"/admin/audit?subject=user:{self.artist.user_id}"),
            "listUploads": (self.artist, "/media/uploads?"),
        }[operation]


LISTS = [
    "searchCastings",
    "searchCastings closing",
    "searchUsers",
    "listRecruiterCastings",
    "listCastingApplications",
    "listCastingApplications of a role",
    "listApplicants",
    "exportApplicants",
    "listMyApplications",
    "listConnections",
    "listSavedCastings",
    "listNotifications",
    "listReports",
    "listBlocks",
    "listCases",
    "listCases by reporters",
    "getCase",
    "listAuditEntries",
]


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.mark.weakness(13)
@pytest.mark.parametrize("operation", LISTS)
def test_a_forged_position_gets_a_page_or_bad_cursor(world: World, operation: str) -> None:
    caller, path = world.caller_and_path(operation)
    first = api.get(f"{path}&limit=1", as_=caller)
    assert first.status == 200, first.text

    for forged in _forgeries_of(_next_of(first)):
        answer = api.get(f"{path}&limit=1&cursor={quote(forged)}", as_=caller)

        assert answer.status in (200, 400), f"{_opened(forged)}: {answer.text}"
        assert answer.status == 200 or answer.code == "BadCursor"


@pytest.mark.weakness(13)
@pytest.mark.parametrize("section", SECTIONS)
def test_a_forged_position_in_an_export_gets_a_page(world: World, section: str) -> None:
    """The sections are read without a condition, so every position is inside."""
    with_quota_left(world.artist, "exportPages", 1_000)
    length = SECTIONS[section].position_length

    for text in FORGED:
        forged = cursor.encode([text] * length, "exportMe", section)
        answer = api.get(f"/users/me/export?cursor={quote(forged)}", as_=world.artist)

        assert answer.status == 200, f"{text!a}: {answer.text}"


@pytest.mark.weakness(13)
@pytest.mark.parametrize(
    "position", [["0", 7, "a"], ["0", None], {}, "0", [[]], ["\\ud800", "a"], []]
)
def test_a_position_of_other_types_is_a_bad_cursor(world: World, position: Any) -> None:
    _, path = world.caller_and_path("searchCastings")
    binding, _ = _opened(api.get(f"{path}&limit=1").json["next"])
    packed = json.dumps([binding, position]).replace("\\\\", "\\").encode()

    for forged in (packed, packed[:-1], b"\xff\xfe", b"", b"[]", b"null", packed * 2):
        text = quote(urlsafe_b64encode(forged).decode().rstrip("="))
        answer = api.get(f"{path}&cursor={text or '='}")

        assert answer.code == "BadCursor"


@pytest.mark.parametrize("operation", [*LISTS, "listUploads"])
def test_an_empty_cursor_starts_a_list(world: World, operation: str) -> None:
    caller, path = world.caller_and_path(operation)
    first, again = (api.get(path + more, as_=caller) for more in ("", "&cursor="))

    assert first.status == again.status == 200, again.text
    is_file = operation == "exportApplicants"
    assert again.text == first.text if is_file else again.json == first.json


@pytest.mark.weakness(24)
def test_the_next_page_works_after_the_last_casting_has_closed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, path = world.caller_and_path("searchCastings closing")
    first = api.get(f"{path}&limit=1", as_=caller).json
    later = clock.text(datetime.now(UTC) + timedelta(days=25))
    monkeypatch.setattr(clock, "now", lambda: later)

    second = api.get(f"{path}&limit=1&cursor={quote(first['next'])}", as_=caller)

    assert second.status == 200, second.text
    [casting] = second.json["items"]
    assert casting["deadlineAt"] > later


def test_every_list_that_reads_a_table_is_tested() -> None:
    contract = json.loads(CONTRACT.read_text())
    listing = {
        operation["operationId"]
        for operations in contract["paths"].values()
        for operation in operations.values()
        if any(each.get("name") == "cursor" for each in operation.get("parameters", []))
    }

    # The export has a separate test. Cognito keeps the devices: accounts/test_devices.py. S3 keeps
    # the uploads: media/test_list_uploads.py.
    assert listing - {"listDevices", "listUploads", "exportMe"} == {
        each.split()[0] for each in LISTS
    }


def _next_of(answer: api.Response) -> str:
    """The cursor of the next page. A file has it in the address of the `Link` header."""
    if link := answer.headers.get("link"):
        return parse_qs(urlsplit(link[1 : link.index(">")]).query)["cursor"][0]
    return str(answer.json["next"])


def _forgeries_of(given: str) -> Iterator[str]:
    """The cursor with one part or all parts of its position replaced."""
    binding, position = _opened(given)
    for text in FORGED:
        yield _closed(binding, [text] * len(position))
        for number in range(len(position)):
            yield _closed(binding, [*position[:number], text, *position[number + 1 :]])
    yield _closed(binding, position[::-1])


def _opened(given: str) -> Any:
    return json.loads(urlsafe_b64decode(given + "=" * (-len(given) % 4)))


def _closed(binding: int, position: list[str]) -> str:
    packed = json.dumps([binding, position], ensure_ascii=False).encode()
    return urlsafe_b64encode(packed).decode().rstrip("=")
