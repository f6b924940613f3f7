"""Uploads, links to uploaded files, and their deletion."""

from datetime import UTC, datetime
from typing import Literal

from artisthub.admin import repository as audit
from artisthub.admin.models import AuditEntry
from artisthub.cases import rules as case_rules
from artisthub.closed import repository as closed
from artisthub.media import repository
from artisthub.media.models import NewUpload, Upload, UploadedFile, UploadsQuery
from artisthub.shared import clock, cursor, errors, ids
from artisthub.shared.endpoint import Answer, Request, by_method, endpoint
from artisthub.shared.models import Page
from artisthub.users import access
from artisthub.users import repository as users
from artisthub.users.stored import User

# A page shows the same file several times. Longer, and it would outlive a suspension.
ONE_MINUTE = "private, max-age=60"


class NotYourUpload(errors.Forbidden):
    detail = "Only the owner of this upload and administrators may delete it."


@endpoint(status=201, body=NewUpload, quotas=("uploads", "uploadBytes"), raises=access.INACTIVE)
def create_upload(request: Request[NewUpload, None]) -> Answer[Upload]:
    """Create an upload form for one file, valid for 15 minutes.

    Send `fields` to `url` with POST as multipart/form-data, followed by the file as the field
    `file`. S3 returns 204. It returns 403 if a field was changed or the form has expired, and 400
    if the file is empty or larger than `maxBytes`. `maxBytes` is your `fileBytes`, or the most that
    its kind allows, and counts towards the day's quota `uploadBytes`. Then use `mediaUrl` in a
    portfolio item or an application. It does not expire, and everyone who knows it can read the
    file. This call stores nothing, so a retry is safe.
    """
    user = users.ensure_active(request.caller)
    max_bytes = request.body.file_bytes or request.body.max_bytes
    request.spend(uploadBytes=max_bytes)
    media_id, now = ids.new(), datetime.now(UTC)
    upload = Upload(
        media_id=media_id,
        media_url=f"/v1/media/{user.user_id}/{media_id}",
        url=repository.bucket_url(),
        fields=repository.form(user.user_id, media_id, request.body.content_type, max_bytes, now),
        max_bytes=max_bytes,
        expires_at=clock.text(now + repository.LIFETIME),
    )
    return Answer(upload, location=f"{user.user_id}/{media_id}")


@endpoint(query=UploadsQuery)
def list_uploads(request: Request[None, UploadsQuery]) -> Page[UploadedFile]:
    """List the caller's uploaded files, the newest first.

    Forms that were not used are not listed. With a picture, its upload stays and is listed too.
    Delete files with deleteUpload.
    """
    user_id, bound_to = request.caller.user_id, ("listUploads", request.caller.user_id)
    after = cursor.decode(request.query.cursor, 2, *bound_to) if request.query.cursor else None
    found = repository.newest_of(user_id)
    left = [each for each in found if not after or [each.created_at, each.media_id] < after]
    page, user = left[: request.query.size], users.get(user_id)
    for each in page:
        each.content_type = repository.content_type_of(user_id, each.media_id)
        each.used_by = _uses_of(user, each.media_url) if user else []
    end = [page[-1].created_at, page[-1].media_id] if len(page) < len(left) else None
    return Page(page, cursor.encode(end, *bound_to) if end else None)


uploads = by_method(POST=create_upload, GET=list_uploads)


@endpoint(status=302, public=True)
def get_media(request: Request[None, None]) -> Answer[None]:
    """Get a redirect to an uploaded file.

    The address is valid for 15 minutes; call this again after that. Browsers follow it in images,
    videos and players. If it is opened directly, they save the file. The redirect is sent even if
    the file does not exist; S3 then returns 403. While the account of the file is suspended or
    deleted, this returns 404.
    """
    user_id, media_id = _ids(request.path)
    if closed.is_closed(user_id):
        raise errors.NotFound
    link = repository.link(user_id, media_id, datetime.now(UTC), request.method)
    return Answer(None, location=link, cache_control=ONE_MINUTE)


@endpoint(status=204, raises=(NotYourUpload,))
def delete_upload(request: Request[None, None]) -> None:
    """Delete an uploaded file for good.

    For its owner, in every state of the account, and for administrators. Portfolio items and
    applications that lead to it stay, and their links end. The address of `large` deletes a
    picture: all its sizes, and from the profile. If the file does not exist, nothing changes, so a
    retry is safe.
    """
    user_id, media_id = _ids(request.path)
    caller = request.caller
    users.ensure_session(caller)
    if caller.user_id != user_id:
        if not users.is_admin(caller):
            raise NotYourUpload
        subject = case_rules.of_upload(f"/v1/media/{user_id}/{media_id}").case_id
        audit.add(AuditEntry(subject, "deleted", caller.user_id, clock.now()))
    users.remove_picture(user_id, media_id)
    repository.remove(user_id, media_id)


def _ids(path: dict[str, str]) -> tuple[str, str]:
    user_id, media_id = path["userId"], path["mediaId"]
    if not (ids.is_one(user_id) and ids.is_one(media_id)):
        raise errors.NotFound
    return user_id, media_id


def _uses_of(user: User, media_url: str) -> list[Literal["picture", "portfolio"]]:
    """The places in the profile that have this file."""
    uses: list[Literal["picture", "portfolio"]] = []
    if user.picture and user.picture.large == media_url:
        uses.append("picture")
    if any(item.url == media_url for item in user.portfolio):
        uses.append("portfolio")
    return uses
