"""The Cards table in DynamoDB: small copies of castings and profiles, for lists.

A casting or a profile can have 300 KB, and a read of it costs its whole size. A card has what lists
show and at most 4 KB, so it costs half a read unit. A change deletes the card, so that lists are
never older than the document, and the indexer makes the new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from artisthub.shared import changes, dynamodb, errors, paging
from artisthub.shared.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

UNITS = 0.5  # what a read of a card costs

Shape = TypeVar("Shape", bound=msgspec.Struct)
Document = TypeVar("Document", bound=msgspec.Struct)


def get_many(
    kind: str,
    document_ids: Iterable[str],
    shape: type[Shape],
    document: type[Document],
    source: Callable[[list[str]], dict[str, dynamodb.Item]],
    made_of: Callable[[Document], Shape] | None = None,
    units: dict[str, float] | None = None,
    most_units: float = paging.MOST_UNITS,
) -> dict[str, Shape]:
    """The existing documents by id, at most 100, with the fields of the shape.

    Documents without a card are read from their source: they have just changed, or did not change
    since the stage has cards.

    - document, source: the shape of the documents, and the reader of their items
    - made_of: makes the card of a document, if its fields are not those of the document
    - units: what each document costs, to leave out those without a card that are too large for a
      request of `most_units`
    """
    wanted = list(dict.fromkeys(document_ids))
    if not wanted:
        return {}
    attributes = {*shape.__struct_encode_fields__, "cardId"}
    keys = [_key(kind, document_id) for document_id in wanted]
    found = dynamodb.get_many(settings.CARDS_TABLE, keys, attributes)
    present = {
        item["cardId"].removeprefix(f"{kind}#"): msgspec.convert(item, shape) for item in found
    }
    missing = [document_id for document_id in wanted if document_id not in present]
    if units is not None:
        missing = paging.within({name: units[name] for name in missing}, most_units)
    if not missing:
        return present

    def made(item: dynamodb.Item) -> Shape:
        if made_of is None:
            return msgspec.convert(item, shape)
        return made_of(msgspec.convert(item, document))

    return present | {name: made(each) for name, each in source(missing).items()}


def keep(kind: str, document_id: str, card_of: Callable[[], msgspec.Struct | None]) -> None:
    """Update the card to the document's current state. Delete it if there is none.

    The document is read after its card, so no older state can replace a newer one.
    """
    key = _key(kind, document_id)

    def read() -> dynamodb.Item:
        return dynamodb.get(settings.CARDS_TABLE, key, consistent=True) or {}

    def change(before: dynamodb.Item) -> dynamodb.Item:
        card = card_of()
        if card is None:
            return {} if before else before
        after = {**dynamodb.item_of(card), **key, "revision": before.get("revision", 0)}
        return before if after == before else {**after, "revision": after["revision"] + 1}

    def store(after: dynamodb.Item, before: dynamodb.Item) -> None:
        if not dynamodb.swap(settings.CARDS_TABLE, key, after, before, "revision"):
            raise errors.Stale

    changes.make(read, change, store)


def drop(kind: str, document_id: str, *, up_to: int) -> None:
    """Delete the card of this version or an older one, so that lists read the document itself.

    Call it after a change. The indexer makes the new card within seconds.
    """
    key = _key(kind, document_id)
    dynamodb.discard_if(settings.CARDS_TABLE, key, "version <= :version", {":version": up_to})


def dropping_of(kind: str, document_id: str) -> dict[str, Any]:
    """The write of a transaction that deletes the card, for a change that no reader may miss."""
    return dynamodb.delete_of(settings.CARDS_TABLE, _key(kind, document_id))


def _key(kind: str, document_id: str) -> dynamodb.Item:
    return {"cardId": f"{kind}#{document_id}"}
