"""Validation of a client's JSON names every fault at once, in words for people."""

import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, field

from artisthub.accounts.models import EmailConfirmation, Login, NewAccount, TotpConfirmation
from artisthub.applications.models import NewApplication
from artisthub.castings.models import RecruiterCastingsQuery
from artisthub.shared import errors, shapes, texts, validation
from artisthub.shared.models import HttpsUrl, Input, LongText, Title
from artisthub.users.models import NewUsername, ProfileFields
from tests import cpu


class Fee(Input):
    amount: Annotated[int, Meta(ge=0, le=1000)]
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")]


class Online(Input, tag_field="kind", tag="online"):
    link: HttpsUrl


class Onsite(Input, tag_field="kind", tag="onsite"):
    city: Title


class Show(Input):
    title: Title
    kind: Literal["play", "film"] = "play"
    about: LongText | None = None
    fee: Fee | None = None
    fees: Annotated[list[Fee], Meta(max_length=3)] = field(default_factory=list)
    tags: Annotated[list[Title], Meta(min_length=1, max_length=2)] | None = None
    place: Online | Onsite | None = None
    rating: Annotated[float, Meta(gt=0, lt=10)] | None = None
    is_open: bool = False
    starts_on: date | None = None
    starts_at: Annotated[datetime, Meta(tz=True)] | None = None
    min_age: int | None = None
    max_age: int | None = None

    def __post_init__(self) -> None:
        if self.min_age is not None and self.max_age is not None and self.min_age > self.max_age:
            raise ValueError("minAge must not be above maxAge")


def read(document: Any) -> Show:
    return validation.read(json.dumps(document).encode(), Show)


def wrong(document: Any) -> dict[str, str]:
    """The pointer and the detail of each fault in the document."""
    with pytest.raises(errors.Invalid) as refused:
        read(document)
    return {each["pointer"]: each["detail"] for each in refused.value.errors or []}


def test_all_faults_are_named_at_once() -> None:
    document = {
        "kind": "opera",
        "fee": {"amount": -1, "currency": "rupees"},
        "fees": [{"amount": 1, "currency": "INR"}, {"amount": "1"}],
        "isOpen": "yes",
        "colour": "red",
    }

    assert wrong(document) == {
        "/title": "is required",
        "/kind": "must be one of film, play",
        "/fee/amount": "must be at least 0",
        "/fee/currency": "has a character or format that is not allowed",
        "/fees/1/amount": "must be a whole number, not text",
        "/fees/1/currency": "is required",
        "/isOpen": "must be true or false, not text",
        "/colour": "is unknown; check its spelling",
    }


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "must not be empty"),
        ("title", "   ", "must not be empty"),
        ("title", "x" * 121, "must be at most 120 characters long"),
        ("title", "two\nlines", "must be one line"),
        ("title", None, "must be text, not null"),
        ("title", 5, "must be text, not a whole number"),
        ("title", ["x"], "must be text, not a list"),
        ("about", {}, "must be text or null, not an object"),
        ("fee", 1.5, "must be an object or null, not a number"),
        ("fees", {}, "must be a list, not an object"),
        ("fees", [{"amount": 1, "currency": "INR"}] * 4, "must be at most 3 items long"),
        ("tags", [], "must not be empty"),
        ("rating", 0, "must be more than 0.0"),
        ("rating", 10, "must be less than 10.0"),
        ("isOpen", 1, "must be true or false, not a whole number"),
        ("startsOn", "22.11.2026", "must be a date such as 2026-11-22"),
        ("startsOn", "2026-02-30", "must be a date such as 2026-11-22"),
        (
            "startsAt",
            "2026-11-22T16:54:00",
            "must be a time with a time zone, such as 2026-11-22T16:54:00Z",
        ),
        ("startsAt", "soon", "must be a time with a time zone, such as 2026-11-22T16:54:00Z"),
    ],
)
def test_each_fault_has_a_detail_that_people_understand(field: str, value: Any, words: str) -> None:
    assert wrong({"title": "Hamlet", field: value}) == {f"/{field}": words}


@pytest.mark.parametrize(
    ("shape", "field", "value", "words"),
    [
        (NewUsername, "username", "Maya Nair", "must have 3 to 30 letters from A to Z"),
        (ProfileFields, "phone", "98765 43210", "must be an international number such as +91"),
        (NewApplication, "roleId", "Anna", "must be the `roleId` of a role, such as r1-1"),
        (TotpConfirmation, "code", "123 456", "must have six digits, without spaces"),
        (EmailConfirmation, "code", "12 34", "must be the code in the e-mail, without spaces"),
    ],
)
def test_a_wrong_format_is_explained(shape: Any, field: str, value: str, words: str) -> None:
    with pytest.raises(errors.Invalid) as refused:
        validation.read(json.dumps({field: value}).encode(), shape)

    details = {each["pointer"]: each["detail"] for each in refused.value.errors or []}
    assert details[f"/{field}"].startswith(words)


