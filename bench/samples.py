"""A recruiter, a new casting, and API Gateway events that create and read it."""

import json
from typing import Any

RECRUITER = "0199d7a0-0000-7000-8000-000000000001"
CASTING = "0199d7a0-0000-7000-8000-000000000002"
# The stand-in for DynamoDB (bench/server.py) refuses these, or does not find them.
ARTIST = "0199d7a0-0000-7000-8000-000000000003"
WITHOUT_QUOTA = "0199d7a0-0000-7000-8000-000000000004"
DRAFT = "0199d7a0-0000-7000-8000-000000000005"
OF_CLOSED_ACCOUNT = "0199d7a0-0000-7000-8000-000000000006"
CLOSED_ACCOUNT = "0199d7a0-0000-7000-8000-000000000007"
UNKNOWN = "0199d7a0-0000-7000-8000-000000000008"
NOW = "2026-11-22T16:54:00.000Z"

FIELDS: dict[str, Any] = {
    "title": "Lead and friend for a feature film",
    "description": "\n".join(["Six weeks of shooting in Mumbai; workshops start in December."] * 5),
    "category": "acting",
    "city": "Mumbai",
    "tags": ["film", "hindi", "lead"],
    "roles": [
        {
            "title": f"Role {number}",
            "count": number,
            "requirements": {"minAge": 20, "maxAge": 35, "languages": ["hindi", "marathi"]},
            "pay": {
                "kind": "paid",
                "money": {"amount": 250_000_00, "currency": "INR"},
                "unit": "project",
            },
        }
        for number in (1, 2)
    ],
}

# Values for searched castings, so few that a thousand castings fill a page.
CITIES = [f"City{number}" for number in range(3)]
WORDS = [f"word{number:03}" for number in range(200)]

USER = {
    "userId": RECRUITER,
    "username": "priya",
    "role": "recruiter",
    "email": "priya@example.com",
    "displayName": "Priya",
    "status": "active",
    "createdAt": NOW,
    "updatedAt": NOW,
    "version": 1,
}


def event(method: str, path: str, **more: Any) -> dict[str, Any]:
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "host": "api.example.com"},
        "requestContext": {
            "requestId": "bench",
            "stage": "$default",
            "http": {"method": method, "path": path, "sourceIp": "127.0.0.1"},
            "authorizer": {"jwt": {"claims": {"sub": RECRUITER, "token_use": "access"}}},
        },
        "isBase64Encoded": False,
        **more,
    }


CREATE = event("POST", "/v1/castings", body=json.dumps(FIELDS))
GET = event("GET", f"/v1/castings/{CASTING}", pathParameters={"castingId": CASTING})
