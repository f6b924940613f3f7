"""The requests of clients and their answers, one JSON line for each record.

A write has an `invoke` record and ends with `ok` (acknowledged), `fail` (refused, so nothing was
written) or `unknown` (nobody knows). Each of its tries has an `attempt` record, as each read has.
A create that is sent again after its end has `replayed`.
"""

from __future__ import annotations

import itertools
import threading
import time
from pathlib import Path
from typing import Literal

import msgspec

Kind = Literal[
    "invoke", "ok", "fail", "unknown", "replayed", "attempt", "fault", "healed", "killed"
]


class Record(msgspec.Struct, omit_defaults=True, rename="camel"):
    """One line of a history. Fields that a kind does not need are absent.

    - key, value: what a write writes and where; None deletes it
    - has_key: whether it is sent with an Idempotency-Key
    - made: the id that a create was answered with
    - tells: the notification that the write causes: recipient, kind and subject
    - spends: the account and the quota of which the write takes 1
    - seconds: how long a try took; its end is at `at`
    - clients: how many clients were running
    """

    at: float
    kind: Kind
    name: str
    op: int = 0
    key: str = ""
    value: str | None = None
    made: str = ""
    has_key: bool = False
    tells: str = ""
    spends: str = ""
    group: str = ""
    status: int = 0
    code: str = ""
    retry_after: bool = False
    seconds: float = 0
    clients: int = 0


class History:
    """A history that several threads write, in memory and in a file."""

    def __init__(self, file: Path) -> None:
        self.records: list[Record] = []
        self._lines = file.open("wb")
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)

    def add(self, kind: Kind, name: str, **fields: object) -> Record:
        with self._lock:
            record = Record(time.time(), kind, name, **fields)  # type: ignore[arg-type]
            self.records.append(record)
            self._lines.write(msgspec.json.encode(record) + b"\n")
        return record

    def invoke(self, name: str, **fields: object) -> int:
        """Record the start of an operation and return its number."""
        number = next(self._numbers)
        self.add("invoke", name, op=number, **fields)
        return number

    def close(self) -> None:
        self._lines.close()
