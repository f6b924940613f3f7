"""No page of a list costs more read units than its budget, whatever the documents contain.

The tables are filled with the largest documents that the API accepts.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from artisthub.search import rules
from artisthub.shared import clock, paging, sizes
from tests.api import api
from tests.api.api import Account
from tests.api.builders import a_recruiter, an_artist, stored, table, the_admin
from tests.api.castings.test_limits import the_largest_role
from tests.api.search.given import index, indexed

pytestmark = pytest.mark.weakness(4)


def text(length: int) -> str:
    """A text of letters with four bytes."""
    return "\U00011107" * length


MANY = 24
WORDS = [f"{number}" + text(38) for number in range(60)]
DEADLINE = "2199-12-31T00:00:00.000Z"


def the_largest_profile(number: int) -> dict[str, Any]:
    return {
        "displayName": f"W{number} {WORDS[0]} " + text(30),
        "headline": text(120),
        "bio": " ".join(WORDS)[:5_000],
        "city": text(80),
        "categories": ["acting", "dance", "music", "photography"],
        "skills": [f"{each:02}" + text(38) for each in range(30)],
        "languages": [f"{each:02}" + text(38) for each in range(30)],
        "companyName": text(80),
    }


class World:
    """The largest castings, profiles, applications, notifications and connections."""

    def __init__(self) -> None:
        self.artist, self.recruiter, self.admin = an_artist(), a_recruiter(), the_admin()
        for account in (self.artist, self.recruiter):
            self._fill_profile(account.user_id)
        people = [indexed(an_artist(**the_largest_profile(number))) for number in range(MANY)]
        self.people = [each.user_id for each in people]
        self.castings = [self._casting(number) for number in range(MANY)]
        self._applications()
        self._others()

    def _fill_profile(self, user_id: str) -> None:
        """A profile of 300 KB, with its portfolio and work experience."""
        works = [
            {"itemId": str(n), "title": text(120), "startedOn": "2020-01-01", "createdAt": "2020"}
            | {name: text(400) for name in ("description", "company", "roleName")}
            for n in range(50)
        ]
        change(table("USERS_TABLE"), {"userId": user_id}, workExperience=works)
        index("user", user_id)

    def _casting(self, number: int) -> str:
        role = the_largest_role()
        casting: dict[str, Any] = {
            "castingId": f"01a00000-0000-7000-8000-{number:012}",
            "recruiterId": self.recruiter.user_id,
            "title": f"Q{number} " + text(100),
            "description": " ".join(WORDS)[:5_000],
            "category": "photography",
            "mode": "hybrid",
            "city": text(80),
            "tags": [f"{each}" + text(38) for each in range(10)],
            "roles": [role | {"roleId": f"r1-{each}"} for each in range(20)],
            "roleCount": 20,
            "isPaid": True,
            "status": "open",
            "createdAt": f"2026-01-01T00:00:{number:02}.000Z",
            "updatedAt": "2026-01-01T00:00:00.000Z",
            "publishedAt": f"2026-01-01T00:00:{number:02}.000Z",
            "deadlineAt": DEADLINE,
            "version": 3,
        }
        table("CASTING_TABLE").put_item(Item=casting)
        index("casting", casting["castingId"])
        return str(casting["castingId"])

    def _applications(self) -> None:
        with table("APPLICATIONS_TABLE").batch_writer() as batch:
            for number, (artist_id, casting_id) in enumerate(
                [(each, self.castings[0]) for each in self.people]
                + [(self.artist.user_id, each) for each in self.castings]
            ):
                batch.put_item(Item=an_application(artist_id, casting_id, self.recruiter, number))

    def _others(self) -> None:
        later = int((datetime.now(UTC) + timedelta(days=9)).timestamp())
        for number in range(MANY):
            at = clock.text(datetime.now(UTC) - timedelta(minutes=number))
            stamps = {"createdAt": at, "updatedAt": at, "version": 1}
            other = self.people[number]
            me = {"userId": self.artist.user_id}
            table("SAVED_CASTINGS_TABLE").put_item(
                Item=me | stamps | {"castingId": self.castings[number]}
            )
            table("CONNECTIONS_TABLE").put_item(
                Item=me
                | stamps
                | {"otherUserId": other, "standing": "accepted", "standingAt": f"accepted#{at}"}
                | {"message": text(500)}
            )
            table("NOTIFICATIONS_TABLE").put_item(
                Item=me
                | stamps
                | {"notificationId": f"01a00000-0000-7000-8000-{number:012}", "kind": "viewed"}
                | {"topic": "progress", "byUserId": other, "castingId": self.castings[number]}
                | {"expiresAt": later}
            )
            table("AUDIT_TABLE").put_item(
                Item={"subject": f"user:{self.artist.user_id}", "entryKey": f"{at}#{number}"}
                | {"action": "suspended", "by": self.admin.user_id, "at": at, "reason": text(500)}
            )

    def pages(self, operation: str) -> Iterator[tuple[Account | None, str]]:
        """Queries that read much: each filter, common words, several lists, and no filter."""
        word, castings = quote(WORDS[0]), f"/castings/{self.castings[0]}"
        text_of_3 = quote(" ".join(WORDS[:3]))
        by = {
            "searchCastings": (
                None,
                [
                    "/castings?",
                    f"/castings?text={word}",
                    f"/castings?text={text_of_3}",
                    f"/castings?text={text_of_3}&sort=closing",
                    "/castings?category=photography&age=5",
                    "/castings?category=photography&age=110&sort=closing",
                    f"/castings?city={quote(text(80))}&category=photography",
                    f"/castings?{urlencode({'tag': '0' + text(38), 'city': text(80)})}",
                ],
            ),
            "searchUsers": (
                self.artist,
                [
                    "/users?",
                    f"/users?text={word}",
                    f"/users?text={text_of_3}&name=w",
                    f"/users?{urlencode({'skill': '00' + text(38), 'city': text(80)})}",
                    "/users?category=acting&role=artist",
                ],
            ),
            "listRecruiterCastings": (
                self.artist,
                [f"/recruiters/{self.recruiter.user_id}/castings?"],
            ),
            "listCastingApplications": (
                self.recruiter,
                [f"{castings}/applications?", f"{castings}/applications?status=submitted"],
            ),
            "listMyApplications": (
                self.artist,
                ["/users/me/applications?", "/users/me/applications?status=booked"],
            ),
            "listSavedCastings": (self.artist, ["/users/me/saved-castings?"]),
            "listNotifications": (self.artist, ["/users/me/notifications?"]),
            "listConnections": (self.artist, ["/connections?"]),
            "listAuditEntries": (self.admin, [f"/admin/audit?subject=user:{self.artist.user_id}"]),
            "matchingCastings": (self.artist, ["/users/me/matching-castings?"]),
            "matchingArtists": (self.recruiter, [f"{castings}/matching-artists?"]),
            "exportMe": (self.recruiter, ["/users/me/export?"]),
        }
        caller, paths = by[operation]
        for path in paths:
            yield caller, path


def an_application(
    artist_id: str, casting_id: str, recruiter: Account, number: int
) -> dict[str, Any]:
    return {
        "castingId": casting_id,
        "applicationKey": f"r1-1#{artist_id}",
        "castingStatus": f"{casting_id}#submitted",
        "applicationId": f"r1-1.{artist_id}",
        "roleId": "r1-1",
        "artistId": artist_id,
        "recruiterId": recruiter.user_id,
        "castingTitle": text(120),
        "roleTitle": text(120),
        "status": "submitted",
        "shareContact": True,
        "createdAt": f"2026-01-01T00:00:{number:02}.000Z",
        "updatedAt": f"2026-01-01T00:00:{number:02}.000Z",
        "version": 1,
        "audition": {"startsAt": "2199-01-01T00:00:00.000Z", "place": text(120)},
        "note": text(2_000),
        "recruiterNote": text(2_000),
        "mediaUrls": ["https://a.b/" + text(480)] * 10,
    }


def change(of: Any, key: dict[str, Any], **fields: Any) -> None:
    of.put_item(Item=of.get_item(Key=key)["Item"] | fields)


@pytest.fixture(scope="module")
def world() -> World:
    return World()


LISTS = [
    "searchCastings",
    "searchUsers",
    "listRecruiterCastings",
    "listCastingApplications",
    "listMyApplications",
    "listSavedCastings",
    "listNotifications",
    "listConnections",
    "listAuditEntries",
    "matchingCastings",
    "matchingArtists",
    "exportMe",
]


@pytest.mark.parametrize("operation", LISTS)
def test_every_page_of_a_list_stays_within_its_read_units(
    world: World, operation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    most = paging.MOST_PUBLIC_UNITS if operation == "searchCastings" else paging.MOST_UNITS
    costs: list[tuple[float, str]] = []

    for caller, path in world.pages(operation):
        for limit in (20, 100) if operation != "exportMe" else (None,):
            after = f"&limit={limit}" if limit else ""
            for _ in range(6):
                capsys.readouterr()
                answer = api.get(f"{path}{after}", as_=caller)
                assert answer.status == 200, answer.text
                line = json.loads(capsys.readouterr().out.splitlines()[-1])
                costs.append((line.get("readUnits", 0), f"{path}{after}"[:60]))
                if not answer.json.get("next"):
                    break
                after = f"{f'&limit={limit}' if limit else ''}&cursor={quote(answer.json['next'])}"

    worst = sorted(costs, reverse=True)[:3]
    with capsys.disabled():
        found = "; ".join(f"{units} units {path}" for units, path in worst)
        sys.stdout.write(f"\n{operation}: {found}\n")
    assert worst[0][0] <= most


def test_a_page_without_a_token_has_at_most_20_items(world: World) -> None:
    page = api.get("/castings?category=photography&limit=100").json

    assert len(page["items"]) <= 20
    assert page["next"]


def test_the_largest_casting_costs_at_most_30_read_units(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert api.get(f"/castings/{world.castings[0]}").status == 200

    line = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert line["readUnits"] <= 30


def test_the_largest_cards_and_entries_are_small(world: World) -> None:
    cards = [
        stored("CARDS_TABLE", cardId=f"user#{world.people[0]}"),
        stored("CARDS_TABLE", cardId=f"casting#{world.castings[0]}"),
    ]

    assert all(card and sizes.item_bytes(plain(card)) <= sizes.READ_BYTES for card in cards)
    assert all(rules.MAX_CARD < sizes.READ_BYTES for _ in cards)


def plain(value: Any) -> Any:
    """The item as our client reads it."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return bytes(value) if hasattr(value, "value") else value
