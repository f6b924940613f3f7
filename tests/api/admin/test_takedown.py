"""PUT and DELETE /v1/admin/castings/{castingId}/takedown, and who sees such a casting."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api import api
from tests.api.admin.given import actions, entries, reinstate, take_down
from tests.api.api import Account, Response
from tests.api.applications.given import Situation, a_new_application, applied
from tests.api.builders import (
    BROKEN_BODIES,
    STATUS_PATHS,
    a_casting,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    stored,
    taken_down,
    the_admin,
    with_id_token,
)

A_NEW_DOCUMENT = {"title": "Script", "url": "https://files.example/script.pdf", "kind": "script"}


def path_of(casting: Any) -> str:
    return f"/castings/{casting['castingId']}"


@pytest.mark.parametrize("operation", [take_down, reinstate])
@pytest.mark.parametrize("casting_id", ["unknown", "%00", "x" * 3000])
def test_an_unknown_casting_gets_404(operation: Callable[..., Response], casting_id: str) -> None:
    answer = operation(casting_id, the_admin())

    assert (answer.status, answer.code) == (404, "NotFound")


@pytest.mark.parametrize("problem", BROKEN_BODIES)
def test_a_broken_body_is_refused(problem: str) -> None:
    content, content_type, status, code = BROKEN_BODIES[problem]
    casting = a_casting(status="open")

    answer = api.put(
        f"/admin{path_of(casting)}/takedown", content, as_=the_admin(), content_type=content_type
    )

    assert (answer.status, answer.code) == (status, code)
    assert api.get(path_of(casting)).json == casting


@pytest.mark.parametrize("status", STATUS_PATHS)
def test_a_casting_in_any_status_can_be_taken_down_and_reinstated(status: str) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, status)

    removed = take_down(casting["castingId"], the_admin())

    version, now = casting["version"], removed.json["updatedAt"]
    takedown = {"reason": "Not genuine.", "at": now, "statusBefore": status}
    changed = {"status": "removed", "takedown": takedown, "updatedAt": now}
    assert (removed.status, removed.etag) == (200, f'"{version + 1}"')
    assert removed.json == casting | changed | {"version": version + 1}
    assert api.get(path_of(casting), as_=recruiter).json == removed.json

    again = reinstate(casting["castingId"], the_admin())

    assert again.status == 200
    assert again.json == casting | {"updatedAt": again.json["updatedAt"], "version": version + 2}
    assert api.get(path_of(casting), as_=recruiter).json == again.json
    item = stored("CASTING_TABLE", castingId=casting["castingId"])
    assert item
    assert "takedown" not in item


VALUES: dict[str, Any] = {
    "title": "THE-TITLE",
    "description": "THE-DESCRIPTION",
    "city": "THE-CITY",
    "tags": ["THE-TAG"],
    "roles": [{"title": "THE-ROLE", "description": "THE-PART"}],
}


@pytest.mark.parametrize(
    "someone",
    [lambda: None, an_account, an_artist, a_recruiter],
    ids=["anonymous", "without a profile", "an artist", "a recruiter"],
)
def test_a_casting_taken_down_does_not_exist_for_others(
    someone: Callable[[], Account | None],
) -> None:
    casting, caller = taken_down(a_casting(status="open", **VALUES), "THE-REASON"), someone()

    for headers in ({}, {"if_none_match": "*"}, {"if_none_match": '"3"'}):
        answer = api.get(path_of(casting), as_=caller, **headers)

        assert (answer.status, answer.code) == (404, "NotFound")
        assert "THE-" not in answer.text
        assert casting["recruiterId"] not in answer.text
    unknown = api.get("/castings/unknown", as_=caller).json
    assert answer.json | {"instance": ""} == unknown | {"instance": ""}


def test_the_id_token_of_an_administrator_reads_no_casting_that_was_taken_down() -> None:
    casting = taken_down(a_casting(status="open"), "THE-REASON")

    assert api.get(path_of(casting), as_=with_id_token(an_admin())).status == 401


def test_its_recruiter_and_administrators_see_the_casting_and_the_reason() -> None:
    recruiter = a_recruiter()
    casting = taken_down(a_casting(recruiter, "open", **VALUES), "THE-REASON")

    for someone in (recruiter, the_admin()):
        assert api.get(path_of(casting), as_=someone).json == casting
    assert casting["takedown"]["reason"] == "THE-REASON"


def test_lists_show_a_casting_taken_down_only_to_its_recruiter_and_administrators() -> None:
    recruiter = a_recruiter()
    shown = a_casting(recruiter, "open")
    removed = taken_down(a_casting(recruiter, "open"))
    path = f"/recruiters/{recruiter.user_id}/castings"

    for someone in (recruiter, the_admin()):
        listed = api.get(path, as_=someone).json["items"]
        assert [(each["castingId"], each["status"]) for each in listed] == [
            (removed["castingId"], "removed"),
            (shown["castingId"], "open"),
        ]
    for other in (an_account(), an_artist(), a_recruiter()):
        listed = api.get(path, as_=other).json["items"]
        assert [each["castingId"] for each in listed] == [shown["castingId"]]


@pytest.mark.parametrize("if_match", ["*", '"3"'])
def test_the_recruiter_cannot_change_a_casting_taken_down(if_match: str) -> None:
    recruiter = a_recruiter()
    casting = taken_down(a_casting(recruiter, "open"))

    changes = [
        api.patch(path_of(casting), {"title": "Mine"}, as_=recruiter, if_match=if_match),
        api.call("DELETE", path_of(casting), as_=recruiter),
        api.post(f"{path_of(casting)}/documents", A_NEW_DOCUMENT, as_=recruiter),
        api.call("DELETE", f"{path_of(casting)}/documents/some", as_=recruiter),
        *(
            api.put(f"{path_of(casting)}/status", {"status": status}, as_=recruiter)
            for status in STATUS_PATHS
        ),
    ]

    assert {(each.status, each.code) for each in changes} == {(409, "CastingTakenDown")}
    assert api.get(path_of(casting), as_=recruiter).json == casting


@pytest.mark.parametrize("someone", [an_artist, a_recruiter])
def test_changing_a_casting_taken_down_gets_404_for_others(someone: Callable[[], Account]) -> None:
    casting, caller = taken_down(a_casting(status="open")), someone()

    changes = [
        api.patch(path_of(casting), {"title": "Mine"}, as_=caller, if_match="*"),
        api.put(f"{path_of(casting)}/status", {"status": "open"}, as_=caller),
        api.call("DELETE", path_of(casting), as_=caller),
        api.post(f"{path_of(casting)}/documents", A_NEW_DOCUMENT, as_=caller),
        api.call("POST", f"{path_of(casting)}/views", as_=caller),
        api.get(f"{path_of(casting)}/applications", as_=caller),
    ]

    assert {(each.status, each.code) for each in changes} == {(404, "NotFound")}


def test_a_recruiter_cannot_take_down_their_own_casting() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, "open")

    answer = api.put(f"{path_of(casting)}/status", {"status": "removed"}, as_=recruiter)

    assert (answer.status, answer.wrong) == (422, {"/status"})
    assert api.get(path_of(casting)).json == casting


def test_applying_to_a_casting_taken_down_is_refused() -> None:
    casting = taken_down(a_casting(status="open"))

    answer = api.post(
        f"{path_of(casting)}/applications", a_new_application(casting), as_=an_artist()
    )

    assert (answer.status, answer.code) == (404, "NotFound")


def test_applications_survive_a_takedown() -> None:
    recruiter, artist = a_recruiter(), an_artist()
    casting = a_casting(recruiter, "open")
    mine = applied(casting, artist)
    taken_down(casting)
    reinstate(casting["castingId"], the_admin())

    listed = api.get(f"{path_of(casting)}/applications", as_=recruiter).json["items"]
    assert [each["applicationId"] for each in listed] == [mine["applicationId"]]
    assert applied(casting, an_artist())["status"] == "submitted"


@pytest.mark.weakness(10)
def test_the_recruiter_of_a_casting_taken_down_neither_reads_nor_moves_applications() -> None:
    it = Situation("shortlisted", shareContact=True, note="Call me")
    taken_down(it.casting)
    audition = {"startsAt": "2030-01-01T00:00:00Z", "link": "https://away.example"}
    path = path_of(it.casting)

    refused = [
        api.get(it.path, as_=it.recruiter),
        api.get(f"{path}/applications", as_=it.recruiter),
        api.get(f"{path}/applications?status=shortlisted", as_=it.recruiter),
        api.get(f"{path}/matching-artists", as_=it.recruiter),
        api.put(f"{it.path}/status", {"status": "declined"}, as_=it.recruiter),
        api.put(
            f"{it.path}/status", {"status": "audition", "audition": audition}, as_=it.recruiter
        ),
    ]

    assert {(each.status, each.code) for each in refused} == {(409, "CastingTakenDown")}
    assert api.get(it.path, as_=it.artist).json["status"] == "shortlisted"
    assert api.call("DELETE", it.path, as_=it.artist).status == 200


def test_taking_down_or_reinstating_twice_changes_nothing() -> None:
    casting = a_casting(status="closed")
    subject = f"casting:{casting['castingId']}"

    first = taken_down(casting, "The first reason.")
    assert taken_down(casting, "Another reason.") == first
    assert actions(subject) == ["removed"]

    back = reinstate(casting["castingId"], the_admin())
    assert reinstate(casting["castingId"], the_admin()).json == back.json
    assert actions(subject) == ["reinstated", "removed"]


def test_the_audit_names_administrator_action_time_and_reason() -> None:
    admin, casting = an_admin(), a_casting(status="open")

    removed = take_down(casting["castingId"], admin).json

    [entry] = entries(f"casting:{casting['castingId']}")
    assert entry == {
        "subject": f"casting:{casting['castingId']}",
        "action": "removed",
        "by": admin.user_id,
        "at": removed["takedown"]["at"],
        "reason": "Not genuine.",
    }


@pytest.mark.parametrize("attempt", range(5))
def test_a_concurrent_status_change_never_undoes_a_takedown(attempt: int) -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, "open")

    moved, removed = api.all_at_once(
        lambda: api.put(f"{path_of(casting)}/status", {"status": "closed"}, as_=recruiter),
        lambda: take_down(casting["castingId"], the_admin()),
    )

    assert moved.status in {200, 409, 412, 503}
    assert removed.status in {200, 503}
    seen = api.get(path_of(casting), as_=recruiter).json
    if removed.status == 200:
        assert seen["status"] == "removed"
        before = "closed" if moved.status == 200 else "open"
        assert seen["takedown"]["statusBefore"] == before
