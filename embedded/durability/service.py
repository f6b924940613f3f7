"""The journal's service. It restores state at the start and then saves changes."""

import asyncio
import functools
import gc
import json
import logging
import os
import pickle
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ministack import app
from ministack.core import persistence
from ministack.services import dynamodb, lambda_svc, s3

from . import blobs, files, journal, records
from .capture import FORGOTTEN, Capture
from .journal import Journal
from .records import Change, Node

logger = logging.getLogger("durability")

STATE = Path(persistence.STATE_DIR)
FOLDER = STATE / "journal"
KEYS = STATE / "cognito-pool-keys"
REPORT = STATE / "recovered.json"

# The pause between two looks. Pause, look and disk together must stay well below a second.
PAUSE_SECONDS = 0.4
# Slow looks, for example after many sign-ups, come less often and use at most 1/12 of the time.
MOST_PAUSE_SECONDS = 0.6
PAUSES_PER_LOOK = 12
# A new file begins when the journal exceeds this size and twice its initial size.
LEAST_FILE_BYTES = 32 * 1024 * 1024
CHANGES_OF_A_FRAME = 2000
# The time that each look may spend on a new file.
STEP_SECONDS = 0.01

COMPLETE: Change = ("set", ("journal", "complete"), pickle.dumps(True))


def start() -> None:
    """Hook into MiniStack's restore at the start and its save at the end, before its main runs."""
    lambda_svc._write_code_blob = blobs.write
    s3._atomic_write = _write_object
    keeper = Keeper()
    restore_snapshots = app._load_persisted_state
    app._load_persisted_state = functools.partial(_start_or_end, keeper, restore_snapshots)
    app.save_all = lambda _services: keeper.stop()


def _write_object(path: str, content: Any, *, text: bool = False) -> None:
    files.write_whole(Path(path), content.encode() if text else content)


def _start_or_end(keeper: "Keeper", restore_snapshots: Any) -> None:
    try:
        keeper.start(restore_snapshots)
    except Exception:
        logger.exception("the state could not be restored and was not changed")
        # The HTTP server would log an error here as a warning and run without state.
        os._exit(1)


class Keeper:
    def __init__(self) -> None:
        self._capture = Capture()
        self._task: asyncio.Task[None] | None = None
        self._new_file: Iterator[list[Change]] | None = None
        self._first_size = 0
        self._looks = 0
        self._cpu_seconds = 0.0

    def start(self, restore_snapshots: Any) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        started = time.monotonic()
        if journal.files(FOLDER):
            report = restore()
        else:
            # The state was saved before there was a journal.
            restore_snapshots()
            report = {}
        self._journal = Journal(FOLDER)
        self._capture.watch()
        self._write_everything()
        for snapshot in STATE.glob("*.json"):
            snapshot.unlink()
        if report:
            report["seconds"] = round(time.monotonic() - started, 3)
            REPORT.write_text(json.dumps(report) + "\n")
        self._task = asyncio.get_running_loop().create_task(self._run())

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._save(self._capture.changes(), clean=True)
        self._journal.flush()
        logger.info("saved; %d looks took %.2f s of CPU", self._looks, self._cpu_seconds)

    def _write_everything(self) -> None:
        self._journal.begin_file()
        self._new_file = None
        self._capture.start_over()
        changes = self._capture.changes(of_all=True)
        for start in range(0, len(changes), CHANGES_OF_A_FRAME):
            self._save(changes[start : start + CHANGES_OF_A_FRAME])
            self._journal.write()
        self._save([COMPLETE])
        self._journal.flush()
        self._journal.forget_earlier_files()
        blobs.delete_unused()
        self._first_size = self._journal.size

    async def _run(self) -> None:
        look_seconds = 0.0
        while True:
            pause = min(max(PAUSE_SECONDS, PAUSES_PER_LOOK * look_seconds), MOST_PAUSE_SECONDS)
            await asyncio.sleep(pause)
            began = time.thread_time()
            try:
                self._look()
            except Exception:
                # The next look cannot find these changes again.
                logger.exception("changes could not be collected; saving everything")
                self._write_everything()
            look_seconds = time.thread_time() - began
            self._looks += 1
            self._cpu_seconds += look_seconds
            try:
                await asyncio.to_thread(self._flush)
            except OSError:
                logger.exception("changes could not be written; retrying soon")

    def _look(self) -> None:
        changes = self._capture.changes()
        if not self._capture.holds_back:
            changes += self._new_file_changes()
        if changes:
            self._save(changes)

    def _new_file_changes(self) -> list[Change]:
        """Return the changes that a new file needs now, if one is due or begun."""
        if self._new_file is None:
            if self._journal.size <= max(LEAST_FILE_BYTES, 2 * self._first_size):
                return []
            self._journal.begin_file()
            self._new_file = self._capture.everything()
        return self._step(self._new_file)

    def _step(self, everything: Iterator[list[Change]]) -> list[Change]:
        """Return the next parts of a new file. After the last part, mark the file complete."""
        until = time.thread_time() + STEP_SECONDS
        changes: list[Change] = []
        for part in everything:
            changes += part
            if time.thread_time() > until:
                return changes
        self._new_file = None
        return [*changes, COMPLETE]

    def _flush(self) -> None:
        began = time.thread_time()
        is_complete = self._new_file is None
        if KEYS.exists():
            # MiniStack syncs the token signing keys but not their folder.
            journal.sync_folder(KEYS)
        self._journal.flush()
        if is_complete and len(journal.files(FOLDER)) > 1:
            self._journal.forget_earlier_files()
            self._first_size = self._journal.size
        self._cpu_seconds += time.thread_time() - began

    def _save(self, changes: list[Change], *, clean: bool = False) -> None:
        frame = {"at": time.time(), "changes": changes, "clean": clean}
        self._journal.append(pickle.dumps(frame, pickle.HIGHEST_PROTOCOL))


