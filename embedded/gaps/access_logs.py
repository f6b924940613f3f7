"""A stage's access log.

AWS: API Gateway writes one line to the stage's log group for each request to a route. The same
request id is in that line, in the header `apigw-requestid` and in the function's event. MiniStack
writes no line, and the ids differ.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
"""

import base64
import os
import re
import time
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from ministack.core.responses import get_request_client_ip, request_scope
from ministack.services import apigateway, cloudwatch_logs

Answer = tuple[int, dict[str, Any], bytes]

VARIABLE = re.compile(r"\$context\.([A-Za-z0-9_.]*[A-Za-z0-9_])")
DESCRIPTION = re.compile(r'error_description="([^"]*)"')
# All lines of one run go to this stream, named as API Gateway names streams.
STREAM = os.urandom(16).hex()

_request: ContextVar[dict[str, Any] | None] = ContextVar("request", default=None)


def _line(log_format: str, facts: dict[str, Any]) -> str:
    return VARIABLE.sub(lambda found: str(facts.get(found[1]) or "-"), log_format)


def _write(settings: dict[str, Any], facts: dict[str, Any]) -> None:
    name = settings["destinationArn"].partition(":log-group:")[2].removesuffix(":*")
    group = cloudwatch_logs._log_groups.get(name)
    if group is None:
        return
    now = int(time.time() * 1000)
    stream = group["streams"].setdefault(
        STREAM,
        {
            "events": [],
            "uploadSequenceToken": "1",
            "creationTime": now,
            "firstEventTimestamp": None,
            "lastEventTimestamp": None,
            "lastIngestionTime": None,
        },
    )
    message = _line(settings["format"], facts)
    event = {"timestamp": now, "message": message, "ingestionTime": now}
    cloudwatch_logs._append_log_events(stream, [event])


def _facts(method: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "requestId": base64.b64encode(os.urandom(11)).decode(),
        "requestTime": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "requestTimeEpoch": int(now.timestamp() * 1000),
        "httpMethod": method,
        "path": path,
        "protocol": "HTTP/1.1",
        "identity.sourceIp": get_request_client_ip(),
        "identity.userAgent": headers.get("user-agent"),
    }


def _add_answer(facts: dict[str, Any], answer: Answer, seconds: float) -> None:
    status, headers, body = answer
    refusal = DESCRIPTION.search(headers.get("www-authenticate", ""))
    facts |= {
        "status": status,
        "responseLength": len(body),
        "responseLatency": round(seconds * 1000),
        "authorizer.error": refusal[1] if refusal else None,
    }


def _add_failure(facts: dict[str, Any], result: dict[str, Any]) -> None:
    error = result.get("body") if result.get("error") else None
    if isinstance(error, dict):
        facts["integrationErrorMessage"] = (
            "The Lambda function returned the following error: "
            f"{error.get('errorMessage')}. Check your Lambda function code and try again."
        )


def close() -> None:
    execute, match, run = (
        apigateway.handle_execute,
        apigateway._match_route,
        apigateway.run_reentrant,
    )

    async def execute_and_log(
        api_id: str, stage: str, path: str, method: str, headers: Any, *rest: Any, **more: Any
    ) -> Answer:
        started = time.perf_counter()
        facts = _facts(method, path, headers) | {"apiId": api_id, "stage": stage}
        token = _request.set(facts)
        try:
            answer: Answer = await execute(api_id, stage, path, method, headers, *rest, **more)
        finally:
            _request.reset(token)
        answer[1]["apigw-requestid"] = facts["requestId"]
        settings = (apigateway.stages_for_api(api_id).get(stage) or {}).get("accessLogSettings")
        if settings and "routeKey" in facts:
            _add_answer(facts, answer, time.perf_counter() - started)
            with request_scope(*apigateway.find_api_scope(api_id)):
                _write(settings, facts)
        return answer

    def match_and_note(*request: Any) -> Any:
        route = match(*request)
        facts = _request.get()
        if route and facts is not None:
            facts["routeKey"] = route["routeKey"]
        return route

    async def run_with_id(function: Any, record: Any, event: Any, **more: Any) -> Any:
        facts = _request.get()
        if facts is None or "requestContext" not in event:
            return await run(function, record, event, **more)
        event["requestContext"]["requestId"] = facts["requestId"]
        started = time.perf_counter()
        result = await run(function, record, event, **more)
        facts["integrationLatency"] = round((time.perf_counter() - started) * 1000)
        _add_failure(facts, result)
        return result

    apigateway.handle_execute = execute_and_log
    apigateway._match_route = match_and_note
    apigateway.run_reentrant = run_with_id
