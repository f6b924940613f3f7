"""Texts signed by the service. KMS signs and verifies them, and the key never leaves it.

https://docs.aws.amazon.com/kms/latest/developerguide/hmac.html
"""

from base64 import b64encode
from typing import Any

from artisthub.shared import aws_json
from artisthub.shared.settings import settings


def sign(text: str) -> str:
    """The text, a full stop and the signature of 43 characters, safe in a URL."""
    return f"{text}.{mac(text)}"


def mac(text: str) -> str:
    """The signature alone: a hash of the text that nobody else can compute."""
    found: str = _call("GenerateMac", text)["Mac"]
    return found.replace("+", "-").replace("/", "_").rstrip("=")


def verified(signed: str) -> str | None:
    """The text if its signature is valid, otherwise None."""
    text, _, end = signed.rpartition(".")
    try:
        _call("VerifyMac", text, Mac=end.replace("-", "+").replace("_", "/") + "=")
    except aws_json.AwsError as refused:
        if refused.code != "KMSInvalidMacException":
            raise
        return None
    return text


def _call(operation: str, text: str, **parameters: str) -> Any:
    parameters |= {
        "KeyId": settings.SIGNER_ID,
        "MacAlgorithm": "HMAC_SHA_256",
        "Message": b64encode(text.encode()).decode(),
    }
    return aws_json.call("kms", f"TrentService.{operation}", parameters, sign=True)
