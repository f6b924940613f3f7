"""MiniStack with what it lacks: Cognito's operations on devices, of which it remembers none,
permissions to send e-mail that name who may be its sender, and resources of stacks that it refuses
to know.

Runs in MiniStack's own environment, as `python -P embedded/server.py`.
"""

import json
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

_answer = cognito._dispatch_idp


async def _answer_for_devices_too(action: str, sent: dict[str, Any]) -> Any:
    if action not in DEVICE_OPERATIONS:
        return await _answer(action, sent)
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
    cognito._dispatch_idp = _answer_for_devices_too
    main()
