"""MiniStack with the gaps in `embedded/gaps` closed and a journal of its state.

It runs in MiniStack's own environment, as `python -P embedded/server.py`.
"""

import os
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

from ministack.app import main

if __name__ == "__main__":
    # Import `gaps` directly, because this environment lacks what `embedded` imports.
    sys.path.append(str(Path(__file__).resolve().parent))
    import_module("durability.objects").mend(Path(os.environ["S3_DATA_DIR"]))
    for module in pkgutil.iter_modules(import_module("gaps").__path__):
        import_module(f"gaps.{module.name}").close()
    if os.environ["ARTISTHUB_JOURNAL"] == "1":
        import_module("durability.service").start()
    import_module("decisions").record(Path.cwd() / "allowed.jsonl")
    main()
