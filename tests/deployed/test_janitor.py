"""What goes along with an account or a casting, by the streams themselves and with IAM enforced.

TTL takes its time, on AWS up to days, so most tests delete the item as it would.
"""

import time
import uuid
from typing import Any

import pytest

from tests.deployed.kept import Kept
from tests.deployed.people import Person, Service, eventually
from tests.deployed.target import Target
from tests.uploads import PNG, send

pytestmark = pytest.mark.deployed

# For 90 days, by ids that are shown to nobody any more.
WHAT_OTHERS_WERE_TOLD = {"NotificationsTable"}


@pytest.fixture(scope="module")
def kept(target: Target) -> Kept:
    return Kept(target)


def accounts_of(kept: Kept, person: Person) -> list[Any]:
    return kept.accounts(f'email = "{person.email}"')


def a_word() -> str:
    """One word also to searches, that may be anyone's name."""
    return f"w{uuid.uuid4().hex[:16]}"


def forget(kept: Kept, person: Person) -> None:
    """What TTL does, 30 days after someone has deleted their account."""
    person.succeed("DELETE", "/users/me")
    kept.target.table("UsersTable").delete_item(Key={"userId": person.me["userId"]})


def expire(kept: Kept, table: str, key: dict[str, str], *, seconds_ago: int) -> None:
    kept.target.table(table).update_item(
        Key=key,
        UpdateExpression="SET expiresAt = :past",
        ExpressionAttributeValues={":past": int(time.time()) - seconds_ago},
    )


def traces(kept: Kept, text: str, id_: str) -> set[str]:
    """Where there is anything of what is gone, but for its id in what others were told."""
    places = kept.places(text, id_)
    return places[text] | places[id_] - WHAT_OTHERS_WERE_TOLD


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
    upload(artist, text)
    return artist


def test_of_an_artist_who_is_gone_nothing_is_left_anywhere(
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
        "SearchTable",
        "MediaBucket",
    }
    eventually(lambda: kept.places_of(text), places)

    forget(kept, artist)

    eventually(lambda: traces(kept, text, user_id), set())
    eventually(lambda: accounts_of(kept, artist), [])


@pytest.mark.embedded_only("TTL of AWS takes up to days")
def test_ttl_itself_ends_in_the_same(service: Service, recruiter: Person, kept: Kept) -> None:
    text = a_word()
    artist = an_artist_with_everything(service, recruiter, text)
    user_id = artist.me["userId"]
    artist.succeed("DELETE", "/users/me")

    expire(kept, "UsersTable", {"userId": user_id}, seconds_ago=3600)

    eventually(lambda: traces(kept, text, user_id), set())
    eventually(lambda: accounts_of(kept, artist), [])


def test_of_a_recruiter_who_is_gone_nothing_is_left_either(
    service: Service, artist: Person, kept: Kept
) -> None:
    text = a_word()
    recruiter = service.person("recruiter", displayName=text, companyName=text)
    user_id = recruiter.me["userId"]
    casting = recruiter.casting("open", title=text, description=text)
    add_document(recruiter, casting, text)
    apply(artist, casting, "Hello")
    recruiter.succeed("POST", "/connections", {"userId": artist.me["userId"], "message": text})
    places = {"UsersTable", "CastingTable", "ApplicationsTable", "ConnectionsTable", "SearchTable"}
    eventually(lambda: kept.places_of(text), places)

    forget(kept, recruiter)

    eventually(lambda: traces(kept, text, user_id), set())


def test_a_casting_that_is_deleted_takes_its_applications_along(
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


def test_who_begins_anew_after_thirty_days_is_not_taken_for_who_they_were(
    service: Service, recruiter: Person, kept: Kept
) -> None:
    old, new, other = a_word(), a_word(), service.person("recruiter")
    artist = an_artist_with_everything(service, recruiter, old)
    artist.succeed("DELETE", "/users/me")
    # TTL takes its time: both are still there.
    for table, key in (("UsersTable", "userId"), ("UsernamesTable", "username")):
        expire(kept, table, {key: artist.me[key]}, seconds_ago=1)

    body = {"username": new, "role": "artist", "displayName": new}
    artist.succeed("POST", "/users", body)
    artist.succeed("POST", "/connections", {"userId": other.me["userId"]})

    eventually(lambda: kept.places_of(old), set())
    assert artist.succeed("GET", "/users/me").json()["displayName"] == new
    found = artist.succeed("GET", "/connections?status=pending&direction=outgoing").json()["items"]
    assert len(found) == 1
    assert accounts_of(kept, artist)
