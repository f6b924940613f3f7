"""Profiles, with portfolio and work experience."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from artisthub.blocks import repository as blocks
from artisthub.closed import repository as closed
from artisthub.shared import changes, clock, cognito, errors, ids
from artisthub.shared.caller import Caller
from artisthub.shared.endpoint import Answer, Request, by_method, by_route, camel, endpoint
from artisthub.users import access, repository, rules
from artisthub.users.models import (
    AdminProfile,
    LimitedProfile,
    NewPortfolioItem,
    NewUser,
    NewUsername,
    NewWorkExperience,
    OwnProfile,
    PortfolioOrder,
    ProfileFields,
    PublicProfile,
)
from artisthub.users.stored import PortfolioItem, User, WorkExperience
from artisthub.views import repository as views
from artisthub.views.models import Views

Entry = TypeVar("Entry", bound=PortfolioItem | WorkExperience)


def _created(request: Request[NewUser, None], user_id: str) -> Answer[OwnProfile]:
    user = repository.get(user_id, consistent=True)
    if user is None:
        raise errors.NotFound
    return Answer(rules.own_view(user, clock.today()), location=f"users/{user_id}")


@endpoint(
    status=201,
    body=NewUser,
    idempotent=_created,
    quotas=("usernames",),
    raises=(repository.ProfileExists, repository.UsernameTaken, access.AccountSuspended),
)
def create_user(request: Request[NewUser, None]) -> Answer[OwnProfile]:
    """Create the caller's profile.

    An account has one profile. A suspended or deleted account gets no other one, and neither does
    another account of a suspended mailbox. Its role, artist or recruiter, cannot change later. Its
    e-mail address is the verified address of the account. Usernames are unique and not
    case-sensitive. A username is refused if it contains a name of the service, such as admin or
    support, also with digits for letters. `displayName` and `companyName` are refused if they
    sound official, have characters that nobody sees, or mix scripts in one word (Unicode TR 39).
    People under 18 cannot have a profile. They become 18 on the day of their birthday in UTC; after
    a birth on 29 February, on 1 March in common years.
    """
    rules.ensure_plausible(request.body, clock.today())
    email = cognito.email_of(request.caller.token)
    if closed.is_suspended_address(email):
        raise access.AccountSuspended
    now = clock.now()
    fields = msgspec.structs.asdict(request.body)
    fields["username"] = request.body.username.lower()
    user = User(
        **fields,
        user_id=request.caller.user_id,
        email=email,
        # The mailbox may have been proved since an older sign-in.
        sessions_ended_at=int(request.caller.signed_in_at),
        created_at=now,
        updated_at=now,
        version=1,
    )
    request.spend()
    repository.add(user, request.idempotency())
    return Answer(rules.own_view(user, clock.today()), location=f"users/{user.user_id}")


@endpoint(raises=(access.ProfileRequired,))
def get_me(request: Request[None, None]) -> Answer[OwnProfile]:
    """Get the caller's own profile."""
    return Answer(rules.own_view(_own(request.caller), clock.today()), varies=True)


@endpoint()
def get_user(
    request: Request[None, None],
) -> Answer[OwnProfile | AdminProfile | PublicProfile | LimitedProfile]:
    """Get a profile by its id.

    The owner's `privacy` decides which fields the caller sees. `relation` says whether the two are
    connected, or who asked. A person whom the caller blocks is not found.
    """
    user_id = request.path["userId"]
    user = _view(repository.get(user_id), request.caller, asked_for=user_id)
    return Answer(user, varies=True)


@endpoint()
def get_user_by_username(
    request: Request[None, None],
) -> Answer[OwnProfile | AdminProfile | PublicProfile | LimitedProfile]:
    """Get a profile by its username.

    Usernames are not case-sensitive. The owner's `privacy` decides which fields the caller sees,
    and `relation` is there as in getUser.
    """
    username = request.path["username"].lower()
    user = _view(repository.get_by_username(username), request.caller, asked_for=username)
    return Answer(user, varies=True)


