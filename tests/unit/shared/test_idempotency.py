import pytest

from artisthub.shared import idempotency
from artisthub.shared.idempotency import IdempotencyKeyReused, Stamp


def stamp(key: str = "key-1", body: bytes = b"{}", caller: str = "user-1") -> Stamp:
    return idempotency.stamp(key, body, caller, "createCasting")


def stored(stamp: Stamp) -> dict[str, str]:
    return {"key": stamp.key, "digest": stamp.digest}


def test_a_retry_finds_its_first_try() -> None:
    assert stamp().is_replay_of(stored(stamp()))


@pytest.mark.parametrize("other", [stamp(key="key-2"), stamp(caller="user-2")])
def test_another_key_or_caller_is_no_retry(other: Stamp) -> None:
    assert not stamp().is_replay_of(stored(other))


def test_what_was_made_without_a_key_is_no_first_try() -> None:
    assert not stamp().is_replay_of(None)


def test_another_body_under_the_same_key_is_refused() -> None:
    with pytest.raises(IdempotencyKeyReused):
        stamp(body=b'{"a":1}').is_replay_of(stored(stamp()))


@pytest.mark.parametrize("key", ["x", "x" * 200, "!~#"])
def test_keys_are_visible_ascii(key: str) -> None:
    assert stamp(key=key).key


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "a b", "é", "a\n", "\x7f"])
def test_anything_else_is_no_key(key: str) -> None:
    with pytest.raises(idempotency.BadIdempotencyKey):
        stamp(key=key)
