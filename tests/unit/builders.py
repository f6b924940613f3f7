"""Builders of objects that the tests of several features share."""

from typing import Any

from artisthub.castings.models import Casting, Pay, Role

CREATED = "2026-11-01T00:00:00.000Z"


def a_casting(**fields: Any) -> Casting:
    """An open casting with one role, and with these fields."""
    complete: dict[str, Any] = {
        "casting_id": "casting",
        "recruiter_id": "recruiter",
        "title": "Dancers",
        "description": "An evening.",
        "category": "dance",
        "mode": "remote",
        "status": "open",
        "roles": [Role("Dancer", "r1-1", pay=Pay("unpaid"))],
        "is_paid": False,
        "created_at": CREATED,
        "updated_at": CREATED,
        "version": 1,
    } | fields
    return Casting(role_count=len(complete["roles"]), **complete)
