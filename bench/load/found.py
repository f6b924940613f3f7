"""The state in which a run left the service, from the API and from the tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from artisthub.shared import ids
from artisthub.shared.quotas import QUOTAS
from bench.load.checker import Counted, Document, State
from bench.load.workload import SPENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.load.workload import Client
    from tests.deployed.people import Person
    from tests.deployed.target import Target

Item = dict[str, Any]
MOST_UNREAD = 100


def state(target: Target, clients: Sequence[Client]) -> State:
    """The final state of these clients' data."""
    return _Reader(target, clients).state()


class _Reader:
    def __init__(self, target: Target, clients: Sequence[Client]) -> None:
        self.target, self.clients = target, clients
        self.people = {
            person.me["userId"] for each in clients for person in (each.artist, each.recruiter)
        }
        self.castings = [
            each for each in self._items("CastingTable") if each["recruiterId"] in self.people
        ]
        self.applications = [
            each for each in self._items("ApplicationsTable") if each["artistId"] in self.people
        ]
        self.told = [
            each for each in self._items("NotificationsTable") if each["userId"] in self.people
        ]
        self.quotas = {each["quotaId"]: each for each in self._items("QuotasTable")}
        self.counters = {each["counterId"]: each for each in self._items("CountersTable")}

    def state(self) -> State:
        return State(
            values=dict(self._values()),
            told=dict(Counter(map(_said, self._shown()))),
            documents=self._documents(),
            counts=[
                *self._statuses(),
                *self._bookings(),
                *self._open_castings(),
                *self._cards(),
                *self._unread(),
                *self._sides(),
                *self._views(),
            ],
            spent=dict(self._spent()),
        )

    def _items(self, table: str) -> Iterator[Item]:
        found: Any = self.target.table(table)
        start: Item = {}
        while True:
            page = found.scan(**start)
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def _values(self) -> dict[str, list[str]]:
        """The values that each account reads back through the API."""
        found: dict[str, list[str]] = defaultdict(list)
        for each in self.clients:
            artist, recruiter = each.artist.me["userId"], each.recruiter.me["userId"]
            for casting in _listed(each.recruiter, f"/recruiters/{recruiter}/castings"):
                found[f"casting:{casting['title'].rpartition(' ')[2]}"].append(casting["status"])
            for sent in _listed(each.artist, "/users/me/applications"):
                key = f"application:{sent['castingId']}/{sent['applicationId']}"
                found[key].append(sent["status"])
            for saved in _listed(each.artist, "/users/me/saved-castings"):
                found[f"saved:{artist}/{saved['casting']['castingId']}"].append("saved")
            me = each.artist.succeed("GET", "/users/me").json()
            if me["headline"]:
                found[f"headline:{artist}"].append(me["headline"])
            relations = each.artist.succeed("GET", f"/users/me/relations?people={recruiter}").json()
            if standing := relations["people"][0]["connection"]:
                found[f"connection:{artist}/{recruiter}"].append(standing)
            for casting_id in each.seen:
                day = datetime.now(UTC).date().isoformat()
                if ids.derived("view", "casting", casting_id, artist, day) in self.counters:
                    found[f"view:{casting_id}/{artist}"].append("seen")
        for told in self.told:
            if told["notificationId"] == "#read":
                found[f"read:{told['userId']}"].append(told["readUpTo"])
        return found

    def _shown(self) -> list[Item]:
        return [each for each in self.told if not each["notificationId"].startswith("#")]

    def _documents(self) -> dict[str, Document]:
        found = {each["castingId"]: Document(each["status"], [], []) for each in self.castings}
        for each in self._items("SearchTable"):
            term, sort_key = each["term"], each["sortKey"]
            if sort_key == "note":
                document = found.get(term.removeprefix("document|casting:"))
                if document:
                    terms = each["terms"].items()
                    document.noted += [(name, key) for key, names in terms for name in names]
            elif document := found.get(sort_key[-36:]):
                document.listed.append((term, sort_key))
        return found

    def _statuses(self) -> Iterator[Counted]:
        by_casting: dict[str, Counter[str]] = defaultdict(Counter)
        for each in self.applications:
            by_casting[each["castingId"]][each["status"]] += 1
        for client in self.clients:
            for casting_id in client.castings:
                path = f"/castings/{casting_id}/applicants?limit=1"
                answer = client.recruiter.call("GET", path)
                if answer.status_code == 404:  # lost by a kill
                    continue
                wanted = dict(by_casting[casting_id])
                yield Counted(f"statuses of {casting_id}", answer.json()["counts"], wanted)

    def _bookings(self) -> Iterator[Counted]:
        booked = Counter(
            (each["castingId"], each["roleId"])
            for each in self.applications
            if each["status"] == "booked"
        )
        for each in self.castings:
            found = {
                role["roleId"]: booked[each["castingId"], role["roleId"]]
                for role in each["roles"]
                if booked[each["castingId"], role["roleId"]]
            }
            said = {role_id: int(number) for role_id, number in each["booked"].items()}
            yield Counted(f"bookings of {each['castingId']}", said, found)

    def _open_castings(self) -> Iterator[Counted]:
        is_open = Counter(each["recruiterId"] for each in self.castings if each["status"] == "open")
        for client in self.clients:
            recruiter_id = client.recruiter.me["userId"]
            level = self.quotas.get(f"account#{recruiter_id}#openCastings", {})
            said = int(level.get("taken", 0))
            yield Counted(f"open castings of {recruiter_id}", said, is_open[recruiter_id])

    def _cards(self) -> Iterator[Counted]:
        cards = {each["cardId"]: int(each["version"]) for each in self._items("CardsTable")}
        for each in self.castings:
            said = cards.get(f"casting#{each['castingId']}")
            yield Counted(f"version in the card of {each['castingId']}", said, int(each["version"]))

    def _unread(self) -> Iterator[Counted]:
        marks = {
            each["userId"]: each["readUpTo"]
            for each in self.told
            if each["notificationId"] == "#read"
        }
        unread = Counter(
            each["userId"]
            for each in self._shown()
            if each["notificationId"] > marks.get(each["userId"], "")
        )
        for client in self.clients:
            for person in (client.artist, client.recruiter):
                user_id = person.me["userId"]
                said = person.succeed("GET", "/users/me/notifications?limit=1").json()[
                    "unreadCount"
                ]
                yield Counted(f"unread of {user_id}", said, min(unread[user_id], MOST_UNREAD))

    def _sides(self) -> Iterator[Counted]:
        sides = {
            (each["userId"], each["otherUserId"]): each["standing"]
            for each in self._items("ConnectionsTable")
            if each["userId"] in self.people
        }
        mirrored = {"incoming": "outgoing", "outgoing": "incoming"}
        for (user_id, other_id), standing in sides.items():
            wanted = mirrored.get(standing, standing)
            other = sides.get((other_id, user_id))
            yield Counted(f"the other side of {user_id} and {other_id}", other, wanted)

    def _views(self) -> Iterator[Counted]:
        seen = Counter(
            each["targetId"] for each in self.counters.values() if each.get("kind") == "casting"
        )
        for client in self.clients:
            for casting_id in client.castings:
                total = self.counters.get(ids.derived("views", "casting", casting_id), {})
                said = int(total.get("views", 0))
                yield Counted(f"views of {casting_id}", said, seen[casting_id])

    def _spent(self) -> Iterator[tuple[str, int]]:
        for quota_id, each in self.quotas.items():
            kind, _, rest = quota_id.partition("#")
            user_id, _, quota = rest.partition("#")
            if kind == "account" and user_id in self.people and quota in SPENT:
                most = int(each.get("most", QUOTAS[quota]))
                yield f"{user_id} {quota}", most - int(each.get("remaining", most))


def _listed(by: Person, path: str) -> Iterator[Item]:
    cursor = ""
    while True:
        page = by.succeed("GET", f"{path}?limit=50{cursor}").json()
        yield from page["items"]
        if not page["next"]:
            return
        cursor = f"&cursor={page['next']}"


def _said(notification: Item) -> str:
    about = notification.get("byUserId")
    if "applicationId" in notification:
        about = f"{notification['castingId']}/{notification['applicationId']}"
    return f"{notification['userId']} {notification['kind']} {about}"
