"""Our signatures equal those of botocore."""

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from botocore.auth import S3SigV4PostAuth, S3SigV4QueryAuth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from artisthub.shared import sigv4

TARGET = "secretsmanager.GetSecretValue"
QUARTER = timedelta(minutes=15)

with_and_without_session_token = pytest.mark.parametrize(
    "session_token", [None, "a/session+token=="]
)


def given_keys(
    monkeypatch: pytest.MonkeyPatch, session_token: str | None, region: str = "ap-south-1"
) -> Credentials:
    """Put keys into the environment, and return them for botocore."""
    key, secret = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    monkeypatch.setenv("AWS_REGION", region)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    if session_token:
        monkeypatch.setenv("AWS_SESSION_TOKEN", session_token)
    return Credentials(key, secret, session_token)


def instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


@with_and_without_session_token
@pytest.mark.parametrize(
    ("service", "region", "url", "body"),
    [
        ("secretsmanager", "ap-south-1", "https://secretsmanager.ap-south-1.amazonaws.com", b"{}"),
        ("secretsmanager", "eu-west-1", "http://127.0.0.1:4700", b'{"SecretId":"client-secret"}'),
        ("cognito-idp", "us-east-1", "https://cognito-idp.us-east-1.amazonaws.com/", b""),
        ("ses", "ap-south-1", "https://email.ap-south-1.amazonaws.com/v2/email/emails", b"{}"),
        ("kms", "ap-south-1", "https://kms.ap-south-1.amazonaws.com", '{"a":"é"}'.encode()),
    ],
)
def test_a_request_is_signed_as_by_botocore(
    monkeypatch: pytest.MonkeyPatch,
    service: str,
    region: str,
    url: str,
    body: bytes,
    session_token: str | None,
) -> None:
    credentials = given_keys(monkeypatch, session_token, region)
    headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": TARGET}

    ours = sigv4.headers(service, url, headers, body)

    theirs = _signed_by_botocore(service, region, url, headers, body, credentials, ours)
    assert ours == theirs


@with_and_without_session_token
def test_an_upload_form_is_signed_as_by_botocore(
    monkeypatch: pytest.MonkeyPatch, session_token: str | None
) -> None:
    credentials = given_keys(monkeypatch, session_token)
    fields = {"key": "uploads/a/b", "Content-Type": "image/png"}
    limits: list[Any] = [{"bucket": "media"}, ["content-length-range", 1, 10]]
    request = AWSRequest("POST", "https://media.s3.ap-south-1.amazonaws.com")
    request.context["s3-presign-post-fields"] = dict(fields)
    exact = [{name: value} for name, value in fields.items()]
    request.context["s3-presign-post-policy"] = {"conditions": [*limits, *exact]}
    auth = S3SigV4PostAuth(credentials, "s3", "ap-south-1")
    auth.add_auth(request)
    theirs = request.context["s3-presign-post-fields"]

    ours = sigv4.form(fields, limits, QUARTER, instant(theirs["x-amz-date"]))

    policy = json.loads(b64decode(ours["policy"]))
    expires_at = datetime.fromisoformat(policy.pop("expiration"))
    assert expires_at == instant(theirs["x-amz-date"]) + QUARTER
    assert policy == request.context["s3-presign-post-policy"]
    signed = {
        "policy": ours["policy"],
        "x-amz-signature": auth.signature(ours["policy"], request),
    }
    assert ours == theirs | signed


@with_and_without_session_token
@pytest.mark.parametrize(
    "url",
    [
        "https://media.s3.ap-south-1.amazonaws.com/uploads/a/b",
        "http://127.0.0.1:4700/media/uploads/a/b",
    ],
)
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_link_is_signed_as_by_botocore(
    monkeypatch: pytest.MonkeyPatch, url: str, session_token: str | None, method: str
) -> None:
    credentials = given_keys(monkeypatch, session_token)
    query = {"response-content-disposition": "attachment; filename=a b"}
    request = AWSRequest(method, url, params=dict(query))
    S3SigV4QueryAuth(credentials, "s3", "ap-south-1", expires=900).add_auth(request)
    theirs = dict(parse_qsl(urlsplit(str(request.url)).query))

    ours = sigv4.link(url, query, QUARTER, instant(theirs["X-Amz-Date"]), method)

    assert ours.startswith(f"{url}?")
    assert dict(parse_qsl(urlsplit(ours).query)) == theirs


def test_a_signature_depends_on_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    given_keys(monkeypatch, None)
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
    credentials: Credentials,
    ours: dict[str, str],
) -> dict[str, str]:
    request = AWSRequest("POST", url, headers=headers, data=body)
    request.context["timestamp"] = ours["x-amz-date"]
    request.headers["X-Amz-Date"] = ours["x-amz-date"]
    if credentials.token:
        request.headers["X-Amz-Security-Token"] = credentials.token
    auth = SigV4Auth(credentials, service, region)
    canonical = auth.canonical_request(request)
    signature = auth.signature(auth.string_to_sign(request, canonical), request)
    auth._inject_signature_to_request(request, signature)  # type: ignore[attr-defined]
    added = {name.lower(): value for name, value in request.headers.items()}
    return {name: value for name, value in added.items() if name not in headers}
