"""People under 18: none can join, and older profiles of theirs are hidden."""

from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import (
    a_casting,
    a_minor,
    a_name,
    a_new_user,
    a_recruiter,
    an_account,
    an_admin,
    an_artist,
    born,
    stored,
    table,
    years_ago,
)
from tests.api.search.given import a_word, an_indexed_casting, entries_of, index, indexed, users
from tests.streams import record


def applied(artist: Account, casting: Any) -> Response:
    body = {"roleId": casting["roles"][0]["roleId"], "shareContact": True}
    return api.post(f"/castings/{casting['castingId']}/applications", body, as_=artist)


def connected(one: Account, other: Account) -> None:
    api.post("/connections", {"userId": other.user_id}, as_=one)
    answer = api.put(f"/connections/{one.user_id}", {"answer": "accepted"}, as_=other)
    assert answer.status == 200, answer.text


@pytest.mark.parametrize("role", ["artist", "recruiter"])
@pytest.mark.parametrize(("years", "days"), [(18, -1), (17, 0), (0, 0)])
def test_nobody_under_18_gets_a_profile(role: str, years: int, days: int) -> None:
    born_on = years_ago(years, days).isoformat()
    account, body = an_account(), a_new_user(role=role, bornOn=born_on)

    answer = api.post("/users", body, as_=account)

    assert (answer.status, answer.code) == (422, "Invalid")
    assert answer.json["errors"] == [
        {"pointer": "/bornOn", "detail": "must be at least 18 years ago"}
    ]
    assert stored("USERS_TABLE", userId=account.user_id) is None
    assert stored("USERNAMES_TABLE", username=body["username"]) is None


def test_a_profile_is_possible_from_the_18th_birthday() -> None:
    answer = api.post("/users", a_new_user(bornOn=years_ago(18).isoformat()), as_=an_account())

    assert (answer.status, answer.json["age"]) == (201, 18)


def test_a_profile_keeps_an_adults_birth_date() -> None:
    artist = an_artist(bornOn="1990-01-02")

    for born_on in (None, years_ago(18, -1).isoformat()):
        answer = api.patch("/users/me", {"bornOn": born_on}, as_=artist, if_match="*")

        assert (answer.status, answer.wrong) == (422, {"/bornOn"})
    item = stored("USERS_TABLE", userId=artist.user_id)
    assert item
    assert (item["bornOn"], item["version"]) == ("1990-01-02", 1)


def test_an_adult_can_correct_the_birth_date() -> None:
    artist, born_on = an_artist(bornOn="1990-01-02"), years_ago(20)

    answer = api.patch("/users/me", {"bornOn": born_on.isoformat()}, as_=artist, if_match="*")

    assert (answer.status, answer.json["age"]) == (200, 20)


def test_a_profile_without_a_birth_date_works_and_gives_it_with_its_next_change() -> None:
    artist = born(an_artist(), None)
    other = an_artist()

    assert api.get(f"/users/{artist.user_id}", as_=other).status == 200
    assert applied(artist, a_casting(status="open")).status == 201
    refused = api.patch("/users/me", {"city": "Pune"}, as_=artist, if_match="*")
    assert (refused.status, refused.wrong) == (422, {"/bornOn"})
    given = {"city": "Pune", "bornOn": "1990-01-02"}
    assert api.patch("/users/me", given, as_=artist, if_match="*").json["city"] == "Pune"


def test_a_minor_can_change_the_profile_but_not_become_an_adult() -> None:
    minor = a_minor(an_artist())

    assert api.patch("/users/me", {"city": "Pune"}, as_=minor, if_match="*").status == 200
    answer = api.patch("/users/me", {"bornOn": "1990-01-02"}, as_=minor, if_match="*")
    assert (answer.status, answer.wrong) == (422, {"/bornOn"})


@pytest.mark.parametrize("path", ["/users/{id}", "/usernames/{name}"])
def test_a_profile_under_18_looks_unknown_to_others(path: str) -> None:
    name, friend = a_name(), an_artist()
    minor = an_artist(username=name)
    connected(minor, friend)
    a_minor(minor)

    def seen(viewer: Account) -> int:
        return api.get(path.format(id=minor.user_id, name=name), as_=viewer).status

    assert [seen(viewer) for viewer in (friend, a_recruiter(), an_account())] == [404] * 3
    assert [seen(viewer) for viewer in (minor, an_admin())] == [200] * 2
    assert api.call("POST", f"/users/{minor.user_id}/views", as_=friend).status == 404


def test_searches_and_matches_leave_out_profiles_under_18() -> None:
    word, recruiter = a_word(), a_recruiter()
    artist = indexed(an_artist(displayName=word, skills=[word], categories=["dance"]))
    role = {"title": "Dancer", "requirements": {"skills": [word]}}
    casting = a_casting(recruiter, status="open", roles=[role])
    matching = f"/castings/{casting['castingId']}/matching-artists"
    assert users(recruiter, name=word) == [artist.user_id]

    indexed(a_minor(artist))

    assert users(recruiter, name=word) == users(recruiter, skill=word) == []
    matched = api.get(matching, as_=recruiter).json["items"]
    assert artist.user_id not in [each["artist"]["userId"] for each in matched]


