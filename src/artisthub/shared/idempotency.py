"""Idempotency-Key on creates: a retry gets what its first try made, and makes nothing new.

https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
The stamp is stored with the item that the create makes, so it costs no table and no extra write.
"""

import re

import msgspec

from artisthub.shared import errors, ids


class IdempotencyKeyReused(errors.Invalid):
    detail = "This Idempotency-Key was used for another body: send a new key with a new request."


class BadIdempotencyKey(errors.Malformed):
    detail = "Idempotency-Key must be 1 to 200 visible ASCII characters."


class Stamp(msgspec.Struct, frozen=True):
    """`key` is the same for the same caller, operation and key; `digest` for the same body."""

    key: str
    digest: str

    def is_replay_of(self, stored: dict[str, str] | None) -> bool:
        """Whether the create that left this stamp was the same; raises IdempotencyKeyReused."""
        if not stored or stored["key"] != self.key:
            return False
        if stored["digest"] != self.digest:
            raise IdempotencyKeyReused
        return True


def stamp(key: str, body: bytes, caller_id: str, operation: str) -> Stamp:
    """The stamp of one create; raises BadIdempotencyKey."""
    if not re.fullmatch(r"[!-~]{1,200}", key):
        raise BadIdempotencyKey
    from hashlib import sha256  # only creates with a key pay for it

    return Stamp(ids.derived(caller_id, operation, key), sha256(body).hexdigest())
