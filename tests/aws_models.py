"""Check calls and answers against AWS's own API models.

botocore contains the models. They have rules that AWS SDKs do not check: enumerations, patterns and
maximum lengths. https://smithy.io/2.0/spec/constraint-traits.html
"""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jsonschema_rs
from botocore.model import ListShape, MapShape, OperationModel, Shape, StringShape, StructureShape
from botocore.session import Session

Call = Callable[..., Any]
# Shapes for which AWS's guide differs from its model.
NOT_AS_MODELLED = {
    # The guide allows a space inside a password:
    # https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
    "PasswordType",
}
# Signing names that differ from the service's name.
SIGNED_AS = {"sesv2": "ses"}


class AgainstTheModel(BaseException):
    """A call or an answer does not match AWS's model. No handler of `Exception` catches this."""


@cache
def operation(service: str, name: str) -> OperationModel:
    """The model of an operation. Fails if AWS does not have it."""
    return Session().get_service_model(service).operation_model(name)


def hold_request(service: str, name: str, parameters: dict[str, Any]) -> None:
    _hold(f"{service} {name} is sent", operation(service, name).input_shape, parameters)


def hold_answer(service: str, name: str, answer: dict[str, Any]) -> None:
    _hold(f"{service} {name} answers", operation(service, name).output_shape, answer)


def as_aws_answers(service: str, name: str, answer: dict[str, Any]) -> dict[str, Any]:
    """The answer, checked and without members that AWS does not have."""
    shape = operation(service, name).output_shape
    known: dict[str, Any] = _known(shape, answer) if shape else {}
    hold_answer(service, name, known)
    return known


def _known(shape: Shape, value: Any) -> Any:
    if isinstance(shape, StructureShape):
        members = {
            member.serialization.get("name", name): member for name, member in shape.members.items()
        }
        return {
            name: _known(members[name], part)
            for name, part in value.items()
            if name in members and part is not None
        }
    if isinstance(shape, ListShape):
        return [_known(shape.member, part) for part in value]
    return value


def hold_link(service: str, name: str, method: str, url: str) -> None:
    """Check a signed URL: its method and its parameters must be the operation's."""
    model = operation(service, name)
    assert model.input_shape
    known = {
        member.serialization.get("name")
        for member in model.input_shape.members.values()
        if member.serialization.get("location") == "querystring"
    } | set(dict(parse_qsl(urlsplit(model.http["requestUri"]).query)))
    sent = {each for each in dict(parse_qsl(urlsplit(url).query)) if not each.startswith("X-Amz-")}
    if method != model.http["method"] or not sent <= known:
        raise AgainstTheModel(f"{service} {name} is sent {method} with {sent}")


def held(call: Call) -> Call:
    """`aws_json.call`, with the call and its answer checked against the model."""

    @wraps(call)
    def held_call(service: str, target: str, payload: dict[str, Any], *, sign: bool = False) -> Any:
        prefix, _, name = target.partition(".")
        model = operation(service, name)
        if model.service_model.metadata["targetPrefix"] != prefix:
            raise AgainstTheModel(f"{service} has no target {target}")
        if not sign and "smithy.api#noAuth" not in (model.auth or []):
            raise AgainstTheModel(f"{service} {name} must be signed")
        hold_request(service, name, payload)
        return as_aws_answers(service, name, call(service, target, payload, sign=sign))

    return held_call


def held_post(post: Call) -> Call:
    """`aws_json.post`, checked in the same way."""

    def held_call(service: str, name: str, url: str, payload: dict[str, Any]) -> Any:
        [model] = [id_ for id_, signing in SIGNED_AS.items() if signing == service]
        if urlsplit(url).path != operation(model, name).http["requestUri"]:
            raise AgainstTheModel(f"{url} is not the address of {model} {name}")
        hold_request(model, name, payload)
        return as_aws_answers(model, name, post(service, name, url, payload))

    return held_call


def held_link(method: str, send: Call) -> Call:
    """`aws_json.get` and others that use signed S3 URLs, checked in the same way."""

    def held_call(name: str, url: str, *rest: Any) -> Any:
        hold_link("s3", name, method, url)
        return send(name, url, *rest)

    return held_call


def _hold(what: str, shape: StructureShape | None, value: dict[str, Any]) -> None:
    if shape is None:
        problems = [f"AWS expects nothing instead of {value}"] if value else []
    else:
        problems = [
            f"{each.instance_path} {each.message}" for each in _validator(shape).iter_errors(value)
        ]
    if problems:
        raise AgainstTheModel(f"{what} {value}: {'; '.join(problems)}")


_validators: dict[int, Any] = {}


def _validator(shape: Shape) -> Any:
    """A validator for the shape, by https://json-schema.org/draft/2020-12."""
    if id(shape) not in _validators:
        shapes: dict[str, Any] = {}
        _add(shape, shapes)
        schema = {"$ref": f"#/$defs/{shape.name}", "$defs": shapes}
        _validators[id(shape)] = jsonschema_rs.Draft202012Validator(schema)
    return _validators[id(shape)]


def _add(shape: Shape, shapes: dict[str, Any]) -> dict[str, str]:
    """Add a shape and its parts to `shapes`, and return a reference to it."""
    if shape.name not in shapes:
        shapes[shape.name] = None  # a shape may contain itself
        shapes[shape.name] = _schema(shape, shapes)
    return {"$ref": f"#/$defs/{shape.name}"}


def _schema(shape: Shape, shapes: dict[str, Any]) -> dict[str, Any]:
    at_least, at_most = shape.metadata.get("min"), shape.metadata.get("max")
    if isinstance(shape, StructureShape):
        members = {
            member.serialization.get("name", name): _add(member, shapes)
            for name, member in shape.members.items()
        }
        return {
            "type": "object",
            "properties": members,
            "required": shape.required_members,
            "additionalProperties": shape.is_document_type,
        }
    if isinstance(shape, ListShape):
        items = {"type": "array", "items": _add(shape.member, shapes)}
        return items | _bounds("minItems", at_least, "maxItems", at_most)
    if isinstance(shape, MapShape):
        keys, values = _add(shape.key, shapes), _add(shape.value, shapes)
        return {"type": "object", "propertyNames": keys, "additionalProperties": values}
    if isinstance(shape, StringShape) or shape.type_name == "string":
        return _text(shape) | _bounds("minLength", at_least, "maxLength", at_most)
    kind = {
        "boolean": {"type": "boolean"},
        "blob": {"type": "string", "contentEncoding": "base64"},
        # JSON protocols write timestamps as seconds since 1970.
        "timestamp": {"type": "number"},
        "float": {"type": "number"},
        "double": {"type": "number"},
        "integer": {"type": "integer"},
        "long": {"type": "integer"},
    }[shape.type_name]
    numeric = kind["type"] == "integer"
    return kind | (_bounds("minimum", at_least, "maximum", at_most) if numeric else {})


def _text(shape: Shape) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string"}
    if shape.metadata.get("enum"):
        text["enum"] = shape.metadata["enum"]
    if (pattern := shape.metadata.get("pattern")) and shape.name not in NOT_AS_MODELLED:
        text["pattern"] = f"^(?:{pattern})$"
    return text


def _bounds(lower: str, at_least: Any, upper: str, at_most: Any) -> dict[str, Any]:
    return {
        name: value for name, value in ((lower, at_least), (upper, at_most)) if value is not None
    }
