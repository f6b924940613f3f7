"""Writes docs/pages.md from measurements (bench/pages.json).

`make fix` writes it.
"""

import json
from typing import Any

from contract import ROOT

FILE = ROOT / "docs/pages.md"
RECORD = ROOT / "bench/pages.json"

TEXT = """\
# Calls of each page

`make fix` generates this page from [pages.json](../bench/pages.json): the calls of 15 pages of a
client, and the read units of DynamoDB for all calls of a page together. The stage has 20 of each
thing in a list, of ten recruiters, with short texts. A call costs at most 60 read units, or 15
without a token, whatever the documents contain. A test fails if the figures are out of date;
`PYTHONPATH=src .venv/bin/python -m bench.pages` measures again.

*Before* are the calls that a client of release 0.1.0 makes for the same page, at the units that
they cost today. Pictures did not exist. The last column has what else was missing.

| page | calls | read units | calls before | read units before | missing before |
| --- | --- | ---: | ---: | ---: | --- |
{rows}
"""


def text() -> str:
    return TEXT.format(rows="\n".join(map(_row, json.loads(RECORD.read_text()))))


def _row(page: dict[str, Any]) -> str:
    now, before = page["now"], page["before"]
    cells = (
        page["need"],
        ", ".join(now["operations"]),
        f"{now['readUnits']:g}",
        str(len(before["operations"])),
        f"{before['readUnits']:g}",
        page.get("missing", ""),
    )
    return f"| {' | '.join(cells)} |"
