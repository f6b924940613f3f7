"""Searches over HTTP find published castings and people, through the indexer and its streams."""

from typing import Any

import pytest

from tests.deployed.people import Person, Service, a_name, eventually, problem

pytestmark = pytest.mark.deployed

PAY = {"kind": "paid", "money": {"amount": 500_000, "currency": "INR"}, "unit": "day"}
CASTING = {
    "title": "Nächtlicher Reigen",
    "description": "தமிழ் நாடகம், हिन्दी में भी।",
    "city": "Calcutta",
    "mode": "hybrid",
    "deadlineAt": "2090-01-02T00:00:00Z",
    "roles": [
        {
            "title": "Ensemble",
            "requirements": {"minAge": 20, "maxAge": 30, "genders": ["female"]},
            "pay": PAY,
        }
    ],
}
FILTERS = [
    "category=dance",
    "city=Kolkata",
    "category=dance&city=kolkata",
    "mode=hybrid",
    "paid=true",
    "minPay=400000&currency=INR",
    "deadlineFrom=2090-01-01&deadlineTo=2090-01-02",
    "age=25&gender=female",
    "text=nachtlicher",
    "text=REIGEN தமிழ் हिन्दी",
    "text=ensemble&sort=closing",
    "sort=closing",
]


def castings(person: Person, query: str) -> list[str]:
    items = person.succeed("GET", f"/castings?{query}&limit=100").json()["items"]
    return [each["castingId"] for each in items]


def users(person: Person, query: str) -> list[str]:
    items = person.succeed("GET", f"/users?{query}&limit=100").json()["items"]
    return [each["userId"] for each in items]


def test_a_casting_is_found_by_its_words_and_disappears_when_it_closes(
    recruiter: Person, anonymous: Person
) -> None:
    tag = a_name()
    draft = recruiter.casting(tags=[tag], **CASTING)
    path, casting_id = f"/castings/{draft['castingId']}", draft["castingId"]
    assert castings(anonymous, f"tag={tag}") == []

    recruiter.succeed("PUT", f"{path}/status", {"status": "open"})

    eventually(lambda: castings(anonymous, f"tag={tag}"), [casting_id], seconds=2)
    for query in FILTERS:
        assert casting_id in castings(anonymous, query), query
        assert castings(anonymous, f"{query}&tag={tag}") == [casting_id], query

    recruiter.succeed("PUT", f"{path}/status", {"status": "closed"})

    for query in (f"tag={tag}", *FILTERS):
        assert casting_id not in castings(anonymous, query), query
    recruiter.succeed("PUT", f"{path}/status", {"status": "open"})
    eventually(lambda: castings(anonymous, f"tag={tag}"), [casting_id])


def test_the_search_index_follows_changes_and_deletion_of_a_casting(
    recruiter: Person, anonymous: Person, index: Any
) -> None:
    tag, other = a_name(), a_name()
    casting_id = recruiter.casting("open", tags=[tag], **CASTING)["castingId"]
    path = f"/castings/{casting_id}"
    eventually(lambda: castings(anonymous, f"tag={tag}"), [casting_id])
    note = {"term": f"document|casting:{casting_id}", "sortKey": "note"}
    assert "Item" in index.get_item(Key=note)

    recruiter.succeed("PATCH", path, {"tags": [other]}, if_match="*")

    assert castings(anonymous, f"tag={tag}") == []
    eventually(lambda: castings(anonymous, f"tag={other}"), [casting_id])
    recruiter.succeed("PUT", f"{path}/status", {"status": "cancelled"})
    recruiter.succeed("DELETE", path)
    assert castings(anonymous, f"tag={other}") == []
    eventually(lambda: "Item" in index.get_item(Key=note), wanted=False)


def test_search_pages_have_every_casting_once_and_in_order(
    recruiter: Person, anonymous: Person
) -> None:
    tag = a_name()
    days = [3, 1, 2]
    ids = [
        recruiter.casting("open", tags=[tag], deadlineAt=f"2090-01-0{day}T00:00:00Z")["castingId"]
        for day in days
    ]
    eventually(lambda: castings(anonymous, f"tag={tag}"), ids[::-1])

    found, after = [], ""
    while after is not None:
        page = anonymous.succeed("GET", f"/castings?tag={tag}&sort=closing&limit=1{after}").json()
        found += [each["castingId"] for each in page["items"]]
        after = page["next"] and f"&cursor={page['next']}"

    assert found == [ids[1], ids[2], ids[0]]


def test_castings_and_people_are_read_by_their_ids(
    service: Service, recruiter: Person, artist: Person, anonymous: Person
) -> None:
    draft, open_one = recruiter.casting()["castingId"], recruiter.casting("open")["castingId"]
    user_id = service.person("artist").me["userId"]

    def found(person: Person, path: str, name: str) -> list[str]:
        return [each[name] for each in person.succeed("GET", path).json()["items"]]

    path = f"/castings?ids={open_one},{draft}"
    eventually(lambda: found(anonymous, path, "castingId"), [open_one])
    eventually(lambda: found(artist, f"/users?ids={user_id},{draft}", "userId"), [user_id])


def test_people_are_found_by_their_public_profile(service: Service, artist: Person) -> None:
    skill = a_name()
    person = service.person(
        "artist", displayName="Zoë Sharmila", city="Madras", skills=[skill], languages=["தமிழ்"]
    )
    user_id = person.me["userId"]

    eventually(lambda: users(artist, f"skill={skill}"), [user_id])
    for query in ("city=Chennai", "language=தமிழ்", "name=zo%20sharm", "text=zoe", "role=artist"):
        assert users(artist, f"{query}&skill={skill}") == [user_id], query

    person.succeed("PATCH", "/users/me", {"privacy": "private"}, if_match="*")
    for query in (f"skill={skill}", f"name={person.me['username']}"):
        assert users(artist, query) == []
    person.succeed("PATCH", "/users/me", {"privacy": "connections"}, if_match="*")
    eventually(lambda: users(artist, f"name={person.me['username']}"), [user_id])
    assert users(artist, f"skill={skill}") == []


def test_invalid_searches_are_refused(anonymous: Person, artist: Person) -> None:
    assert anonymous.call("GET", "/users").status_code == 401
    assert problem(anonymous.call("GET", "/castings?category=juggling")) == (422, "Invalid")
    assert problem(artist.call("GET", "/users?skill=!")) == (422, "Invalid")
    assert problem(anonymous.call("GET", "/castings?cursor=x")) == (400, "BadCursor")


@pytest.mark.weakness(2)
def test_a_casting_leaves_the_search_while_its_recruiter_is_suspended(
    service: Service, admin: Person, anonymous: Person
) -> None:
    recruiter, tag = service.person("recruiter", privacy="private"), a_name()
    casting_id = recruiter.casting("open", tags=[tag])["castingId"]
    suspension = f"/admin/users/{recruiter.me['userId']}/suspension"
    eventually(lambda: castings(anonymous, f"tag={tag}"), [casting_id])

    admin.succeed("PUT", suspension, {"reason": "Not genuine."})

    assert problem(anonymous.call("GET", f"/castings/{casting_id}")) == (404, "NotFound")
    eventually(lambda: castings(anonymous, f"tag={tag}"), [])

    admin.succeed("DELETE", suspension)

    assert anonymous.call("GET", f"/castings/{casting_id}").status_code == 200
    eventually(lambda: castings(anonymous, f"tag={tag}"), [casting_id])
