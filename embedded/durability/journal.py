"""The journal's files: frames with a checksum, appended and synced.

Files are named by number. A new file repeats all state; when it says that it is complete, earlier
files are not needed. Only the last frame of the last file can be cut off by a crash.
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
    """A file that is damaged before its end, so that later frames would be lost."""


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{SUFFIX}"))


def read(file: Path, *, is_last: bool) -> tuple[collections.deque[bytes], int]:
    """Return the payloads of a file's frames, and the size in bytes of an incomplete last frame."""
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
    """Raise DamagedError, which names the file, unless everything can be restored."""
    found = files(folder)
    for file in found:
        try:
            read(file, is_last=file == found[-1])
        except OSError:
            raise DamagedError(file) from None


def cut_torn_end(file: Path, torn: int) -> None:
    """Remove an incomplete last frame, so that the file is whole when another file follows."""
    with file.open("r+b") as content:
        content.truncate(file.stat().st_size - torn)
        os.fsync(content.fileno())


def _frame_at(content: bytes, position: int) -> int | None:
    """Return where the frame at this position ends, or None if it is incomplete."""
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
    """Append frames. They are on disk when `flush`, which any thread may call, returns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._pending: list[bytes | None] = []
        self._number = max((int(file.stem) for file in files(folder)), default=0)
        self._descriptor: int | None = None
        self._good_size = 0
        # The bytes written to the current file, plus the pending ones.
        self.size = 0

    def begin_file(self) -> None:
        """Send later frames to a new file."""
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
        """Write the pending frames. A later `flush` makes sure that they are on disk."""
        with self._lock:
            self._write_pending()

    def _write_pending(self) -> None:
        while self._pending:
            count, frames = self._next_write()
            if frames is None:
                self._open_next()
            else:
                self._write(frames)
            # Delete them only now, so that frames are retried after a full disk.
            del self._pending[:count]

    def forget_earlier_files(self) -> None:
        """Delete earlier files, since the current one is complete and synced."""
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
        # Remove the remains of a write that failed halfway.
        os.ftruncate(self._descriptor, self._good_size)
        os.lseek(self._descriptor, self._good_size, os.SEEK_SET)
        view = memoryview(frames)
        while view:
            view = view[os.write(self._descriptor, view) :]
        self._good_size += len(frames)


def sync_folder(folder: Path) -> None:
    """Sync a folder, so that files created or renamed in it survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
