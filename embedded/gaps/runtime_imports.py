"""The imports of the runtime before a function's own code.

AWS: the Python runtime has an SDK beside it and imports it only if the function does. MiniStack
imports botocore in each environment, to count how deeply functions call each other. That is most
of the CPU time of a start, and no function of ours has botocore to call another with.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-python.html
"""

from ministack.core import lambda_runtime

_COUNTS_DEPTH = "    _ms_install_invoke_depth()\n"


def close() -> None:
    start = lambda_runtime._PYTHON_WORKER_SCRIPT
    assert start.count(_COUNTS_DEPTH) == 1
    lambda_runtime._PYTHON_WORKER_SCRIPT = start.replace(_COUNTS_DEPTH, "")
