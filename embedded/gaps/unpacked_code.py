"""The unpacked code and layers of functions.

AWS: a function cannot write to its code (`/var/task`) or its layers (`/opt`), so environments can
share them. MiniStack unpacks its own copy for each environment, and that takes half of its time
while many functions start. Here each zip is unpacked once.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
"""

import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import Any

from ministack.core import lambda_runtime

_unpacking = Lock()


class SharedZip(zipfile.ZipFile):
    def namelist(self) -> list[str]:
        """No names, because MiniStack checks each of them. `extractall` unpacks nothing outside."""
        return []

    def extractall(self, path: Any = None, *_: Any, **__: Any) -> None:
        """Make `path`, an empty folder, a link to the unpacked zip."""
        packed = Path(str(self.filename)).read_bytes()
        shared = Path(tempfile.gettempdir(), f"unpacked-{sha256(packed).hexdigest()[:32]}")
        with _unpacking:
            if not shared.exists():
                unfinished = tempfile.mkdtemp()
                super().extractall(unfinished, super().namelist())
                Path(unfinished).rename(shared)
        Path(path).rmdir()
        Path(path).symlink_to(shared)


def close() -> None:
    lambda_runtime.zipfile = SimpleNamespace(**vars(zipfile) | {"ZipFile": SharedZip})
