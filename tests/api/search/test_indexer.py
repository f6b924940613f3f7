"""The indexer makes the search index equal the documents, however changes arrive."""

import json
import os
import random
import signal
import subprocess
import sys
import uuid
from typing import Any

import pytest

from embedded.instance import ROOT
from tests.api import api
from tests.api.admin.given import case_of
from tests.api.builders import (
    a_casting,
    a_recruiter,
    an_artist,
    stored,
    table,
    the_admin,
)
from tests.api.search.given import (
    a_word,
    all_items,
    an_indexed_casting,
    castings,
    consume_change,
    entries_of,
    index,
    indexed,
)
from tests.streams import record


def terms_of(document_id: str) -> set[str]:
    return {entry["term"] for entry in entries_of(document_id)}


def reindexed(document_id: str) -> list[dict[str, Any]]:
    """The entries of a casting after it is indexed from scratch."""
    for entry in entries_of(document_id):
        table("SEARCH_TABLE").delete_item(Key={k: entry[k] for k in ("term", "sortKey")})
    note = {"term": f"document|casting:{document_id}", "sortKey": "note"}
    table("SEARCH_TABLE").delete_item(Key=note)
    index("casting", document_id)
    return entries_of(document_id)


def by_key(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries in order of their terms, without the version of the last write."""
    plain = [{name: each[name] for name in each if name != "version"} for each in entries]
    return sorted(plain, key=lambda entry: entry["term"])


def test_a_casting_has_an_entry_for_each_way_to_find_it() -> None:
    casting = an_indexed_casting(
        title="River dancers", description="An evening.", tags=["Chhau"], roles=[{"title": "Duo"}]
    )

    words = {"river", "dancers", "kolkata", "chhau", "duo", "evening"}
    assert terms_of(casting["castingId"]) == {
        "castings|all",
        "castings|category:dance",
        "castings|mode:onsite",
        "castings|city:kolkata",
        "castings|category:dance|city:kolkata",
        "castings|tag:chhau",
        *(f"castings|word:{word}" for word in words),
    }


def test_a_profile_has_an_entry_for_each_way_to_find_it() -> None:
    artist = an_artist(
        username=f"ab.{uuid.uuid4().hex[:8]}",
        displayName="Li",
        city="Madras",
        categories=["music"],
        skills=["veena"],
        languages=["tamil"],
    )
    indexed(artist)

    found = {term for term in terms_of(artist.user_id) if "|word:" not in term}
    assert {term for term in found if "|name:" not in term} == {
        "users|all",
        "users|role:artist",
        "users|category:music",
        "users|skill:veena",
        "users|language:tamil",
        "users|city:chennai",
        "users|category:music|city:chennai",
        "users|skill:veena|city:chennai",
    }
    assert {"users|name:l", "users|name:li", "users|name:a", "users|name:ab"} <= found


def test_the_largest_documents_have_a_bounded_number_of_entries() -> None:
    many = " ".join(f"word{n}" for n in range(700))[:5_000]
    casting = an_indexed_casting(description=many, tags=[f"tag {n}" for n in range(10)])
    artist = indexed(
        an_artist(
            bio=many,
            city="Pune",
            skills=[f"skill {n}" for n in range(30)],
            languages=[f"language {n}" for n in range(30)],
            categories=["acting", "dance", "music"],
            displayName=" ".join(f"{n}abcdefg" for n in range(8)),
        )
    )

    assert len(entries_of(casting["castingId"])) == 5 + 10 + 28
    assert len(entries_of(artist.user_id)) <= 3 + 2 * (3 + 30) + 30 + 50 + 10 * 6


def test_entries_expire_with_the_deadline() -> None:
    casting = an_indexed_casting(deadlineAt="2090-01-02T00:00:00Z")

    entries = entries_of(casting["castingId"])
    assert {entry["expiresAt"] for entry in entries} == {3_786_998_400}


def test_a_closed_casting_leaves_no_entry() -> None:
    recruiter = a_recruiter()
    casting_id = an_indexed_casting(recruiter)["castingId"]

    api.put(f"/castings/{casting_id}/status", {"status": "closed"}, as_=recruiter)
    index("casting", casting_id)

    assert [item for item in all_items("SEARCH_TABLE") if casting_id in str(item)] == []


def known_words(start: str) -> set[str]:
    """The known words of castings with this beginning."""
    items = all_items("SEARCH_TABLE")
    return {
        item["sortKey"][::-1] if "|ending:" in item["term"] else item["sortKey"]
        for item in items
        if item["term"].startswith(("castings|beginning:", "castings|ending:"))
        and start in (item["sortKey"], item["sortKey"][::-1])
    }


def test_a_word_is_known_as_long_as_a_casting_has_it() -> None:
    word, recruiter = a_word(), a_recruiter()
    first, last = (an_indexed_casting(recruiter, title=word)["castingId"] for _ in range(2))

    for casting_id, known in ((first, {word}), (last, set())):
        assert known_words(word) == {word}
        api.put(f"/castings/{casting_id}/status", {"status": "closed"}, as_=recruiter)
        index("casting", casting_id)
        assert known_words(word) == known


def test_the_index_of_an_older_edition_is_written_again() -> None:
    word = a_word()
    casting_id = an_indexed_casting(title=word)["castingId"]
    search = table("SEARCH_TABLE")
    for item in all_items("SEARCH_TABLE"):
        if item["sortKey"] in (word, word[::-1]):
            search.delete_item(Key={name: item[name] for name in ("term", "sortKey")})
    note = {"term": f"document|casting:{casting_id}", "sortKey": "note"}
    search.update_item(Key=note, UpdateExpression="REMOVE edition")

    index("casting", casting_id)

    assert known_words(word) == {word}


def test_a_change_without_effect_writes_nothing() -> None:
    casting = an_indexed_casting()
    [note] = [each for each in all_items("SEARCH_TABLE") if casting["castingId"] in each["term"]]

    index("casting", casting["castingId"])

    assert note in all_items("SEARCH_TABLE")


def test_a_change_of_the_words_leaves_the_entries_in_lists_of_facets() -> None:
    artist = indexed(an_artist(bio="Singer", city="Pune", skills=["veena"]))

    api.patch("/users/me", {"bio": "Juggler"}, as_=artist, if_match="*")
    indexed(artist)

    versions = {entry["term"]: entry["version"] for entry in entries_of(artist.user_id)}
    of_words = {term for term in versions if "|word:" in term or "|name:" in term}
    assert {versions[term] for term in of_words} == {2}
    assert {versions[term] for term in versions.keys() - of_words} == {1}
    assert "users|word:juggler" in of_words


def test_a_change_of_a_facet_reaches_every_entry() -> None:
    artist = indexed(an_artist(city="Pune", skills=["veena"]))

    api.patch("/users/me", {"skills": ["sitar"]}, as_=artist, if_match="*")
    indexed(artist)

    assert {entry["version"] for entry in entries_of(artist.user_id)} == {2}


@pytest.mark.parametrize("seed", range(5))
def test_late_repeated_and_unordered_changes_end_in_the_same_index(seed: int) -> None:
    chance, recruiter = random.Random(seed), a_recruiter()
    casting = a_casting(recruiter, "open", city="Pune")
    path = f"/castings/{casting['castingId']}"
    images = [casting]
    pending: list[Any] = []
    for step in range(12):
        if chance.random() < 0.3:
            status = "open" if images[-1]["status"] == "closed" else "closed"
            changed = api.put(f"{path}/status", {"status": status}, as_=recruiter)
        else:
            fields = {"title": f"Title {step}", "city": chance.choice(["Pune", "Kochi"])}
            changed = api.patch(path, fields, as_=recruiter, if_match="*")
        change = record(step, old=images[-1], new=changed.json, table="CastingTable")
        images.append(changed.json)
        pending += [change] * chance.randint(1, 3)
        chance.shuffle(pending)
        for _ in range(min(len(pending), chance.randint(0, 2))):
            assert api.consume("indexer", pending.pop()) == []
    assert api.consume("indexer", *pending, change) == []

    assert by_key(entries_of(casting["castingId"])) == by_key(reindexed(casting["castingId"]))


def test_a_burst_of_changes_is_indexed_once(capsys: pytest.CaptureFixture[str]) -> None:
    casting = a_casting(a_recruiter(), "open", title="Lighthouse")
    document = stored("CASTING_TABLE", castingId=casting["castingId"])
    name = table("CASTING_TABLE").name
    changes = [record(n, old=document, new=document, table=name) for n in range(4)]
    capsys.readouterr()

    assert api.consume("indexer", *changes) == []

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    written = [line.get("writeUnits", 0) for line in lines if line["operation"] == "index_casting"]
    assert written[0] > 0
    assert written[1:] == [0, 0, 0]
    assert by_key(entries_of(casting["castingId"])) == by_key(reindexed(casting["castingId"]))


# The number of times that Lambda sends a failed change, from infra/functions/search.yml.
TRIES = 11


def test_concurrent_indexers_agree() -> None:
    recruiter = a_recruiter()
    casting = a_casting(recruiter, "open", title="First title")
    path = f"/castings/{casting['castingId']}"

    def change(title: str) -> Any:
        changed = api.patch(path, {"title": title, "city": title}, as_=recruiter, if_match="*")
        for _ in range(TRIES):
            if consume_change("casting", casting["castingId"]) == []:
                return changed
        raise AssertionError(f"not indexed in {TRIES} tries")

    titles = ["Lighthouse", "Harbour", "Monsoon", "Riverside"]
    api.all_at_once(*[lambda title=title: change(title) for title in titles])

    assert by_key(entries_of(casting["castingId"])) == by_key(reindexed(casting["castingId"]))


PROGRAM = """
import sys
from artisthub.search.consumers import indexer
from types import SimpleNamespace
from tests.streams import record
for casting_id in sys.argv[1:]:
    change = record(new={"castingId": casting_id}, table="CastingTable")
    indexer({"Records": [change]}, SimpleNamespace(aws_request_id="1"))
"""


@pytest.mark.slow
def test_a_killed_indexer_leaves_no_wrong_entries() -> None:
    recruiter, ids = a_recruiter(), []
    description = " ".join(a_word() for _ in range(60))
    for _ in range(8):
        casting = a_casting(recruiter, "open", description=description)
        ids.append(casting["castingId"])
    killed = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *ids],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "src:."},
        stdout=subprocess.PIPE,
    )
    assert killed.stdout
    killed.stdout.readline()  # The first casting is indexed, and the second is in progress.
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    for number, casting_id in enumerate(ids):
        if number % 2:
            fields = {"description": "Another one.", "city": "Kochi"}
            api.patch(f"/castings/{casting_id}", fields, as_=recruiter, if_match="*")
        index("casting", casting_id)

    for casting_id in ids:
        assert by_key(entries_of(casting_id)) == by_key(reindexed(casting_id))


def test_a_failed_change_is_reported_and_earlier_ones_are_indexed() -> None:
    first, last = a_casting(status="open"), a_casting(status="open")
    broken = a_casting(status="open")["castingId"]
    table("CASTING_TABLE").update_item(
        Key={"castingId": broken},
        UpdateExpression="SET deadlineAt = :never",
        ExpressionAttributeValues={":never": "never"},
    )
    changes = [
        record(number, new={"castingId": casting_id}, table="CastingTable")
        for number, casting_id in enumerate([first["castingId"], broken, last["castingId"]])
    ]

    assert api.consume("indexer", *changes) == ["1"]
    assert entries_of(first["castingId"])
    assert api.consume("indexer", changes[2]) == []
    assert entries_of(last["castingId"])


@pytest.mark.weakness(54)
def test_a_text_whose_long_words_have_the_same_checksum_is_indexed() -> None:
    twins = ["कमलनपरसगयजतकतवहतजग", "कमलनपरसगयमदहककटदडस"]
    artist = an_artist(skills=twins, bio=" ".join(twins))
    casting = a_casting(status="open", description=" ".join(twins), tags=twins)

    index("user", artist.user_id)
    index("casting", casting["castingId"])

    for twin in twins:
        assert castings(tag=twin) == [casting["castingId"]]


@pytest.mark.weakness(54)
def test_a_document_that_cannot_be_indexed_still_raises_its_flags() -> None:
    casting = a_casting(status="open", description="Call 98765 43210")
    item = stored("CASTING_TABLE", castingId=casting["castingId"])
    assert item
    table("CASTING_TABLE").put_item(Item=item | {"category": 5})

    change = record(new=item, table=table("CASTING_TABLE").name)
    assert api.consume("indexer", change) == ["1"]

    case = case_of(f"casting:{casting['castingId']}", the_admin())
    assert [each["place"] for each in case.json["case"]["flags"]] == ["/description"]
