"""Idempotency-Key on every create: one item, one answer, and no other use of the key."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contract import openapi
from tests.api import api
from tests.api.api import Account, Response
from tests.api.applications.given import a_new_application
from tests.api.builders import (
    a_casting,
    a_name,
    a_new_casting,
    a_new_user,
    a_recruiter,
    an_account,
    an_artist,
    deleted,
    expire,
    quota_left,
    suspended,
    table,
    taken_down,
    with_quota_left,
)

WORK = {"kind": "image", "title": "Me", "url": "https://example.org/1"}
PART = {"title": "Dancer", "company": "Opera", "startedOn": "2020-01-01"}
SCRIPT = {"kind": "script", "title": "Script", "url": "https://example.org/1"}


@dataclass
class Create:
    """A create that succeeds, the same one with another target, and how to delete its result."""

    caller: Account
    path: str
    body: dict[str, Any]
    other: tuple[str, dict[str, Any]]
    delete: Callable[[Any], object] = lambda made: None
    quota: str = ""
    again: int = 201  # the status of another create after the deletion

    def call(self, key: str = "key-1") -> Response:
        return api.post(self.path, self.body, as_=self.caller, idempotency_key=key)

    def call_other(self) -> Response:
        path, body = self.other
        return api.post(path, body, as_=self.caller, idempotency_key="key-1")

    def removed(self, path: str) -> None:
        assert api.call("DELETE", path, as_=self.caller).status == 204


def a_create_casting() -> Create:
    recruiter = a_recruiter()
    made = Create(
        recruiter, "/castings", a_new_casting(), ("/castings", a_new_casting(city="Pune"))
    )
    made.delete = lambda casting: made.removed(f"/castings/{casting['castingId']}")
    made.quota = "castings"
    return made


def an_add_document() -> Create:
    recruiter = a_recruiter()
    one, other = (f"/castings/{a_casting(recruiter)['castingId']}/documents" for _ in range(2))
    made = Create(recruiter, one, SCRIPT, (other, SCRIPT))
    made.delete = lambda document: made.removed(f"{one}/{document['documentId']}")
    made.quota = "documents"
    return made


def an_apply_to_casting() -> Create:
    casting = a_casting(status="open", roles=[{"title": "Dancer"}, {"title": "Singer"}])
    path, body = f"/castings/{casting['castingId']}/applications", a_new_application(casting)
    other = body | {"roleId": casting["roles"][1]["roleId"]}
    made = Create(an_artist(), path, body, (path, other))

    def delete(application: dict[str, str]) -> None:
        role_id, _, artist_id = application["applicationId"].partition(".")
        key = {"castingId": casting["castingId"], "applicationKey": f"{role_id}#{artist_id}"}
        table("APPLICATIONS_TABLE").delete_item(Key=key)

    made.delete, made.quota = delete, "applications"
    return made


def an_application_to_another_casting() -> Create:
    made, other = an_apply_to_casting(), a_casting(status="open")
    made.other = (f"/castings/{other['castingId']}/applications", made.body)
    return made


def a_request_connection() -> Create:
    body, other = ({"userId": an_artist().user_id} for _ in range(2))
    made = Create(an_artist(), "/connections", body, ("/connections", other))
    made.delete = lambda connection: made.removed(f"/connections/{connection['userId']}")
    made.quota = "connectionRequests"
    return made


def a_create_user() -> Create:
    account, body = an_account(), a_new_user()
    other = a_new_user()
    made = Create(account, "/users", body, ("/users", other))
    made.delete = lambda user: expire(deleted(account), user["username"])
    made.again = 403
    made.quota = "usernames"
    return made


def an_add_portfolio_item() -> Create:
    path = "/users/me/portfolio"
    made = Create(an_artist(), path, WORK, (path, WORK | {"title": "You"}))
    made.delete = lambda item: made.removed(f"{path}/{item['itemId']}")
    made.quota = "portfolioChanges"
    return made


def an_add_work_experience() -> Create:
    path = "/users/me/work-experience"
    made = Create(an_artist(), path, PART, (path, PART | {"title": "Singer"}))
    made.delete = lambda entry: made.removed(f"{path}/{entry['itemId']}")
    made.quota = "portfolioChanges"
    return made


CREATES = {
    "createCasting": a_create_casting,
    "addDocument": an_add_document,
    "applyToCasting": an_apply_to_casting,
    "requestConnection": a_request_connection,
    "createUser": a_create_user,
    "addPortfolioItem": an_add_portfolio_item,
    "addWorkExperience": an_add_work_experience,
}
each_create = pytest.mark.parametrize("operation", CREATES)


def ids_of(made: Any) -> set[str]:
    """The ids that the create chose. That of an application is made from role and artist."""
    if "applicationId" in made:
        return set()
    return {value for name, value in made.items() if name in ("castingId", "documentId", "itemId")}


def test_every_create_with_a_key_is_tried_here() -> None:
    idempotent = {route.spec.name for route in openapi.every_route() if route.spec.idempotent}

    assert idempotent == CREATES.keys()


@each_create
def test_a_retry_gets_the_same_answer(operation: str) -> None:
    create = CREATES[operation]()

    first, retry = create.call(), create.call()

    assert (first.status, retry.status) == (201, 201), first.text
    assert first.json == retry.json
    assert first.headers["location"] == retry.headers["location"]
    assert first.headers.get("etag") == retry.headers.get("etag")


@pytest.mark.weakness(26)
@pytest.mark.parametrize(
    "build", [*CREATES.values(), an_application_to_another_casting], ids=lambda each: each.__name__
)
def test_a_key_cannot_be_used_for_another_target(build: Callable[[], Create]) -> None:
    create = build()

    first, other = create.call(), create.call_other()

    assert first.status == 201, first.text
    assert (other.status, other.code) == (422, "IdempotencyKeyReused")
    assert create.call().json == first.json


@pytest.mark.weakness(27)
@each_create
def test_a_retry_succeeds_after_the_quota_is_spent(operation: str) -> None:
    create = CREATES[operation]()
    with_quota_left(create.caller, create.quota, 1)

    first, retry = create.call(), create.call()

    assert (first.status, retry.status) == (201, 201), retry.text
    assert first.json == retry.json
    assert quota_left(create.caller, create.quota) == 0


@pytest.mark.weakness(27)
@each_create
def test_a_retry_succeeds_after_the_account_is_suspended(operation: str) -> None:
    create = CREATES[operation]()
    first = create.call()
    suspended(create.caller)

    retry = create.call()

    assert (retry.status, ids_of(retry.json)) == (201, ids_of(first.json)), retry.text


@pytest.mark.weakness(27)
def test_a_retry_succeeds_after_the_deadline_has_passed() -> None:
    recruiter = a_recruiter()
    soon = datetime.now(UTC) + timedelta(seconds=0.7)
    body = a_new_casting(deadlineAt=soon.isoformat())
    first = api.post("/castings", body, as_=recruiter, idempotency_key="key-1")
    time.sleep(0.8)

    retry = api.post("/castings", body, as_=recruiter, idempotency_key="key-1")

    assert (first.status, retry.status) == (201, 201), retry.text
    assert first.json == retry.json
    another = api.post("/castings", body, as_=recruiter, idempotency_key="key-2")
    assert another.wrong == {"/deadlineAt"}


@pytest.mark.weakness(27)
@pytest.mark.parametrize("operation", ["applyToCasting", "addDocument"])
def test_a_retry_succeeds_after_the_casting_was_taken_down(operation: str) -> None:
    create = CREATES[operation]()
    first = create.call()
    taken_down({"castingId": create.path.split("/")[2]})

    retry = create.call()

    assert (retry.status, retry.json) == (201, first.json)


@pytest.mark.weakness(27)
@pytest.mark.parametrize(
    ("operation", "most"),
    [("addDocument", 10), ("addPortfolioItem", 30)],
)
def test_a_retry_succeeds_after_the_list_is_full(operation: str, most: int) -> None:
    create = CREATES[operation]()
    first = create.call()
    for number in range(1, most):
        assert create.call(f"other-{number}").status == 201
    assert create.call("one-too-many").status == 409

    retry = create.call()

    assert (retry.status, retry.json) == (201, first.json)


@pytest.mark.weakness(27)
@pytest.mark.parametrize("end", [suspended, deleted])
def test_a_retry_of_a_request_succeeds_after_the_other_account_is_gone(
    end: Callable[[Account], Account],
) -> None:
    one, other = an_artist(), an_artist()
    body = {"userId": other.user_id}
    first = api.post("/connections", body, as_=one, idempotency_key="key-1")
    end(other)

    retry = api.post("/connections", body, as_=one, idempotency_key="key-1")

    assert (retry.status, retry.json) == (201, first.json)


@pytest.mark.weakness(20)
@each_create
def test_a_key_never_brings_a_deleted_item_back(operation: str) -> None:
    create = CREATES[operation]()
    first = create.call()
    create.delete(first.json)

    retry = create.call()

    assert (retry.status, retry.code) == (409, "CreatedAndDeleted")
    again = create.call("key-2")
    assert again.status == create.again, again.text
    assert not ids_of(first.json) & ids_of(again.json)


@pytest.mark.weakness(20)
@pytest.mark.parametrize("operation", ["createCasting", "addDocument", "addPortfolioItem"])
def test_ids_do_not_depend_on_the_key(operation: str) -> None:
    create = CREATES[operation]()

    [made] = ids_of(create.call().json)

    assert uuid.UUID(made).version == 7


@each_create
def test_a_key_can_be_used_again_after_a_day(operation: str) -> None:
    create = CREATES[operation]()
    first = create.call()
    create.delete(first.json)
    records = table("IDEMPOTENCY_TABLE")
    for record in records.scan()["Items"]:
        key = {"idempotencyId": record["idempotencyId"]}
        records.update_item(
            Key=key,
            UpdateExpression="SET expiresAt = :past",
            ExpressionAttributeValues={":past": int(time.time()) - 1},
        )

    assert create.call().status == create.again
    assert create.call().status == create.again


@pytest.mark.weakness(26)
@pytest.mark.race
@each_create
def test_calls_with_one_key_at_the_same_moment_make_one_item(operation: str) -> None:
    create = CREATES[operation]()

    answers = api.all_at_once(*[create.call] * 4)

    assert [answer.status for answer in answers] == [201] * 4, [each.text for each in answers]
    assert len({answer.text for answer in answers}) == 1


@pytest.mark.race
@pytest.mark.weakness(26)
def test_calls_with_one_key_and_different_targets_at_once_make_one_item() -> None:
    create = an_apply_to_casting()

    answers = api.all_at_once(create.call, create.call_other)

    assert sorted(answer.status for answer in answers) == [201, 422]


def test_a_failed_create_leaves_the_key_free() -> None:
    account, name = an_account(), a_name()
    an_artist(username=name)

    taken = api.post("/users", a_new_user(username=name), as_=account, idempotency_key="key-1")
    free = api.post("/users", a_new_user(), as_=account, idempotency_key="key-1")

    assert (taken.code, free.status) == ("UsernameTaken", 201)


def test_two_accounts_may_use_the_same_key() -> None:
    answers = [
        api.post("/castings", a_new_casting(), as_=a_recruiter(), idempotency_key="key-1")
        for _ in range(2)
    ]

    assert len({answer.json["castingId"] for answer in answers}) == 2
