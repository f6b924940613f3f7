"""Nobody shows other people's uploads as their own."""

import uuid
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import a_casting, an_artist, stored, table

pytestmark = pytest.mark.weakness(65)

ITEM = {"kind": "image", "title": "A portrait", "url": "https://reel.example/1"}


def upload_of(account: Account) -> str:
    return f"/v1/media/{account.user_id}/{uuid.uuid4()}"


def add(artist: Account, url: str) -> Response:
    return api.post("/users/me/portfolio", ITEM | {"url": url}, as_=artist)


def edit(artist: Account, url: str) -> Response:
    item = add(artist, "https://reel.example/1").json
    path = f"/users/me/portfolio/{item['itemId']}"
    return api.patch(path, {"url": url}, as_=artist, if_match="*")


def apply(artist: Account, url: str) -> Response:
    casting: Any = a_casting(status="open")
    role_id = casting["roles"][0]["roleId"]
    body = {"roleId": role_id, "shareContact": False, "mediaUrls": ["https://a.example/1", url]}
    return api.post(f"/castings/{casting['castingId']}/applications", body, as_=artist)


@pytest.mark.parametrize(
    ("send", "pointer"), [(add, "/url"), (edit, "/url"), (apply, "/mediaUrls/1")]
)
def test_only_own_uploads_are_accepted(send: Any, pointer: str) -> None:
    artist = an_artist()

    refused = send(artist, upload_of(an_artist()))

    assert (refused.status, refused.code, refused.wrong) == (422, "Invalid", {pointer})
    assert send(artist, upload_of(artist)).status in (200, 201)


def test_an_older_item_with_another_persons_upload_can_be_edited() -> None:
    artist = an_artist()
    item_id = edit(artist, upload_of(artist)).json["itemId"]
    of_another = upload_of(an_artist())
    change_stored(artist, of_another)

    path = f"/users/me/portfolio/{item_id}"
    answer = api.patch(path, {"title": "Mine"}, as_=artist, if_match="*")

    assert (answer.status, answer.json["title"], answer.json["url"]) == (200, "Mine", of_another)


def change_stored(artist: Account, url: str) -> None:
    profile = stored("USERS_TABLE", userId=artist.user_id)
    assert profile
    profile["portfolio"][0]["url"] = url
    table("USERS_TABLE").put_item(Item=profile)
