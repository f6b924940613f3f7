"""Operations on profiles."""

from datetime import UTC, date, datetime

import msgspec

from artisthub.shared import clock, cognito, errors, views
from artisthub.shared.endpoint import Answer, Request, endpoint
from artisthub.users import repository, rules
from artisthub.users.models import (
    LimitedProfile,
    NewUser,
    OwnProfile,
    ProfileFields,
    PublicProfile,
    User,
)

INACTIVE = (rules.ProfileRequired, rules.AccountSuspended)


@endpoint(status=201, body=NewUser, raises=(repository.ProfileExists, repository.UsernameTaken))
def create_user(request: Request[NewUser, None]) -> Answer[OwnProfile]:
    """Creates the caller's profile, once per account.

    The role, artist or recruiter, is chosen here and stays. The e-mail address is the one that
    Cognito has verified. Usernames are unique without regard to case.
    """
    rules.ensure_plausible(request.body, _today())
    now = clock.now()
    fields = msgspec.structs.asdict(request.body)
    fields["username"] = request.body.username.lower()
    user = User(
        **fields,
        user_id=request.caller.user_id,
        email=cognito.email_of(request.caller.token),
        created_at=now,
        updated_at=now,
        version=1,
    )
    stored = repository.add(user, request.idempotency())
    return Answer(rules.own_view(stored, _today()), location=f"users/{stored.user_id}")


@endpoint(raises=(rules.ProfileRequired,))
def get_me(request: Request[None, None]) -> OwnProfile:
    """The caller's own profile, in full."""
    user = repository.get(request.caller.user_id)
    if user is None:
        raise rules.ProfileRequired
    return rules.own_view(user, _today())


@endpoint()
def get_user(request: Request[None, None]) -> OwnProfile | PublicProfile | LimitedProfile:
    """A profile by its id, as far as its owner's privacy lets the caller see it."""
    user = repository.get(request.path["userId"])
    if user is None:
        raise errors.NotFound
    return _view(user, request.caller.user_id)


@endpoint()
def get_user_by_username(
    request: Request[None, None],
) -> OwnProfile | PublicProfile | LimitedProfile:
    """A profile by its username, in any case, as far as its owner's privacy lets the caller see."""
    user = repository.get_by_username(request.path["username"].lower())
    if user is None:
        raise errors.NotFound
    return _view(user, request.caller.user_id)


@endpoint(patch=ProfileFields, if_match=True, raises=INACTIVE)
def update_user(request: Request[dict[str, object], None]) -> OwnProfile:
    """Changes the caller's own profile by a merge patch (RFC 7396): null clears a field.

    Username, role and e-mail address are not changed here.
    """
    user = rules.ensure_active(repository.get(request.caller.user_id, consistent=True))
    request.ensure_match(user.version)
    current = ProfileFields(
        **{name: getattr(user, name) for name in ProfileFields.__struct_fields__}
    )
    fields = request.patched(current)
    rules.ensure_plausible(fields, _today())
    changes = msgspec.structs.asdict(fields)
    changed = msgspec.structs.replace(
        user, **changes, updated_at=clock.now(), version=user.version + 1
    )
    repository.replace(changed, based_on=user.version)
    return rules.own_view(changed, _today())


@endpoint(status=204, raises=INACTIVE)
def record_user_view(request: Request[None, None]) -> None:
    """Says that the caller has looked at a profile: counted once a viewer and day (UTC).

    The owner's own views do not count.
    """
    viewer = rules.ensure_active(repository.get(request.caller.user_id))
    user = repository.get(request.path["userId"])
    if user is None:
        raise errors.NotFound
    rules.ensure_visible(user, viewer.user_id)
    if user.user_id != viewer.user_id:
        views.record("user", user.user_id, viewer.user_id, datetime.now(UTC))


def _view(user: User, viewer_id: str) -> OwnProfile | PublicProfile | LimitedProfile:
    is_connected = rules.depends_on_connection(user, viewer_id) and repository.are_connected(
        user.user_id, viewer_id
    )
    return rules.view(user, viewer_id, _today(), is_connected=is_connected)


def _today() -> date:
    return datetime.now(UTC).date()
