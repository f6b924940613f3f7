"""What the API promises, written from its code: the contract, the events, and what calls cost.

Nothing of this package is deployed.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))


class Incomplete(ValueError):
    """An operation lacks something; the text says what to add and where."""
