"""Objects of S3. MiniStack writes their bytes and their descriptions to two files each.

A crash between the two leaves new bytes with the old description. No request was answered then, so
either is right, and the description follows the bytes.
"""

import hashlib
import json
import logging
from pathlib import Path

from .files import write_whole

logger = logging.getLogger("durability")
SUFFIX = ".meta.json"


def mend(folder: Path) -> None:
    """Rewrites descriptions that do not fit their bytes. Call it before MiniStack reads them."""
    for description in folder.rglob(f"*{SUFFIX}"):
        file = description.with_name(description.name.removesuffix(SUFFIX))
        # Bytes are written first.
        if file.exists() and file.stat().st_mtime_ns > description.stat().st_mtime_ns:
            _follow(file, description)


def _follow(file: Path, description: Path) -> None:
    described = json.loads(description.read_bytes())
    content = file.read_bytes()
    etag = f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
    if described.get("is_delete_marker") or described.get("etag") == etag:
        return
    logger.warning("the description of %s follows its bytes, which are newer", file)
    described |= {"etag": etag, "size": len(content), "checksums": {}}
    write_whole(description, json.dumps(described).encode())
