"""The janitor deletes the data of a removed account or casting, with real streams and IAM.

TTL can take days on AWS, so most tests delete the item in its place.
"""

import time
import uuid
from typing import Any

import pytest

from tests.deployed.kept import Kept
from tests.deployed.people import Person, Service, a_new_user, eventually, problem
from tests.deployed.target import Target
from tests.uploads import PNG, send

pytestmark = [pytest.mark.slow, pytest.mark.deployed]

# Notifications keep the id of a deleted account for 90 days, the audit keeps it with what
# administrators did, and its mark lives as long as its access tokens. Nobody can look it up.
IDS_STAY = {"AuditTable", "ClosedAccountsTable", "NotificationsTable"}


@pytest.fixture(scope="module")
def kept(target: Target) -> Kept:
    return Kept(target)


def accounts_of(kept: Kept, person: Person) -> list[Any]:
    return kept.accounts(f'email = "{person.email}"')


def marks_of(kept: Kept, user_id: str) -> list[dict[str, Any]]:
    """The marks of a closed account. They stay while its last access token is valid."""
    return [
        item
        for table, item in kept.items()
        if table == "ClosedAccountsTable" and item["accountId"] == {"S": user_id}
    ]


def a_word() -> str:
    """A word that searches do not split, valid as a username."""
    return f"w{uuid.uuid4().hex[:16]}"


def forget(kept: Kept, person: Person) -> None:
    """Delete the account and remove its item, as TTL does 30 days later."""
    person.succeed("DELETE", "/users/me")
    kept.target.table("UsersTable").delete_item(Key={"userId": person.me["userId"]})


def expire(kept: Kept, table: str, key: dict[str, str], *, seconds_ago: int) -> None:
    kept.target.table(table).update_item(
        Key=key,
        UpdateExpression="SET expiresAt = :past",
        ExpressionAttributeValues={":past": int(time.time()) - seconds_ago},
    )


def traces(kept: Kept, text: str, id_: str) -> set[str]:
    """Where the text or the id is left, except ids that stay."""
    places = kept.places(text, id_)
    return places[text] | places[id_] - IDS_STAY


def upload(person: Person, text: str) -> None:
    body = {"kind": "image", "contentType": "image/png"}
    made = person.succeed("POST", "/media/uploads", body).json()
    assert send(made, PNG + text.encode()).status_code == 204


def add_document(recruiter: Person, casting: dict[str, Any], text: str) -> None:
    document = {"title": text, "kind": "script", "url": f"https://example.org/{text}"}
    recruiter.succeed("POST", f"/castings/{casting['castingId']}/documents", document)


def apply(artist: Person, casting: dict[str, Any], note: str) -> None:
    body = {"roleId": casting["roles"][0]["roleId"], "shareContact": True, "note": note}
    artist.succeed("POST", f"/castings/{casting['castingId']}/applications", body)


def an_artist_with_everything(service: Service, recruiter: Person, text: str) -> Person:
    artist = service.person("artist", username=text, displayName=text, bio=text, headline=text)
    work = {"kind": "image", "title": text, "url": f"https://example.org/{text}"}
    artist.succeed("POST", "/users/me/portfolio", work)
    casting = recruiter.casting("open")
    apply(artist, casting, text)
    artist.succeed("PUT", f"/users/me/saved-castings/{casting['castingId']}")
    artist.succeed("POST", "/connections", {"userId": recruiter.me["userId"], "message": text})
    artist.succeed("PUT", f"/users/{uuid.uuid4()}/block")
    upload(artist, text)
    report = {"kind": "casting", "castingId": casting["castingId"], "reason": "fee", "text": text}
    artist.succeed("POST", "/reports", report)
    return artist


def test_an_expired_artist_leaves_no_data_behind(
    service: Service, recruiter: Person, kept: Kept
) -> None:
    text = a_word()
    artist = an_artist_with_everything(service, recruiter, text)
    user_id = artist.me["userId"]
    places = {
        "UsersTable",
        "UsernamesTable",
        "ApplicationsTable",
        "ConnectionsTable",
        "ReportsTable",
        "SearchTable",
        "CardsTable",
        "MediaBucket",
    }
    eventually(lambda: kept.places_of(text), places)

    forget(kept, artist)

    eventually(lambda: traces(kept, text, user_id), set())
    eventually(lambda: accounts_of(kept, artist), [])
    eventually(lambda: [each for each in marks_of(kept, user_id) if "expiresAt" not in each], [])


@pytest.mark.embedded_only("TTL can take days on AWS")
def test_a_removal_by_ttl_leaves_no_data_behind(
    service: Service, recruiter: Person, kept: Kept
) -> None:
    text = a_word()
    artist = an_artist_with_everything(service, recruiter, text)
    user_id = artist.me["userId"]
    artist.succeed("DELETE", "/users/me")
    # The deletion drops the card. It is made again, as 30 days before a removal.
    eventually(lambda: "CardsTable" in kept.places_of(text), True)

    expire(kept, "UsersTable", {"userId": user_id}, seconds_ago=3600)

    eventually(lambda: traces(kept, text, user_id), set())
    eventually(lambda: accounts_of(kept, artist), [])


def test_an_expired_recruiter_leaves_no_data_behind(
    service: Service, artist: Person, kept: Kept
) -> None:
    text = a_word()
    recruiter = service.person("recruiter", displayName=text, companyName=text)
    user_id = recruiter.me["userId"]
    casting = recruiter.casting("open", title=text, description=text)
    add_document(recruiter, casting, text)
    apply(artist, casting, "Hello")
    recruiter.succeed("POST", "/connections", {"userId": artist.me["userId"], "message": text})
    places = {"UsersTable", "CastingTable", "ApplicationsTable", "ConnectionsTable"}
    places |= {"SearchTable", "CardsTable"}
    eventually(lambda: kept.places_of(text), places)

    forget(kept, recruiter)

    eventually(lambda: traces(kept, text, user_id), set())


@pytest.mark.weakness(43)
def test_the_artists_of_a_cancelled_casting_are_notified(
    service: Service, recruiter: Person
) -> None:
    artist, casting = service.person("artist"), recruiter.casting("open")
    apply(artist, casting, "Hello")

    path = f"/castings/{casting['castingId']}/status"
    recruiter.succeed("PUT", path, {"status": "cancelled"})

    assert artist.notified("declined")["casting"]["castingId"] == casting["castingId"]


def test_deleting_a_casting_also_deletes_its_applications(
    artist: Person, recruiter: Person, kept: Kept
) -> None:
    text = a_word()
    casting = recruiter.casting("open", title=text, description=text)
    add_document(recruiter, casting, text)
    apply(artist, casting, text)
    path = f"/castings/{casting['castingId']}"
    recruiter.succeed("PUT", f"{path}/status", {"status": "closed"})

    recruiter.succeed("DELETE", path)

    casting_id = casting["castingId"]
    eventually(lambda: traces(kept, text, casting_id), set())
    listed = artist.succeed("GET", "/users/me/applications?limit=100").json()["items"]
    assert casting_id not in {each["castingId"] for each in listed}


@pytest.mark.weakness(45)
def test_an_expired_account_gets_no_new_profile(service: Service, kept: Kept) -> None:
    artist = service.person("artist")
    artist.succeed("DELETE", "/users/me")
    # Both items have expired, but TTL has not removed them yet.
    for table, key in (("UsersTable", "userId"), ("UsernamesTable", "username")):
        expire(kept, table, {key: artist.me[key]}, seconds_ago=1)

    answer = artist.call("POST", "/users", a_new_user())

    assert problem(answer) == (403, "AccountSuspended")
