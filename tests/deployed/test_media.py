"""Uploads and downloads, with the forms and links of S3."""

from base64 import b64decode, b64encode
from typing import Any

import httpx
import msgspec
import pytest

from tests.deployed.people import Person, Service, problem
from tests.uploads import PNG, send

pytestmark = pytest.mark.deployed

IMAGE = {"kind": "image", "contentType": "image/png"}


def new_upload(person: Person, **fields: str) -> dict[str, Any]:
    made: dict[str, Any] = person.succeed("POST", "/media/uploads", IMAGE | fields).json()
    return made


def read(service: Service, media_url: str) -> httpx.Response:
    url = service.outputs["apiUrl"] + media_url
    return httpx.get(url, follow_redirects=True, trust_env=False)


def test_anyone_can_read_an_uploaded_file(service: Service) -> None:
    artist = service.person("artist")
    created = artist.call("POST", "/media/uploads", IMAGE)
    upload = created.json()

    assert created.status_code == 201
    assert str(created.url.join(created.headers["location"])).endswith(upload["mediaUrl"])
    assert send(upload, PNG).status_code == 204

    media = read(service, upload["mediaUrl"])
    assert (media.status_code, media.content) == (200, PNG)
    assert media.headers["content-type"] == "image/png"
    assert media.headers["content-disposition"] == "attachment"
    assert media.headers["x-amz-server-side-encryption"] == "aws:kms"
    [held] = artist.succeed("GET", "/users/me/export").json()["sections"]["media"]
    assert (held["mediaId"], held["bytes"]) == (upload["mediaId"], len(PNG))
    [listed] = artist.succeed("GET", "/media/uploads").json()["items"]
    assert (listed["mediaUrl"], listed["contentType"]) == (upload["mediaUrl"], "image/png")


def test_an_upload_can_have_at_most_the_announced_size(artist: Person) -> None:
    upload = new_upload(artist)
    largest = bytes(upload["maxBytes"])

    assert send(upload, largest).status_code == 204
    for content, code in ((largest + b"x", "EntityTooLarge"), (b"", "EntityTooSmall")):
        refused = send(upload, content)
        assert (refused.status_code, code in refused.text) == (400, True)


def test_s3_refuses_an_upload_that_differs_from_its_form(service: Service, artist: Person) -> None:
    upload, other = new_upload(artist), new_upload(service.person("artist"))

    for change in (
        {"Content-Type": "text/html"},
        {"Content-Type": "image/svg+xml"},
        {"key": other["fields"]["key"]},
        {"key": upload["fields"]["key"] + "/more"},
        {"acl": "public-read"},
        {"x-amz-signature": other["fields"]["x-amz-signature"]},
        {"policy": other["fields"]["policy"]},
    ):
        assert send(upload, PNG, **change).status_code == 403, change
    for each in (upload, other):  # nothing was stored, for which AWS returns 403
        assert read(service, each["mediaUrl"]).status_code in {403, 404}


def test_the_expiry_of_an_upload_form_cannot_be_changed(artist: Person) -> None:
    upload = new_upload(artist)
    policy = msgspec.json.decode(b64decode(upload["fields"]["policy"]))
    assert policy["expiration"] == upload["expiresAt"]

    policy["expiration"] = "2099-01-01T00:00:00.000Z"
    forged = b64encode(msgspec.json.encode(policy)).decode()

    assert send(upload, PNG, policy=forged).status_code == 403


def test_a_download_link_can_only_read_its_own_object(service: Service, artist: Person) -> None:
    upload, other = new_upload(artist), new_upload(artist)
    for each in (upload, other):
        assert send(each, PNG).status_code == 204
    link = artist.call("GET", upload["mediaUrl"].removeprefix("/v1")).headers["location"]
    elsewhere = link.replace(upload["mediaId"], other["mediaId"])

    with httpx.Client(trust_env=False) as browser:
        assert browser.get(link).status_code == 200
        assert browser.get(elsewhere).status_code == 403
        assert browser.put(link, content=b"mine").status_code == 403
        assert browser.delete(link).status_code == 403
        assert browser.get(link.partition("?")[0]).status_code == 403
        assert browser.get(upload["url"]).status_code == 403
        assert browser.get(link).content == PNG


def test_an_upload_needs_a_profile_and_a_valid_kind(service: Service, artist: Person) -> None:
    newcomer = service.account()

    refused = newcomer.call("POST", "/media/uploads", IMAGE)
    assert problem(refused) == (403, "ProfileRequired")
    for body in (IMAGE | {"contentType": "image/svg+xml"}, {"kind": "page"}):
        assert problem(artist.call("POST", "/media/uploads", body)) == (422, "Invalid")
    assert problem(artist.call("GET", "/media/someone/something")) == (404, "NotFound")


def test_browsers_can_upload_from_the_origins_of_the_stage(artist: Person, origin: str) -> None:
    preflight = httpx.options(
        new_upload(artist)["url"],
        headers={"Origin": origin, "Access-Control-Request-Method": "POST"},
        trust_env=False,
    )

    assert preflight.headers["access-control-allow-origin"] in {"*", origin}


@pytest.mark.weakness(12)
def test_a_file_is_gone_with_its_account_and_for_good_after_its_deletion(
    service: Service, admin: Person
) -> None:
    artist = service.person("artist")
    mine, theirs = new_upload(artist), new_upload(artist)
    for upload in (mine, theirs):
        assert send(upload, PNG).status_code == 204

    artist.succeed("DELETE", "/users/me")
    assert read(service, mine["mediaUrl"]).status_code == 404
    artist.succeed("POST", "/users/me/restore")
    media = read(service, mine["mediaUrl"])
    assert (media.content, media.headers["cache-control"]) == (PNG, "private, max-age=60")

    for person, upload in ((artist, mine), (admin, theirs)):
        path = upload["mediaUrl"].removeprefix("/v1")
        assert person.call("DELETE", path).status_code == 204
        assert read(service, upload["mediaUrl"]).status_code in (403, 404)
    assert artist.succeed("GET", "/users/me/export").json()["sections"]["media"] == []
