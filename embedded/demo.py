"""Demo data, loaded through the API itself. Only the accounts are an operator's.

It has artists, recruiters and connections, and castings and applications in every status.
"""

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import httpx
import yaml

from embedded.client import ApiError, Client
from embedded.deploy import Operator
from embedded.faces import face_of

PASSWORD = "Monsoon-Stage-2026"

# This account has no profile. An operator makes it an administrator.
ADMIN = "asha"

Profile = dict[str, Any]
Casting = dict[str, Any]
ClientOf = Callable[[str], Client]

# Transitions that bring a draft to each status.
STATUS_PATHS: dict[str, list[str]] = {
    "draft": [],
    "open": ["open"],
    "closed": ["open", "closed"],
    "filled": ["open", "closed", "filled"],
    "cancelled": ["open", "cancelled"],
}


def _pay(text: str) -> dict[str, Any]:
    """The pay that `INR 15000 day`, `expenses` or `unpaid` stands for."""
    kind, *paid = text.split()
    if not paid:
        return {"kind": kind}
    amount, unit = paid
    money = {"amount": int(amount) * 100, "currency": kind}
    return {"kind": "paid", "money": money, "unit": unit}


def _body(told: dict[str, Any]) -> dict[str, Any]:
    """The fields of a casting in demo.yml that POST /v1/castings takes."""
    own = {"recruiter", "status", "days", "documents", "applicants"}
    roles = [role | {"pay": _pay(role["pay"])} for role in told["roles"]]
    fields = {name: value for name, value in told.items() if name not in own}
    return {"mode": "onsite"} | fields | {"roles": roles}


_told: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text())

PROFILES: list[Profile] = _told["people"]

# Each has the recruiter, the status, the days until the deadline and the casting.
CASTINGS: list[tuple[str, str, int, dict[str, Any]]] = [
    (each["recruiter"], each["status"], each["days"], _body(each)) for each in _told["castings"]
]

# Documents by casting title.
DOCUMENTS: dict[str, list[dict[str, str]]] = {
    each["title"]: each["documents"] for each in _told["castings"] if "documents" in each
}


class Applicant(NamedTuple):
    """An application of the demo. `role` is the number of the role, `status` the last one."""

    artist: str
    role: int
    status: str
    note: str


# Applicants by casting title.
APPLICANTS: dict[str, list[Applicant]] = {
    each["title"]: [Applicant(*applicant) for applicant in each.get("applicants", [])]
    for each in _told["castings"]
}

# The steps of recruiters, and the step before each answer of an artist.
ANSWERS = {"confirmed": "audition", "accepted": "offered", "refused": "offered"}
PIPELINE = ["viewed", "shortlisted", "audition", "offered", "booked"]

# Each has the requester, the addressee and whether it is accepted.
CONNECTIONS: list[tuple[str, str, bool]] = _told["connections"]

# Each has the user and the saved casting's title.
SAVED: list[tuple[str, str]] = _told["saved"]

# As many requests keep two cores busy. More start more functions, at half a CPU second each.
WORKERS = 4


def email_of(username: str) -> str:
    return f"{username}@artisthub.example"


def accounts() -> list[dict[str, str]]:
    roles = {profile["username"]: profile["role"] for profile in PROFILES} | {ADMIN: "admin"}
    return [
        {"email": email_of(name), "password": PASSWORD, "role": role}
        for name, role in roles.items()
    ]


def load(api_url: str, user_pool_id: str, operator: Operator) -> str | None:
    """Add the missing demo data and leave everything else unchanged.

    An administrator, whom the operator appoints, verifies the recruiters. Return the id of the
    oldest open casting, for a first request to try.
    """
    names = [profile["username"] for profile in PROFILES]
    with contextlib.ExitStack() as clients, ThreadPoolExecutor(WORKERS) as workers:
        signed_in: dict[str, Client] = {}
        signing_in = {name: Lock() for name in (*names, ADMIN)}

        def client_of(username: str) -> Client:
            with signing_in[username]:
                if username not in signed_in:
                    client = clients.enter_context(Client(api_url, user_pool_id))
                    client.sign_in(email_of(username), PASSWORD, confirm=False)
                    signed_in[username] = client
                return signed_in[username]

        # The administrator is the first account, so nobody else exists if it is new.
        is_first = operator.add_account(email_of(ADMIN), PASSWORD)
        operator.make_admin(email_of(ADMIN))
        viewer = None
        if not is_first:
            # One account checks whether anything is missing, because each sign-in takes time.
            operator.add_account(email_of(names[0]), PASSWORD)
            viewer = client_of(names[0])

        def load_profile(profile: Profile) -> str:
            username = profile["username"]
            if viewer:
                found = viewer.request("GET", f"/v1/usernames/{username}")
                if found.is_success and found.json().get("picture", "hidden") is not None:
                    user_id: str = found.json()["userId"]
                    return user_id
            operator.add_account(email_of(username), PASSWORD)
            return _load_profile(client_of(username), profile)

        user_ids = dict(zip(names, workers.map(load_profile, PROFILES), strict=True))
        recruiters = list(dict.fromkeys(owner for owner, *_ in CASTINGS))
        # The recruiters with the most castings come first.
        load_castings = partial(_load_castings, client_of, user_ids, is_first=is_first)
        of_each = workers.map(load_castings, recruiters)
        connect = partial(_load_connection, client_of, user_ids)
        connected = workers.map(lambda each: connect(*each), CONNECTIONS)
        castings = [casting for theirs in of_each for casting in theirs]
        list(connected)
        for username, title in SAVED:  # in this order
            _save_casting(client_of(username), castings, title)
    return min((one["castingId"] for one in castings if one["status"] == "open"), default=None)


