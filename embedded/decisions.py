"""A record of the permissions that calls used, for the proof that each is needed.

It is off until somebody creates the file `allowed.jsonl` in the folder of the instance.
"""

import json
import time
from pathlib import Path
from typing import Any

from ministack.core import iam_evaluator


def record(file: Path) -> None:
    """Append a line for each allowed call: its time in ms since 1970, principal, action and ARN."""
    decide = iam_evaluator.evaluate

    def evaluate(call: Any, *policies: Any) -> Any:
        result = decide(call, *policies)
        if result.decision == "Allow" and file.exists():
            line = [int(time.time() * 1000), call.principal_arn, call.action, call.resource_arn]
            with file.open("a") as lines:
                lines.write(json.dumps(line) + "\n")
        return result

    iam_evaluator.evaluate = evaluate
