"""Files that stay whole after a power cut."""

import os
import tempfile
from pathlib import Path

from ministack.core.persistence import STATE_DIR

from .journal import sync_folder

# On the same file system and not read by MiniStack. Leftovers of a crash here are deleted.
ASIDE = Path(STATE_DIR) / "aside"


def write_whole(path: Path, content: bytes) -> None:
    """Replace the file's content. A crash leaves either the old content or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ASIDE.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=ASIDE, delete=False) as aside:
        aside.write(content)
        aside.flush()
        os.fsync(aside.fileno())
    Path(aside.name).replace(path)
    sync_folder(path.parent)
