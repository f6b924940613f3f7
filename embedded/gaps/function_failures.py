"""An HTTP API's response when a function fails.

AWS: an exception gives 500, throttling or a run over 30 s gives 503, and a request over Lambda's
limit of 6 MB gives 413. The body only repeats the status. MiniStack returns 502 with the
exception's text, returns 429 for throttling, waits forever and accepts any size.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

import asyncio
import json
from http import HTTPStatus
from typing import Any

from ministack.services import apigateway

LONGEST_SECONDS = 30
LARGEST_BYTES = 6 * 1024 * 1024


def _answer(status: int, message: str) -> dict[str, Any]:
    headers = {"content-type": "application/json"}
    body = json.dumps({"message": message})
    return {"body": {"statusCode": int(status), "headers": headers, "body": body}}


UNAVAILABLE = _answer(HTTPStatus.SERVICE_UNAVAILABLE, "Service Unavailable")
FAILED = _answer(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal Server Error")
TOO_LARGE = _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Request Entity Too Large")


def close() -> None:
    run = apigateway.run_reentrant

    async def run_as_integration(function: Any, record: Any, event: Any, **more: Any) -> Any:
        if more.get("thread_name") != "ministack-apigw-invoke":
            return await run(function, record, event, **more)
        if len(event.get("body") or "") > LARGEST_BYTES:
            return TOO_LARGE
        running = asyncio.ensure_future(run(function, record, event, **more))
        done, _ = await asyncio.wait({running}, timeout=LONGEST_SECONDS)
        if not done:  # the function keeps running, as on AWS
            return UNAVAILABLE
        result = running.result()
        if result.get("throttle"):
            return UNAVAILABLE
        return FAILED if result.get("error") else result

    apigateway.run_reentrant = run_as_integration
