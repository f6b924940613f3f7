"""The callers of authorization.md, and a call for each row that succeeds for the owner."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import httpx
import pyotp
from pycognito.aws_srp import generate_hash_device

from embedded.client import Client
from tests import hosted_ui
from tests.api import templates
from tests.api.contract import CONTRACT
from tests.deployed.people import (
    PASSWORD,
    Person,
    Service,
    a_name,
    a_new_casting,
    a_new_user,
    with_raised_quotas,
)
from tests.images import an_image

FRESH_PASSWORD = "Quite-Another-2027"


class Cast:
    """The callers. Each is created when first used; `new_…` creates another one each time."""

    def __init__(self, service: Service, new_admin: Callable[[], Person]) -> None:
        self.service = service
        self.new_admin = new_admin
        self._refused: dict[str, Call] = {}

    @cached_property
    def artist(self) -> Person:
        return with_raised_quotas(self.new_artist(), by=self.admin)

    @cached_property
    def applicant(self) -> Person:
        return with_raised_quotas(self.new_artist(), by=self.admin)

    @cached_property
    def recruiter(self) -> Person:
        return with_raised_quotas(self.new_recruiter(), by=self.admin)

    @cached_property
    def other_recruiter(self) -> Person:
        return with_raised_quotas(self.new_recruiter(), by=self.admin)

    @cached_property
    def newcomer(self) -> Person:
        return self.new_newcomer()

    @cached_property
    def application(self) -> dict[str, str]:
        """The path of an application that no call changes: an artist has a quota of them."""
        return _applied(self, self.applicant)

    @cached_property
    def admin(self) -> Person:
        return self.new_admin()

    @cached_property
    def deputy(self) -> Person:
        """An administrator with a profile, who can therefore be suspended."""
        person = self.new_admin()
        person.me = person.succeed("POST", "/users", a_new_user()).json()
        return with_raised_quotas(person, by=self.admin)

    def perform(self, row: str, caller: str, routes: dict[str, tuple[str, str]]) -> httpx.Response:
        """Call the operation of a row. `routes` has the method and path of each operation."""
        case = CASES[row]
        if case.is_mailed:
            assert self.service.mailbox
        method, path = routes[row.partition(" ")[0]]
        person, owner = self._people(caller, case)
        # A refused call changes nothing, so the next caller tries the same.
        call = self._refused.pop(row, None) or case.make(self, owner)
        url = path.format_map(call.path) + call.query
        with self._state(caller, owner, is_spent=case.is_spent):
            answer = person.call(method, url, call.body, **call.headers)
        if answer.is_error and case.owner and not case.is_spent:
            self._refused[row] = call
        return answer

    def _people(self, caller: str, case: Case) -> tuple[Person, Person]:
        """The caller and the owner. Without an owner in the case, the caller is the owner."""

        def one(name: str) -> Person:
            made: Person = getattr(self, f"new_{name}")() if case.is_spent else getattr(self, name)
            return made

        if caller in ("owner", "suspended", "deleted"):
            owner = one(case.owner or "artist")
            return owner, owner
        if caller == "anonymous":
            return Person(self.service), one(case.owner or "artist")
        person = one(caller.replace(" ", "_"))
        return person, getattr(self, case.owner) if case.owner else person

    @contextmanager
    def _state(self, caller: str, owner: Person, *, is_spent: bool) -> Iterator[None]:
        if caller == "suspended":
            with suspended(owner, by=self.admin):
                yield
        elif caller == "deleted" and is_spent:  # the call may end the owner's session
            owner.succeed("DELETE", "/users/me")
            yield
        elif caller == "deleted":
            with deleted(owner):
                yield
        else:
            yield

    def new_artist(self) -> Person:
        return self.service.person("artist")

    def new_recruiter(self) -> Person:
        return self.service.person("recruiter")

    def new_newcomer(self) -> Person:
        return self.service.account()


@contextmanager
def suspended(person: Person, by: Person) -> Iterator[None]:
    path = f"/admin/users/{person.me['userId']}/suspension"
    by.succeed("PUT", path, {"reason": "Fake castings"})
    yield
    by.succeed("DELETE", path)


@contextmanager
def deleted(person: Person) -> Iterator[None]:
    person.succeed("DELETE", "/users/me")
    yield
    person.succeed("POST", "/users/me/restore")


@dataclass
class Call:
    """The parts of a call besides its operation and caller."""

    path: dict[str, str] = field(default_factory=dict)
    body: Any = None
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)


Make = Callable[[Cast, Person], Call]


class Case(NamedTuple):
    """How to call the operation of a row.

    `make` prepares the call, as the owner. `owner` is empty if each caller has their own resource.
    `is_spent` means that the call changes the account, so each call needs a new one. `is_mailed`
    means that the call needs a code or a link from an e-mail. `mails` means that Cognito sends
    e-mail to the address in the body.
    """

    make: Make
    owner: str
    is_spent: bool
    is_mailed: bool
    mails: bool


CASES: dict[str, Case] = {}

TABLE = Path(__file__).with_name("authorization.md")
NOT_APPLICABLE = "-"


def _table() -> list[list[str]]:
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


HEAD, *ROWS = _table()
# Row, caller and expected response. `make check` reports rows with too few cells.
CELLS = [
    (row[0], caller, expected)
    for row in ROWS
    for caller, expected in zip(HEAD[1:], row[1:], strict=False)
    if expected != NOT_APPLICABLE
]


def case(
    *rows: str,
    owner: str = "",
    is_spent: bool = False,
    is_mailed: bool = False,
    mails: bool = False,
) -> Callable[[Make], Make]:
    """Register how to call these rows."""

    def add(make: Make) -> Make:
        CASES.update(dict.fromkeys(rows, Case(make, owner, is_spent, is_mailed, mails)))
        return make

    return add


# Accounts


def _signed_up(cast: Cast) -> str:
    email = cast.service.address()
    cast.newcomer.succeed("POST", "/auth/signup", {"email": email, "password": PASSWORD})
    return email


def _client(cast: Cast) -> Client:
    return Client(cast.service.outputs["apiUrl"], cast.service.outputs["userPoolId"])


@case("signUp", mails=True)
def _(cast: Cast, person: Person) -> Call:
    return Call(body={"email": cast.service.address(), "password": PASSWORD})


@case("confirmSignUp", is_mailed=True)
def _(cast: Cast, person: Person) -> Call:
    code = cast.service.mailbox.sign_up_code
    return Call(body={"email": _signed_up(cast), "code": code})


@case("resendCode", mails=True)
def _(cast: Cast, person: Person) -> Call:
    return Call(body={"email": _signed_up(cast)})


@case("startLogin")
def _(cast: Cast, person: Person) -> Call:
    return Call(body={"email": person.email, "srpA": "a1" * 32})


@case("answerChallenge")
def _(cast: Cast, person: Person) -> Call:
    with _client(cast) as client:
        return Call(body=client.proof_of(person.email, PASSWORD))


@case("refreshSession")
def _(cast: Cast, person: Person) -> Call:
    return Call(body=person.sign_in(confirm=True).session)


@case("forgotPassword", mails=True)
def _(cast: Cast, person: Person) -> Call:
    return Call(body={"email": person.email})


@case("resetPassword", is_spent=True, is_mailed=True)
def _(cast: Cast, person: Person) -> Call:
    person.succeed("POST", "/auth/forgot-password", {"email": person.email})
    code = cast.service.mailbox.reset_code
    return Call(body={"email": person.email, "code": code, "password": FRESH_PASSWORD})


@case("exchangeCode")
def _(cast: Cast, person: Person) -> Call:
    outputs = cast.service.outputs
    client_id = outputs["userPoolClientId"]
    url = templates.stage(outputs["stage"])["callbackUrls"][0]
    grant = hosted_ui.sign_in(outputs["hostedUiUrl"], client_id, url, person.email, PASSWORD)
    return Call(body=grant)


@case("logout", is_spent=True)
def _(cast: Cast, person: Person) -> Call:
    return Call(body={"refreshToken": person.sign_in().refresh_token})


@case("changePassword", is_spent=True)
def _(cast: Cast, person: Person) -> Call:
    return Call(body={"previousPassword": PASSWORD, "password": FRESH_PASSWORD})


@case("changeEmail", is_spent=True, mails=True)
def _(cast: Cast, person: Person) -> Call:
    return Call(body={"email": cast.service.address()})


@case("confirmEmail", is_spent=True, is_mailed=True)
def _(cast: Cast, person: Person) -> Call:
    person.succeed("POST", "/auth/email", {"email": cast.service.address()})
    return Call(body={"code": cast.service.mailbox.address_code})


@case("setUpTotp", is_spent=True)
def _(cast: Cast, person: Person) -> Call:
    return Call()


@case("confirmTotp", is_spent=True)
def _(cast: Cast, person: Person) -> Call:
    secret = person.succeed("POST", "/auth/mfa/totp").json()["secret"]
    return Call(body={"code": pyotp.TOTP(secret).now()})


@case("disableTotp", is_spent=True)
def _(cast: Cast, person: Person) -> Call:
    secret = person.succeed("POST", "/auth/mfa/totp").json()["secret"]
    person.succeed("PUT", "/auth/mfa/totp", {"code": pyotp.TOTP(secret).now()})
    return Call()


@case("confirmDevice")
def _(cast: Cast, person: Person) -> Call:
    key = confirmed_device(person)
    _, proof = generate_hash_device("-group", key)
    body = {"name": "Phone", "passwordVerifier": proof["PasswordVerifier"], "salt": proof["Salt"]}
    return Call({"deviceKey": key}, body | {"remember": True})


@case("forgetDevice")
def _(cast: Cast, person: Person) -> Call:
    return Call({"deviceKey": confirmed_device(person)})


def confirmed_device(person: Person) -> str:
    device = person.sign_in(confirm=True).device
    assert device
    return device.key


# Users


@case("createUser", is_spent=True)
def _(cast: Cast, person: Person) -> Call:
    return Call(body=a_new_user())


@case("deleteUser", "restoreUser", is_spent=True)
def _(cast: Cast, person: Person) -> Call:
    return Call()


@case("changeUsername")
def _(cast: Cast, person: Person) -> Call:
    return Call(body={"username": a_name()})


WORK = {"kind": "link", "title": "Show reel", "url": "https://reel.example/1"}
PART = {"title": "Hamlet", "startedOn": "2019-03-01"}


@case("updatePortfolioItem")
def _(cast: Cast, person: Person) -> Call:
    path = {"itemId": _own(person, "/users/me/portfolio", WORK)}
    return Call(path, {"title": "Showreel of 2026"}, headers={"if_match": "*"})


@case("orderPortfolio")
def _(cast: Cast, person: Person) -> Call:
    if not person.me:
        return Call(body={"itemIds": []})
    _own(person, "/users/me/portfolio", WORK)
    portfolio = person.succeed("GET", "/users/me").json()["portfolio"]
    return Call(body={"itemIds": [item["itemId"] for item in reversed(portfolio)]})


@case("updateWorkExperience")
def _(cast: Cast, person: Person) -> Call:
    path = {"itemId": _own(person, "/users/me/work-experience", PART)}
    return Call(path, {"roleName": "Anna"}, headers={"if_match": "*"})


@case("removePortfolioItem")
def _(cast: Cast, person: Person) -> Call:
    return Call({"itemId": _own(person, "/users/me/portfolio", WORK)})


@case("removeWorkExperience")
def _(cast: Cast, person: Person) -> Call:
    return Call({"itemId": _own(person, "/users/me/work-experience", PART)})


def _own(person: Person, path: str, body: dict[str, str]) -> str:
    return _id(person.succeed("POST", path, body)) if person.me else "none"


def _id(answer: Any) -> str:
    return str(answer.headers["location"]).rpartition("/")[2]


@case("getUserByUsername", owner="applicant")
def _(cast: Cast, owner: Person) -> Call:
    return Call({"username": owner.succeed("GET", "/users/me").json()["username"]})


@case("searchUsers")
def _(cast: Cast, person: Person) -> Call:
    return Call(query="?role=artist&name=priya")


@case("suggest")
def _(cast: Cast, person: Person) -> Call:
    return Call(query="?text=pri")


# Castings


@case("createCasting", owner="recruiter")
def _(cast: Cast, owner: Person) -> Call:
    return Call(body=a_new_casting())


@case("getCasting of a draft", owner="recruiter")
def _(cast: Cast, owner: Person) -> Call:
    return _at(owner.casting())


@case("getCasting of a removed one", owner="recruiter")
def _(cast: Cast, owner: Person) -> Call:
    call = _at(owner.casting("open"))
    _take_down(cast, call)
    return call


@case("updateCasting of a draft", owner="recruiter")
def _(cast: Cast, owner: Person) -> Call:
    return _at(owner.casting(), {"title": "Changed"}, if_match="*")


@case("setCastingStatus", owner="recruiter")
def _(cast: Cast, owner: Person) -> Call:
    return _at(owner.casting("open"), {"status": "closed"})


@case("deleteCasting", owner="recruiter")
def _(cast: Cast, owner: Person) -> Call:
    return _at(owner.casting("open", "closed"))


DOCUMENT = {"kind": "script", "title": "Scene 1", "url": "https://scripts.example/1"}


@case("removeDocument", owner="recruiter")
def _(cast: Cast, owner: Person) -> Call:
    casting_id = owner.casting("open")["castingId"]
    document = owner.succeed("POST", f"/castings/{casting_id}/documents", DOCUMENT)
    return Call({"castingId": casting_id, "documentId": _id(document)})


@case("searchCastings", owner="recruiter")
def _(cast: Cast, owner: Person) -> Call:
    return Call(query="?category=dance&text=festival")


@case("saveCasting")
def _(cast: Cast, person: Person) -> Call:
    return _at(cast.recruiter.casting("open"))


@case("unsaveCasting")
def _(cast: Cast, person: Person) -> Call:
    call = _at(cast.recruiter.casting("open"))
    if person.me:
        person.succeed("PUT", f"/users/me/saved-castings/{call.path['castingId']}")
    return call


def _at(casting: dict[str, Any], body: Any = None, **headers: str) -> Call:
    return Call({"castingId": casting["castingId"]}, body, headers=headers)


# Applications


def _application(cast: Cast, artist: Person) -> tuple[dict[str, str], dict[str, Any]]:
    """The path and body of an application to a new casting."""
    casting = cast.recruiter.casting("open")
    body = {"roleId": casting["roles"][0]["roleId"], "shareContact": False}
    return {"castingId": casting["castingId"]}, body


def _applied(cast: Cast, artist: Person) -> dict[str, str]:
    path, body = _application(cast, artist)
    made = artist.succeed("POST", f"/castings/{path['castingId']}/applications", body)
    return path | {"applicationId": _id(made)}


@case("applyToCasting", owner="applicant")
def _(cast: Cast, owner: Person) -> Call:
    path, body = _application(cast, owner)
    return Call(path, body)


@case("getApplication", owner="applicant")
def _(cast: Cast, owner: Person) -> Call:
    return Call(cast.application)


@case("setContactSharing", owner="applicant")
def _(cast: Cast, owner: Person) -> Call:
    return Call(cast.application, {"shareContact": False})


@case("answerApplication", owner="applicant")
def _(cast: Cast, owner: Person) -> Call:
    path = _applied(cast, owner)
    status = "/castings/{castingId}/applications/{applicationId}/status".format_map(path)
    for step in ("viewed", "shortlisted", "audition"):
        cast.recruiter.succeed("PUT", status, {"status": step})
    return Call(path, {"answer": "confirmed"})


@case("withdrawApplication", owner="applicant")
def _(cast: Cast, owner: Person) -> Call:
    return Call(_applied(cast, owner))


@case(
    "getApplication as its recruiter",
    "listCastingApplications",
    "listApplicants",
    "exportApplicants",
    owner="recruiter",
)
def _(cast: Cast, owner: Person) -> Call:
    return Call(cast.application)


@case("setApplicationStatuses", owner="recruiter")
def _(cast: Cast, owner: Person) -> Call:
    path = _applied(cast, cast.applicant)
    body = {"status": "viewed", "applicationIds": [path["applicationId"]]}
    return Call(path, body)


@case("assessApplication", owner="recruiter")
def _(cast: Cast, owner: Person) -> Call:
    return Call(cast.application, {"rating": 4}, headers={"if_match": "*"})


@case("setApplicationStatus", owner="recruiter")
def _(cast: Cast, owner: Person) -> Call:
    return Call(_applied(cast, cast.applicant), {"status": "viewed"})


# Connections


@case("requestConnection")
def _(cast: Cast, person: Person) -> Call:
    return Call(body={"userId": cast.new_artist().me["userId"]})


@case("answerConnection")
def _(cast: Cast, person: Person) -> Call:
    other = cast.new_artist()
    if person.me:
        other.succeed("POST", "/connections", {"userId": person.me["userId"]})
    return Call({"userId": other.me["userId"]}, {"answer": "accepted"})


@case("removeConnection")
def _(cast: Cast, person: Person) -> Call:
    user_id = cast.new_artist().me["userId"]
    if person.me:
        person.succeed("POST", "/connections", {"userId": user_id})
    return Call({"userId": user_id})


# Reports


@case("createReport")
def _(cast: Cast, person: Person) -> Call:
    return Call(body={"kind": "user", "userId": cast.applicant.me["userId"], "reason": "spam"})


@case("blockUser")
def _(cast: Cast, person: Person) -> Call:
    return Call({"userId": cast.new_artist().me["userId"]})


@case("unblockUser")
def _(cast: Cast, person: Person) -> Call:
    user_id = cast.new_artist().me["userId"]
    if person.me:
        person.succeed("PUT", f"/users/{user_id}/block")
    return Call({"userId": user_id})


# Notifications


@case("markNotificationsRead")
def _(cast: Cast, person: Person) -> Call:
    if not person.me:
        return Call(body={"upTo": str(uuid.uuid4())})
    cast.new_artist().succeed("POST", "/connections", {"userId": person.me["userId"]})
    return Call(body={"upTo": person.notified("requested")["notificationId"]})


@case("unsubscribe", owner="applicant", is_mailed=True)
def _(cast: Cast, owner: Person) -> Call:
    path = _applied(cast, owner)
    status = "/castings/{castingId}/applications/{applicationId}/status".format_map(path)
    cast.recruiter.succeed("PUT", status, {"status": "declined"})
    ending = cast.service.mailbox.ending(owner.mailed()[0])
    return Call(query=f"?{ending.partition('?')[2]}")


# Media


UPLOAD = {"kind": "image", "contentType": "image/png"}


@case("getRecruiter", owner="recruiter")
def _(cast: Cast, owner: Person) -> Call:
    owner.casting("open")
    return Call({"recruiterId": owner.me["userId"]})


@case("getMedia", "deleteUpload", owner="applicant")
def _(cast: Cast, owner: Person) -> Call:
    upload = owner.succeed("POST", "/media/uploads", UPLOAD).json()
    return Call({"userId": owner.me["userId"], "mediaId": upload["mediaId"]})


@case("setPicture", owner="applicant")
def _(cast: Cast, owner: Person) -> Call:
    return Call(body={"mediaUrl": owner.uploaded(an_image())})


@case("getPicture", owner="applicant")
def _(cast: Cast, owner: Person) -> Call:
    owner.succeed("PUT", "/users/me/picture", {"mediaUrl": owner.uploaded(an_image())})
    picture = owner.succeed("GET", "/users/me").json()["picture"]
    media_id = picture["large"].rpartition("/")[2]
    return Call({"userId": owner.me["userId"], "mediaId": media_id, "size": "small"})


# Administration


@case("suspendUser", owner="deputy")
def _(cast: Cast, owner: Person) -> Call:
    return Call({"userId": cast.new_artist().me["userId"]}, {"reason": "Fake castings"})


@case("liftSuspension", owner="deputy")
def _(cast: Cast, owner: Person) -> Call:
    user_id = cast.new_artist().me["userId"]
    cast.admin.succeed("PUT", f"/admin/users/{user_id}/suspension", {"reason": "Fake castings"})
    return Call({"userId": user_id})


@case("verifyRecruiter", "withdrawVerification", owner="deputy")
def _(cast: Cast, owner: Person) -> Call:
    return Call({"userId": cast.other_recruiter.me["userId"]})


@case("takeDownCasting", owner="deputy")
def _(cast: Cast, owner: Person) -> Call:
    return _at(cast.recruiter.casting("open"), {"reason": "Not a casting"})


@case("reinstateCasting", owner="deputy")
def _(cast: Cast, owner: Person) -> Call:
    call = _at(cast.recruiter.casting("open"))
    _take_down(cast, call)
    return call


def _take_down(cast: Cast, call: Call) -> None:
    path = f"/admin/castings/{call.path['castingId']}/takedown"
    cast.admin.succeed("PUT", path, {"reason": "Not a casting"})


@case("setQuota", owner="deputy")
def _(cast: Cast, owner: Person) -> Call:
    path = {"userId": cast.recruiter.me["userId"], "quota": "openCastings"}
    return Call(path, {"most": 500, "reason": "Casts a crowd"})


@case("confirmUser", owner="deputy")
def _(cast: Cast, owner: Person) -> Call:
    return Call(body={"email": _signed_up(cast)})


@case("listAuditEntries", owner="deputy")
def _(cast: Cast, owner: Person) -> Call:
    return Call(query=f"?subject=user:{cast.applicant.me['userId']}")


@case("listCases", owner="deputy")
def _(cast: Cast, owner: Person) -> Call:
    return Call(query="?reason=fee&sort=reporters")


@case("getCase", owner="deputy")
def _(cast: Cast, owner: Person) -> Call:
    return _case_of(cast)


@case("decideCase", owner="deputy")
def _(cast: Cast, owner: Person) -> Call:
    return Call(_case_of(cast).path, {"outcome": "dismissed", "reason": "Not a fee"})


def _case_of(cast: Cast) -> Call:
    casting_id = cast.recruiter.casting("open")["castingId"]
    report = {"kind": "casting", "castingId": casting_id, "reason": "fee"}
    cast.applicant.succeed("POST", "/reports", report)
    return Call({"caseId": f"casting:{casting_id}"})


# All other rows


def _derived(row: str) -> Case | None:
    """A call with the contract's example, if the path needs only a casting or a user."""
    path, operation = OPERATIONS.get(row, ("", {}))
    parameters = re.findall(r"{(\w+)}", path)
    if not operation or parameters not in ([], *([name] for name in OWNERS)):
        return None

    def make(cast: Cast, owner: Person) -> Call:
        headers = {"if_match": "*"} if IF_MATCH in operation["parameters"] else {}
        call = Call(body=_example(operation), query=_query(operation), headers=headers)
        if parameters == ["castingId"]:
            call.path = _at(owner.casting("open")).path
        elif parameters:
            call.path = {parameters[0]: owner.me["userId"]}
        return call

    owner = OWNERS[parameters[0]] if parameters else ""
    return Case(make, owner, is_spent=False, is_mailed=False, mails=False)


def _example(operation: dict[str, Any]) -> Any:
    """The first example body of the contract."""
    if "requestBody" not in operation:
        return None
    name = next(iter(operation["requestBody"]["content"]["application/json"]["examples"]))
    return CONTRACT["components"]["examples"][name]["value"]


def _query(operation: dict[str, Any]) -> str:
    required = {
        each["name"]: each["example"]
        for each in operation["parameters"]
        if each.get("in") == "query" and each["required"]
    }
    return f"?{urlencode(required)}" if required else ""


# The owner of the resource that a path parameter names.
OWNERS = {"castingId": "recruiter", "recruiterId": "recruiter", "userId": "applicant"}
IF_MATCH = {"$ref": "#/components/parameters/IfMatch"}
OPERATIONS: dict[str, tuple[str, dict[str, Any]]] = {
    operation["operationId"]: (path, operation)
    for path, methods in CONTRACT["paths"].items()
    for operation in methods.values()
}
CASES |= {
    row: derived for row, *_ in ROWS if row not in CASES and (derived := _derived(row)) is not None
}
