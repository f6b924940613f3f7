"""GET /v1/castings."""

from typing import Any
from urllib.parse import quote

import pytest

from artisthub.search import rules
from artisthub.search.models import CastingQuery
from artisthub.shared import cursor
from tests.api import api
from tests.api.builders import a_casting, a_recruiter, table, taken_down
from tests.api.search.given import a_word, an_indexed_casting, castings, entries_of, index

PAY = {"kind": "paid", "money": {"amount": 500_000, "currency": "INR"}, "unit": "day"}


def move(casting: Any, status: str, recruiter: Any) -> None:
    path = f"/castings/{casting['castingId']}/status"
    assert api.put(path, {"status": status}, as_=recruiter).status == 200


def test_an_anonymous_caller_can_search_open_castings() -> None:
    word = a_word()
    casting = an_indexed_casting(title=f"Dancers {word}")

    page = api.get(f"/castings?text={word}")

    assert page.status == 200
    assert page.json["next"] is None
    [found] = page.json["items"]
    assert {**found, "recruiter": None} == {name: casting[name] for name in found}
    assert "description" not in found


@pytest.mark.parametrize(
    "filters",
    [
        {"category": "dance"},
        {"city": "CALCUTTA"},
        {"category": "dance", "city": "Kolkata"},
        {"mode": "hybrid"},
        {"tag": "Web Série"},
        {"paid": "true"},
        {"paid": "false"},
        {"minPay": 500_000, "currency": "INR", "payUnit": "day"},
        {"deadlineFrom": "2090-01-02", "deadlineTo": "2090-01-02"},
        {"age": 20},
        {"age": 70},
        {"gender": "female"},
        {"sort": "closing"},
        {"text": "RIVER festival"},
        {"text": "kolkata serie ensemble evening"},
    ],
)
@pytest.mark.parametrize("sort", ["newest", "closing"])
def test_a_casting_is_found_by_each_of_its_fields(filters: dict[str, Any], sort: str) -> None:
    word = a_word()
    roles = [
        {
            "title": "Ensemble",
            "pay": PAY,
            "requirements": {"genders": ["female"], "minAge": 20, "maxAge": 30},
        },
        {"title": "Elder", "requirements": {"minAge": 60}},
    ]
    casting = an_indexed_casting(
        mode="hybrid",
        tags=["web serie", word],
        roles=roles,
        deadlineAt="2090-01-02T23:59:59Z",
    )

    for more in ({"tag": word}, {"text": f"{filters.get('text', '')} {word}"}):
        if "tag" in more and "tag" in filters:
            continue
        assert castings(**{"sort": sort, **filters, **more}) == [casting["castingId"]]


@pytest.mark.parametrize(
    "filters",
    [
        {"category": "music"},
        {"city": "Kochi"},
        {"mode": "remote"},
        {"tag": "web"},
        {"minPay": 500_001, "currency": "INR"},
        {"minPay": 1, "currency": "USD"},
        {"currency": "INR", "payUnit": "hour"},
        {"deadlineFrom": "2090-01-03"},
        {"deadlineTo": "2090-01-01"},
        {"age": 40},
        {"age": 70, "gender": "male"},
        {"age": 70, "paid": "true"},
        {"text": "river concert"},
        {"text": "estiv"},
    ],
)
@pytest.mark.parametrize("sort", ["newest", "closing"])
def test_a_casting_is_not_found_by_other_values(filters: dict[str, Any], sort: str) -> None:
    word = a_word()
    roles = [
        {"title": "A", "pay": PAY, "requirements": {"minAge": 20, "maxAge": 30}},
        {"title": "B", "requirements": {"genders": ["female"], "minAge": 60}},
    ]
    an_indexed_casting(
        tags=["web serie"],
        description=word,
        roles=roles,
        deadlineAt="2090-01-02T23:59:59Z",
    )

    assert castings(**{"sort": sort, **filters, "text": f"{filters.get('text', '')} {word}"}) == []


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("category=juggling", "category"),
        ("mode=moon", "mode"),
        ("colour=red", "colour"),
        ("sort=oldest", "sort"),
        ("sort=best", "text"),
        ("text=a", "text"),
        ("text=the+of", "text"),
        ("text=" + "+".join(f"w{number}" for number in range(11)), "text"),
        ("minPay=5", "currency"),
        ("minPay=-5&currency=INR", "minPay"),
        ("currency=rupees", "currency"),
        ("age=121", "age"),
        ("deadlineFrom=tomorrow", "deadlineFrom"),
        ("text=!", "text"),
        ("city=…", "city"),
        ("tag=%F0%9F%8E%AC", "tag"),
        ("city=Kochi,", "city"),
        ("within=50", "city"),
        ("within=50&city=Kochi,Pune", "city"),
        ("within=50&city=Atlantis", "city"),
        ("within=0&city=Kochi", "within"),
        ("within=201&city=Kochi", "within"),
        ("city=a,b,c,d,e,f,g,h,i", "city"),
        ("category=dance,juggling", "category"),
        ("text=" + "a" * 201, "text"),
        ("limit=0", "limit"),
    ],
)
def test_an_invalid_parameter_is_named(query: str, wrong: str) -> None:
    refused = api.get(f"/castings?{query}")

    assert (refused.status, refused.code) == (422, "Invalid")
    assert refused.wrong == {wrong}


