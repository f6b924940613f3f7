"""Connections between accounts."""

from artisthub.connections import repository, rules
from artisthub.connections.models import Connection, ConnectionQuery, NewAnswer, NewConnection
from artisthub.shared import clock, errors
from artisthub.shared.endpoint import Answer, Request, by_method, endpoint
from artisthub.shared.models import Page
from artisthub.users import repository as users
from artisthub.users import rules as user_rules

# If the other side changes the connection first, it is read again.
ATTEMPTS = 3


@endpoint(
    status=201,
    body=NewConnection,
    idempotent=True,
    quotas=("connectionRequests",),
    raises=(*user_rules.NOT_ADULT, errors.NotFound, rules.ConnectionNotPossible),
)
def request_connection(request: Request[NewConnection, None]) -> Answer[Connection]:
    """Request a connection with another account.

    Both see the request as pending. If the other account has already sent a request, or sends one
    at the same moment, the two are connected. After the other account declined a request, the
    caller cannot send another one. The caller's own id, and unknown, suspended and deleted accounts
    get 404.
    """
    caller_id, other_id = request.caller.user_id, request.body.user_id
    users.ensure_adult(request.caller)
    rules.ensure_connectable(users.get(other_id), caller_id, clock.today())
    stamp = request.idempotency()
    has_spent = False
    for _ in range(ATTEMPTS):
        before = repository.get(caller_id, other_id)
        if before and stamp and stamp.is_replay_of(before.created_by):
            return Answer(rules.view(before), location=f"connections/{other_id}")
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


@endpoint(body=NewAnswer, raises=(*user_rules.NOT_ADULT, rules.ConnectionNotPossible))
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
        user_rules.ensure_adult(user, clock.today())
        rules.ensure_connectable(users.get(other_id), caller_id, clock.today())
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
    """List the caller's accepted connections or pending requests, the last changed first."""
    return repository.list_of(request.caller.user_id, request.query)


@endpoint(status=204, raises=(*user_rules.INACTIVE, rules.ConnectionNotPossible))
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
