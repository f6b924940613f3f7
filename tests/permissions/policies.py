"""The single permissions of a policy."""

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

Document = dict[str, Any]


class Permission(NamedTuple):
    action: str
    resource: str


def reductions(policy: Document) -> Iterator[tuple[Permission, Document]]:
    """Each permission of a policy, and the policy without it.

    A permission in two statements comes twice. Each time the other statement still allows it, so
    the proof reports both as superfluous.
    """
    statements = policy["Statement"]
    for position, statement in enumerate(statements):
        before, after = statements[:position], statements[position + 1 :]
        for pair in product(_listed(statement["Action"]), _listed(statement["Resource"])):
            rest = _without(Permission(*pair), statement)
            yield Permission(*pair), policy | {"Statement": [*before, *rest, *after]}


def _without(permission: Permission, statement: Document) -> list[Document]:
    """The other actions on all resources, and this action on the other resources."""
    actions, resources = _listed(statement["Action"]), _listed(statement["Resource"])
    rest = [
        ([action for action in actions if action != permission.action], resources),
        ([permission.action], [each for each in resources if each != permission.resource]),
    ]
    return [
        statement | {"Action": actions, "Resource": resources}
        for actions, resources in rest
        if actions and resources
    ]


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
