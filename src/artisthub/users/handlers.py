"""Operations on profiles."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec

from artisthub.shared import changes, clock, cognito, errors, ids
from artisthub.shared.caller import Caller
from artisthub.shared.endpoint import Answer, Request, by_method, by_route, endpoint
from artisthub.users import repository, rules
from artisthub.users.models import (
    AdminProfile,
    LimitedProfile,
    NewPortfolioItem,
    NewUser,
    NewUsername,
    NewWorkExperience,
    OwnProfile,
    PortfolioItem,
    ProfileFields,
    PublicProfile,
    User,
    WorkExperience,
)
from artisthub.views import repository as views
from artisthub.views.models import Views


@endpoint(
    status=201,
    body=NewUser,
    idempotent=True,
    raises=(repository.ProfileExists, repository.UsernameTaken),
)
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
    return rules.own_view(_own(request.caller), _today())


@endpoint()
def get_user(
    request: Request[None, None],
) -> OwnProfile | AdminProfile | PublicProfile | LimitedProfile:
    """A profile by its id, as far as its owner's privacy lets the caller see it."""
    user = repository.get(request.path["userId"])
    if user is None:
        raise errors.NotFound
    return _view(user, request.caller)


@endpoint()
def get_user_by_username(
    request: Request[None, None],
) -> OwnProfile | AdminProfile | PublicProfile | LimitedProfile:
    """A profile by its username, in any case, as far as its owner's privacy lets the caller see."""
    user = repository.get_by_username(request.path["username"].lower())
    if user is None:
        raise errors.NotFound
    return _view(user, request.caller)


@endpoint(patch=ProfileFields, if_match="required", raises=rules.INACTIVE)
def update_user(request: Request[dict[str, object], None]) -> OwnProfile:
    """Changes the caller's own profile by a merge patch (RFC 7396): null clears a field.

    Username, role and e-mail address are not changed here.
    """
    user = repository.ensure_active(request.caller, consistent=True)
    request.ensure_match(user.version)
    current = ProfileFields(
        **{name: getattr(user, name) for name in ProfileFields.__struct_fields__}
    )
    fields = request.patched(current)
    rules.ensure_plausible(fields, _today())
    changed = rules.changed(user, clock.now(), **msgspec.structs.asdict(fields))
    repository.replace(changed, based_on=user.version)
    return rules.own_view(changed, _today())


@endpoint(body=NewUsername, if_match="optional", raises=(*rules.INACTIVE, repository.UsernameTaken))
def change_username(request: Request[NewUsername, None]) -> OwnProfile:
    """Gives the caller another username; who asks first gets the old one.

    Case makes no difference: the name one already has, in any case, is answered as it is, so a
    retry is safe. If-Match is honoured where sent.
    """

    def rename(user: User) -> User:
        renamed = rules.renamed(user, request.body.username, clock.now())
        if renamed is not user:
            request.ensure_match(user.version)
        return renamed

    user = _change(request.caller, rename, repository.rename)
    return rules.own_view(user, _today())


@endpoint(status=204, if_match="optional", raises=rules.INACTIVE)
def delete_user(request: Request[None, None]) -> None:
    """Deletes the caller's account: it is out of sight at once, and gone for good after 30 days.

    Its castings, applications, connections, saved castings and media go with it.
    Until then its username is kept, and the account can be read (getMe), exported (exportMe) and
    restored (restoreUser) by its owner; it can do nothing else. Deleting it again changes nothing.
    If-Match is honoured where sent.
    """

    def delete(user: User) -> User:
        deleted = rules.deleted(user, datetime.now(UTC))
        if deleted is not user:
            request.ensure_match(user.version)
        return deleted

    _change(request.caller, delete, repository.replace_with_name, read=_own)


@endpoint(raises=rules.INACTIVE)
def restore_user(request: Request[None, None]) -> OwnProfile:
    """Takes back deleteUser, for 30 days. An account that is not deleted is answered as it is."""

    def restore(user: User) -> User:
        return rules.restored(user, clock.now())

    user = _change(request.caller, restore, repository.replace_with_name, read=_own)
    return rules.own_view(user, _today())


user_deletion = by_method(DELETE=delete_user, POST=restore_user)


