"""The Applications table in DynamoDB: one item per casting, role and artist."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from artisthub.applications import rules
from artisthub.applications.models import (
    Application,
    ApplicationSummary,
    CastingApplicationsQuery,
    Entry,
    ListedApplication,
    MyApplicationsQuery,
)
from artisthub.applications.rules import TRANSITIONS, AlreadyApplied
from artisthub.shared import changes, clock, deadline, dynamodb, errors, idempotency, paging, sizes
from artisthub.shared.models import Page
from artisthub.shared.settings import settings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator


# The largest application. The indexes leave out its notes and media.
APPLICATION_BYTES = 62_000
# The newest applications that applicants are sorted by: of 160 bytes each, they cost 40 read units.
MOST_READS = 8
MOST_ON_BOARD, BOARD_UNITS, ENTRY_BYTES = 2_000, 43, 300


class _Item(Application, kw_only=True):
    """`castingStatus` is the partition key of byStatus: one casting and one status.

    `boardKey` is the sort key of boardKeyIndex, which projects nothing else.
    """

    application_key: str
    casting_status: str
    board_key: str


def _item_of(application: Application) -> _Item:
    return _Item(
        **msgspec.structs.asdict(application),
        application_key=_key(application.casting_id, application.application_id)["applicationKey"],
        casting_status=f"{application.casting_id}#{application.status}",
        board_key=rules.board_key(application),
    )


def _key(casting_id: str, application_id: str) -> dynamodb.Item:
    role_id, _, artist_id = application_id.partition(".")
    return {"castingId": casting_id, "applicationKey": f"{role_id}#{artist_id}"}


def get(casting_id: str, application_id: str, *, consistent: bool = False) -> Application:
    """The application. Raises NotFound."""
    key = _key(casting_id, application_id)
    item = dynamodb.get(settings.APPLICATIONS_TABLE, key, consistent=consistent)
    if not item:
        raise errors.NotFound
    return msgspec.convert(item, Application)


def get_many(casting_id: str, application_ids: Iterable[str]) -> dict[str, Application]:
    """Those of the casting's applications that exist, by id."""
    keys = [_key(casting_id, each) for each in dict.fromkeys(application_ids)]
    found = dynamodb.get_many(
        settings.APPLICATIONS_TABLE, keys, Application.__struct_encode_fields__
    )
    return {item["applicationId"]: msgspec.convert(item, Application) for item in found}


def add(application: Application, stamp: idempotency.Stamp | None) -> None:
    """Store a new application. Raises AlreadyApplied."""
    table, item = settings.APPLICATIONS_TABLE, dynamodb.item_of(_item_of(application))
    try:
        if stamp is None:
            dynamodb.add(table, item, "applicationKey")
        else:
            put = dynamodb.put_of(table, item, "attribute_not_exists(applicationKey)")
            idempotency.transact(stamp, application.application_id, put)
    except dynamodb.ConditionFailed:
        raise AlreadyApplied from None


def take_back(application: Application, stamp: idempotency.Stamp | None) -> None:
    """Delete an application that was just added, and the record of its key, if there is one.

    Not even the request's deadline may leave one without the other.
    """
    deadline.end()
    key = _key(application.casting_id, application.application_id)
    taking_back = dynamodb.delete_of(settings.APPLICATIONS_TABLE, key)
    if stamp:
        dynamodb.transact(taking_back, idempotency.forgetting(stamp))
    else:
        dynamodb.transact(taking_back)


def replace(application: Application, based_on: int) -> None:
    """Store the application if its version is still `based_on`. Raises Stale."""
    key = _key(application.casting_id, application.application_id)
    dynamodb.update(settings.APPLICATIONS_TABLE, key, _item_of(application), based_on)


def book(application: Application, before: Application, counting: list[dynamodb.Item]) -> bool:
    """Store the application with the writes that count it in its casting.

    Return False if the casting has changed since. Raises Stale if the application has.
    """
    booking = dynamodb.update_of(
        settings.APPLICATIONS_TABLE,
        _key(application.casting_id, application.application_id),
        msgspec.to_builtins(_item_of(application)),
        "#version = :before",
        {":before": before.version},
    )
    try:
        dynamodb.transact(booking, *counting)
    except dynamodb.TransactionFailed as refused:
        if refused.failed[0]:
            raise errors.Stale from None
        return False
    return True


