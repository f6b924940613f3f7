"""A mixed workload over HTTP: 70 % browse, 15 % read, 8 % apply and 7 % write.

Each client is a thread with an artist and a recruiter. It writes only what belongs to these two, so
that one client at a time writes each thing, and its history has one order. It sends a request again
that was answered with 503 or not at all, as docs/api.md asks of clients.
"""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from bench.load.history import History
    from tests.deployed.people import Person

SHARES = {"browse": 70, "read": 15, "apply": 8, "write": 7}
GROUPS = {
    "browse": {"search": 50, "casting": 35, "recruiter": 10, "people": 5},
    "read": {
        "me": 4,
        "mine": 4,
        "told": 4,
        "application": 3,
        "applicants": 3,
        "related": 5,
        "files": 3,
    },
    "apply": {"apply": 1},
    "write": {
        "publish": 3,
        "step": 6,
        "headline": 3,
        "save": 3,
        "connect": 3,
        "view": 2,
        "mark": 2,
    },
}
TRIES = 8
TIMEOUT_SECONDS = 40
CATEGORIES = ("acting", "dance", "music", "modelling")
CITIES = ("Kolkata", "Mumbai", "Chennai", "Delhi")
ROLES = 3
# The recruiter's steps, each with its next one.
STEPS = {"submitted": "viewed", "viewed": "shortlisted", "shortlisted": "audition",
         "audition": "offered", "offered": "booked"}  # fmt: skip
# The quotas of a day that it spends.
SPENT = (
    "applications", "applicationSteps", "castings", "castingChanges", "connectionRequests",
    "profileChanges", "savedCastings", "views",
)  # fmt: skip
LONG_FROM_NOW = "2090-01-01T00:00:00Z"
# Whether a write is done, or None if that cannot be read.
Resolve = Callable[[], bool | None]


@dataclass(frozen=True)
class Role:
    """A role of an open casting, which artists can apply for."""

    casting_id: str
    role_id: str
    recruiter_id: str


@dataclass
class Market:
    """The open roles, which all clients see."""

    roles: list[Role] = field(default_factory=list)
    # By recruiter, applications with their artist and status.
    inbox: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def open(self, roles: list[Role]) -> None:
        with self._lock:
            self.roles += roles

    def send(self, recruiter_id: str, application: tuple[str, str, str]) -> None:
        with self._lock:
            self.inbox.setdefault(recruiter_id, []).append(application)

    def take(self, recruiter_id: str, chance: random.Random) -> tuple[str, str, str] | None:
        with self._lock:
            waiting = self.inbox.get(recruiter_id) or []
            return waiting.pop(chance.randrange(len(waiting))) if waiting else None


