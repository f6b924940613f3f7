"""Page cursors: opaque to the client, and valid only for the operation and filters that made them.

A cursor contains only a position in the sort order. The partition key always comes from the
request, so a forged cursor can only start the caller's own list at another position.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from zlib import crc32

import msgspec

from artisthub.shared import errors


class BadCursor(errors.Malformed):
    detail = "The cursor does not belong to this list with these filters. Start without `cursor`."


class _Cursor(msgspec.Struct, array_like=True):
    binding: int
    position: list[str]


def encode(position: list[str], *bound_to: str) -> str:
    """A cursor for `position`, valid only for the same `bound_to` (operation, filters)."""
    packed = msgspec.json.encode(_Cursor(_binding(bound_to), position))
    return urlsafe_b64encode(packed).decode().rstrip("=")


def decode(text: str, length: int, *bound_to: str) -> list[str]:
    """The position, with `length` texts. Raises BadCursor."""
    try:
        packed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        cursor = msgspec.json.decode(packed, type=_Cursor)
    except (ValueError, NotBase64, msgspec.MsgspecError):
        raise BadCursor from None
    is_whole = len(cursor.position) == length and all(
        cursor.position
    )  # DynamoDB allows no empty keys
    if cursor.binding != _binding(bound_to) or not is_whole:
        raise BadCursor
    return cursor.position


def _binding(bound_to: tuple[str, ...]) -> int:
    # A checksum is enough: this prevents mistakes, not forgery.
    return crc32("\0".join(bound_to).encode())
