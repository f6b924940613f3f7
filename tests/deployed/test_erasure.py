"""A text planted in every field of an account is gone after the account is erased.

TTL can take days on AWS, so the test deletes the item in its place.
"""

import uuid
from functools import partial
from typing import Any

import pytest

from tests.deployed import planted
from tests.deployed.kept import Kept
from tests.deployed.people import Person, Service, eventually
from tests.deployed.target import Target
from tests.images import an_image
from tests.logs import messages
from tests.uploads import PNG, send

pytestmark = [pytest.mark.slow, pytest.mark.deployed]

# Written by the person, or about the person by someone else.
PLANTED = {
    "Assessment",
    "StatusChanges",
    "CastingFields",
    "CastingFieldsPatch",
    "Grounds",
    "NewApplication",
    "NewCastingReport",
    "NewConnection",
    "NewDecision",
    "NewDocument",
    "NewPortfolioItem",
    "NewPortfolioItemPatch",
    "NewQuota",
    "NewUploadReport",
    "NewUser",
    "NewUserReport",
    "NewUsername",
    "NewWorkExperience",
    "NewWorkExperiencePatch",
    "ProfileFieldsPatch",
    "StatusChange",
}
# Cognito gets these and keeps them in the account, which is deleted.
OF_THE_ACCOUNT = {
    "AuthorizationCode",
    "Confirmation",
    "DeviceConfirmation",
    "DevicePasswordVerifier",
    "DeviceSrp",
    "EmailConfirmation",
    "Login",
    "Logout",
    "NewPassword",
    "PasswordChange",
    "PasswordVerifier",
    "Refresh",
    "SoftwareToken",
    "TotpConfirmation",
}
# docs/security.md says why these stay, and until when.
STAYS = {"AuditTable", "ReportsTable"}
IDS_STAY = STAYS | {"ClosedAccountsTable", "NotificationsTable"}


