"""Triggers of a user pool around sign-ups and resets.

AWS: a sign-up calls the function PreSignUp before Cognito looks whether the address has an account.
ConfirmSignUp, AdminConfirmSignUp and ConfirmForgotPassword call PostConfirmation after the change,
with the request's ClientMetadata. If a function fails, the call fails, but the change stays.
A sign-in calls PostAuthentication before it returns tokens, and fails if the function fails.
AdminConfirmSignUp refuses an account that is confirmed. MiniStack calls PreSignUp only for new
addresses and the others never, and confirms a confirmed account again. Sign-ins of the hosted page
are left out here.
https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html
https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-authentication.html
https://github.com/aws-amplify/aws-sdk-android/issues/1730 (PreSignUp before the check)
"""

import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from ministack.core.responses import error_response_json
from ministack.services import cognito, lambda_svc

Answer = Any
Operation = Callable[[dict[str, Any]], Answer]

_answered: ContextVar[dict[str, Any] | None] = ContextVar("answered", default=None)
SIGN_INS = (
    "_initiate_auth",
    "_admin_initiate_auth",
    "_respond_to_auth_challenge",
    "_admin_respond_to_auth_challenge",
)
SIGN_IN = "TokenGeneration_Authentication"
PROOFS = {
    "_confirm_sign_up": "PostConfirmation_ConfirmSignUp",
    "_admin_confirm_sign_up": "PostConfirmation_ConfirmSignUp",
    "_confirm_forgot_password": "PostConfirmation_ConfirmForgotPassword",
}


class _SignInFailed(Exception):
    """The function PostAuthentication failed."""


def _pool_of(sent: dict[str, Any]) -> Any:
    if "UserPoolId" in sent:
        return cognito._user_pools.get(sent["UserPoolId"])
    return cognito._pool_for_client(sent.get("ClientId"))[0]


def _refusal(error: Any) -> Answer:
    return error_response_json("UserLambdaValidationException", str(error), 400)


def _asking_first(sign_up: Operation, ask: Callable[..., dict[str, Any]]) -> Operation:
    def signed_up(sent: dict[str, Any]) -> Answer:
        pool = _pool_of(sent)
        if pool:
            attributes = cognito._attr_list_to_dict(sent.get("UserAttributes", []))
            name = str(uuid.uuid4())
            try:
                said = ask(pool["Id"], sent["ClientId"], name, attributes, "PreSignUp_SignUp")
            except cognito._PreSignUpRejected as refused:
                return _refusal(refused)
            _answered.set(said)
        return sign_up(sent)

    return signed_up


def _of_unconfirmed(confirm: Operation) -> Operation:
    def confirmed(sent: dict[str, Any]) -> Answer:
        pool = _pool_of(sent)
        user = cognito._resolve_user(pool, sent.get("Username"))[0] if pool else None
        if user and user["UserStatus"] != "UNCONFIRMED":
            message = f"User cannot be confirmed. Current status is {user['UserStatus']}"
            return error_response_json("NotAuthorizedException", message, 400)
        return confirm(sent)

    return confirmed


def _telling(operation: Operation, source: str) -> Operation:
    def told(sent: dict[str, Any]) -> Answer:
        answer = operation(sent)
        pool = _pool_of(sent)
        arn = (pool.get("LambdaConfig") or {}).get("PostConfirmation") if pool else None
        if answer[0] != 200 or not arn:
            return answer
        user, _ = cognito._resolve_user(pool, sent["Username"])
        result = _run(arn, _event(pool["Id"], sent, user, source))
        return _refusal(result.get("body")) if result.get("error") else answer

    return told


def _run(arn: str, event: dict[str, Any]) -> dict[str, Any]:
    record, config, _ = lambda_svc._get_func_record_for_ref(arn)
    function = lambda_svc._execution_record_for_config(record, config)
    result: dict[str, Any] = lambda_svc._execute_function_with_config_scope(function, event)
    return result


def _telling_of_sign_ins(build: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def built(pool_id: str, client_id: str, user: Any, **how: Any) -> dict[str, Any]:
        pool = cognito._user_pools.get(pool_id) or {}
        arn = (pool.get("LambdaConfig") or {}).get("PostAuthentication")
        source = how.get("trigger_source", SIGN_IN)
        if arn and source == SIGN_IN:
            sent = {"ClientId": client_id}
            result = _run(arn, _event(pool_id, sent, user, "PostAuthentication_Authentication"))
            if result.get("error"):
                raise _SignInFailed(result.get("body"))
        return build(pool_id, client_id, user, **how)

    return built


def _failing(sign_in: Operation) -> Operation:
    def signed_in(sent: dict[str, Any]) -> Answer:
        try:
            return sign_in(sent)
        except _SignInFailed as failed:
            return _refusal(failed)

    return signed_in


def _event(pool_id: str, sent: dict[str, Any], user: Any, source: str) -> dict[str, Any]:
    attributes = cognito._attr_list_to_dict(user["Attributes"])
    return {
        "version": "1",
        "triggerSource": source,
        "region": cognito._pool_region(pool_id),
        "userPoolId": pool_id,
        "userName": user["Username"],
        "callerContext": {
            "awsSdkVersion": "aws-sdk-unknown-unknown",
            "clientId": sent.get("ClientId", "CLIENT_ID_NOT_APPLICABLE"),
        },
        "request": {
            "userAttributes": attributes | {"cognito:user_status": user["UserStatus"]},
            "clientMetadata": sent.get("ClientMetadata") or {},
        },
        "response": {},
    }


def close() -> None:
    ask = cognito._apply_presignup_trigger

    def ask_once(*args: Any, **named: Any) -> dict[str, Any]:
        return _answered.get() or ask(*args, **named)

    cognito._apply_presignup_trigger = ask_once
    cognito._sign_up = _asking_first(cognito._sign_up, ask)
    cognito._admin_confirm_sign_up = _of_unconfirmed(cognito._admin_confirm_sign_up)
    cognito._build_auth_result = _telling_of_sign_ins(cognito._build_auth_result)
    for name in SIGN_INS:
        setattr(cognito, name, _failing(getattr(cognito, name)))
    for name, source in PROOFS.items():
        setattr(cognito, name, _telling(getattr(cognito, name), source))