@endpoint(
    patch=ProfileFields, if_match="required", quotas=("profileChanges",), raises=access.INACTIVE
)
def update_user(request: Request[dict[str, object], None]) -> OwnProfile:
    """Update the caller's own profile with a merge patch (RFC 7396).

    Null clears a field. Fields that the patch does not name stay as they are, even if they break a
    newer rule. Username, role and e-mail address cannot be changed here. `bornOn` cannot
    be cleared. A profile from before it was required must send it with its next change. A profile
    under 18 cannot change it. A recruiter who changes `displayName`, `companyName` or `website` is
    no longer verified.
    """
    user = repository.ensure_active(request.caller, consistent=True)
    request.ensure_match(user.version)
    fields = request.patched(user)
    rules.ensure_plausible(fields, clock.today(), before=user)
    changed = rules.changed(user, clock.now(), **msgspec.structs.asdict(fields))
    request.spend()
    _tell_administrators(changed, user)
    repository.replace(changed, based_on=user.version)
    return rules.own_view(changed, clock.today())


@endpoint(
    body=NewUsername,
    if_match="optional",
    quotas=("usernames",),
    raises=(*access.INACTIVE, repository.UsernameTaken),
)
def change_username(request: Request[NewUsername, None]) -> OwnProfile:
    """Change the caller's username.

    Anyone can take the old name at once. Usernames are not case-sensitive. A verified recruiter is
    then no longer verified. If the caller already has the name, nothing changes, so a retry is
    safe. `If-Match` is optional.
    """

    def rename(user: User) -> User:
        renamed = rules.renamed(user, request.body.username, clock.now())
        if renamed is not user:
            request.ensure_match(user.version)
        return renamed

    def store(user: User, before: User) -> None:
        _tell_administrators(user, before)
        repository.rename(user, before)

    user = _change(request.caller, rename, store, spend=request.spend)
    return rules.own_view(user, clock.today())


@endpoint(status=204, if_match="optional")
def delete_user(request: Request[None, None]) -> None:
    """Delete the caller's account.

    Others can no longer see it. After 30 days it is deleted for good, with its castings,
    applications, connections, saved castings and media. Until then it keeps its username, and its
    owner can still call getMe, exportMe and restoreUser, but make no other changes. A suspended
    account can be deleted too. An account without a profile is deleted for good at once. Deleting
    it again changes nothing. `If-Match` is optional.
    """
    if repository.get(request.caller.user_id, consistent=True) is None:
        cognito.delete_own_account(request.caller.token)
        return

    def delete(user: User) -> User:
        deleted = rules.deleted(user, datetime.now(UTC))
        if deleted is not user:
            request.ensure_match(user.version)
        return deleted

    _change(request.caller, delete, repository.replace_with_name, read=_own)


@endpoint(quotas=("restores",), raises=access.INACTIVE)
def restore_user(request: Request[None, None]) -> OwnProfile:
    """Restore the caller's deleted account.

    This is possible for 30 days after deleteUser. If the account is not deleted, nothing changes.
    """

    def restore(user: User) -> User:
        return rules.restored(user, clock.now())

    user = _change(
        request.caller, restore, repository.replace_with_name, read=_own, spend=request.spend
    )
    return rules.own_view(user, clock.today())


user_deletion = by_method(DELETE=delete_user, POST=restore_user)


@endpoint(status=204, if_match="optional", quotas=("profileChanges",), raises=access.INACTIVE)
def remove_picture(request: Request[None, None]) -> None:
    """Remove the caller's picture.

    Its files are deleted within seconds. If there is none, nothing changes, so a retry is safe. To
    remove it from a suspended or deleted account, call deleteUpload with the address of `large`.
    `If-Match` is optional.
    """

    def remove(user: User) -> User:
        removed = rules.without_picture(user, clock.now())
        if removed is not user:
            request.ensure_match(user.version)
        return removed

    _change(request.caller, remove, spend=request.spend)


def _portfolio_item(
    request: Request[NewPortfolioItem, None], item_id: str
) -> Answer[PortfolioItem]:
    item = rules.part(_own(request.caller, consistent=True).portfolio, item_id)
    return Answer(item, location=f"portfolio/{item_id}")


@endpoint(
    status=201,
    body=NewPortfolioItem,
    idempotent=_portfolio_item,
    quotas=("portfolioChanges",),
    raises=(*access.INACTIVE, rules.PortfolioFull),
)
def add_portfolio_item(request: Request[NewPortfolioItem, None]) -> Answer[PortfolioItem]:
    """Add an item to the caller's portfolio.

    A portfolio has at most 30 items.
    """
    access.ensure_own_uploads({"/url": request.body.url}, request.caller.user_id)
    stamp = request.idempotency()
    item = PortfolioItem(
        **msgspec.structs.asdict(request.body), item_id=ids.new(), created_at=clock.now()
    )

    def add(user: User) -> User:
        return rules.with_portfolio_item(user, item)

    def store(user: User, before: User) -> None:
        repository.add_part(user, before, stamp, item.item_id)

    _change(request.caller, add, store, spend=request.spend)
    return Answer(item, location=f"portfolio/{item.item_id}")


