"""docs/architecture.md has the tables, keys, indexes and streams of the template."""

import re
from pathlib import Path
from typing import Any

from operations import tagged_yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/architecture.md").read_text()


def read(file: Path) -> Any:
    return tagged_yaml.load(file.read_text())


def keys(schema: list[dict[str, str]]) -> list[str]:
    return [each["AttributeName"] for each in schema]


def row(name: str, table: dict[str, Any]) -> tuple[str, list[str], dict[str, list[str]], bool]:
    indexes = {
        index["IndexName"]: keys(index["KeySchema"])
        for index in table.get("GlobalSecondaryIndexes", [])
    }
    return name, keys(table["KeySchema"]), indexes, "StreamSpecification" in table


def test_the_architecture_page_lists_every_table() -> None:
    rows = re.findall(
        r"^\| (\w+) \| `(\w+)` \| (?:`(\w+)`)? ?\| (.*?) ?\| (?:(yes) )?\|$", PAGE, re.MULTILINE
    )
    shown = [
        (
            name,
            [key for key in (partition, sort) if key],
            {
                index: re.findall(r"`(\w+)`", names)
                for index, names in re.findall(r"`(\w+)` \((.*?)\)", indexes)
            },
            stream == "yes",
        )
        for name, partition, sort, indexes, stream in rows
    ]
    tables = [
        row(resource.removesuffix("Table"), table["Properties"])
        for file in ROOT.glob("infra/resources/*-table.yml")
        for resource, table in read(file)["Resources"].items()
    ]

    assert sorted(shown, key=str) == sorted(tables, key=str)


def test_the_architecture_page_lists_every_stream_consumer() -> None:
    shown = {
        name: set(re.findall(r"\w+", tables))
        for name, tables in re.findall(r"^\| `(\w+)` \| ([A-Z][\w, ]+) \|", PAGE, re.MULTILINE)
    }
    consumers: dict[str, set[str]] = {}
    for file in ROOT.glob("infra/functions/*.yml"):
        for name, function in read(file).items():
            for event in function["events"]:
                if "stream" in event:
                    table = event["stream"]["arn"].removesuffix("Table.StreamArn")
                    consumers.setdefault(name, set()).add(table)

    assert shown == consumers
