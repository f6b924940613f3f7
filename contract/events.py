"""Writes contract/events.json, the JSON Schemas of the domain events, from their models.

`make fix` writes them.
"""

import json
from typing import Any

import msgspec

from artisthub.notifications import models
from contract import ROOT

FILE = ROOT / "contract/events.json"

EVENTS = (
    models.ApplicationSubmitted,
    models.ApplicationStatusChanged,
    models.ApplicationWithdrawn,
    models.AuditionMoved,
    models.AuditionConfirmed,
    models.OfferAccepted,
    models.OfferRefused,
    models.ConnectionRequested,
    models.ConnectionAccepted,
)


def text() -> str:
    _, schemas = msgspec.json.schema_components(EVENTS, ref_template="#/$defs/{name}")
    document: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The detail of each ArtistHub event by detail-type",
        "$defs": schemas,
    }
    return json.dumps(document, indent=2) + "\n"
