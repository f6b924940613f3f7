"""Connections between accounts, and blocks."""

from artisthub.blocks import repository as blocks
from artisthub.blocks import rules as block_rules
from artisthub.blocks.models import Block, Side
from artisthub.closed import repository as closed
from artisthub.connections import repository, rules
from artisthub.connections.models import Connection, ConnectionQuery, NewAnswer, NewConnection
from artisthub.shared import changes, clock, errors
from artisthub.shared.endpoint import Answer, Request, by_method, by_route, endpoint
from artisthub.shared.models import Page, PageQuery
from artisthub.users import access
from artisthub.users import repository as users
from artisthub.users.stored import NamedCard, User

# If the other side changes the connection first, it is read again.
ATTEMPTS = 3


def _requested(request: Request[NewConnection, None], other_id: str) -> Answer[Connection]:
    side = rules.ensure_exists(repository.get(request.caller.user_id, other_id))
    return Answer(rules.view(side), location=f"connections/{other_id}")


@endpoint(
    status=201,
    body=NewConnection,
    idempotent=_requested,
    quotas=("connectionRequests",),
    raises=(*access.NOT_ADULT, errors.NotFound, rules.ConnectionNotPossible),
)
def request_connection(request: Request[NewConnection, None]) -> Answer[Connection]:
    """Request a connection with another account.

    Both see the request as pending. If the other account has already sent a request, or sends one
    at the same moment, the two are connected. After the other account declined a request, the
    caller cannot send another one. The caller's own id, and accounts that are unknown, hidden or
    blocked get 404.
    """
    caller_id, other_id = request.caller.user_id, request.body.user_id
    users.ensure_adult(request.caller)
    rules.ensure_connectable(_reachable(caller_id, other_id), caller_id, clock.today())
    stamp = request.idempotency()
    has_spent = False
    for _ in range(ATTEMPTS):
        before = repository.get(caller_id, other_id)
        side = rules.requested(before, caller_id, request.body, clock.now())
        if side.standing == "outgoing" and not has_spent:
            request.spend()
            has_spent = True
        try:
            repository.put(side, before=before, stamp=stamp)
        except repository.Changed:
            continue
        return Answer(rules.view(side), location=f"connections/{other_id}")
    raise errors.Busy


@endpoint(body=NewAnswer, raises=(*access.NOT_ADULT, rules.ConnectionNotPossible))
def answer_connection(request: Request[NewAnswer, None]) -> Connection:
    """Accept or decline a connection request.

    For the account that received it only. If the request already has this answer, nothing changes,
    so a retry is safe. A declined request stays declined. The account that declined it may send its
    own request, or remove it.
    """
    caller_id, other_id = request.caller.user_id, request.path["userId"]
    user = users.ensure_active(request.caller)
    answer = request.body.answer
    if answer == "accepted":
        access.ensure_adult(user, clock.today())
        rules.ensure_connectable(_reachable(caller_id, other_id), caller_id, clock.today())
    for _ in range(ATTEMPTS):
        before = rules.ensure_exists(repository.get(caller_id, other_id))
        if before.standing == answer:
            return rules.view(before)
        side = rules.answered(before, answer, clock.now())
        try:
            repository.put(side, before=before)
        except repository.Changed:
            continue
        return rules.view(side)
    raise errors.Busy


connection = by_method(POST=request_connection, PUT=answer_connection)


@endpoint(query=ConnectionQuery)
def list_connections(request: Request[None, ConnectionQuery]) -> Page[Connection]:
    """List the caller's accepted connections or pending requests, the last changed first.

    Suspended and deleted accounts are left out, so a page may have fewer items than its limit and
    still have a `next`.
    """
    found = repository.list_of(request.caller.user_id, request.query)
    closed_ids = closed.among(each.user_id for each in found.items)
    shown = [each for each in found.items if each.user_id not in closed_ids]
    people, today = users.in_cards((each.user_id for each in shown), NamedCard), clock.today()
    for each in shown:
        is_connected = each.status == "accepted"
        each.user = access.named(people.get(each.user_id), today, is_connected=is_connected)
    return Page(shown, found.next)


@endpoint(status=204, raises=(*access.INACTIVE, rules.ConnectionNotPossible))
def remove_connection(request: Request[None, None]) -> None:
    """Remove a connection.

    This withdraws the caller's request, ends an accepted connection, or deletes a request that the
    caller declined. It cannot remove a request from the other account; answer that one.
    """
    caller_id = request.caller.user_id
    users.ensure_active(request.caller)
    for _ in range(ATTEMPTS):
        side = rules.ensure_removable(repository.get(caller_id, request.path["userId"]))
        try:
            repository.remove(side)
        except repository.Changed:
            continue
        return
    raise errors.Busy


@endpoint(status=204, quotas=("blocks",), raises=(*access.INACTIVE, errors.NotFound))
def block_user(request: Request[None, None]) -> None:
    """Block another account.

    Each of the two then looks unknown to the other: in profiles, signed-in searches, matches and
    the castings of a recruiter. A connection between them ends. Neither can ask the other to
    connect, apply to the other's castings or get notifications or e-mails about the other. In
    earlier applications, the recruiter no longer sees the artist. Nobody is told. Public castings
    and files can still be read without a token, as by everyone.

    If the account is already blocked, nothing changes, so a retry is safe. The answer is the same
    for an unknown id.
    """
    caller_id, other_id = request.caller.user_id, request.path["userId"]
    users.ensure_active(request.caller)
    rules.ensure_blockable(other_id, caller_id)

    def store(side: Side, before: Side) -> None:
        request.spend()
        blocks.replace(side, before)

    now = clock.now()
    changes.make(
        lambda: blocks.get(caller_id, other_id, now),
        lambda side: block_rules.blocked(side, now),
        store,
    )
    # After the block, so that no new connection can follow.
    _end(caller_id, other_id)


@endpoint(status=204, raises=(*access.INACTIVE, errors.NotFound))
def unblock_user(request: Request[None, None]) -> None:
    """Take back the block of an account.

    If the account is not blocked, nothing changes. A connection that the block ended stays ended.
    If the other account blocks the caller too, both still look unknown to each other.
    """
    caller_id, other_id = request.caller.user_id, request.path["userId"]
    users.ensure_active(request.caller)
    rules.ensure_blockable(other_id, caller_id)
    now = clock.now()
    changes.make(
        lambda: blocks.get(caller_id, other_id, now),
        lambda side: block_rules.unblocked(side, now),
        blocks.replace,
    )


@endpoint(query=PageQuery)
def list_blocks(request: Request[None, PageQuery]) -> Page[Block]:
    """List the accounts that the caller blocks, the last blocked first.

    Nobody can list by whom they are blocked.
    """
    return blocks.list_of(request.caller.user_id, request.query)


blocking = by_route(
    {
        "PUT /v1/users/{userId}/block": block_user,
        "DELETE /v1/users/{userId}/block": unblock_user,
        "GET /v1/users/me/blocks": list_blocks,
    }
)


def _reachable(caller_id: str, other_id: str) -> User | None:
    """The other account, or None as if it were unknown. Both cases need the same reads."""
    other, is_blocked = users.get(other_id), blocks.is_between(caller_id, other_id)
    return None if is_blocked else other


def _end(caller_id: str, other_id: str) -> None:
    """End the connection or request between the two. A declined request stays declined."""
    for _ in range(ATTEMPTS):
        side = repository.get(caller_id, other_id)
        if side is None or not rules.is_standing(side):
            return
        try:
            repository.remove(side)
        except repository.Changed:
            continue
        return
    raise errors.Busy
