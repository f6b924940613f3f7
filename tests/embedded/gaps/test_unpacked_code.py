"""Where functions find their code."""

import pytest

from embedded import Instance
from tests.embedded.gaps.given import told_by_a_function

pytestmark = pytest.mark.deployed

PLACE = "os.path.realpath(__file__)"


def test_ministack_unpacks_code_for_each_environment(unpatched: Instance) -> None:
    assert told_by_a_function(unpatched, PLACE) != told_by_a_function(unpatched, PLACE)


def test_environments_share_their_unpacked_code(patched: Instance) -> None:
    assert told_by_a_function(patched, PLACE) == told_by_a_function(patched, PLACE)