@endpoint(
    patch=NewPortfolioItem,
    if_match="required",
    quotas=("portfolioChanges",),
    raises=access.INACTIVE,
)
def update_portfolio_item(request: Request[dict[str, object], None]) -> PortfolioItem:
    """Update an item of the caller's portfolio with a merge patch (RFC 7396).

    Null clears a field. `If-Match` takes the ETag of the profile, which contains the item.
    """
    user = repository.ensure_active(request.caller, consistent=True)
    request.ensure_match(user.version)
    held = rules.part(user.portfolio, request.path["itemId"])
    item = _patched(held, request)
    if item.url != held.url:
        access.ensure_own_uploads({"/url": item.url}, user.user_id)
    request.spend()
    _replace(rules.with_part(user, item, clock.now()), user)
    return item


@endpoint(
    body=PortfolioOrder,
    if_match="optional",
    quotas=("portfolioChanges",),
    raises=access.INACTIVE,
)
def order_portfolio(request: Request[PortfolioOrder, None]) -> OwnProfile:
    """Set the order of the caller's portfolio.

    Send the ids of all its items. If it has this order, nothing changes, so a retry is safe.
    `If-Match` is optional. Work experience has the latest entry first.
    """

    def order(user: User) -> User:
        ordered = rules.ordered(user, request.body.item_ids, clock.now())
        if ordered is not user:
            request.ensure_match(user.version)
        return ordered

    user = _change(request.caller, order, spend=request.spend)
    return rules.own_view(user, clock.today())


@endpoint(status=204, quotas=("portfolioChanges",), raises=access.INACTIVE)
def remove_portfolio_item(request: Request[None, None]) -> None:
    """Remove an item from the caller's portfolio."""

    def remove(user: User) -> User:
        return rules.without_portfolio_item(user, request.path["itemId"], clock.now())

    _change(request.caller, remove, spend=request.spend)


def _work_experience(
    request: Request[NewWorkExperience, None], item_id: str
) -> Answer[WorkExperience]:
    entry = rules.part(_own(request.caller, consistent=True).work_experience, item_id)
    return Answer(entry, location=f"work-experience/{item_id}")


@endpoint(
    status=201,
    body=NewWorkExperience,
    idempotent=_work_experience,
    quotas=("portfolioChanges",),
    raises=(*access.INACTIVE, rules.WorkExperienceFull),
)
def add_work_experience(request: Request[NewWorkExperience, None]) -> Answer[WorkExperience]:
    """Add an entry to the caller's work experience.

    Work experience has at most 50 entries.
    """
    stamp = request.idempotency()
    entry = WorkExperience(
        **msgspec.structs.asdict(request.body), item_id=ids.new(), created_at=clock.now()
    )

    def add(user: User) -> User:
        return rules.with_work_experience(user, entry)

    def store(user: User, before: User) -> None:
        repository.add_part(user, before, stamp, entry.item_id)

    _change(request.caller, add, store, spend=request.spend)
    return Answer(entry, location=f"work-experience/{entry.item_id}")


@endpoint(
    patch=NewWorkExperience,
    if_match="required",
    quotas=("portfolioChanges",),
    raises=access.INACTIVE,
)
def update_work_experience(request: Request[dict[str, object], None]) -> WorkExperience:
    """Update an entry of the caller's work experience with a merge patch (RFC 7396).

    Null clears a field. `If-Match` takes the ETag of the profile, which contains the entry.
    """
    user = repository.ensure_active(request.caller, consistent=True)
    request.ensure_match(user.version)
    entry = _patched(rules.part(user.work_experience, request.path["itemId"]), request)
    request.spend()
    _replace(rules.with_part(user, entry, clock.now()), user)
    return entry


@endpoint(status=204, quotas=("portfolioChanges",), raises=access.INACTIVE)
def remove_work_experience(request: Request[None, None]) -> None:
    """Remove an entry from the caller's work experience."""

    def remove(user: User) -> User:
        return rules.without_work_experience(user, request.path["itemId"], clock.now())

    _change(request.caller, remove, spend=request.spend)


