"""The stand-in for DynamoDB that `bench/search.py` measures searches with."""

import json

import pytest

from bench import search
from bench.index_server import Index, casting


def test_the_stand_in_answers_a_search_and_the_cards_of_its_results() -> None:
    index = Index(30)
    query = {
        "TableName": "SearchTable-30",
        "ScanIndexForward": False,
        "ExpressionAttributeValues": {":term": {"S": "castings|all"}},
        "Limit": 5,
    }
    keys = [{"cardId": {"S": f"casting#{casting(29).casting_id}"}}]

    found = json.loads(index.answer("Query", json.dumps(query).encode()))
    batch = {"RequestItems": {"CardsTable-30": {"Keys": keys}}}
    cards = json.loads(index.answer("BatchGetItem", json.dumps(batch).encode()))

    assert found["Count"] == 5
    assert found["Items"][0]["sortKey"]["S"].endswith(casting(29).casting_id)
    [card] = cards["Responses"]["CardsTable-30"]
    assert card["castingId"]["S"] == casting(29).casting_id
    assert json.loads(index.answer("ReadUnits", b"{}")) > 0


def test_the_stand_in_knows_the_words_of_its_castings() -> None:
    index = Index(30)
    word = casting(0).title.split()[0]
    query = {
        "TableName": "SearchTable-30",
        "ScanIndexForward": True,
        "ExpressionAttributeValues": {
            ":term": {"S": f"castings|beginning:{word[:2]}"},
            ":start": {"S": word},
        },
        "Limit": 5,
    }

    found = json.loads(index.answer("Query", json.dumps(query).encode()))

    assert [item["sortKey"]["S"] for item in found["Items"]] == [word]


@pytest.mark.parametrize(
    ("costs", "grows"),
    [
        ([2.0, 2.1, 2.4], False),
        ([3.4, 3.0, 2.6], False),
        ([2.0, 2.1, 2.5], True),
        ([3.0, 2.0, 2.5], True),
    ],
)
def test_a_cost_grows_if_it_is_a_fifth_more_than_among_fewer(
    costs: list[float], *, grows: bool
) -> None:
    assert search._grows(costs) is grows
