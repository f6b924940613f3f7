"""Device tracking.

AWS: a pool with device tracking offers every new device at sign-in and remembers it. MiniStack
remembers none and does not know the operations on devices.
https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
"""

from typing import Any

from ministack.core.responses import error_response_json, json_response
from ministack.services import cognito

OPERATIONS = {
    "ConfirmDevice",
    "ForgetDevice",
    "GetDevice",
    "ListDevices",
    "UpdateDeviceStatus",
}


def close() -> None:
    answer = cognito._dispatch_idp

    async def answer_for_devices(action: str, sent: dict[str, Any]) -> Any:
        if action not in OPERATIONS:
            return await answer(action, sent)
        user, _ = cognito._user_pool_for_access_token(sent.get("AccessToken", ""))
        if not user:
            return error_response_json("NotAuthorizedException", "Invalid Access Token", 400)
        if action == "ListDevices":
            return json_response({"Devices": []})
        return error_response_json("ResourceNotFoundException", "Device does not exist.", 400)

    cognito._dispatch_idp = answer_for_devices
