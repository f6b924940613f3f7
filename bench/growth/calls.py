"""The calls at each size: every operation, the lists that everything is in, and jobs."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import patch

from artisthub.identities import consumers as identities
from artisthub.search import repository as search
from artisthub.shared import cognito, dynamodb
from artisthub.shared.settings import settings
from bench.growth.fill import People, casting_of, user_of
from bench.growth.limits import LEFT_OUT
from bench.growth.stage import A_DAY, Measured, Stage
from tests.deployed.cast import ROWS
from tests.deployed.people import with_raised_quotas

# Nobody's view of their own profile or casting counts, and only newcomers make a profile.
CALLERS = {
    "recordUserView": "artist",
    "recordCastingView": "artist",
    "createUser": "newcomer",
    "restoreUser": "deleted",
}
CASTING = "/castings/{casting}"
OWNED = "/recruiters/{recruiter}/castings?limit={limit}"
RELATIONS = "/users/me/relations?castings={castings}&people={people}"
# Lists that have a tenth of everything, or a part of all documents: by whom, and where.
READS = {
    "searchCastings": ("", "/castings?limit={limit}"),
    "searchCastings by category": ("", "/castings?category=dance&limit={limit}"),
    "searchCastings by two facets": ("", "/castings?category=dance&mode=onsite&limit={limit}"),
    "searchCastings by deadline": ("", "/castings?category=dance&sort=closing&limit={limit}"),
    "searchCastings by a word": ("", "/castings?text=stage&limit={limit}"),
    "searchCastings by three words": ("", "/castings?text=stage+city+rivers&limit={limit}"),
    "searchCastings by a beginning": ("", "/castings?text=rehear&limit={limit}"),
    "searchCastings by a mistyped word": ("", "/castings?text=rehersals&limit={limit}"),
    "searchCastings, best first": ("", "/castings?text=stage+city&sort=best&limit={limit}"),
    "searchCastings with counts": ("", "/castings?category=dance&counts=true&limit={limit}"),
    "searchUsers": ("artist", "/users?limit={limit}"),
    "searchUsers by skill": ("artist", "/users?skill=guitar&limit={limit}"),
    "searchUsers by two facets": ("artist", "/users?category=dance&gender=female&limit={limit}"),
    "searchUsers around a city": ("artist", "/users?city=Mumbai&within=50&limit={limit}"),
    "searchUsers by name": ("artist", "/users?name=sha&limit={limit}"),
    "searchUsers by a mistyped name": ("artist", "/users?text=shrma&limit={limit}"),
    "suggest": ("artist", "/suggestions?text=sha"),
    "matchingCastings": ("artist", "/users/me/matching-castings?limit={limit}"),
    "matchingArtists": ("recruiter", f"{CASTING}/matching-artists?limit={{limit}}"),
    "getRecruiter": ("", "/recruiters/{recruiter}"),
    "listRecruiterCastings": ("artist", OWNED),
    "listRecruiterCastings by status": ("recruiter", f"{OWNED}&status=open"),
    "listCastingApplications": ("recruiter", f"{CASTING}/applications?limit={{limit}}"),
    "listCastingApplications by status": (
        "recruiter",
        f"{CASTING}/applications?status=submitted&limit={{limit}}",
    ),
    "listApplicants": ("recruiter", f"{CASTING}/applicants?limit={{limit}}"),
    "listApplicants by fit": ("recruiter", f"{CASTING}/applicants?sort=match&limit={{limit}}"),
    "exportApplicants": ("recruiter", f"{CASTING}/applicants.csv?limit={{limit}}"),
    "listMyApplications": ("artist", "/users/me/applications?limit={limit}"),
    "listMyApplications with counts": ("artist", "/users/me/applications?counts=true"),
    "getMyRelations": ("artist", RELATIONS),
    "listSavedCastings": ("artist", "/users/me/saved-castings?limit={limit}"),
    "listConnections": ("artist", "/connections?limit={limit}"),
    "listNotifications": ("artist", "/users/me/notifications?limit={limit}"),
    "listReports": ("artist", "/reports?limit={limit}"),
    "exportMe": ("artist", "/users/me/export"),
    "listAuditEntries": ("admin", "/admin/audit?subject=user:{artist}&limit={limit}"),
    "listCases": ("admin", "/admin/cases?reason=fee&limit={limit}"),
    "listCases by reporters": ("admin", "/admin/cases?reason=fee&sort=reporters&limit={limit}"),
}
COUNTED = {"count castings": "castings", "count people": "users"}
Call = Callable[[Stage], Measured]


def calls(people: People, size: int, limit: int) -> dict[str, Call]:
    """Each call by its name, for a stage of this size and pages of this length."""
    some = range(size - limit, size)  # those that searches show first
    names = {
        **people._asdict(),
        "limit": limit,
        "casting": casting_of(people, 0)["castingId"],
        "castings": ",".join(casting_of(people, number)["castingId"] for number in some),
        "people": ",".join(user_of(number)["userId"] for number in some),
    }
    rows = [row for row, *_ in ROWS if row.partition(" ")[0] not in LEFT_OUT.keys() | READS.keys()]
    return {
        **{row: _performing(row) for row in rows},
        "setQuota": _set_quota,
        "setCastingStatus to publish": _publish,
        **{name: _reading(who, path.format_map(names)) for name, (who, path) in READS.items()},
        "an account expires": _expire,
        **{name: _counting(kind) for name, kind in COUNTED.items()},
        "reconcile": lambda stage: _reconcile(stage, size),
    }


def _performing(row: str) -> Call:
    caller = CALLERS.get(row, "owner")
    return lambda stage: stage.perform(row, caller)


def _reading(who: str, path: str) -> Call:
    return lambda stage: stage.read(getattr(stage.cast, who) if who else None, path)


def _set_quota(stage: Stage) -> Measured:
    """It lowers the recruiter's quota, which the other calls need."""
    measured = stage.perform("setQuota", "owner")
    with_raised_quotas(stage.cast.recruiter, by=stage.cast.admin)
    return measured


