"""A change applies once, to the item as it is at that moment."""

import pytest

from artisthub.shared import changes, errors


class Store:
    """A text that others write this many times before our write succeeds."""

    def __init__(self, text: str, others: int = 0) -> None:
        self.text = text
        self.others = others

    def read(self) -> str:
        return self.text

    def write(self, text: str, before: str) -> None:
        if self.others:
            self.others -= 1
            self.text += "+"
        if self.text != before:
            raise errors.Stale
        self.text = text


def test_an_item_is_read_changed_and_stored() -> None:
    store = Store("draft")

    assert changes.make(store.read, str.upper, store.write) == "DRAFT"
    assert store.text == "DRAFT"


def test_a_change_is_made_again_after_a_conflicting_write() -> None:
    store = Store("draft", others=changes.ATTEMPTS - 1)

    assert changes.make(store.read, str.upper, store.write) == "DRAFT++++"
    assert store.text == "DRAFT++++"


def test_a_change_with_too_many_conflicts_answers_busy() -> None:
    store = Store("draft", others=changes.ATTEMPTS)

    with pytest.raises(errors.Busy):
        changes.make(store.read, str.upper, store.write)

    assert "DRAFT" not in store.text


def test_a_change_without_effect_is_not_stored() -> None:
    store = Store("draft", others=1)

    assert changes.make(store.read, lambda text: text, store.write) == "draft"
    assert store.others == 1
