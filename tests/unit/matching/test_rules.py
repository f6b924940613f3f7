"""Which requirements an artist meets, which role fits best, and which lists are searched."""

from datetime import date
from typing import Any

import pytest

from artisthub.castings.models import Casting, CastingSummary, Requirements, Role
from artisthub.matching import rules
from artisthub.matching.models import CastingMatch, RoleMatch
from artisthub.search.models import ProfileCard
from artisthub.search.rules import profile_card
from artisthub.shared import errors
from artisthub.users.stored import User
from tests.unit.builders import a_casting

NOW, TODAY = "2026-11-25T10:00:00.000Z", date(2026, 11, 25)


def an_artist(**fields: Any) -> ProfileCard:
    complete: dict[str, Any] = {
        "user_id": "artist",
        "username": "maya",
        "role": "artist",
        "display_name": "Maya",
        "privacy": "public",
        "email": "maya@example.org",
        "created_at": NOW,
        "updated_at": NOW,
        "version": 1,
    }
    return profile_card(User(**(complete | fields)))


def needing(*needs: Requirements, **fields: Any) -> Casting:
    """A casting with one role for each of the requirements."""
    roles = [Role(f"Role {n}", f"r1-{n}", requirements=each) for n, each in enumerate(needs)]
    return a_casting(roles=roles, **fields)


def best(artist: ProfileCard, casting: Casting) -> RoleMatch:
    return rules.best_match(artist, casting, casting.roles, TODAY)


def verdicts(
    artist: ProfileCard, needs: Requirements, **casting: Any
) -> list[tuple[str, str, str]]:
    match = best(artist, needing(needs, **casting))
    return [(each.requirement, each.wanted, each.verdict) for each in match.requirements]


@pytest.mark.parametrize(
    ("asked", "wanted", "needs", "casting", "met", "unmet"),
    [
        (
            "category",
            "dance",
            {},
            {},
            {"categories": ["music", "dance"]},
            {"categories": ["music"]},
        ),
        (
            "city",
            "Bombay",
            {},
            {"mode": "onsite", "city": "Bombay"},
            {"city": "Mumbai"},
            {"city": "Pune"},
        ),
        (
            "gender",
            "female or nonbinary",
            {"genders": ["female", "nonbinary"]},
            {},
            {"gender": "nonbinary"},
            {"gender": "male"},
        ),
        (
            "age",
            "20 to 35",
            {"min_age": 20, "max_age": 35},
            {},
            {"born_on": date(2006, 11, 25)},
            {"born_on": date(2006, 11, 26)},
        ),
        (
            "age",
            "20 or older",
            {"min_age": 20},
            {},
            {"born_on": date(1950, 1, 1)},
            {"born_on": date(2020, 1, 1)},
        ),
        (
            "age",
            "0 or younger",
            {"max_age": 0},
            {},
            {"born_on": date(2026, 1, 1)},
            {"born_on": date(2025, 1, 1)},
        ),
        (
            "language",
            "हिन्दी",
            {"languages": ["हिन्दी"]},
            {},
            {"languages": ["english", "हिन्दी"]},
            {"languages": ["हिन्द"]},
        ),
        (
            "skill",
            "Épée fencing",
            {"skills": ["Épée fencing"]},
            {},
            {"skills": ["EPEE fencing"]},
            {"skills": ["fencing"]},
        ),
    ],
)
def test_a_requirement_is_met_unmet_or_unknown(
    asked: str,
    wanted: str,
    needs: dict[str, Any],
    casting: dict[str, Any],
    met: dict[str, Any],
    unmet: dict[str, Any],
) -> None:
    for profile, verdict in ((met, "met"), (unmet, "unmet"), ({}, "unknown")):
        found = verdicts(an_artist(**profile), Requirements(**needs), **casting)
        assert (asked, wanted, verdict) in found


def test_only_stated_requirements_are_reported() -> None:
    assert verdicts(an_artist(), Requirements()) == [("category", "dance", "unknown")]


