"""Lists read cards. A document without a card is read itself, and looks the same."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api import api
from tests.api.applications.given import applied
from tests.api.builders import a_recruiter, an_artist, stored, table
from tests.api.notifications.given import told
from tests.api.search.given import a_word, an_indexed_casting, indexed

MARK = "From the card"


class Stage:
    """An artist's application for a saved casting. The people and the casting have cards."""

    def __init__(self) -> None:
        self.word = a_word()
        self.artist = an_artist(skills=[self.word], categories=["dance"], displayName="Maya Rao")
        self.recruiter = a_recruiter()
        role = {"title": "Dancer", "requirements": {"skills": [self.word]}}
        self.casting = an_indexed_casting(
            self.recruiter, title=self.word, tags=[self.word], category="dance", roles=[role]
        )
        self.path = f"/castings/{self.casting['castingId']}"
        application = applied(self.casting, self.artist)
        saving = f"/users/me/saved-castings/{self.casting['castingId']}"
        api.call("PUT", saving, as_=self.artist)
        key = f"{application['roleId']}#{self.artist.user_id}"
        castings = {"castingId": self.casting["castingId"], "applicationKey": key}
        assert told(None, stored("APPLICATIONS_TABLE", **castings)) == []
        for account in (self.artist, self.recruiter):
            indexed(account)
        self.cards = [
            f"user#{self.artist.user_id}",
            f"casting#{self.casting['castingId']}",
        ]


LISTS: dict[str, Callable[[Stage], Any]] = {
    "searchCastings": lambda it: api.get(f"/castings?tag={it.word}"),
    "searchUsers": lambda it: api.get(f"/users?skill={it.word}", as_=it.recruiter),
    "listCastingApplications": lambda it: api.get(f"{it.path}/applications", as_=it.recruiter),
    "listNotifications": lambda it: api.get("/users/me/notifications", as_=it.recruiter),
    "listSavedCastings": lambda it: api.get("/users/me/saved-castings", as_=it.artist),
    "listMatchingArtists": lambda it: api.get(f"{it.path}/matching-artists", as_=it.recruiter),
}


@pytest.mark.parametrize("operation", LISTS)
def test_a_list_shows_a_document_without_a_card_as_it_shows_the_card(operation: str) -> None:
    it = Stage()
    with_cards = LISTS[operation](it)
    for card_id in it.cards:
        name = "displayName" if card_id.startswith("user") else "title"
        table("CARDS_TABLE").update_item(
            Key={"cardId": card_id},
            UpdateExpression="SET #name = :mark",
            ConditionExpression="attribute_exists(cardId)",
            ExpressionAttributeNames={"#name": name},
            ExpressionAttributeValues={":mark": MARK},
        )
    marked = LISTS[operation](it)
    for card_id in it.cards:
        table("CARDS_TABLE").delete_item(Key={"cardId": card_id})
    without = LISTS[operation](it)

    assert with_cards.status == 200
    assert with_cards.json["items"]
    assert MARK in marked.text  # the list reads cards
    assert (without.status, without.json) == (200, with_cards.json)
