"""Generates the OpenAPI document, the event schemas and the cost page from the code.

This package is not deployed.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))


class Incomplete(ValueError):
    """An operation is incomplete. The text says what to add and where."""
