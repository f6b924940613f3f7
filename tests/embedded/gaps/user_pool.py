"""A user pool, called by raw requests so that no SDK hides its responses.

Each response must match Cognito's API model: no unknown member, and no error that the operation
does not list.
"""

from typing import Any

import httpx
from pycognito.aws_srp import AWSSRP, generate_hash_device

from embedded import Instance
from tests import aws_models

PASSWORD = "Correct-Horse-7"
EMAIL = "maya@example.com"
TRACKED = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True}
API = "AWSCognitoIdentityProviderService"
# Errors that every operation may return, for example for an expired access token.
EVERYWHERE = {"NotAuthorizedException", "InvalidParameterException"}


class Refused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")


class UserPool:
    def __init__(self, instance: Instance, **properties: Any) -> None:
        # Key `test` is root. Operations with an access token need no signature.
        credential = "Credential=test/20260101/ap-south-1/cognito-idp/aws4_request"
        self._http = httpx.Client(
            base_url=instance.endpoint_url,
            headers={"authorization": f"AWS4-HMAC-SHA256 {credential}"},
            trust_env=False,
            timeout=60,
        )
        pool = {"PoolName": "pool", "UsernameAttributes": ["email"], "MfaConfiguration": "OPTIONAL"}
        self.pool_id = self.call("CreateUserPool", **pool, **properties)["UserPool"]["Id"]
        client = self.call(
            "CreateUserPoolClient",
            UserPoolId=self.pool_id,
            ClientName="client",
            ExplicitAuthFlows=[
                "ALLOW_USER_SRP_AUTH",
                "ALLOW_USER_PASSWORD_AUTH",
                "ALLOW_REFRESH_TOKEN_AUTH",
            ],
            PreventUserExistenceErrors="ENABLED",
            CallbackURLs=["http://localhost:3000/callback"],
            SupportedIdentityProviders=["COGNITO"],
            AllowedOAuthFlowsUserPoolClient=True,
            AllowedOAuthFlows=["code"],
            AllowedOAuthScopes=["openid", "email", "aws.cognito.signin.user.admin"],
        )
        self.client_id = client["UserPoolClient"]["ClientId"]
        self.account = {"UserPoolId": self.pool_id, "Username": EMAIL}
        self.call(
            "AdminCreateUser",
            **self.account,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": "email", "Value": EMAIL}],
        )
        self.call("AdminSetUserPassword", **self.account, Password=PASSWORD, Permanent=True)

    def call(self, operation: str, **sent: Any) -> dict[str, Any]:
        answer = self._http.post(
            "/",
            json=sent,
            headers={
                "x-amz-target": f"{API}.{operation}",
                "content-type": "application/x-amz-json-1.1",
            },
        )
        said: dict[str, Any] = answer.json() if answer.content else {}
        if answer.is_error:
            code = said["__type"].partition("#")[2] or said["__type"]
            errors = aws_models.operation("cognito-idp", operation).error_shapes
            known = {shape.name for shape in errors} | EVERYWHERE
            assert code in known, f"{operation}: {code}"
            raise Refused(code, said["message"])
        if operation not in ("CreateUserPool", "CreateUserPoolClient", "AdminCreateUser"):
            aws_models.hold_answer("cognito-idp", operation, said)
        return said

    def proof(self, **options: Any) -> tuple[AWSSRP, dict[str, Any]]:
        """Return an answer to PASSWORD_VERIFIER. Options are the device's keys and password."""
        srp = AWSSRP(EMAIL, PASSWORD, self.pool_id, self.client_id, client=object(), **options)
        started = self.call(
            "InitiateAuth",
            ClientId=self.client_id,
            AuthFlow="USER_SRP_AUTH",
            AuthParameters=srp.get_auth_params(),
        )
        made = srp.process_challenge(started["ChallengeParameters"], {"USERNAME": EMAIL})
        return srp, {"ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": made}

    def respond(self, challenge: str, **sent: Any) -> dict[str, Any]:
        return self.call(
            "RespondToAuthChallenge", ClientId=self.client_id, ChallengeName=challenge, **sent
        )

    def sign_in(self, **device: Any) -> dict[str, Any]:
        """Return the step after the password."""
        _, proof = self.proof(**device)
        return self.call("RespondToAuthChallenge", ClientId=self.client_id, **proof)

    def new_device(self, *, is_remembered: bool = False) -> tuple[dict[str, Any], dict[str, str]]:
        """Sign in with a new device. Return the response and the device's data."""
        tokens = self.sign_in()["AuthenticationResult"]
        offered = tokens["NewDeviceMetadata"]
        key, group = offered["DeviceKey"], offered["DeviceGroupKey"]
        secret, verifier = generate_hash_device(group, key)
        mine = {"AccessToken": tokens["AccessToken"], "DeviceKey": key}
        self.call("ConfirmDevice", **mine, DeviceName="Phone", DeviceSecretVerifierConfig=verifier)
        if is_remembered:
            self.call("UpdateDeviceStatus", **mine, DeviceRememberedStatus="remembered")
        return tokens, {"device_key": key, "device_group_key": group, "device_password": secret}

    def refresh(self, token: str, device_key: str = "") -> dict[str, Any]:
        named = {"DEVICE_KEY": device_key} if device_key else {}
        answer = self.call(
            "InitiateAuth",
            ClientId=self.client_id,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": token} | named,
        )
        return dict(answer["AuthenticationResult"])

    def __enter__(self) -> "UserPool":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()
