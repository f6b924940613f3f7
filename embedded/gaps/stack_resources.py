"""Resource types that stacks may use.

AWS: stacks can have backup selections, saved queries and alarms with metric math. MiniStack refuses
these types and rolls back any stack that has one. Here the stack keeps them, but they do nothing.
tests/infra checks them in the template.
"""

from typing import Any

from ministack.services.cloudformation import provisioners


def _noted_only(logical_id: str, properties: dict[str, Any], stack: str) -> tuple[str, Any]:
    return f"{stack}-{logical_id}", {}


def close() -> None:
    handlers = provisioners._RESOURCE_HANDLERS
    alarm = dict(handlers["AWS::CloudWatch::Alarm"])

    def create_alarm(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        create = _noted_only if "Metrics" in properties else alarm["create"]
        return create(logical_id, properties, stack)

    def update_alarm(name: str, before: Any, after: Any, *stack: Any) -> Any:
        return (name, {}) if "Metrics" in after else alarm["update"](name, before, after, *stack)

    note = {"create": _noted_only, "delete": lambda physical_id, properties: None}
    handlers["AWS::Backup::BackupSelection"] = note
    handlers["AWS::Logs::QueryDefinition"] = note
    handlers["AWS::CloudWatch::Alarm"] = alarm | {"create": create_alarm, "update": update_alarm}
