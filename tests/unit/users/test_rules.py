"""Active accounts, plausible values, and the fields of a profile for each viewer."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from artisthub.shared import clock, errors
from artisthub.shared.models import Picture
from artisthub.users import access, rules
from artisthub.users.models import (
    MAX_PORTFOLIO_ITEMS,
    MAX_WORK_EXPERIENCES,
    NewUser,
    ProfileFields,
)
from artisthub.users.stored import NamedCard, PortfolioItem, Role, Status, User, WorkExperience

TODAY = date(2026, 11, 22)

LIMITED = {
    *("userId", "username", "role", "displayName", "privacy", "createdAt", "version"),
    *("verifiedAt", "relation"),
}
PUBLIC = LIMITED | {
    *("headline", "bio", "city", "categories", "skills", "languages"),
    *("companyName", "website", "gender", "age", "picture", "portfolio", "workExperience"),
}
ADMIN = PUBLIC | {"status", "suspendedAt", "deletedAt", "restorableUntil"}
OWN = PUBLIC | {
    *("email", "phone", "heightCm", "playingAges", "isFoundByStats", "status", "suspendedAt"),
    *("deletedAt", "restorableUntil", "updatedAt"),
}
WORK = PortfolioItem("the-work-id", "video", "Reel", "https://reel.example", "2026-01-05")
PART = WorkExperience("the-part-id", "Hamlet", date(2019, 3, 1), "2026-01-06")


def a_user(**fields: Any) -> User:
    """Every field has a value, and no two are equal."""
    complete: dict[str, Any] = {
        "user_id": "the-user-id",
        "username": "the-username",
        "role": "artist",
        "email": "the-email@example.org",
        "display_name": "the display name",
        "picture": Picture("/v1/small", "/v1/medium", "/v1/large"),
        "picture_of": "the-upload",
        "headline": "the headline",
        "bio": "the bio",
        "city": "the city",
        "categories": ["stunts"],
        "skills": ["the skill"],
        "languages": ["the language"],
        "company_name": "the company",
        "website": "https://the-website.example",
        "gender": "nonbinary",
        "born_on": date(1987, 5, 4),
        "phone": "+911234567890",
        "height_cm": 173,
        "playing_ages": ["28-32"],
        "is_found_by_stats": True,
        "privacy": "public",
        "portfolio": [WORK],
        "work_experience": [PART],
        "verified_at": "2026-04-04T00:00:00.000Z",
        "status": "active",
        "suspended_at": "2026-03-01T00:00:00.000Z",
        "address_key": "email#hash",
        "deleted_at": "2026-03-03T00:00:00.000Z",
        "sessions_ended_at": 1_767_225_600,
        "expires_at": 1_800_000_000,
        "created_at": "2026-01-01T00:00:00.000Z",
        "updated_at": "2026-02-02T00:00:00.000Z",
        "version": 90210,
    }
    return User(**(complete | fields))


def seen_by(viewer: str, user: User) -> dict[str, Any]:
    views: dict[str, Callable[[], Any]] = {
        "owner": lambda: rules.own_view(user, TODAY),
        "admin": lambda: rules.admin_view(user, TODAY, rules.relation(None)),
        "connection": lambda: rules.view(user, TODAY, rules.relation("accepted")),
        "someone": lambda: rules.view(user, TODAY, rules.relation("outgoing")),
    }
    seen: dict[str, Any] = msgspec.to_builtins(views[viewer]())
    return seen


@pytest.mark.parametrize(
    ("viewer", "privacy", "expected"),
    [
        ("someone", "public", PUBLIC),
        ("someone", "connections", LIMITED),
        ("someone", "private", LIMITED),
        ("connection", "public", PUBLIC),
        ("connection", "connections", PUBLIC),
        ("connection", "private", LIMITED),
        ("owner", "public", OWN),
        ("owner", "connections", OWN),
        ("owner", "private", OWN),
        ("admin", "public", ADMIN),
        ("admin", "private", ADMIN),
    ],
)
def test_a_viewer_gets_exactly_the_fields_meant_for_them(
    viewer: str, privacy: str, expected: set[str]
) -> None:
    user = a_user(privacy=privacy)

    seen = seen_by(viewer, user)

    assert seen.keys() == expected
    text = msgspec.json.encode(seen).decode()
    for name, value in msgspec.to_builtins(user).items():
        assert value, f"{name} has no value here, so this test proves nothing about it"
        plain = msgspec.json.encode(value).decode().strip('[]"')
        assert (plain in text) == (name in expected), name


def test_the_birth_date_is_shown_as_an_age() -> None:
    assert seen_by("someone", a_user())["age"] == 39
    assert seen_by("someone", a_user(born_on=None))["age"] is None


@pytest.mark.parametrize("status", ["suspended", "deleted"])
def test_only_its_owner_and_administrators_see_an_inactive_account(
    status: Status,
) -> None:
    user = a_user(status=status)

    with pytest.raises(errors.NotFound):
        seen_by("someone", user)

    assert seen_by("owner", user)["status"] == status
    assert seen_by("admin", user)["status"] == status


@pytest.mark.parametrize(
    ("born_on", "today", "expected"),
    [
        (date(2000, 6, 15), date(2026, 6, 14), 25),
        (date(2000, 6, 15), date(2026, 6, 15), 26),
        (date(2000, 6, 15), date(2026, 7, 1), 26),
        (date(2000, 12, 31), date(2026, 1, 1), 25),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (date(2004, 2, 29), date(2028, 2, 28), 23),
        (date(2004, 2, 29), date(2028, 2, 29), 24),
        (date(2004, 2, 28), date(2026, 2, 28), 22),
        (date(2026, 11, 22), date(2026, 11, 22), 0),
    ],
)
def test_age_is_in_whole_years(born_on: date, today: date, expected: int) -> None:
    assert access.age(born_on, today) == expected


def test_an_account_without_a_profile_cannot_act() -> None:
    with pytest.raises(access.ProfileRequired):
        access.ensure_active(None)


@pytest.mark.parametrize("status", ["suspended", "deleted"])
def test_an_inactive_account_cannot_act(status: Status) -> None:
    with pytest.raises(access.AccountSuspended):
        access.ensure_active(a_user(status=status))


def test_an_active_account_can_act() -> None:
    user = a_user()

    assert access.ensure_active(user) is user


@pytest.mark.parametrize(("role", "other"), [("artist", "recruiter"), ("recruiter", "artist")])
def test_an_operation_of_the_other_role_is_refused(role: Role, other: Role) -> None:
    user = a_user(role=role)

    assert access.ensure_active(user, role) is user
    with pytest.raises(access.RoleRequired):
        access.ensure_active(user, other)


# They passed when usernames and shown names had different rules.
AS_A_USERNAME = [
    *("helpdesk", "customer.care", "customercare", "verification.team", "official.team"),
    *("trust.safety", "trust.and.safety", "artistshub", "artists.hub", "moderation", "team.staff"),
    *("padm1n", "padministrator", "the.moderators", "official", "0fficial"),
]
AS_A_SHOWN_NAME = [
    *("Verification Team", "Customer Care", "Trust and Safety", "ArtistsHub", "Moderation Team"),
    *("Artists Hub Support", "Moderators", "The Administrators", "Support Engineers", "Helpdesk"),
    *("Verification", "Official", "Staff of the Service", "CustomerCare", "Care & Trust Online"),
]


@pytest.mark.weakness(50)
@pytest.mark.parametrize("name", [*AS_A_USERNAME, *AS_A_SHOWN_NAME])
def test_a_name_that_sounds_official_is_refused_everywhere(name: str) -> None:
    assert rules.is_reserved(name)
    if name not in ("padm1n", "padministrator"):  # a shown name may be made of such words
        assert faults_of_name(name, company_name=name).keys() == {"/displayName", "/companyName"}


@pytest.mark.parametrize(
    "username",
    [
        *("padmini", "padmini.rao", "padm1ni", "padmine", "badminton.club", "badminton7"),
        *("supporting.artist", "the.roots", "roots.theatre", "careful", "maya.official"),
        *("team.maya", "trusty", "desklamp", "online", "care", "verified.by.maya", "stafford"),
    ],
)
def test_an_ordinary_word_is_no_official_username(username: str) -> None:
    assert not rules.is_reserved(username)


@pytest.mark.weakness(21)
@pytest.mark.parametrize(
    "username",
    [
        *sorted(rules.RESERVED),
        *(
            "Admin",
            "ARTISTHUB",
            "admin1",
            "admin2026",
            "1admin",
            "4dm1n",
            "adm1n",
            "@dm1n",
            "a_d.m_i.n",
        ),
        *("ad.min", "adrnin", "addmin", "sysadmin", "superadmin", "admin.of.arts", "adminstrator"),
        *(
            "artisthub.support",
            "artist_hub",
            "art1sthub",
            "artisthub.in",
            "the.artisthub",
            "4rt15thu6",
        ),
        *(
            "support1",
            "5upport",
            "supp0rt",
            "support.team",
            "customersupport",
            "m0derator",
            "moderator7",
        ),
        *(
            "security.team",
            "s3curity",
            "help1",
            "help.desk",
            "h3lp",
            "he1p",
            "root0",
            "the.root",
            "r00t",
        ),
        *AS_A_USERNAME,
    ],
)
def test_a_username_that_sounds_official_is_reserved(username: str) -> None:
    body = NewUser(username=username, role="artist", display_name="A", born_on=date(1987, 5, 4))

    with pytest.raises(errors.Invalid) as refused:
        rules.ensure_plausible(body, TODAY)
    with pytest.raises(errors.Invalid):
        rules.renamed(a_user(), username, NOW)

    assert refused.value.errors == [{"pointer": "/username", "detail": "is reserved"}]


@pytest.mark.parametrize(
    "username",
    [
        *(
            "padmini",
            "padmini.k",
            "badminton_star",
            "ahmad.mina",
            "asad_minhas",
            "supporting.actor",
        ),
        *(
            "helpful.hari",
            "helen1",
            "rooted",
            "roots.music",
            "modern.art",
            "priya.r",
        ),
        *("hubert.artist", "1moore", "maya4u"),
    ],
)
def test_a_username_that_contains_a_reserved_one_by_chance_is_allowed(username: str) -> None:
    assert not rules.is_reserved(username)


def faults_of_name(name: str, company_name: str | None = None) -> dict[str, str]:
    body = NewUser(
        username="maya",
        role="artist",
        display_name=name,
        company_name=company_name,
        born_on=date(1987, 5, 4),
    )
    try:
        rules.ensure_plausible(body, TODAY)
    except errors.Invalid as refused:
        return {each["pointer"]: each["detail"] for each in refused.errors or []}
    return {}


OFFICIAL = [
    *(
        "Admin",
        "ADMIN 1",
        "Administrator",
        "Support",
        "Support Team",
        "The Official Support",
        "Help",
    ),
    *("Help Desk", "Customer Support", "Moderator", "Security Team", "Account Security", "Adm1n"),
    *("ArtistHub", "Artist Hub", "ArtistHub Support", "A r t i s t H u b", "Art\u00efst\u2022Hub!"),
    "\uff21\uff44\uff4d\uff49\uff4e",  # full width
    "\U0001d4d0\U0001d4ed\U0001d4f6\U0001d4f2\U0001d4f7",  # mathematical script
    "\u0405\u0443\u0440\u0440\u043e\u0433\u0442",  # only Cyrillic: s, y and p for u and p
]
HIDDEN = [
    *(
        "Ma\u200bya",
        "Maya\u200b",
        "\u200fMaya",
        "Ma\u061cya",
        "Ma\u200eya",
        "Ma\u2060ya",
        "Ma\u00adya",
    ),
    *(
        "Ma\ufeffya",
        "Ma\u034fya",
        "Ma\u3164ya",
        "Ma\u115fya",
        "Ma\u2800ya",
        "Ma\u200dya",
        "Maya\u200c",
    ),
    *("Ma\ufe0fya", "Ma\U000e0061ya", "Ma\U000e0100ya", "Ma\u180eya", "Ma\ue000ya", "Ma\u2063ya"),
]
MIXED = [
    *(
        "M\u0430ya",
        "\u041caya",
        "Priy\u03b1",
        "\u0440\u0430y\u0440\u0430l",
        "M\u0561ya",
        "\u13a0dmin",
    ),
    *("\u05d0bc", "\u0410dmin", "Maya\u092e"),
]
ORDINARY = [
    *(
        "Priya Raman",
        "O'Neil",
        "Jean-Luc D\u2019Arc",
        "\u0141ukasz",
        "Ng\u00f4 B\u1ea3o",
        "Bj\u00f6rk 2",
        "\u02bbOkina",
    ),
    *(
        "\u092a\u094d\u0930\u093f\u092f\u093e \u0936\u0930\u094d\u092e\u093e",
        "Priya (\u092a\u094d\u0930\u093f\u092f\u093e)",
    ),
    "\u0915\u094d\u200d\u0937",  # a joiner after a virama
    "\u0646\u0627\u0645\u200c\u0647\u0627",  # a non-joiner in Persian
    "Maya \u2764\ufe0f \U0001f469\u200d\U0001f3a4 \U0001f469\U0001f3fd\u200d\U0001f3a4",
    *(
        "\u5f35\u3055\u3093",
        "JPark\u6734",
        "\ubc15\uc9c0\uc6d0",
        "\u845b\U000e0100\u57ce",
        "\u0410\u043d\u043d\u0430",
    ),
    *(
        "Padmini",
        "Life Support Films",
        "Security Guard Singh",
        "Helping Hands",
        "Care",
        "The Trust",
        "Team Maya",
        "Stafford",
        "Official Maya",
        "Online Talent",
        "The Roots",
        "Artist",
    ),
]


@pytest.mark.weakness(21)
@pytest.mark.parametrize(
    ("name", "fault"),
    [
        *((name, "is reserved") for name in OFFICIAL[:-1]),
        *((name, "must not contain invisible characters or direction marks") for name in HIDDEN),
        *((name, "must not mix scripts in one word") for name in MIXED),
    ],
    ids=ascii,
)
def test_a_shown_name_that_can_mislead_is_refused(name: str, fault: str) -> None:
    assert faults_of_name(name) == {"/displayName": fault}
    assert faults_of_name("Maya", company_name=name) == {"/companyName": fault}


@pytest.mark.parametrize("name", ORDINARY, ids=ascii)
def test_an_ordinary_name_is_accepted_in_every_script(name: str) -> None:
    assert faults_of_name(name, company_name=name) == {}


def test_a_profile_keeps_an_older_name_that_is_refused_now() -> None:
    before = a_user(display_name="Admin", company_name="Support", born_on=date(1987, 5, 4))
    fields = msgspec.convert(before, ProfileFields, from_attributes=True)

    rules.ensure_plausible(fields, TODAY, before=before)


def faults(born_on: date | None, today: date = TODAY, before: User | None = None) -> list[str]:
    """The faults of a birth date in a new profile, or in a change to one."""
    try:
        rules.ensure_plausible(ProfileFields(display_name="A", born_on=born_on), today, before)
    except errors.Invalid as refused:
        return [each["detail"] for each in refused.errors or [] if each["pointer"] == "/bornOn"]
    return []


@pytest.mark.parametrize("born_on", [date(1900, 1, 1), date(1987, 5, 4), date(2008, 11, 22)])
def test_an_adults_birth_date_is_accepted(born_on: date) -> None:
    assert faults(born_on) == []
    assert faults(born_on, before=a_user()) == []
    assert faults(born_on, before=a_user(born_on=None)) == []


@pytest.mark.parametrize("born_on", [date(1899, 12, 31), TODAY + timedelta(days=1), date.max])
def test_an_implausible_birth_date_is_refused(born_on: date) -> None:
    assert faults(born_on) == ["must be a date from 1900 to today"]


@pytest.mark.parametrize(
    ("born_on", "today", "is_adult"),
    [
        (date(2008, 11, 22), date(2026, 11, 21), False),
        (date(2008, 11, 22), date(2026, 11, 22), True),
        (date(2008, 12, 31), date(2026, 12, 30), False),
        (date(2008, 12, 31), date(2026, 12, 31), True),
        (date(2009, 1, 1), date(2026, 12, 31), False),
        (date(2009, 1, 1), date(2027, 1, 1), True),
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (date(2008, 2, 29), date(2026, 3, 1), True),
        (date(2008, 2, 28), date(2026, 2, 28), True),
        (date(2008, 3, 1), date(2026, 2, 28), False),
        (date(2008, 3, 1), date(2026, 3, 1), True),
        (date(2010, 3, 1), date(2028, 2, 29), False),
        (date(2010, 2, 28), date(2028, 2, 28), True),
        (date(2026, 11, 22), date(2026, 11, 22), False),
    ],
)
def test_people_become_adults_on_their_18th_birthday(
    born_on: date, today: date, is_adult: bool
) -> None:
    user = a_user(born_on=born_on)

    assert access.is_minor(born_on, today) is not is_adult
    assert (faults(born_on, today) == []) is is_adult
    assert access.is_shown(user, today) is is_adult


def test_a_birth_date_cannot_be_cleared_and_must_be_given_once() -> None:
    assert faults(None, before=a_user()) == ["is required"]
    assert faults(None, before=a_user(born_on=None)) == ["is required"]


def test_a_change_cannot_make_a_profile_younger_than_18() -> None:
    assert faults(date(2010, 1, 1), before=a_user()) == ["must be at least 18 years ago"]


def test_a_profile_under_18_can_change_but_not_its_birth_date() -> None:
    minor = a_user(born_on=date(2010, 1, 1))

    assert faults(minor.born_on, before=minor) == []
    for born_on in (date(1987, 5, 4), date(2010, 1, 2)):
        [fault] = faults(born_on, before=minor)
        assert fault.startswith("can only be corrected by support")
    assert faults(None, before=minor) == ["is required"]


def test_a_profile_without_a_birth_date_counts_as_an_adults() -> None:
    user = a_user(born_on=None)

    assert access.ensure_adult(user, TODAY) is user
    assert access.is_shown(user, TODAY)


def test_only_its_owner_and_administrators_see_a_profile_under_18() -> None:
    minor = a_user(born_on=date(2010, 1, 1))

    with pytest.raises(errors.NotFound):
        rules.view(minor, TODAY, rules.relation("accepted"))
    assert seen_by("owner", minor)["age"] == 16
    assert seen_by("admin", minor)["age"] == 16
    with pytest.raises(access.AdultsOnly):
        access.ensure_adult(minor, TODAY)


def test_all_implausible_fields_are_named_at_once() -> None:
    body = NewUser(username="root", role="artist", display_name="A", born_on=date(1800, 1, 1))

    with pytest.raises(errors.Invalid) as refused:
        rules.ensure_plausible(body, TODAY)

    assert {each["pointer"] for each in refused.value.errors or []} == {"/username", "/bornOn"}


NOW = "2026-11-22T16:54:00.000Z"
LATER = datetime(2026, 12, 1, tzinfo=UTC)


def test_a_change_makes_the_next_version() -> None:
    user = a_user(version=4)

    changed = rules.changed(user, NOW, city="Pune")

    assert changed == msgspec.structs.replace(user, city="Pune", updated_at=NOW, version=5)
    assert user.version == 4


def test_a_new_username_is_stored_in_lower_case() -> None:
    assert rules.renamed(a_user(), "Another.Name", NOW).username == "another.name"


@pytest.mark.parametrize("name", ["the.name", "The.Name"])
def test_renaming_to_the_same_username_in_any_case_changes_nothing(name: str) -> None:
    user = a_user(username="the.name")

    assert rules.renamed(user, name, NOW) is user


@pytest.mark.parametrize("name", ["root", "Support"])
def test_renaming_to_a_reserved_username_is_refused(name: str) -> None:
    with pytest.raises(errors.Invalid):
        rules.renamed(a_user(), name, NOW)


def test_a_deleted_account_can_be_restored_for_thirty_days() -> None:
    user = a_user(suspended_at=None, deleted_at=None, expires_at=None)

    deleted = rules.deleted(user, LATER)
    restored = rules.restored(deleted, NOW)

    assert (deleted.status, deleted.deleted_at) == ("deleted", "2026-12-01T00:00:00.000Z")
    own = rules.own_view(deleted, TODAY)
    assert own.restorable_until == clock.text(LATER + timedelta(days=30))
    unchanged = {"version": user.version, "updated_at": user.updated_at}
    assert msgspec.structs.replace(restored, **unchanged) == user
    assert restored.version == user.version + 2


def test_deleting_or_restoring_twice_changes_nothing() -> None:
    deleted, active = a_user(status="deleted"), a_user()

    assert rules.deleted(deleted, LATER) is deleted
    assert rules.restored(active, NOW) is active


def test_a_suspended_account_can_be_deleted_but_not_restored_to_active() -> None:
    suspended = a_user(status="suspended", suspended_at=None, address_key=None)

    restored = rules.restored(rules.deleted(suspended, LATER), NOW)

    assert (restored.status, restored.suspended_at) == ("suspended", suspended.updated_at)
    with pytest.raises(access.AccountSuspended):
        rules.restored(suspended, NOW)


def works(count: int) -> list[PortfolioItem]:
    return [msgspec.structs.replace(WORK, item_id=f"work-{number}") for number in range(count)]


def parts(count: int) -> list[WorkExperience]:
    return [msgspec.structs.replace(PART, item_id=f"part-{number}") for number in range(count)]


def test_portfolio_items_are_kept_in_order_and_limited_in_number() -> None:
    user = a_user(portfolio=works(MAX_PORTFOLIO_ITEMS - 1))

    full = rules.with_portfolio_item(user, WORK)

    assert full.portfolio == [*user.portfolio, WORK]
    assert full.version == user.version + 1
    with pytest.raises(rules.PortfolioFull):
        rules.with_portfolio_item(full, works(40)[-1])


def test_work_experience_is_limited_in_number() -> None:
    full = rules.with_work_experience(a_user(work_experience=parts(MAX_WORK_EXPERIENCES - 1)), PART)

    assert len(full.work_experience) == MAX_WORK_EXPERIENCES
    with pytest.raises(rules.WorkExperienceFull):
        rules.with_work_experience(full, parts(60)[-1])


def test_the_latest_work_experience_comes_first() -> None:
    early, late = (
        msgspec.structs.replace(PART, item_id=str(year), started_on=date(year, 1, 1))
        for year in (1999, 2026)
    )

    user = rules.with_work_experience(a_user(), early)
    user = rules.with_work_experience(user, late)

    assert user.work_experience == [late, PART, early]


def test_a_part_of_the_profile_is_found_by_its_id() -> None:
    user = a_user(portfolio=works(3))

    assert rules.part(user.portfolio, user.portfolio[2].item_id) == user.portfolio[2]
    with pytest.raises(errors.NotFound):
        rules.part(user.portfolio, "removed")


def test_removing_an_entry_keeps_the_others() -> None:
    user = a_user(portfolio=works(3), work_experience=parts(3))

    user = rules.without_portfolio_item(user, "work-1", NOW)
    user = rules.without_work_experience(user, "part-0", NOW)

    assert [each.item_id for each in user.portfolio] == ["work-0", "work-2"]
    assert [each.item_id for each in user.work_experience] == ["part-1", "part-2"]


def test_removing_an_unknown_entry_is_refused() -> None:
    with pytest.raises(errors.NotFound):
        rules.without_portfolio_item(a_user(), "the-part-id", NOW)
    with pytest.raises(errors.NotFound):
        rules.without_work_experience(a_user(), "the-work-id", NOW)


@pytest.mark.parametrize(
    ("privacy", "is_connected", "is_there"),
    [
        ("public", False, True),
        ("connections", True, True),
        ("connections", False, False),
        ("private", True, False),
    ],
)
def test_a_list_shows_a_picture_to_those_who_see_it_in_the_profile(
    privacy: Any, is_connected: bool, is_there: bool
) -> None:
    card = msgspec.convert(a_user(privacy=privacy), NamedCard, from_attributes=True)

    named = access.named(card, TODAY, is_connected=is_connected)

    assert named is not None
    assert (named.picture is not None) == is_there


@pytest.mark.parametrize("status", ["suspended", "deleted"])
def test_a_list_does_not_name_a_closed_account(status: Status) -> None:
    card = msgspec.convert(a_user(status=status), NamedCard, from_attributes=True)

    assert access.named(card, TODAY) is None
