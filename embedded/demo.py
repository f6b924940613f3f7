"""Demo data, loaded through the API itself.

It has artists, recruiters and connections, and castings and applications in every status.
"""

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import httpx

from embedded.client import ApiError, Client
from embedded.faces import face_of

PASSWORD = "Monsoon-Stage-2026"
# MiniStack sends no e-mail and accepts this code for every sign-up.
SIGN_UP_CODE = "123456"

# This account has no profile. An operator makes it an administrator.
ADMIN = "asha"

Profile = dict[str, Any]
ClientOf = Callable[[str], Client]

PROFILES: list[Profile] = [
    {
        "username": "kavya",
        "role": "recruiter",
        "displayName": "Kavya Menon",
        "bornOn": "1984-02-11",
        "headline": "Casting director for films and series",
        "city": "Mumbai",
        "companyName": "Andheri Casting Company",
        "website": "https://andheri-casting.example",
    },
    {
        "username": "arjun",
        "role": "recruiter",
        "displayName": "Arjun Rao",
        "bornOn": "1979-09-30",
        "headline": "Producer of stage and concert evenings",
        "city": "Bengaluru",
        "companyName": "Cubbon Stage Works",
    },
    {
        "username": "nandini",
        "role": "recruiter",
        "displayName": "Nandini Iyer",
        "bornOn": "1988-12-03",
        "headline": "Talent for commercials and fashion",
        "city": "Chennai",
        "companyName": "Marina Talent",
    },
    {
        "username": "priya",
        "role": "artist",
        "displayName": "Priya Sharma",
        "bornOn": "1996-06-21",
        "headline": "Actor for screen and stage",
        "bio": "Eight years of Hindi theatre, three web series.",
        "city": "Mumbai",
        "categories": ["acting"],
        "skills": ["improvisation", "horse riding"],
        "languages": ["hindi", "english", "marathi"],
    },
    {
        "username": "rohan",
        "role": "artist",
        "displayName": "Rohan Das",
        "bornOn": "2001-04-08",
        "headline": "Contemporary dancer and choreographer",
        "city": "Kolkata",
        "categories": ["dance"],
        "skills": ["contemporary", "chhau"],
        "languages": ["bengali", "hindi", "english"],
    },
    {
        "username": "meera",
        "role": "artist",
        "displayName": "Meera Krishnan",
        "bornOn": "1993-01-27",
        "headline": "Carnatic singer",
        "city": "Chennai",
        "categories": ["music"],
        "skills": ["carnatic", "playback singing"],
        "languages": ["tamil", "telugu", "english"],
        "privacy": "connections",
    },
    {
        "username": "imran",
        "role": "artist",
        "displayName": "Imran Qureshi",
        "bornOn": "1986-10-15",
        "headline": "Voice artist, warm baritone",
        "city": "Hyderabad",
        "categories": ["voice"],
        "skills": ["dubbing", "narration"],
        "languages": ["urdu", "hindi", "telugu", "english"],
    },
    {
        "username": "tenzin",
        "role": "artist",
        "displayName": "Tenzin Wangmo",
        "bornOn": "2004-07-19",
        "headline": "Model",
        "city": "Guwahati",
        "categories": ["modelling"],
        "languages": ["assamese", "english"],
        "privacy": "private",
    },
]

# Transitions that bring a draft to each status.
STATUS_PATHS: dict[str, list[str]] = {
    "draft": [],
    "open": ["open"],
    "closed": ["open", "closed"],
    "filled": ["open", "closed", "filled"],
    "cancelled": ["open", "cancelled"],
}


def _rupees(rupees: int, unit: str) -> dict[str, Any]:
    money = {"amount": rupees * 100, "currency": "INR"}
    return {"kind": "paid", "money": money, "unit": unit}