profile_changes = by_route(
    {
        "PATCH /v1/users/me": update_user,
        "DELETE /v1/users/me/picture": remove_picture,
        "POST /v1/users/me/portfolio": add_portfolio_item,
        "PATCH /v1/users/me/portfolio/{itemId}": update_portfolio_item,
        "DELETE /v1/users/me/portfolio/{itemId}": remove_portfolio_item,
        "PUT /v1/users/me/portfolio-order": order_portfolio,
        "POST /v1/users/me/work-experience": add_work_experience,
        "PATCH /v1/users/me/work-experience/{itemId}": update_work_experience,
        "DELETE /v1/users/me/work-experience/{itemId}": remove_work_experience,
    }
)


@endpoint(status=204, quotas=("views",), raises=access.INACTIVE)
def record_user_view(request: Request[None, None]) -> None:
    """Record that the caller viewed a profile.

    Each viewer counts once a day (UTC). The owner's own views do not count.
    """
    viewer = repository.ensure_active(request.caller)
    user_id = request.path["userId"]
    user = _unblocked(repository.get(user_id), request.caller, asked_for=user_id)
    if user.user_id != viewer.user_id:
        access.ensure_visible(user, clock.today())
        request.spend()
        views.record("user", user.user_id, viewer.user_id, datetime.now(UTC))


@endpoint()
def get_my_views(request: Request[None, None]) -> Views:
    """Get the number of views of the caller's profile.

    Each viewer counts once a day (UTC). A new view may take a second to appear.
    """
    return views.total("user", request.caller.user_id)


user_views = by_method(POST=record_user_view, GET=get_my_views)


def _view(
    found: User | None, viewer: Caller, *, asked_for: str
) -> OwnProfile | AdminProfile | PublicProfile | LimitedProfile:
    user = _unblocked(found, viewer, asked_for=asked_for)
    if user.user_id == viewer.user_id:
        return rules.own_view(user, clock.today())
    relation = rules.relation(repository.standing(viewer.user_id, user.user_id))
    if repository.is_admin(viewer):
        return rules.admin_view(user, clock.today(), relation)
    return rules.view(user, clock.today(), relation)


def _unblocked(found: User | None, viewer: Caller, *, asked_for: str) -> User:
    """The profile, unless its owner and the viewer are cut off from each other by a block.

    Raises NotFound. The block is read for unknown profiles too, so that both cases look the same.
    Administrators see everyone.
    """
    owner_id = found.user_id if found else asked_for
    is_blocked = owner_id != viewer.user_id and blocks.is_between(viewer.user_id, owner_id)
    if found is None or (is_blocked and not repository.is_admin(viewer)):
        raise errors.NotFound
    return found


def _tell_administrators(user: User, before: User) -> None:
    """Raise a flag for a verified recruiter who changes the identity that was verified.

    Before the change is stored, so that no change goes unnoticed.
    """
    if changed := rules.identity_changes(before, user):
        from artisthub.cases import repository as cases  # few changes need it
        from artisthub.cases import rules as case_rules

        now = user.updated_at
        cases.flag(case_rules.of_user(user.user_id), "identity", map(camel, changed), now)


def _patched(held: Entry, request: Request[dict[str, object], None]) -> Entry:
    """The entry with the merge patch of the request."""
    shape = request.spec.patch
    current = shape(**{name: getattr(held, name) for name in shape.__struct_fields__})
    patched = msgspec.structs.asdict(request.patched(current))
    return msgspec.structs.replace(held, **patched)


def _replace(user: User, before: User) -> None:
    repository.replace(user, based_on=before.version)


def _own(caller: Caller, *, consistent: bool = False) -> User:
    """The caller's profile in any status. Raises ProfileRequired."""
    user = repository.get(caller.user_id, consistent=consistent)
    if user is None:
        raise access.ProfileRequired
    return access.ensure_session(user, caller.signed_in_at)


def _change(
    caller: Caller,
    change: Callable[[User], User],
    store: Callable[[User, User], None] = _replace,
    *,
    read: Callable[..., User] = repository.ensure_active,
    spend: Callable[[], None] | None = None,
) -> User:
    """Apply the change and store the profile."""
    return changes.make(lambda: read(caller, consistent=True), change, store, spend)
