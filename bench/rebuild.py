"""Rebuild of the search index with the operator's command, on the embedded AWS."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import msgspec

from bench import table
from bench.index_server import casting
from embedded import Instance, deploy
from embedded.up import free_port, up

if TYPE_CHECKING:
    from pathlib import Path

CASTINGS = 400


def run(folder: Path) -> None:
    """Print the table."""
    folder.mkdir()
    instance = Instance(port=free_port(), state=folder, stage="dev")
    try:
        up(instance, lambda _: None, with_demo=False)
        _lose_index_of_castings(instance)
        told = subprocess.run(
            [sys.executable, "-m", "operations", "rebuild", "--stage", instance.stage],
            env=deploy.environment(instance),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    finally:
        instance.stop()
    rate = re.findall(r"([\d,]+) per second", told)[-1]
    table.show(
        "Rebuild of the search index on the embedded AWS",
        ("", "documents", "documents per second"),
        ("castings", f"{CASTINGS:,}", rate),
    )


def _lose_index_of_castings(instance: Instance) -> None:
    """Publish castings and delete all their entries from the index."""
    dynamodb: Any = deploy.aws(instance).resource("dynamodb", endpoint_url=instance.endpoint_url)
    tables = {each.name.split("-")[-2]: each for each in dynamodb.tables.all()}
    castings, index = tables["CastingTable"], tables["SearchTable"]
    with castings.batch_writer() as batch:
        for number in range(CASTINGS):
            item = msgspec.to_builtins(casting(number))
            batch.put_item({name: value for name, value in item.items() if value is not None})
    # The stream is read in order, so the last casting is indexed last.
    key = {"term": f"document|casting:{casting(CASTINGS - 1).casting_id}", "sortKey": "note"}
    while "says" not in index.get_item(Key=key).get("Item", {}):
        time.sleep(0.1)
    while items := index.scan()["Items"]:
        with index.batch_writer() as batch:
            for item in items:
                batch.delete_item(Key={name: item[name] for name in ("term", "sortKey")})
