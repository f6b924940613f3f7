"""The tables, routes and setting names of `infra/`, so that tests do not repeat them."""

from functools import cache
from pathlib import Path
from typing import Any

from operations import tagged_yaml

ROOT = Path(__file__).parents[2]


def _documents(folder: str) -> list[dict[str, Any]]:
    files = sorted((ROOT / "infra" / folder).glob("*.yml"))
    return [tagged_yaml.load(file.read_text()) for file in files]


@cache
def resources() -> dict[str, dict[str, Any]]:
    return {
        name: resource
        for document in _documents("resources")
        for name, resource in document.get("Resources", {}).items()
    }


@cache
def tables() -> dict[str, dict[str, Any]]:
    """The properties of each table by its logical id, which is the name of the local table."""
    return {
        name: resource["Properties"]
        for name, resource in resources().items()
        if resource["Type"] == "AWS::DynamoDB::Table"
    }


@cache
def functions() -> dict[str, dict[str, Any]]:
    return {name: entry for document in _documents("functions") for name, entry in document.items()}


@cache
def stage(name: str) -> dict[str, Any]:
    """The settings of a stage."""
    settings: dict[str, Any] = tagged_yaml.load((ROOT / f"infra/stages/{name}.yml").read_text())
    return settings


def table_settings() -> dict[str, str]:
    """The table settings, such as `USERS_TABLE`, with the logical ids of their tables."""
    return {
        setting: str(value)
        for function in functions().values()
        for setting, value in function.get("environment", {}).items()
        if str(value) in tables()
    }