def test_all_faults_of_a_patch_are_named_at_once() -> None:
    patch = {
        "title": None,  # absent is an error, null of an optional field is not
        "kind": "opera",
        "about": None,
        "fee": {"amount": 5},  # merges with the stored fee
        "tags": ["x" * 121],
        "rating": 0,
        "colour": "red",
    }

    with pytest.raises(errors.Invalid) as refused:
        validation.read_patch(json.dumps(patch).encode(), Show)

    assert {each["pointer"]: each["detail"] for each in refused.value.errors or []} == {
        "/title": "is required",
        "/kind": "must be one of film, play",
        "/tags/0": "must be at most 120 characters long",
        "/rating": "must be more than 0.0",
        "/colour": "is unknown; check its spelling",
    }


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com",
        "javascript:alert(1)",
        "https://localhost",
        "https://me:secret@example.com",
        "https://example.com/a b",
        "//example.com",
    ],
)
def test_a_link_must_be_https_to_a_public_host(url: str) -> None:
    assert set(wrong({"title": "Hamlet", "place": {"kind": "online", "link": url}})) == {
        "/place/link"
    }


def test_a_union_is_validated_as_the_shape_that_its_tag_names() -> None:
    assert wrong({"title": "Hamlet", "place": {"kind": "onsite"}}) == {"/place/city": "is required"}


@pytest.mark.parametrize("place", [{}, {"kind": "orbit"}, {"kind": 5}, [], "home"])
def test_a_value_that_fits_no_shape_of_a_union_is_refused(place: Any) -> None:
    (pointer,) = wrong({"title": "Hamlet", "place": place})

    assert pointer in ("/place", "/place/kind")


def test_a_fault_across_several_fields_names_their_object() -> None:
    assert wrong({"title": "Hamlet", "minAge": 30, "maxAge": 20}) == {
        "": "minAge must not be above maxAge"
    }


def test_a_body_that_is_not_an_object_is_refused() -> None:
    assert wrong([]) == {"": "must be an object, not a list"}


def test_field_names_in_pointers_are_escaped() -> None:
    assert set(wrong({"title": "Hamlet", "a/b": 1, "c~d": 1, "": 1})) == {"/a~1b", "/c~0d", "/"}


def test_a_field_that_the_server_sets_is_refused_as_unknown() -> None:
    assert wrong({"title": "Hamlet", "version": 7}) == {
        "/version": "is unknown; check its spelling"
    }


def test_a_whole_number_may_have_a_decimal_point() -> None:
    assert read({"title": "A", "minAge": 18.0, "rating": 5.0}) == Show("A", min_age=18, rating=5)
    assert wrong({"title": "A", "minAge": 18.5}).keys() == {"/minAge"}


# Alone, these show nothing.
INVISIBLE = [
    "\u200b", "\u2060", "\ufeff", "\u00ad", "\u2800", "\u3164", "\u115f", "\u1160",
    "\uffa0", "\u180e", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\u034f",
    "\u17b4", "\u180b", "\u180f", "\u2061", "\u2062", "\u2065", "\u206a", "\ufe00",
    "\ufe0f", "\ufff0", "\ufffc", "\U000e0001", "\U000e0041",
    "\U000e007f", "\U000e0100", "\U0001d159",
    "\U0001d173", "\U0001bca0", "\U00013441", "\ue000",
    "\u0301", "\u20e3", "\u093e", "\u200b\u0301\u2800",
]  # fmt: skip


