"""The comparison with other stacks (bench/peers), without its measurements."""

import json
from typing import Any
from xml.etree import ElementTree

import pytest

from bench import samples
from bench.peers import contract as same
from bench.peers import stacks
from contract import peers as page

KINDS = [f"{kind} {operation}" for kind in page.MEASURES for operation in stacks.EVENTS]


def a_stack(name: str, median: float) -> dict[str, Any]:
    quartiles = {kind: [median - 1, median, median + 1] for kind in KINDS}
    return {"name": name, "megabytes": median, "quartiles": quartiles}


def a_record(ours: float = 10, fastapi: float = 200, node: float = 50) -> dict[str, Any]:
    medians = {stacks.FASTAPI: fastapi, stacks.NODE: node, stacks.CORE: 9, stacks.CONNECTED: 9}
    peers = [a_stack(name, median) for name, median in medians.items()]
    return {"about": {}, "stacks": [a_stack(stacks.OURS, ours), *peers]}


def test_the_table_has_medians_quartiles_and_ratios_to_ours() -> None:
    _, _, ours, fastapi, *_ = page.table(a_record()).splitlines()

    assert ours.startswith("| ArtistHub | 10.0 (9.00 to 11.0) |")
    assert fastapi.startswith(f"| {stacks.FASTAPI} | 200 (199 to 201)<br>20.0x |")


def test_the_slower_operation_counts_for_a_column_of_both() -> None:
    record = a_record()
    record["stacks"][0]["quartiles"]["init read"] = [11, 12, 13]

    _, _, ours, *_ = page.table(record).splitlines()

    assert ours.startswith("| ArtistHub | 12.0 (11.0 to 13.0) |")


def test_a_bar_counts_the_operation_with_the_smaller_lead() -> None:
    record = a_record(ours=10, fastapi=130)
    assert page.is_within_bars(record)

    record["stacks"][0]["quartiles"]["init read"] = [11, 12, 13]

    assert not page.is_within_bars(record)
    assert f"cold start against {stacks.FASTAPI}: 10.8x (at least 12x) MISSED" in page.verdicts(
        record
    )


@pytest.mark.parametrize(
    ("slower", "missed"),
    [({"ours": 12}, 2), ({"node": 25}, 2), ({"fastapi": 50}, 2), ({"fastapi": 100}, 1), ({}, 0)],
)
def test_every_bar_can_be_missed(slower: dict[str, float], missed: int) -> None:
    assert page.verdicts(a_record(**slower)).count("MISSED") == missed


def test_the_plot_is_an_image_that_names_every_stack_in_each_panel() -> None:
    picture = page.plot(a_record())

    texts = [each.text for each in ElementTree.fromstring(picture).iter() if each.text]
    for name in (stacks.OURS, stacks.FASTAPI, stacks.NODE, stacks.CORE, stacks.CONNECTED):
        assert texts.count(name) == len(page.PANELS)
    assert "prefers-color-scheme: dark" in picture


def test_a_stack_has_its_packages_and_what_they_need_on_this_machine() -> None:
    requires = {
        "app": ["Core_Lib>=1", "windows-only; sys_platform == 'win32'", "docs; extra == 'docs'"],
        "core-lib": ["app"],
        "other": [],
    }

    assert stacks.needed(["app"], requires) == {"app", "core-lib"}


def test_chalice_gets_the_same_request_as_the_event_of_a_rest_api() -> None:
    chalice = stacks.Stack("Chalice", {}, is_rest=True)

    create, read = chalice.event(samples.CREATE), chalice.event(samples.GET)

    assert json.loads(create["body"]) == samples.FIELDS
    assert create["requestContext"]["authorizer"]["claims"]["sub"] == samples.RECRUITER
    assert create["requestContext"]["resourcePath"] == "/v1/castings"
    assert read["pathParameters"] == {"casting_id": samples.CASTING}
    assert read["requestContext"]["resourcePath"] == "/v1/castings/{casting_id}"


def test_the_contract_has_good_wrong_and_refused_requests_without_repeated_names() -> None:
    requests = [*same.requests()]

    names = [name for _, name, _ in requests]
    assert len(names) == len(set(names)) == same.count()
    statuses = {same.expected(name) for name in names}
    assert statuses == {200, 201, 400, 403, 404, 422, 429}
