"""Whether searches find what people mean, among 10,000 documents.

    PYTHONPATH=src .venv/bin/python -m bench.quality [DOCUMENTS]

The embedded DynamoDB would take too long, so the documents and the index are in memory.
"""

import io
import os
import sys
from contextlib import redirect_stdout

import pytest

from artisthub.flags import repository as flags
from tests.api import templates
from tests.api.search import quality
from tests.api.search.memory import Memory


def main(size: int) -> None:
    memory = Memory()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()):
        for setting, table in templates.table_settings().items():
            patch.setitem(os.environ, setting, table)
        for name in ("follow_casting", "follow_user"):
            patch.setattr(flags, name, lambda _change: None)
        memory.install(patch)
        sets = quality.measured(memory, size), quality.measured_by_hand(memory, size)
    print(f"Among {size:,} documents:", *map(quality.told, sets))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
