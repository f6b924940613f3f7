"""POST and GET /v1/reports."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from artisthub.shared.quotas import QUOTAS
from tests.api import api
from tests.api.api import Account
from tests.api.builders import (
    BROKEN_BODIES,
    MAY_NOT_ACT,
    a_casting,
    a_minor,
    a_recruiter,
    an_account,
    an_artist,
    deleted,
    quota_left,
    suspended,
    table,
    taken_down,
    with_quota_left,
)
from tests.api.reports.given import (
    PATH,
    an_open_casting,
    an_upload,
    of_casting,
    of_upload,
    of_user,
    own,
    report,
    reported,
)

REASONS = [
    "fee", "fraud", "impersonation", "harassment", "sexual", "minor", "hate", "copyright",
    "spam", "other",
]  # fmt: skip


@pytest.mark.parametrize(("caller", "status", "code"), MAY_NOT_ACT)
def test_callers_who_may_not_act_cannot_report(
    caller: Callable[[], Account | None], status: int, code: str
) -> None:
    answer = report(of_user(an_artist().user_id), caller())

    assert (answer.status, answer.code) == (status, code)


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]

    answer = api.post(PATH, content, as_=an_artist(), content_type=content_type)

    assert (answer.status, answer.code) == (status, code)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown kind": ({"kind": "application", "reason": "fee"}, "/kind"),
    "an unknown reason": (of_user("someone", reason="dislike"), "/reason"),
    "a long text": (of_user("someone", text="x" * 501), "/text"),
    "an empty text": (of_user("someone", text="  "), "/text"),
    "someone else's reporter": (of_user("someone", reporterId="other"), "/reporterId"),
    "another site": (
        {"kind": "upload", "mediaUrl": "https://evil.example/v1/media/a/b", "reason": "spam"},
        "/mediaUrl",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_field_is_named(name: str) -> None:
    body, pointer = WRONG[name]

    answer = report(body, an_artist())

    assert (answer.status, answer.wrong) == (422, {pointer})


@pytest.mark.parametrize("reason", REASONS)
def test_a_person_can_be_reported_for_each_reason(reason: str) -> None:
    artist, other = an_artist(), a_recruiter()

    answer = report(of_user(other.user_id, reason=reason, text="Every night."), artist)

    assert answer.status == 201
    assert answer.json == {
        "kind": "user",
        "userId": other.user_id,
        "castingId": None,
        "mediaUrl": None,
        "reason": reason,
        "createdAt": answer.json["createdAt"],
        "outcome": None,
        "decidedAt": None,
    }
    assert own(artist) == [answer.json]


def test_a_casting_can_be_reported() -> None:
    artist, (_, casting) = an_artist(), an_open_casting()

    answer = report(of_casting(casting), artist)

    assert (answer.status, answer.json["castingId"]) == (201, casting["castingId"])
    assert own(artist) == [answer.json]


def test_an_upload_can_be_reported() -> None:
    artist, owner = an_artist(), a_recruiter()
    media_id = an_upload(owner)

    answer = report(of_upload(owner, media_id), artist)

    assert answer.status == 201
    assert answer.json["mediaUrl"] == f"/v1/media/{owner.user_id}/{media_id}"
    assert own(artist) == [answer.json]


def of_no_upload(user_id: str) -> dict[str, Any]:
    url = f"/v1/media/{user_id}/{uuid.uuid4()}"
    return {"kind": "upload", "mediaUrl": url, "reason": "spam"}


def of_upload_by_closed(close: Callable[[Account], Account]) -> dict[str, Any]:
    owner = an_artist()
    media_id = an_upload(owner)
    return of_upload(close(owner), media_id)


UNSEEN: dict[str, Callable[[], dict[str, Any]]] = {
    "an unknown person": lambda: of_user("unknown"),
    "an account without a profile": lambda: of_user(an_account().user_id),
    "a suspended person": lambda: of_user(suspended(an_artist()).user_id),
    "a deleted person": lambda: of_user(deleted(an_artist()).user_id),
    "an upload of nobody": lambda: of_no_upload(str(uuid.uuid4())),
    "an upload that does not exist": lambda: of_no_upload(an_artist().user_id),
    "an upload of another person": lambda: of_upload(a_recruiter(), an_upload(an_artist())),
    "an upload of a suspended person": lambda: of_upload_by_closed(suspended),
    "an upload of a deleted person": lambda: of_upload_by_closed(deleted),
    "an unknown casting": lambda: of_casting({"castingId": "unknown"}),
    "a draft": lambda: of_casting(a_casting()),
    "a casting that was taken down": lambda: of_casting(taken_down(a_casting(status="open"))),
}


@pytest.mark.weakness(67)
@pytest.mark.parametrize("name", UNSEEN)
def test_only_what_the_reporter_can_see_is_reported(name: str) -> None:
    artist = an_artist()

    answer = report(UNSEEN[name](), artist)

    assert (answer.status, answer.code) == (404, "NotFound")
    assert own(artist) == []


def test_a_private_profile_can_be_reported() -> None:
    private = an_artist(privacy="private")

    assert report(of_user(private.user_id), an_artist()).status == 201


def test_an_upload_of_a_minor_can_be_reported() -> None:
    minor = an_artist()
    media_id = an_upload(minor)
    a_minor(minor)

    assert report(of_upload(minor, media_id, reason="minor"), an_artist()).status == 201


def test_nobody_reports_themselves_or_their_own_things() -> None:
    recruiter, casting = an_open_casting()

    for body in (
        of_user(recruiter.user_id),
        of_casting(casting),
        of_upload(recruiter, an_upload(recruiter)),
    ):
        answer = report(body, recruiter)
        assert (answer.status, answer.code) == (409, "OwnThing")
    assert own(recruiter) == []


def test_an_account_has_one_open_report_of_a_thing() -> None:
    artist, other = an_artist(), a_recruiter()
    first = report(of_user(other.user_id, reason="fraud", text="First."), artist)

    again = report(of_user(other.user_id, reason="spam", text="Second."), artist)

    assert (again.status, again.json) == (201, first.json)
    assert own(artist) == [first.json]


def test_a_report_sent_many_times_at_once_is_one_report() -> None:
    artist, other = an_artist(), a_recruiter()
    with_quota_left(artist, "reports", 10)

    answers = api.all_at_once(*[lambda: report(of_user(other.user_id), artist)] * 4)

    assert {each.status for each in answers} <= {201, 503}
    assert len(own(artist)) == 1


def test_reports_of_many_people_at_once_are_all_kept() -> None:
    _, casting = an_open_casting()
    artists = [an_artist() for _ in range(5)]

    answers = api.all_at_once(
        *[lambda each=each: report(of_casting(casting), each) for each in artists]
    )

    assert {each.status for each in answers} == {201}
    assert [len(own(each)) for each in artists] == [1] * 5


def test_a_report_spends_the_quota_once() -> None:
    artist, other = an_artist(), a_recruiter()

    reported(of_user(other.user_id), artist, artist)
    report(of_user("unknown"), artist)

    assert quota_left(artist, "reports") == QUOTAS["reports"] - 1


def test_reports_are_listed_newest_first_by_pages_for_their_reporter_only() -> None:
    artist, people = an_artist(), [a_recruiter() for _ in range(3)]
    for each in people:
        reported(of_user(each.user_id), artist, an_artist())

    pages, cursor = [], ""
    while cursor is not None:
        page = api.get(f"{PATH}?limit=2{cursor and f'&cursor={cursor}'}", as_=artist).json
        pages += [each["userId"] for each in page["items"]]
        cursor = page["next"]

    assert pages == [each.user_id for each in reversed(people)]


def test_a_forged_cursor_is_refused() -> None:
    answer = api.get(f"{PATH}?cursor=forged", as_=an_artist())

    assert (answer.status, answer.code) == (400, "BadCursor")


def test_an_expired_report_is_gone_before_its_item_is() -> None:
    artist, other = an_artist(), a_recruiter()
    reported(of_user(other.user_id), artist)

    for item in table("REPORTS_TABLE").scan()["Items"]:
        if item["caseId"] == f"user:{other.user_id}":
            table("REPORTS_TABLE").put_item(Item=item | {"expiresAt": 1})

    assert own(artist) == []
    assert report(of_user(other.user_id), artist).status == 201
    assert len(own(artist)) == 1


def test_the_reported_person_never_learns_who_reported() -> None:
    recruiter, casting = an_open_casting()
    artist = an_artist()
    reported(of_casting(casting, text="planted-text"), artist)
    reported(of_user(recruiter.user_id, text="planted-text"), artist)

    seen = [
        api.get(f"/castings/{casting['castingId']}", as_=recruiter),
        api.get("/users/me", as_=recruiter),
        api.get("/users/me/export", as_=recruiter),
        api.get("/users/me/notifications", as_=recruiter),
        api.get(PATH, as_=recruiter),
    ]

    for each in seen:
        assert artist.user_id not in each.text
        assert "planted-text" not in each.text


@pytest.mark.parametrize("turn", [0, 1])
def test_a_block_prevents_no_report(turn: int) -> None:
    artist, (recruiter, casting) = an_artist(), an_open_casting()
    blocker, other = (artist, recruiter) if turn else (recruiter, artist)
    path = f"/users/{other.user_id}/block"
    assert api.call("PUT", path, as_=blocker).status == 204

    assert report(of_user(recruiter.user_id), artist).status == 201
    assert report(of_casting(casting), artist).status == 201
