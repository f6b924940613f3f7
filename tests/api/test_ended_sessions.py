"""Access tokens live for an hour, also after a reset of the password ended their sessions."""

import re
import time
import uuid
from typing import Any

import pytest

from artisthub.media.models import NewImageUpload
from artisthub.reports.models import NewUserReport
from artisthub.users import repository as users
from contract import openapi
from contract.examples import BODIES, PATCHES
from tests.api import api
from tests.api.api import Account
from tests.api.builders import a_new_user, an_admin, an_artist, sign_out

pytestmark = pytest.mark.weakness(46)

WRITES = {
    each.key: each for each in openapi.every_route() if each.needs_token and each.method != "GET"
}
GIVEN: dict[str, Any] = {
    "POST /v1/auth/logout": {"everywhere": True},
    "POST /v1/media/uploads": BODIES[NewImageUpload],
    "POST /v1/reports": BODIES[NewUserReport],
}
# Instead of a UUID.
NAMES = {"quota": "castings", "deviceKey": f"ap-south-1_{uuid.uuid4()}"}


def after_a_reset(account: Account) -> Account:
    sign_out(account)
    users.refuse_older_tokens(account.user_id, int(time.time()) + 1)
    return account


def an_admin_with_a_profile(role: str) -> Account:
    admin = an_admin()
    assert api.post("/users", a_new_user(role=role), as_=admin).status == 201
    return admin


@pytest.fixture(scope="module")
def stale() -> list[Account]:
    """Administrators with each role, because some operations check the role first."""
    return [after_a_reset(an_admin_with_a_profile(role)) for role in ("artist", "recruiter")]


@pytest.mark.parametrize("key", WRITES)
def test_no_write_accepts_a_token_from_before_the_sessions_ended(
    key: str, stale: list[Account]
) -> None:
    method, path = key.split()
    spec = WRITES[key].spec
    body = GIVEN.get(key, PATCHES[spec.patch] if spec.patch else BODIES.get(spec.body))
    url = re.sub(r"{(\w+)}", lambda name: NAMES.get(name[1], str(uuid.uuid4())), path[3:])

    answers = [api.call(method, url, body, as_=each, if_match="*") for each in stale]

    assert {answer.status for answer in answers} <= {401, 403}, answers
    assert 401 in {answer.status for answer in answers}, answers


@pytest.mark.parametrize("url", ["/admin/cases", "/admin/audit?subject=user:x"])
def test_an_administrator_without_a_profile_is_refused_too(url: str) -> None:
    admin = after_a_reset(an_admin())

    answer = api.get(url, as_=admin)

    assert (answer.status, answer.code) == (401, "Unauthorized")


def test_an_administrator_reads_no_private_data_after_the_sessions_ended() -> None:
    artist = an_artist(privacy="private", bio="Mine")

    seen = api.get(f"/users/{artist.user_id}", as_=after_a_reset(an_admin()))

    assert "bio" not in seen.json


def test_consent_is_not_taken_back_with_an_older_token(stale: list[Account]) -> None:
    path = f"/castings/{uuid.uuid4()}/applications/{uuid.uuid4()}/sharing"

    for body in ({"shareContact": False}, {"shareContact": True}):
        assert {api.put(path, body, as_=each).status for each in stale} == {401}


def test_a_sign_in_after_the_reset_has_its_powers_again() -> None:
    admin = an_admin()
    users.refuse_older_tokens(admin.user_id, int(float(admin.claims["auth_time"])))

    assert api.get("/admin/cases", as_=admin).status == 200
