import pytest

from artisthub.shared import idempotency
from artisthub.shared.idempotency import BadIdempotencyKey, Stamp

PATH = {"castingId": "casting-1"}


def stamp(
    key: str = "key-1",
    caller: str = "user-1",
    operation: str = "addDocument",
    path: dict[str, str] = PATH,
    body: bytes = b"{}",
) -> Stamp:
    return idempotency.stamp(key, caller, operation, path, body)


def test_the_same_request_has_the_same_stamp() -> None:
    assert stamp() == stamp()


@pytest.mark.parametrize(
    "other",
    [stamp(key="key-2"), stamp(caller="user-2"), stamp(operation="createCasting")],
    ids=["key", "caller", "operation"],
)
def test_another_key_caller_or_operation_has_another_record(other: Stamp) -> None:
    assert other.key != stamp().key


@pytest.mark.weakness(26)
@pytest.mark.parametrize(
    "other",
    [stamp(body=b'{"a":1}'), stamp(path={"castingId": "casting-2"}), stamp(path={})],
    ids=["body", "path", "no path"],
)
def test_another_body_or_path_is_another_request_with_the_same_key(other: Stamp) -> None:
    assert (other.key, other.digest) != (stamp().key, stamp().digest)
    assert other.key == stamp().key


@pytest.mark.parametrize("key", ["!", "~", "a" * 200, "8e03978e-40d5-43e8-bc93-6894a57f9324"])
def test_a_key_has_up_to_200_visible_ascii_characters(key: str) -> None:
    stamp(key=key)


@pytest.mark.parametrize("key", ["", " ", "a b", "a" * 201, "\x7f", "\x00", "k\n", "é", "\u200b"])
def test_any_other_key_is_refused(key: str) -> None:
    with pytest.raises(BadIdempotencyKey):
        stamp(key=key)