@endpoint(
    status=201,
    body=NewPortfolioItem,
    idempotent=True,
    raises=(*rules.INACTIVE, rules.PortfolioFull),
)
def add_portfolio_item(request: Request[NewPortfolioItem, None]) -> Answer[PortfolioItem]:
    """Adds a work to the caller's portfolio, which has at most 30."""
    stamp = request.idempotency()
    item = PortfolioItem(
        **msgspec.structs.asdict(request.body),
        item_id=stamp.key if stamp else ids.new(),
        created_at=clock.now(),
    )

    def add(user: User) -> User:
        return rules.with_portfolio_item(user, item)

    user = _change(request.caller, add)
    return Answer(rules.kept(user.portfolio, item), location=f"portfolio/{item.item_id}")


@endpoint(status=204, raises=rules.INACTIVE)
def remove_portfolio_item(request: Request[None, None]) -> None:
    """Removes a work from the caller's portfolio."""

    def remove(user: User) -> User:
        return rules.without_portfolio_item(user, request.path["itemId"], clock.now())

    _change(request.caller, remove)


@endpoint(
    status=201,
    body=NewWorkExperience,
    idempotent=True,
    raises=(*rules.INACTIVE, rules.WorkExperienceFull),
)
def add_work_experience(request: Request[NewWorkExperience, None]) -> Answer[WorkExperience]:
    """Adds a part or a post to the caller's work experience, which has at most 50."""
    stamp = request.idempotency()
    entry = WorkExperience(
        **msgspec.structs.asdict(request.body),
        item_id=stamp.key if stamp else ids.new(),
        created_at=clock.now(),
    )

    def add(user: User) -> User:
        return rules.with_work_experience(user, entry)

    user = _change(request.caller, add)
    kept = rules.kept(user.work_experience, entry)
    return Answer(kept, location=f"work-experience/{entry.item_id}")


@endpoint(status=204, raises=rules.INACTIVE)
def remove_work_experience(request: Request[None, None]) -> None:
    """Removes a part or a post from the caller's work experience."""

    def remove(user: User) -> User:
        return rules.without_work_experience(user, request.path["itemId"], clock.now())

    _change(request.caller, remove)


profile_changes = by_route(
    {
        "PATCH /v1/users/me": update_user,
        "POST /v1/users/me/portfolio": add_portfolio_item,
        "DELETE /v1/users/me/portfolio/{itemId}": remove_portfolio_item,
        "POST /v1/users/me/work-experience": add_work_experience,
        "DELETE /v1/users/me/work-experience/{itemId}": remove_work_experience,
    }
)


@endpoint(status=204, raises=rules.INACTIVE)
def record_user_view(request: Request[None, None]) -> None:
    """Says that the caller has looked at a profile: counted once a viewer and day (UTC).

    The owner's own views do not count.
    """
    viewer = repository.ensure_active(request.caller)
    user = repository.get(request.path["userId"])
    if user is None:
        raise errors.NotFound
    rules.ensure_visible(user, viewer.user_id)
    if user.user_id != viewer.user_id:
        views.record("user", user.user_id, viewer.user_id, datetime.now(UTC))


@endpoint()
def get_my_views(request: Request[None, None]) -> Views:
    """How often the caller's profile was looked at: each viewer once a day.

    A view of a moment ago may take a second to count.
    """
    return views.total("user", request.caller.user_id)


user_views = by_method(POST=record_user_view, GET=get_my_views)


def _view(user: User, viewer: Caller) -> OwnProfile | AdminProfile | PublicProfile | LimitedProfile:
    is_connected = rules.depends_on_connection(user, viewer) and repository.are_connected(
        user.user_id, viewer.user_id
    )
    return rules.view(user, viewer, _today(), is_connected=is_connected)


def _replace(user: User, before: User) -> None:
    repository.replace(user, based_on=before.version)


def _own(caller: Caller, *, consistent: bool = False) -> User:
    """The caller's profile, whatever its status; raises ProfileRequired."""
    user = repository.get(caller.user_id, consistent=consistent)
    if user is None:
        raise rules.ProfileRequired
    return user


def _change(
    caller: Caller,
    change: Callable[[User], User],
    store: Callable[[User, User], None] = _replace,
    *,
    read: Callable[..., User] = repository.ensure_active,
) -> User:
    """The caller's profile as `change` makes it, stored."""
    return changes.make(lambda: read(caller, consistent=True), change, store)


def _today() -> date:
    return datetime.now(UTC).date()
