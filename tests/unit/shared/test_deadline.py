"""The time that a request may take."""

import pytest

from artisthub.shared import deadline, errors


def test_a_call_of_ten_seconds_may_start_until_the_deadline() -> None:
    """API Gateway waits for 30 s."""
    assert deadline.SECONDS + 10 < 30


def test_nothing_starts_after_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "SECONDS", 0)
    deadline.start()

    with pytest.raises(errors.Busy):
        deadline.ensure_time()

    deadline.end()
    deadline.ensure_time()
