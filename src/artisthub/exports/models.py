"""Pages of an export."""

from typing import Any

import msgspec

from artisthub.shared.models import CursorText, Input


class ExportQuery(Input):
    cursor: CursorText | None = None


class Export(msgspec.Struct, rename="camel"):
    """One page of the export: stored items by section. `next` is the cursor of the next page."""

    sections: dict[str, list[dict[str, Any]]]
    next: str | None
