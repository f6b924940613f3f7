"""The demo: artists, recruiters and castings of every status, loaded through the API itself."""

import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

from embedded.client import ApiError, Client

PASSWORD = "Monsoon-Stage-2026"
# MiniStack sends no mail; it accepts this code for every sign-up.
SIGN_UP_CODE = "123456"

Profile = dict[str, Any]

PROFILES: list[Profile] = [
    {
        "username": "kavya",
        "role": "recruiter",
        "displayName": "Kavya Menon",
        "headline": "Casting director for films and series",
        "city": "Mumbai",
        "companyName": "Andheri Casting Company",
        "website": "https://andheri-casting.example",
    },
    {
        "username": "arjun",
        "role": "recruiter",
        "displayName": "Arjun Rao",
        "headline": "Producer of stage and concert evenings",
        "city": "Bengaluru",
        "companyName": "Cubbon Stage Works",
    },
    {
        "username": "nandini",
        "role": "recruiter",
        "displayName": "Nandini Iyer",
        "headline": "Talent for commercials and fashion",
        "city": "Chennai",
        "companyName": "Marina Talent",
    },
    {
        "username": "priya",
        "role": "artist",
        "displayName": "Priya Sharma",
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
        "headline": "Model",
        "city": "Guwahati",
        "categories": ["modelling"],
        "languages": ["assamese", "english"],
        "privacy": "private",
    },
]

# What brings a draft to each status.
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


# Recruiter, status, days until the deadline, casting.
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

# What artists have saved for later: recruiter and title.
SAVED = {
    "priya": [
        ("kavya", "Lead and sister for a web series"),
        ("nandini", "Faces for a handloom catalogue"),
    ],
}


def email_of(username: str) -> str:
    return f"{username}@artisthub.example"


def accounts() -> list[dict[str, str]]:
    return [
        {"email": email_of(profile["username"]), "password": PASSWORD, "role": profile["role"]}
        for profile in PROFILES
    ]


def load(api_url: str, user_pool_id: str) -> str | None:
    """Adds what is missing and leaves the rest as it is, whoever changed it since.

    Answers the id of a casting that is open, for a first call to try.
    """
    first, *others = PROFILES
    with Client(api_url, user_pool_id) as viewer:
        with contextlib.suppress(ApiError):
            viewer.sign_in(email_of(first["username"]), PASSWORD)
        _load_account(viewer, first)
        for profile in others:
            if not _is_complete(viewer, profile):
                with Client(api_url, user_pool_id) as client:
                    _load_account(client, profile)
        castings = _castings_of(viewer, viewer.call("GET", "/v1/users/me").json()["userId"])
    return next((one["castingId"] for one in castings if one["status"] == "open"), None)


def _is_complete(viewer: Client, profile: Profile) -> bool:
    found = viewer.request("GET", f"/v1/usernames/{profile['username']}")
    if found.is_error:
        return False
    wanted: int = sum(owner == profile["username"] for owner, _, _, _ in CASTINGS)
    user_id: str = found.json()["userId"]
    return wanted == 0 or len(_castings_of(viewer, user_id)) >= wanted


def _load_account(client: Client, profile: Profile) -> None:
    if not client.token:
        _sign_up(client, email_of(profile["username"]))
    try:
        me = client.call("GET", "/v1/users/me").json()
    except ApiError as error:
        if error.code != "ProfileRequired":
            raise
        me = client.call("POST", "/v1/users", profile).json()
    _load_castings(client, me)
    _save_castings(client, me["username"])


def _sign_up(client: Client, email: str) -> None:
    client.call("POST", "/v1/auth/signup", {"email": email, "password": PASSWORD})
    # Refused where the account was there before; then signing in is all it takes.
    client.request("POST", "/v1/auth/confirm", {"email": email, "code": SIGN_UP_CODE})
    client.sign_in(email, PASSWORD)


def _castings_of(client: Client, recruiter_id: str) -> list[dict[str, Any]]:
    page = client.call("GET", f"/v1/recruiters/{recruiter_id}/castings?limit=100").json()
    items: list[dict[str, Any]] = page["items"]
    return items


def _load_castings(client: Client, recruiter: Profile) -> None:
    wanted = [casting for casting in CASTINGS if casting[0] == recruiter["username"]]
    if not wanted:
        return
    present = {casting["title"] for casting in _castings_of(client, recruiter["userId"])}
    # As many as there were, under other titles: someone has worked with them.
    if len(present) >= len(wanted):
        return
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for _, status, days, casting in wanted:
        if casting["title"] not in present:
            deadline_at = (today + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
            _load_casting(client, casting | {"deadlineAt": deadline_at}, status)


def _save_castings(client: Client, username: str) -> None:
    for recruiter, title in SAVED.get(username, []):
        owner = client.call("GET", f"/v1/usernames/{recruiter}").json()
        for casting in _castings_of(client, owner["userId"]):
            if casting["title"] == title:
                client.call("PUT", f"/v1/users/me/saved-castings/{casting['castingId']}")


def _load_casting(client: Client, casting: dict[str, Any], status: str) -> None:
    created = client.call("POST", "/v1/castings", casting)
    for step in STATUS_PATHS[status]:
        path = f"/v1/castings/{created.json()['castingId']}/status"
        created = client.call("PUT", path, {"status": step}, {"If-Match": created.headers["ETag"]})
