"""Write the generated files: OpenAPI document, client, event schemas, pages on measurements.

python -m contract
"""

import sys
from typing import Any

from contract import (
    Incomplete,
    cost,
    events,
    growth,
    load,
    openapi,
    pages,
    peers,
    scale,
    typescript,
)

GENERATED: tuple[Any, ...] = (
    openapi,
    typescript,
    events,
    cost,
    pages,
    scale,
    *peers.GENERATED,
    *load.GENERATED,
    *growth.GENERATED,
)


def main() -> int:
    """Write all files, or none if an operation is incomplete."""
    try:
        texts = {each.FILE: each.text() for each in GENERATED}
    except Incomplete as incomplete:
        print(f"error: {incomplete}", file=sys.stderr)
        return 1
    for file, text in texts.items():
        file.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
