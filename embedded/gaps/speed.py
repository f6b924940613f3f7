"""Work that MiniStack repeats for each request, done once, and sign-ins in C.

MiniStack is one process in Python, and does most of the work of the demo and of deployed tests.
A result is remembered for the text it was made of, so changed policies and routes work at once.

A sign-in computes powers of numbers of 3,072 bits. GMP takes a fifth of the time that Python takes.
"""

import json
import re
from contextvars import ContextVar
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from gmpy2 import powmod
from ministack.core import iam_actions, iam_evaluator, sigv4
from ministack.services import apigateway, cognito, dynamodb

REMEMBERED = 10_000
# Functions of strings alone.
PURE = (
    (dynamodb, "_condition_syntax_error"),
    (dynamodb, "_ddb_canonicalize_number"),
    (iam_evaluator, "is_root_access_key"),
    (sigv4, "derive_signing_key"),
)
PARAMETER = re.compile(r"\{(.+?)(\+?)\}")

# The access key and account of the request, and who that is.
_caller: ContextVar[tuple[str, str, Any]] = ContextVar("caller", default=("", "", None))


@lru_cache(REMEMBERED)
def _pattern(route_path: str) -> re.Pattern[str]:
    """The pattern of `/castings/{castingId}` or `/{proxy+}`, with a group for each parameter."""
    fixed, *parameters = PARAMETER.split(route_path)
    pattern = re.escape(fixed)
    for plus, text in zip(parameters[1::3], parameters[2::3], strict=True):
        pattern += ("(.+)" if plus else "([^/]+)") + re.escape(text)
    return re.compile(pattern)


def _path_parameters(route_path: str, request_path: str) -> dict[str, str] | None:
    match = _pattern(route_path).fullmatch(request_path)
    if match is None:
        return None
    names = (name for name, _ in PARAMETER.findall(route_path))
    return dict(zip(names, match.groups(), strict=True))


def _power(base: int, exponent: int, modulus: int) -> int:
    return int(powmod(base, exponent, modulus))


def close() -> None:
    for module, name in PURE:
        setattr(module, name, lru_cache(REMEMBERED)(getattr(module, name)))
    apigateway._extract_path_params = _path_parameters
    cognito.pow = _power
    # It reads the body of one request several times.
    iam_actions.json = SimpleNamespace(**vars(json) | {"loads": lru_cache(1)(json.loads)})

    parse = iam_evaluator.parse_policy_document
    parse_text = lru_cache(REMEMBERED)(parse)
    tokens_of = lru_cache(REMEMBERED)(dynamodb._tokenize)
    resolve = iam_evaluator.resolve_principal

    def parsed(document: str | dict[str, Any]) -> Any:
        return parse_text(document) if isinstance(document, str) else parse(document)

    def principal(access_key: str, account: str, credential: Any = None) -> Any:
        """The caller, once for each request and not for each of its checks."""
        *known, found = _caller.get()
        if known != [access_key, account]:
            found = resolve(access_key, account, credential)
            if not isinstance(found, iam_evaluator.AuthError):
                _caller.set((access_key, account, found))
        return found

    iam_evaluator.parse_policy_document = parsed
    iam_evaluator.resolve_principal = principal
    dynamodb._tokenize = lambda expression: list(tokens_of(expression))
