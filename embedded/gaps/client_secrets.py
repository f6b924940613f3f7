"""App clients with two secrets.

AWS: a client has up to two secrets, and Cognito accepts both, so that a secret can be rotated
without downtime. MiniStack supports one secret for each client. `operations rotate-secret` needs
two. The hosted UI here accepts only the older one. AWS makes secrets of letters and digits only.
https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
"""

import base64
import hmac
import secrets
import string
import time
from typing import Any

from ministack.core.responses import error_response_json, json_response
from ministack.services import cognito


def _client(sent: dict[str, Any]) -> dict[str, Any]:
    pool, _ = cognito._pool_for_client(sent.get("ClientId"))
    client: dict[str, Any] = (pool or {}).get("_clients", {}).get(sent["ClientId"], {})
    return client


def _secrets_of(client: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a client's secrets with their values. The first one is its ClientSecret."""
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
    """Rewrite a call that is signed with the newer secret, as if signed with the older one."""
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


def _new_secret() -> str:
    return "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(52))


def close() -> None:
    cognito._client_secret = _new_secret
    answer = cognito._dispatch_idp

    async def answer_with_two_secrets(action: str, sent: dict[str, Any]) -> Any:
        if action in SECRET_OPERATIONS:
            return SECRET_OPERATIONS[action](_client(sent), sent)
        return await answer(action, _proven_by_the_older(action, sent))

    cognito._dispatch_idp = answer_with_two_secrets
