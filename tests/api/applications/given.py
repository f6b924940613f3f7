"""Builders of applications. A test names only the fields that it is about."""

from typing import Any

from tests.api import api
from tests.api.api import Account
from tests.api.builders import a_casting, a_recruiter, an_artist, stored

# The steps to each status. The recruiter takes them; the artist answers and withdraws.
PIPELINE = ["viewed", "shortlisted", "audition", "offered", "booked"]
STATUS_PATHS: dict[str, list[str]] = {
    "submitted": [],
    **{status: PIPELINE[: number + 1] for number, status in enumerate(PIPELINE)},
    "confirmed": [*PIPELINE[:3], "confirmed"],
    "accepted": [*PIPELINE[:4], "accepted"],
    "refused": [*PIPELINE[:4], "refused"],
    "declined": ["declined"],
    "withdrawn": ["withdrawn"],
}


def a_new_application(casting: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The body of applyToCasting, for the first role."""
    return {"roleId": casting["roles"][0]["roleId"], "shareContact": False} | fields


def path_of(application: dict[str, Any]) -> str:
    return f"/castings/{application['castingId']}/applications/{application['applicationId']}"


def applied(casting: dict[str, Any], artist: Account, **fields: Any) -> Any:
    """The application as its artist sees it."""
    path = f"/castings/{casting['castingId']}/applications"
    answer = api.post(path, a_new_application(casting, **fields), as_=artist)
    assert answer.status == 201, answer.text
    return answer.json


class Situation:
    """A recruiter's open casting, and an artist who applied for its first role."""

    def __init__(self, status: str = "submitted", **fields: Any) -> None:
        self.recruiter, self.artist = a_recruiter(), an_artist()
        self.casting = a_casting(self.recruiter, status="open")
        self.application = applied(self.casting, self.artist, **fields)
        self.path = path_of(self.application)
        for step in STATUS_PATHS[status]:
            self.move(step)

    def move(self, status: str) -> None:
        if status == "withdrawn":
            answer = api.call("DELETE", self.path, as_=self.artist)
        elif status in ("confirmed", "accepted", "refused"):
            answer = api.put(f"{self.path}/answer", {"answer": status}, as_=self.artist)
        else:
            answer = api.put(f"{self.path}/status", {"status": status}, as_=self.recruiter)
        assert answer.status == 200, answer.text

    @property
    def item(self) -> dict[str, Any]:
        """The application as stored."""
        role_id, artist_id = self.application["roleId"], self.artist.user_id
        item = stored(
            "APPLICATIONS_TABLE",
            castingId=self.casting["castingId"],
            applicationKey=f"{role_id}#{artist_id}",
        )
        assert item
        return item
