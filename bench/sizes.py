"""Sizes of the packages that are deployed to Lambda."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from bench import table

if TYPE_CHECKING:
    from pathlib import Path

MAX_LAYER = 25_000_000
MAX_CODE = 300_000


def run(package: Path) -> bool:
    """Print the table. Return whether the package for Lambda is within the budget."""
    with zipfile.ZipFile(package / "dependencies.zip") as layer:
        unzipped = sum(entry.file_size for entry in layer.infolist())
    code = max(package.glob("artisthub-*.zip"), key=lambda each: each.stat().st_size)
    rows = [
        ("dependency layer, unzipped", unzipped, MAX_LAYER),
        (f"largest code package, {code.name}, zipped", code.stat().st_size, MAX_CODE),
    ]
    table.show(
        "Sizes for Lambda on arm64, KB",
        ("", "size", "budget", ""),
        *(
            (name, f"{size / 1000:,.0f}", f"{most / 1000:,.0f}", table.verdict(size <= most))
            for name, size, most in rows
        ),
    )
    return all(size <= most for _, size, most in rows)