def test_a_remote_casting_does_not_require_its_city() -> None:
    asked = [each[0] for each in verdicts(an_artist(), Requirements(), city="Kolkata")]

    assert "city" not in asked


def test_the_best_fitting_role_is_named_or_the_first_of_equals() -> None:
    man, woman = Requirements(genders=["male"]), Requirements(genders=["female"])

    assert best(an_artist(gender="female"), needing(man, woman)).role_id == "r1-1"
    assert best(an_artist(), needing(man, woman)).role_id == "r1-0"


def test_matches_are_ranked_by_requirements_met_minus_unmet() -> None:
    artist = an_artist(languages=["hindi", "tamil"], categories=["dance"])
    asked = {
        "both": ["hindi", "tamil"],
        "one of two": ["hindi", "odia"],
        "none": [],
        "neither": ["odia", "urdu"],
    }
    matches = [
        CastingMatch(a_summary(name), best(artist, needing(Requirements(languages=languages))))
        for name, languages in reversed(asked.items())
    ]

    assert [match.casting.title for match in rules.ranked(matches)] == list(asked)


def test_equal_matches_keep_their_order() -> None:
    match = best(an_artist(), needing(Requirements()))
    matches = [CastingMatch(a_summary(name), match) for name in "bac"]

    assert [each.casting.title for each in rules.ranked(matches)] == list("bac")


def a_summary(title: str) -> CastingSummary:
    fields = {name: getattr(needing(), name) for name in CastingSummary.__struct_fields__}
    return CastingSummary(**(fields | {"title": title}))


@pytest.mark.parametrize(
    ("profile", "terms"),
    [
        ({}, ["all"]),
        ({"city": "Bombay"}, ["city:mumbai", "all"]),
        ({"categories": ["dance"]}, ["category:dance"]),
        (
            {"categories": ["dance", "music"], "city": "Kochi"},
            [
                "category:dance|city:kochi",
                "category:music|city:kochi",
                "category:dance",
                "category:music",
            ],
        ),
    ],
)
def test_castings_are_searched_by_the_city_and_categories_of_the_artist(
    profile: dict[str, Any], terms: list[str]
) -> None:
    plan = rules.castings_for(an_artist(**profile), NOW)

    assert plan.choices == [[f"castings|{term}"] for term in terms]


@pytest.mark.parametrize(
    ("casting", "terms"),
    [
        ({}, ["skill:odissi", "category:dance"]),
        ({"city": "Kochi"}, ["skill:odissi", "category:dance"]),
        (
            {"mode": "hybrid", "city": "Kochi"},
            [
                "skill:odissi|city:kochi",
                "category:dance|city:kochi",
                "skill:odissi",
                "category:dance",
            ],
        ),
    ],
)
def test_artists_are_searched_by_skill_category_and_casting_city(
    casting: dict[str, Any], terms: list[str]
) -> None:
    wanted = needing(Requirements(skills=["Odissi"]), **casting)

    plan = rules.artists_for(wanted, wanted.roles)

    assert plan.choices == [[f"users|{term}"] for term in terms]


def test_a_casting_with_many_skills_reads_a_limited_number_of_lists() -> None:
    skills = [f"skill {number}" for number in range(15)]
    wanted = needing(*[Requirements(skills=skills)] * 20)

    assert len(rules.artists_for(wanted, wanted.roles).choices) == rules.MAX_SKILLS + 1


def test_an_unknown_role_is_refused() -> None:
    casting = needing(Requirements(), Requirements())

    assert rules.roles_of(casting, None) == casting.roles
    assert rules.roles_of(casting, "r1-1") == casting.roles[1:]
    with pytest.raises(errors.Invalid):
        rules.roles_of(casting, "r9-9")


@pytest.mark.parametrize(
    "hidden",
    [{"privacy": "connections"}, {"status": "suspended"}, {"born_on": date(2010, 1, 1)}],
)
def test_only_public_profiles_are_matched(hidden: dict[str, Any]) -> None:
    assert rules.is_public(an_artist(), TODAY)
    assert not rules.is_public(an_artist(**hidden), TODAY)
