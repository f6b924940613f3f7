"""GET /v1/castings/{castingId}/applicants."""

import json
import random
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from artisthub.applications import repository
from artisthub.applications.models import Application
from artisthub.shared import dynamodb
from operations import upgrade
from tests.api import api
from tests.api.api import Account
from tests.api.applications.given import Situation, applied, path_of
from tests.api.builders import (
    a_casting,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    suspended,
    table,
    taken_down,
)
from tests.streams import record

FAMILIES = ["Nair", "Rao", "Nayar", "Das"]


def listed(casting: Any, as_: Account, query: str = "") -> list[Any]:
    """All pages together."""
    found, after = [], ""
    while True:
        url = f"/castings/{casting['castingId']}/applicants?limit=100&{query}{after}"
        page = api.get(url, as_=as_)
        assert page.status == 200, page.text
        found += page.json["items"]
        if page.json["next"] is None:
            return found
        after = f"&cursor={quote(page.json['next'])}"


def ids(items: list[Any]) -> list[str]:
    return [each["applicationId"] for each in items]


def assess(situation_path: str, recruiter: Account, **fields: Any) -> None:
    answer = api.put(f"{situation_path}/assessment", fields, as_=recruiter, if_match="*")
    assert answer.status == 200, answer.text


@pytest.mark.parametrize(
    ("someone", "expected"),
    [
        (lambda: None, (401, "Unauthorized")),
        (an_artist, (403, "NotYourCasting")),
        (a_recruiter, (403, "NotYourCasting")),
        (an_account, (403, "ProfileRequired")),
        (an_admin, (403, "ProfileRequired")),
        (lambda: suspended(a_recruiter()), (403, "AccountSuspended")),
    ],
)
@pytest.mark.parametrize("form", ["applicants", "applicants.csv"])
def test_only_the_recruiter_of_a_casting_sees_its_applicants(
    someone: Callable[[], Account | None], expected: tuple[int, str], form: str
) -> None:
    casting = a_casting(status="open")

    answer = api.get(f"/castings/{casting['castingId']}/{form}", as_=someone())

    assert (answer.status, answer.code) == expected


def test_an_applicant_does_not_see_the_others() -> None:
    it = Situation()

    answer = api.get(f"/castings/{it.casting['castingId']}/applicants", as_=it.artist)

    assert (answer.status, answer.code) == (403, "NotYourCasting")


def test_drafts_removed_and_unknown_castings_show_nobody() -> None:
    recruiter = a_recruiter()
    draft, removed = a_casting(recruiter), taken_down(a_casting(recruiter, "open"))

    assert listed(draft, recruiter) == []
    other = api.get(f"/castings/{draft['castingId']}/applicants", as_=an_artist())
    gone = api.get("/castings/unknown/applicants", as_=recruiter)
    hidden = api.get(f"/castings/{removed['castingId']}/applicants", as_=recruiter)
    assert (other.status, gone.status, hidden.code) == (404, 404, "CastingTakenDown")


def test_an_entry_has_the_application_the_artist_and_the_assessment() -> None:
    it = Situation(shareContact=True, note="Long")
    assess(it.path, it.recruiter, rating=4, tags=["Second reading"])

    [entry] = listed(it.casting, it.recruiter)

    whole = api.get(it.path, as_=it.recruiter).json
    assert entry == {name: whole[name] for name in entry if name != "match"} | {"match": 0}
    assert (entry["rating"], entry["tags"]) == (4, ["Second reading"])
    assert entry["contact"]["email"] == it.artist.email


def test_applicants_who_fit_best_come_first() -> None:
    recruiter = a_recruiter()
    needs = {"genders": ["female"], "languages": ["hindi"], "skills": ["chhau", "juggling"]}
    role = {"title": "Dancer", "requirements": needs}
    casting = a_casting(recruiter, "open", roles=[role], city="Kochi", category="dance")
    best = an_artist(gender="female", languages=["Hindi"], skills=["chhau"], city="Kochi")
    worst = an_artist(gender="male", languages=["tamil"], city="Delhi", privacy="private")
    made = [applied(casting, artist) for artist in (worst, an_artist(), best)]

    found = listed(casting, recruiter, "sort=match")

    assert ids(found) == ids(made[::-1])
    assert [each["match"] for each in found] == [3, 0, -3]
    assert ids(listed(casting, recruiter)) == ids(made[::-1])  # the newest first


