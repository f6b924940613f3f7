"""Each function opens its connection to DynamoDB with a read that succeeds.

Otherwise each start of a function would add to the metric `UserErrors` of DynamoDB.
"""

from typing import Any

import pytest

from tests.infra.packages import Package, statements

pytestmark = pytest.mark.aws_fact(7)

READS = {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:BatchGetItem"}


def functions(package: Package) -> dict[str, dict[str, Any]]:
    """The environment of each function, by its role."""
    return {
        function["Role"]["Fn::GetAtt"][0]: function.get("Environment", {}).get("Variables", {})
        for function in package.properties("AWS::Lambda::Function").values()
    }


def allowed(package: Package, role: str) -> list[tuple[str, Any]]:
    """Each DynamoDB action that the role allows, with its resource."""
    return [
        (action, resource)
        for name, statement in statements(package)
        for action in statement["Action"]
        for resource in statement["Resource"]
        if name == role and statement["Effect"] == "Allow" and action.startswith("dynamodb:")
    ]


def test_every_function_that_can_read_a_table_connects_with_a_read(each: Package) -> None:
    streams = "StreamArn"
    for role, environment in functions(each).items():
        reads = [action for action, on in allowed(each, role) if streams not in str(on)]
        assert ("CONNECT_BY" in environment) == bool(READS & set(reads)), role


def test_the_role_allows_the_connecting_read(each: Package) -> None:
    for role, environment in connecting(each):
        read, setting, _, *index = environment["CONNECT_BY"].split()
        table = environment[setting]["Ref"]
        on: Any = {"Fn::GetAtt": [table, "Arn"]}
        if index:
            on = {"Fn::Sub": f"${{{table}.Arn}}/index/{index[0]}"}
        assert (f"dynamodb:{read}", on) in allowed(each, role), role


def test_the_connecting_read_has_a_valid_key(each: Package) -> None:
    for role, environment in connecting(each):
        read, setting, names, *index = environment["CONNECT_BY"].split()
        table = each[environment[setting]["Ref"]]
        keyed = table
        if index:
            indexes = table["GlobalSecondaryIndexes"]
            [keyed] = [one for one in indexes if one["IndexName"] == index[0]]
        schema = {one["AttributeName"]: one["KeyType"] for one in keyed["KeySchema"]}
        types = {
            one["AttributeName"]: one["AttributeType"] for one in table["AttributeDefinitions"]
        }

        given = names.split(",")
        if read == "Query":
            assert [schema[name] for name in given] == ["HASH"], role
            assert list(schema.values()).count("HASH") == 1, role
        else:
            assert given == list(schema), role
        assert {types[name] for name in given} == {"S"}, role


def connecting(package: Package) -> list[tuple[str, dict[str, Any]]]:
    found = [(role, env) for role, env in functions(package).items() if "CONNECT_BY" in env]
    assert len(found) > 30
    return found
