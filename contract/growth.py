"""Writes docs/growth.md and its picture from measurements (bench/growth.json).

`make bench-growth` measures and writes them.
"""

import json
from collections.abc import Iterable
from math import log10
from types import SimpleNamespace
from typing import Any, NamedTuple

from bench.growth.limits import BOUNDED, EARLY, JOBS, LEFT_OUT
from contract import ROOT

FILE = ROOT / "docs/growth.md"
PLOT = ROOT / "docs/pictures/growth.svg"
RECORD = ROOT / "bench/growth.json"
MOST_GROWTH = 1.2
# Differences below these are those of one document and another, and of the clock.
LEAST = {"readUnits": 1, "writeUnits": 2, "cpuMs": 0.5, "steps": 0}
NAMES = {
    "readUnits": "read units",
    "writeUnits": "write units",
    "cpuMs": "CPU ms",
    "steps": "Python steps",
}
MILLION = 1_000_000
PUBLISH = "setCastingStatus to publish"

Record = dict[str, Any]
Figures = dict[str, list[float]]

TEXT = """\
# Growth

No operation becomes dearer while the service grows. This page has the request units and the CPU
time of each operation and each consumer, among {sizes} users, castings and
applications each, measured on {on}. `make bench-growth` measures again.

![Request units and CPU time of all operations at each size](pictures/growth.svg)

- The tables are as the API and its consumers write them. One recruiter and one artist own a tenth
  of everything. The recruiter's first casting has a tenth of all applications. Pages have {limit}
  items.
- A stand-in for DynamoDB on this machine keeps the tables and counts request units by
  [AWS's rules](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html),
  with the indexes. A transaction counts twice. Requests and consumers run as in the API tests.
- CPU is that of the function's process, the least of {rounds} rounds. Every round calls all sizes.
- Python steps are the instructions of Python that ran, counted in one more round. They do not
  depend on how busy the machine is. Compiled code takes more time for more bytes, which the read
  units show.
- The command fails if a line takes over {percent}% more steps among {last} than among {first}, or
  over {percent}% more request units and more than {read:g} read unit or {write:g} write units more.
  It also fails if all operations together, or all consumers, take over {percent}% more CPU time.
  The CPU time of one line varies by half between runs, even where a call does the same.
- Among {first}, fewer people match some searches than a page has. These are compared from the
  second size on: {early}.
- Three figures in a cell are those of the three sizes. One figure is the same at all sizes.

## Operations

{operations}

{left_out}

## Consumers

The consumers of streams, each after the operation that makes most work for it.

{consumers}

Publishing a casting costs {publish:g} write units once, for its card and its entries in the search
index, at every size of the service.

## What grows with the caller's own list

These reads look at more of the caller's own list, up to a limit. They do not depend on what others
have.

{bounded}

## Jobs that read everything

{jobs}

## A million

{model}
"""


class Line(NamedTuple):
    """The cost of a call at each size, or of a consumer after it."""

    operation: str
    consumer: str
    figures: Figures

    @property
    def units(self) -> float:
        return self.figures["readUnits"][0] + self.figures["writeUnits"][0]


def lines(record: Record) -> list[Line]:
    found = []
    for name, figures in record["taken"].items():
        operation, _, consumer = name.partition(" > ")
        found.append(Line(operation, consumer, figures))
    return found


def grown(record: Record) -> list[str]:
    """The figures that grow and must not, in words.

    Request units and steps are compared for each line. CPU time is compared for all operations
    together and all consumers together: that of one line varies by half, even where it does the
    same.
    """
    compared = [
        line
        for line in lines(record)
        if line.operation not in JOBS and not (line.operation in BOUNDED and not line.consumer)
    ]
    found = [
        (_name(line), kind, line.figures[kind][line.operation in EARLY :])
        for line in compared
        for kind in ("readUnits", "writeUnits", "steps")
    ]
    for name, is_consumer in (("all operations", False), ("all consumers", True)):
        of_kind = [each.figures["cpuMs"] for each in compared if bool(each.consumer) == is_consumer]
        found.append((name, "cpuMs", [sum(each) for each in zip(*of_kind, strict=True)]))
    return [
        f"{name}: {NAMES[kind]} {' to '.join(map(_number, figures))}"
        for name, kind, figures in found
        if is_grown(kind, figures)
    ]


