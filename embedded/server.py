"""MiniStack with the gaps in `embedded/gaps` closed and a journal of its state.

It runs in MiniStack's own environment, as `python -P embedded/server.py`, on uvicorn with compiled
parsers. MiniStack's own web server, hypercorn, takes twice the CPU time for a request.
"""

import os
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

import uvicorn
from ministack.app import app

if __name__ == "__main__":
    # Import `gaps` directly, because this environment lacks what `embedded` imports.
    sys.path.append(str(Path(__file__).resolve().parent))
    import_module("durability.objects").mend(Path(os.environ["S3_DATA_DIR"]))
    for module in pkgutil.iter_modules(import_module("gaps").__path__):
        import_module(f"gaps.{module.name}").close()
    if os.environ["ARTISTHUB_JOURNAL"] == "1":
        import_module("durability.service").start()
    import_module("decisions").record(Path.cwd() / "allowed.jsonl")
    uvicorn.run(
        app,
        host=os.environ["BIND_HOST"],
        port=int(os.environ["GATEWAY_PORT"]),
        http="httptools",
        loop="uvloop",
        ws="none",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=3,
        proxy_headers=False,  # a client must not choose its address
        server_header=False,
        date_header=False,  # MiniStack adds one
        access_log=False,
        log_level="warning",
    )