class TestTexts:
    def test_texts_are_trimmed(self) -> None:
        assert read({"title": " \u00a0Hamlet\u2003\n"}).title == "Hamlet"

    def test_texts_are_normalized_to_nfc(self) -> None:
        assert read({"title": "Cafe\u0301"}).title == "Caf\u00e9"

    def test_the_length_is_checked_after_trimming_and_normalization(self) -> None:
        assert read({"title": "e\u0301" * 120 + " "}).title == "\u00e9" * 120

    def test_line_endings_become_line_feeds(self) -> None:
        assert read({"title": "Hamlet", "about": "one\r\ntwo\nthree"}).about == "one\ntwo\nthree"

    @pytest.mark.parametrize(
        "character",
        ["\0", "\t", "\r", "\x0b", "\x1f", "\x7f", "\x85", "\x9f", "\u202e", "\u2066", "\u2069"],
    )
    def test_control_characters_and_direction_overrides_are_refused(self, character: str) -> None:
        document = {"title": f"Ham{character}let", "tags": ["ok", f"a{character}b"]}

        assert wrong(document) == {
            "/title": "must not contain control characters",
            "/tags/1": "must not contain control characters",
        }

    def test_control_characters_are_named_together_with_other_faults(self) -> None:
        assert set(wrong({"title": "a\0b", "kind": "opera"})) == {"/title", "/kind"}

    @pytest.mark.parametrize(
        "text",
        [
            "\u1f82",
            "\u1f00\u0300\u0345",
            "\u03b1\u0313\u0300\u0345",
            "\uac01",
            "\u1100\u1161\u11a8",
        ],
    )
    def test_a_text_of_the_greatest_length_is_accepted_in_every_spelling(self, text: str) -> None:
        title = read({"title": f"\n{text * 120} "}).title

        assert len(title) == 120
        assert set(wrong({"title": text * 121})) == {"/title"}

    def test_no_character_of_nfc_has_a_longer_spelling(self) -> None:
        every = (chr(point) for point in range(sys.maxunicode + 1))

        assert max(len(normalize("NFD", char)) for char in every) == texts.LONGEST_SPELLING

    @pytest.mark.weakness(1)
    @pytest.mark.parametrize("mark", ["\u0301", "\u0315\u0316", "\u0315\uff9e", "\u0f71\u0f72"])
    def test_a_text_may_have_thirty_combining_marks_in_a_row(self, mark: str) -> None:
        marks = (mark * 31)[:30]

        assert read({"title": f"a{marks}b{marks}"})
        assert wrong({"title": f"ab{marks}{mark[0]}"}) == {
            "/title": "must not have more than 30 combining marks in a row"
        }

    @pytest.mark.weakness(31)
    @pytest.mark.parametrize("text", INVISIBLE, ids=ascii)
    def test_a_text_that_shows_nothing_is_empty(self, text: str) -> None:
        document = {"title": text, "tags": [f" {text} {text}\n"], "about": text * 3}

        assert wrong(document) == dict.fromkeys(
            ["/title", "/tags/0", "/about"], "must not be empty"
        )

    @pytest.mark.parametrize("text", INVISIBLE, ids=ascii)
    def test_a_text_that_shows_something_is_kept_whole(self, text: str) -> None:
        assert read({"title": f"a{text}b"}).title == normalize("NFC", f"a{text}b")

    @pytest.mark.parametrize(
        "text", ["\u2764\ufe0f", "7", "\u0915\u094d\u200d", "!", "\u4e00", "\u00b4"]
    )
    def test_a_letter_digit_or_symbol_is_enough(self, text: str) -> None:
        assert read({"title": text}).title == text

    @pytest.mark.parametrize("text", ["नमस्ते", "🎭 देव‍नागरी", "مسرح", "a\u200bb"])
    def test_characters_that_languages_need_are_kept(self, text: str) -> None:
        assert read({"title": text}).title == text

    def test_a_password_is_kept_exactly_as_typed(self) -> None:
        class SignUp(Input):
            password: str

        assert (
            validation.read(b'{"password":"  Cafe\xcc\x81 "}', SignUp).password == "  Cafe\u0301 "
        )


