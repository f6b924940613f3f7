"""Export of all data about the caller."""

from collections.abc import Callable
from typing import Any

import msgspec

from artisthub.exports import repository
from artisthub.exports.models import Export, ExportQuery
from artisthub.exports.repository import Held
from artisthub.shared import cognito, cursor, log
from artisthub.shared.caller import Caller
from artisthub.shared.endpoint import Request, endpoint

# Lambda answers at most 6 MB. JSON inside JSON may double in size, and the last item adds 400 KB.
PAGE_BYTES = 1_000_000
PAGE_ITEMS = 100
# Read units. The next item may cost twice as many, and a page at most 60.
PAGE_UNITS = 20

Item = dict[str, Any]


def _account(caller: Caller, after: list[str] | None) -> Held:
    if after is None:
        yield cognito.attributes_of(caller.token), ["account"]


def _profile(caller: Caller, after: list[str] | None) -> Held:
    if after is None and (item := repository.profile_of(caller.user_id)):
        yield item, ["profile"]


def _username(caller: Caller, after: list[str] | None) -> Held:
    if after is None and (item := repository.name_of(caller.user_id)):
        yield item, ["username"]


def _of(
    held_of: Callable[[str, list[str] | None], Held],
) -> Callable[[Caller, list[str] | None], Held]:
    return lambda caller, after: held_of(caller.user_id, after)


def _media(caller: Caller, after: list[str] | None) -> Held:
    from artisthub.media import repository as media  # signing loads OpenSSL

    return media.held_of(caller.user_id, after)


class Section(msgspec.Struct, frozen=True):
    """Items of one kind as stored, each with the position after it.

    All positions of a section have the same length.
    """

    held_of: Callable[[Caller, list[str] | None], Held]
    position_length: int = 1


# A feature that stores personal data adds a section here. Views have none: they do not say who
# viewed. Quotas have none: they only count what other sections show.
SECTIONS = {
    "account": Section(_account),
    "profile": Section(_profile),
    "username": Section(_username),
    "castings": Section(_of(repository.castings_of), position_length=2),
    "connections": Section(_of(repository.connections_of)),
    "blocks": Section(_of(repository.blocks_of), position_length=2),
    "savedCastings": Section(_of(repository.saves_of)),
    "notifications": Section(_of(repository.notifications_of)),
    "media": Section(_media),
    "applications": Section(_of(repository.applications_of), position_length=3),
    "audit": Section(_of(repository.audit_of)),
    "reports": Section(_of(repository.reports_of), position_length=3),
}


@endpoint(query=ExportQuery, quotas=("exportPages",))
def export_me(request: Request[None, ExportQuery]) -> Export:
    """Export all data about the caller.

    The data has one section for each kind, with items as they are stored. A section may continue on
    the next page. A page may be empty and still have a `next`. A deleted account can be exported
    too, for 30 days.
    """
    names = list(SECTIONS)
    first, after = _start(request.query.cursor)
    if first != names[0] or after is not None:
        # As the first page does: Cognito refuses the token of an ended session.
        cognito.attributes_of(request.caller.token)
    request.spend()
    found: dict[str, list[Item]] = {}
    size = count = 0
    for name in names[names.index(first) :]:
        found[name] = []
        for item, position in SECTIONS[name].held_of(request.caller, after):
            found[name].append(item)
            size += len(msgspec.json.encode(item))
            count += 1
            if size >= PAGE_BYTES or count == PAGE_ITEMS or log.units.read_units >= PAGE_UNITS:
                return Export(found, cursor.encode(position, "exportMe", name))
        after = None
    return Export(found, None)


def _start(text: str | None) -> tuple[str, list[str] | None]:
    """The section and position where a page begins. Raises BadCursor."""
    if not text:
        return next(iter(SECTIONS)), None
    for name, section in SECTIONS.items():
        try:
            return name, cursor.decode(text, section.position_length, "exportMe", name)
        except cursor.BadCursor:
            continue
    raise cursor.BadCursor
