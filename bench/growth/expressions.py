"""Conditions and updates of DynamoDB, as far as this project writes them.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html
"""

from __future__ import annotations

import operator
import re
from typing import Any

Item = dict[str, Any]

TOKEN = re.compile(r"\s*(<>|<=|>=|[=<>()+,-]|[:#]?\w+)")
COMPARISONS = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def holds(condition: str, item: Item, names: dict[str, str], values: Item) -> bool:
    """Whether the item fulfils the condition."""
    return not condition or _Reader(condition, item, names, values).any()


def updated(update: str, item: Item, names: dict[str, str], values: Item) -> Item:
    """The item after an update expression."""
    return _Reader(update, item, names, values).update()


class _Reader:
    def __init__(self, text: str, item: Item, names: dict[str, str], values: Item) -> None:
        self.tokens, at = [], 0
        while text[at:].strip():
            match = TOKEN.match(text, at)
            assert match, f"unknown expression: {text[at:]}"
            self.tokens.append(match[1])
            at = match.end()
        self.item, self.names, self.values = item, names, values

    def peek(self) -> str:
        return self.tokens[0] if self.tokens else ""

    def take(self, *wanted: str) -> str:
        token = self.tokens.pop(0)
        assert not wanted or token in wanted, f"{token} instead of {wanted}"
        return token

    def any(self) -> bool:
        found = [self.all()]
        while self.peek() == "OR":
            self.take()
            found.append(self.all())
        return any(found)

    def all(self) -> bool:
        found = [self.one()]
        while self.peek() == "AND":
            self.take()
            found.append(self.one())
        return all(found)

    def one(self) -> bool:
        if self.peek() == "NOT":
            self.take()
            return not self.one()
        if self.peek() == "(":
            self.take()
            found = self.any()
            self.take(")")
            return found
        if self.peek() in ("attribute_exists", "attribute_not_exists"):
            wanted = self.take() == "attribute_exists"
            return (self.arguments()[0] is not None) == wanted
        if self.peek() == "begins_with":
            self.take()
            text, start = self.arguments()
            return text is not None and text.startswith(start)
        left = self.value()
        how = self.take("BETWEEN", *COMPARISONS)
        if how == "BETWEEN":
            low = self.value()
            self.take("AND")
            high = self.value()
            return left is not None and low <= left <= high
        right = self.value()
        if left is None or right is None:
            return how == "<>"
        return bool(COMPARISONS[how](left, right))

    def arguments(self) -> list[Any]:
        self.take("(")
        found = [self.value()]
        while self.take(",", ")") == ",":
            found.append(self.value())
        return found

    def name(self) -> str:
        token = self.take()
        return self.names[token] if token.startswith("#") else token

    def value(self) -> Any:
        """The value of an attribute, a parameter or a function. None is an absent attribute."""
        if self.peek() == "if_not_exists":
            self.take()
            present, otherwise = self.arguments()
            return otherwise if present is None else present
        if self.peek().startswith(":"):
            return self.values[self.take()]
        return self.item.get(self.name())

    def update(self) -> Item:
        after = dict(self.item)
        while self.tokens:
            section = self.take("SET", "REMOVE", "ADD")
            self.change(section, after)
            while self.peek() == ",":
                self.take()
                self.change(section, after)
        return after

    def change(self, section: str, after: Item) -> None:
        name = self.name()
        if section == "REMOVE":
            after.pop(name, None)
        elif section == "ADD":
            after[name] = after.get(name, 0) + self.value()
        else:
            self.take("=")
            after[name] = self.value()
            while self.peek() in ("+", "-"):
                sign = 1 if self.take() == "+" else -1
                after[name] += sign * self.value()
