"""The second and later pages of log events.

AWS: `FilterLogEvents` returns at most 10,000 events and a `nextToken` for those that follow.
MiniStack returns the first 10,000 and no token, so it never shows what a long test run logs last.
https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
"""

import json
from typing import Any

from ministack.services import cloudwatch_logs

Answer = tuple[int, dict[str, Any], bytes]

PAGE = 10_000


def close() -> None:
    first_page = cloudwatch_logs._filter_log_events

    def page(data: dict[str, Any]) -> Answer:
        """A token names the time of the last event, and how many of that time were returned."""
        since, _, returned = (data.get("nextToken") or "").partition("/")
        skipped = int(returned or 0)
        wanted = min(data.get("limit", PAGE), PAGE - skipped)
        asked = data | {"limit": skipped + wanted} | ({"startTime": int(since)} if since else {})
        status, headers, body = first_page(asked)
        answer = json.loads(body)
        found = answer.get("events", [])
        if status == 200:
            answer["events"] = found[skipped:]
        if found and len(found) == skipped + wanted:
            last = found[-1]["timestamp"]
            count = sum(event["timestamp"] == last for event in found)
            answer["nextToken"] = f"{last}/{count}"
        return status, headers, json.dumps(answer).encode()

    cloudwatch_logs._filter_log_events = page
