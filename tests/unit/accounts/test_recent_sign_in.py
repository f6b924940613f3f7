import pytest

from artisthub.accounts import rules

NOW = 1_795_366_440.0
MINUTES = 60


@pytest.mark.parametrize("age", [0, 15 * MINUTES, -MINUTES])
def test_a_sign_in_up_to_15_minutes_old_is_recent(age: int) -> None:
    rules.ensure_recent_sign_in(NOW - age, NOW)


@pytest.mark.parametrize("age", [15 * MINUTES + 1, NOW])
def test_a_sign_in_older_than_15_minutes_is_refused(age: float) -> None:
    with pytest.raises(rules.RecentSignInRequired):
        rules.ensure_recent_sign_in(NOW - age, NOW)