def test_a_casting_that_is_not_open_is_not_found() -> None:
    word, recruiter = a_word(), a_recruiter()
    for status in ("draft", "closed", "filled", "cancelled"):
        casting = a_casting(recruiter, status, title=word)
        index("casting", casting["castingId"])

    assert castings(text=word) == []


@pytest.mark.parametrize("status", ["closed", "cancelled"])
def test_a_closed_or_cancelled_casting_disappears_from_searches_at_once(status: str) -> None:
    word, recruiter = a_word(), a_recruiter()
    casting = an_indexed_casting(recruiter, title=word)

    move(casting, status, recruiter)

    assert castings(text=word) == []


def test_a_deleted_casting_or_one_taken_down_disappears_from_searches_at_once() -> None:
    word, recruiter = a_word(), a_recruiter()
    removed, deleted, kept = (an_indexed_casting(recruiter, title=word) for _ in range(3))

    taken_down(removed)
    move(deleted, "closed", recruiter)
    path = f"/castings/{deleted['castingId']}"
    assert api.call("DELETE", path, as_=recruiter).status == 204

    assert castings(text=word) == [kept["castingId"]]


def test_an_open_casting_after_its_deadline_is_not_found() -> None:
    word = a_word()
    casting_id = an_indexed_casting(tags=[word], deadlineAt="2090-01-02T00:00:00Z")["castingId"]
    assert castings(tag=word) == [casting_id]

    table("CASTING_TABLE").update_item(
        Key={"castingId": casting_id},
        UpdateExpression="SET deadlineAt = :past",
        ExpressionAttributeValues={":past": "2020-01-02T00:00:00.000Z"},
    )
    index("casting", casting_id)

    assert entries_of(casting_id)
    for sort in ("newest", "closing"):
        assert castings(tag=word, sort=sort) == []


def test_a_changed_casting_is_not_found_by_its_old_values() -> None:
    word, recruiter = a_word(), a_recruiter()
    casting = an_indexed_casting(recruiter, title=word)
    path = f"/castings/{casting['castingId']}"

    changed = api.patch(path, {"city": "Kochi"}, as_=recruiter, if_match="*")

    assert castings(text=word, city="Kolkata") == []
    assert [each["city"] for each in api.get(f"/castings?text={word}").json["items"]] == ["Kochi"]
    index("casting", changed.json["castingId"])
    assert castings(text=word, city="Kochi") == [casting["castingId"]]


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_results_are_sorted_by_newest_or_by_deadline(limit: int) -> None:
    word, recruiter = a_word(), a_recruiter()
    days = [3, 1, None, 4, 2]
    ids = [
        an_indexed_casting(
            recruiter,
            tags=[word],
            **({"deadlineAt": f"2090-01-0{day}T00:00:00Z"} if day else {}),
        )["castingId"]
        for day in days
    ]

    assert castings(tag=word, limit=limit) == ids[::-1]
    closing = [ids[days.index(day)] for day in (1, 2, 3, 4, None)]
    assert castings(tag=word, limit=limit, sort="closing") == closing
    window = {"sort": "closing", "deadlineFrom": "2090-01-02", "deadlineTo": "2090-01-03"}
    assert castings(tag=word, limit=limit, **window) == closing[1:3]


