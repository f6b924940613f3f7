"""GET /v1/castings/{castingId}/applicants.csv."""

import csv
import io
import json
import re
from typing import Any

import pytest

from tests.api import api
from tests.api.api import Account
from tests.api.applications.given import Situation, applied
from tests.api.applications.test_list_applicants import Many
from tests.api.builders import a_casting, a_recruiter, an_artist


def pages(casting: Any, as_: Account, query: str = "") -> list[api.Response]:
    found, url = list[api.Response](), f"/castings/{casting['castingId']}/applicants.csv?{query}"
    while url:
        found.append(api.get(url, as_=as_))
        assert found[-1].status == 200, found[-1].text
        following = re.fullmatch('</v1(.+)>; rel="next"', found[-1].headers.get("link", ""))
        url = following[1] if following else ""
    return found


def rows(casting: Any, as_: Account, query: str = "") -> list[dict[str, str]]:
    """The rows as a spreadsheet reads them."""
    text = b"".join(page.content for page in pages(casting, as_, query)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_the_table_has_what_the_recruiter_sees() -> None:
    it = Situation("viewed", note="Grew up on\nthe water", shareContact=True)
    path = f"{it.path}/assessment"
    fields = {"rating": 4, "tags": ["boat", "tall"], "recruiterNotes": [{"text": "Free, in July"}]}
    assert api.put(path, fields, as_=it.recruiter, if_match="*").status == 200
    seen = api.get(it.path, as_=it.recruiter).json

    [page] = pages(it.casting, it.recruiter)
    [row] = rows(it.casting, it.recruiter)

    assert page.headers["content-type"] == "text/csv; charset=utf-8"
    assert page.headers["content-disposition"] == 'attachment; filename="applicants.csv"'
    assert page.content.startswith(b"\xef\xbb\xbfapplicationId,")
    assert (row["applicationId"], row["status"]) == (seen["applicationId"], "viewed")
    assert row["displayName"] == seen["artist"]["displayName"]
    assert row["email"] == seen["contact"]["email"]
    assert (row["rating"], row["tags"]) == ("4", "boat\ntall")
    assert (row["note"], row["recruiterNotes"]) == ("Grew up on\nthe water", "Free, in July")


def test_a_withdrawn_application_shows_nothing_of_the_artist() -> None:
    it = Situation("withdrawn", note="Mine", shareContact=True)

    [row] = rows(it.casting, it.recruiter)

    assert row["status"] == "withdrawn"
    assert not any(row[name] for name in ("displayName", "username", "email", "note", "mediaUrls"))


def test_contact_data_that_is_not_shared_is_not_exported() -> None:
    it = Situation(note="Hello")

    [row] = rows(it.casting, it.recruiter)

    assert (row["email"], row["phone"], row["note"]) == ("", "", "Hello")


HOSTILE = [
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("https://evil.example","x")',
    "+91 98765 43210",
    "-2+3",
    "@SUM(1)",
    "\uff1d1+1",
    "\uff20SUM(1)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_spreadsheet_runs_no_text_of_an_artist(text: str) -> None:
    artist, recruiter = an_artist(displayName=text), a_recruiter()
    casting = a_casting(recruiter, "open")
    applied(casting, artist, note=f'{text}"\r\n{text}')

    [row] = rows(casting, recruiter)

    assert row["displayName"] == f"'{text}"
    assert row["note"].startswith(f"'{text}")
    assert len(row) == len(rows(casting, recruiter)[0])


def test_a_text_with_separators_and_quotation_marks_stays_one_cell() -> None:
    name = 'Maya "M", Nair; लता'
    artist, recruiter = an_artist(displayName=name), a_recruiter()
    casting = a_casting(recruiter, "open")
    applied(casting, artist)

    [row] = rows(casting, recruiter)

    assert row["displayName"] == name
    assert None not in row  # no cell is left over


def test_all_pages_together_are_one_table_within_the_read_units_of_each(
    capsys: pytest.CaptureFixture[str],
) -> None:
    many = Many(130)
    capsys.readouterr()

    table = rows(many.casting, many.recruiter)

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(line["readUnits"] <= 60 for line in lines if "readUnits" in line)
    ids = [row["applicationId"] for row in table]
    assert len(ids) == len(set(ids)) == 130
    times = [row["createdAt"] for row in table]
    assert times == sorted(times, reverse=True)
    assert len(pages(many.casting, many.recruiter)) < 8


def test_filters_hold_on_every_page() -> None:
    it = Situation("viewed")
    for _ in range(4):
        applied(it.casting, an_artist())

    assert len(rows(it.casting, it.recruiter, "status=submitted&limit=1")) == 4
    [row] = rows(it.casting, it.recruiter, "status=viewed,declined&roleId=r1-1&limit=1")
    assert row["applicationId"] == it.application["applicationId"]
    assert rows(it.casting, it.recruiter, "roleId=r9-9") == []


def test_a_casting_without_applicants_has_only_the_header() -> None:
    recruiter = a_recruiter()

    [page] = pages(a_casting(recruiter, "open"), recruiter)

    assert page.content.count(b"\r\n") == 1


def test_a_cursor_is_for_the_same_filters_only() -> None:
    it = Situation()
    applied(it.casting, an_artist())
    [first, _] = pages(it.casting, it.recruiter, "limit=1")
    path = first.headers["link"].partition(">")[0].removeprefix("</v1")

    assert api.get(f"{path}&status=viewed", as_=it.recruiter).code == "BadCursor"
