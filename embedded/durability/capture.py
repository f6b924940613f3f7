"""Changes in MiniStack since the last look.

MiniStack changes its dictionaries in place and sends no notice. So a look pickles each record of
the services that were called and compares a hash. Stores that grow with use are not searched: items
and log streams are noted as they are written, and a list is read from where the last look ended.

Looks run on the event loop, where MiniStack runs its handlers. They come between two requests, so a
look sees each transaction as a whole. A stack change also counts as one transaction. Until it ends,
its record and the resources it creates or deletes are held back, so after a crash it never began.
"""

import collections
import itertools
import logging
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ministack import app
from ministack.core.responses import AccountRegionScopedDict, AccountScopedDict
from ministack.services import cloudformation, cloudwatch_logs, dynamodb, lambda_svc

from . import blobs, records
from .records import Change, contents

logger = logging.getLogger("durability")

Shape = Any


class Mapping(NamedTuple):
    """A dictionary whose values are compared one by one."""

    of: Shape


class Parts(NamedTuple):
    """A dictionary with an attribute that is compared separately."""

    attribute: str
    shape: Shape


WHOLE = "whole"
ONCE = "once"  # never changed after creation
ITEMS = "items"  # a table's items, noted as they are written
STREAMS = "streams"  # a log group's streams, noted as they are written
GROWN = "grown"  # a list that is only appended to
EACH_WHOLE = Mapping(WHOLE)
STREAM = Parts("events", GROWN)

# Stores that grow with use. In all other stores, each entry is a record.
GROWING: dict[tuple[str, str], Shape] = {
    ("dynamodb", "tables"): Mapping(Parts("items", ITEMS)),
    ("dynamodb", "_txn_idempotency"): Mapping(ONCE),
    ("cognito", "user_pools"): Mapping(Parts("_users", EACH_WHOLE)),
    ("cloudwatch_logs", "log_groups"): Mapping(Parts("streams", STREAMS)),
    ("cloudwatch", "metrics"): Mapping(GROWN),
    ("cloudformation", "stack_events"): Mapping(GROWN),
    ("ses", "_sent_emails"): Mapping(GROWN),
}
LENGTH_OF_A_STORE_S_PATH = 2
PARTS = {"items", "_users", "streams", "events"}

# Attributes of the module that MiniStack does not save even at a clean stop.
FORGOTTEN = {
    "dynamodb": ["_txn_idempotency"],  # a repeated ClientRequestToken gets the old response
    "ses": ["_sent_emails"],
    "sts": ["_sessions"],
}

# Functions, streams and other services change these without a call to the service itself. In
# "lambda", these are the event sources; its functions and layers change only by calls.
CHANGED_BY_OTHERS = {
    "lambda",
    "dynamodb",
    "cloudwatch",
    "cloudwatch_logs",
    "eventbridge",
    "ses",
    "sns",
    "sqs",
    "sts",
}
# Every request passes through these two without a change. Calls to their own APIs are noted.
ASKED_BY_EVERY_REQUEST = {"apigateway", "iam"}

REACHED_THROUGH = {
    service: str(config["module"])
    for config in app.SERVICE_REGISTRY.values()
    for service in config.get("sub_modules", ())
}

# DynamoDB's get_state would copy every item.
STORES_OF_DYNAMODB = [
    "tables",
    "tags",
    "ttl_settings",
    "pitr_settings",
    "kinesis_destinations",
    "contributor_insights",
    "backups",
    "resource_policies",
    "exports",
    "imports",
]
STREAM_RECORDS = ("dynamodb", "stream_records")
STREAM_TRIMMED = ("dynamodb", "stream_trimmed")

# Entries of one table's partitions, one pool's users or one group's log streams.
ENTRIES_OF_A_PART = 100
# Longer than any deployment. A stack change that takes longer has been abandoned.
LONGEST_STACK_CHANGE_SECONDS = 900


