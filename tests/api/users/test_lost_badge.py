"""A verified recruiter who changes the verified identity loses the badge."""

from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account
from tests.api.builders import a_name, a_recruiter, the_admin, verified

pytestmark = pytest.mark.weakness(9)

PROFILE = {"displayName": "Kiran Rao", "companyName": "Rao Films", "website": "https://rao.example"}


def a_verified_recruiter() -> Account:
    return verified(a_recruiter(**PROFILE))


def badge(recruiter: Account) -> Any:
    return api.get("/users/me", as_=recruiter).json["verifiedAt"]


def flags(recruiter: Account) -> list[tuple[str, str]]:
    """The flags that administrators see in the queue."""
    queue = api.get("/admin/cases?reason=flag&limit=100", as_=the_admin()).json["items"]
    case = next((each for each in queue if each["caseId"] == f"user:{recruiter.user_id}"), None)
    return [(each["reason"], each["place"]) for each in case["flags"]] if case else []


@pytest.mark.parametrize(
    "change",
    [
        {"displayName": "Another Name"},
        {"displayName": "kiran rao"},
        {"companyName": "Other Films"},
        {"companyName": None},
        {"website": "https://other.example"},
        {"website": None},
        {"displayName": "Another Name", "companyName": None, "bio": "New"},
    ],
)
def test_the_badge_goes_with_a_new_name_company_or_website(change: dict[str, Any]) -> None:
    recruiter = a_verified_recruiter()

    changed = api.patch("/users/me", change, as_=recruiter, if_match="*")

    assert (changed.status, changed.json["verifiedAt"]) == (200, None)
    assert badge(recruiter) is None
    seen = api.get(f"/users/{recruiter.user_id}", as_=a_recruiter()).json
    assert seen["verifiedAt"] is None
    identity = [name for name in ("displayName", "companyName", "website") if name in change]
    assert flags(recruiter) == [("identity", name) for name in identity]


def test_the_badge_goes_with_a_new_username() -> None:
    recruiter = a_verified_recruiter()

    renamed = api.put("/users/me/username", {"username": a_name()}, as_=recruiter)

    assert (renamed.status, renamed.json["verifiedAt"]) == (200, None)
    assert flags(recruiter) == [("identity", "username")]


@pytest.mark.parametrize("change", [PROFILE, {"bio": "New"}, {"city": "Pune"}, {"phone": None}])
def test_the_badge_stays_with_other_changes(change: dict[str, Any]) -> None:
    recruiter = a_verified_recruiter()
    before = badge(recruiter)

    assert api.patch("/users/me", change, as_=recruiter, if_match="*").status == 200

    assert badge(recruiter) == before
    assert flags(recruiter) == []


def test_the_badge_stays_with_the_same_username() -> None:
    name = a_name()
    recruiter = verified(a_recruiter(username=name))

    api.put("/users/me/username", {"username": name.upper()}, as_=recruiter)

    assert badge(recruiter)
    assert flags(recruiter) == []


def test_an_unverified_recruiter_raises_no_flag() -> None:
    recruiter = a_recruiter(**PROFILE)

    api.patch("/users/me", {"displayName": "Another Name"}, as_=recruiter, if_match="*")

    assert flags(recruiter) == []


def test_an_administrator_can_verify_the_new_identity() -> None:
    recruiter = a_verified_recruiter()
    api.patch("/users/me", {"displayName": "Another Name"}, as_=recruiter, if_match="*")

    verified(recruiter)

    assert badge(recruiter)


def test_a_refused_change_keeps_the_badge() -> None:
    recruiter = a_verified_recruiter()

    stale = api.patch("/users/me", {"displayName": "X"}, as_=recruiter, if_match='"1"')
    invalid = api.patch("/users/me", {"displayName": ""}, as_=recruiter, if_match="*")

    assert (stale.status, invalid.status) == (412, 422)
    assert badge(recruiter)
    assert flags(recruiter) == []
