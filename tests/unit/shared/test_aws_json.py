"""The AWS calls that may be sent twice are those of the decision."""

import ast
from functools import cache
from pathlib import Path

import botocore.session
import pytest

from artisthub.shared.aws_json import REPEATABLE
from embedded.instance import ROOT

DECISION = ROOT / "docs/decisions/0012-repeated-calls.md"
SERVICES = ("cognito-idp", "events", "kms", "s3", "secretsmanager", "sesv2")
OAUTH = {"Token"}


def decided() -> dict[str, str]:
    rows = [line.strip("| ").split(" | ") for line in DECISION.read_text().splitlines()]
    return {row[0]: row[1] for row in rows if len(row) == 3 and row[1] in ("yes", "no")}


@cache
def of_aws() -> set[str]:
    """Every operation of the services that we call, from botocore's models."""
    session = botocore.session.get_session()
    return {
        operation
        for service in SERVICES
        for operation in session.get_service_model(service).operation_names
    }


def named_in(source: Path) -> set[str]:
    constants = {
        node.value.rpartition(".")[2]
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return constants & (of_aws() | OAUTH)


@pytest.mark.aws_fact(6)
def test_the_decision_lists_every_aws_operation_in_use() -> None:
    sent = {name for source in (ROOT / "src").rglob("*.py") for name in named_in(source)}

    assert sent == set(decided()), "decide in 0012 and REPEATABLE"


@pytest.mark.aws_fact(6)
def test_the_repeatable_operations_are_those_of_the_decision() -> None:
    assert {name for name, twice in decided().items() if twice == "yes"} == REPEATABLE
