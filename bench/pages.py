"""The calls that a page of a client needs, and their read units.

    PYTHONPATH=src python -m bench.pages

measures again and writes bench/pages.json. `make fix` turns that file into docs/pages.md.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from tests.api import api, builders, local
from tests.api.api import Account
from tests.api.applications.given import applied
from tests.api.notifications.given import told
from tests.api.search.given import a_word, an_indexed_casting, indexed

RECORD = Path(__file__).with_name("pages.json")
MANY = 20  # rows of a list
RECRUITERS = 10  # of the castings in a list

Call = tuple[Account | None, str]


class Page(NamedTuple):
    """A page: its calls now, and those with release 0.1.0.

    missing: what 0.1.0 could not show at all
    """

    need: str
    now: Sequence[Call]
    before: Sequence[Call]
    missing: str = ""


class Stage:
    """An artist, a recruiter and 20 of each thing that their lists show, all with cards."""

    def __init__(self) -> None:
        self.word = a_word()
        self.artist = indexed(builders.an_artist())
        self.recruiters = [indexed(builders.a_recruiter()) for _ in range(RECRUITERS)]
        self.recruiter = self.recruiters[0]
        self.castings = [
            an_indexed_casting(each, tags=[self.word])["castingId"]
            for each in self.recruiters * (MANY // RECRUITERS)
        ]
        self.people = [indexed(builders.an_artist(skills=[self.word])) for _ in range(MANY)]
        for casting_id in self.castings:
            saving = f"/users/me/saved-castings/{casting_id}"
            _succeed(api.call("PUT", saving, as_=self.artist))
            self._apply(casting_id, self.artist)
        self.ours = an_indexed_casting(self.recruiter)["castingId"]
        self.application_id, *_ = [self._apply(self.ours, each) for each in self.people]
        for each in self.people:
            _succeed(api.post("/connections", {"userId": self.artist.user_id}, as_=each))
            answer = {"answer": "accepted"}
            _succeed(api.put(f"/connections/{each.user_id}", answer, as_=self.artist))

    def _apply(self, casting_id: str, artist: Account) -> str:
        casting = api.get(f"/castings/{casting_id}").json
        made = applied(casting, artist)
        key = {"castingId": casting_id, "applicationKey": f"{made['roleId']}#{artist.user_id}"}
        assert told(None, builders.stored("APPLICATIONS_TABLE", **key)) == []
        return str(made["applicationId"])

    def pages(self) -> list[Page]:
        artist, recruiter, visitor = self.artist, self.recruiter, None
        castings, people = ",".join(self.castings), ",".join(each.user_id for each in self.people)
        search, casting = f"/castings?tag={self.word}", f"/castings/{self.castings[0]}"
        who = [(artist, f"/users/{each.user_id}") for each in self.recruiters]
        them = [(artist, f"/users/{each.user_id}") for each in self.people]
        mine, saved = "/users/me/applications", "/users/me/saved-castings"
        page_of = f"/recruiters/{recruiter.user_id}"
        board = f"/castings/{self.ours}/applications"
        listed = f"{page_of}/castings?status=open"
        one: list[Call] = [(recruiter, f"{board}/{self.application_id}")]
        return [
            Page(
                "List of castings with who casts, for a visitor",
                [(visitor, search)],
                [(visitor, search)],
                "who casts needs a token, and a call for each",
            ),
            Page(
                "List of castings that marks what is saved and applied for",
                [(artist, search), (artist, f"/users/me/relations?castings={castings}")],
                [(artist, search), *who, (artist, f"{saved}?limit=100"), (artist, mine)],
                "all saved castings and applications must be read",
            ),
            Page(
                "A casting with who casts",
                [(visitor, casting)],
                [(artist, casting), who[0]],
                "nothing about the recruiter without a token",
            ),
            Page(
                "A casting with what the caller has to do with it",
                [(artist, f"{casting}?relation=true")],
                [(artist, casting), who[0], (artist, f"{saved}?limit=100"), (artist, mine)],
                "all saved castings and applications must be read",
            ),
            Page(
                "A recruiter's page with open castings",
                [(artist, page_of), (artist, listed)],
                [who[0], (artist, f"{page_of}/castings")],
                "a private profile has no name",
            ),
            Page(
                "A recruiter's own castings by status",
                [(recruiter, listed)],
                [(recruiter, f"{page_of}/castings?limit=100")],
                "no filter",
            ),
            Page(
                "Applicants' board, sorted, with counts by status",
                [(recruiter, f"/castings/{self.ours}/applicants?sort=match")],
                [(recruiter, board)],
                "no order but time, no rating, no counts, no pictures",
            ),
            Page("An applicant", one, one, "no picture, one note"),
            Page(
                "My applications, with who casts and counts by status",
                [(artist, f"{mine}?counts=true")],
                [(artist, mine), *who],
                "counts need all pages",
            ),
            Page("Saved castings with who casts", [(artist, saved)], [(artist, saved), *who]),
            Page(
                "A profile with what the caller has to do with it",
                [them[0]],
                [them[0], (artist, "/connections?limit=100")],
                "no picture; all connections must be read",
            ),
            Page(
                "People found, with pictures",
                [(recruiter, f"/users?skill={self.word}")],
                [(recruiter, f"/users?skill={self.word}")],
                "no picture",
            ),
            Page(
                "Connections with names and pictures",
                [(artist, "/connections")],
                [(artist, "/connections"), *them],
            ),
            Page(
                "Notifications with names and the number of unread ones",
                [(recruiter, "/users/me/notifications")],
                [(recruiter, "/users/me/notifications")],
                "no pictures",
            ),
            Page(
                "20 castings or people by their ids",
                [(artist, f"/users?ids={people}")],
                them,
            ),
        ]


def measured() -> list[dict[str, Any]]:
    """The pages with the operations that they call and the read units of all calls together."""
    with redirect_stdout(io.StringIO()):
        pages = Stage().pages()
    return [
        {"need": page.need, "now": _taken(page.now), "before": _taken(page.before)}
        | ({"missing": page.missing} if page.missing else {})
        for page in pages
    ]


def _taken(calls: Iterable[Call]) -> dict[str, Any]:
    lines = []
    for caller, path in calls:
        with redirect_stdout(io.StringIO()) as log:
            _succeed(api.get(path, as_=caller))
        lines.append(json.loads(log.getvalue().splitlines()[-1]))
    return {
        "operations": [line["operation"] for line in lines],
        "readUnits": sum(line.get("readUnits", 0) for line in lines),
    }


def _succeed(answer: api.Response) -> None:
    assert answer.status < 300, answer.text


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="artisthub-pages-") as name, local.aws(Path(name)):
        RECORD.write_text(json.dumps(measured(), indent=1) + "\n")


if __name__ == "__main__":
    main()
