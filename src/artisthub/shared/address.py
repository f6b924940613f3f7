"""E-mail addresses. A separate module, since compiling the pattern costs time."""

from typing import Annotated

from msgspec import Meta

from artisthub.shared.models import Input

# The pattern of e-mail fields in browsers, with a domain of at least two parts:
# https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
_LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
# Nobody has a mailbox there (RFC 6761, section 6.4). Sign-ins use such names as decoys.
_NOWHERE = r"\.[iI][nN][vV][aA][lL][iI][dD]"


def _faults(_: str) -> str:
    return "must be an e-mail address such as maya@example.com, at most 254 characters long"


Email = Annotated[
    str,
    Meta(
        max_length=254,
        pattern=rf"^(?!.*{_NOWHERE}$){_LOCAL}@(?:{_LABEL}\.)+{_LABEL}$",
        extra={"explain": _faults},
    ),
]


def mailbox(email: str) -> str:
    """The mailbox behind an address. Providers deliver maya+tag@example.com to maya@example.com.

    Gmail ignores points, and googlemail.com is gmail.com. Aliases of other providers stay apart,
    because only the provider knows them, and so do the labels of SES's mailbox simulator, which
    delivers to nobody.
    https://support.google.com/mail/answer/7436150
    https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
    """
    name, _, domain = email.lower().rpartition("@")
    if domain == "simulator.amazonses.com":
        return f"{name}@{domain}"
    name = name.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        return f"{name.replace('.', '')}@gmail.com"
    return f"{name}@{domain}"


class Address(Input):
    """The e-mail address of an account. It is not case-sensitive."""

    email: Email

    def __post_init__(self) -> None:
        self.email = self.email.lower()