def _publish(stage: Stage) -> Measured:
    casting = stage.cast.recruiter.casting()
    path = f"/castings/{casting['castingId']}/status"
    stage.cast.recruiter.succeed("PUT", path, {"status": "open"})
    return stage.measured


def _expire(stage: Stage) -> Measured:
    """Thirty days after an artist with an application and a connection deleted the account."""
    artist = stage.cast.new_artist()
    casting = stage.cast.recruiter.casting("open")
    body = {"roleId": casting["roles"][0]["roleId"], "shareContact": False}
    artist.succeed("POST", f"/castings/{casting['castingId']}/applications", body)
    artist.succeed("POST", "/connections", {"userId": stage.cast.artist.me["userId"]})
    artist.succeed("DELETE", "/users/me")
    dynamodb.client().sync_delete_item(settings.USERS_TABLE, {"userId": artist.me["userId"]})
    return stage.followed()


def _counting(kind: str) -> Call:
    def count(stage: Stage) -> Measured:
        search._due_at.pop(kind, None)
        key = {"term": f"{kind}|counts", "sortKey": "counts"}
        dynamodb.client().sync_delete_item(settings.SEARCH_TABLE, key)
        taken = stage.taken_by(lambda: search.count(kind))
        search._due_at[kind] += A_DAY
        return {"": taken}

    return count


def _reconcile(stage: Stage, size: int) -> Measured:
    """The daily job, with all accounts that Cognito would list."""

    ids = [*cognito.account_ids(), *(user_of(number)["userId"] for number in range(size))]
    with patch.object(cognito, "account_ids", lambda: iter(ids)):
        context = type("Context", (), {"aws_request_id": "bench"})
        return {"": stage.taken_by(lambda: identities.reconcile({}, context))}