class Capture:
    def __init__(self) -> None:
        self._hashes: dict[records.Path, int] = {}
        self._mappings: dict[records.Path, Any] = {}
        self._keys: dict[records.Path, set[Any]] = {}
        self._lists: dict[records.Path, tuple[int, Any]] = {}  # (count, last entry)
        self._streams: dict[Any, tuple[Any, int, int]] = {}  # (stream, first saved, end)
        self._log_streams: dict[int, records.Path] = {}
        # Any thread appends; looks read.
        self._written_items: collections.deque[tuple[Any, Any, Any]] = collections.deque()
        self._written_logs: collections.deque[Any] = collections.deque()
        self._called: set[str] = set()
        self._turn = 0
        self._stack_changes_since: float | None = None

    @property
    def holds_back(self) -> bool:
        """Whether a stack change is under way."""
        since = self._stack_changes_since
        return since is not None and time.monotonic() - since < LONGEST_STACK_CHANGE_SECONDS

    def start_over(self) -> None:
        """Forget the results of earlier looks, so that the next look finds everything."""
        for known in (self._hashes, self._mappings, self._keys, self._lists, self._streams):
            known.clear()

    def watch(self) -> None:
        """Start to note service calls, written items and log lines."""
        get_module = app._get_module

        def get_module_and_note(name: str) -> Any:
            if name not in ASKED_BY_EVERY_REQUEST:
                self._called.add(name)
            return get_module(name)

        app._get_module = get_module_and_note
        for name in ASKED_BY_EVERY_REQUEST:
            self._note_calls_of_its_api(name, get_module(name))
        self._note_written_items()
        self._note_written_logs()

    def _note_calls_of_its_api(self, name: str, module: Any) -> None:
        answer = module.handle_request

        async def answer_and_note(*request: Any) -> Any:
            self._called.add(name)
            return await answer(*request)

        module.handle_request = answer_and_note

    def _note_written_items(self) -> None:
        set_item, remove_item = dynamodb._set_item, dynamodb._remove_item

        def set_item_and_note(table: Any, hash_key: Any, range_key: Any, item: Any) -> Any:
            before = set_item(table, hash_key, range_key, item)
            self._written_items.append((table, hash_key, range_key))
            return before

        def remove_item_and_note(table: Any, hash_key: Any, range_key: Any) -> Any:
            before = remove_item(table, hash_key, range_key)
            self._written_items.append((table, hash_key, range_key))
            return before

        dynamodb._set_item = set_item_and_note
        dynamodb._remove_item = remove_item_and_note

    def _note_written_logs(self) -> None:
        append = cloudwatch_logs._append_log_events

        def append_and_note(stream: Any, events: Any) -> None:
            append(stream, events)
            self._written_logs.append(stream)

        cloudwatch_logs._append_log_events = append_and_note

    def changes(self, *, of_all: bool = False) -> list[Change]:
        """Return all changes since the last look. The first look returns everything."""
        called, self._called = self._called, set()
        in_use = _modules()
        was_changing = self._stack_changes_since is not None
        self._note_stack_changes()
        if of_all or was_changing or "cloudformation" in called:
            called = set(in_use)
        if self.holds_back:
            in_use.pop("cloudformation", None)
        # Check one more service in turn, in case it changed without a note.
        self._turn = (self._turn + 1) % len(in_use)
        called.add(list(in_use)[self._turn])
        found: list[Change] = []
        for service, module in in_use.items():
            if not called.isdisjoint(
                {service, app._state_map[service], REACHED_THROUGH.get(service)}
            ):
                found.extend(self._service(service, _stores_of(service, module)))
            elif service == "lambda":
                found.extend(self._service(service, _event_sources()))
            elif service == "cloudwatch_logs":
                found.extend(self._log_groups())
            elif service in CHANGED_BY_OTHERS:
                found.extend(self._service(service, _stores_of(service, module)))
        found.extend(self._noted_items())
        found.extend(self._stream_records())
        return found

    def _note_stack_changes(self) -> None:
        if not _a_stack_is_changing():
            self._stack_changes_since = None
        elif self._stack_changes_since is None:
            self._stack_changes_since = time.monotonic()

    def everything(self) -> Iterator[list[Change]]:
        """Yield everything that earlier looks have found, in parts.

        Ask for each part right after a look and write it before the next look.
        """
        for service, module in _modules().items():
            stores = _stores_of(service, module)
            growing = [name for name in stores if (service, name) in GROWING]
            others = {name: store for name, store in stores.items() if name not in growing}
            yield [("kind", (service,), "dict"), *Capture()._service(service, others)]
            for name in growing:
                yield [("kind", (service, name), _kind(stores[name]))]
                yield from self._everything_of((service, name), stores[name])
        yield list(self._saved_streams())

    def _everything_of(self, path: records.Path, store: Any) -> Iterator[list[Change]]:
        shape = GROWING[path].of
        entries = contents(store)
        # Look up each entry, because it may be deleted or replaced between two parts.
        for key in list(entries):
            if key in entries and key in self._keys.get(path, ()):
                yield list(self._as_found((*path, key), entries[key], shape))
            if isinstance(shape, Parts):
                below = (*path, key, shape.attribute)
                names = list(entries.get(key, {}).get(shape.attribute, ()))
                for start in range(0, len(names), ENTRIES_OF_A_PART):
                    entry = entries.get(key, {}).get(shape.attribute, {})
                    some = names[start : start + ENTRIES_OF_A_PART]
                    yield [
                        change
                        for name in some
                        if name in entry
                        for change in self._as_found((*below, name), entry[name], shape.shape)
                    ]

    def _as_found(self, path: records.Path, value: Any, shape: Shape) -> Iterator[Change]:
        """Yield a record as the last look found it, without parts that are records themselves."""
        if shape is GROWN:
            count, _ = self._lists[path]
            yield ("list", path, _pickled(value[:count]))
        elif shape is STREAMS:
            # Another thread may have created it after the look.
            if (*path, STREAM.attribute) in self._lists:
                yield ("set", path, _pickled(_own(value, STREAM)))
                events = (*path, STREAM.attribute)
                yield from self._as_found(events, value[STREAM.attribute], GROWN)
        elif shape is ITEMS:
            yield from (_item(path[:-1], {path[-1]: value}, path[-1], name) for name in value)
        elif isinstance(shape, Parts):
            yield ("set", path, _pickled(_own(value, shape)))
            if shape.attribute in value:
                yield ("kind", (*path, shape.attribute), "dict")
        else:
            yield ("set", path, _pickled(value))

    def _service(self, service: str, stores: dict[str, Any]) -> Iterator[Change]:
        for name, store in stores.items():
            shape = GROWING.get((service, name), EACH_WHOLE if _is_mapping(store) else WHOLE)
            yield from self._look((service, name), store, shape)

    def _look(self, path: records.Path, value: Any, shape: Shape) -> Iterator[Change]:
        if isinstance(shape, Mapping):
            yield from self._mapping(path, value, shape.of)
        elif isinstance(shape, Parts):
            yield from self._record(path, _own(value, shape))
            if shape.attribute in value:
                part = value[shape.attribute]
                yield from self._look((*path, shape.attribute), part, shape.shape)
        elif shape is ITEMS:
            yield from self._items(path, value)
        elif shape is STREAMS:
            for stream_name, stream in list(value.items()):
                self._log_streams[id(stream)] = (*path, stream_name)
            yield from self._mapping(path, value, STREAM)
        elif shape is GROWN:
            yield from self._list(path, value)
        else:
            yield from self._record(path, value)

    def _record(self, path: records.Path, value: Any) -> Iterator[Change]:
        try:
            pickled = _pickled(value)
        except (TypeError, AttributeError, pickle.PicklingError):
            logger.exception("cannot be saved: %s", path)
            return
        if self._differs(path, pickled):
            yield ("set", path, pickled)

    def _differs(self, path: records.Path, pickled: Any) -> bool:
        digest = hash(pickled)
        differs = self._hashes.get(path) != digest
        self._hashes[path] = digest
        return differs

    def _mapping(self, path: records.Path, mapping: Any, shape: Shape) -> Iterator[Change]:
        if self._differs(path, _kind(mapping)):
            yield ("kind", path, _kind(mapping))
        entries = contents(mapping)
        known, now = self._keys.get(path, set()), set(entries)
        if self.holds_back and len(path) == LENGTH_OF_A_STORE_S_PATH:
            now = known
        self._mappings[path], self._keys[path] = entries, now
        for key in known - now:
            self._forget((*path, key))
            yield ("delete", (*path, key), None)
        for key in now - known if shape is ONCE else [key for key in list(entries) if key in now]:
            yield from self._look((*path, key), entries[key], shape)

    def _list(self, path: records.Path, entries: list[Any]) -> Iterator[Change]:
        known = self._lists.get(path)
        count, last = known or (0, None)
        now = len(entries)
        goes_on = known and count <= now and (count == 0 or entries[count - 1] is last)
        if not goes_on:
            yield ("list", path, _pickled(entries[:now]))
        elif count < now:
            yield ("more", path, _pickled(entries[count:now]))
        self._lists[path] = (now, entries[now - 1] if now else None)

    def _forget(self, path: records.Path) -> None:
        for known in (self._hashes, self._lists, self._mappings):
            known.pop(path, None)
        for key in self._keys.pop(path, set()) | PARTS:
            below = (*path, key)
            if below in self._hashes or below in self._lists or below in self._mappings:
                self._forget(below)

    def _items(self, path: records.Path, items: dict[Any, Any]) -> Iterator[Change]:
        if self._mappings.get(path) is items:
            return
        self._mappings[path] = items
        yield ("delete", path, None)
        yield ("kind", path, "dict")
        for hash_key in items:
            for range_key in items[hash_key]:
                yield _item(path, items, hash_key, range_key)

    def _noted_items(self) -> Iterator[Change]:
        written: dict[Any, dict[Any, Any]] = {}
        while self._written_items:
            table, hash_key, range_key = self._written_items.popleft()
            written[id(table), hash_key, range_key] = table["items"]
        keys = {id(table): key for key, table in list(dynamodb._tables._data.items())}
        for (table_id, hash_key, range_key), items in written.items():
            path = ("dynamodb", "tables", keys.get(table_id), "items")
            if self._mappings.get(path) is not items:
                continue  # its table is deleted
            if range_key in items.get(hash_key, ()):
                yield _item(path, items, hash_key, range_key)
            elif hash_key in items:
                yield ("delete", (*path, hash_key, range_key), None)
            else:
                yield ("delete", (*path, hash_key), None)

    def _log_groups(self) -> Iterator[Change]:
        """Yield new groups, new streams and function logs, which appear without a service call."""
        groups = cloudwatch_logs._log_groups._data
        path = ("cloudwatch_logs", "log_groups")
        new = set() if self.holds_back else groups.keys() - self._keys.get(path, set())
        for key in new:
            self._keys.setdefault(path, set()).add(key)
            yield from self._look((*path, key), groups[key], GROWING[path].of)
        written = {}
        while self._written_logs:
            stream = self._written_logs.popleft()
            written[id(stream)] = stream
        for key, group in list(groups.items()):
            if key not in self._keys.get(path, set()):
                continue
            yield from self._new_log_streams((*path, key, "streams"), group["streams"])
        for stream_id, stream in written.items():
            place = self._log_streams.get(stream_id)
            if place and self._mappings.get(place[:-1], {}).get(place[-1]) is stream:
                yield from self._look(place, stream, STREAM)

    def _new_log_streams(self, path: records.Path, streams: dict[str, Any]) -> Iterator[Change]:
        known = self._keys.setdefault(path, set())
        # New streams are at the end.
        count = max(len(streams) - len(known), 0)
        for name in list(itertools.islice(reversed(streams), count)):
            known.add(name)
            self._log_streams[id(streams[name])] = (*path, name)
            yield from self._look((*path, name), streams[name], STREAM)

    def _stream_records(self) -> Iterator[Change]:
        """Yield stream records that some function has yet to process. AWS keeps them for a day."""
        unprocessed = _oldest_unprocessed()
        streams = dict(dynamodb._stream_records._data)
        for key in self._streams.keys() - streams.keys():
            del self._streams[key]
            yield ("delete", (*STREAM_RECORDS, key), None)
            yield ("delete", (*STREAM_TRIMMED, key), None)
        for key, stream in streams.items():
            trimmed = dynamodb._stream_trimmed._data.get(key, 0)
            end = trimmed + len(stream)
            first = max(trimmed, min(unprocessed.get(key, end), end))
            known, saved_from, saved_to = self._streams.get(key, (None, first, first))
            if known is not stream:
                yield ("delete", (*STREAM_RECORDS, key), None)
                saved_from = saved_to = first
            for position in range(saved_from, min(first, saved_to)):
                yield ("delete", (*STREAM_RECORDS, key, position), None)
            for position in range(max(first, saved_to), end):
                yield _stream_record(key, stream, position, trimmed)
            if known is not stream or saved_from != first or saved_to != end:
                yield ("set", (*STREAM_TRIMMED, key), _pickled(first))
            self._streams[key] = (stream, first, end)

    def _saved_streams(self) -> Iterator[Change]:
        for key, (stream, first, end) in self._streams.items():
            trimmed = dynamodb._stream_trimmed._data.get(key, 0)
            yield ("set", (*STREAM_TRIMMED, key), _pickled(first))
            for position in range(max(first, trimmed), end):
                yield _stream_record(key, stream, position, trimmed)


