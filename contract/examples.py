"""The contract's examples of bodies, answers and parameters. Not deployed.

A new model needs an entry here. The operations' rules make the answers from the bodies, so that
they match.

The names differ from those of api.md, because tests may send these examples to a stage on which
somebody follows that guide.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from artisthub.accounts import models as accounts
from artisthub.admin import models as admin
from artisthub.admin import rules as admin_rules
from artisthub.applications import models as applications
from artisthub.applications import rules as application_rules
from artisthub.blocks import models as blocks
from artisthub.cases import rules as case_rules
from artisthub.castings import models as castings
from artisthub.castings import rules as casting_rules
from artisthub.connections import models as connections
from artisthub.connections import rules as connection_rules
from artisthub.exports.models import Export
from artisthub.matching import models as matching
from artisthub.matching import rules as matching_rules
from artisthub.media import models as media
from artisthub.meta.handlers import Health
from artisthub.notifications import models as notifications
from artisthub.notifications import rules as notification_rules
from artisthub.pictures import models as pictures
from artisthub.relations import models as relations
from artisthub.reports import models as reports
from artisthub.saved.models import SavedCasting
from artisthub.search import models as search
from artisthub.search import rules as search_rules
from artisthub.shared import cursor, errors, validation
from artisthub.shared.address import Address
from artisthub.shared.models import Page
from artisthub.users import access, stored
from artisthub.users import models as users
from artisthub.users import rules as user_rules
from artisthub.views.models import Views
from contract import Incomplete

Json = dict[str, Any]
Shape = TypeVar("Shape")

ARTIST_ID = "019ac3d0-8f4e-7a31-b5c2-6d1f0e9a8b71"
ADMIN_ID = "019ac3d0-44aa-7c31-8d02-1b7e9f5a6c43"
RECRUITER_ID = "019ac3d0-71c2-7d0e-9a44-2f3b5c6d7e80"
CASTING_ID = "019ac3d4-2768-7040-b907-06b6d5c17bed"
ITEM_ID = "019ac3d3-22ed-7d59-8499-2b952753d0b8"
DEVICE_KEY = "ap-south-1_1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d"
EMAIL, PASSWORD = "leela@example.com", "Monsoon-Stage-2026"
TODAY = date(2026, 11, 25)
CREATED_AT, UPDATED_AT = "2026-11-25T10:00:00.000Z", "2026-11-25T10:05:00.000Z"
CURSOR = cursor.encode([CREATED_AT, CASTING_ID])

# Required parameters only. The documentation page would send an example of an optional one: a
# cursor that fits no list, or a key that was used before.
PARAMETERS = {
    "caseId": f"casting:{CASTING_ID}",
    "applicationId": f"r1-1.{ARTIST_ID}",
    "castingId": CASTING_ID,
    "deviceKey": DEVICE_KEY,
    "documentId": ITEM_ID,
    "itemId": ITEM_ID,
    "mediaId": ITEM_ID,
    "quota": "applications",
    "recruiterId": RECRUITER_ID,
    "size": "small",
    "subject": f"casting:{CASTING_ID}",
    "text": "lee",
    "token": f"{ARTIST_ID}.progress.{'A' * 43}",
    "userId": ARTIST_ID,
    "username": "leela.das",
    "If-Match": '"1"',
}

_VERIFIER: Json = {
    "username": ARTIST_ID,
    "secretBlock": "c2VjcmV0IGJsb2Nr",
    "signature": "4u0oDe8Oa6mGyWcSpLXu2mBSc6TPLa6VjDNzYdA3V1c=",
    "timestamp": "Wed Nov 25 10:00:00 UTC 2026",
}
BODIES: dict[Any, Json] = {
    Address: {"email": EMAIL},
    accounts.NewAccount: {"email": EMAIL, "password": PASSWORD},
    accounts.Confirmation: {"email": EMAIL, "code": "123456"},
    accounts.NewPassword: {"email": EMAIL, "code": "654321", "password": PASSWORD},
    accounts.Login: {"email": EMAIL, "srpA": "6f1c0a93b7e4d258"},
    accounts.PasswordVerifier: {"challenge": "PASSWORD_VERIFIER", **_VERIFIER},
    accounts.SoftwareToken: {
        "challenge": "SOFTWARE_TOKEN_MFA",
        "username": ARTIST_ID,
        "session": "AYABeC1kYT0tZm9yLXNlc3Npb24…",
        "code": "492039",
    },
    accounts.DeviceSrp: {
        "challenge": "DEVICE_SRP_AUTH",
        "username": ARTIST_ID,
        "srpA": "6f1c0a93b7e4d258",
        "deviceKey": DEVICE_KEY,
    },
    accounts.DevicePasswordVerifier: {
        "challenge": "DEVICE_PASSWORD_VERIFIER",
        **_VERIFIER,
        "deviceKey": DEVICE_KEY,
    },
    accounts.AuthorizationCode: {
        "code": "5d3c1b7a-0f2e-4c6d-9b8a-7e6f5d4c3b2a",
        "codeVerifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        "redirectUri": "http://localhost:3000/auth/callback",
    },
    accounts.Refresh: {
        "refreshToken": "eyJjdHki…",
        "username": ARTIST_ID,
        "deviceKey": DEVICE_KEY,
    },
    accounts.Logout: {"refreshToken": "eyJjdHki…"},
    accounts.PasswordChange: {"previousPassword": PASSWORD, "password": "Harvest-Stage-2027"},
    accounts.EmailConfirmation: {"code": "482913"},
    accounts.TotpConfirmation: {"code": "492039", "deviceName": "Leela's phone"},
    accounts.DeviceConfirmation: {
        "name": "Leela's laptop",
        "passwordVerifier": "cGFzc3dvcmQgdmVyaWZpZXI=",
        "salt": "c2FsdA==",
        "remember": False,
    },
    users.NewUser: {
        "username": "leela.das",
        "role": "artist",
        "displayName": "Leela Das",
        "headline": "Actor and narrator",
        "city": "Kochi",
        "categories": ["acting", "voice"],
        "skills": ["kalaripayattu"],
        "languages": ["malayalam", "english"],
        "bornOn": "1996-03-14",
    },
    users.NewUsername: {"username": "leela.das"},
    users.PortfolioOrder: {"itemIds": [ITEM_ID]},
    pictures.NewPicture: {"mediaUrl": f"/v1/media/{ARTIST_ID}/{ITEM_ID}"},
    users.NewPortfolioItem: {
        "kind": "video",
        "title": "Showreel",
        "url": "https://video.example/leela",
    },
    users.NewWorkExperience: {
        "title": "Ensemble member",
        "company": "Backwater Theatre",
        "startedOn": "2021-06-01",
        "endedOn": "2024-05-31",
    },
    castings.CastingFields: {
        "title": "Lead for a short film",
        "description": "Ten days of shooting on the backwaters.",
        "category": "acting",
        "city": "Kochi",
        "tags": ["short film"],
        "deadlineAt": "2030-07-01T00:00:00Z",
        "roles": [
            {
                "title": "Anna, a boat builder",
                "requirements": {"genders": ["female"], "minAge": 25, "maxAge": 40},
                "pay": {
                    "kind": "paid",
                    "money": {"amount": 1_500_000, "currency": "INR"},
                    "unit": "day",
                },
            }
        ],
    },
    castings.NewStatus: {"status": "open"},
    castings.NewDocument: {
        "title": "The scene at the boatyard",
        "url": "https://casting.example/boatyard.pdf",
        "kind": "script",
    },
    applications.NewApplication: {
        "roleId": "r1-1",
        "shareContact": True,
        "note": "I grew up on the water.",
    },
    applications.NewSharing: {"shareContact": False},
    applications.StatusChanges: {"status": "declined", "applicationIds": [f"r1-1.{ARTIST_ID}"]},
    applications.Assessment: {
        "rating": 4,
        "tags": ["second reading"],
        "recruiterNotes": [{"text": "Ask about the monsoon."}],
    },
    applications.ApplicationAnswer: {"answer": "accepted"},
    applications.StatusChange: {
        "status": "audition",
        "audition": {"startsAt": "2030-07-10T09:30:00Z", "place": "Fort Kochi"},
        "recruiterNote": "Strong voice.",
    },
    connections.NewConnection: {"userId": ARTIST_ID, "message": "Let us stay in touch."},
    connections.NewAnswer: {"answer": "accepted"},
    notifications.ReadMark: {"upTo": ITEM_ID},
    notifications.NewPreferences: {
        "applications": {"inApp": True, "email": True},
        "progress": {"inApp": False, "email": False},
    },
    media.NewImageUpload: {"kind": "image", "contentType": "image/jpeg"},
    media.NewAudioUpload: {"kind": "audio", "contentType": "audio/mpeg"},
    media.NewVideoUpload: {"kind": "video", "contentType": "video/mp4"},
    media.NewDocumentUpload: {"kind": "document", "contentType": "application/pdf"},
    reports.NewUserReport: {
        "kind": "user",
        "userId": RECRUITER_ID,
        "reason": "harassment",
        "text": "Sends the same threat every night.",
    },
    reports.NewCastingReport: {
        "kind": "casting",
        "castingId": CASTING_ID,
        "reason": "fee",
        "text": "Asked me for a deposit before the audition.",
    },
    reports.NewUploadReport: {
        "kind": "upload",
        "mediaUrl": f"/v1/media/{RECRUITER_ID}/{ITEM_ID}",
        "reason": "copyright",
    },
    admin.NewDecision: {
        "outcome": "removed",
        "reason": "The casting asked applicants for a fee.",
    },
    admin.Grounds: {"reason": "The casting asked applicants for a fee."},
    admin.NewQuota: {"most": 120, "reason": "Casts a crowd for a film."},
}

# Merge patches by the model that they change.
PATCHES: dict[Any, Json] = {
    users.ProfileFields: {"headline": "Actor and narrator", "bio": None},
    castings.CastingFields: {"tags": ["short film"], "startsOn": None},
    users.NewPortfolioItem: {"title": "Showreel of 2026", "credits": None},
    users.NewWorkExperience: {"roleName": "Anna", "endedOn": None},
}


def _sent(shape: type[Shape]) -> Shape:
    return validation.convert(BODIES[shape], shape)


def _stored(source: Any, shape: type[Shape], **more: Any) -> Shape:
    """The model with the source's fields and more."""
    return msgspec.convert(msgspec.to_builtins(source) | more, shape)