class TestJson:
    @pytest.mark.parametrize(
        "raw", [b"", b"{", b"{'a':1}", b"NaN", b"\xff", b'"\xed\xa0\x80"', b'"\\ud800"', b"1e999"]
    )
    def test_invalid_json_is_malformed(self, raw: bytes) -> None:
        with pytest.raises(errors.Malformed, match="is not JSON"):
            validation.read(raw, Show)

    @pytest.mark.parametrize("depth", [51, 480, 900, 5_000, 130_000])
    @pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}")])
    def test_json_nested_too_deeply_is_malformed(
        self, opened: str, closed: str, depth: int
    ) -> None:
        raw = f"{opened * depth}1{closed * depth}".encode()

        with pytest.raises(errors.Malformed, match="nested too deeply"):
            validation.read(raw, Show)

    def test_json_nested_up_to_the_limit_is_read(self) -> None:
        raw = b'{"title":"A","a":' + b'{"a":' * 49 + b"1" + b"}" * 50

        with pytest.raises(errors.Invalid):
            validation.read(raw, Show)

    @pytest.mark.parametrize("number", [b"1e999", b"-1e400", b'{"title":"A","rating":1e309}'])
    def test_a_number_out_of_range_is_malformed(self, number: bytes) -> None:
        with pytest.raises(errors.Malformed, match="Number out of range"):
            validation.read(number, Show)

    def test_too_many_lists_and_objects_are_malformed(self) -> None:
        with pytest.raises(errors.Malformed, match="too many lists and objects"):
            validation.read(b"[" + b"{}," * 80_000 + b"{}]", Show)

    @pytest.mark.parametrize("text", ["[" * 5_000, '"[' * 2_500, "\\[{" * 1_600])
    def test_brackets_in_a_text_are_no_lists(self, text: str) -> None:
        assert read({"title": "A", "about": text}).about == text
        assert set(wrong({"title": "A", "about": text, "tags": [text] * 2})) == {
            "/tags/0",
            "/tags/1",
        }

    @pytest.mark.weakness(6)
    def test_nothing_looks_into_a_list_that_is_too_long(self) -> None:
        document = {"title": "Hamlet", "fees": [1] * 100_000, "tags": ["\0"] * 3}

        assert wrong(document) == {
            "/fees": "must be at most 3 items long",
            "/tags": "must be at most 2 items long",
        }

    def test_the_number_of_reported_faults_is_limited(self) -> None:
        unknown = {f"unknown{number}": number for number in range(1_000)}

        assert len(wrong(unknown)) == validation.MAX_PROBLEMS


class TestCost:
    """The bodies that once cost 30 seconds and more. bench/worst.py searches for others."""

    def cost_of(self, body: str, shape: Any) -> float:
        def refused() -> None:
            with pytest.raises(errors.Invalid):
                validation.read(body.encode(), shape)

        return cpu.seconds_of(refused)

    @pytest.mark.weakness(1)
    def test_a_long_run_of_combining_marks_is_refused_unread(self) -> None:
        text = "a" + "\u0315" * 65_000 + "\u0316" * 65_000

        for shape, name in ((Login, "email"), (NewAccount, "password"), (ProfileFields, "bio")):
            assert self.cost_of(json.dumps({name: text}, ensure_ascii=False), shape) < 0.5

    @pytest.mark.weakness(6)
    def test_a_long_list_of_wrong_addresses_is_refused_unread(self) -> None:
        urls = ["https://" + "a." * 240 + " a"] * 500
        body = {"roleId": "r1-1", "shareContact": True, "mediaUrls": urls}

        assert self.cost_of(json.dumps(body), NewApplication) < 0.5
        assert self.cost_of(json.dumps(body | {"mediaUrls": urls[:10]}), NewApplication) < 0.5


class TestQueries:
    def test_a_parameter_is_converted_to_the_type_of_its_field(self) -> None:
        assert validation.convert_query({"amount": "7", "currency": "INR"}, Fee).amount == 7

    def test_a_faulty_query_parameter_is_named_as_a_parameter(self) -> None:
        with pytest.raises(errors.Invalid) as refused:
            validation.convert_query({"amount": "seven", "colour": "red"}, Fee)

        assert refused.value.errors == [
            {"parameter": "amount", "detail": "must be a whole number, not text"},
            {"parameter": "currency", "detail": "is required"},
            {"parameter": "colour", "detail": "is unknown; check its spelling"},
        ]

    def test_commas_separate_the_values_of_a_list(self) -> None:
        query = validation.convert_query({"status": "open,closed"}, RecruiterCastingsQuery)

        assert query.status == ["open", "closed"]

    @pytest.mark.parametrize("value", ["", "open,", "open,never", ",".join(["open"] * 5_000)])
    def test_a_wrong_value_of_a_list_names_its_parameter_once(self, value: str) -> None:
        with pytest.raises(errors.Invalid) as refused:
            validation.convert_query({"status": value}, RecruiterCastingsQuery)

        assert [each["parameter"] for each in refused.value.errors or []] == ["status"]

    def test_an_empty_list_is_refused_in_plain_words(self) -> None:
        with pytest.raises(errors.Invalid) as refused:
            validation.convert_query({"status": ""}, RecruiterCastingsQuery)

        assert refused.value.errors == [{"parameter": "status", "detail": "must not be empty"}]

    @pytest.mark.parametrize("word", ["null", "NULL"])
    def test_the_word_null_is_refused_for_an_optional_parameter(self, word: str) -> None:
        with pytest.raises(errors.Invalid) as refused:
            validation.convert_query({"title": "A", "minAge": word}, Show)

        assert refused.value.errors == [{"parameter": "minAge", "detail": "must not be null"}]

    def test_the_word_null_is_accepted_as_a_free_text(self) -> None:
        assert validation.convert_query({"title": "null"}, Show).title == "null"


