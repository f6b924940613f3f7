"""Every published role says whether it is paid, and no role asks the artist for a fee."""

from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import a_casting, a_new_casting, a_recruiter, stored, table
from tests.api.search.given import an_indexed_casting, castings

UNPAID = {"kind": "unpaid"}
PAID = {"kind": "paid", "money": {"amount": 1, "currency": "INR"}, "unit": "day"}
UNSAID, SAID = {"title": "A", "pay": None}, {"title": "B", "pay": UNPAID}


def opened(casting: dict[str, Any], recruiter: Account) -> Response:
    return api.put(f"/castings/{casting['castingId']}/status", {"status": "open"}, as_=recruiter)


def patched(casting: dict[str, Any], roles: list[Any], recruiter: Account) -> Response:
    path = f"/castings/{casting['castingId']}"
    return api.patch(path, {"roles": roles}, as_=recruiter, if_match="*")


def from_before(casting: dict[str, Any]) -> None:
    """Take the pay away, as castings that were opened before the rule may lack it."""
    table("CASTING_TABLE").update_item(
        Key={"castingId": casting["castingId"]},
        UpdateExpression="REMOVE #roles[0].pay, #roles[0].feeAsked",
        ExpressionAttributeNames={"#roles": "roles"},
    )


@pytest.mark.parametrize("roles", [[UNSAID], [SAID, UNSAID], [UNSAID, SAID, UNSAID]])
def test_a_draft_is_published_only_if_all_roles_say_whether_they_are_paid(
    roles: list[dict[str, Any]],
) -> None:
    recruiter = a_recruiter()
    draft = a_casting(recruiter, roles=roles)

    answer = opened(draft, recruiter)

    assert (answer.status, answer.code) == (409, "PayNotStated")
    assert answer.wrong == {f"/roles/{n}/pay" for n, role in enumerate(roles) if role is UNSAID}
    item = stored("CASTING_TABLE", castingId=draft["castingId"])
    assert item
    assert item["status"] == "draft"
    said = [role | {"pay": PAID} for role in draft["roles"]]
    assert patched(draft, said, recruiter).status == 200
    assert opened(draft, recruiter).status == 200


@pytest.mark.parametrize("pay", [PAID, UNPAID, {"kind": "expenses"}])
def test_a_role_that_says_it_is_published(pay: dict[str, Any]) -> None:
    casting = a_casting(status="open", roles=[{"title": "A", "pay": pay}])

    assert casting["roles"][0]["pay"]["kind"] == pay["kind"]
    assert casting["roles"][0]["feeAsked"] is False


def test_an_open_casting_keeps_saying_it() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status="open")
    [role] = casting["roles"]

    silent = patched(casting, [role | {"pay": None}], recruiter)
    added = patched(casting, [role, {"title": "New"}], recruiter)

    assert (silent.status, silent.wrong) == (422, {"/roles/0/pay"})
    assert (added.status, added.wrong) == (422, {"/roles/1/pay"})


def test_a_casting_published_before_the_rule_keeps_working() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status="open", roles=[{"title": "A"}, {"title": "B"}])
    from_before(casting)
    read = api.get(f"/castings/{casting['castingId']}").json
    assert (read["roles"][0]["pay"], read["roles"][0]["feeAsked"]) == (None, False)

    renamed = api.patch(
        f"/castings/{casting['castingId']}", {"title": "New"}, as_=recruiter, if_match="*"
    )
    without_the_other = patched(casting, [*read["roles"][:1], {"title": "C"}], recruiter)
    closed = api.put(
        f"/castings/{casting['castingId']}/status", {"status": "closed"}, as_=recruiter
    )
    again = opened(casting, recruiter)

    assert renamed.status == closed.status == 200
    assert (without_the_other.status, without_the_other.wrong) == (422, {"/roles/1/pay"})
    assert (again.status, again.code, again.wrong) == (409, "PayNotStated", {"/roles/0/pay"})


@pytest.mark.parametrize("value", [True, None, 1, 0, "false", {"amount": 5}])
def test_a_fee_asked_of_the_artist_is_refused_even_in_a_draft(value: object) -> None:
    recruiter = a_recruiter()
    role = SAID | {"feeAsked": value}
    draft = a_casting(recruiter)

    created = api.post("/castings", a_new_casting(roles=[SAID, role]), as_=recruiter)
    changed = patched(draft, [draft["roles"][0] | {"feeAsked": value}], recruiter)

    assert (created.status, created.wrong) == (422, {"/roles/1/feeAsked"})
    assert (changed.status, changed.wrong) == (422, {"/roles/0/feeAsked"})
    if value is True:
        assert created.json["errors"][0]["detail"].startswith("must be false")


def test_the_search_for_paid_castings_follows_the_roles() -> None:
    recruiter, other = a_recruiter(), {"title": "B", "pay": {"kind": "expenses"}}
    city = f"pay{recruiter.user_id[:8]}"
    paid = an_indexed_casting(recruiter, city=city, roles=[{"title": "A", "pay": PAID}])
    both = an_indexed_casting(recruiter, city=city, roles=[{"title": "A", "pay": PAID}, other])
    none = an_indexed_casting(recruiter, city=city, roles=[other])

    def found(**query: str) -> set[str]:
        return set(castings(city=city, **query))

    assert found(paid="true") == {paid["castingId"], both["castingId"]}
    assert found(paid="false") == {none["castingId"], both["castingId"]}
    assert [each["isPaid"] for each in (paid, both, none)] == [True, True, False]