class Subject:
    """A person, the text in all their data, and what is done with and about them."""

    def __init__(self, service: Service, admin: Person, role: str) -> None:
        self.text = f"w{uuid.uuid4().hex[:16]}"
        self.admin = admin
        fields = planted.body("NewUser", self.text, role=role)
        self.person = service.account()
        self.person.me = self.person.succeed("POST", "/users", fields).json()
        self.user_id = self.person.me["userId"]
        self.email = self.person.email
        patch = self._body("ProfileFieldsPatch")
        self.person.succeed("PATCH", "/users/me", patch, if_match="*")
        name = {"username": f"{self.text}.b"}
        self.person.succeed("PUT", "/users/me/username", name)
        for path, model in (
            ("portfolio", "NewPortfolioItem"),
            ("work-experience", "NewWorkExperience"),
        ):
            made = self.person.succeed("POST", f"/users/me/{path}", self._body(model))
            item = f"/users/me/{path}/{made.json()['itemId']}"
            self.person.succeed("PATCH", item, self._body(f"{model}Patch"), if_match="*")
        photo = an_image(comment=self.text.encode())
        picture = {"mediaUrl": self.person.uploaded(photo)}
        self.person.succeed("PUT", "/users/me/picture", picture)

    def _body(self, model: str, **fixed: Any) -> dict[str, Any]:
        return planted.body(model, self.text, **fixed)

    def upload(self) -> str:
        body = {"kind": "image", "contentType": "image/png"}
        made = self.person.succeed("POST", "/media/uploads", body).json()
        assert send(made, PNG + self.text.encode()).status_code == 204
        return str(made["mediaUrl"])

    def publish(self) -> dict[str, Any]:
        made = self.person.succeed("POST", "/castings", self._body("CastingFields")).json()
        path = f"/castings/{made['castingId']}"
        patch = self._body("CastingFieldsPatch", roles=made["roles"])
        self.person.succeed("PATCH", path, patch, if_match="*")
        self.person.succeed("POST", f"{path}/documents", self._body("NewDocument"))
        self.person.service.verify(self.person)
        casting: dict[str, Any] = self.person.succeed(
            "PUT", f"{path}/status", {"status": "open"}
        ).json()
        return casting

    def apply(self, casting: dict[str, Any], to: Person) -> None:
        """Apply, and let the recruiter write about the applicant."""
        body = self._body("NewApplication", roleId=casting["roles"][0]["roleId"], shareContact=True)
        path = f"/castings/{casting['castingId']}/applications"
        made = self.person.succeed("POST", path, body).json()
        path = f"{path}/{made['applicationId']}/status"
        for status in ("viewed", "shortlisted"):
            to.succeed("PUT", path, {"status": status})
        one = self._body("StatusChange", status="audition")
        to.succeed("PUT", path, one)
        ids = [made["applicationId"]]
        together = self._body("StatusChanges", **one, applicationIds=ids)
        to.succeed("PUT", f"/castings/{casting['castingId']}/applications/status", together)
        assessment = self._body("Assessment", rating=3)
        to.succeed("PUT", path.replace("/status", "/assessment"), assessment, if_match="*")

    def meet(self, other: Person) -> None:
        self.person.succeed(
            "POST", "/connections", self._body("NewConnection", userId=other.me["userId"])
        )

    def report(self, other: Person, casting: dict[str, Any], media_url: str) -> None:
        for model, thing in (
            ("NewUserReport", {"userId": other.me["userId"]}),
            ("NewCastingReport", {"castingId": casting["castingId"]}),
            ("NewUploadReport", {"mediaUrl": media_url}),
        ):
            self.person.succeed("POST", "/reports", self._body(model, **thing))

    def judge(self, reporter: Person) -> None:
        """Let others write about the person: a report, a decision, a quota and a suspension."""
        report = self._body("NewUserReport", userId=self.user_id)
        reporter.succeed("POST", "/reports", report)
        decision = self._body("NewDecision", outcome="dismissed")
        self.admin.succeed("PUT", f"/admin/cases/user:{self.user_id}/decision", decision)
        path = f"/admin/users/{self.user_id}"
        quota = self._body("NewQuota", most=60)
        self.admin.succeed("PUT", f"{path}/quotas/applications", quota)
        self.admin.succeed("PUT", f"{path}/suspension", self._body("Grounds"))
        self.admin.succeed("DELETE", f"{path}/suspension")

    def erase(self, kept: Kept) -> None:
        self.person.succeed("DELETE", "/users/me")
        kept.target.table("UsersTable").delete_item(Key={"userId": self.user_id})

    def left(self, kept: Kept) -> set[str]:
        places = kept.places(self.text, self.user_id, self.email)
        words = (places[self.text] | places[self.email]) - STAYS
        return words | (places[self.user_id] - IDS_STAY) | self._reports_left(kept)

    def _reports_left(self, kept: Kept) -> set[str]:
        """Cases with a report by the person, or with an item that never expires."""
        own = [
            item
            for table, item in kept.items()
            if table == "ReportsTable" and (self.text in repr(item) or self.user_id in repr(item))
        ]
        ours = {item["caseId"]["S"] for item in own if item.get("reporterId") == self._as_key}
        endless = {item["caseId"]["S"] for item in own if "expiresAt" not in item}
        return ours | endless

    @property
    def _as_key(self) -> dict[str, str]:
        return {"S": self.user_id}


def test_every_body_with_a_text_is_planted_or_only_in_the_account() -> None:
    assert planted.models_with_texts().keys() == PLANTED | OF_THE_ACCOUNT


def test_erasure_leaves_no_text_of_an_account_anywhere(
    service: Service, recruiter: Person, artist: Person, admin: Person, target: Target
) -> None:
    kept = Kept(target)
    casting = recruiter.casting("open")
    actor, host = Subject(service, admin, "artist"), Subject(service, admin, "recruiter")
    published = host.publish()
    actor.apply(casting, to=recruiter)
    actor.person.succeed("PUT", f"/users/me/saved-castings/{published['castingId']}")
    Subject.apply(actor, published, to=host.person)
    uploads = {"actor": actor.upload(), "host": host.upload()}
    for subject, other, upload in ((actor, recruiter, "host"), (host, artist, "actor")):
        subject.meet(other)
        subject.report(other, casting, uploads[upload])
        subject.judge(other)
    assert kept.places(actor.text)[actor.text] >= {"UsersTable", "ApplicationsTable", "MediaBucket"}
    eventually(lambda: "SearchTable" in kept.places_of(host.text), True)

    for subject in (actor, host):
        subject.erase(kept)

    for subject in (actor, host):
        eventually(partial(subject.left, kept), set())
        eventually(partial(kept.accounts, f'email = "{subject.email}"'), [])
    lines = "\n".join(messages(target.client("logs"), since_ms=target.since_ms))
    assert not [each for each in (actor, host) if each.text in lines or each.email in lines]
