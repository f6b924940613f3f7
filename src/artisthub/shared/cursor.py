"""Page cursors: opaque to the client, bound to the operation and filters that made them.

A cursor holds only sort positions. The partition key always comes from the request itself, so a
forged cursor can at most start the caller's own list somewhere else.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from zlib import crc32

import msgspec

from artisthub.shared import errors


class BadCursor(errors.Malformed):
    detail = "The cursor is not one that this list gave out with these filters: start without it."


class _Cursor(msgspec.Struct, array_like=True):
    binding: int
    position: list[str]


def encode(position: list[str], *bound_to: str) -> str:
    """A cursor after `position`, valid for the same `bound_to` (operation, filters) only."""
    packed = msgspec.json.encode(_Cursor(_binding(bound_to), position))
    return urlsafe_b64encode(packed).decode().rstrip("=")


def decode(text: str, length: int, *bound_to: str) -> list[str]:
    """The position, `length` texts; raises BadCursor for anything else."""
    try:
        packed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        cursor = msgspec.json.decode(packed, type=_Cursor)
    except (ValueError, NotBase64, msgspec.MsgspecError):
        raise BadCursor from None
    is_whole = len(cursor.position) == length and all(cursor.position)  # no key may be empty
    if cursor.binding != _binding(bound_to) or not is_whole:
        raise BadCursor
    return cursor.position


def _binding(bound_to: tuple[str, ...]) -> int:
    # Guards against mix-ups, not against forgery, so a checksum is enough.
    return crc32("\0".join(bound_to).encode())
