"""Rotation of the client secret. A deployed test checks sign-ins during a rotation."""

from artisthub.shared import cognito
from operations import rotate


def test_both_secrets_work_until_every_function_may_read_the_new_one() -> None:
    assert rotate.WAIT_SECONDS > 2 * cognito.REREAD_SECONDS
