"""Limits for each client address and account."""

import pytest

from artisthub.shared import errors, limits


@pytest.mark.parametrize(
    ("client", "network"),
    [
        ("192.0.2.10", "192.0.2.10"),
        ("::ffff:192.0.2.10", "192.0.2.10"),
        ("2001:db8:1:2:3:4:5:6", "20010db800010002"),
        ("2001:db8:1:2::", "20010db800010002"),
        ("2001:DB8:1:2:ffff:ffff:ffff:ffff", "20010db800010002"),
        ("2001:db8:1:3::1", "20010db800010003"),
        ("::1", "0000000000000000"),
    ],
)
def test_ipv6_clients_count_by_their_first_64_bits(client: str, network: str) -> None:
    assert limits.network_of(client) == network


def test_a_refusal_says_how_long_to_wait() -> None:
    assert limits._refusal(12.3).headers() == {"retry-after": "13"}
    assert errors.TooManyRequests().headers() == {"retry-after": "5"}


def test_memory_does_not_grow_with_the_number_of_clients() -> None:
    counts: dict[str, int] = {}

    for number in range(2 * limits.MOST_REMEMBERED + 1):
        limits._remember(counts, str(number), 1)

    assert len(counts) == 1
