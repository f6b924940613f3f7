"""MiniStack with what it lacks: Cognito's operations on devices, of which it remembers none, and on
the two secrets that a client may have, of which the hosted UI takes the older; permissions to send
e-mail that name who may be its sender; and resources of stacks that it refuses to know.

Runs in MiniStack's own environment, as `python -P embedded/server.py`.
"""

import base64
import hmac
import json
import time
from email.utils import parseaddr
from typing import Any

from ministack.app import main
from ministack.core import iam_actions
from ministack.core.responses import error_response_json, json_response
from ministack.services import cognito
from ministack.services.cloudformation import provisioners

DEVICE_OPERATIONS = {
    "ConfirmDevice",
    "ForgetDevice",
    "GetDevice",
    "ListDevices",
    "UpdateDeviceStatus",
}


def _client(sent: dict[str, Any]) -> dict[str, Any]:
    pool, _ = cognito._pool_for_client(sent.get("ClientId"))
    client: dict[str, Any] = (pool or {}).get("_clients", {}).get(sent["ClientId"], {})
    return client


def _secrets_of(client: dict[str, Any]) -> list[dict[str, Any]]:
    """Of which Cognito lists all but the value; the first is the client's ClientSecret."""
    if not client.get("ClientSecret"):
        return []
    made = client["CreationDate"]
    first = {
        "ClientSecretId": f"{client['ClientId']}--{made}",
        "ClientSecretCreateDate": made,
        "ClientSecretValue": client["ClientSecret"],
    }
    return client.setdefault("_Secrets", [first])  # type: ignore[no-any-return]


def _list_secrets(client: dict[str, Any], _sent: dict[str, Any]) -> Any:
    listed = [dict(each) for each in _secrets_of(client)]
    for each in listed:
        del each["ClientSecretValue"]
    return json_response({"ClientSecrets": listed})


def _add_secret(client: dict[str, Any], _sent: dict[str, Any]) -> Any:
    known = _secrets_of(client)
    if len(known) != 1:
        return error_response_json("LimitExceededException", "A client has two secrets.", 400)
    now = time.time()
    added = {
        "ClientSecretId": f"{client['ClientId']}--{now}",
        "ClientSecretCreateDate": now,
        "ClientSecretValue": cognito._client_secret(),
    }
    known.append(added)
    return json_response({"ClientSecretDescriptor": added})


def _delete_secret(client: dict[str, Any], sent: dict[str, Any]) -> Any:
    known = _secrets_of(client)
    kept = [each for each in known if each["ClientSecretId"] != sent["ClientSecretId"]]
    if not kept or len(kept) == len(known):
        return error_response_json("InvalidParameterException", "Not one of two secrets.", 400)
    client["_Secrets"] = kept
    client["ClientSecret"] = kept[0]["ClientSecretValue"]
    return json_response({})


SECRET_OPERATIONS = {
    "AddUserPoolClientSecret": _add_secret,
    "DeleteUserPoolClientSecret": _delete_secret,
    "ListUserPoolClientSecrets": _list_secrets,
}


def _proven_by_the_older(action: str, sent: dict[str, Any]) -> dict[str, Any]:
    """A call that proves itself by the newer of two secrets, as one by the older."""
    place = cognito._SECRET_HASH_PARAMETERS.get(action)
    known = _secrets_of(_client(sent)) if "ClientId" in sent else []
    if len(known) < 2:
        return sent
    older, newer = (each["ClientSecretValue"] for each in known)
    if sent.get("ClientSecret") == newer:
        return sent | {"ClientSecret": older}
    proof = sent.get(place, {}) if place else sent
    name, field = ("USERNAME", "SECRET_HASH") if place else ("Username", "SecretHash")
    username = proof.get(name) or _owner_of(proof.get("REFRESH_TOKEN", ""))
    if proof.get(field) != _secret_hash(username, sent["ClientId"], newer):
        return sent
    proof = proof | {field: _secret_hash(username, sent["ClientId"], older)}
    return sent | {place: proof} if place else proof


def _owner_of(refresh_token: str) -> str:
    return str(cognito._token_claims(refresh_token).get("sub", "")) if refresh_token else ""


def _secret_hash(username: str, client_id: str, secret: str) -> str:
    digest = hmac.digest(secret.encode(), (username + client_id).encode(), "sha256")
    return base64.b64encode(digest).decode()


_answer = cognito._dispatch_idp


async def _answer_all(action: str, sent: dict[str, Any]) -> Any:
    if action in SECRET_OPERATIONS:
        return SECRET_OPERATIONS[action](_client(sent), sent)
    if action not in DEVICE_OPERATIONS:
        return await _answer(action, _proven_by_the_older(action, sent))
    user, _ = cognito._user_pool_for_access_token(sent.get("AccessToken", ""))
    if not user:
        return error_response_json("NotAuthorizedException", "Invalid Access Token", 400)
    if action == "ListDevices":
        return json_response({"Devices": []})
    return error_response_json("ResourceNotFoundException", "Device does not exist.", 400)


_resource = iam_actions._ses_v2_resource_arn


def _resource_or_sender(method: str, path: str, body: bytes, region: str, account_id: str) -> str:
    if path != "/v2/email/outbound-emails":
        return str(_resource(method, path, body, region, account_id))
    _, address = parseaddr(json.loads(body)["FromEmailAddress"])
    return f"arn:aws:ses:{region}:{account_id}:identity/{address.rpartition('@')[2]}"


_alarm = dict(provisioners._RESOURCE_HANDLERS["AWS::CloudWatch::Alarm"])


def _alarm_or_note(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
    """It computes nothing of metrics, and takes back a stack with an alarm on that."""
    if "Metrics" in properties:
        return _noted_only(logical_id, properties, stack)
    return _alarm["create"](logical_id, properties, stack)


def _changed_alarm_or_note(name: str, before: Any, after: Any, *stack: Any) -> Any:
    return (name, {}) if "Metrics" in after else _alarm["update"](name, before, after, *stack)


def _noted_only(logical_id: str, properties: dict[str, Any], stack: str) -> tuple[str, Any]:
    return f"{stack}-{logical_id}", {}


_note = {"create": _noted_only, "delete": lambda physical_id, properties: None}

# What nothing here can follow; stacks have it all the same.
NOTED_ONLY = {
    "AWS::Backup::BackupSelection": _note,
    "AWS::Logs::QueryDefinition": _note,
    "AWS::CloudWatch::Alarm": _alarm | {"create": _alarm_or_note, "update": _changed_alarm_or_note},
}

if __name__ == "__main__":
    provisioners._RESOURCE_HANDLERS.update(NOTED_ONLY)
    iam_actions._ses_v2_resource_arn = _resource_or_sender
    cognito._dispatch_idp = _answer_all
    main()