# Each has the recruiter, the status, the days until the deadline and the casting.
CASTINGS: list[tuple[str, str, int, dict[str, Any]]] = [
    (
        "kavya",
        "open",
        30,
        {
            "title": "Lead and sister for a web series",
            "description": "Six episodes about a family-run cinema. Shooting in Mumbai, 40 days.",
            "category": "acting",
            "city": "Mumbai",
            "mode": "onsite",
            "tags": ["web series", "hindi"],
            "roles": [
                {
                    "title": "Asha, 28, projectionist",
                    "requirements": {
                        "genders": ["female"],
                        "minAge": 24,
                        "maxAge": 34,
                        "languages": ["hindi"],
                    },
                    "pay": _rupees(15000, "day"),
                },
                {
                    "title": "Tara, her younger sister",
                    "requirements": {"genders": ["female"], "minAge": 18, "maxAge": 25},
                    "pay": _rupees(9000, "day"),
                },
            ],
        },
    ),
    (
        "kavya",
        "draft",
        45,
        {
            "title": "Villagers for a period film",
            "description": "Forty people of all ages, costumes provided, near Pune.",
            "category": "acting",
            "city": "Pune",
            "mode": "onsite",
            "tags": ["film"],
            "roles": [{"title": "Villager", "pay": _rupees(1500, "day")}],
        },
    ),
    (
        "kavya",
        "filled",
        20,
        {
            "title": "Voice of the narrator",
            "description": "Audio book in Urdu, eleven hours, recorded at home or in our studio.",
            "category": "voice",
            "city": "Hyderabad",
            "mode": "hybrid",
            "tags": ["audio book", "urdu"],
            "roles": [
                {
                    "title": "Narrator",
                    "requirements": {"languages": ["urdu"], "skills": ["narration"]},
                    "pay": _rupees(60000, "project"),
                }
            ],
        },
    ),
    (
        "arjun",
        "open",
        21,
        {
            "title": "Dancers for a river festival",
            "description": "An evening of contemporary dance in the open air; ten rehearsals.",
            "category": "dance",
            "city": "Kolkata",
            "mode": "onsite",
            "tags": ["festival", "contemporary"],
            "roles": [
                {
                    "title": "Dancer in the ensemble",
                    "requirements": {"skills": ["contemporary"]},
                    "pay": _rupees(1200, "hour"),
                }
            ],
        },
    ),
    (
        "arjun",
        "closed",
        14,
        {
            "title": "Singers for a temple concert",
            "description": "Two voices for a Carnatic programme in Mysuru.",
            "category": "music",
            "city": "Mysuru",
            "mode": "onsite",
            "tags": ["carnatic", "concert"],
            "roles": [{"title": "Singer", "pay": {"kind": "expenses"}}],
        },
    ),
    (
        "nandini",
        "open",
        10,
        {
            "title": "Faces for a handloom catalogue",
            "description": "Two days of photographs for weavers' cooperatives of the north-east.",
            "category": "modelling",
            "city": "Guwahati",
            "mode": "onsite",
            "tags": ["catalogue", "handloom"],
            "roles": [{"title": "Model", "pay": _rupees(12000, "day")}],
        },
    ),
    (
        "nandini",
        "cancelled",
        25,
        {
            "title": "Duet for a radio jingle",
            "description": "Thirty seconds, Tamil, recorded from anywhere.",
            "category": "music",
            "city": "Chennai",
            "mode": "remote",
            "tags": ["jingle", "tamil"],
            "roles": [{"title": "Singer", "pay": {"kind": "unpaid"}}],
        },
    ),
]

# Documents by casting title.
DOCUMENTS: dict[str, list[dict[str, str]]] = {
    "Lead and sister for a web series": [
        {
            "title": "Asha and Tara: the scene at the ticket window",
            "url": "https://andheri-casting.example/ticket-window.pdf",
            "kind": "script",
        },
        {
            "title": "Shooting days and places",
            "url": "https://andheri-casting.example/days-and-places.pdf",
            "kind": "brief",
        },
    ],
}

