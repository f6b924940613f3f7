"""POST /v1/castings/{castingId}/applications."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.applications.given import Situation, a_new_application, applied, path_of
from tests.api.builders import (
    BROKEN_BODIES,
    a_casting,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    stored,
    suspended,
    table,
    with_id_token,
)


def path_to(casting: dict[str, Any]) -> str:
    return f"/castings/{casting['castingId']}/applications"


def keys_of(casting: dict[str, Any]) -> list[str]:
    """The keys of all applications for this casting."""
    found = table("APPLICATIONS_TABLE").query(
        KeyConditionExpression="castingId = :casting",
        ExpressionAttributeValues={":casting": casting["castingId"]},
        ConsistentRead=True,
    )
    return [each["applicationKey"] for each in found["Items"]]


def test_an_anonymous_caller_is_refused() -> None:
    casting = a_casting(status="open")

    answer = api.post(path_to(casting), a_new_application(casting))

    assert (answer.status, answer.code) == (401, "Unauthorized")
    assert keys_of(casting) == []


def test_an_id_token_is_refused() -> None:
    casting = a_casting(status="open")

    as_ = with_id_token(an_artist())
    answer = api.post(path_to(casting), a_new_application(casting), as_=as_)

    assert (answer.status, answer.code) == (401, "AccessTokenRequired")
    assert keys_of(casting) == []


@pytest.mark.parametrize(
    ("account", "code"),
    [
        (an_account, "ProfileRequired"),
        (an_admin, "ProfileRequired"),
        (a_recruiter, "RoleRequired"),
        (lambda: suspended(an_artist()), "AccountSuspended"),
    ],
    ids=["without a profile", "an administrator", "a recruiter", "suspended"],
)
def test_only_an_active_artist_may_apply(account: Callable[[], Account], code: str) -> None:
    casting = a_casting(status="open")

    answer = api.post(path_to(casting), a_new_application(casting), as_=account())

    assert (answer.status, answer.code) == (403, code)
    assert keys_of(casting) == []


def test_a_recruiter_cannot_apply_for_their_own_casting() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status="open")

    answer = api.post(path_to(casting), a_new_application(casting), as_=recruiter)

    assert (answer.status, answer.code) == (403, "RoleRequired")


@pytest.mark.parametrize("status", ["unknown", "draft"])
def test_applying_for_a_hidden_or_unknown_casting_gets_404(status: str) -> None:
    casting = a_casting() if status == "draft" else a_casting() | {"castingId": "unknown"}

    answer = api.post(path_to(casting), a_new_application(casting), as_=an_artist())

    assert (answer.status, answer.code) == (404, "NotFound")
    assert keys_of(casting) == []


@pytest.mark.parametrize("status", ["closed", "filled", "cancelled"])
def test_applying_for_a_casting_that_is_not_open_is_refused(status: str) -> None:
    casting = a_casting(status=status)

    answer = api.post(path_to(casting), a_new_application(casting), as_=an_artist())

    assert (answer.status, answer.code) == (409, "CastingClosed")
    assert keys_of(casting) == []


def test_applying_after_the_deadline_is_refused() -> None:
    casting = a_casting(status="open", deadlineAt="2030-01-01T00:00:00Z")
    table("CASTING_TABLE").update_item(
        Key={"castingId": casting["castingId"]},
        UpdateExpression="SET deadlineAt = :past",
        ExpressionAttributeValues={":past": "2026-01-01T00:00:00.000Z"},
    )

    answer = api.post(path_to(casting), a_new_application(casting), as_=an_artist())

    assert (answer.status, answer.code) == (409, "CastingClosed")
    assert keys_of(casting) == []


def test_an_artist_can_apply_for_a_role() -> None:
    recruiter, artist = a_recruiter(), an_artist()
    roles = [{"title": "Lead"}, {"title": "Extra"}]
    casting = a_casting(recruiter, status="open", title="A film", roles=roles)
    role_id = casting["roles"][1]["roleId"]
    media = [f"https://media.example/{number}" for number in range(10)]
    body = {"roleId": role_id, "shareContact": True, "note": "Two\nlines", "mediaUrls": media}

    answer = api.post(path_to(casting), body, as_=artist)

    assert (answer.status, answer.etag) == (201, '"1"')
    application = answer.json
    assert application.items() >= body.items()
    assert (
        application.items()
        >= {
            "castingId": casting["castingId"],
            "castingTitle": "A film",
            "roleTitle": "Extra",
            "artistId": artist.user_id,
            "recruiterId": recruiter.user_id,
            "status": "submitted",
            "audition": None,
        }.items()
    )
    # Relative to the URL of the request, so it works for any stage or domain.
    assert answer.headers["location"] == f"applications/{application['applicationId']}"
    assert api.get(path_of(application), as_=artist).json == application


def test_a_stored_application_has_its_keys_and_no_empty_values() -> None:
    item = Situation().item

    assert item["applicationKey"] == f"{item['roleId']}#{item['artistId']}"
    assert item["castingStatus"] == f"{item['castingId']}#submitted"
    assert None not in item.values()
    assert not {"note", "audition", "recruiterNote", "createdBy"} & item.keys()


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]
    casting = a_casting(status="open")

    answer = api.post(path_to(casting), content, as_=an_artist(), content_type=content_type)

    assert (answer.status, answer.code) == (status, code)
    assert keys_of(casting) == []


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("roleId", "r9-9", "/roleId"),
        ("roleId", "lead", "/roleId"),
        ("shareContact", "yes", "/shareContact"),
        ("note", "a" * 2_001, "/note"),
        ("mediaUrls", ["https://media.example/1"] * 11, "/mediaUrls"),
        ("mediaUrls", ["http://media.example/1"], "/mediaUrls/0"),
        ("artistId", "someone", "/artistId"),
        ("status", "booked", "/status"),
    ],
)
def test_an_invalid_field_is_named_and_nothing_is_written(
    field: str, value: object, place: str
) -> None:
    casting = a_casting(status="open")

    body = a_new_application(casting) | {field: value}
    answer = api.post(path_to(casting), body, as_=an_artist())

    assert (answer.status, answer.code) == (422, "Invalid")
    assert answer.wrong == {place}
    assert keys_of(casting) == []


def test_the_largest_application_is_stored_completely() -> None:
    casting, artist = a_casting(status="open"), an_artist()
    link = "https://media.example/" + "a" * 478

    made = applied(casting, artist, note="ā" * 2_000, mediaUrls=[link] * 10)

    assert api.get(path_of(made), as_=artist).json == made
    assert (len(made["note"]), made["mediaUrls"]) == (2_000, [link] * 10)


def test_an_artist_cannot_apply_twice_for_one_role() -> None:
    situation = Situation(note="First")

    body = a_new_application(situation.casting, note="Second")
    answer = api.post(path_to(situation.casting), body, as_=situation.artist)

    assert (answer.status, answer.code) == (409, "AlreadyApplied")
    assert situation.item["note"] == "First"


@pytest.mark.parametrize("status", ["booked", "declined", "withdrawn"])
def test_an_artist_cannot_apply_again_after_an_application_has_ended(status: str) -> None:
    situation = Situation(status)

    body = a_new_application(situation.casting)
    answer = api.post(path_to(situation.casting), body, as_=situation.artist)

    expected = "RoleClosed" if status == "booked" else "AlreadyApplied"
    assert (answer.status, answer.code) == (409, expected)
    assert situation.item["status"] == status


def test_each_role_and_artist_has_a_separate_application() -> None:
    casting = a_casting(status="open", roles=[{"title": "Lead"}, {"title": "Extra"}])
    lead, extra = (role["roleId"] for role in casting["roles"])
    one, other = an_artist(), an_artist()

    made = [
        applied(casting, artist, roleId=role_id)
        for artist, role_id in [(one, lead), (one, extra), (other, lead)]
    ]

    assert len({each["applicationId"] for each in made}) == 3
    assert len(keys_of(casting)) == 3


def test_a_retry_gets_the_application_of_the_first_request() -> None:
    casting, artist = a_casting(status="open"), an_artist()
    body = a_new_application(casting)

    first, retry = (
        api.post(path_to(casting), body, as_=artist, idempotency_key="key-1") for _ in range(2)
    )

    assert (first.status, retry.status) == (201, 201)
    assert retry.json == first.json
    assert retry.headers["location"] == first.headers["location"]
    assert len(keys_of(casting)) == 1


def test_a_retry_succeeds_even_after_the_casting_has_closed() -> None:
    recruiter, artist = a_recruiter(), an_artist()
    casting = a_casting(recruiter, status="open")
    body = a_new_application(casting)
    first = api.post(path_to(casting), body, as_=artist, idempotency_key="key-1").json
    close(casting, recruiter)
    api.put(f"{path_of(first)}/status", {"status": "viewed"}, as_=recruiter)

    retry = api.post(path_to(casting), body, as_=artist, idempotency_key="key-1")

    assert (retry.status, retry.json["status"]) == (201, "viewed")


def test_a_retry_with_another_body_is_refused() -> None:
    casting, artist = a_casting(status="open"), an_artist()
    body = a_new_application(casting)
    api.post(path_to(casting), body, as_=artist, idempotency_key="key-1")

    other = body | {"note": "Other"}
    answer = api.post(path_to(casting), other, as_=artist, idempotency_key="key-1")

    assert (answer.status, answer.code) == (422, "IdempotencyKeyReused")


@pytest.mark.parametrize("first_key", [{}, {"idempotency_key": "key-1"}])
def test_a_request_with_another_key_is_not_a_retry(first_key: dict[str, str]) -> None:
    casting, artist = a_casting(status="open"), an_artist()
    body = a_new_application(casting)
    api.post(path_to(casting), body, as_=artist, **first_key)

    answer = api.post(path_to(casting), body, as_=artist, idempotency_key="key-2")

    assert (answer.status, answer.code) == (409, "AlreadyApplied")


def test_an_invalid_idempotency_key_is_refused() -> None:
    casting = a_casting(status="open")

    body = a_new_application(casting)
    answer = api.post(path_to(casting), body, as_=an_artist(), idempotency_key="a b")

    assert (answer.status, answer.code) == (400, "BadIdempotencyKey")
    assert keys_of(casting) == []


def at_once(calls: list[Callable[[], Response]]) -> list[Response]:
    start = Barrier(len(calls))

    def run(call: Callable[[], Response]) -> Response:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.parametrize("attempt", range(5))
def test_exactly_one_of_several_concurrent_applications_succeeds(attempt: int) -> None:
    casting, artist = a_casting(status="open"), an_artist()

    def apply(note: str) -> Response:
        return api.post(path_to(casting), a_new_application(casting, note=note), as_=artist)

    answers = at_once([lambda note=note: apply(note) for note in "ABCD"])  # type: ignore[misc]

    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"AlreadyApplied"}
    [made] = [answer.json for answer in answers if answer.status == 201]
    assert api.get(path_of(made), as_=artist).json == made
    assert len(keys_of(casting)) == 1


def test_concurrent_retries_make_one_application() -> None:
    casting, artist = a_casting(status="open"), an_artist()
    body = a_new_application(casting)

    def apply() -> Response:
        return api.post(path_to(casting), body, as_=artist, idempotency_key="key-1")

    answers = at_once([apply] * 4)

    assert [answer.status for answer in answers] == [201] * 4
    assert len({answer.text for answer in answers}) == 1
    assert len(keys_of(casting)) == 1


def close(casting: dict[str, Any], recruiter: Account) -> Response:
    path = f"/castings/{casting['castingId']}/status"
    return api.put(path, {"status": "closed"}, as_=recruiter)


@pytest.mark.parametrize("attempt", range(3))
def test_no_application_is_accepted_after_its_casting_has_closed(attempt: int) -> None:
    """Accepted applications are stored and refused ones are not; the closing divides them."""
    recruiter, artists = a_recruiter(), [an_artist() for _ in range(6)]
    roles = [{"title": str(number)} for number in range(10)]
    casting = a_casting(recruiter, status="open", roles=roles)
    role_ids = [role["roleId"] for role in casting["roles"]]
    start = Barrier(len(artists) + 1)
    closed_at: list[float] = []

    def apply_for_all(artist: Account) -> list[tuple[str, float, Response]]:
        start.wait()
        answers = []
        for role_id in role_ids:
            began_at = time.monotonic()
            body = a_new_application(casting, roleId=role_id)
            answer = api.post(path_to(casting), body, as_=artist)
            answers.append((f"{role_id}#{artist.user_id}", began_at, answer))
        return answers

    def close_in_between() -> None:
        start.wait()
        time.sleep(0.05 * (attempt + 1))
        assert close(casting, recruiter).status == 200
        closed_at.append(time.monotonic())

    with ThreadPoolExecutor(len(artists) + 1) as pool:
        closing = pool.submit(close_in_between)
        answers = [one for each in pool.map(apply_for_all, artists) for one in each]
        closing.result()
    late = api.post(path_to(casting), a_new_application(casting), as_=an_artist())

    assert {(answer.status) for _, _, answer in answers} <= {201, 409}
    assert {answer.code for _, _, answer in answers if answer.status == 409} <= {"CastingClosed"}
    accepted = {key for key, _, answer in answers if answer.status == 201}
    assert accepted == set(keys_of(casting))
    assert all(began < closed_at[0] for _, began, answer in answers if answer.status == 201)
    assert (late.status, late.code) == (409, "CastingClosed")


def test_a_stored_application_contains_no_profile_data() -> None:
    """The profile is read for each request, so it is never stale or kept after a deletion."""
    situation = Situation(shareContact=True)

    profile = stored("USERS_TABLE", userId=situation.artist.user_id)

    assert profile
    assert not {profile["email"], profile["username"]} & {
        value for value in situation.item.values() if isinstance(value, str)
    }
