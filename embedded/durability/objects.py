"""S3 objects. MiniStack writes each object's bytes and its description to two files.

A crash between the two leaves new bytes with the old description. The request was not answered, so
either version is correct, and the description is updated to match the bytes.
"""

import hashlib
import json
import logging
from pathlib import Path

from .files import write_whole

logger = logging.getLogger("durability")
SUFFIX = ".meta.json"


def mend(folder: Path) -> None:
    """Rewrite descriptions that do not match their bytes, before MiniStack reads them."""
    for description in folder.rglob(f"*{SUFFIX}"):
        file = description.with_name(description.name.removesuffix(SUFFIX))
        # MiniStack writes the bytes first.
        if file.exists() and file.stat().st_mtime_ns > description.stat().st_mtime_ns:
            _follow(file, description)


def _follow(file: Path, description: Path) -> None:
    described = json.loads(description.read_bytes())
    content = file.read_bytes()
    etag = f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
    if described.get("is_delete_marker") or described.get("etag") == etag:
        return
    logger.warning("updated the description of %s to match its newer bytes", file)
    described |= {"etag": etag, "size": len(content), "checksums": {}}
    write_whole(description, json.dumps(described).encode())
