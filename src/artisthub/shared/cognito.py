"""Calls to Cognito's user pool and hosted UI.

https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import msgspec

from artisthub.shared import aws_json, errors
from artisthub.shared.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SERVICE = "cognito-idp"
_API = "AWSCognitoIdentityProviderService"
REREAD_SECONDS = 5
# Metadata of a confirmation for the trigger after it: the account will get another password.
PASSWORD_FOLLOWS = {"password": "follows"}

# Error codes that may mean a wrong client secret. Only the hosted UI has a separate code for it.
_MAY_BE_THE_PROOF = (
    "NotAuthorizedException",
    "UnauthorizedException",
    "InvalidParameterException",
    "invalid_client",
)
# The parameter that contains SECRET_HASH, if it is not at the top.
_PLACES = {"InitiateAuth": "AuthParameters", "RespondToAuthChallenge": "ChallengeResponses"}

_secret = ""
_read_at = 0.0


class SecretUnreadable(Exception):
    """Secrets Manager refused to return the client's secret: a fault in the deployment."""


def connect() -> None:
    """Open the connection while the function starts, and read the client's secret if it has one.

    If this fails, the function starts anyway, and its first request reports why.
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
    """Call an operation of the user pool. Raises aws_json.AwsError with Cognito's error name."""
    return aws_json.call(SERVICE, f"{_API}.{operation}", parameters)


def call_as_service(operation: str, username: str, **parameters: Any) -> Any:
    """Call an operation on an account with the permissions of the function's role.

    `UserPoolId` is the stage's pool. The pool's own triggers name it, because a function that the
    pool depends on cannot have it in its environment.
    """
    if "UserPoolId" not in parameters:
        parameters["UserPoolId"] = settings.USER_POOL_ID
    parameters["Username"] = username
    return aws_json.call(SERVICE, f"{_API}.{operation}", parameters, sign=True)


def delete_account(user_id: str, **pool: str) -> None:
    """Delete the account if it exists, and end all its sessions."""
    try:
        call_as_service("AdminDeleteUser", user_id, **pool)
    except aws_json.AwsError as refused:
        if refused.code != "UserNotFoundException":
            raise


def delete_own_account(access_token: str) -> None:
    """Delete the token's account, and end all its sessions. Raises Unauthorized."""
    try:
        call("DeleteUser", AccessToken=access_token)
    except aws_json.AwsError as refused:
        raise errors.Unauthorized from refused


def delete_unconfirmed(email: str, pool_id: str) -> None:
    """Delete the account with this address if nobody has confirmed it."""
    try:
        account = call_as_service("AdminGetUser", email, UserPoolId=pool_id)
    except aws_json.AwsError as refused:
        if refused.code == "UserNotFoundException":
            return
        raise
    if account["UserStatus"] == "UNCONFIRMED":
        delete_account(account["Username"], UserPoolId=pool_id)


def has_account(user_id: str) -> bool:
    """Whether the account exists."""
    try:
        call_as_service("AdminGetUser", user_id)
    except aws_json.AwsError as refused:
        if refused.code != "UserNotFoundException":
            raise
        return False
    return True


def account_ids() -> Iterator[str]:
    """The ids of all accounts of the pool, 60 at a call."""
    more: dict[str, Any] = {"AttributesToGet": ["sub"]}
    while True:
        sent = {"UserPoolId": settings.USER_POOL_ID, **more}
        page = aws_json.call(SERVICE, f"{_API}.ListUsers", sent, sign=True)
        for account in page["Users"]:
            yield account["Attributes"][0]["Value"]
        if "PaginationToken" not in page:
            return
        more["PaginationToken"] = page["PaginationToken"]


def end_sessions(user_id: str, pool_id: str) -> None:
    """End all sessions of the account, turn off its second factor and forget its devices.

    Cognito then refuses the account's tokens, but the API's authorizer knows nothing of it.
    https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html
    """
    pool = {"UserPoolId": pool_id}
    call_as_service("AdminUserGlobalSignOut", user_id, **pool)
    off = {"Enabled": False, "PreferredMfa": False}
    call_as_service("AdminSetUserMFAPreference", user_id, SoftwareTokenMfaSettings=off, **pool)
    while devices := call_as_service("AdminListDevices", user_id, Limit=60, **pool)["Devices"]:
        for device in devices:
            _forget_device(user_id, device["DeviceKey"], pool)


def _forget_device(user_id: str, key: str, pool: dict[str, str]) -> None:
    try:
        call_as_service("AdminForgetDevice", user_id, DeviceKey=key, **pool)
    except aws_json.AwsError as refused:
        if refused.code != "ResourceNotFoundException":  # its owner forgot it meanwhile
            raise


def set_random_password(user_id: str, pool_id: str) -> None:
    """Set a password that nobody knows, which meets the pool's policy."""
    from secrets import token_urlsafe

    set_password(user_id, f"{token_urlsafe(32)}aA1!", UserPoolId=pool_id)


def set_password(username: str, password: str, **pool: str) -> None:
    """Set the password of a confirmed account."""
    call_as_service("AdminSetUserPassword", username, Password=password, Permanent=True, **pool)


def call_as_client(operation: str, username: str, **parameters: Any) -> Any:
    """Call an operation for `username` as the app client, with its secret hash if it has one."""
    parameters["ClientId"] = settings.USER_POOL_CLIENT_ID
    return _as_client(
        lambda secret: call(operation, **_proven(operation, username, parameters, secret))
    )


def exchange_code(*, code: str, code_verifier: str, redirect_uri: str) -> Any:
    """The tokens for the hosted UI's authorization code. Raises AwsError with OAuth's code.

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
    """Call `send` with the client's secret, or with an empty text if it has none.

    A refusal may mean that the secret was rotated. Then it is read again, at most every 5 s, and
    the call is repeated only if it differs. So a rotation needs no deployment, and guessed
    passwords cost few reads.
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
    if operation == "RevokeToken":  # takes the secret itself
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
    except aws_json.AwsError as refused:  # must not be mistaken for Cognito's codes
        raise SecretUnreadable(refused.code) from refused
    _secret = str(msgspec.json.decode(answer["SecretString"])["clientSecret"])
    _read_at = time.monotonic()
    return _secret


def _secret_hash(username: str, secret: str) -> str:
    """https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html"""
    import hmac  # loads OpenSSL, which only a client with a secret needs
    from base64 import b64encode

    message = username + settings.USER_POOL_CLIENT_ID
    return b64encode(hmac.digest(secret.encode(), message.encode(), "sha256")).decode()


def attributes_of(access_token: str) -> dict[str, str]:
    """The attributes of the token's account in Cognito.

    Raises Unauthorized if the token's session has ended or its account is disabled, even if its
    signature is valid.
    """
    try:
        account = call("GetUser", AccessToken=access_token)
    except aws_json.AwsError as refused:
        raise errors.Unauthorized from refused
    return {each["Name"]: each["Value"] for each in account["UserAttributes"]}


def email_of(access_token: str) -> str:
    """The verified e-mail address of the token's account. Raises Unauthorized."""
    return attributes_of(access_token)["email"]
