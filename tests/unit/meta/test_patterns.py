"""Patterns of the contract work in JavaScript, in linear time, and refuse nothing valid."""

import json
import re
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artisthub.shared import texts
from artisthub.shared.models import ONE_LINE
from contract import openapi
from contract.examples import CURSOR
from contract.schemas import PATTERNS

CONTRACT: dict[str, Any] = json.loads(openapi.FILE.read_text())
# Beginnings and repeated parts that make patterns with nested repeats try again and again.
TRY = """
const [patterns, length] = JSON.parse(process.argv[1]);
const starts = ['', 'https://', 'https://a.', 'https://a.b/', 'a@', 'user:', '/v1/media/'];
const parts = ['a', 'A', '0', '-', '.', 'a.', 'a-', ' ', ' a', '/', '#', '%41', 'é', '\\n'];
const ends = ['', '\\u0000', '!', ' '];
const slowest = patterns.map((pattern) => {
  const regex = new RegExp(pattern, 'u');
  let most = 0;
  for (const start of starts) for (const part of parts) for (const end of ends) {
    const text = start + part.repeat(length / part.length) + end;
    const began = process.cpuUsage();
    regex.test(text);
    most = Math.max(most, process.cpuUsage(began).user / 1000);
  }
  return most;
});
console.log(JSON.stringify(slowest));
"""


def patterns() -> list[str]:
    """All patterns of the contract."""

    def within(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            if isinstance(part.get("pattern"), str):
                yield part["pattern"]
            for value in part.values():
                yield from within(value)
        if isinstance(part, list):
            for value in part:
                yield from within(value)

    return sorted(set(within(CONTRACT)))


def test_every_pattern_is_a_regular_expression_of_javascript_in_linear_time() -> None:
    arguments = json.dumps([patterns(), 20_000])

    finished = subprocess.run(
        ["node", "-e", TRY, arguments], capture_output=True, text=True, check=False
    )

    assert finished.returncode == 0, finished.stderr
    milliseconds = dict(zip(patterns(), json.loads(finished.stdout), strict=True))
    # A quadratic pattern takes over a second.
    assert {pattern: ms for pattern, ms in milliseconds.items() if ms > 500} == {}
    assert len(milliseconds) > 20


@given(st.text(min_size=1, max_size=20))
def test_a_pattern_for_texts_refuses_no_text_that_the_service_takes(text: str) -> None:
    try:
        cleaned = texts.cleaned(text, 100)
    except texts.Refused:
        return

    assert re.search(PATTERNS[None], text)
    assert "\n" in text or re.search(PATTERNS[ONE_LINE], text)
    assert not cleaned or re.search(PATTERNS[None], cleaned)


@pytest.mark.parametrize("text", ["a\x00b", "\x7f", "a\x1bb", "\u202emoc", "a\u2066b", "\x9f"])
def test_a_control_character_does_not_fit_the_contract(text: str) -> None:
    with pytest.raises(texts.Refused):
        texts.cleaned(text, 100)
    for pattern in PATTERNS.values():
        assert not re.search(pattern, text)


def test_a_cursor_has_the_characters_that_the_contract_names() -> None:
    operation = CONTRACT["paths"]["/v1/castings"]["get"]
    [parameter] = (each for each in operation["parameters"] if each.get("name") == "cursor")

    assert re.search(parameter["schema"]["pattern"], CURSOR)
    assert not re.search(parameter["schema"]["pattern"], f"{CURSOR}=")
