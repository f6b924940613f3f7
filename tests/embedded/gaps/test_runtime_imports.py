"""The imports before a function's own code."""

import pytest

from embedded import Instance
from tests.embedded.gaps.given import told_by_a_function

pytestmark = pytest.mark.deployed

HAS_THE_SDK = '"botocore" in sys.modules'


def test_ministack_imports_the_sdk_in_each_environment(unpatched: Instance) -> None:
    assert told_by_a_function(unpatched, HAS_THE_SDK) == "True"


def test_a_function_starts_without_the_sdk(patched: Instance) -> None:
    assert told_by_a_function(patched, HAS_THE_SDK) == "False"
