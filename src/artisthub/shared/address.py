"""E-mail addresses. A separate module, since compiling the pattern costs time."""

from typing import Annotated

from msgspec import Meta

from artisthub.shared.models import Input

# The pattern of e-mail fields in browsers, with a domain of at least two parts:
# https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
_LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"


def _faults(_: str) -> str:
    return "must be an e-mail address such as maya@example.com, at most 254 characters long"


Email = Annotated[
    str,
    Meta(
        max_length=254,
        pattern=rf"^{_LOCAL}@(?:{_LABEL}\.)+{_LABEL}$",
        extra={"explain": _faults},
    ),
]


class Address(Input):
    """The e-mail address of an account. It is not case-sensitive."""

    email: Email

    def __post_init__(self) -> None:
        self.email = self.email.lower()
