"""GET /v1/media/uploads."""

from typing import Any
from urllib.parse import quote

import pytest

from artisthub.media import repository
from artisthub.shared import cursor
from tests.api import api
from tests.api.api import Account
from tests.api.builders import an_account, an_artist, with_id_token
from tests.images import an_image
from tests.uploads import PNG, send

PATH = "/media/uploads"
IMAGE = {"kind": "image", "contentType": "image/png"}


def uploaded(account: Account, content: bytes = PNG, **fields: str) -> Any:
    made = api.post(PATH, IMAGE | fields, as_=account).json
    assert send(made, content).status_code == 204
    return made


def test_an_anonymous_caller_is_refused() -> None:
    assert api.get(PATH).code == "Unauthorized"


def test_an_id_token_is_refused() -> None:
    assert api.get(PATH, as_=with_id_token(an_artist())).code == "AccessTokenRequired"


def test_an_account_without_uploads_has_an_empty_list() -> None:
    account = an_artist()
    uploaded(an_artist())
    api.post(PATH, IMAGE, as_=account)  # a form that was not used

    assert api.get(PATH, as_=account).json == {"items": [], "next": None}
    assert api.get(PATH, as_=an_account()).status == 200


def test_a_file_is_listed_with_its_size_type_and_address() -> None:
    artist = an_artist()
    made = uploaded(artist, b"%PDF-1.7", kind="document", contentType="application/pdf")

    [listed] = api.get(PATH, as_=artist).json["items"]

    assert listed.pop("createdAt") <= made["expiresAt"]
    assert listed == {
        "mediaId": made["mediaId"],
        "mediaUrl": made["mediaUrl"],
        "bytes": 8,
        "contentType": "application/pdf",
        "usedBy": [],
    }


def test_the_newest_file_comes_first_on_every_page() -> None:
    artist = an_artist()
    ids = [uploaded(artist)["mediaId"] for _ in range(3)]
    found, after = list[str](), ""

    while True:
        page = api.get(f"{PATH}?limit=1{after}", as_=artist).json
        found += [each["mediaId"] for each in page["items"]]
        if page["next"] is None:
            break
        after = f"&cursor={quote(page['next'])}"

    assert found == ids[::-1]


def test_the_list_says_what_the_profile_uses() -> None:
    artist = an_artist()
    shown, source = uploaded(artist), uploaded(artist, an_image())
    item = {"kind": "image", "title": "Me", "url": shown["mediaUrl"]}
    assert api.post("/users/me/portfolio", item, as_=artist).status == 201
    me = api.put("/users/me/picture", {"mediaUrl": source["mediaUrl"]}, as_=artist).json

    listed = api.get(PATH, as_=artist).json["items"]

    uses = {each["mediaUrl"]: each["usedBy"] for each in listed}
    assert uses == {
        shown["mediaUrl"]: ["portfolio"],
        source["mediaUrl"]: [],
        me["picture"]["large"]: ["picture"],
    }


def test_a_deleted_file_is_not_listed() -> None:
    artist = an_artist()
    kept, gone = uploaded(artist), uploaded(artist)
    api.call("DELETE", gone["mediaUrl"].removeprefix("/v1"), as_=artist)

    assert [each["mediaId"] for each in api.get(PATH, as_=artist).json["items"]] == [
        kept["mediaId"]
    ]


def test_a_file_that_is_deleted_meanwhile_has_no_type(monkeypatch: pytest.MonkeyPatch) -> None:
    artist = an_artist()
    made = uploaded(artist)
    listed = repository.newest_of(artist.user_id)
    api.call("DELETE", made["mediaUrl"].removeprefix("/v1"), as_=artist)
    monkeypatch.setattr(repository, "newest_of", lambda _: listed)

    [item] = api.get(PATH, as_=artist).json["items"]

    assert item["contentType"] is None


@pytest.mark.parametrize("text", ["", "x", "9" * 150])
def test_a_forged_position_gets_a_page_or_bad_cursor(text: str) -> None:
    artist = an_artist()
    uploaded(artist)
    forged = cursor.encode([text, text], "listUploads", artist.user_id)

    answer = api.get(f"{PATH}?cursor={quote(forged)}", as_=artist)

    assert answer.status == 200 or answer.code in ("BadCursor", "Invalid")
    others = cursor.encode(["a", "b"], "listUploads", an_artist().user_id)
    assert api.get(f"{PATH}?cursor={quote(others)}", as_=artist).code == "BadCursor"
