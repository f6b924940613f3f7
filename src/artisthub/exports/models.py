"""What a person gets of everything that is held of them."""

from typing import Any

import msgspec

from artisthub.shared.models import CursorText, Input


class ExportQuery(Input):
    cursor: CursorText | None = None


class Export(msgspec.Struct, rename="camel"):
    """One page: items as they are kept, by section. `next` is the cursor of the page after it."""

    sections: dict[str, list[dict[str, Any]]]
    next: str | None
