"""The logs of a deployed stage."""

from typing import Any


def messages(logs: Any, prefix: str = "/aws/", since_ms: int = 0) -> list[str]:
    """All lines since this time of log groups with this prefix. `logs` is a boto3 client."""
    groups = logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=prefix)
    events = logs.get_paginator("filter_log_events")
    return [
        event["message"]
        for groups_page in groups
        for group in groups_page["logGroups"]
        for page in events.paginate(logGroupName=group["logGroupName"], startTime=since_ms)
        for event in page["events"]
    ]
