"""Changes of an account's e-mail address by its owner.

AWS: if the pool requires it, UpdateUserAttributes keeps the address and mails a code to the new
one. Before that, it calls the function CustomMessage, and fails if the function fails.
VerifyUserAttribute changes the address. Both refuse an address that has an account.
MiniStack changes the address at once, and has neither VerifyUserAttribute nor CustomMessage. Other
messages call no function here.
https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
https://github.com/aws-amplify/amplify-android/pull/1436 (UserLambdaValidationException)
"""

from typing import Any

from ministack.core.responses import error_response_json, json_response
from ministack.services import cognito

from . import pool_triggers

CODE = "246810"
SOURCE = "CustomMessage_UpdateUserAttribute"


def _requires_code(pool: dict[str, Any]) -> bool:
    settings = pool.get("UserAttributeUpdateSettings") or {}
    return "email" in settings.get("AttributesRequireVerificationBeforeUpdate", [])


def _refusal(code: str, message: str) -> Any:
    return error_response_json(code, message, 400)


def _is_taken(pool: dict[str, Any], email: str, user: dict[str, Any]) -> bool:
    holder, _ = cognito._resolve_user(pool, email)
    return holder is not None and holder is not user


def _ask(pool: dict[str, Any], user: dict[str, Any], sent: dict[str, Any], email: str) -> Any:
    if _is_taken(pool, email, user):
        return _refusal("AliasExistsException", "An account with the email already exists.")
    arn = (pool.get("LambdaConfig") or {}).get("CustomMessage")
    if arn:
        result = pool_triggers._run(arn, pool_triggers._event(pool["Id"], sent, user, SOURCE))
        if result.get("error"):
            return pool_triggers._refusal(result.get("body"))
    user["_new_email"] = email
    cognito._send_verification_email(pool, user["Username"], {"email": email}, CODE)
    return json_response({"CodeDeliveryDetailsList": [{"AttributeName": "email"}]})


def _verify(sent: dict[str, Any]) -> Any:
    user, pool = cognito._user_pool_for_access_token(sent.get("AccessToken", ""))
    if not user:
        return _refusal("NotAuthorizedException", "Invalid access token.")
    email = user.get("_new_email")
    if not email or sent.get("Code") != CODE:
        return _refusal("CodeMismatchException", "Invalid verification code provided.")
    if _is_taken(pool, email, user):
        return _refusal("AliasExistsException", "An account with the email already exists.")
    verified = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
    user["Attributes"] = cognito._merge_attributes(user["Attributes"], verified)
    del user["_new_email"]
    return json_response({})


def close() -> None:
    update, dispatch = cognito._update_user_attributes, cognito._dispatch_idp

    def updated(sent: dict[str, Any]) -> Any:
        user, pool = cognito._user_pool_for_access_token(sent.get("AccessToken", ""))
        email = cognito._attr_list_to_dict(sent.get("UserAttributes", [])).get("email")
        if not user or not email or not _requires_code(pool):
            return update(sent)
        return _ask(pool, user, sent, email)

    async def dispatch_verify(action: str, sent: dict[str, Any]) -> Any:
        if action != "VerifyUserAttribute":
            return await dispatch(action, sent)
        return await cognito.run_reentrant(cognito._run_idp_handler, _verify, action, sent)

    cognito._UNSIGNED_IDP_ACTIONS.add("VerifyUserAttribute")
    cognito._update_user_attributes = updated
    cognito._dispatch_idp = dispatch_verify
