"""Writes the comparison in README and its plot from measurements (bench/peers.json).

`make bench-peers` measures and writes them, `make fix` only writes them.
"""

import json
import re
from types import SimpleNamespace
from typing import Any, NamedTuple

from contract import ROOT

README = ROOT / "README.md"
PLOT = ROOT / "docs/pictures/peers.svg"
RECORD = ROOT / "bench/peers.json"
BLOCK = re.compile(r"(?<=<!-- make bench-peers -->\n).*?(?=<!-- end -->)", re.DOTALL)
OPERATIONS = ("create", "read")


class Column(NamedTuple):
    """A measure of one operation, or of the slower of both."""

    title: str
    measure: str
    operations: tuple[str, ...]


COLUMNS = (
    Column("cold start, CPU ms", "init", OPERATIONS),
    Column("until first answer, CPU ms", "answered", OPERATIONS),
    Column("first request, ms", "first", OPERATIONS),
    Column("later requests, ms", "next", OPERATIONS),
    Column("warm create, CPU ms", "warm", ("create",)),
    Column("warm read, CPU ms", "warm", ("read",)),
    Column("memory, MB", "memory", OPERATIONS),
)
# The peer, the measure, and the least that it must be of ours; or the most that ours may be of it.
BARS = (
    ("FastAPI + Mangum + boto3", "init", 12.0),
    ("FastAPI + Mangum + boto3", "warm", 6.0),
    ("Node.js 24 + AWS SDK + zod", "init", 3.0),
    ("Node.js 24 + AWS SDK + zod", "warm", 3.0),
    ("compiled core alone", "answered", 1 / 1.3),
    ("the same, connected at init", "warm", 1 / 1.3),
)
NAMES = {"init": "cold start", "answered": "until first answer", "warm": "warm CPU"}
MEASURES = {column.measure for column in COLUMNS}

TEXT = """
![Cold start, first request and warm requests of each stack](docs/pictures/peers.svg)

`make bench-peers` measured this on {on}, with Python {python} and Node.js 24, on {cpus} CPUs with a
load of {load}. It compares createCasting and getCasting with the same two endpoints on other stacks
([bench/peers](bench/peers)). All stacks make the same calls to DynamoDB, which a local program
answers at once. Before it measures, the command checks {requests} requests. All stacks must give
the same statuses and answers, and store the same items.

{table}

Each cell has the median of {rounds} rounds, the quartiles, and the ratio to ours. In each round,
every stack runs in fresh processes, in random order. A cold start is the CPU time of a function's
init, beyond the imports of the Lambda runtime and over plain HTTP. All other times are over
HTTPS, as on AWS. The time until the first answer has the init, the first request and one handshake:
ours and the last row connect during their init, the others in their first request
([decision 0003](docs/decisions/0003-cold-start.md)). The first and the later requests are wall
times with the CPU of a 256 MB function (0.145 vCPU, limited {throttled}). Columns that name no
operation have the slower of the two. Warm times are the mean of 300 requests after 200 others.
Packages are zipped, with their dependencies.

The compiled core alone is msgspec and the core of pydynox, without a framework. It writes no log,
and answers without ETag, security headers and problem documents.
"""


def table(record: dict[str, Any]) -> str:
    """The comparison as a table in Markdown."""
    ours, *_ = record["stacks"]
    titles = ["stack", *(column.title for column in COLUMNS), "package, MB"]
    rows = [titles, ["---", *["---:"] * (len(titles) - 1)]]
    for stack in record["stacks"]:
        cells = [_cell(_slower(stack, column), _slower(ours, column)) for column in COLUMNS]
        rows.append([stack["name"], *cells, _number(stack["megabytes"])])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def verdicts(record: dict[str, Any]) -> str:
    """The bars for ours, with the measured ratios."""
    lines = []
    for peer, measure, least in BARS:
        ratio = _ratio(record, peer, measure)
        is_floor = least < 1
        wanted = f"at most {1 / least:.2g}x" if is_floor else f"at least {least:.2g}x"
        found = f"{1 / ratio:.2f}x" if is_floor else f"{ratio:.1f}x"
        verdict = "ok" if ratio >= least else "MISSED"
        lines.append(f"{NAMES[measure]} against {peer}: {found} ({wanted}) {verdict}")
    return "\n".join(lines)


def is_within_bars(record: dict[str, Any]) -> bool:
    return all(_ratio(record, peer, measure) >= least for peer, measure, least in BARS)


def _ratio(record: dict[str, Any], peer: str, measure: str) -> float:
    """The peer's median by ours, for the operation where it is smaller."""
    of = {stack["name"]: stack["quartiles"] for stack in record["stacks"]}
    ours = record["stacks"][0]["name"]
    kinds = [f"{measure} {operation}" for operation in OPERATIONS]
    return min(float(of[peer][kind][1] / of[ours][kind][1]) for kind in kinds)


