"""Removed stacks.

AWS: CloudFormation keeps a removed stack, its template and its events for 90 days and finds them by
the stack's id. MiniStack forgets them when a new stack takes the name. If an operator removed a
stage twice, `operations adopt` must find both stacks.
https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html
"""

from typing import Any

from ministack.core.responses import AccountRegionScopedDict
from ministack.services import cloudformation


class _Stacks(AccountRegionScopedDict):  # type: ignore[misc]
    """Stacks by name. Removed stacks whose name is in use again are kept by id."""

    __slots__ = ()

    def __setitem__(self, name: str, stack: dict[str, Any]) -> None:
        former = self.get(name)
        is_another = former and former["StackId"] != stack["StackId"]
        if former and is_another and former["StackStatus"] == "DELETE_COMPLETE":
            super().__setitem__(former["StackId"], former)
        super().__setitem__(name, stack)


def close() -> None:
    cloudformation._stacks.__class__ = _Stacks
