"""Files that people upload, to S3 and not through this API, and the addresses that lead to them."""

from datetime import UTC, datetime

from artisthub.media import repository
from artisthub.media.models import NewUpload, Upload
from artisthub.shared import clock, errors, ids
from artisthub.shared.endpoint import Answer, Request, endpoint
from artisthub.users import repository as users
from artisthub.users import rules as user_rules

# Shorter than the life of the link, so that a redirect from a cache still leads somewhere.
TEN_MINUTES = "private, max-age=600"


@endpoint(status=201, body=NewUpload, raises=user_rules.INACTIVE)
def create_upload(request: Request[NewUpload, None]) -> Answer[Upload]:
    """Gives leave to upload one file, for 15 minutes.

    POST `fields` as multipart/form-data to `url`, and after them the file, as the field `file`. S3
    answers 204; 403 where anything but the file is changed, or too late; 400 if the file is empty
    or larger than `maxBytes`. `mediaUrl` then goes into a portfolio item or an application: it
    does not expire, and whoever knows it can read the file. Nothing is kept of this call itself,
    so a retry is safe.
    """
    user = users.ensure_active(request.caller)
    media_id, now = ids.new(), datetime.now(UTC)
    upload = Upload(
        media_id=media_id,
        media_url=f"/v1/media/{user.user_id}/{media_id}",
        url=repository.bucket_url(),
        fields=repository.form(user.user_id, media_id, request.body, now),
        max_bytes=request.body.max_bytes,
        expires_at=clock.text(now + repository.LIFETIME),
    )
    return Answer(upload, location=f"{user.user_id}/{media_id}")


@endpoint(status=302, public=True)
def get_media(request: Request[None, None]) -> Answer[None]:
    """Leads to an uploaded file, by an address that holds for 15 minutes; ask anew after that.

    Browsers follow it in an image, a video or a player, and save the file where it is opened by
    itself. Whether there is a file is not looked up here: S3 answers 403 where there is none.
    """
    user_id, media_id = request.path["userId"], request.path["mediaId"]
    if not (ids.is_one(user_id) and ids.is_one(media_id)):
        raise errors.NotFound
    link = repository.link(user_id, media_id, datetime.now(UTC))
    return Answer(None, location=link, cache_control=TEN_MINUTES)