def test_applications_and_notifications_do_not_show_a_profile_under_18() -> None:
    recruiter = a_recruiter()
    casting, minor = a_casting(recruiter, status="open"), an_artist()
    application_id = applied(minor, casting).json["applicationId"]

    a_minor(minor)

    path = f"/castings/{casting['castingId']}/applications"
    [listed] = api.get(path, as_=recruiter).json["items"]
    read = api.get(f"{path}/{application_id}", as_=recruiter).json
    assert (listed["artist"], listed["contact"]) == (None, None)
    assert (read["artist"], read["contact"]) == (None, None)


def test_a_minor_can_neither_apply_nor_connect() -> None:
    minor, other = a_minor(an_artist()), an_artist()
    api.post("/connections", {"userId": minor.user_id}, as_=other)
    asked = api.post("/connections", {"userId": other.user_id}, as_=minor)
    sought = api.post("/connections", {"userId": minor.user_id}, as_=other)
    apply = applied(minor, a_casting(status="open"))

    assert (asked.status, asked.code) == (403, "AdultsOnly")
    assert (sought.status, sought.code) == (404, "NotFound")
    assert (apply.status, apply.code) == (403, "AdultsOnly")


def test_a_minor_can_decline_a_request_but_not_accept_it() -> None:
    minor, other = an_artist(), an_artist()
    api.post("/connections", {"userId": minor.user_id}, as_=other)
    a_minor(minor)
    path = f"/connections/{other.user_id}"

    accepted = api.put(path, {"answer": "accepted"}, as_=minor)
    declined = api.put(path, {"answer": "declined"}, as_=minor)

    assert (accepted.status, accepted.code) == (403, "AdultsOnly")
    assert declined.status == 200


def test_a_recruiter_under_18_can_neither_publish_nor_read_applications() -> None:
    recruiter, artist = a_recruiter(), an_artist()
    draft, casting = a_casting(recruiter), a_casting(recruiter, status="open")
    application = applied(artist, casting).json["applicationId"]
    a_minor(recruiter)
    path = f"/castings/{casting['castingId']}/applications"

    answers = [
        api.put(f"/castings/{draft['castingId']}/status", {"status": "open"}, as_=recruiter),
        api.get(path, as_=recruiter),
        api.get(f"{path}/{application}", as_=recruiter),
        api.put(f"{path}/{application}/status", {"status": "viewed"}, as_=recruiter),
    ]

    assert {(each.status, each.code) for each in answers} == {(403, "AdultsOnly")}
    closing = api.put(
        f"{path[: -len('/applications')]}/status", {"status": "closed"}, as_=recruiter
    )
    assert closing.status == 200


@pytest.mark.weakness(69)
def test_the_castings_of_a_recruiter_under_18_look_unknown_to_others() -> None:
    word, recruiter, artist = a_word(), a_recruiter(), an_artist()
    casting_id = an_indexed_casting(indexed(recruiter), title=word)["castingId"]
    page = f"/recruiters/{recruiter.user_id}"

    def found() -> list[list[str]]:
        lists = (f"/castings?text={word}", f"/castings?ids={casting_id}", f"{page}/castings")
        items = [api.get(path, as_=artist).json["items"] for path in lists]
        return [[each["castingId"] for each in of_list] for of_list in items]

    assert found() == [[casting_id]] * 3
    api.call("PUT", f"/users/me/saved-castings/{casting_id}", as_=artist)

    indexed(a_minor(recruiter))
    index("casting", casting_id)

    assert found() == [[], [], []]
    assert api.get(page).status == api.get(f"/castings/{casting_id}").status == 404
    [saved] = api.get("/users/me/saved-castings", as_=artist).json["items"]
    assert saved["casting"]["recruiter"] is None
    assert api.get(f"/castings/{casting_id}", as_=recruiter).status == 200


def test_one_change_of_a_birth_date_takes_the_castings_out_of_the_index() -> None:
    recruiter = indexed(a_recruiter())  # with a card, which says the age
    casting_id = an_indexed_casting(recruiter)["castingId"]
    before = stored("USERS_TABLE", userId=recruiter.user_id)
    a_minor(recruiter)
    after = stored("USERS_TABLE", userId=recruiter.user_id)
    assert entries_of(casting_id)

    name = table("USERS_TABLE").name
    assert api.consume("indexer", record(old=before, new=after, table=name)) == []

    assert entries_of(casting_id) == []


def test_a_minor_can_leave_and_take_the_data_along() -> None:
    minor = a_minor(an_artist())

    assert api.get("/users/me/export", as_=minor).status == 200
    assert api.call("DELETE", "/users/me", as_=minor).status == 204
