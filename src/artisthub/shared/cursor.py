"""Page cursors: opaque to the client, and valid only for the operation and filters that made them.

A cursor contains only a position in the sort order. The partition key always comes from the
request, so a forged cursor can only start the caller's own list at another position.
"""

# The modules base64 and zlib would add 1 ms to a cold start.
from binascii import Error as NotBase64
from binascii import a2b_base64, b2a_base64, crc32

import msgspec

from artisthub.shared import errors


class BadCursor(errors.Malformed):
    detail = "The cursor does not belong to this list with these filters. Start without `cursor`."


# The alphabet that is safe in URLs (RFC 4648, section 5).
_TO_URL, _FROM_URL = bytes.maketrans(b"+/", b"-_"), str.maketrans("-_", "+/")


class _Cursor(msgspec.Struct, array_like=True):
    binding: int
    position: list[str]


def encode(position: list[str], *bound_to: str) -> str:
    """A cursor for `position`, valid only for the same `bound_to` (operation, filters)."""
    packed = msgspec.json.encode(_Cursor(_binding(bound_to), position))
    return b2a_base64(packed).translate(_TO_URL, b"=\n").decode()


def decode(text: str, length: int, *bound_to: str) -> list[str]:
    """The position, with `length` texts. Raises BadCursor."""
    try:
        packed = a2b_base64(text.translate(_FROM_URL) + "=" * (-len(text) % 4))
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
