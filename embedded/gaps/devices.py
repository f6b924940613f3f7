"""Device tracking.

AWS: a pool with device tracking offers a new device (NewDeviceMetadata) at each SRP sign-in that
names none. ConfirmDevice stores its verifier. If the pool asks users first, UpdateDeviceStatus must
then remember the device. A session is refreshed only with its own device's key, and only while that
device is confirmed. A remembered device proves itself by SRP and needs no second factor. Sessions
of the hosted UI have no device. Sign-ins that send the password itself get devices that cannot be
confirmed, so those sessions cannot be refreshed.
MiniStack has no device tracking and refreshes every session. So a client that does not confirm its
device would work on MiniStack, but on AWS its user is signed out after an hour.
https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
https://repost.aws/knowledge-center/cognito-invalid-refresh-token-error
https://github.com/aws-amplify/amplify-swift/issues/2588 (an access token with `device_key`)
"""

import base64
import hashlib
import hmac
import secrets
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from functools import partial
from typing import Any

from ministack.core.responses import error_response_json, json_response
from ministack.services import cognito

MAX_PAGE = 60
# The oldest unconfirmed offers are dropped first.
MAX_OFFERS = 50
CHALLENGE_SECONDS = 3 * 60
PASSWORD_FLOWS = {"USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"}
SIGN_INS = {"TokenGeneration_Authentication", "TokenGeneration_NewPasswordChallenge"}

_request: ContextVar[dict[str, Any] | None] = ContextVar("request", default=None)
_device_of_tokens: ContextVar[str] = ContextVar("device_of_tokens", default="")


class Refused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.answer = error_response_json(code, message, 400)


UNKNOWN_DEVICE = ("ResourceNotFoundException", "Device does not exist.")
UNKNOWN_KEY = ("InvalidParameterException", "Invalid device key given.")
WRONG_PROOF = ("NotAuthorizedException", "Incorrect username or password.")


def _is_tracked(pool: dict[str, Any]) -> bool:
    return bool(pool.get("DeviceConfiguration"))


