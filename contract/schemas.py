"""JSON Schemas of the models and problems, in a form that generators of clients understand.

- Answers have all their fields always, except those whose default is UNSET.
- Bodies have their defaults in words: generators of types take a field with `default` for required.
- Words that several fields share, and choices of bodies, have names.
"""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from inspect import cleandoc
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import UNSET, inspect

from artisthub.accounts import models as accounts
from artisthub.admin import models as admin
from artisthub.applications import models as applications
from artisthub.cases import models as cases
from artisthub.castings import models as castings
from artisthub.connections import models as connections
from artisthub.matching import models as matching
from artisthub.media import models as media
from artisthub.notifications import models as notifications
from artisthub.relations import models as relations
from artisthub.reports import models as reports
from artisthub.search import models as search
from artisthub.shared import errors, quotas
from artisthub.shared import models as shared
from artisthub.users import stored as users
from contract import Incomplete

Json = dict[str, Any]

NULL: Json = {"type": "null"}
# Words by the name that clients see.
WORDS: dict[str, Any] = {
    "AccountStatus": users.Status,
    "ApplicationStatus": relations.ApplicationStatus,
    "ArtistAnswer": applications.Answer,
    "AuditAction": admin.Action,
    "CaseKind": cases.Kind,
    "CaseOutcome": cases.Outcome,
    "CaseReason": cases.CaseReason,
    "CastingMode": castings.Mode,
    "CastingStatus": castings.Status,
    "Category": shared.Category,
    "ChosenCastingStatus": castings.ChosenStatus,
    "ConnectionAnswer": connections.Answer,
    "ConnectionDirection": users.Direction,
    "ConnectionStatus": users.ConnectionStatus,
    "Currency": castings.Currency,
    "DocumentKind": castings.DocumentKind,
    "FlagReason": cases.FlagReason,
    "Gender": shared.Gender,
    "HeightBand": search.Height,
    "NotificationKind": notifications.Kind,
    "NotificationTopic": notifications.Topic,
    "PayKind": castings.PayKind,
    "PayUnit": castings.PayUnit,
    "PlayingAge": users.PlayingAge,
    "PortfolioKind": users.PortfolioKind,
    "Privacy": users.Privacy,
    "ReportReason": cases.Reason,
    "RequirementKind": matching.Asked,
    "RoleStatus": castings.RoleStatus,
    "UserRole": users.Role,
    "Verdict": matching.Verdict,
}
# Bodies of several models. The tag of each tells them apart.
CHOICES: dict[str, Any] = {
    "ChallengeAnswer": accounts.ChallengeAnswer,
    "NewReport": reports.NewReport,
    "NewUpload": media.NewUpload,
}
_IS_TIME = re.compile(r"^at$|(At|Until)$")
# The part of texts.py that a schema can say. Control characters that are whitespace may stand at
# the ends of a text, where the service trims them.
_CONTROL = r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069"
PATTERNS = {None: f"^[^{_CONTROL}]*$", shared.ONE_LINE: rf"^[^\n{_CONTROL}]*$"}
# Base64 for URLs, as cursor.py writes it. An empty cursor is that of the first page.
_CURSOR = "^[A-Za-z0-9_-]*$"

