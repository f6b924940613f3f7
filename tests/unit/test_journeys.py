"""`python -m bench.journeys` counts the functions of journeys that exist."""

import pytest

from bench import journeys


@pytest.mark.parametrize("journey", journeys.JOURNEYS)
def test_a_journey_calls_routes_that_exist(journey: str) -> None:
    assert set(journeys.JOURNEYS[journey]) <= set(journeys.functions())


def test_a_function_counts_once_for_all_its_routes(capsys: pytest.CaptureFixture[str]) -> None:
    journeys.main([])

    printed = capsys.readouterr().out
    assert "sign in and see my castings: 5 requests\n" in printed
    assert "  now: 4 functions: signIn, accountSettings, getMe, listRecruiterCastings\n" in printed
