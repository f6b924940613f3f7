"""Bookings keep to the casting and to the number of people that a role needs."""

from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account
from tests.api.applications.given import PIPELINE, applied, path_of
from tests.api.builders import a_casting, a_recruiter, an_artist, stored, table, taken_down
from tests.api.notifications.given import kinds, told
from tests.streams import record

PAY = {"kind": "unpaid"}


class Roles:
    """An open casting with two roles, and offered applications for the first."""

    def __init__(self, count: int = 1, offered: int = 1) -> None:
        self.recruiter = a_recruiter()
        roles = [{"title": "Dancer", "count": count, "pay": PAY}, {"title": "Singer", "pay": PAY}]
        self.casting = a_casting(self.recruiter, "open", roles=roles)
        self.path = f"/castings/{self.casting['castingId']}"
        self.role_id = self.casting["roles"][0]["roleId"]
        self.artists = [an_artist() for _ in range(offered)]
        self.applications = [applied(self.casting, artist) for artist in self.artists]
        for application in self.applications:
            for status in PIPELINE[:-1]:
                assert self.move(application, status).status == 200

    def move(self, application: Any, status: str) -> Any:
        path = f"{path_of(application)}/status"
        return api.put(path, {"status": status}, as_=self.recruiter)

    def end(self, status: str) -> None:
        steps = {"filled": ["closed", "filled"], "cancelled": ["cancelled"], "closed": ["closed"]}
        for step in steps[status]:
            answer = api.put(f"{self.path}/status", {"status": step}, as_=self.recruiter)
            assert answer.status == 200

    def change(self, **fields: Any) -> Any:
        return api.patch(self.path, fields, as_=self.recruiter, if_match="*")

    def stored(self) -> Any:
        return stored("CASTING_TABLE", castingId=self.casting["castingId"])


def status_of(application: Any, artist: Account) -> str:
    return str(api.get(path_of(application), as_=artist).json["status"])


@pytest.mark.weakness(43)
@pytest.mark.parametrize(
    ("end", "code"),
    [
        (lambda it: it.end("filled"), "CastingEnded"),
        (lambda it: it.end("cancelled"), "CastingEnded"),
        (lambda it: taken_down(it.casting), "CastingTakenDown"),
        (lambda it: it.change(roles=[it.casting["roles"][1]]), "RoleGone"),
    ],
)
def test_nobody_is_booked_after_the_end_of_a_casting_or_a_role(end: Any, code: str) -> None:
    it = Roles()
    end(it)

    refused = it.move(it.applications[0], "booked")

    assert (refused.status, refused.code) == (409, code)
    assert status_of(it.applications[0], it.artists[0]) == "offered"


@pytest.mark.weakness(43)
def test_no_more_artists_are_booked_than_the_role_needs() -> None:
    it = Roles(count=2, offered=3)

    first, second, third = (it.move(each, "booked") for each in it.applications)

    assert (first.status, second.status, third.code) == (200, 200, "RoleFull")
    assert api.get(it.path).json["booked"] == {it.role_id: 2}
    assert it.move(it.applications[0], "booked").status == 200  # a retry counts nothing
    assert it.change(roles=[{**it.casting["roles"][0], "count": 3}]).status == 200
    assert it.move(it.applications[2], "booked").status == 200


@pytest.mark.weakness(43)
@pytest.mark.parametrize("attempt", range(3))
def test_concurrent_bookings_keep_to_the_count(attempt: int) -> None:
    it = Roles(count=1, offered=3)

    answers = api.all_at_once(
        *[lambda each=each: it.move(each, "booked") for each in it.applications]
    )

    assert sorted(answer.status for answer in answers)[0] == 200
    assert {answer.status for answer in answers} <= {200, 409, 503}
    booked = [status_of(*each) for each in zip(it.applications, it.artists, strict=True)]
    assert booked.count("booked") == 1
    assert it.stored()["booked"] == {it.role_id: 1}


@pytest.mark.weakness(43)
@pytest.mark.parametrize("attempt", range(3))
def test_a_booking_and_the_end_of_its_casting_do_not_both_succeed(attempt: int) -> None:
    it = Roles()

    booking, cancelling = api.all_at_once(
        lambda: it.move(it.applications[0], "booked"),
        lambda: api.put(
            f"{it.path}/status",
            {"status": "cancelled"},
            as_=it.recruiter,
            if_match=f'"{it.casting["version"]}"',
        ),
    )

    assert [booking.status, cancelling.status].count(200) <= 1


@pytest.mark.weakness(43)
def test_the_count_is_not_lowered_below_the_booked_artists_and_their_role_stays() -> None:
    it = Roles(count=2, offered=2)
    for application in it.applications:
        assert it.move(application, "booked").status == 200
    dancer, singer = it.casting["roles"]

    lowered = it.change(roles=[{**dancer, "count": 1}, singer])
    removed = it.change(roles=[singer])

    assert (lowered.status, lowered.wrong) == (422, {"/roles/0/count"})
    assert (removed.status, removed.wrong) == (422, {"/roles"})
    assert it.change(title="Another", roles=[dancer]).status == 200


@pytest.mark.weakness(43)
@pytest.mark.parametrize(
    "end",
    [
        lambda it: it.end("filled"),
        lambda it: it.end("cancelled"),
        lambda it: it.change(roles=[it.casting["roles"][1]]),
    ],
)
def test_the_artists_hear_of_the_end_of_a_casting_or_a_role(end: Any) -> None:
    it = Roles(count=2)
    before = it.stored()
    other = an_artist()
    singer = api.post(
        f"{it.path}/applications",
        {"roleId": it.casting["roles"][1]["roleId"], "shareContact": False},
        as_=other,
    ).json
    end(it)
    after = it.stored()

    for _ in range(2):  # a change may arrive twice
        change = record(old=before, new=after, table=table("CASTING_TABLE").name)
        assert api.consume("janitor", change) == []

    assert status_of(it.applications[0], it.artists[0]) == "declined"
    expected = "submitted" if after["status"] == "open" else "declined"
    assert status_of(singer, other) == expected
    key = {
        "castingId": it.casting["castingId"],
        "applicationKey": f"{it.role_id}#{it.artists[0].user_id}",
    }
    declined = stored("APPLICATIONS_TABLE", **key)
    assert declined
    assert declined["castingStatus"] == f"{it.casting['castingId']}#declined"
    assert told(declined | {"status": "offered"}, declined) == []
    assert kinds(it.artists[0]) == ["declined"]


def test_a_booked_artist_stays_booked_when_the_casting_is_filled() -> None:
    it = Roles()
    assert it.move(it.applications[0], "booked").status == 200
    before = it.stored()
    it.end("filled")

    change = record(old=before, new=it.stored(), table=table("CASTING_TABLE").name)
    assert api.consume("janitor", change) == []

    assert status_of(it.applications[0], it.artists[0]) == "booked"
