"""The S3 bucket for uploads. Clients call it directly, with forms and links signed here.

Each upload is one object, `uploads/{userId}/{mediaId}`, with the signed content type. A picture is
an upload that the service makes, with two smaller sizes beside it, `…/small` and `…/medium`.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

import msgspec

from artisthub.closed import repository as closed
from artisthub.media.models import UploadedFile
from artisthub.shared import sigv4
from artisthub.shared.settings import settings

LIFETIME = timedelta(seconds=closed.FORMS_LIVE_FOR)
MOST_LISTED = 10_000  # S3 lists 1,000 objects with one call

# The endings of an object's key and of its smaller sizes.
SIZES = {"large": "", "small": "/small", "medium": "/medium"}

# Keys are ids, so this XML contains nothing to unescape.
_OBJECT = r"<Key>uploads/[^/]+/([^<]+)</Key><LastModified>([^<]+)</.*?<Size>(\d+)</Size>"


def bucket_url() -> str:
    if settings.endpoint_url:  # path style: the endpoint's host has no subdomains
        return f"{settings.endpoint_url}/{settings.MEDIA_BUCKET}"
    return f"https://{settings.MEDIA_BUCKET}.s3.{settings.AWS_REGION}.amazonaws.com"


def form(
    user_id: str, media_id: str, content_type: str, max_bytes: int, now: datetime
) -> dict[str, str]:
    """The fields of a form that S3 accepts for this upload only."""
    fields = {"key": _key(user_id, media_id), "Content-Type": content_type}
    limits = [{"bucket": settings.MEDIA_BUCKET}, ["content-length-range", 1, max_bytes]]
    return sigv4.form(fields, limits, LIFETIME, now)


def link(user_id: str, media_id: str, now: datetime, method: str) -> str:
    """A link for GET or HEAD with which anyone can read the object for a limited time.

    As an attachment: pages can embed it, but no browser opens its content as a page. Browsers keep
    the file for a minute only, so that it is soon gone after a deletion.
    https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
    """
    url = f"{bucket_url()}/{_key(user_id, media_id)}"
    answer = {
        "response-cache-control": "private, max-age=60",
        "response-content-disposition": "attachment",
    }
    return sigv4.link(url, answer, LIFETIME, now, method)


def connect() -> None:
    """Open the connection while the function starts. `dynamodb.connect` says why."""
    from artisthub.shared import aws_json  # uploads and links call no AWS service

    if settings.is_in_lambda:
        aws_json.connect(bucket_url())


def content_of(user_id: str, media_id: str, most: int, size: str = "large") -> bytes | None:
    """The first bytes of the object, at most this many, or None if there is no object."""
    from artisthub.shared import aws_json

    try:
        return aws_json.get(
            "GetObject",
            _signed("GET", _key(user_id, media_id, size)),
            {"range": f"bytes=0-{most - 1}"},
        )
    except aws_json.AwsError as refused:
        # AWS tells only those who may list the bucket that an object is missing.
        if refused.code in ("NoSuchKey", "AccessDenied"):
            return None
        raise


def store(user_id: str, media_id: str, files: dict[str, bytes], content_type: str) -> None:
    """Store an object and its smaller sizes."""
    from artisthub.shared import aws_json

    for size, content in files.items():
        url = _signed("PUT", _key(user_id, media_id, size))
        aws_json.put("PutObject", url, content, content_type)


def remove(user_id: str, media_id: str) -> None:
    """Delete the object and its smaller sizes if they exist. The bucket keeps no older versions."""
    for size in SIZES:
        _delete(_key(user_id, media_id, size))


def newest_of(user_id: str) -> list[UploadedFile]:
    """The account's files, the newest first. Of more than 10,000, those with the first ids."""
    found = islice(held_of(user_id, None, at_once=1_000), MOST_LISTED)
    files = [
        msgspec.convert(each | {"mediaUrl": f"/v1/media/{user_id}/{media_id}"}, UploadedFile)
        for each, [media_id] in found
        if "/" not in media_id  # a smaller size
    ]
    return sorted(files, key=lambda file: (file.created_at, file.media_id), reverse=True)


def content_type_of(user_id: str, media_id: str) -> str | None:
    """The content type of the object, or None if there is no object."""
    from artisthub.shared import aws_json

    try:
        headers = aws_json.head("HeadObject", _signed("HEAD", _key(user_id, media_id)))
    except aws_json.AwsError:
        return None
    return headers["content-type"]


def held_of(
    user_id: str, after: list[str] | None, at_once: int = 100
) -> Iterator[tuple[dict[str, object], list[str]]]:
    """The account's uploads in the order of their ids, each with the position after it.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
    """
    from artisthub.shared import aws_json

    last = after[0] if after else ""
    while True:
        query = {
            "list-type": "2",
            "max-keys": str(at_once),
            "prefix": _key(user_id, ""),
            "start-after": _key(user_id, last),
        }
        url = sigv4.link(bucket_url(), query, LIFETIME, datetime.now(UTC))
        found = aws_json.get("ListObjectsV2", url).decode()
        for last, created_at, size in re.findall(_OBJECT, found):
            yield {"mediaId": last, "createdAt": created_at, "bytes": int(size)}, [last]
        if "<IsTruncated>true</IsTruncated>" not in found:
            return


def remove_of(user_id: str, *, made_before: str, made_since: str = "") -> Iterator[None]:
    """Delete the account's uploads from between these instants, one object at each step."""
    for upload, [media_id] in held_of(user_id, None):
        if made_since <= str(upload["createdAt"]) < made_before:
            _delete(_key(user_id, media_id))
            yield


def _delete(key: str) -> None:
    from artisthub.shared import aws_json

    aws_json.delete("DeleteObject", _signed("DELETE", key))


def _signed(method: str, key: str) -> str:
    return sigv4.link(f"{bucket_url()}/{key}", {}, LIFETIME, datetime.now(UTC), method)


def _key(user_id: str, media_id: str, size: str = "large") -> str:
    return f"uploads/{user_id}/{media_id}{SIZES[size]}"
