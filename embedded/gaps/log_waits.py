"""The log lines of a function's call.

AWS: a call is answered as soon as the function has returned. MiniStack waits at least 5 ms, and 50
ms after a call that logs nothing, in case the function's process writes another line. Here the
process writes a mark after the lines of each call, so nothing is left to wait for.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
"""

import queue
from typing import Any

from ministack.core import lambda_runtime

END = "\0"
# A process that was killed writes no mark.
LONGEST_SECONDS = 0.25

_ANSWERS = "        _real_stdout.flush()\n\nrun()\n"
_MARKS = f"        sys.stderr.write({END + chr(10)!r})\n        sys.stderr.flush()\n"


def close() -> None:
    start = lambda_runtime._PYTHON_WORKER_SCRIPT
    assert start.count(_ANSWERS) == 1
    lambda_runtime._PYTHON_WORKER_SCRIPT = start.replace(_ANSWERS, _MARKS + _ANSWERS)
    wait = lambda_runtime.Worker._drain_stderr_bounded

    def lines(self: Any, *args: Any, **options: Any) -> str:
        if not self.config.get("Runtime", "").startswith("python"):
            return str(wait(self, *args, **options))
        found: list[str] = []
        while not (found and found[-1].endswith(END)):
            try:
                found.append(self._stderr_queue.get(timeout=LONGEST_SECONDS))
            except queue.Empty:
                break
        return "\n".join(found).removesuffix(END).removesuffix("\n")

    lambda_runtime.Worker._drain_stderr_bounded = lines
