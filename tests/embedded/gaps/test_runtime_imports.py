"""The imports before a function's own code."""

import pytest

from embedded import Instance
from tests.embedded.gaps.given import a_function, an_api, get

pytestmark = pytest.mark.deployed

TELLS_THE_SDK = 'import sys\nreturn {"statusCode": 200, "body": str("botocore" in sys.modules)}'


def imports_the_sdk(instance: Instance) -> str:
    answer = get(instance, an_api(instance, a_function(instance, TELLS_THE_SDK)))
    assert answer.status_code == 200
    return answer.text


def test_ministack_imports_the_sdk_in_each_environment(unpatched: Instance) -> None:
    assert imports_the_sdk(unpatched) == "True"


def test_a_function_starts_without_the_sdk(patched: Instance) -> None:
    assert imports_the_sdk(patched) == "False"
