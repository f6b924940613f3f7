"""Pictures of people, made of their uploads."""

from artisthub.closed import repository as closed
from artisthub.media import repository as media
from artisthub.pictures.models import Jpeg, NewPicture
from artisthub.shared import changes, clock, errors, ids
from artisthub.shared.endpoint import Answer, Request, endpoint
from artisthub.users import access
from artisthub.users import repository as users
from artisthub.users import rules as user_rules
from artisthub.users.models import OwnProfile
from artisthub.users.stored import User

media.connect()

# A picture never changes under its address. The copies of browsers outlive a suspension.
ONE_DAY = "private, max-age=86400, immutable"
MAX_SIZE_BYTES = 1024 * 1024


@endpoint(body=NewPicture, if_match="optional", quotas=("pictures",), raises=access.INACTIVE)
def set_picture(request: Request[NewPicture, None]) -> OwnProfile:
    """Make one of the caller's uploads the picture of the profile.

    The image must be a JPEG, PNG or WebP file of at most 10 MB, not animated, 96 to 10,000 pixels
    wide and high, and have at most 50 megapixels. The picture is upright and has no metadata, such
    as the place where a photo was taken. The upload itself stays: delete it unless something else
    uses it. The files of the previous picture are deleted within seconds.

    If the picture was made of this upload already, nothing changes, so a retry is safe. Every other
    call spends the quota, even if the image is refused. `If-Match` is optional.
    """
    from artisthub.pictures import rules  # Pillow takes long to import

    caller, user_id = request.caller, request.caller.user_id
    media_id = request.body.media_url.rpartition("/")[2]
    files: dict[str, bytes] = {}

    def change(user: User) -> User:
        access.ensure_own_uploads({"/mediaUrl": request.body.media_url}, user_id)
        changed = user_rules.with_picture(user, media_id, clock.now())
        if changed is not user:
            request.ensure_match(user.version)
        return changed

    def make() -> None:
        request.spend()  # before the work, because refused images cost as much as others
        files.update(rules.sizes_of(media.content_of(user_id, media_id, rules.MAX_BYTES + 1)))

    def store(user: User, before: User) -> None:
        assert user.picture
        picture_id = user.picture.large.rpartition("/")[2]
        media.store(user_id, picture_id, files, "image/jpeg")
        try:
            users.replace(user, based_on=before.version)
        except errors.Stale:
            # The same call at the same moment may have made the same picture.
            current = users.get(user_id, consistent=True)
            if current is None or current.picture != user.picture:
                media.remove(user_id, picture_id)
            raise

    user = changes.make(lambda: users.ensure_active(caller, consistent=True), change, store, make)
    return user_rules.own_view(user, clock.today())


@endpoint(public=True)
def get_picture(request: Request[None, None]) -> Answer[Jpeg]:
    """Get a picture in the size `small` or `medium`, a JPEG image.

    Profiles have the address. A browser keeps the image for a day. While the account is suspended
    or deleted, this returns 404.
    """
    user_id, media_id, size = (request.path[name] for name in ("userId", "mediaId", "size"))
    is_address = ids.is_one(user_id) and ids.is_one(media_id) and size in ("small", "medium")
    if not is_address or closed.is_closed(user_id):
        raise errors.NotFound
    content = media.content_of(user_id, media_id, MAX_SIZE_BYTES, size)
    if content is None:
        raise errors.NotFound
    return Answer(Jpeg(content), content_type="image/jpeg", cache_control=ONE_DAY)