PROBLEM: Json = {
    "description": "An error (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "title": {"type": "string", "description": "HTTP's name for the status"},
        "status": {"type": "integer", "enum": []},
        "code": {
            "type": "string",
            "description": "The kind of error. Stable: use this in programs",
        },
        "detail": {"type": "string", "description": "An explanation for people. It may change"},
        "instance": {
            "type": "string",
            "description": "The request id. Quote it when you report a problem",
        },
        "quota": {
            "type": "string",
            "description": "The quota that is used up, if `code` is QuotaExceeded",
        },
        "errors": {
            "type": "array",
            "description": "All wrong fields of the body, or all wrong query parameters",
            "items": {
                "type": "object",
                "title": "FieldError",
                "required": ["detail"],
                "properties": {
                    "pointer": {
                        "type": "string",
                        "description": "JSON Pointer to a field (RFC 6901)",
                    },
                    "parameter": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
GATEWAY_MESSAGE: Json = {
    "description": "The error, as application/json, if a request does not reach the operation.",
    "type": "object",
    "required": ["message"],
    "properties": {"message": {"type": "string"}},
}


def ref(section: str, name: str) -> Json:
    return {"$ref": f"#/components/{section}/{name}"}


def _words_of(kind: Any) -> list[str]:
    """The words of a Literal, in the order of its declaration."""
    while get_origin(kind) is not Literal:
        kind = get_args(kind)[0]
    return list(get_args(kind))


# msgspec sorts the words.
_NAMES = {tuple(sorted(_words_of(words))): name for name, words in WORDS.items()}


class Schemas:
    """JSON Schemas of the models, collected as they are used."""

    def __init__(self) -> None:
        self.components: Json = {}

    def of(self, *kinds: Any) -> Json:
        """A schema that accepts any of the models."""
        schemas = [self._of(kind) for kind in kinds]
        return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}

    def _of(self, kind: Any) -> Json:
        if kind is bytes:  # JSON that is already encoded
            return {"type": "object"}
        (schema,), components = self._refined(kind)
        for name, component in components.items():
            if self.components.setdefault(name, component) != component:
                raise Incomplete(f"two different models have the name {name}: rename one")
        return self._choice(schema, kind) if "discriminator" in schema else schema

    def _choice(self, schema: Json, kind: Any) -> Json:
        """A reference to a union of models that a tag tells apart."""
        name = next((name for name, choice in CHOICES.items() if choice == kind), None)
        if name is None:
            raise Incomplete(f"{kind} has no name: add one to CHOICES in contract/schemas.py")
        discriminator = schema["discriminator"]
        self.components[name] = {"oneOf": schema["anyOf"], "discriminator": discriminator}
        return ref("schemas", name)

    def patch_of(self, kind: Any) -> Json:
        """The schema of a merge patch: any of the fields, and null for the optional ones."""
        (schema,), components = self._refined(kind)
        return self._patch(schema, components)

    def _patch(self, schema: Json, components: Json) -> Json:
        name = schema.get("$ref", "").rpartition("/")[2]
        shape = components.get(name, {})
        if shape.get("type") != "object":
            self._keep(schema, components)
            return schema
        patch_name = f"{name}Patch"
        self.components[patch_name] = {
            **_without(shape, "required"),
            "title": patch_name,
            "description": f"Any fields of {name}. Null clears a field.",
            "properties": {
                key: self._patched(value, components, can_be_cleared=key not in shape["required"])
                for key, value in shape["properties"].items()
            },
        }
        return ref("schemas", patch_name)

    def _patched(self, schema: Json, components: Json, *, can_be_cleared: bool) -> Json:
        options = [option for option in schema.get("anyOf", [schema]) if option != NULL]
        patched = [self._patch(option, components) for option in options]
        if can_be_cleared:
            patched.append(NULL)
        return patched[0] if len(patched) == 1 else {"anyOf": patched}

    def _keep(self, schema: Json, components: Json) -> None:
        """Keep the components that the schema names, and those that they name."""
        for name in re.findall(r'#/components/schemas/(\w+)"', json.dumps(schema)):
            if name not in self.components and name in components:
                self.components[name] = components[name]
                self._keep(components[name], components)

    def query_of(self, kind: Any) -> dict[str, tuple[Json, bool]]:
        """The fields of a model of query parameters, and whether each is required."""
        _, components = _components(kind)
        shape = components[kind.__name__]
        return {
            name: (self._named(_parameter(name, field)), name in shape["required"])
            for name, field in shape["properties"].items()
        }

    def problem(self, kind: type[errors.Problem]) -> Json:
        """The problem with this code."""
        name = f"{kind.__name__}Problem"
        own: Json = {
            "status": {"type": "integer", "enum": [kind.status]},
            "code": {"type": "string", "enum": [kind.__name__]},
        }
        always = {errors.Invalid: "errors", quotas.QuotaExceeded: "quota"}.get(kind)
        if always:
            own[always] = PROBLEM["properties"][always]
        self.components[name] = {
            "description": kind.detail,
            "allOf": [
                ref("schemas", "Problem"),
                {
                    "type": "object",
                    "required": list(own),
                    "properties": own,
                },
            ],
        }
        statuses = self.components.setdefault("Problem", deepcopy(PROBLEM))["properties"]["status"]
        statuses["enum"] = sorted({*statuses["enum"], kind.status})
        return ref("schemas", name)

    def problems(self, kinds: list[type[errors.Problem]], *, or_gateway: bool) -> Json:
        """Any of the problems, which their codes tell apart, or the gateway's own message."""
        schema = self.problem(kinds[0])
        if len(kinds) > 1:
            members = {kind.__name__: self.problem(kind) for kind in kinds}
            schema = {
                "oneOf": list(members.values()),
                "discriminator": {
                    "propertyName": "code",
                    "mapping": {code: member["$ref"] for code, member in members.items()},
                },
            }
        if not or_gateway:
            return schema
        return {"anyOf": [schema, self.gateway_message()]}

    def gateway_message(self) -> Json:
        self.components["GatewayMessage"] = GATEWAY_MESSAGE
        return ref("schemas", "GatewayMessage")

    def _refined(self, kind: Any) -> tuple[tuple[Json, ...], Json]:
        schemas, components = _components(kind)
        for info in _structs(inspect.type_info(kind)):
            shape = components[_component_name(info.cls)]
            model = get_origin(info.cls) or info.cls
            is_body = model.__struct_config__.forbid_unknown_fields
            refine = _refine_body if is_body else _refine_answer
            refine(shape, msgspec.structs.fields(info.cls))
        return self._named(schemas), self._named(components)

    def _named(self, schema: Any) -> Any:
        """The schema with references to words that have a name."""
        if isinstance(schema, (list, tuple)):
            return type(schema)(self._named(each) for each in schema)
        if not isinstance(schema, dict):
            return schema
        named = {key: self._named(value) for key, value in schema.items()}
        words = schema.get("enum")
        if not isinstance(words, list):
            return named
        if len(words) == 1:
            return {**_without(named, "enum"), "type": "string", "const": words[0]}
        name = _NAMES.get(tuple(words))
        if name is None:
            return {**named, "type": "string"}
        own = msgspec.json.schema(WORDS[name])
        ordered = _words_of(WORDS[name])
        self.components[name] = {"title": name, **own, "type": "string", "enum": ordered}
        more = {key: value for key, value in named.items() if value != own.get(key)}
        return {**ref("schemas", name), **more}


def _structs(info: Any) -> Iterator[inspect.StructType]:
    """All models in the type."""
    if isinstance(info, inspect.StructType):
        yield info
        for field in info.fields:
            yield from _structs(field.type)
    for name in ("type", "item_type", "value_type"):
        if hasattr(info, name):
            yield from _structs(getattr(info, name))
    for member in getattr(info, "types", ()):
        yield from _structs(member)


def _component_name(kind: Any) -> str:
    """The name of a model. A page of blocks is a BlockPage."""
    if get_origin(kind) is None:
        return str(kind.__name__)
    return f"{get_args(kind)[0].__name__}Page"


def _components(kind: Any) -> tuple[tuple[Json, ...], Json]:
    """The schemas as msgspec writes them."""
    template = "#/components/schemas/{name}"
    written = msgspec.json.schema_components([kind], ref_template=template)
    text = re.sub(r"\bPage_(\w+?)_(?=\")", r"\1Page", json.dumps(written))
    schemas: list[Json]
    components: Json
    schemas, components = json.loads(text)
    for name, component in components.items():
        component["title"] = name
        # Python before 3.13 keeps the indentation of docstrings.
        if "description" in component:
            component["description"] = cleandoc(component["description"])
    return tuple(schemas), components


def _refine_answer(shape: Json, fields: tuple[msgspec.structs.FieldInfo, ...]) -> None:
    shape["required"] = [field.encode_name for field in fields if field.default is not UNSET]
    for name, field in shape["properties"].items():
        field.pop("default", None)
        if _IS_TIME.search(name):
            _text_of(field)["format"] = "date-time"


def _text_of(field: Json) -> Json:
    """The part of a field that is a text."""
    parts: list[Json] = field.get("anyOf", [field])
    return next(part for part in parts if part.get("type") == "string")


def _refine_body(shape: Json, fields: tuple[msgspec.structs.FieldInfo, ...]) -> None:
    for field in shape["properties"].values():
        default = field.pop("default", None)
        for text in _texts(field):
            text["pattern"] = PATTERNS.get(text.get("pattern"), text.get("pattern"))
        if default not in (None, [], {}) and "const" not in field:
            words = default if isinstance(default, str) else json.dumps(default)
            described = f"{field['description']}. " if "description" in field else ""
            field["description"] = f"{described}The default is `{words}`"


def _texts(field: Json) -> Iterator[Json]:
    """The parts of a field that are texts of any form, also in lists."""
    for part in field.get("anyOf", [field]):
        if part.get("type") == "array":
            yield from _texts(part["items"])
        elif part.get("type") == "string" and "format" not in part:
            yield part


def _parameter(name: str, field: Json) -> Json:
    options = [option for option in field.get("anyOf", [field]) if option != NULL]
    default = {} if field.get("default") is None else {"default": field["default"]}
    description = {key: field[key] for key in ("description",) if key in field}
    pattern = {"pattern": _CURSOR} if name == "cursor" else {}
    return {**options[0], **description, **default, **pattern}


def _without(schema: Json, name: str) -> Json:
    return {key: value for key, value in schema.items() if key != name}
