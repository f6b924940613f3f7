"""PUT /v1/castings/{castingId}/applications/status."""

from collections.abc import Callable
from typing import Any

import pytest

from artisthub.applications import handlers
from tests.api import api
from tests.api.api import Account, Response
from tests.api.applications.given import PIPELINE, applied, path_of
from tests.api.builders import (
    MAY_NOT_ACT,
    a_casting,
    a_recruiter,
    an_artist,
    quota_left,
    stored,
    suspended,
    taken_down,
    with_quota_left,
)
from tests.api.notifications.given import kinds, told


class Board:
    """An open casting with applicants for its first role."""

    def __init__(self, applicants: int = 2, **fields: Any) -> None:
        self.recruiter = a_recruiter()
        self.casting = a_casting(self.recruiter, "open", **fields)
        self.path = f"/castings/{self.casting['castingId']}/applications/status"
        self.artists = [an_artist() for _ in range(applicants)]
        self.applications = [applied(self.casting, artist) for artist in self.artists]
        self.ids = [each["applicationId"] for each in self.applications]

    def move(self, status: str, *ids: str, **fields: Any) -> Response:
        body = {"status": status, "applicationIds": list(ids or self.ids)} | fields
        return api.put(self.path, body, as_=self.recruiter)

    def item(self, number: int = 0) -> dict[str, Any]:
        role_id, _, artist_id = self.ids[number].partition(".")
        key = {"castingId": self.casting["castingId"], "applicationKey": f"{role_id}#{artist_id}"}
        item = stored("APPLICATIONS_TABLE", **key)
        assert item
        return item

    def statuses(self) -> list[str]:
        return [self.item(number)["status"] for number in range(len(self.ids))]


def results(answer: Response) -> list[Any]:
    """The new status of each application, or the code of its problem."""
    assert answer.status == 200, answer.text
    return [each["status"] or each["problem"]["code"] for each in answer.json["items"]]


@pytest.fixture(scope="module")
def board() -> Board:
    """Applications that no test of this fixture changes."""
    return Board(1)


@pytest.mark.parametrize(("someone", "status", "code"), MAY_NOT_ACT)
def test_callers_without_an_active_account_are_refused(
    board: Board, someone: Callable[[], Account | None], status: int, code: str
) -> None:
    body = {"status": "viewed", "applicationIds": board.ids}

    answer = api.put(board.path, body, as_=someone())

    assert (answer.status, answer.code, board.statuses()) == (status, code, ["submitted"])


def test_only_the_recruiter_of_the_casting_moves_its_applications(board: Board) -> None:
    body = {"status": "viewed", "applicationIds": board.ids}
    others = [board.artists[0], a_recruiter()]

    answers = [api.put(board.path, body, as_=other) for other in others]

    assert [(each.status, each.code) for each in answers] == [(403, "NotYourCasting")] * 2
    unknown = api.put("/castings/unknown/applications/status", body, as_=board.recruiter)
    assert unknown.status == 404
    assert board.statuses() == ["submitted"]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"applicationIds": []}, "/applicationIds"),
        ({"applicationIds": ["r1-1.a"] * 101}, "/applicationIds"),
        ({"applicationIds": ["r1-1#a"]}, "/applicationIds/0"),
        ({"applicationIds": ["r1-1.a"], "status": "seen"}, "/status"),
        (
            {"status": "audition", "audition": {"startsAt": "2020-01-01T00:00:00Z"}},
            "/audition/startsAt",
        ),
    ],
)
def test_an_invalid_change_is_named(board: Board, fields: dict[str, Any], place: str) -> None:
    body = {"status": "viewed", "applicationIds": board.ids} | fields

    answer = api.put(board.path, body, as_=board.recruiter)

    assert (answer.status, answer.wrong) == (422, {place})
    assert board.statuses() == ["submitted"]


