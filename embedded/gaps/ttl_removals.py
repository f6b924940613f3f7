"""Deletion of expired items (TTL).

AWS: TTL deletes an item within a few days after it expires, and the table's stream names the
service as the cause. MiniStack deletes it within a minute without a stream record, so functions
that react to it would never run, for example 30 days after an account's deletion. Here an item is
deleted a minute or more after it expires, so that expired items exist for a while.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
"""

import logging
import os
import threading
import time
from collections.abc import Iterator
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import dynamodb, dynamodb_streams

logger = logging.getLogger(__name__)

SWEEP_SECONDS = float(os.environ["ARTISTHUB_TTL_SWEEP_SECONDS"])
KEPT_SECONDS = 60
FIVE_YEARS = 5 * 365 * 86_400  # AWS treats an older time as a mistake and keeps the item

BY_TTL = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
# The stream's own API spells it differently from Lambda's events.
AS_IN_STREAM = {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}


def sweep(now: float) -> None:
    """Delete expired items from every table."""
    with dynamodb._lock:
        for (account, region, name), setting in list(dynamodb._ttl_settings.all_items()):
            table = dynamodb._tables.get_scoped(account, region, name)
            if table and setting.get("TimeToLiveStatus") == "ENABLED":
                with request_scope(account, region):
                    for keys in list(_expired(table, setting["AttributeName"], now)):
                        _remove(table, name, *keys)


def _expired(table: dict[str, Any], attribute: str, now: float) -> Iterator[tuple[Any, Any]]:
    for partition, items in table["items"].items():
        for sort, item in items.items():
            number = (item.get(attribute) or {}).get("N")
            if number and now - FIVE_YEARS < float(number) <= now - KEPT_SECONDS:
                yield partition, sort


def _remove(table: dict[str, Any], name: str, partition: Any, sort: Any) -> None:
    removed = dynamodb._remove_item(table, partition, sort)
    before = len(dynamodb._stream_records.get(name) or [])
    dynamodb._emit_stream_event(name, "REMOVE", removed, None)
    for record in (dynamodb._stream_records.get(name) or [])[before:]:
        record["userIdentity"] = BY_TTL


def _sweep_again_and_again() -> None:
    while True:
        time.sleep(SWEEP_SECONDS)
        try:
            sweep(time.time())
        except Exception:  # one failed sweep must not end all of them
            logger.exception("a sweep for expired items failed")


def close() -> None:
    remove, page = dynamodb._remove_item, dynamodb_streams._cap_page_bytes

    def remove_for_others(table: dict[str, Any], partition: Any, sort: Any) -> Any:
        # MiniStack's own reaper must not delete items.
        is_reaper = threading.current_thread().name == "dynamodb-ttl-reaper"
        return None if is_reaper else remove(table, partition, sort)

    def page_of_stream(records: list[dict[str, Any]]) -> Any:
        told = [
            record | {"userIdentity": AS_IN_STREAM} if "userIdentity" in record else record
            for record in records
        ]
        return page(told)

    dynamodb._remove_item = remove_for_others
    dynamodb_streams._cap_page_bytes = page_of_stream
    threading.Thread(target=_sweep_again_and_again, daemon=True, name="ttl").start()
