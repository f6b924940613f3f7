"""Cognito's user pool and hosted UI: what an account may do for itself, with its proof, and what
the service may do for it.

https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import msgspec

from artisthub.shared import aws_json, errors
from artisthub.shared.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICE = "cognito-idp"
_API = "AWSCognitoIdentityProviderService"
REREAD_SECONDS = 5

# A wrong proof has no code of its own, but at the hosted UI: Cognito refuses it as it does a wrong
# password.
_MAY_BE_THE_PROOF = (
    "NotAuthorizedException",
    "UnauthorizedException",
    "InvalidParameterException",
    "invalid_client",
)
# Where SECRET_HASH goes, if not beside the other parameters.
_PLACES = {"InitiateAuth": "AuthParameters", "RespondToAuthChallenge": "ChallengeResponses"}

_secret = ""
_read_at = 0.0


class SecretUnreadable(Exception):
    """Secrets Manager does not give the client's secret: a fault of the deployment."""


def connect() -> None:
    """Opens the connection while the function starts, and reads the client's secret if any.

    A function that cannot starts all the same; its first request will say why.
    """
    if not settings.is_in_lambda:
        return
    aws_json.connect(_hosted_ui() if settings.has("HOSTED_UI_URL") else settings.url_of(SERVICE))
    if settings.has("CLIENT_SECRET_ID") and settings.CLIENT_SECRET_ID:
        try:
            _read_secret()
        except (SecretUnreadable, errors.Problem):
            return


def call(operation: str, **parameters: Any) -> Any:
    """One operation of the user pool's API; raises aws_json.AwsError with Cognito's error name."""
    return aws_json.call(SERVICE, f"{_API}.{operation}", parameters)


def call_as_service(operation: str, username: str, **parameters: Any) -> Any:
    """An operation on an account for which the function's role has a permission."""
    parameters |= {"UserPoolId": settings.USER_POOL_ID, "Username": username}
    return aws_json.call(SERVICE, f"{_API}.{operation}", parameters, sign=True)


def delete_account(user_id: str) -> None:
    """Deletes the account, if it is there, and ends all its sessions."""
    try:
        call_as_service("AdminDeleteUser", user_id)
    except aws_json.AwsError as refused:
        if refused.code != "UserNotFoundException":
            raise


def call_as_client(operation: str, username: str, **parameters: Any) -> Any:
    """An operation of the app client for `username`, proven by its secret if it has one."""
    parameters["ClientId"] = settings.USER_POOL_CLIENT_ID
    return _as_client(
        lambda secret: call(operation, **_proven(operation, username, parameters, secret))
    )


def exchange_code(*, code: str, code_verifier: str, redirect_uri: str) -> Any:
    """Tokens for an authorization code of the hosted UI; raises AwsError with OAuth's error code.

    https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
    """
    client_id = settings.USER_POOL_CLIENT_ID
    form = {
        "grant_type": "authorization_code",
        "client_id": client_id,
        "code": code,
        "code_verifier": code_verifier,
        "redirect_uri": redirect_uri,
    }
    url = f"{_hosted_ui()}/oauth2/token"
    return _as_client(lambda secret: aws_json.exchange(url, form, client_id, secret))


def _hosted_ui() -> str:
    return settings.endpoint_url or settings.HOSTED_UI_URL


def _as_client(send: Callable[[str], Any]) -> Any:
    """What `send` answers with the client's secret, which is empty if the client has none.

    A refusal may mean that the secret was replaced. So it is read again, at most every 5 s,
    and the call repeated only if it is another one: a rotation needs no new deployment, and
    guessed passwords cost few reads.
    """
    if not settings.CLIENT_SECRET_ID:
        return send("")
    secret = _secret or _read_secret()
    try:
        return send(secret)
    except aws_json.AwsError as refused:
        is_recent = time.monotonic() - _read_at < REREAD_SECONDS
        if refused.code not in _MAY_BE_THE_PROOF or is_recent or _read_secret() == secret:
            raise
    return send(_secret)


def _proven(
    operation: str, username: str, parameters: dict[str, Any], secret: str
) -> dict[str, Any]:
    if not secret:
        return parameters
    if operation == "RevokeToken":  # here the secret itself is the proof
        return {**parameters, "ClientSecret": secret}
    secret_hash = _secret_hash(username, secret)
    place = _PLACES.get(operation)
    if place is None:
        return {**parameters, "SecretHash": secret_hash}
    return {**parameters, place: {**parameters[place], "SECRET_HASH": secret_hash}}


def _read_secret() -> str:
    global _secret, _read_at
    wanted = {"SecretId": settings.CLIENT_SECRET_ID}
    try:
        answer = aws_json.call("secretsmanager", "secretsmanager.GetSecretValue", wanted, sign=True)
    except aws_json.AwsError as refused:  # its codes must not be taken for Cognito's
        raise SecretUnreadable(refused.code) from refused
    _secret = str(msgspec.json.decode(answer["SecretString"])["clientSecret"])
    _read_at = time.monotonic()
    return _secret


def _secret_hash(username: str, secret: str) -> str:
    """https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html"""
    import hmac  # loads OpenSSL, which a client without a secret never needs
    from base64 import b64encode

    message = username + settings.USER_POOL_CLIENT_ID
    return b64encode(hmac.digest(secret.encode(), message.encode(), "sha256")).decode()


def attributes_of(access_token: str) -> dict[str, str]:
    """What Cognito keeps of the token's account.

    Raises Unauthorized for a token that Cognito no longer accepts (signed out, revoked, account
    disabled), although its signature still is good.
    """
    try:
        account = call("GetUser", AccessToken=access_token)
    except aws_json.AwsError as refused:
        raise errors.Unauthorized from refused
    return {each["Name"]: each["Value"] for each in account["UserAttributes"]}


def email_of(access_token: str) -> str:
    """The verified e-mail address of the token's account; raises Unauthorized."""
    return attributes_of(access_token)["email"]