def _devices_of(user: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return an account's confirmed devices, by key."""
    return user.setdefault("_devices", {})  # type: ignore[no-any-return]


def _offers_to(user: dict[str, Any]) -> dict[str, str]:
    """Return the group keys of offered, unconfirmed devices, by device key."""
    return user.setdefault("_device_offers", {})  # type: ignore[no-any-return]


def _named_device() -> str:
    """Return the device key in the request, or an empty string."""
    request = _request.get() or {}
    places = (request.get("AuthParameters"), request.get("ChallengeResponses"))
    keys = [place.get("DEVICE_KEY") for place in places if place]
    return str(next(filter(None, [*keys, request.get("DeviceKey")]), ""))


def _is_by_password() -> bool:
    return (_request.get() or {}).get("AuthFlow") in PASSWORD_FLOWS


def _new_device(pool: dict[str, Any]) -> str:
    return f"{cognito._pool_region(pool['Id'])}_{uuid.uuid4()}"


def _offer(pool: dict[str, Any], user: dict[str, Any]) -> dict[str, str]:
    offers = _offers_to(user)
    key, group = _new_device(pool), "-" + secrets.token_hex(4)
    offers[key] = group
    for oldest in list(offers)[:-MAX_OFFERS]:
        del offers[oldest]
    return {"DeviceKey": key, "DeviceGroupKey": group}


# Sign-in


def _signed_in(
    build: Callable[..., dict[str, Any]], pool_id: str, client_id: str, user: Any, **how: Any
) -> dict[str, Any]:
    """Bind a sign-in's tokens to its device: the named one, or a new one."""
    pool = cognito._user_pools.get(pool_id) or {}
    is_sign_in = how.get("trigger_source", "TokenGeneration_Authentication") in SIGN_INS
    if not (_is_tracked(pool) and is_sign_in):
        return build(pool_id, client_id, user, **how)
    key, offer = _named_device(), None
    device = _devices_of(user).get(key)
    if device is not None:
        device["DeviceLastAuthenticatedDate"] = time.time()
    elif _is_by_password():
        key = _new_device(pool)
    else:
        offer = _offer(pool, user)
        key = offer["DeviceKey"]
    before = _device_of_tokens.set(key)
    try:
        result = build(pool_id, client_id, user, **how)
    finally:
        _device_of_tokens.reset(before)
    return result | ({"NewDeviceMetadata": offer} if offer else {})


def _after_the_password(
    answer: Callable[[], Any], pool: dict[str, Any], user: dict[str, Any]
) -> Any:
    """Return the step after the password. A remembered device must prove itself."""
    key = _named_device()
    if not (_is_tracked(pool) and key) or _is_by_password():
        return answer()
    device = _devices_of(user).get(key)
    if device is None:
        return error_response_json(*UNKNOWN_DEVICE, 400)
    skips_the_second_factor = pool["DeviceConfiguration"].get("ChallengeRequiredOnNewDevice")
    is_asked = device["is_remembered"] and skips_the_second_factor
    if not is_asked or user.get("UserStatus") == "FORCE_CHANGE_PASSWORD":
        return answer()
    device["proof_awaited_until"] = time.time() + CHALLENGE_SECONDS
    return json_response({"ChallengeName": "DEVICE_SRP_AUTH", "ChallengeParameters": {}})


def _device_to_prove(sent: dict[str, Any]) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Return the pool id, account and device named in the answer to a device challenge."""
    pool, pid = cognito._pool_for_client(sent.get("ClientId"))
    if not pool:
        raise Refused("ResourceNotFoundException", "User pool client does not exist.")
    responses = sent.get("ChallengeResponses") or {}
    user, _ = cognito._resolve_user(pool, responses.get("USERNAME"))
    device = _devices_of(user).get(responses.get("DEVICE_KEY", "")) if user else None
    if user is None or device is None or not user.get("Enabled", True):
        raise Refused(*WRONG_PROOF)
    return pid, user, device


def _start_device_proof(sent: dict[str, Any]) -> Any:
    pid, user, device = _device_to_prove(sent)
    if device.get("proof_awaited_until", 0) < time.time():
        message = "Cannot initiate DEVICE_SRP_AUTH flow without first authenticating"
        raise Refused("NotAuthorizedException", message)
    srp_a = sent["ChallengeResponses"].get("SRP_A", "")
    if not cognito._SRP_A_RE.match(srp_a) or int(srp_a, 16) % cognito._SRP_N == 0:
        raise Refused("InvalidParameterException", "Invalid SRP_A")
    n = cognito._SRP_N
    b = secrets.randbelow(n - 2) + 1
    big_b = (cognito._SRP_K * _number(device["PasswordVerifier"]) + pow(cognito._SRP_G, b, n)) % n
    block, session = cognito._create_challenge_session(pid, sent["ClientId"], user["Username"])
    session["device"] = {"key": device["DeviceKey"], "a": srp_a, "b": f"{b:x}", "B": f"{big_b:x}"}
    parameters = {
        "DEVICE_KEY": device["DeviceKey"],
        "SALT": f"{_number(device['Salt']):x}",
        "SECRET_BLOCK": block,
        "SRP_B": f"{big_b:x}",
        "USERNAME": user["Username"],
    }
    answer = {"ChallengeName": "DEVICE_PASSWORD_VERIFIER", "ChallengeParameters": parameters}
    return json_response(answer)


def _finish_device_proof(sent: dict[str, Any]) -> Any:
    pid, user, device = _device_to_prove(sent)
    responses = sent["ChallengeResponses"]
    if malformed := cognito._srp_response_format_error(responses):
        return malformed
    block = responses["PASSWORD_CLAIM_SECRET_BLOCK"]
    session = cognito._get_challenge_session(block)[0] or {}
    proof: dict[str, str] = session.get("device", {})
    is_its_own = proof.get("key") == device["DeviceKey"]
    if not (is_its_own and session["username"] == user["Username"]):
        raise Refused(*WRONG_PROOF)
    # A challenge accepts one answer, right or wrong.
    cognito._challenge_sessions.pop(block, None)
    if not hmac.compare_digest(
        _device_signature(device, proof, responses),
        base64.b64decode(responses["PASSWORD_CLAIM_SIGNATURE"]),
    ):
        raise Refused(*WRONG_PROOF)
    device.pop("proof_awaited_until", None)
    result = cognito._build_auth_result(pid, sent["ClientId"], user)
    return json_response({"AuthenticationResult": result})


def _device_signature(
    device: dict[str, Any], proof: dict[str, str], responses: dict[str, str]
) -> bytes:
    """Sign as for a password, with the device's group key and key instead of pool and account."""
    n = cognito._SRP_N
    big_a, b, big_b = (int(proof[name], 16) for name in "abB")
    u = cognito._srp_hash(cognito._srp_pad(big_a), cognito._srp_pad(big_b))
    s = pow(big_a * pow(_number(device["PasswordVerifier"]), u, n), b, n)
    prk = hmac.digest(cognito._srp_pad(u), cognito._srp_pad(s), hashlib.sha256)
    key = hmac.digest(prk, b"Caldera Derived Key\x01", hashlib.sha256)[:16]
    message = (
        (device["DeviceGroupKey"] + device["DeviceKey"]).encode()
        + base64.b64decode(responses["PASSWORD_CLAIM_SECRET_BLOCK"])
        + cognito._srp_canonical_timestamp(responses["TIMESTAMP"]).encode()
    )
    return hmac.digest(key, message, hashlib.sha256)


def _number(text: str) -> int:
    return int.from_bytes(base64.b64decode(text), "big")


CHALLENGES = {
    "DEVICE_SRP_AUTH": _start_device_proof,
    "DEVICE_PASSWORD_VERIFIER": _finish_device_proof,
}


# Refresh


def _refreshed(
    refresh: Callable[..., Any], pool: dict[str, Any], pid: str, cid: str, refresh_token: str
) -> Any:
    user, error = cognito._refresh_auth_user(pool, pid, cid, refresh_token)
    if error:
        return None, error
    key = cognito._token_claims(refresh_token).get("device_key", "")
    is_known = key in _devices_of(user) and _named_device() == key
    if key and _is_tracked(pool) and not is_known:
        return None, error_response_json("NotAuthorizedException", "Invalid Refresh Token.", 400)
    before = _device_of_tokens.set(key)
    try:
        return refresh(pool, pid, cid, refresh_token)
    finally:
        _device_of_tokens.reset(before)


# Operations on devices


def _of_caller(operation: "Operation", sent: dict[str, Any]) -> Any:
    user, pool = cognito._user_pool_for_access_token(sent.get("AccessToken", ""))
    if not user:
        raise Refused("NotAuthorizedException", "Invalid Access Token")
    return _answer(operation, pool, user, sent)


def _of_named_user(operation: "Operation", sent: dict[str, Any]) -> Any:
    pool, error = cognito._resolve_pool(sent.get("UserPoolId"))
    if error:
        return error
    user, error = cognito._resolve_user(pool, sent.get("Username"))
    return error or _answer(operation, pool, user, sent)


def _answer(operation: "Operation", pool: Any, user: Any, sent: dict[str, Any]) -> Any:
    if not _is_tracked(pool):
        message = "User pool does not have device tracking enabled."
        raise Refused("InvalidUserPoolConfigurationException", message)
    return json_response(operation(pool, user, sent))


def _device_of(user: dict[str, Any], sent: dict[str, Any]) -> dict[str, Any]:
    device = _devices_of(user).get(sent.get("DeviceKey", ""))
    if device is None:
        raise Refused(*UNKNOWN_DEVICE)
    return device


def _confirm(pool: Any, user: Any, sent: dict[str, Any]) -> dict[str, Any]:
    key, config = sent.get("DeviceKey", ""), sent.get("DeviceSecretVerifierConfig") or {}
    if key in _devices_of(user):
        raise Refused("DeviceKeyExistsException", "Device already exists.")
    if key not in _offers_to(user):
        raise Refused(*UNKNOWN_KEY)
    try:
        verifier = _number(config["PasswordVerifier"])
        is_sound = 0 < verifier < cognito._SRP_N and _number(config["Salt"]) > 0
    except (KeyError, ValueError):
        is_sound = False
    if not is_sound:
        raise Refused("InvalidParameterException", "Invalid device secret verifier config.")
    is_asked = bool(pool["DeviceConfiguration"].get("DeviceOnlyRememberedOnUserPrompt"))
    now = time.time()
    _devices_of(user)[key] = config | {
        "DeviceKey": key,
        "DeviceGroupKey": _offers_to(user).pop(key),
        "name": sent.get("DeviceName"),
        "is_remembered": not is_asked,
        "DeviceCreateDate": now,
        "DeviceLastModifiedDate": now,
        "DeviceLastAuthenticatedDate": now,
    }
    return {"UserConfirmationNecessary": is_asked}


def _update_status(_pool: Any, user: Any, sent: dict[str, Any]) -> dict[str, Any]:
    device = _device_of(user, sent)
    status = sent.get("DeviceRememberedStatus", "not_remembered")
    if status not in ("remembered", "not_remembered"):
        raise Refused("InvalidParameterException", "Invalid device remembered status.")
    device["is_remembered"] = status == "remembered"
    device["DeviceLastModifiedDate"] = time.time()
    return {}


def _forget(_pool: Any, user: Any, sent: dict[str, Any]) -> dict[str, Any]:
    del _devices_of(user)[_device_of(user, sent)["DeviceKey"]]
    return {}


def _get(_pool: Any, user: Any, sent: dict[str, Any]) -> dict[str, Any]:
    return {"Device": _shown(_device_of(user, sent))}


def _list(_pool: Any, user: Any, sent: dict[str, Any]) -> dict[str, Any]:
    limit = sent.get("Limit")
    if limit is not None and not 0 <= limit <= MAX_PAGE:
        raise Refused("InvalidParameterException", "Limit must be at most 60.")
    try:
        start = int(base64.b64decode(sent.get("PaginationToken") or "", validate=True) or b"0")
    except ValueError:
        raise Refused("InvalidParameterException", "Invalid pagination token.") from None
    devices = [_shown(device) for device in _devices_of(user).values()]
    end = start + (limit or MAX_PAGE)
    answer: dict[str, Any] = {"Devices": devices[start:end]}
    if end < len(devices):
        answer["PaginationToken"] = base64.b64encode(str(end).encode()).decode()
    return answer


def _shown(device: dict[str, Any]) -> dict[str, Any]:
    """https://docs.aws.amazon.com/cli/latest/reference/cognito-idp/get-device.html"""
    status = "remembered" if device["is_remembered"] else "not_remembered"
    attributes = {
        "device_status": "valid",
        "device_name": device["name"],
        "last_ip_used": "127.0.0.1",
        "dev:device_remembered_status": status,
    }
    dates = ("DeviceCreateDate", "DeviceLastModifiedDate", "DeviceLastAuthenticatedDate")
    return {
        "DeviceKey": device["DeviceKey"],
        "DeviceAttributes": [
            {"Name": name, "Value": value} for name, value in attributes.items() if value
        ],
    } | {date: device[date] for date in dates}


Operation = Callable[[Any, Any, dict[str, Any]], dict[str, Any]]
OWN: dict[str, Operation] = {
    "ConfirmDevice": _confirm,
    "ForgetDevice": _forget,
    "GetDevice": _get,
    "ListDevices": _list,
    "UpdateDeviceStatus": _update_status,
}
ADMIN: dict[str, Operation] = {
    "AdminForgetDevice": _forget,
    "AdminGetDevice": _get,
    "AdminListDevices": _list,
    "AdminUpdateDeviceStatus": _update_status,
}


def _handler(action: str) -> Callable[[dict[str, Any]], Any] | None:
    if action in OWN:
        return partial(_of_caller, OWN[action])
    if action in ADMIN:
        return partial(_of_named_user, ADMIN[action])
    return None


def close() -> None:
    dispatch = cognito._dispatch_idp
    run = cognito._run_idp_handler
    build = cognito._build_auth_result
    sign = cognito._signed_jwt
    after_the_password = cognito._password_auth_result
    refresh = cognito._refresh_auth_result
    respond, admin_respond = (
        cognito._respond_to_auth_challenge,
        cognito._admin_respond_to_auth_challenge,
    )

    async def dispatch_devices(action: str, sent: dict[str, Any]) -> Any:
        handler = _handler(action)
        if handler is None:
            return await dispatch(action, sent)
        return await cognito.run_reentrant(cognito._run_idp_handler, handler, action, sent)

    def run_with_request(handler: Any, action: str, sent: dict[str, Any]) -> Any:
        _request.set(sent)
        try:
            return run(handler, action, sent)
        except Refused as refused:
            return refused.answer

    def sign_with_device(claims: dict[str, Any], pool_id: str = "", use: str = "") -> Any:
        device = _device_of_tokens.get()
        if device and claims.get("token_use") in ("access", "refresh"):
            claims = claims | {"device_key": device}
        return sign(claims, pool_id, use)

    def answer_password(pool: Any, pid: str, cid: str, user: Any, *rest: Any, **named: Any) -> Any:
        answer = partial(after_the_password, pool, pid, cid, user, *rest, **named)
        return _after_the_password(answer, pool, user)

    def with_devices(answer: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
        def answered(sent: dict[str, Any]) -> Any:
            return CHALLENGES.get(sent.get("ChallengeName", ""), answer)(sent)

        return answered

    cognito._UNSIGNED_IDP_ACTIONS.update(OWN)
    cognito._dispatch_idp = dispatch_devices
    cognito._run_idp_handler = run_with_request
    cognito._build_auth_result = partial(_signed_in, build)
    cognito._signed_jwt = sign_with_device
    cognito._password_auth_result = answer_password
    cognito._refresh_auth_result = partial(_refreshed, refresh)
    cognito._respond_to_auth_challenge = with_devices(respond)
    cognito._admin_respond_to_auth_challenge = with_devices(admin_respond)
