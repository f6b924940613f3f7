"""The API itself: its health, contract and documentation page."""

import zlib
from functools import cache
from importlib.machinery import PathFinder
from typing import Any, Literal

import msgspec

from artisthub.shared import errors
from artisthub.shared.endpoint import Answer, Request, by_route, endpoint
from artisthub.shared.models import Stored
from artisthub.shared.settings import settings

GZIP = 31  # zlib's `wbits` for gzip
FIVE_MINUTES = "public, max-age=300"
FOREVER = "public, max-age=31536000, immutable"

JAVASCRIPT, CSS = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
ASSETS = {
    "page.css": CSS,
    "page.js": JAVASCRIPT,
    "swagger-ui-bundle.js": JAVASCRIPT,
    "swagger-ui.css": CSS,
}

# Swagger UI has its icons as data URLs in its style sheet, and needs no inline script or style.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Health(Stored):
    """The health of the service, with its stage."""

    status: Literal["ok"]
    service: str
    stage: str


class NoSuchRoute(errors.NotFound):
    detail = "The API has no such address. GET /v1/openapi.json lists all addresses."


class AssetQuery(msgspec.Struct):
    """`v` is the asset's version. An answer with its version never changes."""

    v: str = ""


class Secured(msgspec.Struct):
    """An operation in the contract, with the tokens that it takes."""

    security: list[dict[str, list[str]]]

    @property
    def is_public(self) -> bool:
        return not self.security or {} in self.security


class Contract(msgspec.Struct):
    """The operations of each address in the contract, by method."""

    paths: dict[str, dict[str, Secured]]


class File(msgspec.Struct, frozen=True):
    """A static file. Most clients accept it compressed."""

    zipped: bytes
    version: str


@endpoint(public=True)
def health(request: Request[None, None]) -> Health:
    """Check that the service answers.

    Public. It does not check other services, so an outage of theirs does not make this one look
    unhealthy.
    """
    return Health(status="ok", service="artisthub-api", stage=settings.STAGE)


@endpoint(public=True)
def openapi(request: Request[None, None]) -> Answer[bytes]:
    """Get this document, the contract of the API in OpenAPI 3.1.

    Public.
    """
    return _answer(request, _packaged("openapi.json"), "application/json", FIVE_MINUTES)


@endpoint(public=True, query=AssetQuery)
def docs(request: Request[None, AssetQuery]) -> Answer[bytes]:
    """Get the documentation page, or one of its assets."""
    name = request.path.get("asset")
    if name is None:
        answer = _answer(request, _page(), "text/html; charset=utf-8", FIVE_MINUTES)
        answer.headers["content-security-policy"] = PAGE_POLICY
        return answer
    if name not in ASSETS:
        raise errors.NotFound
    asset = _packaged(name)
    lifetime = FOREVER if request.query.v == asset.version else FIVE_MINUTES
    return _answer(request, asset, ASSETS[name], lifetime)


@endpoint(public=True)
def no_such_route(request: Request[None, None]) -> None:
    """Raise NoSuchRoute for an unknown address, and MethodNotAllowed for an unknown method."""
    allowed = _methods_of(request.event["rawPath"])
    raise errors.MethodNotAllowed(*allowed) if allowed else NoSuchRoute


meta = by_route(
    {
        "GET /v1/health": health,
        "GET /v1/openapi.json": openapi,
        "GET /v1/docs": docs,
        "GET /v1/docs/{asset}": docs,
        "$default": no_such_route,
    }
)


def _methods_of(path: str) -> list[str]:
    """The methods of the address in the contract. Of several that fit, the most literal."""
    contract = zlib.decompress(_packaged("openapi.json").zipped, GZIP)
    paths = msgspec.json.decode(contract, type=Contract).paths
    asked = path.split("/")
    fitting = [
        template
        for template in paths
        if len(parts := template.split("/")) == len(asked)
        and all(
            part == each or (part.startswith("{") and each)
            for part, each in zip(parts, asked, strict=True)
        )
    ]
    if not fitting:
        return []
    best = min(fitting, key=lambda template: template.count("{"))
    operations = paths[best]
    head = ["HEAD"] if "get" in operations and operations["get"].is_public else []
    return [method.upper() for method in operations] + head


def _answer(
    request: Request[Any, Any], file: File, media_type: str, lifetime: str
) -> Answer[bytes]:
    if _accepts_gzip(request.headers.get("accept-encoding", "")):
        # Different bytes need a different strong ETag (RFC 9110, section 8.8.3.3).
        tag = f'"{file.version}-gzip"'
        answer = Answer(file.zipped, content_encoding="gzip", etag=tag)
    else:
        answer = Answer(zlib.decompress(file.zipped, GZIP), etag=f'"{file.version}"')
    answer.headers |= {
        "content-type": media_type,
        "cache-control": lifetime,
        "vary": "accept-encoding",
    }
    return answer


def _accepts_gzip(accepted: str) -> bool:
    """Whether Accept-Encoding allows gzip (RFC 9110, section 12.5.3)."""
    codings = (coding.partition(";") for coding in accepted.lower().split(","))
    weights = {name.strip(): weight.replace(" ", "") for name, _, weight in codings}
    weight = weights.get("gzip", weights.get("*", "q=0"))
    return weight.rstrip("0.") != "q="


@cache
def _page() -> File:
    page = zlib.decompress(_packaged("page.html").zipped, GZIP).decode()
    for name in ASSETS:
        page = page.replace("{" + name + "}", _packaged(name).version)
    # The proof of a password needs the pool's name, which is in every token too.
    return _zipped(page.replace("{user-pool}", settings.USER_POOL_ID).encode())


@cache
def _packaged(name: str) -> File:
    """A file of the layer that infra/plugins/packaging/docs-page.js fills."""
    package: Any = PathFinder.find_spec("swagger_ui")
    path = f"{package.submodule_search_locations[0]}/{name}.gz"
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs 3 ms of every cold start
        return _versioned(file.read())


def _zipped(content: bytes) -> File:
    return _versioned(zlib.compress(content, level=9, wbits=GZIP))


def _versioned(zipped: bytes) -> File:
    from hashlib import sha256  # not needed by health

    return File(zipped, sha256(zipped).hexdigest()[:16])
