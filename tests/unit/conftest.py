"""Unit tests use no network, and try the same examples on every machine."""

import hypothesis
import pytest

hypothesis.settings.register_profile(
    "same",
    deadline=None,
    derandomize=True,
    database=None,
    # It would fail on a machine that is slow for a second.
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("same")


@pytest.fixture(autouse=True)
def _no_network(socket_disabled: None) -> None:
    pass