class Many:
    """A casting with generated applicants, and what a plain search over them finds."""

    def __init__(self, number: int) -> None:
        self.recruiter = a_recruiter()
        self.casting = a_casting(self.recruiter, "open")
        chance = random.Random(4)
        self.items = [self._item(chance, each) for each in range(number)]
        with table("APPLICATIONS_TABLE").batch_writer() as batch:
            for item in self.items:
                batch.put_item(Item=item)

    def _item(self, chance: random.Random, number: int) -> dict[str, Any]:
        artist, role = f"01a00000-0000-7000-8000-{number:012}", f"r1-{chance.randint(1, 11)}"
        at = f"2026-01-01T{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}.000Z"
        application = Application(
            f"{role}.{artist}",
            self.casting["castingId"],
            role,
            artist,
            self.recruiter.user_id,
            "Dancers",
            "Dancer",
            chance.choice(["submitted", "viewed", "declined"]),
            share_contact=False,
            created_at=at,
            updated_at=at,
            version=1,
            rating=chance.choice([None, 1, 3, 5]),
            tags=chance.sample(["Tall", "Boat", "Second reading"], chance.randint(0, 2)),
            fit=chance.randint(-5, 12),
            artist_names=f"maya {chance.choice(FAMILIES)}".lower(),
        )
        item: dict[str, Any] = dynamodb.item_of(repository._item_of(application))
        return item

    def expected(self, sort: str, keep: Callable[[dict[str, Any]], bool]) -> list[str]:
        orders: dict[str, Callable[[Any], Any]] = {
            "newest": lambda each: each["createdAt"],
            "match": lambda each: (each["fit"], each["createdAt"]),
            "rating": lambda each: (each.get("rating") or 0, each["createdAt"]),
        }
        kept = [each for each in self.items if keep(each)]
        return ids(sorted(kept, key=orders[sort], reverse=True))


@pytest.fixture(scope="module")
def many() -> Many:
    return Many(150)


FILTERS: dict[str, Callable[[Any], bool]] = {
    "": lambda each: True,
    "status=viewed": lambda each: each["status"] == "viewed",
    "status=viewed,declined": lambda each: each["status"] in ("viewed", "declined"),
    "roleId=r1-1": lambda each: each["roleId"] == "r1-1",
    "roleId=r1-1,r1-10": lambda each: each["roleId"] in ("r1-1", "r1-10"),
    "minRating=3": lambda each: (each.get("rating") or 0) >= 3,
    "tag=second%20READING&status=submitted": lambda each: (
        "Second reading" in each["tags"] and each["status"] == "submitted"
    ),
}


@pytest.mark.parametrize("query", FILTERS)
@pytest.mark.parametrize("sort", ["newest", "match", "rating"])
def test_all_pages_together_are_the_sorted_list(many: Many, query: str, sort: str) -> None:
    found = ids(listed(many.casting, many.recruiter, f"sort={sort}&{query}"))

    assert found == many.expected(sort, FILTERS[query])


def test_every_page_counts_the_applications_by_status(many: Many) -> None:
    path = f"/castings/{many.casting['castingId']}/applicants?limit=1&status=declined"

    page = api.get(path, as_=many.recruiter).json

    assert len(page["items"]) == 1
    assert page["counts"] == Counter(each["status"] for each in many.items)


@pytest.mark.parametrize(
    ("name", "found"),
    [("may", True), ("Nair maya", True), ("MAYA", True), ("ay", False), ("maya rao", False)],
)
def test_applicants_are_found_by_the_beginnings_of_their_names(name: str, found: bool) -> None:
    it = Situation()
    artist = an_artist(displayName="Māyā Nair")
    made = applied(it.casting, artist)

    assert ids(listed(it.casting, it.recruiter, f"name={quote(name)}")) == [
        *([made["applicationId"]] if found else [])
    ]