_TOKENS = accounts.Tokens(
    access_token="eyJraWQi…", expires_in=3600, token_type="Bearer", id_token="eyJraWQi…"
)
_ALL_TOKENS = msgspec.structs.replace(_TOKENS, refresh_token="eyJjdHki…")

_ITEM = _stored(
    BODIES[users.NewPortfolioItem], stored.PortfolioItem, itemId=ITEM_ID, createdAt=UPDATED_AT
)
_WORK = _stored(
    BODIES[users.NewWorkExperience], stored.WorkExperience, itemId=ITEM_ID, createdAt=UPDATED_AT
)
_USER = user_rules.with_picture(
    _stored(
        BODIES[users.NewUser],
        stored.User,
        userId=ARTIST_ID,
        email=EMAIL,
        createdAt=CREATED_AT,
        updatedAt=CREATED_AT,
        version=1,
    ),
    ITEM_ID,
    UPDATED_AT,
)
_USER = user_rules.with_portfolio_item(_USER, _ITEM)
_DOCUMENT = _stored(
    BODIES[castings.NewDocument], castings.Document, documentId=ITEM_ID, createdAt=UPDATED_AT
)
_DRAFT = casting_rules.new(_sent(castings.CastingFields), CASTING_ID, RECRUITER_ID, CREATED_AT)
_CASTING = casting_rules.with_document(casting_rules.moved(_DRAFT, "open", UPDATED_AT), _DOCUMENT)
_RECRUITER = castings.Recruiter(
    user_id=RECRUITER_ID,
    username="meera.films",
    display_name="Meera Nair",
    company_name="Backwater Films",
    verified_at=UPDATED_AT,
    created_at=CREATED_AT,
    open_castings=3,
)
_LISTED = _stored(_CASTING, castings.CastingSummary, recruiter=msgspec.to_builtins(_RECRUITER))
_APPLICATION = application_rules.new(
    _sent(applications.NewApplication), _CASTING, ARTIST_ID, UPDATED_AT
)
_CALLED = application_rules.moved(
    msgspec.structs.replace(_APPLICATION, status="shortlisted", version=3),
    application_rules.decided(_APPLICATION, _sent(applications.StatusChange)),
    "recruiter",
    UPDATED_AT,
)
_NAMED = msgspec.to_builtins(access.named(_stored(_USER, stored.NamedCard), TODAY))
_APPLICANT = _stored(_USER, applications.Profile)
_ASKED = connection_rules.requested(
    None, RECRUITER_ID, _sent(connections.NewConnection), CREATED_AT
)
_CONNECTED = connection_rules.answered(connection_rules.mirror(_ASKED), "accepted", UPDATED_AT)

