from base64 import urlsafe_b64encode

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from artisthub.shared import cursor

# A DynamoDB key is never empty.
KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(st.lists(KEYS, max_size=4), st.lists(TEXTS, max_size=3))
def test_a_cursor_decodes_to_its_position(position: list[str], bound_to: list[str]) -> None:
    text = cursor.encode(position, *bound_to)

    assert cursor.decode(text, len(position), *bound_to) == position


@given(KEYS)
def test_a_cursor_needs_no_escaping_in_a_query(position: str) -> None:
    text = cursor.encode([position], "listCastings")

    assert text.isascii()
    assert text.replace("-", "").replace("_", "").isalnum()


@given(TEXTS, TEXTS)
def test_a_cursor_is_refused_with_other_filters(mine: str, other: str) -> None:
    text = cursor.encode(["2026"], "listCastings", mine)

    if mine != other:
        with pytest.raises(cursor.BadCursor):
            cursor.decode(text, 1, "listCastings", other)


def test_a_cursor_is_refused_by_another_operation() -> None:
    text = cursor.encode(["2026"], "listCastings")

    with pytest.raises(cursor.BadCursor):
        cursor.decode(text, 1, "listUsers")


def test_filters_are_kept_apart_in_a_cursor() -> None:
    text = cursor.encode(["2026"], "list", "ab", "c")

    with pytest.raises(cursor.BadCursor):
        cursor.decode(text, 1, "list", "a", "bc")


@pytest.mark.parametrize("position", [["a", "b"], [], [""]])
def test_a_position_with_a_wrong_number_of_keys_is_refused(position: list[str]) -> None:
    with pytest.raises(cursor.BadCursor):
        cursor.decode(cursor.encode(position, "list"), 1, "list")


@given(st.text() | st.binary(max_size=60).map(lambda raw: urlsafe_b64encode(raw).decode()))
def test_an_arbitrary_text_is_refused_as_a_cursor(text: str) -> None:
    with pytest.raises(cursor.BadCursor):
        cursor.decode(text, 1, "list")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=8,
    )
)
def test_encoded_json_of_another_shape_is_refused(value: object) -> None:
    text = urlsafe_b64encode(msgspec.json.encode(value)).decode()

    with pytest.raises(cursor.BadCursor):
        cursor.decode(text, 1, "list")


@pytest.mark.parametrize("text", ["é", "\ud800", "a" * 500, "====", "W10"])
def test_invalid_base64_is_refused(text: str) -> None:
    with pytest.raises(cursor.BadCursor):
        cursor.decode(text, 1, "list")