# Each has the casting, the artist, the role, the artist's message and the final status.
APPLICATIONS: list[tuple[str, str, str, str, str]] = [
    (
        "Lead and sister for a web series",
        "priya",
        "Asha, 28, projectionist",
        "My grandfather ran a cinema in Satara.",
        "audition",
    ),
    (
        "Lead and sister for a web series",
        "priya",
        "Tara, her younger sister",
        "I can play younger, too.",
        "declined",
    ),
    (
        "Lead and sister for a web series",
        "tenzin",
        "Tara, her younger sister",
        "This would be my first part in a series.",
        "viewed",
    ),
    (
        "Voice of the narrator",
        "imran",
        "Narrator",
        "I have read eleven novels in Urdu for the radio.",
        "booked",
    ),
    (
        "Dancers for a river festival",
        "rohan",
        "Dancer in the ensemble",
        "I know the ghats by heart.",
        "shortlisted",
    ),
    (
        "Singers for a temple concert",
        "meera",
        "Singer",
        "I have sung this programme in Thanjavur.",
        "offered",
    ),
    (
        "Faces for a handloom catalogue",
        "tenzin",
        "Model",
        "My mother weaves.",
        "submitted",
    ),
    (
        "Faces for a handloom catalogue",
        "rohan",
        "Model",
        "I am free on both days.",
        "withdrawn",
    ),
    (
        "Dancers for a river festival",
        "tenzin",
        "Dancer in the ensemble",
        "I dance the cham of my village.",
        "confirmed",
    ),
    (
        "Singers for a temple concert",
        "imran",
        "Singer",
        "I sing ghazals and thumris.",
        "accepted",
    ),
    (
        "Singers for a temple concert",
        "priya",
        "Singer",
        "I sang in the choir of my college.",
        "refused",
    ),
]

# The steps of recruiters, and the step before each answer of an artist.
ANSWERS = {"confirmed": "audition", "accepted": "offered", "refused": "offered"}
PIPELINE = ["viewed", "shortlisted", "audition", "offered", "booked"]

# Each has the requester, the addressee and whether it is accepted.
CONNECTIONS: list[tuple[str, str, bool]] = [("kavya", "meera", True), ("kavya", "imran", False)]

# Each has the artist, the recruiter and the saved casting's title.
SAVED: list[tuple[str, str, str]] = [
    ("priya", "kavya", "Lead and sister for a web series"),
    ("priya", "nandini", "Faces for a handloom catalogue"),
]


def email_of(username: str) -> str:
    return f"{username}@artisthub.example"


def accounts() -> list[dict[str, str]]:
    roles = {profile["username"]: profile["role"] for profile in PROFILES} | {ADMIN: "admin"}
    return [
        {"email": email_of(name), "password": PASSWORD, "role": role}
        for name, role in roles.items()
    ]


def load(api_url: str, user_pool_id: str, make_admin: Callable[[str], None]) -> str | None:
    """Add the missing demo data and leave everything else unchanged.

    `make_admin` makes the account with this address an administrator, who verifies the recruiters.
    Return the id of an open casting, for a first request to try.
    """
    first = PROFILES[0]["username"]
    with contextlib.ExitStack() as clients:

        @cache
        def client_of(username: str) -> Client:
            client = clients.enter_context(Client(api_url, user_pool_id))
            client.sign_in(email_of(username), PASSWORD, confirm=False)
            return client

        # One account checks whether anything is missing, because each sign-in takes time.
        try:
            viewer = client_of(first)
        except ApiError:
            _sign_up(clients.enter_context(Client(api_url, user_pool_id)), first)
            viewer = client_of(first)
        user_ids = {
            profile["username"]: _load_profile(viewer, client_of, profile) for profile in PROFILES
        }
        _sign_up(viewer, ADMIN)
        make_admin(email_of(ADMIN))
        for recruiter in dict.fromkeys(owner for owner, _, _, _ in CASTINGS):
            _load_castings(viewer, client_of, recruiter, user_ids[recruiter])
        for asker, other, is_accepted in CONNECTIONS:
            _load_connection(client_of, user_ids, asker, other, is_accepted=is_accepted)
        for artist, recruiter, title in SAVED:
            _save_casting(viewer, client_of(artist), user_ids[recruiter], title)
        castings = _castings_of(viewer, user_ids[first])
    return next((one["castingId"] for one in castings if one["status"] == "open"), None)


def _sign_up(anyone: Client, username: str) -> None:
    email = email_of(username)
    anyone.call("POST", "/v1/auth/signup", {"email": email, "password": PASSWORD})
    # An existing account gets an error here and can sign in anyway.
    anyone.request("POST", "/v1/auth/confirm", {"email": email, "code": SIGN_UP_CODE})


def _load_profile(viewer: Client, client_of: ClientOf, profile: Profile) -> str:
    """Create the profile if it is missing. Return the account's user id."""
    username = profile["username"]
    found = viewer.request("GET", f"/v1/usernames/{username}")
    if found.is_error:
        _sign_up(viewer, username)
        found = _own_profile(client_of(username), profile)
    if found.json().get("picture", "hidden") is None:
        _set_picture(client_of(username), username)
    user_id: str = found.json()["userId"]
    return user_id


