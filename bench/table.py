"""Printed tables of results."""

from __future__ import annotations

Row = tuple[str, ...]


def show(title: str, *rows: Row) -> None:
    """Print a table. Its first row is the header; its first column is text, the others numbers."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    print(f"\n{title}\n")
    for row in rows:
        cells = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        print("  " + "  ".join([row[0].ljust(widths[0]), *cells]).rstrip())


def verdict(is_within: bool) -> str:
    return "ok" if is_within else "OVER"
