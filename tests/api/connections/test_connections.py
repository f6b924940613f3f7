"""POST, PUT and DELETE on /v1/connections, to ask, answer and end."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    BROKEN_BODIES,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    deleted,
    stored,
    suspended,
    table,
    with_id_token,
)


def ask(one: Account, other: Account, message: str | None = None, **headers: str) -> Response:
    body = {"userId": other.user_id} | ({"message": message} if message else {})
    return api.post("/connections", body, as_=one, **headers)


def answer(one: Account, other: Account, text: str) -> Response:
    return api.put(f"/connections/{other.user_id}", {"answer": text}, as_=one)


def remove(one: Account, other: Account) -> Response:
    return api.call("DELETE", f"/connections/{other.user_id}", as_=one)


def standings(one: Account, other: Account) -> tuple[Any, Any]:
    """The stored standing of each side."""
    pair = [
        stored("CONNECTIONS_TABLE", userId=each.user_id, otherUserId=their.user_id)
        for each, their in ((one, other), (other, one))
    ]
    first, second = (item["standing"] if item else None for item in pair)
    return first, second


def a_pair(*steps: str) -> tuple[Account, Account]:
    """Two accounts after these steps: the first asks, the second answers."""
    one, other = an_artist(), a_recruiter()
    for step in steps:
        made = ask(one, other) if step == "asked" else answer(other, one, step)
        assert made.status in {200, 201}, made.text
    return one, other


CALLS: list[Callable[[Account | None, str], Response]] = [
    lambda caller, other: api.post("/connections", {"userId": other}, as_=caller),
    lambda caller, other: api.put(f"/connections/{other}", {"answer": "accepted"}, as_=caller),
    lambda caller, other: api.call("DELETE", f"/connections/{other}", as_=caller),
]
IDS = ["request", "answer", "remove"]


@pytest.mark.parametrize("call", CALLS, ids=IDS)
def test_an_anonymous_caller_is_refused(call: Callable[[Account | None, str], Response]) -> None:
    refused = call(None, "someone")

    assert (refused.status, refused.code) == (401, "Unauthorized")


@pytest.mark.parametrize("call", CALLS, ids=IDS)
def test_an_id_token_is_refused(call: Callable[[Account | None, str], Response]) -> None:
    refused = call(with_id_token(an_account()), "someone")

    assert (refused.status, refused.code) == (401, "AccessTokenRequired")


@pytest.mark.parametrize("someone", [an_account, an_admin])
@pytest.mark.parametrize("call", CALLS, ids=IDS)
def test_a_caller_without_a_profile_is_refused(
    call: Callable[[Account | None, str], Response], someone: Callable[[], Account]
) -> None:
    refused = call(someone(), an_artist().user_id)

    assert (refused.status, refused.code) == (403, "ProfileRequired")


@pytest.mark.parametrize("end", [suspended, deleted])
@pytest.mark.parametrize("call", CALLS, ids=IDS)
def test_an_inactive_account_cannot_act(
    call: Callable[[Account | None, str], Response], end: Callable[[Account], Account]
) -> None:
    one, other = a_pair("asked")

    refused = call(end(other), one.user_id)

    assert (refused.status, refused.code) == (403, "AccountSuspended")
    assert standings(one, other) == ("outgoing", "incoming")


@pytest.mark.parametrize("call", CALLS, ids=IDS)
@pytest.mark.parametrize("user_id", ["unknown", "x" * 200])
def test_an_unknown_account_gets_404(
    call: Callable[[Account | None, str], Response], user_id: str
) -> None:
    refused = call(an_artist(), user_id)

    assert (refused.status, refused.code) == (404, "NotFound")


@pytest.mark.parametrize("call", CALLS, ids=IDS)
def test_an_account_cannot_connect_with_itself(
    call: Callable[[Account | None, str], Response],
) -> None:
    artist = an_artist()

    refused = call(artist, artist.user_id)

    assert (refused.status, refused.code) == (404, "NotFound")
    assert standings(artist, artist) == (None, None)


@pytest.mark.parametrize("end", [suspended, deleted])
def test_an_inactive_account_can_be_neither_asked_nor_accepted(
    end: Callable[[Account], Account],
) -> None:
    one, other = a_pair("asked")
    end(one)

    assert ask(an_artist(), one).code == "NotFound"
    assert answer(other, one, "accepted").code == "NotFound"
    assert standings(one, other) == ("outgoing", "incoming")
    assert answer(other, one, "declined").status == 200


def test_a_request_is_pending_for_both() -> None:
    one, other = an_artist(), a_recruiter()

    asked = ask(one, other, "We met in Kochi.")

    assert asked.status == 201
    assert asked.headers["location"] == f"connections/{other.user_id}"
    assert asked.etag == '"1"'
    expected = {"userId": other.user_id, "status": "pending", "direction": "outgoing"}
    assert asked.json.items() >= (expected | {"message": "We met in Kochi."}).items()
    incoming = api.get("/connections?status=pending", as_=other).json["items"]
    mirrored = {"userId": one.user_id, "direction": "incoming"}
    assert incoming == [asked.json | mirrored]
    assert standings(one, other) == ("outgoing", "incoming")


@pytest.mark.parametrize(
    ("text", "after"),
    [("accepted", ("accepted", "accepted")), ("declined", ("refused", "declined"))],
)
def test_the_account_that_was_asked_can_answer(text: str, after: tuple[str, str]) -> None:
    one, other = a_pair("asked")

    first, again = answer(other, one, text), answer(other, one, text)

    assert (first.status, first.json["status"], first.etag) == (200, text, '"2"')
    assert (again.status, again.json) == (200, first.json)
    assert standings(one, other) == after


@pytest.mark.parametrize("text", ["accepted", "declined"])
def test_the_account_that_asked_cannot_answer(text: str) -> None:
    one, other = a_pair("asked")

    refused = answer(one, other, text)

    assert (refused.status, refused.code) == (409, "ConnectionNotPossible")
    assert standings(one, other) == ("outgoing", "incoming")


@pytest.mark.parametrize(
    ("steps", "text"), [(["asked", "accepted"], "declined"), (["asked", "declined"], "accepted")]
)
def test_an_answer_cannot_be_changed(steps: list[str], text: str) -> None:
    one, other = a_pair(*steps)

    refused = answer(other, one, text)

    assert (refused.status, refused.code) == (409, "ConnectionNotPossible")


def test_asking_back_accepts_the_request() -> None:
    one, other = a_pair("asked")

    answered = ask(other, one)

    assert (answered.status, answered.json["status"]) == (201, "accepted")
    assert standings(one, other) == ("accepted", "accepted")


@pytest.mark.parametrize("steps", [["asked"], ["asked", "accepted"], ["asked", "declined"]])
def test_an_account_cannot_ask_twice(steps: list[str]) -> None:
    one, other = a_pair(*steps)
    before = standings(one, other)

    refused = ask(one, other)

    assert (refused.status, refused.code) == (409, "ConnectionNotPossible")
    assert standings(one, other) == before


def test_the_account_that_declined_can_send_a_request_itself() -> None:
    one, other = a_pair("asked", "declined")

    asked = ask(other, one, "After all.")

    assert (asked.status, asked.json["direction"]) == (201, "outgoing")
    assert standings(one, other) == ("incoming", "outgoing")


@pytest.mark.parametrize("steps", [[], ["accepted"]])
def test_a_retry_gets_the_connection_of_the_first_request(steps: list[str]) -> None:
    one, other = an_artist(), an_artist()

    ask(one, other, "Hello", idempotency_key="key")
    for step in steps:
        answer(other, one, step)
    retry = ask(one, other, "Hello", idempotency_key="key")
    another = ask(one, other, "Good day", idempotency_key="key")

    assert (retry.status, retry.json["version"]) == (201, 1 + len(steps))
    assert (another.status, another.code) == (422, "IdempotencyKeyReused")


def test_the_account_that_asked_can_withdraw() -> None:
    one, other = a_pair("asked")

    withdrawn = remove(one, other)

    assert (withdrawn.status, withdrawn.text) == (204, "")
    assert standings(one, other) == (None, None)
    assert remove(one, other).code == "NotFound"
    assert ask(one, other).status == 201


@pytest.mark.parametrize("by", [0, 1])
def test_either_side_can_end_a_connection(by: int) -> None:
    pair = a_pair("asked", "accepted")

    ended = remove(pair[by], pair[1 - by])

    assert ended.status == 204
    assert standings(*pair) == (None, None)


def test_an_incoming_request_cannot_be_removed() -> None:
    one, other = a_pair("asked")

    refused = remove(other, one)

    assert (refused.status, refused.code) == (409, "ConnectionNotPossible")
    assert standings(one, other) == ("outgoing", "incoming")


def test_only_the_side_that_declined_can_remove_the_refusal() -> None:
    one, other = a_pair("asked", "declined")

    assert remove(one, other).code == "ConnectionNotPossible"
    assert remove(other, one).status == 204
    assert ask(one, other).status == 201


def test_a_third_account_cannot_change_a_connection() -> None:
    one, other = a_pair("asked")
    third = an_artist()

    assert answer(third, one, "accepted").code == "NotFound"
    assert remove(third, other).code == "NotFound"
    assert standings(one, other) == ("outgoing", "incoming")


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]
    artist = an_artist()

    for refused in (
        api.post("/connections", content, as_=artist, content_type=content_type),
        api.put("/connections/other", content, as_=artist, content_type=content_type),
    ):
        assert (refused.status, refused.code) == (status, code)


@pytest.mark.parametrize("text", ["", "Accepted", "pending", None, True])
def test_an_invalid_answer_is_refused(text: Any) -> None:
    one, other = a_pair("asked")

    refused = answer(other, one, text)

    assert (refused.status, refused.wrong) == (422, {"/answer"})
    assert standings(one, other) == ("outgoing", "incoming")


def test_every_invalid_field_of_a_request_is_named() -> None:
    body = {"userId": "", "message": "a" * 501, "status": "accepted"}

    refused = api.post("/connections", body, as_=an_artist())

    assert (refused.status, refused.wrong) == (422, {"/userId", "/message", "/status"})


def at_once(*calls: Callable[[], Response]) -> list[Response]:
    start = Barrier(len(calls))

    def run(call: Callable[[], Response]) -> Response:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.parametrize("attempt", range(8))
def test_two_accounts_that_ask_each_other_concurrently_are_connected(attempt: int) -> None:
    one, other = an_artist(), an_artist()

    answers = at_once(lambda: ask(one, other), lambda: ask(other, one))

    assert [each.status for each in answers] == [201, 201]
    assert sorted(each.json["status"] for each in answers) == ["accepted", "pending"]
    assert standings(one, other) == ("accepted", "accepted")


@pytest.mark.parametrize("attempt", range(5))
def test_a_request_sent_twice_concurrently_is_made_once(attempt: int) -> None:
    one, other = an_artist(), an_artist()

    answers = at_once(lambda: ask(one, other), lambda: ask(one, other))

    assert sorted(each.status for each in answers) == [201, 409]
    assert standings(one, other) == ("outgoing", "incoming")


@pytest.mark.parametrize("attempt", range(8))
def test_a_concurrent_withdrawal_and_answer_leave_no_half_connection(attempt: int) -> None:
    one, other = a_pair("asked")

    withdrawn, answered = at_once(
        lambda: remove(one, other), lambda: answer(other, one, "accepted")
    )

    # A withdrawal leaves nothing to answer; after an answer, the removal ends the connection.
    assert withdrawn.status == 204
    assert answered.status in {200, 404}
    assert standings(one, other) == (None, None)


@pytest.mark.parametrize("attempt", range(8))
def test_exactly_one_of_two_concurrent_answers_succeeds(attempt: int) -> None:
    one, other = a_pair("asked")

    answers = at_once(
        lambda: answer(other, one, "accepted"), lambda: answer(other, one, "declined")
    )

    assert sorted(each.status for each in answers) == [200, 409]
    given = next(each.json["status"] for each in answers if each.status == 200)
    assert standings(other, one)[0] == given


def test_each_side_of_a_connection_is_a_complete_item() -> None:
    one, other = a_pair("asked")

    items = table("CONNECTIONS_TABLE").scan()["Items"]

    mine = [
        item
        for item in items
        if {item["userId"], item["otherUserId"]} == {one.user_id, other.user_id}
    ]
    assert len(mine) == 2
    for item in mine:
        assert item.keys() >= {"standing", "standingAt", "createdAt", "updatedAt", "version"}
