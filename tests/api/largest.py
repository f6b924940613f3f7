"""A stage full of the largest documents that the contract allows, for searches for the worst read.

Documents are stored as the operations store them, without calling thousands of operations.
"""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, get_args
from urllib.parse import quote

import msgspec

from artisthub.blocks.models import Side
from artisthub.cases import rules as case_rules
from artisthub.cases.models import Case, Flag, Subject
from artisthub.castings.models import MAX_BYTES
from artisthub.shared import clock, dynamodb, sizes
from artisthub.shared.models import Category
from artisthub.users.stored import PlayingAge
from tests.api import builders
from tests.api.api import Account
from tests.api.builders import stored, table
from tests.api.castings.test_limits import the_largest_document, the_largest_role
from tests.api.search.given import index

LETTER = "\U00011107"  # has four bytes


def text(length: int) -> str:
    return LETTER * length


WORDS = [f"{number}" + text(38) for number in range(60)]
# More items than a page can have, of the kinds that cost little to store.
MANY = 110
A_FILE = "0199d7a0-0000-7000-8000-000000000001"
# More than a list reads with one query. Their ids sort before those of all people.
BLOCKS = 260
NOW = "2026-01-01T00:00:00.000Z"
PEOPLE = [str(uuid.UUID(int=(15 << 124) + number)) for number in range(MANY)]
CASTINGS = [f"01a00000-0000-7000-8000-{number:012}" for number in range(MANY)]
BANDS = get_args(PlayingAge)[:8]  # as many as a filter may have
# Values of query parameters that are no enumeration.
VALUES = {
    "ids": [",".join(each[-20:]) for each in (PEOPLE, CASTINGS)],
    # The first ones are older than all applications, or as if they were.
    "castings": [",".join(["an older id", *CASTINGS[:19]])],
    "people": [",".join(PEOPLE[:20])],
    "counts": ["true"],
    "relation": ["true"],
    "text": [WORDS[0], " ".join(WORDS[:3]), " ".join(WORDS[:5]), " ".join(WORDS[:10])],
    "name": ["w", f"W0 {WORDS[0]}"],
    "city": [text(80), f"{text(80)},Kochi", "Mumbai"],
    "within": ["50"],
    "tag": ["0" + text(38), ",".join(f"{number}" + text(38) for number in range(8))],
    "skill": ["00" + text(38), ",".join(f"{number:02}" + text(38) for number in range(8))],
    "language": ["00" + text(38)],
    "minPay": ["1", "10000000000"],
    "currency": ["INR"],
    "deadlineFrom": ["2026-01-01", "2199-12-31"],
    "deadlineTo": ["2199-12-31", "2026-01-01"],
    "age": ["5", "110"],
    "paid": ["true", "false"],
    "roleId": ["r1-1", "r9-9"],
    "minRating": ["1", "5"],
}


class Call(NamedTuple):
    """A read: its caller, its path, and the parameters that it always has.

    about: its difference from other calls of the operation
    """

    caller: Account | None
    path: str
    about: str = ""
    query: dict[str, str] = {}  # noqa: RUF012 - nobody changes it