def _load_profile(client: Client, profile: Profile) -> str:
    """Create the profile and its picture. Return the account's user id."""
    me = _own_profile(client, profile).json()
    if me["picture"] is None:
        _set_picture(client, face_of(profile["username"], profile.get("gender", "")))
    user_id: str = me["userId"]
    return user_id


def _own_profile(client: Client, profile: Profile) -> httpx.Response:
    made = client.request("POST", "/v1/users", profile)
    return made if made.is_success else client.call("GET", "/v1/users/me")


def _set_picture(client: Client, face: bytes) -> None:
    wanted = {"kind": "image", "contentType": "image/png", "fileBytes": len(face)}
    upload = client.call("POST", "/v1/media/uploads", wanted).json()
    client.send_form(upload["url"], upload["fields"], face)
    client.call("PUT", "/v1/users/me/picture", {"mediaUrl": upload["mediaUrl"]})


def _castings_of(client: Client, recruiter_id: str) -> list[Casting]:
    page = client.call("GET", f"/v1/recruiters/{recruiter_id}/castings?limit=100").json()
    items: list[Casting] = page["items"]
    return items


def _load_castings(
    client_of: ClientOf, user_ids: dict[str, str], recruiter: str, *, is_first: bool
) -> list[Casting]:
    """Create the recruiter's castings that are missing. Return all."""
    recruiter_id = user_ids[recruiter]
    wanted = [casting for casting in CASTINGS if casting[0] == recruiter]
    found = [] if is_first else _castings_of(client_of(recruiter), recruiter_id)
    present = {casting["title"] for casting in found}
    # As many castings under other titles mean that somebody has edited them.
    if len(present) >= len(wanted):
        return found
    # In some stages, only verified recruiters can publish.
    client_of(ADMIN).call("PUT", f"/v1/admin/users/{recruiter_id}/verification")
    for _, status, days, casting in wanted:
        if casting["title"] not in present:
            dated = casting | {"deadlineAt": _in_days(days)}
            found.append(_load_casting(client_of, client_of(recruiter), dated, status))
    return found


def _load_casting(client_of: ClientOf, recruiter: Client, casting: Casting, status: str) -> Casting:
    loaded: Casting = recruiter.call("POST", "/v1/castings", casting).json()
    path = f"/v1/castings/{loaded['castingId']}"
    for step in STATUS_PATHS[status]:
        loaded = recruiter.call("PUT", f"{path}/status", {"status": step}).json()
        if step == "open":
            _load_applications(client_of, recruiter, path, loaded)
    for document in DOCUMENTS.get(casting["title"], []):
        recruiter.call("POST", f"{path}/documents", document)
    return loaded


def _load_applications(client_of: ClientOf, recruiter: Client, path: str, casting: Casting) -> None:
    applicants = APPLICANTS[casting["title"]]
    ids = [_apply(client_of(each.artist), path, casting, each) for each in applicants]
    # The recruiter moves everyone at once, step by step.
    for step in ("viewed", "declined", *PIPELINE[1:]):
        moved = [
            application_id
            for application_id, each in zip(ids, applicants, strict=True)
            if step in _steps_to(each.status)
        ]
        if moved:
            change = _step(step, casting["city"]) | {"applicationIds": moved}
            answer = recruiter.call("PUT", f"{path}/applications/status", change).json()
            assert not any(result["problem"] for result in answer["items"]), answer
    for application_id, each in zip(ids, applicants, strict=True):
        application = f"{path}/applications/{application_id}"
        if each.status == "withdrawn":
            client_of(each.artist).call("DELETE", application)
        if each.status in ANSWERS:
            client_of(each.artist).call("PUT", f"{application}/answer", {"answer": each.status})


def _apply(artist: Client, path: str, casting: Casting, applicant: Applicant) -> str:
    role_id = casting["roles"][applicant.role]["roleId"]
    sent = {"roleId": role_id, "shareContact": True, "note": applicant.note}
    application_id: str = artist.call("POST", f"{path}/applications", sent).json()["applicationId"]
    return application_id


def _steps_to(status: str) -> list[str]:
    if status in ("submitted", "withdrawn"):
        return []
    if status == "declined":
        return ["viewed", "declined"]
    return PIPELINE[: PIPELINE.index(ANSWERS.get(status, status)) + 1]


def _step(status: str, place: str | None) -> dict[str, Any]:
    if status != "audition":
        return {"status": status}
    where = {"place": place} if place else {"link": "https://meet.example/audition"}
    return {"status": status, "audition": {"startsAt": _in_days(7), **where}}


def _save_casting(client: Client, castings: list[Casting], title: str) -> None:
    for casting in castings:
        if casting["title"] == title:
            client.call("PUT", f"/v1/users/me/saved-castings/{casting['castingId']}")


def _load_connection(
    client_of: ClientOf, user_ids: dict[str, str], asker: str, other: str, is_accepted: bool
) -> None:
    try:
        client_of(asker).call("POST", "/v1/connections", {"userId": user_ids[other]})
    except ApiError as error:
        if error.code != "ConnectionNotPossible":
            raise
        return
    if is_accepted:
        path = f"/v1/connections/{user_ids[asker]}"
        client_of(other).call("PUT", path, {"answer": "accepted"})


def _in_days(days: int) -> str:
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return (today + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
