"""Cognito's unsigned operations: what an account may do for itself, with its own proof.

https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html
"""

from __future__ import annotations

from typing import Any

from artisthub.shared import aws_json, errors

SERVICE = "cognito-idp"


def call(operation: str, **parameters: Any) -> Any:
    """One operation of the user pool's API; raises aws_json.AwsError with Cognito's error name."""
    return aws_json.call(SERVICE, f"AWSCognitoIdentityProviderService.{operation}", parameters)


def email_of(access_token: str) -> str:
    """The verified e-mail address of the token's account.

    Raises Unauthorized for a token that Cognito no longer accepts (signed out, revoked, account
    disabled), although its signature still is good.
    """
    try:
        account = call("GetUser", AccessToken=access_token)
    except aws_json.AwsError as refused:
        raise errors.Unauthorized from refused
    attributes = {each["Name"]: each["Value"] for each in account["UserAttributes"]}
    return str(attributes["email"])