FIELDS = [
    "title", "kind", "about", "fee", "fees", "tags", "place", "links", "rating", "isOpen",
    "startsOn", "startsAt", "minAge", "maxAge", "amount", "currency", "link", "city", "other",
]  # fmt: skip
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["play", "online", "onsite", "INR", "2026-11-22", "https://example.com"]),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(FIELDS) | st.text(), inner, max_size=8)
    ),
    max_leaves=30,
)


@given(VALUES)
def test_any_json_is_either_accepted_or_refused_with_details(value: Any) -> None:
    raw = json.dumps(value).encode()
    outcome = _outcome(lambda: validation.read(raw, Show))

    if isinstance(outcome, errors.Malformed):
        assert b"\\ud" in raw  # A lone surrogate is not text.
    elif isinstance(outcome, errors.Invalid):
        assert outcome.errors
        assert all(each["detail"] and _exists(value, each["pointer"]) for each in outcome.errors)
    else:
        assert isinstance(outcome, Show)


class Notice(Input):
    """A shape that msgspec checks alone."""

    title: Title
    about: LongText | None = None
    kind: Literal["play", "film"] = "play"
    fee: Fee | None = None
    tags: Annotated[list[Title], Meta(max_length=2)] = field(default_factory=list)
    rating: Annotated[float, Meta(gt=0, lt=10)] | None = None
    age: int | None = None
    is_open: bool = False
    starts_on: date | None = None
    password: Title | None = None

    def __post_init__(self) -> None:
        if self.title == self.about:
            raise ValueError("title and about must differ")


# With what must be trimmed, refused or normalized.
SHORT = st.text(st.sampled_from('ab1 \n\r\t\\"\0\u0301\u00e9\u2800'), max_size=4)
FEES = st.fixed_dictionaries(
    {"amount": st.integers(-1, 2) | st.floats(0, 2)},
    optional={"currency": SHORT | st.just("INR"), "other": SHORT},
)
NOTICES = st.fixed_dictionaries(
    {"title": SHORT},
    optional={
        "about": SHORT,
        "kind": SHORT | st.just(" film"),
        "fee": FEES | st.none(),
        "tags": st.lists(SHORT, max_size=3),
        "rating": st.sampled_from([5, 5.0, "5", True, 1e308]),
        "age": st.sampled_from([30, 30.0, 30.5, " 30", None]),
        "isOpen": st.sampled_from([True, "true", 1]),
        "startsOn": st.sampled_from(["2026-11-22", " 2026-11-22", "2026-11-32", "a" * 101]),
        "password": SHORT,
        "other": SHORT,
    },
)


@given(NOTICES, st.booleans(), st.sampled_from([None, 1]))
def test_a_short_body_is_read_as_a_long_one(
    document: dict[str, Any], is_ascii: bool, indent: int | None
) -> None:
    raw = json.dumps(document, ensure_ascii=is_ascii, indent=indent).encode()
    long = raw + b" " * shapes.MAX_TEXT
    assert shapes.of(Notice).is_plain

    assert _told(lambda: validation.read(raw, Notice)) == _told(
        lambda: validation.read(long, Notice)
    )


def _told(call: Callable[[], Any]) -> Any:
    outcome = _outcome(call)
    return outcome.document("") if isinstance(outcome, errors.Problem) else outcome


@given(st.dictionaries(st.sampled_from(FIELDS) | st.text(), st.text(), max_size=8))
def test_any_query_is_either_accepted_or_refused_with_details(parameters: dict[str, str]) -> None:
    outcome = _outcome(lambda: validation.convert_query(parameters, Fee))

    if isinstance(outcome, errors.Invalid):
        assert outcome.errors
        assert all(each["detail"] and "parameter" in each for each in outcome.errors)
    else:
        assert isinstance(outcome, Fee)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises((errors.Malformed, errors.Invalid)):
        validation.read(raw, Show)


def _outcome(read: Callable[[], Any]) -> Any:
    """The value read, or the problem raised. Any other exception fails the test."""
    try:
        return read()
    except errors.Problem as problem:
        return problem


def _exists(value: Any, pointer: str) -> bool:
    """Whether the pointer leads to a value or a missing member (RFC 6901, section 4)."""
    *parents, last = ["", *pointer.split("/")[1:]]
    for step in parents[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        value = value[int(step)] if isinstance(value, list) else value[step]
    return isinstance(value, (dict, list)) or last == ""
