"""A change is made once, of what is there when it is made."""

import pytest

from artisthub.shared import changes, errors


class Store:
    """Holds a text, and lets this many writes of others come between."""

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


def test_what_is_read_is_changed_and_stored() -> None:
    store = Store("draft")

    assert changes.make(store.read, str.upper, store.write) == "DRAFT"
    assert store.text == "DRAFT"


def test_where_another_write_came_between_the_change_is_made_of_what_it_left() -> None:
    store = Store("draft", others=changes.ATTEMPTS - 1)

    assert changes.make(store.read, str.upper, store.write) == "DRAFT++++"
    assert store.text == "DRAFT++++"


def test_where_others_never_stop_writing_the_caller_is_told_to_come_back() -> None:
    store = Store("draft", others=changes.ATTEMPTS)

    with pytest.raises(errors.Busy):
        changes.make(store.read, str.upper, store.write)

    assert "DRAFT" not in store.text


def test_where_there_is_nothing_to_change_nothing_is_stored() -> None:
    store = Store("draft", others=1)

    assert changes.make(store.read, lambda text: text, store.write) == "draft"
    assert store.others == 1
