"""GET /v1/users/me/relations."""

import pytest

from artisthub.relations import repository
from tests.api import api
from tests.api.applications.given import Situation, applied
from tests.api.builders import a_casting, a_recruiter, an_account, an_artist, with_id_token

PATH = "/users/me/relations"


def test_an_anonymous_caller_is_refused() -> None:
    assert api.get(PATH).code == "Unauthorized"


def test_an_id_token_is_refused() -> None:
    assert api.get(PATH, as_=with_id_token(an_artist())).code == "AccessTokenRequired"


def test_without_ids_there_are_no_relations() -> None:
    assert api.get(PATH, as_=an_account()).json == {"castings": [], "people": []}


def test_a_casting_is_saved_and_applied_for_with_a_status() -> None:
    it = Situation("shortlisted")
    other, saved = (a_casting(it.recruiter, "open") for _ in range(2))
    api.call("PUT", f"/users/me/saved-castings/{saved['castingId']}", as_=it.artist)
    ids = [each["castingId"] for each in (it.casting, other, saved, it.casting)]

    answer = api.get(f"{PATH}?castings={','.join(ids)},unknown", as_=it.artist)

    application = {"applicationId": it.application["applicationId"], "castingId": ids[0]}
    application |= {"roleId": it.application["roleId"], "status": "shortlisted"}
    assert answer.json["castings"] == [
        {"castingId": ids[0], "isSaved": False, "applications": [application]},
        {"castingId": ids[1], "isSaved": False, "applications": []},
        {"castingId": ids[2], "isSaved": True, "applications": []},
        {"castingId": "unknown", "isSaved": False, "applications": []},
    ]


def test_every_application_for_a_casting_is_there() -> None:
    artist, roles = an_artist(), [{"title": "One"}, {"title": "Two"}]
    casting = a_casting(status="open", roles=roles)
    for role in casting["roles"]:
        applied(casting, artist, roleId=role["roleId"])

    [relation] = api.get(f"{PATH}?castings={casting['castingId']}", as_=artist).json["castings"]

    assert {each["roleId"] for each in relation["applications"]} == {"r1-1", "r1-2"}


def test_others_applications_and_saves_are_not_seen() -> None:
    it = Situation()
    api.call("PUT", f"/users/me/saved-castings/{it.casting['castingId']}", as_=it.artist)
    path = f"{PATH}?castings={it.casting['castingId']}&people={it.artist.user_id}"

    relations = api.get(path, as_=it.recruiter).json

    assert [each["applications"] for each in relations["castings"]] == [[]]
    assert not relations["castings"][0]["isSaved"]


def test_people_are_connected_asked_or_blocked() -> None:
    me, friend, asked, asking, enemy, stranger = (an_artist() for _ in range(6))
    api.post("/connections", {"userId": friend.user_id}, as_=me)
    api.put(f"/connections/{me.user_id}", {"answer": "accepted"}, as_=friend)
    api.post("/connections", {"userId": asked.user_id}, as_=me)
    api.post("/connections", {"userId": me.user_id}, as_=asking)
    api.call("PUT", f"/users/{enemy.user_id}/block", as_=me)
    people = [friend, asked, asking, enemy, stranger]

    answer = api.get(f"{PATH}?people={','.join(each.user_id for each in people)}", as_=me)

    found = answer.json["people"]
    assert [each["userId"] for each in found] == [each.user_id for each in people]
    assert [(each["connection"], each["direction"], each["isBlocked"]) for each in found] == [
        ("accepted", None, False),
        ("pending", "outgoing", False),
        ("pending", "incoming", False),
        (None, None, True),
        (None, None, False),
    ]


def test_nobody_learns_by_whom_they_are_blocked() -> None:
    me, blocking, stranger = an_artist(), an_artist(), an_artist()
    api.post("/connections", {"userId": blocking.user_id}, as_=me)
    api.call("PUT", f"/users/{me.user_id}/block", as_=blocking)
    path = f"{PATH}?people={blocking.user_id},{stranger.user_id}"

    first, second = api.get(path, as_=me).json["people"]

    assert first == second | {"userId": blocking.user_id}


def test_applications_are_null_instead_of_wrong_after_too_many_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    artist = an_artist()
    first, *_, last = [a_casting(a_recruiter(), "open") for _ in range(3)]
    for casting in (first, last):
        applied(casting, artist)
    monkeypatch.setattr(repository, "MOST_READS", 1)
    monkeypatch.setattr(repository, "SUMMARY_UNITS", 40)  # only one application fits
    path = f"{PATH}?castings={first['castingId']},{last['castingId']}"

    seen = api.get(path, as_=artist).json["castings"]

    assert [each["applications"] and len(each["applications"]) for each in seen] == [None, 1]
    [recent] = api.get(f"{PATH}?castings={last['castingId']}", as_=artist).json["castings"]
    assert len(recent["applications"]) == 1


@pytest.mark.parametrize("name", ["castings", "people"])
@pytest.mark.parametrize("value", ["", ",".join(["a"] * 21), "a" * 37])
def test_too_many_ids_are_refused(name: str, value: str) -> None:
    assert api.get(f"{PATH}?{name}={value}", as_=an_account()).code == "Invalid"


def test_own_applications_are_counted_by_status() -> None:
    it = Situation("viewed")
    for _ in range(2):
        applied(a_casting(it.recruiter, "open"), it.artist)
    path = "/users/me/applications"

    page = api.get(f"{path}?counts=true&limit=1&status=viewed", as_=it.artist).json

    assert page["counts"] == {"viewed": 1, "submitted": 2}
    assert page["countedAll"] is True
    assert len(page["items"]) == 1
    assert api.get(path, as_=it.artist).json["counts"] is None


def test_too_many_applications_are_counted_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    it = Situation("viewed")
    applied(a_casting(it.recruiter, "open"), it.artist)
    monkeypatch.setattr(repository, "MOST_READS", 1)
    monkeypatch.setattr(repository, "SUMMARY_UNITS", 20)

    page = api.get("/users/me/applications?counts=true", as_=it.artist).json

    assert (page["counts"], page["countedAll"]) == ({"submitted": 1}, False)
    assert len(page["items"]) == 2
