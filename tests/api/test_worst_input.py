"""No input costs much CPU before an operation's rules run.

This is the short version of the search in `bench/worst.py`. Its inputs have an eighth of the bytes
and the same budget, because other tests run at the same time.
"""

import unicodedata
from collections.abc import Callable
from types import ModuleType
from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta

from artisthub.shared import texts, validation
from artisthub.shared.endpoint import Request, endpoint
from artisthub.shared.models import Input
from bench import worst_cpu
from contract import openapi

ROUTES = list(openapi.every_route())
SIZE = 32 * 1024
MAX_MS = 50


def costliest(route: openapi.Route, size: int = SIZE) -> list[worst_cpu.Found]:
    return worst_cpu.costliest(route, size=size, is_quick=True)


@pytest.mark.weakness(1)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_no_input_costs_much_before_the_rules_run(
    route: openapi.Route, record_property: Callable[[str, object], None]
) -> None:
    found = costliest(route)
    record_property("costliest", f"{route.spec.name:28}{'; '.join(map(str, found))}")

    assert found[0].cpu_ms < MAX_MS, found


def test_hypothesis_searches_too() -> None:
    upload = next(route for route in ROUTES if route.spec.name == "createUpload")

    assert worst_cpu.costliest(upload, size=2_048, tries=5, is_quick=True, seed=1)


class TestOldWeaknesses:
    """The search finds a weakness that is put back."""

    @pytest.mark.weakness(1)
    def test_a_text_that_is_normalized_before_its_length_is_checked(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def cleaned(text: str, most: int) -> str:
            return texts._bounded(unicodedata.normalize("NFC", text.strip()), most, most)

        monkeypatch.setattr(texts, "cleaned", cleaned)
        login = next(route for route in ROUTES if route.spec.name == "startLogin")

        [worst, *_] = costliest(login)

        assert worst.cpu_ms > MAX_MS
        assert "marks" in worst.family

    @pytest.mark.weakness(6)
    def test_a_cubic_pattern_in_a_list_without_a_limit(self) -> None:
        cubic = Annotated[
            str, Meta(max_length=500, pattern=r"^https://[^\s/?#@:]+\.[^\s/?#@:]+[^\s]*$")
        ]

        class Links(Input):
            urls: Annotated[list[cubic], Meta(max_length=500)]

        [worst, *_] = costliest(route_of(Links), 2_600)

        assert worst.cpu_ms > MAX_MS
        assert "dots" in worst.family

    def test_a_reader_that_is_slow_with_large_numbers(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Empty(Input):
            pass

        [before, *_] = costliest(route_of(Empty))
        monkeypatch.setattr(validation, "_decode", msgspec.json.Decoder().decode)
        [after, *_] = costliest(route_of(Empty))

        assert after.cpu_ms > 5 * before.cpu_ms
        assert "large floats" in after.family


def route_of(body: Any) -> openapi.Route:
    @endpoint(body=body, public=True)
    def weak(request: Request[Any, None]) -> None:
        return None

    return openapi.Route("POST", "/v1/weak", False, ModuleType("artisthub.weak"), weak)