def is_grown(kind: str, figures: list[float]) -> bool:
    first, last = figures[0], max(figures[1:])
    return last > MOST_GROWTH * first and last - first > LEAST[kind]


def _name(line: Line) -> str:
    return f"{line.consumer} after {line.operation}" if line.consumer else line.operation


def text() -> str:
    record = _record()
    everything = lines(record)
    sizes = [f"{size:,}" for size in record["sizes"]]
    flat = [each for each in everything if each.operation not in JOBS | BOUNDED.keys()]
    [publish] = [
        each.figures["writeUnits"][-1]
        for each in everything
        if each.operation == PUBLISH and each.consumer == "index_casting"
    ]
    return TEXT.format(
        sizes=f"{', '.join(sizes[:-1])} and {sizes[-1]}",
        early=", ".join(sorted(EARLY)),
        first=sizes[0],
        last=sizes[-1],
        on=record["measuredOn"],
        limit=record["limit"],
        rounds=record["rounds"],
        percent=round(100 * (MOST_GROWTH - 1)),
        read=LEAST["readUnits"],
        write=LEAST["writeUnits"],
        operations=_table(["operation"], (each for each in flat if not each.consumer)),
        left_out=_left_out(),
        consumers=_table(["consumer", "after"], _costliest(flat)),
        publish=publish,
        bounded=_bounded(everything),
        jobs=_jobs(everything, record["sizes"]),
        model=_model(flat, record["sizes"]),
    )


def _left_out() -> str:
    reasons: dict[str, list[str]] = {}
    for name, reason in sorted(LEFT_OUT.items()):
        reasons.setdefault(reason, []).append(name)
    rows = [[", ".join(names), reason] for reason, names in reasons.items()]
    return _markdown([["operations that are not called", "because"], *rows])


def _costliest(found: list[Line]) -> list[Line]:
    """The line of each consumer with most units."""
    best: dict[str, Line] = {}
    for each in sorted(found, key=lambda line: line.units):
        if each.consumer:
            best[each.consumer] = each
    return [best[name] for name in sorted(best)]


def _table(head: list[str], found: Iterable[Line]) -> str:
    rows = [
        [
            *((each.consumer, each.operation) if each.consumer else (each.operation,)),
            *(_cell(figures) for figures in each.figures.values()),
        ]
        for each in found
    ]
    return _markdown([[*head, *NAMES.values()], *rows])


def _cell(figures: list[float]) -> str:
    texts = list(map(_number, figures))
    return texts[0] if len(set(texts)) == 1 else ", ".join(texts)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{round(value, 2):g}"


def _bounded(everything: list[Line]) -> str:
    rows = [["operation", "read units", "CPU ms", "limit", "because"]]
    for line in everything:
        if line.operation in BOUNDED and not line.consumer:
            limit, reason = BOUNDED[line.operation]
            cells = (_cell(line.figures[kind]) for kind in ("readUnits", "cpuMs"))
            rows.append([line.operation, *cells, f"{limit} units", reason])
    return _markdown(rows)


def _jobs(everything: list[Line], sizes: list[int]) -> str:
    rows = [["job", "read units", "CPU ms", "read units a document", "how often"]]
    for line in everything:
        if line.operation in JOBS and not line.consumer:
            cells = (_cell(line.figures[kind]) for kind in ("readUnits", "cpuMs"))
            each = line.figures["readUnits"][-1] / sizes[-1]
            rows.append([line.operation, *cells, f"{each:.3f}", JOBS[line.operation]])
    return _markdown(rows)


def fitted(sizes: list[int], figures: list[float]) -> tuple[float, float]:
    """The start and the slope of the line over the logarithm of the size, by least squares."""
    xs = [log10(size) for size in sizes]
    mean_x, mean_y = sum(xs) / len(xs), sum(figures) / len(figures)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, figures, strict=True))
    slope /= sum((x - mean_x) ** 2 for x in xs)
    return mean_y - slope * mean_x, slope


def at(size: int, line: tuple[float, float]) -> float:
    return max(0.0, line[0] + line[1] * log10(size))


MODEL = """\
A line over the logarithm of the size is fitted to each figure of an operation or a consumer.
Fitted to {small} only, it predicts the units among {last} within {error:.0%}, or half a
unit, for {right} of {count} figures.{except_for} Fitted to all sizes, it predicts for
{million:,}:

{table}
"""
ERROR = 0.1


