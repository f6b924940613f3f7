"""Which cities are near another one."""

import pytest

from artisthub.cities import rules
from artisthub.shared import spelling


@pytest.mark.parametrize(
    ("city", "kilometres", "near", "far"),
    [
        ("mumbai", 40, {"mumbai", "thane", "navi mumbai"}, {"pune", "nashik"}),
        ("mumbai", 150, {"pune"}, {"hyderabad"}),
        ("delhi", 60, {"delhi", "noida", "gurugram", "ghaziabad"}, {"jaipur"}),
        ("kochi", 1, {"kochi"}, {"thrissur"}),
        ("kochi", 100, {"kochi", "thrissur", "alappuzha"}, {"kozhikode"}),
    ],
)
def test_the_cities_within_a_distance_are_near(
    city: str, kilometres: int, near: set[str], far: set[str]
) -> None:
    found = rules.near(city, kilometres, 99)

    assert found[0] == city
    assert near <= set(found)
    assert far.isdisjoint(found)


def test_the_largest_cities_are_chosen_if_there_are_many() -> None:
    assert rules.near("thane", 200, 4) == ["thane", "mumbai", "pune", "navi mumbai"]


def test_an_unknown_city_is_near_nothing() -> None:
    assert rules.near("atlantis", 200, 9) == []


def test_every_city_has_the_spelling_of_searches_and_lies_in_india() -> None:
    places = rules._places()

    assert len(places) >= 300
    for name, (north, east) in places.items():
        assert spelling.phrase(name) == name
        assert 6 < north < 37
        assert 68 < east < 98
