"""A role closes when its recruiter closes it or when it is filled, and refuses applications."""

from collections.abc import Callable
from typing import Any

import pytest

from artisthub.applications import repository
from tests.api import api
from tests.api.api import Account, Response
from tests.api.applications.given import PIPELINE, a_new_application, applied, path_of
from tests.api.builders import a_casting, a_recruiter, an_artist, count, stored, taken_down
from tests.api.search.given import an_indexed_casting, castings, index

PAID = {"kind": "paid", "money": {"amount": 1, "currency": "INR"}, "unit": "day"}
UNPAID = {"kind": "unpaid"}
DANCER, SINGER = {"title": "Dancer", "pay": PAID}, {"title": "Singer", "pay": UNPAID}


class Two:
    """An open casting with two roles, the first paid and the second not."""

    def __init__(self, **first: Any) -> None:
        self.recruiter = a_recruiter()
        self.casting = a_casting(self.recruiter, "open", roles=[DANCER | first, SINGER])
        self.path = f"/castings/{self.casting['castingId']}"

    def roles(self, *roles: Any) -> Response:
        return api.patch(self.path, {"roles": list(roles)}, as_=self.recruiter, if_match="*")

    def set_first(self, **fields: Any) -> Response:
        first, second = self.read()["roles"]
        return self.roles(first | fields, second)

    def read(self) -> Any:
        return api.get(self.path).json

    def statuses(self) -> list[str]:
        return [role["status"] for role in self.read()["roles"]]

    def book(self, application: Any) -> None:
        for status in PIPELINE:
            path = f"{path_of(application)}/status"
            answer = api.put(path, {"status": status}, as_=self.recruiter)
            assert answer.status == 200, answer.text


def applying(two: Two, artist: Account, role: int = 0, **headers: Any) -> Response:
    body = a_new_application(two.casting, roleId=two.casting["roles"][role]["roleId"])
    return api.post(f"{two.path}/applications", body, as_=artist, **headers)


def test_roles_are_open_at_first_and_can_be_closed_and_opened() -> None:
    two, artist = Two(), an_artist()

    assert two.statuses() == ["open", "open"]
    assert two.set_first(status="closed").json["roles"][0]["status"] == "closed"
    refused = applying(two, artist)
    assert (refused.status, refused.code) == (409, "RoleClosed")
    assert applying(two, artist, role=1).status == 201
    assert two.set_first(status="open").status == 200
    assert applying(two, artist).status == 201


def test_a_client_that_knows_no_status_leaves_it_as_it_is() -> None:
    two = Two()
    two.set_first(status="closed")

    known = [{k: v for k, v in role.items() if k != "status"} for role in two.read()["roles"]]
    assert two.roles(*known, {"title": "Juggler", "pay": UNPAID}).status == 200
    assert two.statuses() == ["closed", "open", "open"]
    assert api.patch(two.path, {"title": "B"}, as_=two.recruiter, if_match="*").status == 200
    assert two.statuses() == ["closed", "open", "open"]


def test_an_unknown_status_of_a_role_is_named() -> None:
    answer = Two().set_first(status="cancelled")

    assert (answer.status, answer.wrong) == (422, {"/roles/0/status"})


def test_a_role_is_filled_by_its_last_booking_and_open_again_with_a_higher_count() -> None:
    two = Two(count=2)
    applications = [applied(two.casting, an_artist()) for _ in range(2)]

    two.book(applications[0])
    assert two.statuses() == ["open", "open"]
    two.book(applications[1])
    assert two.statuses() == ["filled", "open"]
    assert applying(two, an_artist()).code == "RoleClosed"
    assert two.set_first(status="open").status == 200
    assert two.statuses() == ["filled", "open"]  # two are booked of two
    assert two.set_first(count=3).status == 200
    assert two.statuses() == ["open", "open"]
    assert applying(two, an_artist()).status == 201


def test_a_role_is_not_filled_before_its_artists_are_booked() -> None:
    two = Two()

    two.set_first(status="filled")

    assert two.statuses() == ["open", "open"]


def test_applicants_for_a_closed_role_can_still_be_booked() -> None:
    two = Two()
    application = applied(two.casting, an_artist())
    two.set_first(status="closed")

    two.book(application)

    assert two.statuses() == ["filled", "open"]


def test_a_casting_is_paid_if_a_role_is_that_one_can_apply_for() -> None:
    two = Two()

    assert two.read()["isPaid"]
    two.set_first(status="closed")
    assert not two.read()["isPaid"]
    first, second = two.read()["roles"]
    two.roles(first, second | {"status": "closed"})
    assert two.read()["isPaid"]  # nobody can apply, so all roles count
    assert two.read()["roleCount"] == 2


def test_a_casting_is_found_only_by_its_open_roles() -> None:
    recruiter = a_recruiter()
    city = an_artist().user_id
    roles = [DANCER, SINGER]
    casting = an_indexed_casting(recruiter, city=city, roles=roles)
    path = f"/castings/{casting['castingId']}"

    def close(number: int) -> None:
        roles = api.get(path).json["roles"]
        roles[number]["status"] = "closed"
        assert api.patch(path, {"roles": roles}, as_=recruiter, if_match="*").status == 200
        index("casting", casting["castingId"])

    assert len(castings(city=city, paid="true")) == 1
    close(0)
    assert castings(city=city, paid="true") == []
    assert len(castings(city=city, paid="false")) == 1
    close(1)
    assert castings(city=city) == []


CLOSING: dict[str, tuple[Callable[[Two], object], int, str]] = {
    "the role closes": (lambda two: two.set_first(status="closed"), 409, "RoleClosed"),
    "the role is removed": (lambda two: two.roles(two.read()["roles"][1]), 409, "RoleClosed"),
    "the casting closes": (
        lambda two: api.put(f"{two.path}/status", {"status": "closed"}, as_=two.recruiter),
        409,
        "CastingClosed",
    ),
    "the casting is taken down": (lambda two: taken_down(two.casting), 409, "CastingClosed"),
}


@pytest.mark.parametrize("closing", CLOSING)
@pytest.mark.parametrize("key", ["", "my-key"])
def test_no_application_is_accepted_that_is_stored_after_its_role_closed(
    closing: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    two, artist = Two(), an_artist()
    close, status, code = CLOSING[closing]
    stored_later = repository.add

    def close_first(*args: Any) -> None:
        monkeypatch.setattr(repository, "add", stored_later)
        close(two)
        stored_later(*args)

    monkeypatch.setattr(repository, "add", close_first)
    records = count("IDEMPOTENCY_TABLE")
    headers: dict[str, Any] = {"idempotency_key": key} if key else {}
    refused = applying(two, artist, **headers)

    role_id = two.casting["roles"][0]["roleId"]
    item = {"castingId": two.casting["castingId"], "applicationKey": f"{role_id}#{artist.user_id}"}
    assert (refused.status, refused.code) == (status, code)
    assert stored("APPLICATIONS_TABLE", **item) is None
    assert count("IDEMPOTENCY_TABLE") == records
    assert applying(two, artist, **headers).status >= 400  # nothing of the first try is replayed


@pytest.mark.parametrize("attempt", range(4))
def test_an_application_and_the_end_of_its_role_at_once_agree(attempt: int) -> None:
    two, artist = Two(), an_artist()

    applying_, closing = api.all_at_once(
        lambda: applying(two, artist), lambda: two.set_first(status="closed")
    )

    listed = api.get(f"{two.path}/applications", as_=two.recruiter).json["items"]
    assert closing.status == 200
    assert (applying_.status, len(listed)) in ((201, 1), (409, 0))
