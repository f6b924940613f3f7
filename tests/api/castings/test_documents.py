"""POST /v1/castings/{castingId}/documents and DELETE …/documents/{documentId}."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    BROKEN_BODIES,
    a_casting,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    deleted,
    suspended,
    table,
    with_id_token,
)

SCRIPT = {"title": "Script of the pilot", "url": "https://scripts.example/1", "kind": "script"}
NO_CASTING = {"castingId": "unknown"}


def path_of(casting: dict[str, Any]) -> str:
    return f"/castings/{casting['castingId']}"


def add(
    casting: dict[str, Any], as_: Account | None, body: Any = SCRIPT, **headers: str
) -> Response:
    return api.post(f"{path_of(casting)}/documents", body, as_=as_, **headers)


def remove(casting: dict[str, Any], document_id: str, as_: Account | None) -> Response:
    return api.call("DELETE", f"{path_of(casting)}/documents/{document_id}", as_=as_)


def both(casting: dict[str, Any], as_: Account | None) -> tuple[Response, Response]:
    return add(casting, as_), remove(casting, "document-0", as_)


def kept(casting: dict[str, Any], recruiter: Account) -> list[dict[str, Any]]:
    documents: list[dict[str, Any]] = api.get(path_of(casting), as_=recruiter).json["documents"]
    return documents


def filled(casting: dict[str, Any], count: int) -> dict[str, Any]:
    """The casting, after this number of documents is stored in it."""
    documents = [
        SCRIPT | {"documentId": f"document-{number}", "createdAt": "2026-11-22T00:00:00.000Z"}
        for number in range(count)
    ]
    table("CASTING_TABLE").update_item(
        Key={"castingId": casting["castingId"]},
        UpdateExpression="SET documents = :documents",
        ExpressionAttributeValues={":documents": documents},
    )
    return casting


def test_an_anonymous_caller_is_refused() -> None:
    for answer in both(a_casting(status="open"), as_=None):
        assert (answer.status, answer.code) == (401, "Unauthorized")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        (with_id_token, 401, "AccessTokenRequired"),
        (suspended, 403, "AccountSuspended"),
        (deleted, 403, "AccountSuspended"),
    ],
)
def test_an_inactive_recruiter_or_an_id_token_is_refused(
    change: Callable[[Account], Account], status: int, code: str
) -> None:
    recruiter = a_recruiter()
    casting = filled(a_casting(recruiter, status="open"), 1)

    for answer in both(casting, as_=change(recruiter)):
        assert (answer.status, answer.code) == (status, code)
    assert len(api.get(path_of(casting), as_=recruiter).json["documents"]) == 1


@pytest.mark.parametrize("someone", [an_account, an_admin])
def test_a_caller_without_a_profile_cannot_change_documents(someone: Callable[[], Account]) -> None:
    caller = someone()

    for answer in both(a_casting(status="open"), as_=caller):
        assert (answer.status, answer.code) == (403, "ProfileRequired")


@pytest.mark.parametrize(
    ("status", "expected"), [("draft", (404, "NotFound")), ("open", (403, "NotYourCasting"))]
)
@pytest.mark.parametrize("someone", [an_artist, a_recruiter])
def test_only_its_recruiter_can_change_the_documents_of_a_casting(
    someone: Callable[[], Account], status: str, expected: tuple[int, str]
) -> None:
    recruiter, caller = a_recruiter(), someone()
    casting = filled(a_casting(recruiter, status=status), 1)

    for answer in both(casting, as_=caller):
        assert (answer.status, answer.code) == expected
    assert len(kept(casting, recruiter)) == 1


def test_an_unknown_casting_or_document_gets_404() -> None:
    recruiter = a_recruiter()
    answers = [*both(NO_CASTING, as_=recruiter), remove(a_casting(recruiter), "x", recruiter)]

    for answer in answers:
        assert (answer.status, answer.code) == (404, "NotFound")


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    answer = add(casting, recruiter, content, content_type=content_type)

    assert (answer.status, answer.code) == (status, code)
    assert kept(casting, recruiter) == []


def test_every_invalid_field_is_named() -> None:
    body = {"title": "", "url": "http://scripts.example/1", "kind": "novel", "pages": 3}

    answer = add(a_casting(recruiter := a_recruiter()), recruiter, body)

    assert answer.status == 422
    assert answer.wrong == {"/title", "/url", "/kind", "/pages"}


def test_everyone_who_sees_a_casting_sees_its_documents() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status="open")

    first = add(casting, recruiter)
    second = add(casting, recruiter, SCRIPT | {"kind": "brief"})

    document_id = first.json["documentId"]
    assert (first.status, first.headers["location"]) == (201, f"documents/{document_id}")
    assert first.json == SCRIPT | {
        "documentId": document_id,
        "createdAt": first.json["createdAt"],
    }
    seen = api.get(path_of(casting))
    assert (seen.json["documents"], seen.json["version"]) == ([first.json, second.json], 4)
    unchanged = {"documents": [], "version": 2, "updatedAt": casting["updatedAt"]}
    assert seen.json | unchanged == casting
    [listed] = api.get(f"/recruiters/{recruiter.user_id}/castings", as_=recruiter).json["items"]
    assert "documents" not in listed


def test_a_change_or_a_status_change_keeps_the_documents() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)
    added = add(casting, recruiter).json

    changed = api.patch(path_of(casting), {"title": "New"}, as_=recruiter, if_match='"2"')
    moved = api.put(f"{path_of(casting)}/status", {"status": "open"}, as_=recruiter)

    assert (changed.json["documents"], moved.json["documents"]) == ([added], [added])
    refused = api.patch(path_of(casting), {"documents": []}, as_=recruiter, if_match="*")
    assert (refused.status, refused.wrong) == (422, {"/documents"})


def test_a_retry_adds_a_document_only_once() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    first, retry = (add(casting, recruiter, idempotency_key="key-1") for _ in range(2))
    other = add(casting, recruiter, SCRIPT | {"title": "B"}, idempotency_key="key-1")

    assert (first.status, retry.status) == (201, 201)
    assert (retry.json, retry.headers["location"]) == (first.json, first.headers["location"])
    assert (other.status, other.code) == (422, "IdempotencyKeyReused")
    assert kept(casting, recruiter) == [first.json]


def test_a_retry_after_the_casting_has_ended_gets_the_first_document() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)
    first = add(casting, recruiter, idempotency_key="key-1")
    api.put(f"{path_of(casting)}/status", {"status": "cancelled"}, as_=recruiter)

    retry = add(casting, recruiter, idempotency_key="key-1")

    assert (retry.status, retry.json) == (201, first.json)


@pytest.mark.parametrize("status", ["filled", "cancelled"])
def test_the_documents_of_an_ended_casting_cannot_be_changed(status: str) -> None:
    recruiter = a_recruiter()
    casting = filled(a_casting(recruiter, status=status), 1)

    for answer in both(casting, as_=recruiter):
        assert (answer.status, answer.code) == (409, "CastingEnded")
    assert len(kept(casting, recruiter)) == 1


def test_removing_a_document_keeps_the_others() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)
    one, other = add(casting, recruiter).json, add(casting, recruiter).json

    answer = remove(casting, one["documentId"], recruiter)

    assert (answer.status, answer.text) == (204, "")
    assert kept(casting, recruiter) == [other]
    again = remove(casting, one["documentId"], recruiter)
    assert (again.status, again.code) == (404, "NotFound")


def test_a_casting_with_the_most_documents_takes_another_after_a_removal() -> None:
    recruiter = a_recruiter()
    casting = filled(a_casting(recruiter), 10)

    full = add(casting, recruiter)
    assert (full.status, full.code) == (409, "DocumentsFull")

    assert remove(casting, "document-3", recruiter).status == 204
    assert add(casting, recruiter).status == 201
    assert len(kept(casting, recruiter)) == 10


def race(casting: dict[str, Any], recruiter: Account, racers: int) -> list[Response]:
    start = Barrier(racers)

    def run(number: int) -> Response:
        start.wait()
        return add(casting, recruiter, SCRIPT | {"title": f"Racer {number}"})

    with ThreadPoolExecutor(racers) as pool:
        return list(pool.map(run, range(racers)))


@pytest.mark.parametrize("attempt", range(3))
def test_concurrent_additions_never_exceed_the_limit_of_documents(attempt: int) -> None:
    recruiter = a_recruiter()
    casting = filled(a_casting(recruiter), 8)

    answers = race(casting, recruiter, 5)

    assert sorted(answer.status for answer in answers) == [201, 201, 409, 409, 409]
    assert {each.code for each in answers if each.status == 409} == {"DocumentsFull"}
    assert len(kept(casting, recruiter)) == 10


def test_no_concurrent_addition_is_lost() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter)

    answers = race(casting, recruiter, 4)

    made = {answer.json["documentId"] for answer in answers if answer.status == 201}
    assert made == {each["documentId"] for each in kept(casting, recruiter)}
    assert len(made) == 4