def test_a_past_or_reversed_deadline_window_finds_nothing() -> None:
    word = a_word()
    an_indexed_casting(tags=[word], deadlineAt="2090-01-02T00:00:00Z")

    for window in (
        {"deadlineTo": "2020-01-01"},
        {"deadlineFrom": "2090-02-01", "deadlineTo": "2090-01-01"},
    ):
        for sort in ("newest", "closing"):
            assert castings(tag=word, sort=sort, **window) == []


def test_a_page_skips_indexed_castings_that_no_longer_match() -> None:
    word, recruiter = a_word(), a_recruiter()
    made = [an_indexed_casting(recruiter, tags=[word]) for _ in range(6)]
    for casting in made[2:5]:
        move(casting, "closed", recruiter)

    page = api.get(f"/castings?tag={word}&limit=2").json

    wanted = [made[5]["castingId"], made[1]["castingId"]]
    assert [each["castingId"] for each in page["items"]] == wanted
    assert castings(tag=word, limit=2) == [*wanted, made[0]["castingId"]]


def test_a_cursor_is_refused_for_another_search() -> None:
    word, recruiter = a_word(), a_recruiter()
    for _ in range(2):
        an_indexed_casting(recruiter, tags=[word])
    after = quote(api.get(f"/castings?tag={word}&limit=1").json["next"])

    assert len(api.get(f"/castings?tag={word}&limit=5&cursor={after}").json["items"]) == 1
    for query in (f"tag={word}&sort=closing", f"tag={word}&mode=onsite", "tag=other"):
        assert api.get(f"/castings?{query}&cursor={after}").code == "BadCursor"


@pytest.mark.parametrize("number", ["1", "-1", "x", "00"])
def test_a_cursor_with_a_forged_list_number_is_refused(number: str) -> None:
    bound_to = rules._binding("searchCastings", CastingQuery())
    forged = cursor.encode([number, "a"], *bound_to)
    honest = cursor.encode(["0", "a"], *bound_to)

    assert api.get(f"/castings?cursor={honest}").status == 200
    assert api.get(f"/castings?cursor={forged}").code == "BadCursor"


@pytest.mark.weakness(29)
@pytest.mark.parametrize(
    ("ages", "found", "missed"),
    [
        ({"minAge": 0, "maxAge": 0}, [0], [1, 30]),
        ({"maxAge": 0}, [0], [1, 120]),
        ({"minAge": 0}, [0, 120], []),
        ({"minAge": 120, "maxAge": 120}, [120], [0, 119]),
        ({}, [0, 120], []),
    ],
)
def test_an_age_of_zero_is_an_age(
    ages: dict[str, int], found: list[int], missed: list[int]
) -> None:
    word = a_word()
    roles = [{"title": "Baby", "requirements": ages}]
    casting_id = an_indexed_casting(tags=[word], roles=roles)["castingId"]

    assert [castings(tag=word, age=age) for age in found] == [[casting_id]] * len(found)
    assert [castings(tag=word, age=age) for age in missed] == [[]] * len(missed)


@pytest.mark.weakness(29)
def test_a_pay_of_zero_is_a_pay() -> None:
    word, unit = a_word(), {"unit": "day"}
    free = {"kind": "paid", "money": {"amount": 0, "currency": "INR"}, **unit}
    symbolic = {"kind": "paid", "money": {"amount": 1, "currency": "INR"}, **unit}
    ids = [
        an_indexed_casting(tags=[word], roles=[{"title": "Extra", "pay": pay}])["castingId"]
        for pay in ({"kind": "unpaid"}, free, symbolic)
    ]

    assert castings(tag=word, minPay=0, currency="INR") == [ids[2], ids[1]]
    assert castings(tag=word, minPay=1, currency="INR") == [ids[2]]
    assert castings(tag=word, paid="true") == [ids[2], ids[1]]
    assert castings(tag=word, paid="false") == [ids[0]]
    assert api.get(f"/castings?tag={word}&minPay=0").status == 422


@pytest.mark.weakness(33)
def test_a_chillu_letter_is_found_by_its_older_spelling_and_the_reverse() -> None:
    word, letter, older = a_word(), "അവ\u0d7b", "അവ\u0d28\u0d4d\u200d"
    one = an_indexed_casting(title=f"{letter} {word}")["castingId"]
    two = an_indexed_casting(title=f"{older} {word}")["castingId"]

    for text in (letter, older):
        assert castings(text=f"{text} {word}") == [two, one]