_CARD = search_rules.profile_card(_USER)
_MATCH = matching_rules.best_match(_CARD, _CASTING, _CASTING.roles, TODAY)
_SUBMITTED = _stored(
    _APPLICATION, notifications.ApplicationSubmitted, eventId=ITEM_ID, occurredAt=UPDATED_AT
)
_PREFERENCES = notification_rules.changed(
    _stored(notifications.NewPreferences(), notifications.Preferences),
    BODIES[notifications.NewPreferences],
    UPDATED_AT,
)


_OPEN_CASE = case_rules.begun(case_rules.of_casting(CASTING_ID, RECRUITER_ID), None, CREATED_AT)
_CASE = admin_rules.summary_of(case_rules.reported(_OPEN_CASE, "fee", CREATED_AT))


def _by_shape(*answers: Any) -> dict[Any, Any]:
    return {type(answer): answer for answer in answers}


_NAMED_RECRUITER = {
    "userId": RECRUITER_ID,
    "username": "meera.films",
    "displayName": "Meera Nair",
}
ANSWERS = _by_shape(
    applications.Applicants(
        [application_rules.listed(_CALLED, _APPLICANT, TODAY)], None, {"audition": 1}
    ),
    applications.MyApplications(
        [_stored(_APPLICATION, applications.ListedApplication, recruiter=_NAMED_RECRUITER)],
        None,
        {"submitted": 3, "audition": 1},
        True,
    ),
    applications.Relations(
        [
            relations.CastingRelation(
                CASTING_ID,
                True,
                [relations.Applied(f"r1-1.{ARTIST_ID}", CASTING_ID, "r1-1", "viewed")],
            )
        ],
        [applications.PersonRelation(RECRUITER_ID, "accepted", None, False)],
    ),
    applications.StatusResults(
        [
            applications.StatusResult(f"r1-1.{ARTIST_ID}", "declined", None),
            applications.StatusResult(
                f"r1-1.{RECRUITER_ID}",
                None,
                applications.StatusProblem(404, "NotFound", errors.NotFound.detail),
            ),
        ]
    ),
    Health(status="ok", service="artisthub-api", stage="prod"),
    accounts.NextStep("confirm"),
    accounts.Challenge(
        challenge="PASSWORD_VERIFIER",
        session=None,
        parameters={
            "USER_ID_FOR_SRP": ARTIST_ID,
            "USERNAME": ARTIST_ID,
            "SRP_B": "3b9d…",
            "SALT": "a1c4…",
            "SECRET_BLOCK": "c2VjcmV0IGJsb2Nr",
        },
    ),
    accounts.Step(
        tokens=_ALL_TOKENS,
        new_device=accounts.NewDevice(device_key=DEVICE_KEY, device_group_key="-k3Xq9Zt"),
    ),
    accounts.SignedIn(_TOKENS),
    accounts.totp_secret("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", EMAIL),
    accounts.Device(
        device_key=DEVICE_KEY,
        name="Leela's laptop",
        is_remembered=True,
        last_ip="203.0.113.7",
        last_sign_in_at=UPDATED_AT,
        created_at=CREATED_AT,
        updated_at=UPDATED_AT,
    ),
    user_rules.own_view(_USER, TODAY),
    user_rules.view(_USER, TODAY, user_rules.relation("outgoing")),
    user_rules.admin_view(_USER, TODAY, user_rules.relation(None)),
    user_rules.view(
        msgspec.structs.replace(_USER, privacy="private"), TODAY, user_rules.relation(None)
    ),
    _ITEM,
    _WORK,
    _stored(_CASTING, castings.Casting, recruiter=msgspec.to_builtins(_RECRUITER)),
    _RECRUITER,
    _DOCUMENT,
    Views(128),
    _LISTED,
    application_rules.own_view(_APPLICATION),
    application_rules.received_view(_CALLED, _APPLICANT, TODAY),
    application_rules.received_summary(_CALLED, _APPLICANT, TODAY),
    _stored(connection_rules.view(_CONNECTED), connections.Connection, user=_NAMED),
    blocks.Block(RECRUITER_ID, UPDATED_AT),
    SavedCasting(UPDATED_AT, _LISTED),
    search.FoundCastings([_LISTED], None),
    search.FoundPeople(
        [search_rules.profile_summary(_CARD)],
        None,
        {"category": {"acting": 120}, "city": {"leh": 3}},
    ),
    search.Suggestions(
        [msgspec.convert(_CARD, users.ListedProfile, from_attributes=True)],
        ["leh"],
        [],
        ["lead"],
    ),
    matching.CastingMatches([matching.CastingMatch(_LISTED, _MATCH)], 42),
    matching.ArtistMatches(
        [matching.ArtistMatch(search_rules.profile_summary(_CARD), _MATCH)],
        42,
    ),
    notifications.Notifications(
        [
            notification_rules.shown(
                notification_rules.notification_of(_SUBMITTED),
                _stored(_USER, stored.NamedCard),
                _CASTING,
                "",
                TODAY,
            )
        ],
        None,
        1,
    ),
    _PREFERENCES,
    notifications.Unsubscribed("progress", "You will get no more e-mails about progress."),
    media.UploadedFile(
        ITEM_ID, f"/v1/media/{ARTIST_ID}/{ITEM_ID}", 84_210, UPDATED_AT, "image/jpeg", ["portfolio"]
    ),
    media.Upload(
        media_id=ITEM_ID,
        media_url=f"/v1/media/{ARTIST_ID}/{ITEM_ID}",
        url="https://media.example.s3.ap-south-1.amazonaws.com",
        fields={
            "key": f"uploads/{ARTIST_ID}/{ITEM_ID}",
            "Content-Type": "image/jpeg",
            "Policy": "eyJleHBpcmF0aW9uIjoi…",
            "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
            "X-Amz-Credential": "ASIA…/20261125/ap-south-1/s3/aws4_request",
            "X-Amz-Date": "20261125T100500Z",
            "X-Amz-Signature": "9d2f…",
        },
        max_bytes=media.NewImageUpload.max_bytes,
        expires_at="2026-11-25T10:20:00.000Z",
    ),
    admin.AuditEntry(
        f"casting:{CASTING_ID}",
        "removed",
        ADMIN_ID,
        UPDATED_AT,
        BODIES[admin.Grounds]["reason"],
    ),
    _CASE,
    admin.CaseFile(
        case=_CASE,
        text=None,
        earlier_texts=[
            admin.EarlierTexts({"/title": "Dancers wanted: Rs 500 registration fee"}, UPDATED_AT)
        ],
        decision=None,
        reports=[
            admin.ReceivedReport(
                ARTIST_ID, "fee", CREATED_AT, BODIES[reports.NewCastingReport]["text"]
            )
        ],
        next=None,
    ),
    reports.OwnReport(
        kind="casting",
        casting_id=CASTING_ID,
        reason="fee",
        created_at=CREATED_AT,
        outcome="removed",
        decided_at=UPDATED_AT,
    ),
    Export({"connections": [msgspec.to_builtins(_CONNECTED)]}, CURSOR),
)

