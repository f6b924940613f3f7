"""Files that are whole after a power cut."""

import os
import tempfile
from pathlib import Path

from ministack.core.persistence import STATE_DIR

from .journal import sync_folder

# On the same file system, and nowhere that MiniStack looks: what a crash leaves here is deleted.
ASIDE = Path(STATE_DIR) / "aside"


def write_whole(path: Path, content: bytes) -> None:
    """Afterwards the file has this content, even if the machine stops in the meantime: then it has
    its old one or this one, and nothing between."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ASIDE.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=ASIDE, delete=False) as aside:
        aside.write(content)
        aside.flush()
        os.fsync(aside.fileno())
    Path(aside.name).replace(path)
    sync_folder(path.parent)
