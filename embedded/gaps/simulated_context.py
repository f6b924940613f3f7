"""Context of simulated calls.

AWS: SimulatePrincipalPolicy and SimulateCustomPolicy evaluate conditions with `ContextEntries`.
MiniStack ignores the entries, so a statement with a condition on one of them never allows a call.
`make preflight` simulates the deployment with the permissions boundary in the context.
https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
"""

from functools import partial
from typing import Any

from ministack.core import iam_evaluator
from ministack.services import iam

_ACTIONS = ("SimulatePrincipalPolicy", "SimulateCustomPolicy")


def _entries(request: dict[str, Any]) -> dict[str, Any]:
    """The context of the request: its keys in lower case, each with its first value."""
    found = {}
    number = 1
    while name := iam._p(request, f"ContextEntries.member.{number}.ContextKeyName"):
        values = f"ContextEntries.member.{number}.ContextKeyValues.member.1"
        found[name.lower()] = iam._p(request, values)
        number += 1
    return found


def close() -> None:
    plain = iam_evaluator.EvalContext

    def with_context(simulate: Any, request: dict[str, Any]) -> Any:
        iam_evaluator.EvalContext = partial(plain, service_context=_entries(request))
        try:
            return simulate(request)
        finally:
            iam_evaluator.EvalContext = plain

    for action in _ACTIONS:
        iam._IAM_HANDLERS[action] = partial(with_context, iam._IAM_HANDLERS[action])