def _own_profile(client: Client, profile: Profile) -> httpx.Response:
    try:
        return client.call("GET", "/v1/users/me")
    except ApiError as error:
        if error.code != "ProfileRequired":
            raise
        return client.call("POST", "/v1/users", profile)


def _set_picture(client: Client, username: str) -> None:
    face = face_of(username)
    wanted = {"kind": "image", "contentType": "image/png", "fileBytes": len(face)}
    upload = client.call("POST", "/v1/media/uploads", wanted).json()
    files = {"file": ("face.png", face)}
    sent = httpx.post(upload["url"], data=upload["fields"], files=files, trust_env=False)
    sent.raise_for_status()
    client.call("PUT", "/v1/users/me/picture", {"mediaUrl": upload["mediaUrl"]})


def _castings_of(client: Client, recruiter_id: str) -> list[dict[str, Any]]:
    page = client.call("GET", f"/v1/recruiters/{recruiter_id}/castings?limit=100").json()
    items: list[dict[str, Any]] = page["items"]
    return items


def _load_castings(viewer: Client, client_of: ClientOf, recruiter: str, recruiter_id: str) -> None:
    wanted = [casting for casting in CASTINGS if casting[0] == recruiter]
    present = {casting["title"] for casting in _castings_of(viewer, recruiter_id)}
    # As many castings under other titles mean that somebody has edited them.
    if len(present) >= len(wanted):
        return
    # In some stages, only verified recruiters can publish.
    client_of(ADMIN).call("PUT", f"/v1/admin/users/{recruiter_id}/verification")
    for _, status, days, casting in wanted:
        if casting["title"] not in present:
            dated = casting | {"deadlineAt": _in_days(days)}
            _load_casting(client_of, client_of(recruiter), dated, status)


def _load_casting(
    client_of: ClientOf, recruiter: Client, casting: dict[str, Any], status: str
) -> None:
    created = recruiter.call("POST", "/v1/castings", casting)
    path = f"/v1/castings/{created.json()['castingId']}"
    for step in STATUS_PATHS[status]:
        etag = created.headers["ETag"]
        created = recruiter.call("PUT", f"{path}/status", {"status": step}, {"If-Match": etag})
        if step == "open":
            _load_applications(client_of, recruiter, path, created.json())
            created = recruiter.call("GET", path)  # a booking changes it
    for document in DOCUMENTS.get(casting["title"], []):
        recruiter.call("POST", f"{path}/documents", document)


def _load_applications(
    client_of: ClientOf, recruiter: Client, path: str, casting: dict[str, Any]
) -> None:
    role_ids = {role["title"]: role["roleId"] for role in casting["roles"]}
    for title, artist, role, note, status in APPLICATIONS:
        if title != casting["title"]:
            continue
        sent = {"roleId": role_ids[role], "shareContact": True, "note": note}
        made = client_of(artist).call("POST", f"{path}/applications", sent).json()
        application = f"{path}/applications/{made['applicationId']}"
        if status == "withdrawn":
            client_of(artist).call("DELETE", application)
            continue
        for step in _steps_to(status):
            recruiter.call("PUT", f"{application}/status", _step(step, casting["city"]))
        if status in ANSWERS:
            client_of(artist).call("PUT", f"{application}/answer", {"answer": status})


def _steps_to(status: str) -> list[str]:
    if status == "submitted":
        return []
    if status == "declined":
        return ["viewed", "declined"]
    return PIPELINE[: PIPELINE.index(ANSWERS.get(status, status)) + 1]


def _step(status: str, place: str) -> dict[str, Any]:
    if status != "audition":
        return {"status": status}
    return {"status": status, "audition": {"startsAt": _in_days(7), "place": place}}


def _save_casting(viewer: Client, artist: Client, recruiter_id: str, title: str) -> None:
    for casting in _castings_of(viewer, recruiter_id):
        if casting["title"] == title:
            artist.call("PUT", f"/v1/users/me/saved-castings/{casting['castingId']}")


def _load_connection(
    client_of: ClientOf, user_ids: dict[str, str], asker: str, other: str, *, is_accepted: bool
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
