"""Route throttling.

AWS: each route of a stage has a token bucket with its own settings or the stage's defaults. A
request gets 429, before authorization, if the bucket is empty. MiniStack does not throttle. A
client that signs in many accounts at once is throttled on AWS.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
"""

import json
import time
from collections import defaultdict
from contextvars import ContextVar
from typing import Any

from ministack.services import apigateway


class Throttled(Exception):
    """The route's bucket is empty."""


class Bucket:
    """A token bucket. It starts full, and its route's settings may change during use."""

    def __init__(self) -> None:
        self.missing = 0.0
        self.seen_at = time.monotonic()

    def take(self, rate: float, burst: float) -> bool:
        now = time.monotonic()
        self.missing = max(0.0, self.missing - (now - self.seen_at) * rate)
        self.seen_at = now
        if self.missing + 1 > burst:
            return False
        self.missing += 1
        return True


_stage_of_request: ContextVar[dict[str, Any] | None] = ContextVar("stage", default=None)
_buckets: dict[tuple[str, str], Bucket] = defaultdict(Bucket)


def _limits(stage: dict[str, Any], route_key: str) -> tuple[float, float] | None:
    settings = (stage.get("routeSettings") or {}).get(route_key) or stage.get(
        "defaultRouteSettings"
    )
    # CloudFormation spells the names in PascalCase, the API in camelCase.
    limits = {name[:1].lower() + name[1:]: value for name, value in (settings or {}).items()}
    rate, burst = limits.get("throttlingRateLimit"), limits.get("throttlingBurstLimit")
    return None if rate is None or burst is None else (float(rate), float(burst))


def close() -> None:
    execute, match = apigateway._handle_execute_in_scope, apigateway._match_route

    async def execute_within_limits(api_id: str, stage: str, *request: Any, **more: Any) -> Any:
        settings = apigateway._stages.get(api_id, {}).get(stage)
        token = _stage_of_request.set(settings)
        try:
            return await execute(api_id, stage, *request, **more)
        except Throttled:
            body = json.dumps({"message": "Too Many Requests"}).encode()
            return 429, {"Content-Type": "application/json"}, body
        finally:
            _stage_of_request.reset(token)

    def match_within_limits(api_id: str, method: str, path: str) -> Any:
        route = match(api_id, method, path)
        stage = _stage_of_request.get()
        limits = _limits(stage, route["routeKey"]) if route and stage else None
        if limits and not _buckets[(api_id, route["routeKey"])].take(*limits):
            raise Throttled
        return route

    apigateway._handle_execute_in_scope = execute_within_limits
    apigateway._match_route = match_within_limits
