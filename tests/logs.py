"""The logs of a deployed stage."""

from embedded import Instance, deploy


def messages(instance: Instance) -> list[str]:
    """Every line of every log."""
    logs = deploy.aws(instance).client("logs", endpoint_url=instance.endpoint_url)
    groups = logs.get_paginator("describe_log_groups").paginate()
    events = logs.get_paginator("filter_log_events")
    return [
        event["message"]
        for groups_page in groups
        for group in groups_page["logGroups"]
        for page in events.paginate(logGroupName=group["logGroupName"])
        for event in page["events"]
    ]
