"""The files of the journal: frames with a checksum, appended and synced.

A file is named by its number. It begins anew: once it says that it is complete, the files before it
are not needed. A frame that was cut off by a crash can only be the last one of the last file.
"""

import collections
import os
import struct
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

MAGIC = b"\x00AHJ"
HEADER = struct.Struct("<4sIQ")  # magic, checksum, length
SUFFIX = ".journal"


class DamagedError(Exception):
    """A file that cannot be read to its end although more was written after the damage."""


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{SUFFIX}"))


def read(file: Path, *, is_last: bool) -> tuple[collections.deque[bytes], int]:
    """The payloads of a file's frames, and how many bytes at its end are no whole frame."""
    content = file.read_bytes()
    payloads: collections.deque[bytes] = collections.deque()
    position = 0
    while (frame := _frame_at(content, position)) is not None:
        payloads.append(content[position + HEADER.size : frame])
        position = frame
    torn = len(content) - position
    if torn and (not is_last or _has_a_frame_after(content, position)):
        raise DamagedError(file)
    return payloads, torn


def ensure_whole(folder: Path) -> None:
    """Raises DamagedError, naming the file, unless everything can be restored."""
    found = files(folder)
    for file in found:
        try:
            read(file, is_last=file == found[-1])
        except OSError:
            raise DamagedError(file) from None


def cut_torn_end(file: Path, torn: int) -> None:
    """Removes what a crash left of a frame, so that the file is whole when another follows it."""
    with file.open("r+b") as content:
        content.truncate(file.stat().st_size - torn)
        os.fsync(content.fileno())


def _frame_at(content: bytes, position: int) -> int | None:
    """Where the whole frame at this position ends."""
    if position + HEADER.size > len(content):
        return None
    magic, checksum, length = HEADER.unpack_from(content, position)
    start = position + HEADER.size
    payload = memoryview(content)[start : start + length]
    if magic != MAGIC or len(payload) != length or zlib.crc32(payload) != checksum:
        return None
    return int(start + length)


def _has_a_frame_after(content: bytes, position: int) -> bool:
    return any(_frame_at(content, found) is not None for found in _magics(content, position + 1))


def _magics(content: bytes, position: int) -> Iterator[int]:
    while (position := content.find(MAGIC, position)) >= 0:
        yield position
        position += 1


class Journal:
    """Appends frames. What is appended is on disk once `flush`, from any thread, has returned."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._pending: list[bytes | None] = []
        self._number = max((int(file.stem) for file in files(folder)), default=0)
        self._descriptor: int | None = None
        self._good_size = 0
        # What was written to the present file, and what still waits.
        self.size = 0

    def begin_file(self) -> None:
        """The frames that follow go to a new file."""
        self._pending.append(None)
        self.size = 0

    def append(self, payload: bytes) -> None:
        frame = HEADER.pack(MAGIC, zlib.crc32(payload), len(payload)) + payload
        self._pending.append(frame)
        self.size += len(frame)

    def flush(self) -> None:
        with self._lock:
            self._write_pending()
            if self._descriptor is not None:
                os.fsync(self._descriptor)

    def write(self) -> None:
        """Writes what waits, and leaves it to a later flush that it is on disk."""
        with self._lock:
            self._write_pending()

    def _write_pending(self) -> None:
        while self._pending:
            count, frames = self._next_write()
            if frames is None:
                self._open_next()
            else:
                self._write(frames)
            # Only now, so that what a full disk has refused is tried again.
            del self._pending[:count]

    def forget_earlier_files(self) -> None:
        """The present file is complete and synced: what came before it is in it."""
        with self._lock:
            for file in files(self._folder):
                if int(file.stem) < self._number:
                    file.unlink()

    def _next_write(self) -> tuple[int, bytes | None]:
        frames = list(self._pending)
        if frames[0] is None:
            return 1, None
        count = frames.index(None) if None in frames else len(frames)
        return count, b"".join(frame for frame in frames[:count] if frame is not None)

    def _open_next(self) -> None:
        if self._descriptor is not None:
            os.fsync(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None
        path = self._folder / f"{self._number + 1:08}{SUFFIX}"
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._number += 1
        self._good_size = 0
        sync_folder(self._folder)

    def _write(self, frames: bytes) -> None:
        assert self._descriptor is not None
        # After a write that failed halfway its rest must not stand before the next frame.
        os.ftruncate(self._descriptor, self._good_size)
        os.lseek(self._descriptor, self._good_size, os.SEEK_SET)
        view = memoryview(frames)
        while view:
            view = view[os.write(self._descriptor, view) :]
        self._good_size += len(frames)


def sync_folder(folder: Path) -> None:
    """So that a file made or renamed there is found after a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