def decline_rest(casting_id: str, roles: Collection[str]) -> Iterator[None]:
    """Decline the applications for these roles that have not ended, one by one."""
    for status in [status for status, steps in TRANSITIONS.items() if steps]:
        for item in dynamodb.query_all(
            settings.APPLICATIONS_TABLE,
            "byStatus",
            "castingStatus = :status",
            {":status": f"{casting_id}#{status}"},
        ):
            if item["roleId"] in roles:
                with suppress(errors.NotFound):  # its artist or casting was deleted
                    _decline(casting_id, item["applicationId"])
                yield


def _decline(casting_id: str, application_id: str) -> None:
    changes.make(
        lambda: get(casting_id, application_id, consistent=True),
        lambda application: rules.ended(application, clock.now()),
        lambda ended, before: replace(ended, based_on=before.version),
    )


def remove_of_casting(casting_id: str, *, made_before: str) -> Iterator[None]:
    """Delete a casting's applications created before this instant, page by page."""
    return _remove(None, "castingId = :owner", casting_id, made_before)


def remove_of_artist(artist_id: str, *, made_before: str) -> Iterator[None]:
    """Delete an artist's applications created before this instant, page by page."""
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


def list_of_casting(casting_id: str, query: CastingApplicationsQuery) -> Page[ApplicationSummary]:
    """A casting's applications: those of one status oldest first, otherwise by role."""
    status, role_id = query.status, query.role_id
    bound_to = ("listCastingApplications", casting_id, status or "", role_id or "")
    if status:
        return paging.page(
            ApplicationSummary,
            settings.APPLICATIONS_TABLE,
            "byStatus",
            partition=("castingStatus", f"{casting_id}#{status}"),
            key={"castingId": casting_id},
            sorted_by=("createdAt", "applicationKey"),
            bound_to=bound_to,
            query=query,
            shows=lambda application: [application.artist_id],
            most_shown=1,
            card_units=1,  # and whether the artist is blocked
            later_units=paging.BLOCKS_UNITS,
            keep=lambda application: role_id in (None, application.role_id),
        )
    return paging.page(
        ApplicationSummary,
        settings.APPLICATIONS_TABLE,
        partition=("castingId", casting_id),
        sorted_by=("applicationKey",),
        starts_with=f"{role_id}#" if role_id else "",
        bound_to=bound_to,
        query=query,
        item_bytes=APPLICATION_BYTES,
        shows=lambda application: [application.artist_id],
        most_shown=1,
        card_units=1,
        later_units=paging.BLOCKS_UNITS,
    )


def board_of(casting_id: str, until: str = "", most_entries: int = MOST_ON_BOARD) -> list[Entry]:
    """The casting's newest applications until this time, the newest first."""
    condition, values = "castingId = :casting", {":casting": casting_id}
    if until:  # `~` sorts after the end of a time
        condition, values = f"{condition} AND boardKey < :until", {**values, ":until": f"{until}~"}
    found: list[dynamodb.Item] = []
    after = None
    for _ in range(MOST_READS):
        most = paging.affordable(ENTRY_BYTES / sizes.READ_BYTES / 2, BOARD_UNITS)
        items, after = dynamodb.query(
            settings.APPLICATIONS_TABLE,
            "boardKeyIndex",
            condition,
            values,
            limit=min(max(1, most), most_entries - len(found)),
            after=after,
            newest_first=True,
        )
        found += items
        if after is None or len(found) == most_entries:
            break
    return [rules.entry_of(item["applicationKey"], item["boardKey"]) for item in found]


def list_of_artist(artist_id: str, query: MyApplicationsQuery) -> Page[ListedApplication]:
    """An artist's applications, the last changed first."""
    statuses = query.status
    return paging.page(
        ListedApplication,
        settings.APPLICATIONS_TABLE,
        "byArtist",
        partition=("artistId", artist_id),
        sorted_by=("updatedAt", "castingId", "applicationKey"),
        bound_to=("listMyApplications", artist_id, ",".join(statuses or [])),
        query=query,
        keep=lambda application: not statuses or application.status in statuses,
        shows=lambda application: [application.recruiter_id],
        most_shown=1,
        later_units=paging.BLOCKS_UNITS,
        newest_first=True,
    )