class World:
    """The largest castings, profiles, applications, notifications, connections and cases.

    many: the number of castings and profiles that are in the search
    """

    def __init__(self, many: int) -> None:
        self.many = many
        self.artist, self.recruiter, self.admin = (
            builders.an_account(),
            builders.an_account(),
            builders.an_admin(),
        )
        self.people = PEOPLE
        for number, user_id in enumerate(self.people[:many]):
            self._profile(user_id, "artist", number)
        for account, role in (
            (self.artist, "artist"),
            (self.recruiter, "recruiter"),
            (self.admin, "artist"),
        ):
            self._profile(account.user_id, role, 0)
        self.castings = CASTINGS
        for number, casting_id in enumerate(self.castings[:many]):
            self._casting(casting_id, number)
        self._more_cards()
        self._other_castings()
        self._applications()
        self._of_accounts()
        self._cases()
        opened = {"quotaId": f"account#{self.recruiter.user_id}#openCastings", "taken": MANY}
        table("QUOTAS_TABLE").put_item(Item=opened)

    def calls(self) -> dict[str, list[Call]]:
        """The calls of each operation that reads. The search adds the other parameters."""
        artist, recruiter, admin = self.artist, self.recruiter, self.admin
        casting = f"/castings/{self.castings[0]}"
        application = f"{casting}/applications/r1-1.{self.people[0]}"
        everyone = [("by the artist", artist), ("by the recruiter", recruiter)]
        everyone.append(("by an administrator", admin))
        return {
            "searchCastings": [Call(None, "/castings")],
            "searchUsers": [
                Call(artist, "/users"),
                Call(recruiter, "/users", "by a verified recruiter"),
            ],
            "suggest": [Call(artist, "/suggestions", query={"text": WORDS[0][:3]})],
            "matchingCastings": [Call(artist, "/users/me/matching-castings")],
            "matchingArtists": [Call(recruiter, f"{casting}/matching-artists")],
            "listRecruiterCastings": [
                Call(each, f"/recruiters/{recruiter.user_id}/castings", by) for by, each in everyone
            ],
            "getRecruiter": [Call(None, f"/recruiters/{recruiter.user_id}")],
            "listCastingApplications": [Call(recruiter, f"{casting}/applications")],
            "listApplicants": [Call(recruiter, f"{casting}/applicants")],
            "exportApplicants": [Call(recruiter, f"{casting}/applicants.csv")],
            "listMyApplications": [Call(artist, "/users/me/applications")],
            "getMyRelations": [Call(artist, "/users/me/relations")],
            "listSavedCastings": [Call(artist, "/users/me/saved-castings")],
            "listNotifications": [Call(artist, "/users/me/notifications")],
            "listConnections": [Call(artist, "/connections")],
            "listBlocks": [Call(artist, "/users/me/blocks")],
            "listReports": [Call(artist, "/reports")],
            "listAuditEntries": [
                Call(admin, "/admin/audit", query={"subject": f"user:{artist.user_id}"})
            ],
            "listCases": [Call(admin, "/admin/cases")],
            "getCase": [
                Call(admin, f"/admin/cases/{quote(each)}", each.partition(":")[0])
                for each in self.cases[:2]
            ],
            "exportMe": [Call(each, "/users/me/export", by) for by, each in everyone],
            "getCasting": [
                Call(caller, f"/castings/{casting_id}", f"{which} {by}")
                for which, casting_id in ({"open": self.castings[0]} | self.others).items()
                for by, caller in [("by anyone", None), *everyone]
            ],
            "getApplication": [Call(recruiter, application)],
            "getUser": [
                Call(each, f"/users/{user_id}", by)
                for by, each in everyone
                for user_id in (artist.user_id, self.people[0])
            ],
            "getUserByUsername": [
                Call(each, f"/usernames/largest.{self.people[0][-17:]}", by)
                for by, each in everyone
            ],
            "getMe": [Call(artist, "/users/me")],
            "getMyViews": [Call(artist, "/users/me/views")],
            "getCastingViews": [Call(recruiter, f"{casting}/views")],
            "getNotificationPreferences": [Call(artist, "/users/me/notification-preferences")],
            "listUploads": [Call(artist, "/media/uploads")],
            "getMedia": [Call(None, f"/media/{artist.user_id}/{A_FILE}")],
            "getPicture": [Call(None, f"/media/{artist.user_id}/{A_FILE}/small")],
        }

    def _profile(self, user_id: str, role: str, number: int) -> None:
        notes = {"description": text(400), "credits": text(400)}
        item = {
            "userId": user_id,
            "username": f"largest.{user_id[-17:]}",
            "role": role,
            "email": f"{'a' * 50}@{'b' * 60}.example",
            "displayName": f"W{number} {WORDS[0]} " + text(30),
            "picture": {
                size: f"/v1/media/{user_id}/{A_FILE}{end}"
                for size, end in (("small", "/small"), ("medium", "/medium"), ("large", ""))
            },
            "headline": text(120),
            "bio": " ".join([*WORDS, text(5_000)])[:5_000],
            "city": text(80),
            "categories": list(get_args(Category)),
            "skills": [f"{each:02}" + text(38) for each in range(30)],
            "languages": [f"{each:02}" + text(38) for each in range(30)],
            "companyName": text(80),
            "website": "https://a.b/" + text(488),
            "bornOn": "1990-01-01",
            "playingAges": [BANDS[(number + each) % len(BANDS)] for each in range(4)],
            "heightCm": 135 + number % 40,
            "isFoundByStats": True,
            "verifiedAt": NOW if role == "recruiter" else None,
            "privacy": "public",
            "status": "active",
            "createdAt": f"2026-01-01T00:{number // 60:02}:{number % 60:02}.000Z",
            "updatedAt": NOW,
            "version": 1,
            "portfolio": [
                {"itemId": str(uuid.uuid4()), "kind": "image", "createdAt": NOW, "title": text(120)}
                | {"url": "https://a.b/" + text(488), **notes}
                for _ in range(30)
            ],
            "workExperience": [
                {"itemId": str(uuid.uuid4()), "startedOn": "2020-01-01", "endedOn": "2020-01-01"}
                | {"title": text(120), "company": text(80), "roleName": text(80)}
                | {"description": text(400), "createdAt": NOW}
                for _ in range(50)
            ],
        }
        table("USERS_TABLE").put_item(Item=item)
        name = {"username": item["username"], "userId": user_id, "createdAt": NOW}
        table("USERNAMES_TABLE").put_item(Item=name)
        index("user", user_id)

    def _casting(self, casting_id: str, number: int, **fields: Any) -> None:
        casting: dict[str, Any] = {
            "castingId": casting_id,
            "recruiterId": self.recruiter.user_id,
            "title": f"Q{number} " + text(100),
            "description": " ".join(WORDS),
            "category": "photography",
            "mode": "hybrid",
            "city": text(80),
            "tags": [f"{each}" + text(38) for each in range(10)],
            "roles": [
                the_largest_role() | {"roleId": f"r1-{each}", "status": "open"}
                for each in range(20)
            ],
            "roleCount": 20,
            "isPaid": True,
            "status": "open",
            "createdAt": f"2026-01-01T00:{number // 60:02}:{number % 60:02}.000Z",
            "updatedAt": NOW,
            "deadlineAt": "2199-12-31T00:00:00.000Z",
            "startsOn": "2199-12-31",
            "endsOn": "2199-12-31",
            "documents": [
                the_largest_document() | {"documentId": str(uuid.uuid4()), "createdAt": NOW}
                for _ in range(4)
            ],
            "version": 3,
        }
        casting["description"] += " " + "a" * (MAX_BYTES - sizes.item_bytes(casting) - 1)
        assert len(casting["description"]) <= 5_000
        casting["booked"] = {f"r1-{each}": 999 for each in range(20)}
        for role in casting["roles"]:
            role["status"] = "filled"
        casting["publishedAt"] = casting["createdAt"]
        table("CASTING_TABLE").put_item(Item=casting | fields)
        index("casting", casting_id)

    def _other_castings(self) -> None:
        """Castings that only their recruiter and administrators see, and a small one."""
        takedown = {"reason": text(500), "at": NOW, "statusBefore": "cancelled"}
        kinds: dict[str, dict[str, Any]] = {
            "removed": {"status": "removed", "takedown": takedown},
            "hidden": {"hiddenUntil": "2199-01-01T00:00:00.000Z"},
            # The artist has changed all applications since it was made.
            "small and old": {"description": "Short", "roles": [], "documents": []},
        }
        self.others = {
            which: f"01800000-0000-7000-8000-9{number:011}" for number, which in enumerate(kinds)
        }
        for which, casting_id in self.others.items():
            self._casting(casting_id, 0, **kinds[which])

    def _more_cards(self) -> None:
        """Cards of further castings and profiles. Each casting has another owner."""
        with table("CARDS_TABLE").batch_writer() as batch:
            for number in range(self.many, MANY):
                for kind, ids in (("user", self.people), ("casting", self.castings)):
                    card = stored("CARDS_TABLE", cardId=f"{kind}#{ids[0]}")
                    assert card
                    batch.put_item(
                        Item=card
                        | {"cardId": f"{kind}#{ids[number]}", f"{kind}Id": ids[number]}
                        | ({"recruiterId": self.people[number]} if kind == "casting" else {})
                    )

    def _applications(self) -> None:
        with table("APPLICATIONS_TABLE").batch_writer() as batch:
            for number, (artist_id, casting_id) in enumerate(
                [(each, self.castings[0]) for each in self.people]
                + [(self.artist.user_id, each) for each in self.castings[1:]]
            ):
                batch.put_item(Item=an_application(artist_id, casting_id, self.recruiter, number))

    def _of_accounts(self) -> None:
        """Blocks, connections, notifications and other items of accounts."""
        later = int((datetime.now(UTC) + timedelta(days=9)).timestamp())
        for account in (self.artist, self.recruiter):
            builders.with_quota_left(account, "exportPages", 1_000_000)
            with table("BLOCKS_TABLE").batch_writer() as batch:
                for number in range(BLOCKS):
                    side = Side(
                        user_id=account.user_id,
                        other_user_id=str(uuid.UUID(int=number)),
                        blocked_at=NOW,
                        blocked_by_at=NOW,
                        created_at=NOW,
                        updated_at=NOW,
                        version=9,
                    )
                    batch.put_item(Item=dynamodb.item_of(side))
        builders.with_quota_left(self.admin, "exportPages", 1_000_000)
        for setting, item in self._items_of_the_artist(later):
            table(setting).put_item(Item=item)

    def _items_of_the_artist(self, later: int) -> Iterator[tuple[str, dict[str, Any]]]:
        me = {"userId": self.artist.user_id}
        for number, (other, casting_id) in enumerate(zip(self.people, self.castings, strict=True)):
            at = clock.text(datetime.now(UTC) - timedelta(minutes=number))
            own = me | {"createdAt": at, "updatedAt": at, "version": 1}
            yield "SAVED_CASTINGS_TABLE", own | {"castingId": casting_id}
            side = {"otherUserId": other, "message": text(500)}
            for standing in ("accepted", "incoming", "outgoing"):
                if standing == "accepted" or number % 3:
                    yield (
                        "CONNECTIONS_TABLE",
                        own
                        | side
                        | {"otherUserId": other if standing == "accepted" else standing + other}
                        | {"standing": standing, "standingAt": f"{standing}#{at}"},
                    )
            yield (
                "NOTIFICATIONS_TABLE",
                own
                | {"notificationId": f"01a00000-0000-7000-8000-{number:012}", "kind": "viewed"}
                | {"topic": "progress", "byUserId": other, "castingId": casting_id}
                | {"expiresAt": later},
            )
            yield (
                "AUDIT_TABLE",
                {"subject": f"user:{self.artist.user_id}", "entryKey": f"{at}#{number}", "at": at}
                | {"action": "suspended", "by": self.admin.user_id, "reason": text(500)},
            )

    def _cases(self) -> None:
        """Cases with all flags. The first has many reports, the others a decided one."""
        subjects = [case_rules.of_casting(self.castings[0], self.recruiter.user_id)]
        subjects += [case_rules.of_application(self.castings[0], f"r1-1.{self.people[0]}", "")]
        subjects += [case_rules.of_casting(each, "") for each in self.castings[1:]]
        self.cases = [each.case_id for each in subjects]
        with table("REPORTS_TABLE").batch_writer() as batch:
            for number, subject in enumerate(subjects):
                at = clock.text(datetime.now(UTC) - timedelta(minutes=number))
                case = a_case(subject, at)
                before = msgspec.structs.replace(case, round=1)
                decision = case_rules.new_decision(before, "removed", text(500), "a" * 36, at)
                reporters = {0: self.people, 1: []}.get(number, [self.artist.user_id])
                reports = [
                    case_rules.new_report(before if number else case, each, "fee", text(500), at)
                    for each in reporters
                ]
                texts = [
                    case_rules.earlier_texts(case, {"/bio": "x" * 290_000}, f"2026-0{each}", at)
                    for each in range(1, 1 if number > 1 else 4)
                ]
                for struct in (case, decision, *reports, *texts):
                    batch.put_item(Item=dynamodb.item_of(struct))
                for queue in ("flag", "fee"):
                    batch.put_item(Item=case_rules.place_in(case, queue))


