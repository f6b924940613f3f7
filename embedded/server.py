"""MiniStack, with the gaps closed that `embedded/gaps` names, and with a journal of its state.

Runs in MiniStack's own environment, as `python -P embedded/server.py`.
"""

import os
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

from ministack.app import main

if __name__ == "__main__":
    # Not as embedded.gaps: what `embedded` itself imports is not installed in this environment.
    sys.path.append(str(Path(__file__).resolve().parent))
    import_module("durability.objects").mend(Path(os.environ["S3_DATA_DIR"]))
    for module in pkgutil.iter_modules(import_module("gaps").__path__):
        import_module(f"gaps.{module.name}").close()
    if os.environ["ARTISTHUB_JOURNAL"] == "1":
        import_module("durability.service").start()
    main()
