"""Idempotency-Key on creates: a retry gets the item of the first try and creates nothing.

The stamp is stored in the created item, so it needs no table and no extra write.
https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
"""

import re

import msgspec

from artisthub.shared import errors, ids


class IdempotencyKeyReused(errors.Invalid):
    detail = "This Idempotency-Key was used with another body. Send a new key with a new request."


class BadIdempotencyKey(errors.Malformed):
    detail = "Idempotency-Key must have 1 to 200 visible ASCII characters."


class Stamp(msgspec.Struct, frozen=True):
    """`key` stands for caller, operation and key of a create, `digest` for its body."""

    key: str
    digest: str

    def is_replay_of(self, stored: dict[str, str] | None) -> bool:
        """Whether the stored stamp is from the same create. Raises IdempotencyKeyReused."""
        if not stored or stored["key"] != self.key:
            return False
        if stored["digest"] != self.digest:
            raise IdempotencyKeyReused
        return True


def stamp(key: str, body: bytes, caller_id: str, operation: str) -> Stamp:
    """The stamp of a create. Raises BadIdempotencyKey."""
    if not re.fullmatch(r"[!-~]{1,200}", key):
        raise BadIdempotencyKey
    from hashlib import sha256  # only creates with a key need it

    return Stamp(ids.derived(caller_id, operation, key), sha256(body).hexdigest())
