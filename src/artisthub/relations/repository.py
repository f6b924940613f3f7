"""Saves and applications of an account, in the tables of both features."""

from __future__ import annotations

import msgspec

from artisthub.relations.models import Applied, CastingRelation
from artisthub.shared import dynamodb, ids, log, paging, sizes
from artisthub.shared.settings import settings

# The largest application in the index by artist.
SUMMARY_UNITS = 4_500 / sizes.READ_BYTES / 2
MOST_READS = 8
SAVE_UNITS = 0.5  # of a casting


def of_casting(user_id: str, casting_id: str, most_units: float) -> CastingRelation | None:
    """The account's relation to the casting, or None if the request has no read units left."""
    if log.units.read_units + SAVE_UNITS > most_units:
        return None
    [relation] = of_castings(user_id, [casting_id], most_units)
    return relation


def of_castings(user_id: str, casting_ids: list[str], most_units: float) -> list[CastingRelation]:
    """The account's relations to these castings, distinct and in this order.

    No application is older than its casting, so all of them are among those changed since.
    """
    if not casting_ids:
        return []
    keys: list[dynamodb.Item] = [{"userId": user_id, "castingId": each} for each in casting_ids]
    found = dynamodb.get_many(settings.SAVED_CASTINGS_TABLE, keys, ["castingId"])
    saved = {item["castingId"] for item in found}
    applied, is_all = applied_by(user_id, min(map(ids.made_at, casting_ids)), most_units)
    of_casting: dict[str, list[Applied]] = {}
    for each in applied:
        of_casting.setdefault(each.casting_id, []).append(each)
    none: list[Applied] | None = [] if is_all else None
    return [
        CastingRelation(each, each in saved, of_casting.get(each, none)) for each in casting_ids
    ]


def applied_by(artist_id: str, since: str, most_units: float) -> tuple[list[Applied], bool]:
    """An artist's applications that changed after this instant, the last changed first.

    Reads until the request has used so many read units. The second value says whether it read all.
    """
    condition, values = "artistId = :artist", {":artist": artist_id}
    if since:
        condition, values = f"{condition} AND updatedAt > :since", {**values, ":since": since}
    found: list[Applied] = []
    after = None
    for _ in range(MOST_READS):
        most = paging.affordable(SUMMARY_UNITS, most_units)
        if most < 1:
            break
        items, after = dynamodb.query(
            settings.APPLICATIONS_TABLE,
            "byArtist",
            condition,
            values,
            limit=most,
            after=after,
            newest_first=True,
        )
        found += msgspec.convert(items, list[Applied])
        if after is None:
            return found, True
    return found, False
