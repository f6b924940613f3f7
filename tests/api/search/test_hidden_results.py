"""Nothing tells that a hidden account or casting matches a search."""

from typing import Any
from urllib.parse import urlencode

import pytest

from artisthub.shared import clock
from tests.api import api
from tests.api.api import Account
from tests.api.builders import a_casting, a_minor, a_recruiter, an_artist, table
from tests.api.search.given import a_word, all_items, an_indexed_casting, index, indexed

pytestmark = pytest.mark.weakness(60)


def page(path: str, as_: Account | None = None, **query: Any) -> tuple[int, str | None]:
    """The number of items on the first page, and its `next`."""
    answer = api.get(f"{path}?{urlencode(query)}", as_=as_)
    assert answer.status == 200, answer.text
    return len(answer.json["items"]), answer.json["next"]


def block(one: Account, other: Account) -> None:
    assert api.call("PUT", f"/users/{other.user_id}/block", as_=one).status == 204


@pytest.mark.parametrize("sort", ["newest", "best"])
@pytest.mark.parametrize("limit", [1, 2])
def test_a_page_tells_nothing_of_blocked_accounts_after_it(sort: str, limit: int) -> None:
    word, viewer = a_word(), an_artist()
    others = [indexed(an_artist(skills=[word])) for _ in range(limit + 2)]
    for hidden in others[:2]:
        block(hidden, viewer)

    found = page("/users", viewer, skill=word, text=word, sort=sort, limit=limit)

    assert found == (limit, None)


def test_a_page_has_a_next_one_while_there_is_another_result() -> None:
    word, viewer = a_word(), an_artist()
    others = [indexed(an_artist(skills=[word])) for _ in range(4)]
    for hidden in others[1:3]:
        block(viewer, hidden)

    size, after = page("/users", viewer, skill=word, limit=1)
    assert after
    second = page("/users", viewer, skill=word, limit=1, cursor=after)

    assert (size, second) == (1, (1, None))


def test_blocked_accounts_do_not_make_a_page_of_100_shorter() -> None:
    word, viewer = a_word(), an_artist()
    others = [indexed(an_artist(skills=[word])) for _ in range(12)]
    for hidden in others[::2]:
        block(hidden, viewer)

    assert page("/users", viewer, skill=word, limit=100) == (6, None)


@pytest.mark.parametrize("sort", ["newest", "closing", "best"])
def test_a_page_tells_nothing_of_hidden_castings_after_it(sort: str) -> None:
    word, recruiter = a_word(), a_recruiter()
    hidden, _ = (an_indexed_casting(recruiter, tags=[word]) for _ in range(2))
    table("CASTING_TABLE").update_item(
        Key={"castingId": hidden["castingId"]},
        UpdateExpression="SET hiddenUntil = :later",
        ExpressionAttributeValues={":later": "2999-01-01T00:00:00.000Z"},
    )
    table("CARDS_TABLE").delete_item(Key={"cardId": f"casting#{hidden['castingId']}"})

    assert clock.now() < "2999"
    assert page("/castings", tag=word, text=word, sort=sort, limit=1) == (1, None)


def test_a_recruiters_list_tells_nothing_of_drafts() -> None:
    recruiter = a_recruiter()
    a_casting(recruiter)
    a_casting(recruiter, "open")

    def listed(viewer: Account) -> tuple[int, bool]:
        path = f"/recruiters/{recruiter.user_id}/castings"
        size, after = page(path, viewer, limit=1)
        return size, after is not None

    assert listed(an_artist()) == (1, False)
    assert listed(recruiter) == (1, True)


def test_a_profile_under_18_is_not_in_the_search_index() -> None:
    word = a_word()
    artist = indexed(an_artist(skills=[word]))
    index("user", a_minor(artist).user_id)

    assert not [
        each
        for each in all_items("SEARCH_TABLE")
        if artist.user_id in str(each) or word in str(each)
    ]


def test_people_who_are_not_suggested_do_not_shorten_the_list() -> None:
    word, viewer = a_word(), an_artist()
    people = [indexed(an_artist(displayName=f"{word} Das")) for _ in range(7)]
    for hidden in people[-2:]:
        block(hidden, viewer)

    suggested = api.get(f"/suggestions?text={word}", as_=viewer).json["people"]

    assert len(suggested) == 5
