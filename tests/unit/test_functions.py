"""Operations of one feature that need the same permissions share a function."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from operations import tagged_yaml

FILES = sorted((Path(__file__).parents[2] / "infra/functions").glob("*.yml"))


def permissions(function: dict[str, Any]) -> frozenset[tuple[str, str]]:
    """Each action with each resource, in whatever order and however many statements."""
    allowed = function["iamRoleStatements"]
    if isinstance(allowed, str):  # those that the stage has
        return frozenset({(allowed, "")})
    return frozenset(
        (action, resource)
        for statement in allowed
        for action in statement["Action"]
        for resource in statement["Resource"]
    )


def behind_the_api(function: dict[str, Any]) -> bool:
    return any("httpApi" in event for event in function["events"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_operations_of_a_feature_with_the_same_permissions_share_a_function(file: Path) -> None:
    same = defaultdict(list)
    for name, function in tagged_yaml.load(file.read_text()).items():
        if behind_the_api(function):
            same[permissions(function)].append(name)

    for names in same.values():
        assert len(names) == 1, (
            f"infra/functions/{file.name}: {' and '.join(names)} need the same permissions. "
            "Let them share a function: give it all their routes, and join the operations with "
            "by_method or by_route in handlers.py."
        )
