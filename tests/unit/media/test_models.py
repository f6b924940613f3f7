"""The kinds of uploads, and the URLs that fields accept."""

from typing import Any, get_args

import msgspec
import pytest

from artisthub.media.models import NewUpload
from artisthub.shared import errors, validation
from artisthub.shared.models import Input, MediaUrl

# Each kind with its content types and its maximum size in megabytes.
ALLOWED = {
    "image": (["image/jpeg", "image/png", "image/webp"], 10),
    "audio": (["audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav"], 50),
    "video": (["video/mp4", "video/quicktime", "video/webm"], 500),
    "document": (["application/pdf"], 10),
}
TYPES = [(kind, each) for kind, (types, _) in ALLOWED.items() for each in types]

AN_ID = "019ac3d0-8f4e-7a31-b5c2-6d1f0e9a8b71"


class Mention(Input):
    url: MediaUrl


def read(**fields: Any) -> Any:
    shape: Any = NewUpload
    return validation.read(msgspec.json.encode(fields), shape)


@pytest.mark.parametrize(("kind", "content_type"), TYPES)
def test_a_kind_accepts_its_content_types_up_to_its_size(kind: str, content_type: str) -> None:
    upload = read(kind=kind, contentType=content_type)

    assert upload.content_type == content_type
    assert upload.max_bytes == ALLOWED[kind][1] * 1024 * 1024


@pytest.mark.parametrize("kind", ALLOWED)
@pytest.mark.parametrize(
    "content_type",
    ["text/html", "image/svg+xml", "application/xhtml+xml", "IMAGE/PNG", "image/png;a=b", "", None],
)
def test_a_content_type_that_is_not_listed_is_refused(kind: str, content_type: str | None) -> None:
    with pytest.raises(errors.Invalid) as refused:
        read(kind=kind, contentType=content_type)

    assert [each["pointer"] for each in refused.value.errors or []] == ["/contentType"]


@pytest.mark.parametrize(("kind", "content_type"), TYPES)
def test_a_content_type_of_another_kind_is_refused(kind: str, content_type: str) -> None:
    for other in ALLOWED.keys() - {kind}:
        with pytest.raises(errors.Invalid):
            read(kind=other, contentType=content_type)


def test_every_kind_is_tested() -> None:
    tags = {shape.__struct_config__.tag for shape in get_args(NewUpload)}

    assert tags == ALLOWED.keys()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "/kind"),
        ({"kind": "page"}, "/kind"),
        ({"kind": "image"}, "/contentType"),
        ({"kind": "image", "contentType": "image/png", "key": "uploads/other"}, "/key"),
        ({"kind": "image", "contentType": "image/png", "maxBytes": 10**12}, "/maxBytes"),
    ],
)
def test_an_invalid_upload_field_is_named(fields: dict[str, Any], wrong: str) -> None:
    with pytest.raises(errors.Invalid) as refused:
        read(**fields)

    assert [each["pointer"] for each in refused.value.errors or []] == [wrong]


@pytest.mark.parametrize(
    ("url", "is_allowed"),
    [
        ("https://reel.example/1", True),
        (f"/v1/media/{AN_ID}/{AN_ID}", True),
        ("http://reel.example/1", False),
        (f"http://reel.example/v1/media/{AN_ID}/{AN_ID}", False),
        (f"//reel.example/v1/media/{AN_ID}/{AN_ID}", False),
        (f"/v1/media/{AN_ID}/{AN_ID}/more", False),
        (f"/v1/media/{AN_ID}", False),
        (f"/v1/media/../{AN_ID}", False),
        ("/v1/users/me", False),
        ("javascript:alert(1)", False),
        ("https://" + "x" * 490 + ".example", False),
    ],
)
def test_a_media_url_is_an_https_url_or_an_upload(url: str, is_allowed: bool) -> None:
    body = msgspec.json.encode({"url": url})

    if is_allowed:
        assert validation.read(body, Mention).url == url
    else:
        with pytest.raises(errors.Invalid):
            validation.read(body, Mention)