def _pickled(value: Any) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _own(record: dict[str, Any], shape: Parts) -> dict[str, Any]:
    """Return a record without its separate part and without fields that MiniStack derives."""
    left_out = {shape.attribute, dynamodb._INDEX_MEMBERS}
    return {key: value for key, value in list(record.items()) if key not in left_out}


def _kind(mapping: Any) -> str:
    # A file in `gaps` may use a subclass.
    kinds = (name for name, kind in records.KINDS.items() if isinstance(mapping, kind))
    return next(kinds, "dict")


def _item(path: records.Path, items: Any, hash_key: Any, range_key: Any) -> Change:
    return ("set", (*path, hash_key, range_key), _pickled(items[hash_key][range_key]))


def _stream_record(key: Any, stream: list[Any], position: int, trimmed: int) -> Change:
    return ("set", (*STREAM_RECORDS, key, position), _pickled(stream[position - trimmed]))


def _oldest_unprocessed() -> dict[Any, int]:
    """Return the position of the slowest function for each stream that has functions."""
    found: dict[Any, int] = {}
    for key, mapping in list(lambda_svc._esms._data.items()):
        table_arn, is_stream, _ = mapping.get("EventSourceArn", "").partition("/stream/")
        if is_stream:
            _, _, _, region, account, table = table_arn.split(":", 5)
            stream = (account, region, table.removeprefix("table/"))
            position = lambda_svc._dynamodb_stream_positions._data.get(key, 0)
            found[stream] = min(position, found.get(stream, position))
    return found


