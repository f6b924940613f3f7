"""The steps of `make up`."""

import contextlib
import json
import random
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from embedded import demo, deploy
from embedded.instance import REGION, Instance

Progress = Callable[[str], None]


def progress_lines() -> Progress:
    started = time.monotonic()
    return lambda step: print(f"[{time.monotonic() - started:5.1f} s] {step}", flush=True)


def up(instance: Instance, progress: Progress, *, with_demo: bool = True) -> dict[str, Any]:
    """Start the embedded AWS, deploy and load the demo. Return what outputs.json contains."""
    progress(f"Starting the embedded AWS on 127.0.0.1:{instance.port}, state in {instance.state}")
    started_here = instance.start()
    if started_here and (recovered := instance.recovered()):
        progress(recovered)
    try:
        progress(f"Deploying: sls deploy --stage {instance.stage} --region {REGION}")
        deploy.run(instance)
        progress("Applying settings that MiniStack ignores: CORS, TTL, recovery, encryption")
        outputs = _outputs(instance, deploy.finish(instance))
        if with_demo:
            progress("Loading the demo: accounts, castings, applications, connections")
            pool_id = outputs["userPoolId"]
            operator = deploy.Operator(instance, pool_id)
            casting_id = demo.load(outputs["apiUrl"], pool_id, operator)
            outputs["demoAccounts"] = demo.accounts()
            if casting_id:
                outputs["tryUrl"] = f"{outputs['apiUrl']}/v1/castings/{casting_id}"
        instance.outputs.write_text(json.dumps(outputs, indent=2) + "\n")
    except BaseException:
        if started_here:
            instance.stop()
        raise
    return outputs


@contextlib.contextmanager
def running(
    stage: str = "dev",
    port: int | None = None,
    state: Path | None = None,
    *,
    with_demo: bool = False,
) -> Iterator[dict[str, Any]]:
    """Run the whole service in a `with` block, on a free port and in a temporary folder.

    A given `state` folder is kept, so that it can be used again.
    """
    folder = state or Path(tempfile.mkdtemp(prefix="artisthub-"))
    instance = Instance(port=port or free_port(), state=folder, stage=stage)
    try:
        yield up(instance, lambda _: None, with_demo=with_demo)
    finally:
        instance.stop()
        if state is None:
            shutil.rmtree(folder)


def free_port() -> int:
    """Return a port that stays free until it is used, also between a stop and a start.

    Linux gives ports from 32768 on to outgoing connections, macOS from 49152 on, and gVisor from
    16000 on. A port of theirs could be taken in between.
    """
    while True:
        port = random.randrange(10_000, 16_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def api_url(endpoint_url: str, api_id: str) -> str:
    """Return the API's address here. The stack's own output, *.execute-api.*, leads to AWS."""
    return f"{endpoint_url}/_aws/execute-api/{api_id}"


def _outputs(instance: Instance, stack: dict[str, str]) -> dict[str, Any]:
    url = api_url(instance.endpoint_url, stack["HttpApiId"])
    return {
        "apiUrl": url,
        "docsUrl": f"{url}/v1/docs",
        "tryUrl": f"{url}/v1/health",
        "endpointUrl": instance.endpoint_url,
        "region": REGION,
        "stage": instance.stage,
        "userPoolId": stack["UserPoolId"],
        "userPoolClientId": stack["UserPoolClientId"],
        "demoAccounts": [],
    }
