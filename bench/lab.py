"""The benchmarks' laboratory: functions, reference, local AWS and fresh processes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from bench import certificates, package
from bench.peers import stacks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bench.package import Function

HERE = Path(__file__).parent
REFERENCE = stacks.FASTAPI
# CPU ms of the reference's init on the machine where the budgets were set.
REFERENCE_MS = 441


class Lab:
    """A lab that starts functions against a local AWS, each in a fresh process."""

    def __init__(
        self,
        functions: list[Function],
        reference: Function,
        core: Function,
        urls: tuple[str, str],
        trusted: Path,
    ) -> None:
        self.functions = functions
        self.reference = reference
        self.core = core
        self.http_url, self.https_url = urls
        self.trusted = trusted

    def function(self, name: str) -> Function:
        return next(function for function in self.functions if function.name == name)

    def factor(self) -> float:
        """The factor from this machine's times now to those of the budgets' machine."""
        inits = []
        for _ in range(5):
            with self.started(self.reference) as process:
                inits.append(process.init["cpu_ms"])
        return scale(inits)

    def started(self, function: Function, *, https: bool = False) -> Process:
        """Start the function in a fresh process and wait for its init."""
        environment = {
            "AWS_ENDPOINT_URL": self.https_url if https else self.http_url,
            **function.environment,
            "AWS_LAMBDA_FUNCTION_NAME": function.name,
            "AWS_REGION": "ap-south-1",
            "AWS_DEFAULT_REGION": "ap-south-1",
            "AWS_ACCESS_KEY_ID": "bench",
            "AWS_SECRET_ACCESS_KEY": "bench",
            # As on Amazon Linux 2023: a bundle of public roots and its folder.
            "SSL_CERT_FILE": str(self.trusted),
            "SSL_CERT_DIR": str(self.trusted.parent),
            "AWS_CA_BUNDLE": str(self.trusted),
            # Node.js has the public roots built in, and adds these.
            "NODE_EXTRA_CA_CERTS": str(self.trusted.parents[1] / certificates.ISSUER),
        }
        return Process(function, environment)


def scale(reference_inits: Iterable[float]) -> float:
    """Return the factor from this machine's current times to those of the budgets' machine."""
    return REFERENCE_MS / median(reference_inits)


class Process:
    """A function in a process. `init` has its init's cost."""

    def __init__(self, function: Function, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            _command(function),
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pid = self._process.pid
        self.init: dict[str, float] = self._report()

    def call(self, event: dict[str, Any], times: int = 1) -> dict[str, float]:
        """Call the function and return the average cost of a call."""
        assert self._process.stdin
        print(json.dumps({"event": event, "times": times}), file=self._process.stdin, flush=True)
        cost: dict[str, float] = self._report()
        return cost

    def answer(self, event: dict[str, Any]) -> dict[str, Any]:
        """Call the function and return its answer."""
        assert self._process.stdin
        call = {"event": event, "times": 1, "is_answer_wanted": True}
        print(json.dumps(call), file=self._process.stdin, flush=True)
        answer: dict[str, Any] = self._report()["answer"]
        return answer

    @property
    def peak_mb(self) -> float:
        """The most memory that the process has held, as Lambda reports it."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        [kilobytes] = re.findall(r"VmHWM:\s+(\d+) kB", status)
        return int(kilobytes) / 1024

    def _report(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            sys.exit("error: a measured process ended; see above")
        return json.loads(line)

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()


@contextmanager
def laboratory(folder: Path) -> Iterator[Lab]:
    """Run a lab, with its servers, for the package in `host`."""
    certificate, trusted = certificates.make(
        folder, stacks.packages_folder() / "botocore" / "cacert.pem"
    )
    functions = package.functions(folder / "host")
    with (
        local_aws("bench.server") as http_port,
        local_aws("bench.server", certificate) as https_port,
    ):
        urls = f"http://127.0.0.1:{http_port}", f"https://{certificates.HOST}:{https_port}"
        reference = stacks.fastapi(folder / "reference")
        [layer] = {each.folders[-1] for each in functions if each.name == "createCasting"}
        core = stacks.core(folder / "core", layer)
        yield Lab(functions, reference, core, urls, trusted)


def _command(function: Function) -> list[str | Path]:
    if function.is_node:
        [node] = stacks.NODE_FOLDER.glob("node_modules/node-linux-*/bin/node")
        [folder] = function.folders
        return [node, HERE / "peers/node/probe.js", folder / function.handler]
    probe: list[str | Path] = [sys.executable, "-ISB", HERE / "probe.py"]
    return [*probe, function.handler, stacks.packages_folder(), *function.folders]


@contextmanager
def local_aws(module: str, *arguments: str | Path) -> Iterator[int]:
    """Run a local AWS in a separate process and yield its port."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()