@pytest.mark.weakness(42)
@pytest.mark.parametrize(
    ("held", "asked"),
    [("हिंदी", "हिन्दी"), ("ज़मीन", "जमीन"), ("२०२७", "2027"), ("Łukasz", "lukasz")],
)
def test_a_casting_is_found_by_a_spelling_variant(held: str, asked: str) -> None:
    word = a_word()
    casting_id = an_indexed_casting(title=f"{held} {word}", tags=[f"{held} {word}"])["castingId"]

    assert castings(text=f"{asked} {word}") == castings(tag=f"{asked} {word}") == [casting_id]


@pytest.mark.weakness(42)
@pytest.mark.parametrize(
    ("held", "asked"),
    [("Cochin", "Kochi"), ("Thiruvananthapuram", "Trivandrum"), ("Gurgaon", "gurugram")],
)
def test_a_casting_is_found_by_both_names_of_its_city(held: str, asked: str) -> None:
    word = a_word()
    casting_id = an_indexed_casting(tags=[word], city=held)["castingId"]

    assert castings(tag=word, city=asked) == [casting_id]


@pytest.mark.parametrize("asked", ["guitar", "guitarists", "giutarist", "guitarst", "Gitarist"])
@pytest.mark.parametrize("sort", ["newest", "closing", "best"])
def test_a_casting_is_found_by_beginnings_and_with_one_wrong_letter(asked: str, sort: str) -> None:
    word = a_word()
    casting_id = an_indexed_casting(title="A Guitarist for the night", tags=[word])["castingId"]

    assert castings(text=asked, tag=word, sort=sort) == [casting_id]


@pytest.mark.parametrize("limit", [1, 20])
def test_castings_with_a_word_are_sorted_by_deadline_or_best_match(limit: int) -> None:
    word = a_word()
    late = an_indexed_casting(title=word, deadlineAt="2090-01-02T00:00:00Z")["castingId"]
    begun = an_indexed_casting(title=f"{word}s", deadlineAt="2080-01-02T00:00:00Z")["castingId"]
    never = an_indexed_casting(title=word)["castingId"]

    assert castings(text=word, sort="closing", limit=limit) == [begun, late, never]
    assert castings(text=word, sort="best", limit=limit) == [never, late, begun]


@pytest.mark.parametrize("sort", ["newest", "closing"])
def test_words_that_every_text_has_are_ignored_in_a_search(sort: str) -> None:
    word = a_word()
    casting_id = an_indexed_casting(title=word)["castingId"]

    assert castings(text=f"the {word} of a", sort=sort) == [casting_id]


@pytest.mark.parametrize("sort", ["newest", "closing"])
@pytest.mark.parametrize(
    "filters",
    [
        {"city": "Kochi,Poona"},
        {"category": "dance,music", "city": "Kochi,Pune"},
        {"mode": "hybrid,onsite"},
        {"tag": "{word},other"},
    ],
)
def test_several_values_of_a_filter_find_any_of_them(filters: dict[str, str], sort: str) -> None:
    word = a_word()
    common: dict[str, Any] = {"tags": [word], "mode": "hybrid"}
    one = an_indexed_casting(city="Kochi", deadlineAt="2090-01-02T00:00:00Z", **common)
    two = an_indexed_casting(city="Pune", deadlineAt="2090-01-01T00:00:00Z", **common)
    an_indexed_casting(city="Agra", category="acting", mode="remote", title=word)
    asked = {name: value.format(word=word) for name, value in filters.items()}

    found = castings(**{"tag": word, "sort": sort} | asked)

    assert found == [two["castingId"], one["castingId"]]


@pytest.mark.parametrize("sort", ["newest", "closing"])
def test_castings_are_found_in_cities_within_a_distance(sort: str) -> None:
    word = a_word()
    there = an_indexed_casting(tags=[word], city="Navi Mumbai")["castingId"]
    an_indexed_casting(tags=[word], city="Pune")

    for city in ("Bombay", "Thane"):
        assert castings(tag=word, city=city, sort=sort) == []
        assert castings(tag=word, city=city, within=50, sort=sort) == [there]
    assert there in castings(city="Mumbai", within=50, sort=sort)
