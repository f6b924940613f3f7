"""DELETE /v1/media/{userId}/{mediaId}, and the files of suspended and deleted accounts."""

import os
from collections.abc import Callable

import boto3
import httpx
import pytest

from tests.api import api
from tests.api.admin.given import entries, unsuspend
from tests.api.api import Account
from tests.api.builders import (
    a_new_user,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    deleted,
    suspended,
    the_admin,
    with_id_token,
)
from tests.uploads import PNG, send

AN_ID = "01890000-0000-7000-8000-000000000001"


def uploaded(account: Account) -> str:
    """The path of a file that the account uploaded."""
    body = {"kind": "image", "contentType": "image/png"}
    made = api.post("/media/uploads", body, as_=account)
    assert send(made.json, PNG).status_code == 204
    return str(made.json["mediaUrl"]).removeprefix("/v1")


def delete(path: str, as_: Account | None) -> api.Response:
    return api.call("DELETE", path, as_=as_)


def is_stored(path: str) -> bool:
    key = path.replace("/media/", "uploads/")
    found = boto3.client("s3").list_objects_v2(Bucket=os.environ["MEDIA_BUCKET"], Prefix=key)
    return bool(found["KeyCount"])


def test_anonymous_callers_and_id_tokens_cannot_delete_an_upload() -> None:
    artist = an_artist()
    path = uploaded(artist)

    assert delete(path, None).code == "Unauthorized"
    assert delete(path, with_id_token(artist)).code == "AccessTokenRequired"
    assert is_stored(path)


@pytest.mark.parametrize("someone", [an_account, an_artist, a_recruiter])
def test_other_accounts_cannot_delete_an_upload(someone: Callable[[], Account]) -> None:
    path = uploaded(an_artist())

    answer = delete(path, someone())

    assert (answer.status, answer.code) == (403, "NotYourUpload")
    assert is_stored(path)


@pytest.mark.weakness(11)
@pytest.mark.weakness(12)
def test_a_suspended_administrator_cannot_delete_an_upload() -> None:
    admin, path = an_admin(), uploaded(an_artist())
    assert api.post("/users", a_new_user(), as_=admin).status == 201
    suspended(admin)

    assert delete(path, admin).code == "NotYourUpload"
    assert is_stored(path)


@pytest.mark.weakness(12)
@pytest.mark.parametrize("state", [lambda account: account, suspended, deleted])
def test_an_owner_deletes_an_upload_in_every_state_of_the_account(
    state: Callable[[Account], Account],
) -> None:
    artist = an_artist()
    path = uploaded(artist)
    link = api.get(path).headers["location"]
    state(artist)

    for _ in range(2):
        assert delete(path, artist).status == 204

    assert not is_stored(path)
    assert httpx.get(link, trust_env=False).status_code in (403, 404)


@pytest.mark.weakness(12)
def test_an_administrator_deletes_an_upload_and_the_audit_says_so() -> None:
    admin, artist = an_admin(), an_artist()
    path = uploaded(artist)

    assert delete(path, admin).status == 204

    assert not is_stored(path)
    _, _, user_id, media_id = path.split("/")
    [entry] = entries(f"upload:{user_id}.{media_id}")
    assert (entry["action"], entry["by"]) == ("deleted", admin.user_id)


@pytest.mark.weakness(12)
def test_a_file_stays_while_it_is_only_removed_from_the_portfolio() -> None:
    artist = an_artist()
    path = uploaded(artist)
    item = {"kind": "image", "title": "Stills", "url": f"/v1{path}"}
    made = api.post("/users/me/portfolio", item, as_=artist).json

    gone = api.call("DELETE", f"/users/me/portfolio/{made['itemId']}", as_=artist)

    assert (gone.status, api.get(path).status) == (204, 302)


@pytest.mark.weakness(12)
def test_files_of_a_closed_account_are_hidden_at_once_and_come_back() -> None:
    artist = an_artist()
    path = uploaded(artist)
    before = api.get(path)
    assert (before.status, before.headers["cache-control"]) == (302, "private, max-age=60")

    suspended(artist)
    for reader in (None, artist, the_admin()):
        assert api.get(path, as_=reader).code == "NotFound"
    assert unsuspend(artist.user_id, the_admin()).status == 204
    assert api.get(path).status == 302
    deleted(artist)
    assert api.get(path).status == 404
    assert api.call("POST", "/users/me/restore", as_=artist).status == 200
    assert api.get(path).status == 302


@pytest.mark.parametrize("path", ["someone/something", f"{AN_ID}/x", f"{AN_ID}/..%2F{AN_ID}"])
def test_an_invalid_media_id_gets_404(path: str) -> None:
    assert delete(f"/media/{path}", an_artist()).status == 404
