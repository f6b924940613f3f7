"""The Python client of ArtistHub API."""

from artisthub_client import errors, models
from artisthub_client.changing import change
from artisthub_client.client import ArtistHub
from artisthub_client.paging import each, pages
from artisthub_client.problem import (
    ApiError,
    ArtistHubError,
    NoAnswer,
    TotpRequired,
    UnknownChallenge,
    UploadFailed,
)
from artisthub_client.session import Device, Session
from artisthub_client.version import __version__
from artisthub_client.wire import UNSET

__all__ = [
    "UNSET",
    "ApiError",
    "ArtistHub",
    "ArtistHubError",
    "Device",
    "NoAnswer",
    "Session",
    "TotpRequired",
    "UnknownChallenge",
    "UploadFailed",
    "__version__",
    "change",
    "each",
    "errors",
    "models",
    "pages",
]
