"""Our signature is that of botocore, which is AWS's own."""

from datetime import UTC, datetime

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from artisthub.shared import sigv4

TARGET = "secretsmanager.GetSecretValue"


@pytest.mark.parametrize("session_token", [None, "a/session+token=="])
@pytest.mark.parametrize(
    ("service", "region", "url", "body"),
    [
        ("secretsmanager", "ap-south-1", "https://secretsmanager.ap-south-1.amazonaws.com", b"{}"),
        ("secretsmanager", "eu-west-1", "http://127.0.0.1:4700", b'{"SecretId":"client-secret"}'),
        ("cognito-idp", "us-east-1", "https://cognito-idp.us-east-1.amazonaws.com/", b""),
        ("kms", "ap-south-1", "https://kms.ap-south-1.amazonaws.com", '{"a":"é"}'.encode()),
    ],
)
def test_it_signs_as_botocore_does(
    monkeypatch: pytest.MonkeyPatch,
    service: str,
    region: str,
    url: str,
    body: bytes,
    session_token: str | None,
) -> None:
    monkeypatch.setenv("AWS_REGION", region)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    if session_token:
        monkeypatch.setenv("AWS_SESSION_TOKEN", session_token)
    headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": TARGET}

    ours = sigv4.headers(service, url, headers, body)

    theirs = _signed_by_botocore(service, region, url, headers, body, session_token, ours)
    assert ours == theirs


def test_another_minute_is_another_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "ap-south-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    url = "https://secretsmanager.ap-south-1.amazonaws.com"

    signatures = {
        sigv4.headers("secretsmanager", url, {}, b"", datetime(2026, 11, 22, 16, m, tzinfo=UTC))[
            "authorization"
        ]
        for m in (54, 55)
    }

    assert len(signatures) == 2


def _signed_by_botocore(
    service: str,
    region: str,
    url: str,
    headers: dict[str, str],
    body: bytes,
    session_token: str | None,
    ours: dict[str, str],
) -> dict[str, str]:
    request = AWSRequest("POST", url, headers=headers, data=body)
    request.context["timestamp"] = ours["x-amz-date"]
    request.headers["X-Amz-Date"] = ours["x-amz-date"]
    if session_token:
        request.headers["X-Amz-Security-Token"] = session_token
    credentials = Credentials(
        "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", session_token
    )
    auth = SigV4Auth(credentials, service, region)
    canonical = auth.canonical_request(request)
    signature = auth.signature(auth.string_to_sign(request, canonical), request)
    auth._inject_signature_to_request(request, signature)  # type: ignore[attr-defined]
    added = {name.lower(): value for name, value in request.headers.items()}
    return {name: value for name, value in added.items() if name not in headers}
