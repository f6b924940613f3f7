"""Write the generated files: the OpenAPI document, the event schemas and the cost page.

python -m contract
"""

import sys

from contract import Incomplete, cost, events, openapi

GENERATED = (openapi, events, cost)


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