def restore() -> dict[str, Any]:
    """Load the journal's state into MiniStack. Return a report."""
    # This creates millions of objects, none of which is garbage.
    gc.disable()
    tree, last, torn = _read()
    report = {"tables": 0, "items": 0, "accounts": 0, "torn": torn}
    report |= {"clean": last["clean"], "at": last["at"]}
    # Functions come last, because their event sources are polled immediately.
    for service in sorted(tree.children.keys() - {"journal"}, key=lambda name: name == "lambda"):
        state = tree.children.pop(service).build()
        if service == "dynamodb":
            _restore_streams(state.pop("stream_records", {}), state.pop("stream_trimmed", {}))
        if service == "lambda":
            blobs.with_content(state["layers"])
        module = app._get_module(app._state_map[service])
        for name in FORGOTTEN.get(service, []):
            getattr(module, name).update(state.pop(name, {}))
        report |= _counts(service, state)
        module.load_persisted_state(state)
    gc.enable()
    return report


def _read() -> tuple[Node, dict[str, Any], int]:
    files = journal.files(FOLDER)
    torn = 0
    contents = []
    for file in files:
        payloads, torn = journal.read(file, is_last=file == files[-1])
        if torn:
            journal.cut_torn_end(file, torn)
        contents.append(payloads)
    # A complete file includes all earlier files.
    while len(contents) > 1 and any(_is_complete(payloads) for payloads in contents[1:]):
        del contents[0]
    tree, last = Node(), {"clean": True, "at": time.time()}
    for payloads in contents:
        while payloads:
            last = pickle.loads(payloads.popleft())
            tree.apply(last.pop("changes"))
    return tree, last, torn


def _is_complete(payloads: Iterable[bytes]) -> bool:
    return any(COMPLETE in pickle.loads(payload)["changes"] for payload in payloads)


def _restore_streams(records: dict[Any, Any], trimmed: dict[Any, int]) -> None:
    for key, first in trimmed.items():
        found = records.get(key, {})
        dynamodb._stream_records._data[key] = [found[position] for position in sorted(found)]
        dynamodb._stream_trimmed._data[key] = first


def _counts(service: str, state: dict[str, Any]) -> dict[str, int]:
    if service == "dynamodb":
        tables = records.contents(state["tables"]).values()
        items = sum(len(rows) for table in tables for rows in table["items"].values())
        return {"tables": len(tables), "items": items}
    if service == "cognito":
        pools = records.contents(state["user_pools"]).values()
        return {"accounts": sum(len(pool["_users"]) for pool in pools)}
    return {}
