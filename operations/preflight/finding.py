"""Findings, the results of checks."""

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

OK, WARNING, FAILS, UNKNOWN = "ok", "warning", "fails", "unknown"


@dataclass(frozen=True)
class Finding:
    level: str
    text: str
    todo: str = ""

    def line(self, name: str) -> str:
        todo = f"; do: {self.todo}" if self.todo else ""
        return f"{self.level + ':':<18}{name}: {self.text}{todo}"


def ok(text: str) -> Finding:
    return Finding(OK, text)


def warning(text: str, todo: str) -> Finding:
    return Finding(WARNING, text, todo)


def fails(text: str, todo: str) -> Finding:
    return Finding(FAILS, text, todo)


def unknown(text: str) -> Finding:
    return Finding(UNKNOWN, text)


# Errors from AWS, an emulator or the network instead of a result.
NO_ANSWER = (BotoCoreError, ClientError, ResponseParserError)


def reason(error: Exception) -> str:
    """Return one line that says why AWS sent no result."""
    text = str(error)
    if isinstance(error, ClientError):
        if is_denied(error):
            return f"you may not call {error.operation_name}"
        details: Any = error.response.get("Error", {})
        text = f"{error.operation_name} failed: {code(error)} {details.get('Message', '')}"
    return " ".join(text.split())


def is_denied(error: ClientError) -> bool:
    return code(error) in {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}


def code(error: ClientError) -> str:
    details: Any = error.response.get("Error", {})
    return str(details.get("Code", ""))