class Client:
    """A client with an artist and a recruiter."""

    def __init__(
        self,
        number: int,
        seed: int,
        artist: Person,
        recruiter: Person,
        market: Market,
        history: History,
    ) -> None:
        self.number, self.market, self.history = number, market, history
        self.chance = random.Random(f"{seed} {number}")
        self.artist, self.recruiter = artist, recruiter
        self.http = httpx.Client(
            base_url=artist.service.http.base_url, timeout=TIMEOUT_SECONDS, trust_env=False
        )
        self.running = 1
        self.counted = 0
        self.version = artist.me["version"]
        self.applied: set[Role] = set()
        self.mine: list[str] = []  # paths of the artist's applications
        self.castings: list[str] = []
        self.saved: list[str] = []
        self.seen: set[str] = set()
        self.marked = ""
        self.connection: str | None = None
        self.stops_at = float("inf")
        self.shares, self.groups = SHARES, GROUPS

    def step(self) -> None:
        """Do one operation of the mix."""
        group = self._one_of(self.shares)
        getattr(self, f"_{self._one_of(self.groups[group])}")()

    def _one_of(self, weights: dict[str, int]) -> str:
        return self.chance.choices(list(weights), list(weights.values()))[0]

    # Reads

    def _search(self) -> None:
        query = self.chance.choice(
            [
                {"category": self.chance.choice(CATEGORIES)},
                {"city": self.chance.choice(CITIES)},
                {"tag": f"load{self.chance.randrange(20)}"},
                {"text": "festival"},
                {},
            ]
        )
        self._get("search", "/castings", None, query)

    def _casting(self) -> None:
        self._get("casting", f"/castings/{self._role().casting_id}")

    def _recruiter(self) -> None:
        path = f"/recruiters/{self._role().recruiter_id}/castings"
        self._get("recruiter", path, self.artist)

    def _people(self) -> None:
        self._get("people", "/users", self.recruiter, {"category": "dance"})

    def _me(self) -> None:
        self._get("me", "/users/me", self.artist)

    def _mine(self) -> None:
        self._get("mine", "/users/me/applications", self.artist)

    def _told(self) -> None:
        self._get(
            "told", "/users/me/notifications", self.chance.choice([self.artist, self.recruiter])
        )

    def _application(self) -> None:
        if self.mine:
            self._get("application", self.chance.choice(self.mine), self.artist)

    def _applicants(self) -> None:
        if self.castings:
            path = f"/castings/{self.chance.choice(self.castings)}/applicants"
            self._get("applicants", path, self.recruiter)

    def _related(self) -> None:
        path = f"/castings/{self._role().casting_id}"
        self._get("related", path, self.artist, {"relation": "true"})

    def _files(self) -> None:
        self._get("files", "/media/uploads", self.artist)

    def _get(
        self, name: str, path: str, by: Person | None = None, query: dict[str, str] | None = None
    ) -> httpx.Response | None:
        group = next(group for group, names in GROUPS.items() if name in names)
        for number in range(TRIES):
            answer = self._send(name, group, 0, "GET", path, by, query=query)
            if answer is not None and answer.status_code < 500:
                return answer
            if not self._pause(answer, number):
                break
        return None

    # Writes

    def _apply(self) -> None:
        role = self._role()
        if role in self.applied:
            free = [each for each in self.market.roles if each not in self.applied]
            if not free:
                return self._publish()
            role = self.chance.choice(free)
        self.applied.add(role)
        path = f"/castings/{role.casting_id}/applications"
        application_id = f"{role.role_id}.{self.artist.me['userId']}"
        about = f"{role.casting_id}/{application_id}"
        made = self._write(
            "apply",
            f"application:{about}",
            "submitted",
            self.artist,
            ("POST", path, {"roleId": role.role_id, "shareContact": False}),
            has_key=True,
            made=lambda answer: str(answer["applicationId"]),
            tells=f"{role.recruiter_id} submitted {about}",
            spends=f"{self.artist.me['userId']} applications",
        )
        if made:
            self.mine.append(f"{path}/{application_id}")
            self.market.send(role.recruiter_id, (role.casting_id, application_id, "submitted"))
        return None

    def _publish(self) -> None:
        """Draft a casting and open it."""
        token = uuid.UUID(int=self.chance.getrandbits(128)).hex[:12]
        key, title = f"casting:{token}", f"Dancers for a festival {token}"
        body = {
            "title": title,
            "description": "An evening in the open air.",
            "category": self.chance.choice(CATEGORIES),
            "city": self.chance.choice(CITIES),
            "tags": [f"load{self.chance.randrange(20)}"],
            "roles": [
                {"title": f"Part {n}", "count": 900, "pay": {"kind": "unpaid"}}
                for n in range(ROLES)
            ],
        }
        recruiter_id = self.recruiter.me["userId"]
        made = self._write(
            "draft",
            key,
            "draft",
            self.recruiter,
            ("POST", "/castings", body),
            has_key=True,
            made=lambda answer: str(answer["castingId"]),
            spends=f"{recruiter_id} castings",
        )
        if not made:
            return
        casting = made.json()
        path = f"/castings/{casting['castingId']}"
        opened = self._write(
            "open",
            key,
            "open",
            self.recruiter,
            ("PUT", f"{path}/status", {"status": "open"}),
            resolve=lambda: self._is(path, self.recruiter, "status", "open"),
            spends=f"{recruiter_id} castingChanges",
        )
        if opened:
            self.castings.append(casting["castingId"])
            ids = [each["roleId"] for each in casting["roles"]]
            self.market.open([Role(casting["castingId"], each, recruiter_id) for each in ids])

    def _step(self) -> None:
        """Move an application to its next status, up to a booking."""
        recruiter_id = self.recruiter.me["userId"]
        taken = self.market.take(recruiter_id, self.chance)
        if taken is None:
            return self._publish()
        casting_id, application_id, status = taken
        following = STEPS[status]
        path = f"/castings/{casting_id}/applications/{application_id}"
        body: dict[str, Any] = {"status": following}
        if following == "audition":
            body["audition"] = {"startsAt": LONG_FROM_NOW, "place": "Studio 2"}
        about = f"{casting_id}/{application_id}"
        moved = self._write(
            "step",
            f"application:{about}",
            following,
            self.recruiter,
            ("PUT", f"{path}/status", body),
            resolve=lambda: self._is(path, self.recruiter, "status", following),
            tells=f"{application_id.partition('.')[2]} {following} {about}",
            spends=f"{recruiter_id} applicationSteps",
        )
        if moved and following in STEPS:
            self.market.send(recruiter_id, (casting_id, application_id, following))
        return None

    def _headline(self) -> None:
        """Change the profile, on condition of its version."""
        headline = f"Headline {self.chance.getrandbits(40):x}"
        user_id = self.artist.me["userId"]
        changed = self._write(
            "headline",
            f"headline:{user_id}",
            headline,
            self.artist,
            ("PATCH", "/users/me", {"headline": headline}),
            if_match=f'"{self.version}"',
            resolve=lambda: self._is("/users/me", self.artist, "headline", headline),
            spends=f"{user_id} profileChanges",
        )
        if changed and "version" in changed.json():
            self.version = changed.json()["version"]
        else:
            self._read_version()

    def _read_version(self) -> None:
        answer = self._get("me", "/users/me", self.artist)
        if answer is not None and answer.is_success:
            self.version = answer.json()["version"]

    def _save(self) -> None:
        """Save a casting, or take one back."""
        if self.saved and self.chance.random() < 0.4:
            casting_id = self.saved.pop(self.chance.randrange(len(self.saved)))
            method, value = "DELETE", None
        else:
            casting_id, method, value = self._role().casting_id, "PUT", "saved"
        user_id = self.artist.me["userId"]
        done = self._write(
            "save",
            f"saved:{user_id}/{casting_id}",
            value,
            self.artist,
            (method, f"/users/me/saved-castings/{casting_id}", None),
            spends=f"{user_id} savedCastings" if value else "",
        )
        if done and value and casting_id not in self.saved:
            self.saved.append(casting_id)

    def _connect(self) -> None:
        """Request, accept and remove a connection between the two accounts, in turns."""
        artist, recruiter = self.artist.me["userId"], self.recruiter.me["userId"]
        if self.connection is None:
            request = ("POST", "/connections", {"userId": recruiter})
            tells, spends = f"{recruiter} requested {artist}", f"{artist} connectionRequests"
            self._move("pending", self.artist, request, tells, spends)
        elif self.connection == "pending":
            answer = ("PUT", f"/connections/{artist}", {"answer": "accepted"})
            self._move("accepted", self.recruiter, answer, f"{artist} accepted {recruiter}")
        else:
            self._move(None, self.artist, ("DELETE", f"/connections/{recruiter}", None))

    def _move(
        self,
        value: str | None,
        by: Person,
        request: tuple[str, str, Any],
        tells: str = "",
        spends: str = "",
    ) -> None:
        artist, recruiter = self.artist.me["userId"], self.recruiter.me["userId"]
        moved = self._write(
            "connect",
            f"connection:{artist}/{recruiter}",
            value,
            by,
            request,
            has_key=request[0] == "POST",
            made=(lambda answer: str(answer["createdAt"])) if request[0] == "POST" else None,
            resolve=lambda: self._stands_at(value),
            tells=tells,
            spends=spends,
        )
        if moved:
            self.connection = value
        else:
            self._stands_at(value)

    def _stands_at(self, value: str | None) -> bool | None:
        """Whether the service says that the connection is so, or None if it does not answer."""
        recruiter = self.recruiter.me["userId"]
        query = {"people": recruiter}
        answer = self._get("related", "/users/me/relations", self.artist, query)
        if answer is None or not answer.is_success:
            return None
        [person] = answer.json()["people"]
        self.connection = person["connection"]
        return bool(self.connection == value)

    def _view(self) -> None:
        casting_id, viewer = self._role().casting_id, self.artist.me["userId"]
        if casting_id not in self.seen:
            self.seen.add(casting_id)
            path = f"/castings/{casting_id}/views"
            key = f"view:{casting_id}/{viewer}"
            self._write("view", key, "seen", self.artist, ("POST", path, None),
                        spends=f"{viewer} views")  # fmt: skip

    def _mark(self) -> None:
        """Mark the newest notification as read."""
        answer = self._get("told", "/users/me/notifications", self.recruiter)
        if answer is None or not answer.is_success or not answer.json()["items"]:
            return
        newest = answer.json()["items"][0]["notificationId"]
        if newest > self.marked:
            self.marked = newest
            key = f"read:{self.recruiter.me['userId']}"
            request = ("PUT", "/users/me/notifications/read", {"upTo": newest})
            self._write("mark", key, newest, self.recruiter, request)

    def _role(self) -> Role:
        return self.chance.choice(self.market.roles)

    def _is(self, path: str, by: Person, name: str, value: str) -> bool | None:
        """Whether the service says so, or None if it does not answer."""
        answer = self._get("me" if path == "/users/me" else "application", path, by)
        if answer is None:
            return None
        return answer.is_success and bool(answer.json().get(name) == value)

    def _write(
        self,
        name: str,
        key: str,
        value: str | None,
        by: Person,
        request: tuple[str, str, Any],
        *,
        has_key: bool = False,
        made: Callable[[Any], str] | None = None,
        resolve: Resolve | None = None,
        if_match: str = "",
        tells: str = "",
        spends: str = "",
    ) -> httpx.Response | None:
        """Send a write until its end is clear, and record it. Return the answer of success.

        resolve: whether the write is done, asked if a retry is refused after an unclear try
        """
        op = self.history.invoke(
            name, key=key, value=value, has_key=has_key, tells=tells, spends=spends
        )
        headers = {"if-match": if_match} if if_match else {}
        if has_key:
            headers["idempotency-key"] = uuid.UUID(int=self.chance.getrandbits(128)).hex
        group = "apply" if name == "apply" else "write"
        is_unclear = False
        for number in range(TRIES):
            method, path, body = request
            answer = self._send(name, group, op, method, path, by, body, headers)
            if answer is None or answer.status_code >= 500:
                is_unclear = True
            elif answer.is_success:
                made_id = made(answer.json()) if made else ""
                self.history.add("ok", name, op=op, made=made_id)
                if has_key and made and self.chance.random() < 0.1:
                    self._replay(name, key, made, by, request, headers)
                return answer
            elif not _is_throttled(answer):
                is_done = resolve() if is_unclear and resolve else False
                if is_done:
                    self.history.add("ok", name, op=op)
                    return answer
                if is_done is None:
                    break
                code = answer.json().get("code", "")
                self.history.add("fail", name, op=op, status=answer.status_code, code=code)
                return None
            if not self._pause(answer, number):
                break
        self.history.add("unknown", name, op=op)
        return None

    def _replay(
        self,
        name: str,
        key: str,
        made: Callable[[Any], str],
        by: Person,
        request: tuple[str, str, Any],
        headers: dict[str, str],
    ) -> None:
        """Send a finished create again, which must get the same answer and write nothing."""
        method, path, body = request
        answer = self._send(name, "write", 0, method, path, by, body, headers)
        if answer is not None and answer.status_code < 500:
            code = "" if answer.is_success else answer.json().get("code", "")
            made_id = made(answer.json()) if answer.is_success else f"{answer.status_code} {code}"
            self.history.add("replayed", name, key=key, made=made_id)

    def _send(
        self,
        name: str,
        group: str,
        op: int,
        method: str,
        path: str,
        by: Person | None = None,
        body: Any = None,
        headers: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
    ) -> httpx.Response | None:
        """One try. None if there was no answer."""
        sent = {"authorization": f"Bearer {by.token}"} if by else {}
        started = time.monotonic()
        answer: httpx.Response | None
        try:
            answer = self.http.request(
                method, path, json=body, headers=sent | (headers or {}), params=query
            )
        except httpx.TransportError as error:
            answer = None
            status, code, has_retry_after = 0, type(error).__name__, False
        else:
            status, code = answer.status_code, answer.headers.get("x-request-id", "")
            has_retry_after = "retry-after" in answer.headers
        self.counted += 1
        self.history.add(
            "attempt",
            name,
            op=op,
            group=group,
            status=status,
            code=code if status == 0 or status >= 500 else "",
            retry_after=has_retry_after,
            seconds=time.monotonic() - started,
            clients=self.running,
        )
        return answer

    def _pause(self, answer: httpx.Response | None, number: int) -> bool:
        """Wait before the next try. False if there should be none."""
        if time.monotonic() > self.stops_at:
            return False
        asked = answer.headers.get("retry-after", "0") if answer is not None else "0"
        longest = max(float(asked), min(0.1 * 2**number, 2))
        time.sleep(min(self.chance.uniform(longest / 2, longest), 2))
        return True


