"""Connections between accounts: asked for by one, answered by the other, ended by either."""

from artisthub.connections import repository, rules
from artisthub.connections.models import Connection, ConnectionQuery, NewAnswer, NewConnection
from artisthub.shared import clock, errors
from artisthub.shared.endpoint import Answer, Request, by_method, endpoint
from artisthub.shared.models import Page
from artisthub.users import repository as users
from artisthub.users import rules as user_rules

# Each time the other side was faster the connection is read again, and decided upon as it is then.
ATTEMPTS = 3


@endpoint(
    status=201,
    body=NewConnection,
    idempotent=True,
    raises=(*user_rules.INACTIVE, errors.NotFound, rules.ConnectionNotPossible),
)
def request_connection(request: Request[NewConnection, None]) -> Answer[Connection]:
    """Asks another account for a connection; both see the request as pending.

    If the other one has asked already, or asks at the same moment, the two are connected. Who was
    declined cannot ask again. Oneself and accounts that are unknown, suspended or deleted are not
    found.
    """
    caller_id, other_id = request.caller.user_id, request.body.user_id
    users.ensure_active(request.caller)
    rules.ensure_connectable(users.get(other_id), caller_id)
    stamp = request.idempotency()
    for _ in range(ATTEMPTS):
        before = repository.get(caller_id, other_id)
        if before and stamp and stamp.is_replay_of(before.created_by):
            return Answer(rules.view(before), location=f"connections/{other_id}")
        side = rules.requested(before, caller_id, request.body, clock.now())
        try:
            repository.put(side, before=before, stamp=stamp)
        except repository.Changed:
            continue
        return Answer(rules.view(side), location=f"connections/{other_id}")
    raise errors.Busy


@endpoint(body=NewAnswer, raises=(*user_rules.INACTIVE, rules.ConnectionNotPossible))
def answer_connection(request: Request[NewAnswer, None]) -> Connection:
    """Accepts or declines a request. The answer it already has is answered as it is, so a retry is
    safe.

    A declined request stays declined; who has declined it may ask themselves, or remove it.
    """
    caller_id, other_id = request.caller.user_id, request.path["userId"]
    users.ensure_active(request.caller)
    answer = request.body.answer
    if answer == "accepted":
        rules.ensure_connectable(users.get(other_id), caller_id)
    for _ in range(ATTEMPTS):
        before = rules.ensure_there(repository.get(caller_id, other_id))
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
    """The caller's connections, the last changed first: the accepted, or the pending requests."""
    return repository.list_of(request.caller.user_id, request.query)


@endpoint(status=204, raises=(*user_rules.INACTIVE, rules.ConnectionNotPossible))
def remove_connection(request: Request[None, None]) -> None:
    """Withdraws a request of the caller's, ends a connection, or forgets that one was declined.

    A request of the other one is not removed but answered.
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
