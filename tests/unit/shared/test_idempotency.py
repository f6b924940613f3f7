import pytest

from artisthub.shared import idempotency
from artisthub.shared.idempotency import IdempotencyKeyReused, Stamp


def stamp(key: str = "key-1", body: bytes = b"{}", caller: str = "user-1") -> Stamp:
    return idempotency.stamp(key, body, caller, "createCasting")


def stored(stamp: Stamp) -> dict[str, str]:
    return {"key": stamp.key, "digest": stamp.digest}


def test_a_request_with_the_same_key_is_a_retry() -> None:
    assert stamp().is_replay_of(stored(stamp()))


@pytest.mark.parametrize("other", [stamp(key="key-2"), stamp(caller="user-2")])
def test_a_request_with_another_key_or_caller_is_not_a_retry(other: Stamp) -> None:
    assert not stamp().is_replay_of(stored(other))


def test_an_item_made_without_a_key_matches_no_retry() -> None:
    assert not stamp().is_replay_of(None)


def test_the_same_key_with_another_body_is_refused() -> None:
    with pytest.raises(IdempotencyKeyReused):
        stamp(body=b'{"a":1}').is_replay_of(stored(stamp()))


@pytest.mark.parametrize("key", ["x", "x" * 200, "!~#"])
def test_a_key_of_up_to_200_visible_ascii_characters_is_accepted(key: str) -> None:
    assert stamp(key=key).key


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "a b", "é", "a\n", "\x7f"])
def test_an_invalid_key_is_refused(key: str) -> None:
    with pytest.raises(idempotency.BadIdempotencyKey):
        stamp(key=key)
