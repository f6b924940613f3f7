"""Where functions find their code."""

import pytest

from embedded import Instance
from tests.embedded.gaps.given import a_function, an_api, get

pytestmark = pytest.mark.deployed

TELLS_ITS_PLACE = 'import os\nreturn {"statusCode": 200, "body": os.path.realpath(__file__)}'


def place_of_new_function(instance: Instance) -> str:
    answer = get(instance, an_api(instance, a_function(instance, TELLS_ITS_PLACE)))
    assert answer.status_code == 200
    return answer.text


def test_ministack_unpacks_code_for_each_environment(unpatched: Instance) -> None:
    assert place_of_new_function(unpatched) != place_of_new_function(unpatched)


def test_environments_share_their_unpacked_code(patched: Instance) -> None:
    assert place_of_new_function(patched) == place_of_new_function(patched)
