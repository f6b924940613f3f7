"""Users, castings and applications as the API and its consumers store them.

The documents are those of the search tests. Two people own a tenth of everything: the recruiter,
whose first casting also has a tenth of all applications, and the artist.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from artisthub.applications.models import Application
from artisthub.applications.repository import _item_of
from artisthub.cases import rules as case_rules
from artisthub.castings.models import Casting
from artisthub.connections.models import Side
from artisthub.search import rules
from artisthub.search.models import Note
from artisthub.shared import clock, dynamodb, ids
from artisthub.users.stored import User
from artisthub.vocabulary import rules as vocabulary
from bench.growth.tables import Item, Rows, Tables
from tests.api.search import corpus

SHARE = 10  # one of so many documents is the artist's and the recruiter's
CHUNK = 1_000
DEADLINES = timedelta(days=5 * 365)
LATER = int((datetime.now(UTC) + timedelta(days=90)).timestamp())

Learned = list[tuple[str, list[str], int]]  # kind, words, and the most items for them


class People(NamedTuple):
    """The ids of the two who own a tenth of everything."""

    artist: str
    recruiter: str


class Chunk:
    """The items of some documents, and the words that they bring."""

    def __init__(self) -> None:
        self.rows = Rows()
        self.learned: Learned = []


def fill(tables: Tables, people: People, sizes: list[int]) -> Iterator[int]:
    """Add documents until there are so many, and yield each size. Two processes make them."""
    known: set[str] = set()
    with ProcessPoolExecutor(2) as pool:
        for first, last in pairwise([0, *sizes]):
            starts = range(first, last, CHUNK)
            ends = (min(start + CHUNK, last) for start in starts)
            for chunk in pool.map(_chunk, [people] * len(starts), starts, ends):
                _learn(chunk, known)
                tables.load(chunk.rows)
            yield last


def _learn(chunk: Chunk, known: set[str]) -> None:
    """Keep new words as artisthub/vocabulary/repository.py does."""
    for kind, words, most in chunk.learned:
        for word in words:
            keys = vocabulary.keys(kind, word)
            if f"{kind}:{word}" in known or len(keys) > most:
                continue
            known.add(f"{kind}:{word}")
            most -= len(keys)
            for term, sort_key in keys:
                chunk.rows.add("SearchTable", {"term": term, "sortKey": sort_key})


def _chunk(people: People, first: int, last: int) -> Chunk:
    chunk = Chunk()
    for number in range(first, last):
        _add(chunk, people, number)
    return chunk


def casting_of(people: People, number: int) -> Item:
    """The casting with this number, as stored."""
    recruiter_id = people.recruiter if number % SHARE == 0 else user_of(number)["userId"]
    stored = corpus._casting(random.Random(f"casting {number}"), number)
    deadline = corpus.FIRST_DAY + DEADLINES + timedelta(minutes=number)
    return {
        **stored,
        "castingId": ids.derived_at(stored["createdAt"], str(number)),
        "recruiterId": recruiter_id,
        "publishedAt": stored["createdAt"],
        "deadlineAt": clock.text(deadline),
    }


def user_of(number: int) -> Item:
    """The user with this number, as stored."""
    stored = corpus._user(random.Random(f"user {number}"), number)
    del stored["publishedAt"]
    return {**stored, "username": f"{stored['username']}.{number}"}


def _add(chunk: Chunk, people: People, number: int) -> None:
    user, casting = user_of(number), casting_of(people, number)
    add_user(chunk, user)
    add_casting(chunk, casting, None if casting["recruiterId"] == people.recruiter else user)
    is_of_first, is_of_artist = number % SHARE == 1, number % SHARE == 2
    applied_for = casting_of(people, 0) if is_of_first else casting
    artist_id = people.artist if is_of_artist else user["userId"]
    add_application(chunk, applied_for, artist_id)
    if is_of_artist:
        for table, item in _of_artist(people, casting, user):
            chunk.rows.add(table, item)


def add_user(chunk: Chunk, stored: Item) -> None:
    user = msgspec.convert(stored, User)
    name = {"username": user.username, "userId": user.user_id, "createdAt": user.created_at}
    chunk.rows.add("UsersTable", dynamodb.item_of(user))
    chunk.rows.add("UsernamesTable", {**name, "version": 1})
    chunk.rows.add("CardsTable", _card(f"user#{user.user_id}", rules.profile_card(user)))
    _list(chunk, f"user:{user.user_id}", rules.user_listing(user))


def add_casting(chunk: Chunk, stored: Item, recruiter: Item | None) -> None:
    casting = msgspec.convert(stored, Casting)
    listing = rules.casting_listing(casting)
    owner = msgspec.convert(recruiter, User) if recruiter else None
    card = rules.casting_card(casting, listing, owner)
    chunk.rows.add("CastingTable", dynamodb.item_of(casting))
    chunk.rows.add("CardsTable", _card(f"casting#{casting.casting_id}", card))
    _list(chunk, f"casting:{casting.casting_id}", listing)


def _card(card_id: str, card: msgspec.Struct) -> Item:
    return {**dynamodb.item_of(card), "cardId": card_id, "revision": 1}


def _list(chunk: Chunk, document: str, listing: Any) -> None:
    note = rules.note_of(listing, Note(f"document|{document}"))
    chunk.rows.add("SearchTable", dynamodb.item_of(note))
    chunk.rows.add_alike("SearchTable", rules.items(listing))
    words, room = rules.words_of((term, "") for term in listing.terms), rules.room(listing, note)
    chunk.learned += [(kind, each, room) for kind, each in words.items()]


def add_application(chunk: Chunk, casting: Item, artist_id: str) -> None:
    role = casting["roles"][0]
    application = Application(
        application_id=f"{role['roleId']}.{artist_id}",
        casting_id=casting["castingId"],
        role_id=role["roleId"],
        artist_id=artist_id,
        recruiter_id=casting["recruiterId"],
        casting_title=casting["title"],
        role_title=role["title"],
        status="submitted",
        share_contact=True,
        created_at=casting["createdAt"],
        updated_at=casting["createdAt"],
        version=1,
        note="I have played this part before. " * 3,
        artist_names="priya sharma",
        fit=50,
    )
    chunk.rows.add("ApplicationsTable", dynamodb.item_of(_item_of(application)))


def _of_artist(people: People, casting: Item, other: Item) -> Iterator[tuple[str, Item]]:
    """A saved casting, a connection, a notification, an audit entry, a report and a case."""
    at, casting_id = casting["createdAt"], casting["castingId"]
    own = {"userId": people.artist, "createdAt": at, "updatedAt": at, "version": 1}
    yield "SavedCastingsTable", {**own, "castingId": casting_id}
    for user_id, other_id in (
        (people.artist, other["userId"]),
        (other["userId"], people.artist),
    ):
        side = Side(
            user_id=user_id,
            other_user_id=other_id,
            standing="accepted",
            created_at=at,
            updated_at=at,
            version=1,
        )
        yield "ConnectionsTable", dynamodb.item_of(side, standingAt=side.standing_at)
    kind = {"kind": "viewed", "topic": "progress", "castingId": casting_id}
    yield (
        "NotificationsTable",
        {**own, **kind, "notificationId": ids.derived_at(at, casting_id)}
        | {"byUserId": casting["recruiterId"], "expiresAt": LATER},
    )
    audited = {"subject": f"user:{people.artist}", "entryKey": f"{at}#1", "at": at}
    yield "AuditTable", {**audited, "action": "suspended", "by": people.artist, "reason": "Spam"}
    case = case_rules.begun(case_rules.of_casting(casting_id, casting["recruiterId"]), None, at)
    case = case_rules.reported(case, "fee", at)
    report = case_rules.new_report(case, people.artist, "fee", "Asks for money", at)
    for struct in (case, report):
        yield "ReportsTable", {**dynamodb.item_of(struct), "expiresAt": LATER}
    yield "ReportsTable", {**case_rules.place_in(case, "fee"), "expiresAt": LATER}
