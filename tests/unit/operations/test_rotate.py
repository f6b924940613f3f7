"""Rotating the client's secret; that people sign in meanwhile is tried on a deployed stage."""

from artisthub.shared import cognito
from operations import rotate


def test_both_secrets_are_taken_until_every_function_may_have_read_the_new_one() -> None:
    assert rotate.WAIT_SECONDS > 2 * cognito.REREAD_SECONDS
