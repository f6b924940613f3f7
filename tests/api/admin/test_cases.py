"""GET /v1/admin/cases, GET /v1/admin/cases/{caseId} and PUT of its decision."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api import api
from tests.api.admin.given import actions, case_of, decide, entries, listed
from tests.api.api import Account, Response
from tests.api.builders import (
    BROKEN_BODIES,
    a_new_user,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    deleted,
    suspended,
    table,
    the_admin,
    with_id_token,
)
from tests.api.reports.given import (
    an_open_casting,
    an_upload,
    of_casting,
    of_upload,
    of_user,
    own,
    reported,
)

Operation = Callable[[str, Account | None], Response]


def read_list(_: str, as_: Account | None) -> Response:
    return api.get("/admin/cases", as_=as_)


def dismiss(case_id: str, as_: Account | None) -> Response:
    return decide(case_id, "dismissed", as_)


OPERATIONS: dict[str, Operation] = {"list": read_list, "get": case_of, "decide": dismiss}


def a_deputy() -> Account:
    """An administrator with a profile."""
    admin = an_admin()
    assert api.post("/users", a_new_user(), as_=admin).status == 201
    return admin


CALLERS: list[tuple[str, Callable[[], Account | None], int, str]] = [
    ("anonymous", lambda: None, 401, "Unauthorized"),
    ("an ID token", lambda: with_id_token(an_admin()), 401, "AccessTokenRequired"),
    ("a newcomer", an_account, 403, "AdminsOnly"),
    ("an artist", an_artist, 403, "AdminsOnly"),
    ("a recruiter", a_recruiter, 403, "AdminsOnly"),
    ("a suspended administrator", lambda: suspended(a_deputy()), 403, "AccountSuspended"),
    ("a deleted administrator", lambda: deleted(a_deputy()), 403, "AccountSuspended"),
]


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    ("caller", "status", "code"), [each[1:] for each in CALLERS], ids=[each[0] for each in CALLERS]
)
def test_only_active_administrators_work_the_queue(
    operation: str, caller: Callable[[], Account | None], status: int, code: str
) -> None:
    _, casting = an_open_casting()
    reported(of_casting(casting), an_artist())

    answer = OPERATIONS[operation](f"casting:{casting['castingId']}", caller())

    assert (answer.status, answer.code) == (status, code)


@pytest.mark.parametrize("operation", ["get", "decide"])
@pytest.mark.parametrize("case_id", ["user:unknown", "unknown", "%00", "x" * 3000])
def test_an_unknown_case_gets_404(operation: str, case_id: str) -> None:
    answer = OPERATIONS[operation](case_id, the_admin())

    assert (answer.status, answer.code) == (404, "NotFound")


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]
    _, casting = an_open_casting()
    reported(of_casting(casting), an_artist())
    path = f"/admin/cases/casting:{casting['castingId']}/decision"

    answer = api.put(path, content, as_=the_admin(), content_type=content_type)

    assert (answer.status, answer.code) == (status, code)


def test_a_case_has_all_reports_of_one_thing() -> None:
    recruiter, casting = an_open_casting()
    one, other = an_artist(), an_artist()
    reported(of_casting(casting, reason="fee", text="Asked me to pay."), one)
    reported(of_casting(casting, reason="fraud"), other)
    case_id = f"casting:{casting['castingId']}"

    file = case_of(case_id, the_admin()).json

    case = file["case"]
    assert (case["caseId"], case["kind"], case["ownerId"]) == (
        case_id,
        "casting",
        recruiter.user_id,
    )
    assert (case["status"], case["reporterCount"]) == ("open", 2)
    assert case["reasons"] == {"fee": 1, "fraud": 1}
    assert case["flags"] == []
    seen = {each["reporterId"]: (each["reason"], each["text"]) for each in file["reports"]}
    assert seen == {one.user_id: ("fee", "Asked me to pay."), other.user_id: ("fraud", None)}
    assert file["decision"] is None


def test_the_reports_of_a_case_come_in_pages() -> None:
    _, casting = an_open_casting()
    artists = [an_artist() for _ in range(3)]
    reported(of_casting(casting), *artists)
    case_id = f"casting:{casting['castingId']}"

    first = case_of(case_id, the_admin(), "?limit=2").json
    rest = case_of(case_id, the_admin(), f"?limit=2&cursor={first['next']}").json

    assert rest["next"] is None
    found = [each["reporterId"] for each in first["reports"] + rest["reports"]]
    assert sorted(found) == sorted(each.user_id for each in artists)
    forged = case_of(case_id, the_admin(), "?cursor=forged")
    assert (forged.status, forged.code) == (400, "BadCursor")


def _ids(items: list[dict[str, Any]], among: list[str]) -> list[str]:
    return [each["caseId"] for each in items if each["caseId"] in among]


def test_cases_are_listed_newest_first_by_reason_and_by_the_number_of_reporters() -> None:
    people = [a_recruiter() for _ in range(3)]
    one, two, three = (f"user:{each.user_id}" for each in people)
    reported(of_user(people[0].user_id, reason="hate"), an_artist(), an_artist(), an_artist())
    reported(of_user(people[1].user_id, reason="hate"), an_artist())
    reported(of_user(people[1].user_id, reason="spam"), an_artist())
    reported(of_user(people[2].user_id, reason="spam"), an_artist())

    all_three = [one, two, three]
    assert _ids(listed(), all_three) == [three, two, one]
    assert _ids(listed("sort=reporters"), all_three) == [one, two, three]
    assert _ids(listed("reason=hate"), all_three) == [two, one]
    assert _ids(listed("reason=hate&sort=reporters"), all_three) == [one, two]
    assert _ids(listed("reason=spam"), all_three) == [three, two]
    assert _ids(listed("reason=minor"), all_three) == []
    assert _ids(listed("reason=flag"), all_three) == []


def test_pages_of_cases_together_are_the_whole_list() -> None:
    for _ in range(3):
        reported(of_user(a_recruiter().user_id, reason="copyright"), an_artist())
    whole = [each["caseId"] for each in listed("reason=copyright")]

    found, cursor = [], ""
    while cursor is not None:
        query = f"reason=copyright&limit=1{cursor and f'&cursor={cursor}'}"
        page = api.get(f"/admin/cases?{query}", as_=the_admin()).json
        found += [each["caseId"] for each in page["items"]]
        cursor = page["next"]

    assert found == whole
    other = api.get("/admin/cases?reason=copyright&limit=1", as_=the_admin()).json["next"]
    refused = api.get(f"/admin/cases?reason=hate&cursor={other}", as_=the_admin())
    assert (refused.status, refused.code) == (400, "BadCursor")


@pytest.mark.parametrize("query", ["reason=dislike", "sort=oldest", "limit=0", "colour=red"])
def test_an_unknown_filter_is_refused(query: str) -> None:
    assert api.get(f"/admin/cases?{query}", as_=the_admin()).status == 422


def test_a_dismissed_case_leaves_the_lists_and_reaches_its_reporters() -> None:
    admin, artist, (_, casting) = an_admin(), an_artist(), an_open_casting()
    reported(of_casting(casting, reason="minor"), artist)
    case_id = f"casting:{casting['castingId']}"

    answer = decide(case_id, "dismissed", admin)

    assert (answer.status, answer.json["status"]) == (200, "decided")
    assert _ids(listed("reason=minor"), [case_id]) == _ids(listed(), [case_id]) == []
    file = case_of(case_id, admin).json
    assert file["decision"] == {
        "outcome": "dismissed",
        "reason": "Looked at it.",
        "by": admin.user_id,
        "createdAt": file["decision"]["createdAt"],
    }
    assert [each["reporterId"] for each in file["reports"]] == [artist.user_id]
    [seen] = own(artist)
    assert (seen["outcome"], seen["decidedAt"]) == ("dismissed", file["decision"]["createdAt"])
    assert admin.user_id not in str(seen)
    assert actions(case_id) == ["dismissed"]
    assert api.get(f"/castings/{casting['castingId']}").status == 200


def test_a_decision_can_take_down_the_casting() -> None:
    artist, (recruiter, casting) = an_artist(), an_open_casting()
    reported(of_casting(casting), artist)
    case_id = f"casting:{casting['castingId']}"

    assert decide(case_id, "removed", the_admin()).status == 200

    assert api.get(f"/castings/{casting['castingId']}").status == 404
    mine = api.get(f"/castings/{casting['castingId']}", as_=recruiter).json
    assert mine["takedown"]["reason"] == "Looked at it."
    assert actions(case_id) == ["upheld", "removed"]
    assert own(artist)[0]["outcome"] == "removed"


def test_a_decision_can_suspend_the_account() -> None:
    artist, (recruiter, casting) = an_artist(), an_open_casting()
    reported(of_user(recruiter.user_id), artist)
    reported(of_casting(casting), artist)

    assert decide(f"user:{recruiter.user_id}", "suspended", the_admin()).status == 200
    assert decide(f"casting:{casting['castingId']}", "suspended", the_admin()).status == 200

    assert api.get(f"/users/{recruiter.user_id}", as_=artist).status == 404
    assert actions(f"user:{recruiter.user_id}") == ["upheld", "suspended"]
    assert [each["outcome"] for each in own(artist)] == ["suspended"] * 2


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [("user", "removed"), ("upload", "removed"), ("user", "deleted"), ("casting", "deleted")],
)
def test_an_outcome_that_does_not_fit_is_refused(kind: str, outcome: str) -> None:
    recruiter, casting = an_open_casting()
    media_id = an_upload(recruiter)
    subject = {
        "user": (of_user(recruiter.user_id), f"user:{recruiter.user_id}"),
        "casting": (of_casting(casting), f"casting:{casting['castingId']}"),
        "upload": (of_upload(recruiter, media_id), f"upload:{recruiter.user_id}.{media_id}"),
    }
    report, case_id = subject[kind]
    reported(report, an_artist())

    answer = decide(case_id, outcome, the_admin())

    assert (answer.status, answer.code) == (409, "OutcomeNotPossible")
    assert actions(case_id) == []


def test_the_same_decision_again_changes_nothing_and_another_one_is_refused() -> None:
    _, casting = an_open_casting()
    reported(of_casting(casting), an_artist())
    case_id = f"casting:{casting['castingId']}"
    first = decide(case_id, "dismissed", the_admin())

    assert decide(case_id, "dismissed", an_admin()).json == first.json
    other = decide(case_id, "suspended", the_admin())

    assert (other.status, other.code) == (409, "CaseDecided")
    assert actions(case_id) == ["dismissed"]


def test_a_new_report_opens_a_decided_case_again() -> None:
    artist, (_, casting) = an_artist(), an_open_casting()
    case_id = f"casting:{casting['castingId']}"
    reported(of_casting(casting, reason="fee"), artist)
    decide(case_id, "dismissed", the_admin())

    reported(of_casting(casting, reason="fraud"), artist)

    case = case_of(case_id, the_admin()).json["case"]
    assert (case["status"], case["reasons"]) == ("open", {"fraud": 1})
    assert [each["outcome"] for each in own(artist)] == [None, "dismissed"]
    assert _ids(listed("reason=fee"), [case_id]) == []
    assert _ids(listed("reason=fraud"), [case_id]) == [case_id]


def test_a_case_that_changed_since_is_not_decided() -> None:
    _, casting = an_open_casting()
    case_id = f"casting:{casting['castingId']}"
    reported(of_casting(casting), an_artist())
    seen = case_of(case_id, the_admin()).json["case"]["version"]
    reported(of_casting(casting), an_artist())

    answer = decide(case_id, "dismissed", the_admin(), if_match=f'"{seen}"')

    assert (answer.status, answer.code) == (412, "Stale")
    assert decide(case_id, "dismissed", the_admin(), if_match=f'"{seen + 1}"').status == 200


def test_administrators_do_not_decide_about_themselves() -> None:
    admin = a_deputy()
    reported(of_user(admin.user_id), an_artist())

    answer = decide(f"user:{admin.user_id}", "dismissed", admin)

    assert (answer.status, answer.code) == (409, "OwnAccount")


@pytest.mark.parametrize("attempt", range(3))
def test_two_administrators_at_once_decide_once(attempt: int) -> None:
    artist, (_, casting) = an_artist(), an_open_casting()
    reported(of_casting(casting), artist)
    case_id = f"casting:{casting['castingId']}"

    answers = api.all_at_once(
        *[lambda: decide(case_id, "dismissed", the_admin())] * 2,
        lambda: decide(case_id, "removed", the_admin()),
    )

    assert {each.status for each in answers} <= {200, 409, 503}
    decisions = [each for each in entries(case_id) if each["action"] in ("dismissed", "upheld")]
    assert len(decisions) == 1
    outcome = own(artist)[0]["outcome"]
    assert (outcome == "dismissed") == (decisions[0]["action"] == "dismissed")


@pytest.mark.parametrize("attempt", range(3))
def test_a_report_during_a_decision_is_never_lost(attempt: int) -> None:
    early, late, (_, casting) = an_artist(), an_artist(), an_open_casting()
    case_id = f"casting:{casting['castingId']}"
    reported(of_casting(casting), early)

    _, made = api.all_at_once(
        lambda: decide(case_id, "dismissed", the_admin()),
        lambda: api.post("/reports", of_casting(casting), as_=late),
    )

    assert made.status == 201
    case = case_of(case_id, the_admin()).json["case"]
    is_answered = own(late)[0]["outcome"] == "dismissed"
    assert case["status"] == ("decided" if is_answered else "open")


def test_an_expired_case_is_gone_before_its_item_is() -> None:
    recruiter, artist = a_recruiter(), an_artist()
    case_id = f"user:{recruiter.user_id}"
    reported(of_user(recruiter.user_id, reason="sexual"), artist)
    for item in table("REPORTS_TABLE").scan()["Items"]:
        if item["caseId"] == case_id:
            table("REPORTS_TABLE").put_item(Item=item | {"expiresAt": 1})

    assert case_of(case_id, the_admin()).status == 404
    assert _ids(listed("reason=sexual"), [case_id]) == []

    reported(of_user(recruiter.user_id, reason="spam"), artist)
    assert case_of(case_id, the_admin()).json["case"]["reasons"] == {"spam": 1}
    assert _ids(listed("reason=sexual"), [case_id]) == []
