"""Stacks that were removed.

AWS: CloudFormation remembers a removed stack, its template and its events for 90 days, and finds
them by the stack's id. MiniStack forgets them once a new stack has the name. An operator who
removed a stage twice chooses which of the two stacks to bring back.
https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html
"""

from typing import Any

from ministack.core.responses import AccountRegionScopedDict
from ministack.services import cloudformation


class _Stacks(AccountRegionScopedDict):  # type: ignore[misc]
    """By name; removed ones whose name is taken again, by id."""

    __slots__ = ()

    def __setitem__(self, name: str, stack: dict[str, Any]) -> None:
        former = self.get(name)
        is_another = former and former["StackId"] != stack["StackId"]
        if former and is_another and former["StackStatus"] == "DELETE_COMPLETE":
            super().__setitem__(former["StackId"], former)
        super().__setitem__(name, stack)


def close() -> None:
    cloudformation._stacks.__class__ = _Stacks