@pytest.mark.parametrize(
    "hide",
    [
        lambda path, artist: api.call("DELETE", path, as_=artist),
        lambda _, artist: suspended(artist),
    ],
)
def test_a_hidden_artist_is_not_found_by_name(hide: Callable[[str, Account], object]) -> None:
    it = Situation()
    hide(it.path, it.artist)

    assert listed(it.casting, it.recruiter, "name=priya") == []
    [entry] = listed(it.casting, it.recruiter)
    assert entry["artist"] is None


def test_the_list_follows_every_change_and_the_end_of_a_casting() -> None:
    it = Situation()
    other = applied(it.casting, an_artist())
    it.move("viewed")
    assess(path_of(other), it.recruiter, rating=5)

    assert ids(listed(it.casting, it.recruiter, "status=viewed")) == ids([it.application])
    assert ids(listed(it.casting, it.recruiter, "sort=rating")) == ids([other, it.application])
    before = table("CASTING_TABLE").get_item(Key={"castingId": it.casting["castingId"]})["Item"]
    change = record(
        old=before, new=before | {"status": "cancelled"}, table=table("CASTING_TABLE").name
    )
    assert api.consume("janitor", change) == []
    ended = listed(it.casting, it.recruiter, "status=declined&sort=rating")
    assert ids(ended) == ids([other, it.application])
    assert ended[0]["rating"] == 5


def test_the_upgrade_lists_applications_from_before() -> None:
    it = Situation("viewed")
    key = {name: it.item[name] for name in ("castingId", "applicationKey")}
    table("APPLICATIONS_TABLE").update_item(Key=key, UpdateExpression="REMOVE boardKey, fit")
    assert listed(it.casting, it.recruiter) == []

    for _ in range(2):
        upgrade._list_applicants(table("APPLICATIONS_TABLE"), lambda _: None)

    [entry] = listed(it.casting, it.recruiter, "status=viewed")
    assert entry["applicationId"] == it.application["applicationId"]
    assert it.item["version"] == entry["version"] == 2
    it.move("shortlisted")
    assert len(listed(it.casting, it.recruiter, "status=shortlisted")) == 1


def test_the_artist_never_sees_how_applicants_are_sorted() -> None:
    it = Situation()
    assess(it.path, it.recruiter, rating=2, tags=["Too tall"])

    export = api.get("/users/me/export", as_=it.artist)
    [held] = export.json["sections"]["applications"]

    assert {"boardKey", "rating", "tags"}.isdisjoint(held)
    assert "Too tall" not in export.text


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("sort=oldest", "sort"),
        ("status=viewed,seen", "status"),
        ("roleId=lead", "roleId"),
        ("minRating=6", "minRating"),
        ("name=", "name"),
        (f"tag={'a' * 41}", "tag"),
    ],
)
def test_an_invalid_parameter_is_named(many: Many, query: str, parameter: str) -> None:
    path = f"/castings/{many.casting['castingId']}/applicants?{query}"

    answer = api.get(path, as_=many.recruiter)

    assert (answer.status, {each.partition("/")[0] for each in answer.wrong}) == (422, {parameter})


def test_a_cursor_is_refused_with_another_order(many: Many) -> None:
    path = f"/castings/{many.casting['castingId']}/applicants"
    after = api.get(f"{path}?limit=1&sort=match", as_=many.recruiter).json["next"]

    answer = api.get(f"{path}?limit=1&sort=rating&cursor={after}", as_=many.recruiter)

    assert (answer.status, answer.code) == (400, "BadCursor")


def test_a_page_of_2000_applicants_stays_within_its_read_units(
    capsys: pytest.CaptureFixture[str],
) -> None:
    crowd = Many(2_100)
    path = f"/castings/{crowd.casting['castingId']}/applicants?sort=rating"
    capsys.readouterr()

    page = api.get(path, as_=crowd.recruiter)

    line = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert sum(page.json["counts"].values()) == 2_000
    assert len(page.json["items"]) >= 10
    assert line["readUnits"] <= 60
