"""The bucket of uploads in S3. It is never called from here: what is signed, others call it with.

One object for each upload, `uploads/{userId}/{mediaId}`, of the type that was agreed on.
"""

from datetime import datetime, timedelta

from artisthub.media.models import NewUpload
from artisthub.shared import sigv4
from artisthub.shared.settings import settings

LIFETIME = timedelta(minutes=15)


def bucket_url() -> str:
    if settings.endpoint_url:  # by its address, before which no name can be put
        return f"{settings.endpoint_url}/{settings.MEDIA_BUCKET}"
    return f"https://{settings.MEDIA_BUCKET}.s3.{settings.AWS_REGION}.amazonaws.com"


def form(user_id: str, media_id: str, upload: NewUpload, now: datetime) -> dict[str, str]:
    """The fields of the form that stores the upload, and that S3 refuses for any other."""
    fields = {"key": _key(user_id, media_id), "Content-Type": upload.content_type}
    limits = [{"bucket": settings.MEDIA_BUCKET}, ["content-length-range", 1, upload.max_bytes]]
    return sigv4.form(fields, limits, LIFETIME, now)


def link(user_id: str, media_id: str, now: datetime) -> str:
    """Where anyone can read the object for now.

    As an attachment: pages can show it, but no browser opens it as a page, whatever is in it.
    """
    url = f"{bucket_url()}/{_key(user_id, media_id)}"
    return sigv4.link(url, {"response-content-disposition": "attachment"}, LIFETIME, now)


def _key(user_id: str, media_id: str) -> str:
    return f"uploads/{user_id}/{media_id}"