def _model(flat: list[Line], sizes: list[int]) -> str:
    figures = [
        (each, kind, each.figures[kind]) for each in flat for kind in ("readUnits", "writeUnits")
    ]
    wrong = [
        _name(each)
        for each, _, values in figures
        if abs(at(sizes[-1], fitted(sizes[:-1], values[:-1])) - values[-1])
        > max(0.5, ERROR * values[-1])
    ]
    rows = [["", *(f"{size:,}" for size in sizes), f"{MILLION:,}"]]
    for kind, name in NAMES.items():
        of_kind = [each.figures[kind] for each in flat]
        sums = [sum(values) for values in zip(*of_kind, strict=True)]
        rows.append(
            [
                f"{name}, mean of all",
                *(_number(total / len(flat)) for total in sums),
                _number(sum(at(MILLION, fitted(sizes, values)) for values in of_kind) / len(flat)),
            ]
        )
    return MODEL.format(
        small=" and ".join(f"{size:,}" for size in sizes[:-1]),
        last=f"{sizes[-1]:,}",
        error=ERROR,
        right=len(figures) - len(wrong),
        count=len(figures),
        except_for=f" It misses those of {', '.join(dict.fromkeys(wrong))}." if wrong else "",
        million=MILLION,
        table=_markdown(rows),
    ).rstrip()


def _markdown(rows: list[list[str]]) -> str:
    head, *others = rows
    rule = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *others))


SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>Each operation at each size, relative to the smallest</title>
<style>
text {{ font: 12px system-ui, sans-serif; fill: #57606a }}
.title {{ font-weight: 600; font-size: 13px }}
.axis {{ stroke: #d0d7de }}
.most {{ stroke: #bc4c00; stroke-dasharray: 4 3 }}
.flat {{ stroke: #1a7f37; stroke-opacity: .35; fill: none }}
@media (prefers-color-scheme: dark) {{
text {{ fill: #b1bac4 }}
.axis {{ stroke: #30363d }}
.most {{ stroke: #f0883e }}
.flat {{ stroke: #3fb950 }}
}}
</style>
{panels}
</svg>
"""
PANEL = '<g transform="translate({x},40)"><text class="title" y="-16">{title}</text>{marks}</g>'
WIDTH, HEIGHT, GAP, MOST = 220, 160, 70, 2.0


def plot(record: Record) -> str:
    """Each figure relative to that of the smallest size, with the most that is allowed."""
    flat = [each for each in lines(record) if each.operation not in JOBS | BOUNDED.keys()]
    panels = (
        PANEL.format(
            x=GAP + number * (WIDTH + GAP),
            title=f"{name}, relative to {record['sizes'][0]:,}",
            marks="".join(_marks(record["sizes"], [each.figures[kind] for each in flat])),
        )
        for number, (kind, name) in enumerate(NAMES.items())
    )
    width = GAP + len(NAMES) * (WIDTH + GAP)
    return SVG.format(width=width, height=HEIGHT + 80, panels="\n".join(panels))


def _marks(sizes: list[int], of_all: list[list[float]]) -> Iterable[str]:
    for level in (0, 1, MOST_GROWTH, MOST):
        kind = "most" if level == MOST_GROWTH else "axis"
        y = _y(level)
        yield f'<line class="{kind}" x1="0" x2="{WIDTH}" y1="{y}" y2="{y}"/>'
        yield f'<text x="-8" y="{y + 4}" text-anchor="end">{level:g}</text>'
    xs = [round(WIDTH * number / (len(sizes) - 1), 1) for number in range(len(sizes))]
    for x, size in zip(xs, sizes, strict=True):
        yield f'<text x="{x}" y="{HEIGHT + 18}" text-anchor="middle">{size:,}</text>'
    for figures in of_all:
        if figures[0]:
            points = (f"{x},{_y(each / figures[0])}" for x, each in zip(xs, figures, strict=True))
            yield f'<polyline class="flat" points="{" ".join(points)}"/>'


def _y(level: float) -> float:
    return round(HEIGHT * (1 - min(level, MOST) / MOST), 1)


def _record() -> Record:
    record: Record = json.loads(RECORD.read_text())
    return record


GENERATED = (
    SimpleNamespace(FILE=FILE, text=text),
    SimpleNamespace(FILE=PLOT, text=lambda: plot(_record())),
)
