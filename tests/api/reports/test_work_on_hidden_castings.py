"""While reports hide a casting, its recruiter reaches no applicant."""

from typing import Any

import pytest

from tests.api import api
from tests.api.applications.given import Situation
from tests.api.castings.test_not_your_casting import hide

pytestmark = pytest.mark.weakness(63)

ASSESSMENT = {"rating": 4}
OPERATIONS: list[tuple[str, str, Any]] = [
    ("GET", "/applications/{id}", None),
    ("GET", "/applications", None),
    ("GET", "/applications?status=shortlisted", None),
    ("GET", "/applicants", None),
    ("GET", "/applicants.csv", None),
    ("GET", "/applicants.csv", None),
    ("GET", "/matching-artists", None),
    ("PUT", "/applications/{id}/status", {"status": "audition"}),
    ("PUT", "/applications/{id}/status", {"status": "declined"}),
    ("PUT", "/applications/status", {"status": "audition", "applicationIds": ["{id}"]}),
    ("PUT", "/applications/{id}/assessment", ASSESSMENT),
]


@pytest.fixture(scope="module")
def it() -> Situation:
    given = Situation("shortlisted", shareContact=True, note="Call me")
    hide(given.casting)
    return given


@pytest.mark.parametrize(("method", "end", "body"), OPERATIONS)
def test_the_recruiter_of_a_hidden_casting_reaches_no_applicant(
    it: Situation, method: str, end: str, body: Any
) -> None:
    path = f"/castings/{it.casting['castingId']}"
    end = end.replace("{id}", it.application["applicationId"])
    if body and "applicationIds" in body:
        body = body | {"applicationIds": [it.application["applicationId"]]}
    before = it.item

    answer = api.call(method, path + end, body, as_=it.recruiter, if_match="*")

    assert (answer.status, answer.code) == (409, "CastingHidden")
    assert it.item == before


def test_the_artist_of_a_hidden_casting_reads_and_withdraws() -> None:
    it = Situation("shortlisted", shareContact=True)
    hide(it.casting)

    assert api.get(it.path, as_=it.artist).status == 200
    sharing = api.put(f"{it.path}/sharing", {"shareContact": False}, as_=it.artist)
    withdrawn = api.call("DELETE", it.path, as_=it.artist)

    assert (sharing.status, withdrawn.status) == (200, 200)
    assert (it.item["status"], it.item["shareContact"]) == ("withdrawn", False)