def a_case(subject: Subject, at: str) -> Case:
    """An open case in its second round."""
    return Case(
        case_id=subject.case_id,
        owner_id=subject.owner_id,
        round=2,
        reporter_count=100,
        reasons=dict.fromkeys(["fee", "fraud", "minor", "spam", "other"], 100),
        flags=[Flag("identity", "roles/19/description", at)] * case_rules.MOST_FLAGS,
        counted=["a" * 12] * case_rules.MOST_COUNTED,
        flagged=["a" * 12] * case_rules.MOST_DIGESTS,
        queue=case_rules.ALL,
        ranking=case_rules.ALL,
        listed_at=at,
        reporter_rank=f"000100#{at}",
        created_at=at,
        updated_at=at,
        version=1,
        expires_at=case_rules.expiry(at),
    )


def an_application(
    artist_id: str, casting_id: str, recruiter: Account, number: int
) -> dict[str, Any]:
    at = f"2026-01-01T00:{number // 60:02}:{number % 60:02}.000Z"
    return {
        "castingId": casting_id,
        "applicationKey": f"r1-1#{artist_id}",
        "castingStatus": f"{casting_id}#submitted",
        "applicationId": f"r1-1.{artist_id}",
        "roleId": "r1-1",
        "artistId": artist_id,
        "recruiterId": recruiter.user_id,
        "castingTitle": text(120),
        "roleTitle": text(120),
        "status": "submitted",
        "shareContact": True,
        "createdAt": at,
        "updatedAt": at,
        "version": 1,
        "audition": {"startsAt": "2199-01-01T00:00:00.000Z", "place": text(120)}
        | {"link": "https://a.b/" + text(488)},
        "note": text(2_000),
        "recruiterNote": text(2_000),
        "rating": 5,
        "tags": [text(20)] * 5,
        "recruiterNotes": [
            {"noteId": f"n1-{each}", "text": text(500), "createdAt": at} for each in range(10)
        ],
        "boardKey": "\n".join([at, "sub", "5", "0", "16", text(30), *["0" * 8] * 5]),
        "mediaUrls": ["https://a.b/" + text(488)] * 10,
    }
