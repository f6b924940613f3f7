"""Reports over HTTP, with enforced permissions and concurrent reporters."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.deployed.people import Person, Service, eventually, problem
from tests.deployed.target import Target
from tests.deployed.test_races import all_at_once
from tests.uploads import PNG, send

pytestmark = pytest.mark.deployed


def of_user(person: Person, **more: Any) -> dict[str, Any]:
    return {"kind": "user", "userId": person.me["userId"], "reason": "spam"} | more


def of_casting(casting: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "casting", "castingId": casting["castingId"], "reason": "fee"} | more


def test_people_and_castings_are_reported_listed_and_exported(service: Service) -> None:
    artist, recruiter = service.person("artist"), service.person("recruiter")
    casting = recruiter.casting("open")

    for _ in range(2):
        made = artist.succeed("POST", "/reports", of_user(recruiter, text="Every night.")).json()
    artist.succeed("POST", "/reports", of_casting(casting))

    listed = artist.succeed("GET", "/reports").json()["items"]
    assert [each["kind"] for each in listed] == ["casting", "user"]
    assert listed[1] == made
    assert recruiter.succeed("GET", "/reports").json()["items"] == []
    exported = artist.succeed("GET", "/users/me/export").json()["sections"]["reports"]
    assert [each.get("text") for each in exported] == ["Every night.", None]


def test_invalid_reports_are_refused(service: Service, artist: Person, recruiter: Person) -> None:
    draft = recruiter.casting()

    assert problem(artist.call("POST", "/reports", of_casting(draft))) == (404, "NotFound")
    assert problem(recruiter.call("POST", "/reports", of_casting(draft))) == (409, "OwnThing")
    assert problem(artist.call("POST", "/reports", of_user(artist))) == (409, "OwnThing")
    assert problem(artist.call("GET", "/reports?cursor=x")) == (400, "BadCursor")


def test_concurrent_reports_of_a_casting_are_all_kept(service: Service) -> None:
    casting = service.person("recruiter").casting("open")
    artists = [service.person("artist") for _ in range(5)]

    def report(artist: Person) -> Callable[[], Any]:
        return lambda: artist.call("POST", "/reports", of_casting(casting))

    answers = all_at_once([report(artist) for artist in artists])

    assert {answer.status_code for answer in answers} == {201}


def test_administrators_find_and_decide_cases(service: Service, admin: Person) -> None:
    artist, recruiter = service.person("artist"), service.person("recruiter")
    casting = recruiter.casting("open")
    castings, people = (
        f"/admin/cases/casting:{casting['castingId']}",
        f"/admin/cases/user:{recruiter.me['userId']}",
    )
    artist.succeed("POST", "/reports", of_casting(casting, text="Asked me to pay."))
    artist.succeed("POST", "/reports", of_user(recruiter))

    for query in ("", "?reason=fee", "?reason=fee&sort=reporters"):
        items = admin.succeed("GET", f"/admin/cases{query}").json()["items"]
        assert casting["castingId"] in str(items)
    assert admin.succeed("GET", castings).json()["reports"][0]["text"] == "Asked me to pay."

    decision = {"outcome": "removed", "reason": "Asks for a fee."}
    for _ in range(2):
        decided = admin.succeed("PUT", f"{castings}/decision", decision).json()
        assert decided["status"] == "decided"
    suspension = {"outcome": "suspended", "reason": "Asks for a fee."}
    admin.succeed("PUT", f"{people}/decision", suspension)

    assert admin.succeed("GET", castings).json()["decision"]["outcome"] == "removed"
    outcomes = [each["outcome"] for each in artist.succeed("GET", "/reports").json()["items"]]
    assert outcomes == ["suspended", "removed"]
    assert problem(artist.call("GET", f"/castings/{casting['castingId']}")) == (404, "NotFound")
    assert problem(artist.call("GET", f"/users/{recruiter.me['userId']}")) == (404, "NotFound")


def test_only_administrators_see_cases(artist: Person, recruiter: Person) -> None:
    for someone in (artist, recruiter):
        for answer in (
            someone.call("GET", "/admin/cases"),
            someone.call("GET", "/admin/cases/user:someone"),
            someone.call("PUT", "/admin/cases/user:someone/decision", {}),
        ):
            assert answer.status_code in (403, 422)


def test_five_established_accounts_hide_a_casting(
    target: Target, service: Service, admin: Person, anonymous: Person
) -> None:
    recruiter = service.person("recruiter")
    casting = recruiter.casting("open")
    path, case = f"/castings/{casting['castingId']}", f"/admin/cases/casting:{casting['castingId']}"
    artists = [service.person("artist") for _ in range(5)]
    for artist in artists:
        target.table("UsersTable").update_item(
            Key={"userId": artist.me["userId"]},
            UpdateExpression="SET createdAt = :at",
            ExpressionAttributeValues={":at": "2026-01-01T00:00:00.000Z"},
        )

    def report(artist: Person) -> Callable[[], Any]:
        return lambda: artist.call("POST", "/reports", of_casting(casting))

    answers = all_at_once([report(artist) for artist in artists])

    assert {answer.status_code for answer in answers} == {201}
    assert problem(anonymous.call("GET", path)) == (404, "NotFound")
    listed = artists[0].succeed("GET", f"/recruiters/{casting['recruiterId']}/castings").json()
    assert listed["items"] == []
    assert recruiter.notified("hidden")["casting"]["castingId"] == casting["castingId"]

    decision = {"outcome": "dismissed", "reason": "A real casting."}
    admin.succeed("PUT", f"{case}/decision", decision)
    assert anonymous.succeed("GET", path).json()["hiddenUntil"] is None


def test_both_sides_are_notified_of_a_decision(service: Service, admin: Person) -> None:
    artist, recruiter = service.person("artist"), service.person("recruiter")
    casting = recruiter.casting("open")
    artist.succeed("POST", "/reports", of_casting(casting))

    decision = {"outcome": "dismissed", "reason": "A real casting."}
    admin.succeed("PUT", f"/admin/cases/casting:{casting['castingId']}/decision", decision)

    assert artist.notified("answered")["outcome"] == "dismissed"
    assert recruiter.notified("cleared")["reason"] == "A real casting."


def test_flagged_texts_are_in_the_queue(service: Service, admin: Person) -> None:
    phone = "Call 98765 43210"
    artist = service.person("artist", bio=phone)
    recruiter = service.person("recruiter")
    casting = recruiter.casting("open", description=phone)
    role_id = casting["roles"][0]["roleId"]
    applying = {"roleId": role_id, "shareContact": False, "note": phone}
    made = artist.succeed("POST", f"/castings/{casting['castingId']}/applications", applying).json()
    user_id, other_id = artist.me["userId"], recruiter.me["userId"]
    artist.succeed("POST", "/connections", {"userId": other_id, "message": phone})
    texts = {
        f"casting:{casting['castingId']}": None,
        f"user:{user_id}": None,
        f"application:{casting['castingId']}.{made['applicationId']}": phone,
        f"connection:{user_id}.{other_id}": phone,
    }

    def files() -> dict[str, Any]:
        read = {case_id: admin.call("GET", f"/admin/cases/{case_id}") for case_id in texts}
        return {
            case_id: answer.json()["text"]
            for case_id, answer in read.items()
            if answer.status_code == 200
        }

    eventually(files, texts)
    decision = {"outcome": "dismissed", "reason": "A misunderstanding."}
    for case_id in texts:
        admin.succeed("PUT", f"/admin/cases/{case_id}/decision", decision)


def test_a_reported_upload_is_deleted(service: Service, admin: Person) -> None:
    artist, reporter = service.person("artist"), service.person("artist")
    body = {"kind": "image", "contentType": "image/png"}
    made = artist.succeed("POST", "/media/uploads", body).json()
    assert send(made, PNG).status_code == 204
    report = {"kind": "upload", "mediaUrl": made["mediaUrl"], "reason": "copyright"}
    reporter.succeed("POST", "/reports", report)

    decision = {"outcome": "deleted", "reason": "Not yours."}
    case = f"upload:{artist.me['userId']}.{made['mediaId']}"
    admin.succeed("PUT", f"/admin/cases/{case}/decision", decision)

    def held() -> list[Any]:
        media: list[Any] = artist.succeed("GET", "/users/me/export").json()["sections"]["media"]
        return media

    eventually(held, [])
    assert reporter.notified("answered")["outcome"] == "deleted"
