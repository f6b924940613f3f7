"""MiniStack with what its Cognito lacks: the operations on devices, of which it remembers none.

Runs in MiniStack's own environment, as `python -P embedded/server.py`.
"""

from typing import Any

from ministack.app import main
from ministack.core.responses import error_response_json, json_response
from ministack.services import cognito

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


if __name__ == "__main__":
    cognito._dispatch_idp = _answer_for_devices_too
    main()