class Crowd:
    """Clients that run together."""

    def __init__(self, clients: list[Client]) -> None:
        self.clients = clients
        self.problems: list[BaseException] = []

    def open_market(self) -> None:
        """Publish the first castings, so that there is something to browse."""
        for client in self.clients:
            client._publish()

    @contextmanager
    def running(self, count: int = 0, *, patience: float = 30) -> Iterator[None]:
        """Run this many of the clients, all by default, while the block runs."""
        running = self.clients[: count or len(self.clients)]
        done = threading.Event()

        def run(client: Client) -> None:
            client.running, client.stops_at = len(running), float("inf")
            try:
                while not done.is_set():
                    client.step()
            except BaseException as problem:
                self.problems.append(problem)

        threads = [threading.Thread(target=run, args=(each,)) for each in running]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            done.set()
            for client in running:
                client.stops_at = time.monotonic() + patience
            for thread in threads:
                thread.join()
        if self.problems:
            raise self.problems[0]

    @property
    def counted(self) -> int:
        return sum(client.counted for client in self.clients)


def _is_throttled(answer: httpx.Response) -> bool:
    """Whether the call may succeed in seconds, unlike one over the quota of a day."""
    return answer.status_code == httpx.codes.TOO_MANY_REQUESTS and b'"quota"' not in answer.content
