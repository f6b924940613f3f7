"""Saved queries use fields that the logs have."""

import inspect
import json
import re
from typing import Any

import msgspec
import pytest

from artisthub.shared import consumer, endpoint, log
from tests.infra.packages import Package

# Fields that CloudWatch Logs adds.
OWN_FIELDS = {"@timestamp", "@message"}
FUNCTIONS = {"count", "pct", "ispresent"}
WORDS = {"fields", "filter", "stats", "sort", "limit", "by", "as", "desc", "asc"}


def queries(package: Package) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = package.properties("AWS::Logs::QueryDefinition")
    return found


def asked(query: str) -> set[str]:
    """The log fields that a query uses, without fields that it defines."""
    made = set(re.findall(r" as (\w+)", query))
    named = set(re.findall(r"@?[A-Za-z_]\w*", re.sub(r'"[^"]*"', "", query)))
    return named - made - FUNCTIONS - WORDS


@pytest.fixture(scope="module")
def written() -> set[str]:
    """The names of all fields that functions log."""
    source = inspect.getsource(endpoint._log) + inspect.getsource(consumer._log)
    units = {field.encode_name for field in msgspec.structs.fields(log.Units)}
    return set(re.findall(r"^ {8}(\w+)=", source, re.MULTILINE)) | units


def test_queries_of_the_access_log_use_existing_fields(each: Package) -> None:
    fields = set(json.loads(each["HttpApiStage"]["AccessLogSettings"]["Format"]))

    of_access_log = {n: q for n, q in queries(each).items() if "LogGroupNames" in q}
    assert of_access_log.keys() == {"OperationsQuery", "RefusalsQuery"}
    for query in of_access_log.values():
        assert query["LogGroupNames"] == [{"Ref": "HttpApiLogGroup"}]
        assert asked(query["QueryString"]) <= fields


def test_queries_of_function_logs_use_existing_fields(each: Package, written: set[str]) -> None:
    of_functions = {n: q for n, q in queries(each).items() if "LogGroupNames" not in q}

    assert of_functions.keys() == {"FaultsQuery", "SlowQuery", "RequestQuery"}
    for query in of_functions.values():
        assert asked(query["QueryString"]) <= written | OWN_FIELDS


def test_each_stage_has_its_own_saved_queries(each: Package) -> None:
    names = [query["Name"] for query in queries(each).values()]

    assert {name.partition("/")[0] for name in names} == {f"artisthub-api-{each.stage}"}
    assert len(set(names)) == len(names)
