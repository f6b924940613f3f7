"""GET /v1/recruiters/{recruiterId}, and the same recruiter inside castings."""

from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account
from tests.api.builders import (
    a_casting,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    stored,
    suspended,
    table,
)
from tests.api.search.given import index, indexed
from tests.streams import record


def page_of(recruiter: Account) -> Any:
    answer = api.get(f"/recruiters/{recruiter.user_id}")
    assert answer.status == 200, answer.text
    return answer.json


def a_known_recruiter(**profile: Any) -> Account:
    """A recruiter with a card."""
    return indexed(a_recruiter(**profile))


def rename(recruiter: Account, name: str) -> None:
    """Rename the recruiter, and send the indexer the change."""
    before = stored("USERS_TABLE", userId=recruiter.user_id)
    changed = api.patch("/users/me", {"displayName": name}, as_=recruiter, if_match="*")
    assert changed.status == 200, changed.text
    after = stored("USERS_TABLE", userId=recruiter.user_id)
    change = record(old=before, new=after, table=table("USERS_TABLE").name)
    assert api.consume("indexer", change) == []


def test_everyone_sees_who_casts_without_a_token() -> None:
    recruiter = a_known_recruiter(displayName="Meera Nair", companyName="Backwater Films")
    a_casting(recruiter, "open")

    shown = page_of(recruiter)

    assert shown["displayName"] == "Meera Nair"
    assert shown["companyName"] == "Backwater Films"
    assert shown["openCastings"] == 1
    assert shown["verifiedAt"] is None


def test_the_page_has_no_other_field_of_the_profile() -> None:
    recruiter = a_known_recruiter(bio="Films.", city="Kochi", phone="+919800000001")
    a_casting(recruiter, "open")

    assert page_of(recruiter).keys() == {
        *("userId", "username", "displayName", "companyName", "picture"),
        *("createdAt", "verifiedAt", "openCastings"),
    }


def test_the_page_is_public_whatever_the_privacy() -> None:
    recruiter = a_known_recruiter(displayName="Meera Nair", privacy="private")
    a_casting(recruiter, "open")

    assert page_of(recruiter)["displayName"] == "Meera Nair"


def test_a_recruiter_is_read_from_the_profile_until_the_card_is_made() -> None:
    recruiter = a_recruiter(displayName="Meera Nair")
    a_casting(recruiter, "open")

    assert page_of(recruiter)["displayName"] == "Meera Nair"


@pytest.mark.parametrize(
    "account",
    [
        lambda: an_artist(),
        lambda: an_account(),
        lambda: a_recruiter(),
        lambda: suspended(_with_an_open_casting()),
    ],
    ids=["an artist", "no profile", "never opened a casting", "suspended"],
)
def test_an_account_that_does_not_cast_has_no_page(account: Any) -> None:
    answer = api.get(f"/recruiters/{account().user_id}")

    assert (answer.status, answer.code) == (404, "NotFound")


def _with_an_open_casting() -> Account:
    recruiter = a_recruiter()
    a_casting(recruiter, "open")
    return recruiter


def test_a_recruiter_keeps_the_page_after_the_last_casting_closed() -> None:
    recruiter = a_known_recruiter()
    a_casting(recruiter, "closed")

    assert page_of(recruiter)["openCastings"] == 0


def test_a_casting_says_who_casts() -> None:
    recruiter = a_known_recruiter(displayName="Meera Nair")
    casting = a_casting(recruiter, "open")

    shown = api.get(f"/castings/{casting['castingId']}").json["recruiter"]

    assert shown == {name: page_of(recruiter)[name] for name in shown}
    assert shown["displayName"] == "Meera Nair"


def test_the_etag_of_a_casting_changes_with_who_casts() -> None:
    recruiter = a_known_recruiter()
    path = f"/castings/{a_casting(recruiter, 'open')['castingId']}"
    before = api.get(path).etag

    rename(recruiter, "Asha Menon")

    assert api.get(path).etag != before
    assert api.get(path, if_none_match=before).status == 200


@pytest.mark.parametrize("status", ["open", "closed"])
def test_lists_say_who_casts(status: str) -> None:
    recruiter, artist = a_known_recruiter(displayName="Meera Nair"), an_artist()
    casting = a_casting(recruiter, status)
    casting_id = casting["castingId"]
    index("casting", casting_id)
    api.put(f"/users/me/saved-castings/{casting_id}", None, as_=artist)

    saved = api.get("/users/me/saved-castings", as_=artist).json["items"][0]["casting"]
    listed = api.get(f"/recruiters/{recruiter.user_id}/castings", as_=artist).json["items"][0]

    assert saved["recruiter"]["displayName"] == "Meera Nair"
    assert listed["recruiter"]["displayName"] == "Meera Nair"


def test_a_search_says_who_casts() -> None:
    recruiter = a_known_recruiter(displayName="Meera Nair")
    casting = a_casting(recruiter, "open", city="Alleppey of who casts")
    index("casting", casting["castingId"])

    found = api.get("/castings?city=Alleppey%20of%20who%20casts").json["items"][0]

    assert found["recruiter"]["displayName"] == "Meera Nair"


def test_a_search_follows_the_recruiters_name() -> None:
    recruiter = a_known_recruiter(displayName="Meera Nair")
    casting = a_casting(recruiter, "open", city="Alleppey of renamed ones")
    index("casting", casting["castingId"])

    rename(recruiter, "Asha Menon")

    found = api.get("/castings?city=Alleppey%20of%20renamed%20ones").json["items"][0]
    assert found["recruiter"]["displayName"] == "Asha Menon"


def test_an_administrator_sees_who_cast_a_removed_casting() -> None:
    recruiter = a_known_recruiter(displayName="Meera Nair")
    casting_id = a_casting(recruiter, "open")["castingId"]
    admin = an_admin()
    taken = api.put(f"/admin/castings/{casting_id}/takedown", {"reason": "fee"}, as_=admin)
    assert taken.status == 200, taken.text

    assert (
        api.get(f"/castings/{casting_id}", as_=admin).json["recruiter"]["displayName"]
        == "Meera Nair"
    )
