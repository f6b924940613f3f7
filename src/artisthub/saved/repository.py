"""The SavedCastings table in DynamoDB: one item per account and casting."""

from collections.abc import Iterator

import msgspec

from artisthub.saved.models import Save
from artisthub.shared import dynamodb, errors, paging
from artisthub.shared.models import Page, PageQuery
from artisthub.shared.settings import settings


def add(user_id: str, casting_id: str, now: str) -> Save:
    """Save the casting. If it is already saved, return that save."""
    save = Save(user_id, casting_id, created_at=now, updated_at=now)
    try:
        dynamodb.add(settings.SAVED_CASTINGS_TABLE, dynamodb.item_of(save), "castingId")
    except dynamodb.ConditionFailed:
        return _made_before(user_id, casting_id)
    return save


def _made_before(user_id: str, casting_id: str) -> Save:
    key = _key(user_id, casting_id)
    item = dynamodb.get(settings.SAVED_CASTINGS_TABLE, key, consistent=True)
    if not item:
        raise errors.Busy  # removed in between: a retry saves it again
    return msgspec.convert(item, Save)


def remove(user_id: str, casting_id: str) -> None:
    """Remove the save if it exists."""
    dynamodb.discard(settings.SAVED_CASTINGS_TABLE, _key(user_id, casting_id))


def remove_of(user_id: str, *, made_before: str) -> Iterator[None]:
    """Delete the account's saves from before this instant, page by page."""
    return dynamodb.discard_found(
        settings.SAVED_CASTINGS_TABLE,
        None,
        "userId = :user",
        {":user": user_id},
        lambda item: _key(user_id, item["castingId"]),
        made_before=made_before,
    )


def _key(user_id: str, casting_id: str) -> dynamodb.Item:
    return {"userId": user_id, "castingId": casting_id}


def list_of(user_id: str, query: PageQuery) -> Page[Save]:
    """The account's saves, newest first."""
    return paging.page(
        Save,
        settings.SAVED_CASTINGS_TABLE,
        "savedAtIndex",
        partition=("userId", user_id),
        sorted_by=("createdAt", "castingId"),
        bound_to=("listSavedCastings", user_id),
        query=query,
        shows=lambda save: [save.casting_id],
        card_units=2,  # the casting may be deleted, its recruiter's account closed; who casts
        most_shown=1,
        newest_first=True,
    )
