"""The checks of `make check`."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
