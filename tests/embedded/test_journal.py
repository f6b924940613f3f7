"""The embedded AWS's journal files after a crash or a disk fault."""

import os
from collections import deque
from pathlib import Path

import pytest

from embedded.durability.journal import (
    DamagedError,
    Journal,
    cut_torn_end,
    ensure_whole,
    files,
    read,
)


def written(folder: Path, *payloads: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    journal = Journal(folder)
    journal.begin_file()
    for payload in payloads:
        journal.append(payload)
    journal.flush()
    return files(folder)[-1]


def test_flushed_frames_are_read_in_order(tmp_path: Path) -> None:
    file = written(tmp_path, b"one", b"two")

    assert read(file, is_last=True) == (deque([b"one", b"two"]), 0)


@pytest.mark.parametrize("lost", range(1, len(b"the last frame") + 16))
def test_an_incomplete_last_frame_is_skipped(tmp_path: Path, lost: int) -> None:
    file = written(tmp_path, b"the first frame", b"the last frame")
    file.write_bytes(file.read_bytes()[:-lost])

    payloads, torn = read(file, is_last=True)

    assert list(payloads) == [b"the first frame"]
    assert torn == len(b"the last frame") + 16 - lost


def test_a_last_frame_of_zeros_is_skipped(tmp_path: Path) -> None:
    file = written(tmp_path, b"the first frame", b"the last frame")
    content = file.read_bytes()
    file.write_bytes(content[:-10] + bytes(10))

    assert list(read(file, is_last=True)[0]) == [b"the first frame"]
    ensure_whole(tmp_path)


def test_damage_before_a_whole_frame_is_named(tmp_path: Path) -> None:
    file = written(tmp_path, b"the first frame", b"the last frame")
    content = bytearray(file.read_bytes())
    content[20] ^= 1
    file.write_bytes(content)

    with pytest.raises(DamagedError) as damaged:
        ensure_whole(tmp_path)

    assert damaged.value.args == (file,)


def test_every_file_but_the_last_must_be_whole(tmp_path: Path) -> None:
    file = written(tmp_path, b"the first frame", b"the last frame")
    file.write_bytes(file.read_bytes()[:-1])
    ensure_whole(tmp_path)
    written(tmp_path, b"more")

    with pytest.raises(DamagedError):
        ensure_whole(tmp_path)


def test_cutting_an_incomplete_frame_leaves_a_whole_file(tmp_path: Path) -> None:
    file = written(tmp_path, b"the first frame", b"the last frame")
    file.write_bytes(file.read_bytes()[:-1])

    cut_torn_end(file, read(file, is_last=True)[1])
    written(tmp_path, b"more")

    ensure_whole(tmp_path)
    assert read(file, is_last=False) == (deque([b"the first frame"]), 0)


def test_a_failed_write_is_repeated_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path)
    journal.begin_file()
    journal.append(b"the first frame")
    journal.flush()

    def full_disk(descriptor: int, content: bytes) -> int:
        real_write(descriptor, bytes(content)[:5])
        raise OSError(28, "No space left on device")

    real_write = os.write
    monkeypatch.setattr("os.write", full_disk)
    journal.append(b"the last frame")
    with pytest.raises(OSError, match="No space"):
        journal.flush()
    monkeypatch.undo()
    journal.append(b"one more")
    journal.flush()

    [file] = files(tmp_path)
    kept = [b"the first frame", b"the last frame", b"one more"]
    assert read(file, is_last=True) == (deque(kept), 0)


def test_earlier_files_are_deleted_when_a_new_one_is_complete(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for payload in (b"old", b"new"):
        journal.begin_file()
        journal.append(payload)
        journal.flush()

    journal.forget_earlier_files()

    [file] = files(tmp_path)
    assert list(read(file, is_last=True)[0]) == [b"new"]
    assert written(tmp_path, b"newer").stem > file.stem
