"""The Applications table in DynamoDB: one item per casting, role and artist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from artisthub.applications.models import Application, ApplicationSummary, Status
from artisthub.applications.rules import AlreadyApplied
from artisthub.shared import cursor, dynamodb, errors, idempotency
from artisthub.shared.models import Page
from artisthub.shared.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A page that leaves applications out reads on for more, but no further than this.
MAX_READS = 5


class _Item(Application, kw_only=True):
    """`castingStatus` is the partition of byStatus: one casting's applications in one status."""

    application_key: str
    casting_status: str


def _item_of(application: Application) -> _Item:
    return _Item(
        **msgspec.structs.asdict(application),
        application_key=_key(application.casting_id, application.application_id)["applicationKey"],
        casting_status=f"{application.casting_id}#{application.status}",
    )


def _key(casting_id: str, application_id: str) -> dynamodb.Item:
    role_id, _, artist_id = application_id.partition(".")
    return {"castingId": casting_id, "applicationKey": f"{role_id}#{artist_id}"}


def get(casting_id: str, application_id: str, *, consistent: bool = False) -> Application:
    """One application; raises NotFound."""
    key = _key(casting_id, application_id)
    item = dynamodb.get(settings.APPLICATIONS_TABLE, key, consistent=consistent)
    if not item:
        raise errors.NotFound
    return msgspec.convert(item, Application)


def made_before(
    casting_id: str, application_id: str, stamp: idempotency.Stamp | None
) -> Application | None:
    """The application that the first try of this create made; raises AlreadyApplied for another."""
    key = _key(casting_id, application_id)
    item = dynamodb.get(settings.APPLICATIONS_TABLE, key, consistent=True)
    if not item:
        return None
    if not stamp or not stamp.is_replay_of(item.get("createdBy")):
        raise AlreadyApplied
    return msgspec.convert(item, Application)


def add(application: Application, stamp: idempotency.Stamp | None) -> Application:
    """Stores a new application; the earlier one where this is a retry. Raises AlreadyApplied."""
    item = dynamodb.item_of(_item_of(application), createdBy=stamp)
    try:
        dynamodb.add(settings.APPLICATIONS_TABLE, item, "applicationKey")
    except dynamodb.ConditionFailed:
        made = made_before(application.casting_id, application.application_id, stamp)
        if made is None:
            raise errors.Busy from None  # deleted in between: a new try makes a new one
        return made
    return application


def replace(application: Application, based_on: int) -> None:
    """Stores the application if its version still is `based_on`; raises Stale."""
    key = _key(application.casting_id, application.application_id)
    dynamodb.update(settings.APPLICATIONS_TABLE, key, _item_of(application), based_on)


def remove_of_casting(casting_id: str, *, made_before: str) -> Iterator[None]:
    """Deletes a casting's applications of before this instant, page by page."""
    return _remove(None, "castingId = :owner", casting_id, made_before)


def remove_of_artist(artist_id: str, *, made_before: str) -> Iterator[None]:
    """Deletes an artist's applications of before this instant, page by page."""
    return _remove("byArtist", "artistId = :owner", artist_id, made_before)


def _remove(index: str | None, condition: str, owner_id: str, made_before: str) -> Iterator[None]:
    return dynamodb.discard_found(
        settings.APPLICATIONS_TABLE,
        index,
        condition,
        {":owner": owner_id},
        lambda item: {name: item[name] for name in ("castingId", "applicationKey")},
        made_before=made_before,
    )


def list_of_casting(
    casting_id: str, *, status: Status | None, role_id: str | None, limit: int, after: str | None
) -> Page[ApplicationSummary]:
    """A casting's applications: of one status in the order they came, else role by role."""
    binding = ("listCastingApplications", casting_id, status or "", role_id or "")
    prefix = f"{role_id}#" if role_id else ""
    if status:
        return _page(
            "byStatus",
            "castingStatus = :partition",
            {":partition": f"{casting_id}#{status}"},
            partition={"castingStatus": f"{casting_id}#{status}", "castingId": casting_id},
            sorted_by=("createdAt", "applicationKey"),
            binding=binding,
            keep=lambda item: item["applicationKey"].startswith(prefix),
            limit=limit,
            after=after,
        )
    of_role = " AND begins_with(applicationKey, :role)" if role_id else ""
    return _page(
        None,
        "castingId = :partition" + of_role,
        {":partition": casting_id} | ({":role": prefix} if role_id else {}),
        partition={"castingId": casting_id},
        sorted_by=("applicationKey",),
        binding=binding,
        starts_with=prefix,
        limit=limit,
        after=after,
    )


def list_of_artist(
    artist_id: str, *, status: Status | None, limit: int, after: str | None
) -> Page[ApplicationSummary]:
    """An artist's applications, newest change first."""
    return _page(
        "byArtist",
        "artistId = :partition",
        {":partition": artist_id},
        partition={"artistId": artist_id},
        sorted_by=("updatedAt", "castingId", "applicationKey"),
        binding=("listMyApplications", artist_id, status or ""),
        keep=lambda item: status is None or item["status"] == status,
        newest_first=True,
        limit=limit,
        after=after,
    )


def _page(
    index: str | None,
    condition: str,
    values: dynamodb.Item,
    *,
    partition: dynamodb.Item,
    sorted_by: tuple[str, ...],
    binding: tuple[str, ...],
    limit: int,
    after: str | None,
    keep: Callable[[dynamodb.Item], bool] = lambda _: True,
    starts_with: str = "",
    newest_first: bool = False,
) -> Page[ApplicationSummary]:
    """Reads until `limit` items are kept; the page goes on after the last one kept or read."""
    start = None
    if after:
        position = cursor.decode(after, len(sorted_by), *binding)
        if not position[-1].startswith(starts_with):  # DynamoDB fails on a start out of range
            raise cursor.BadCursor
        start = partition | dict(zip(sorted_by, position, strict=True))
    found: list[dynamodb.Item] = []
    for _ in range(MAX_READS):
        items, start = dynamodb.query(
            settings.APPLICATIONS_TABLE,
            index,
            condition,
            values,
            limit=limit,
            after=start,
            newest_first=newest_first,
        )
        found += filter(keep, items)
        if start is None or len(found) >= limit:
            break
    if len(found) > limit:
        found, start = found[:limit], found[limit - 1]
    last = [start[name] for name in sorted_by] if start else None
    summaries = msgspec.convert(found, list[ApplicationSummary])
    return Page(summaries, cursor.encode(last, *binding) if last else None)


def held_of(artist_id: str, after: list[str] | None) -> Iterator[tuple[dynamodb.Item, list[str]]]:
    """An artist's applications as they are kept, each with the position after it.

    Without the recruiter's note, which is the recruiter's.
    """
    names = ("updatedAt", "castingId", "applicationKey")
    found = dynamodb.query_all(
        settings.APPLICATIONS_TABLE,
        "byArtist",
        "artistId = :artist",
        {":artist": artist_id},
        after={"artistId": artist_id, **dict(zip(names, after, strict=True))} if after else None,
        page=25,
    )
    for each in found:
        key = {name: each[name] for name in ("castingId", "applicationKey")}
        if item := dynamodb.get(settings.APPLICATIONS_TABLE, key):
            item.pop("recruiterNote", None)
            yield item, [each[name] for name in names]