def _slower(stack: dict[str, Any], column: Column) -> list[float]:
    """The quartiles of the operation with the greater median."""
    quartiles = stack["quartiles"]
    found = (quartiles[f"{column.measure} {operation}"] for operation in column.operations)
    slower: list[float] = max(found, key=lambda each: each[1])
    return slower


def _cell(quartiles: list[float], ours: list[float]) -> str:
    low, middle, high = map(_number, quartiles)
    ratio = "" if quartiles == ours else f"<br>{_number(quartiles[1] / ours[1])}x"
    return f"{middle} ({low} to {high}){ratio}"


def _number(value: float) -> str:
    """With two or three digits that count."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


PANEL = """<g transform="translate({x},{y})"><text class="title" y="-12">{title}</text>{bars}</g>"""
BAR = (
    '<text class="name" x="-8" y="{text}">{name}</text>'
    '<rect class="{kind}" y="{y}" width="{width}" height="14" rx="2"/>'
    '<line class="spread" x1="{low}" x2="{high}" y1="{middle}" y2="{middle}"/>'
    '<text x="{end}" y="{text}">{value}</text>'
)
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>{title}</title>
<style>
text {{ font: 12px system-ui, sans-serif; fill: #57606a }}
.title {{ font-weight: 600; font-size: 13px }}
.name {{ text-anchor: end }}
.ours {{ fill: #1a7f37 }}
.peer {{ fill: #8c959f }}
.spread {{ stroke: #bc4c00; stroke-width: 2 }}
@media (prefers-color-scheme: dark) {{
text {{ fill: #b1bac4 }}
.ours {{ fill: #3fb950 }}
.peer {{ fill: #6e7681 }}
.spread {{ stroke: #f0883e }}
}}
</style>
{panels}
</svg>
"""
PANELS = (COLUMNS[0], COLUMNS[1], COLUMNS[4], COLUMNS[5])
NAMES_WIDTH, BARS_WIDTH, VALUES_WIDTH, ROW, HEAD = 190, 200, 110, 20, 36


class Bar(NamedTuple):
    """A bar with its spread. `kind` is ours or peer."""

    name: str
    kind: str
    low: float
    middle: float
    high: float
    label: str = ""


class Panel(NamedTuple):
    title: str
    bars: list[Bar]


def plot(record: dict[str, Any]) -> str:
    """The picture of the comparison, for light and dark pages."""
    panels = [Panel(column.title, _bars(record["stacks"], column)) for column in PANELS]
    return drawn("Our functions and the same endpoints on other stacks", panels)


def drawn(title: str, panels: list[Panel]) -> str:
    """Panels of bars, two in a row."""
    height = HEAD + ROW * len(panels[0].bars) + 12
    width = NAMES_WIDTH + BARS_WIDTH + VALUES_WIDTH
    texts = (
        PANEL.format(
            x=NAMES_WIDTH + width * (at % 2),
            y=HEAD + height * (at // 2),
            title=panel.title,
            bars="".join(_drawn(panel.bars)),
        )
        for at, panel in enumerate(panels)
    )
    return SVG.format(title=title, width=2 * width, height=2 * height, panels="\n".join(texts))


def _bars(stacks: list[dict[str, Any]], column: Column) -> list[Bar]:
    all_quartiles = [_slower(stack, column) for stack in stacks]
    bars = []
    for row, (stack, quartiles) in enumerate(zip(stacks, all_quartiles, strict=True)):
        ratio = f" ({_number(quartiles[1] / all_quartiles[0][1])}x)" if row else ""
        low, middle, high = quartiles
        kind = "peer" if row else "ours"
        bars.append(Bar(stack["name"], kind, low, middle, high, ratio))
    return bars


def _drawn(bars: list[Bar]) -> list[str]:
    scale = BARS_WIDTH / max(bar.high for bar in bars)
    texts = []
    for row, bar in enumerate(bars):
        low, middle, high = (round(each * scale, 1) for each in (bar.low, bar.middle, bar.high))
        texts.append(
            BAR.format(
                name=bar.name,
                kind=bar.kind,
                y=row * ROW,
                text=row * ROW + 11,
                middle=row * ROW + 7,
                width=max(middle, 1),
                low=low,
                high=high,
                end=max(middle, high) + 6,
                value=f"{_number(bar.middle)}{bar.label}",
            )
        )
    return texts


def _record() -> dict[str, Any]:
    record: dict[str, Any] = json.loads(RECORD.read_text())
    return record


def _readme() -> str:
    record = _record()
    block = TEXT.format(table=table(record), **record["about"])
    return BLOCK.sub(lambda _: block, README.read_text())


GENERATED = (
    SimpleNamespace(FILE=README, text=_readme),
    SimpleNamespace(FILE=PLOT, text=lambda: plot(_record())),
)