def test_each_application_has_its_own_result() -> None:
    board, other = Board(5), Board(1)
    api.call("DELETE", path_of(board.applications[1]), as_=board.artists[1])
    suspended(board.artists[2])
    assert results(board.move("viewed", board.ids[3])) == ["viewed"]

    answer = board.move("viewed", *board.ids, *other.ids, "r9-1.nobody", board.ids[0])

    assert [each["applicationId"] for each in answer.json["items"]] == [
        *board.ids,
        *other.ids,
        "r9-1.nobody",
    ]
    assert results(answer) == [
        *("viewed", "StepNotPossible", "ArtistUnavailable", "viewed", "viewed"),
        *("NotFound", "NotFound"),
    ]
    assert board.statuses() == ["viewed", "withdrawn", "submitted", "viewed", "viewed"]
    assert other.statuses() == ["submitted"]
    single = api.put(
        f"{path_of(board.applications[1])}/status", {"status": "viewed"}, as_=board.recruiter
    )
    problem = answer.json["items"][1]["problem"]
    assert problem == {name: single.json[name] for name in ("status", "code", "detail")}


def test_a_retry_changes_nothing_and_spends_nothing() -> None:
    board = Board(2)
    with_quota_left(board.recruiter, "applicationSteps", 2)

    answers = [board.move("viewed") for _ in range(2)]

    assert answers[0].json == answers[1].json
    assert quota_left(board.recruiter, "applicationSteps") == 0
    assert [board.item(number)["version"] for number in range(2)] == [2, 2]


def test_nothing_changes_if_the_quota_does_not_suffice_for_all() -> None:
    board = Board(2)
    with_quota_left(board.recruiter, "applicationSteps", 1)

    answer = board.move("viewed")

    assert (answer.status, answer.code) == (429, "QuotaExceeded")
    assert board.statuses() == ["submitted"] * 2


def test_no_more_artists_are_booked_together_than_the_role_needs() -> None:
    board = Board(3, roles=[{"title": "Dancer", "count": 2}])
    for status in PIPELINE[:-1]:
        board.move(status)

    assert results(board.move("booked")) == ["booked", "booked", "RoleFull"]
    assert board.statuses() == ["booked", "booked", "offered"]


def test_all_get_the_same_audition_and_each_artist_hears_of_it_once() -> None:
    board = Board(2)
    board.move("viewed")
    board.move("shortlisted")
    before = [board.item(number) for number in range(2)]
    audition = {"startsAt": "2030-01-01T10:00:00Z", "place": "Studio 2"}

    for _ in range(2):
        assert results(board.move("audition", audition=audition)) == ["audition"] * 2

    for number, artist in enumerate(board.artists):
        for _ in range(2):
            told(before[number], board.item(number))
        assert board.item(number)["audition"]["place"] == "Studio 2"
        assert kinds(artist) == ["audition"]


def test_two_recruiter_tabs_that_move_the_same_applicants_agree() -> None:
    board = Board(4)
    board.move("viewed")

    answers = api.all_at_once(
        lambda: board.move("shortlisted"), lambda: board.move("declined", *board.ids[::-1])
    )

    made = [each for answer in answers for each in answer.json["items"] if each["status"]]
    assert {each["applicationId"] for each in made} == set(board.ids)
    for number, application_id in enumerate(board.ids):
        told_of = [each["status"] for each in made if each["applicationId"] == application_id]
        assert board.item(number)["status"] in told_of
        assert board.item(number)["version"] == 2 + len(told_of)


def test_changes_that_do_not_fit_into_the_time_can_be_sent_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    board = Board(2)
    monkeypatch.setattr(handlers, "SECONDS", -1)

    assert results(board.move("viewed")) == ["Busy", "Busy"]
    monkeypatch.undo()
    assert results(board.move("viewed")) == ["viewed", "viewed"]


def test_applications_of_a_removed_casting_are_not_moved() -> None:
    board = Board(1)
    taken_down(board.casting)

    assert board.move("viewed").code == "CastingTakenDown"