# Operations whose answer differs from the example of its model.
OWN_ANSWERS: dict[str, Any] = {
    "openapi": {"openapi": "3.1.0", "info": {"title": "ArtistHub API", "version": "…"}},
    "forgotPassword": accounts.NextStep("reset"),
    "exchangeCode": accounts.SignedIn(_ALL_TOKENS),
    "createCasting": _DRAFT,
    "withdrawApplication": application_rules.own_view(
        application_rules.moved(
            _APPLICATION,
            msgspec.structs.replace(_APPLICATION, status="withdrawn"),
            "artist",
            UPDATED_AT,
        )
    ),
    "requestConnection": connection_rules.view(_ASKED),
    "decideCase": admin_rules.summary_of(
        case_rules.decided(case_rules.reported(_OPEN_CASE, "fee", CREATED_AT), UPDATED_AT)
    ),
    "takeDownCasting": admin_rules.taken_down(
        _CASTING, BODIES[admin.Grounds]["reason"], UPDATED_AT
    ),
}


def of_body(shapes: Iterable[Any]) -> Json:
    """Examples by name, for each of the models."""
    return {shape.__name__: _listed(BODIES, shape, "BODIES") for shape in shapes}


def of_patch(shape: Any) -> Json:
    """By name."""
    return {f"{shape.__name__}Patch": _listed(PATCHES, shape, "PATCHES")}


def of_parameter(name: str) -> str:
    """The example of a path parameter or a required query parameter."""
    if name not in PARAMETERS:
        raise Incomplete(
            f"the parameter {name} has no example: add one to PARAMETERS in contract/examples.py"
        )
    return PARAMETERS[name]


def of_answer(operation: str, shapes: Iterable[Any]) -> Json:
    """Examples by name: the operation's own, or one for each of the models."""
    if operation in OWN_ANSWERS:
        return {operation: msgspec.to_builtins(OWN_ANSWERS[operation])}
    return dict(_of_shape(shape) for shape in shapes)


def _of_shape(shape: Any) -> tuple[str, Json]:
    if get_origin(shape) is Page:
        name, item = _of_shape(get_args(shape)[0])
        return f"{name}Page", {"items": [item], "next": CURSOR}
    return shape.__name__, msgspec.to_builtins(_listed(ANSWERS, shape, "ANSWERS"))


def _listed(examples: dict[Any, Any], shape: Any, name: str) -> Any:
    if shape not in examples:
        raise Incomplete(
            f"{shape.__name__} has no example: add one to {name} in contract/examples.py"
        )
    return examples[shape]