def _modules() -> dict[str, Any]:
    """Return MiniStack's modules in use, by the name of their state.

    Event sources come first, so a saved position is never ahead of its function's saved writes.
    """
    found = {
        service: app._loaded_modules.get(name) or sys.modules.get(f"ministack.services.{name}")
        for service, name in app._state_map.items()
    }
    in_use = {service: module for service, module in found.items() if hasattr(module, "get_state")}
    return {"lambda": lambda_svc} | in_use


def _stores_of(service: str, module: Any) -> dict[str, Any]:
    """Return a service's stores by name, in the form that its load_persisted_state takes."""
    if service == "lambda":
        stores = _event_sources() | _functions()
    elif service == "dynamodb":
        stores = {name: getattr(dynamodb, f"_{name}") for name in STORES_OF_DYNAMODB}
    else:
        stores = _without_copying(module.get_state) or {}
    for name in FORGOTTEN.get(service, []):
        stores[name] = getattr(module, name)
    return stores


def _event_sources() -> dict[str, Any]:
    return {
        "dynamodb_stream_positions": lambda_svc._dynamodb_stream_positions,
        "kinesis_positions": lambda_svc._kinesis_positions,
        "esms": lambda_svc._esms,
    }


def _functions() -> dict[str, Any]:
    blobs.release_unused()
    return {
        "functions": blobs.without_code(lambda_svc._functions),
        "layers": blobs.without_content(lambda_svc._layers),
        "function_urls": lambda_svc._function_urls,
    }


def _without_copying(get_state: Callable[[], Any]) -> Any:
    """Return the state that a module would save, with its own stores instead of deep copies."""
    kinds = (AccountScopedDict, AccountRegionScopedDict)
    # MiniStack copies whole stores nowhere else, so no other thread is affected.
    for kind in kinds:
        kind.__deepcopy__ = lambda self, _memo: self
    try:
        return get_state()
    finally:
        for kind in kinds:
            del kind.__deepcopy__


def _is_mapping(store: Any) -> bool:
    return isinstance(store, dict | AccountScopedDict | AccountRegionScopedDict)


def _a_stack_is_changing() -> bool:
    statuses = [
        stack.get("StackStatus", "") for stack in list(cloudformation._stacks._data.values())
    ]
    # A stack in review has only a change set, and nothing has started.
    return any(
        status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS" for status in statuses
    )
