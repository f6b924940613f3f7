"""Health, the contract and the docs page, with a layer made for these tests."""

import base64
import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from artisthub.meta import handlers
from checks import ROOT
from tests.unit.calls import CONTEXT, call, event

GZIP = {"accept-encoding": "gzip, deflate, br"}
CONTRACT = Path(handlers.__file__).with_name("openapi.json").read_bytes()
PAGE = ROOT / "infra/docs-page/page.html"
LAYER = {
    "openapi.json": CONTRACT,
    "page.html": PAGE.read_bytes(),
    "page.css": b"main {}",
    "page.js": b"start()",
    "swagger-ui.css": b"body {}",
    "swagger-ui-bundle.js": b"SwaggerUIBundle = 1",
}
PACKED = {f"{name}.gz": gzip.compress(content) for name, content in LAYER.items()}


@pytest.fixture(autouse=True)
def layer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "swagger_ui"
    folder.mkdir()
    for name, content in PACKED.items():
        (folder / name).write_bytes(content)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("USER_POOL_ID", "ap-south-1_Pool")
    forget()
    yield
    forget()


def forget() -> None:
    for cached in (handlers._packaged, handlers._page):
        cached.cache_clear()


def get(handler: Any, **more: Any) -> tuple[int, dict[str, str], bytes]:
    """The status, the headers and the decoded body."""
    response = handler(event(**more), CONTEXT)
    content = base64.b64decode(response.get("body", ""))
    return response["statusCode"], response["headers"], content


def get_asset(name: str, **more: Any) -> tuple[int, dict[str, str], bytes]:
    return get(handlers.docs, path={"asset": name}, **more)


class TestHealth:
    def test_health_names_the_stage(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("STAGE", "staging")

        reply = call(handlers.health, event())

        assert reply.status == 200
        assert reply.json == {"status": "ok", "service": "artisthub-api", "stage": "staging"}
        assert reply.headers["cache-control"] == "no-store"


class TestContract:
    def test_the_committed_contract_is_served(self) -> None:
        status, headers, content = get(handlers.openapi)

        assert (status, content) == (200, CONTRACT)
        assert headers["content-type"] == "application/json"
        assert headers["cache-control"] == "public, max-age=300"
        assert "content-encoding" not in headers

    def test_the_contract_is_compressed_for_clients_that_accept_gzip(self) -> None:
        _, headers, content = get(handlers.openapi, headers=GZIP)

        assert headers["content-encoding"] == "gzip"
        assert headers["vary"] == "accept-encoding"
        assert gzip.decompress(content) == CONTRACT
        assert len(content) < len(CONTRACT) / 5

    @pytest.mark.parametrize(
        ("accepted", "is_zipped"),
        [
            ("gzip", True),
            ("GZIP;q=0.5", True),
            ("br;q=1.0, *;q=0.1", True),
            ("*", True),
            ("gzip;q=1", True),
            ("", False),
            ("identity", False),
            ("gzip;q=0", False),
            ("gzip; q=0.000, *", False),
            ("x-gzip-like", False),
        ],
    )
    def test_accept_encoding_decides_whether_the_contract_is_compressed(
        self, accepted: str, is_zipped: bool
    ) -> None:
        _, headers, _ = get(handlers.openapi, headers={"accept-encoding": accepted})

        assert ("content-encoding" in headers) is is_zipped

    @pytest.mark.parametrize("accepted", [{}, GZIP])
    def test_a_matching_etag_gets_304_without_a_body(self, accepted: dict[str, str]) -> None:
        _, first, _ = get(handlers.openapi, headers=accepted)

        status, headers, content = get(
            handlers.openapi, headers=accepted | {"if-none-match": first["etag"]}
        )

        assert (status, content) == (304, b"")
        assert headers["etag"] == first["etag"]
        assert headers["cache-control"] == "public, max-age=300"

    def test_the_compressed_and_the_plain_contract_have_different_strong_etags(self) -> None:
        tags = {get(handlers.openapi, headers=accepted)[1]["etag"] for accepted in ({}, GZIP)}

        assert len(tags) == 2
        assert all(re.fullmatch(r'"[0-9a-f]{16}(-gzip)?"', tag) for tag in tags)

    def test_different_content_has_a_different_etag(self) -> None:
        assert handlers._zipped(b"one").version != handlers._zipped(b"two").version


class TestPage:
    def test_the_docs_page_runs_only_its_own_scripts(self) -> None:
        status, headers, content = get(handlers.docs)
        policy = headers["content-security-policy"].split("; ")

        assert status == 200
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy)
        assert "unsafe" not in headers["content-security-policy"]
        assert not re.search(rb"<script>|<style| on\w+=| style=", content)

    @pytest.mark.parametrize(
        "base", ["https://api.example.com", "http://127.0.0.1:4700/_aws/execute-api/abc123"]
    )
    def test_the_docs_page_works_under_any_base_path(self, base: str) -> None:
        page = f"{base}/v1/docs"
        _, _, content = get(handlers.docs)

        for address in links(content.decode()):
            target = urlsplit(urljoin(page, address))
            assert f"{target.scheme}://{target.netloc}{target.path}".startswith(f"{page}/")
            query = dict([target.query.split("=")])
            status, headers, _ = get_asset(target.path.rpartition("/")[2], query=query)
            assert status == 200
            assert headers["cache-control"].endswith("immutable")

    def test_a_304_for_the_docs_page_keeps_its_content_security_policy(self) -> None:
        # A cache replaces its stored headers with those of the 304 (RFC 9111, section 3.2).
        _, first, _ = get(handlers.docs)

        status, headers, _ = get(handlers.docs, headers={"if-none-match": first["etag"]})

        assert status == 304
        assert headers["content-security-policy"] == first["content-security-policy"]

    def test_the_docs_page_names_the_user_pool_for_its_sign_in(self) -> None:
        _, _, content = get(handlers.docs)

        assert b'<html lang="en" data-user-pool="ap-south-1_Pool">' in content
        assert b"{" not in content


class TestAssets:
    @pytest.mark.parametrize(
        ("name", "media_type"),
        [
            ("page.js", "text/javascript; charset=utf-8"),
            ("page.css", "text/css; charset=utf-8"),
            ("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
            ("swagger-ui.css", "text/css; charset=utf-8"),
        ],
    )
    def test_each_asset_has_its_content_type(self, name: str, media_type: str) -> None:
        status, headers, _ = get_asset(name)

        assert status == 200
        assert headers["content-type"] == media_type
        assert headers["x-content-type-options"] == "nosniff"

    @pytest.mark.parametrize("name", ["swagger-ui.css", "swagger-ui-bundle.js", "page.js"])
    def test_an_asset_is_sent_compressed_or_plain(self, name: str) -> None:
        _, _, plain = get_asset(name)
        _, _, zipped = get_asset(name, headers=GZIP)

        assert plain == gzip.decompress(zipped) == LAYER[name]

    @pytest.mark.parametrize("query", [None, {"v": "an-old-one"}])
    def test_an_asset_without_its_current_version_is_cached_for_five_minutes(
        self, query: dict[str, str] | None
    ) -> None:
        _, headers, _ = get_asset("swagger-ui.css", query=query)

        assert headers["cache-control"] == "public, max-age=300"

    @pytest.mark.parametrize(
        "name",
        [
            "page.html",
            "openapi.json",
            "LICENSE",
            "swagger-ui.css.gz",
            "../handlers.py",
            "..",
            "%2e%2e",
        ],
    )
    def test_an_unknown_asset_gets_404(self, name: str) -> None:
        reply = call(handlers.docs, event(path={"asset": name}))

        assert (reply.status, reply.json["code"]) == (404, "NotFound")


def links(html: str) -> list[str]:
    """The URLs of a page's scripts and style sheets."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(value for name, value in attrs if name in ("src", "href") and value)

    Reader().feed(html)
    assert len(found) == 6
    return [address for address in found if not address.startswith(("data:", "#"))]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/v1/health", "GET, HEAD"),
        ("PUT", "/v1/castings", "GET, HEAD, POST"),
        ("POST", "/v1/users/me", "DELETE, GET, PATCH"),
        ("PUT", "/v1/castings/0199d7a0-0000-7000-8000-000000000002", "DELETE, GET, HEAD, PATCH"),
    ],
)
def test_a_wrong_method_gets_405_with_the_allowed_methods(
    method: str, path: str, allowed: str
) -> None:
    reply = call(handlers.no_such_route, event(method) | {"rawPath": path})

    assert (reply.status, reply.json["code"]) == (405, "MethodNotAllowed")
    assert sorted(reply.headers["allow"].split(", ")) == allowed.split(", ")


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/castings/", "/v1/castings/1/2/3/4", "/v2/health"]
)
def test_an_unknown_path_gets_404(path: str) -> None:
    reply = call(handlers.no_such_route, event("GET") | {"rawPath": path})

    assert (reply.status, reply.json["code"]) == (404, "NoSuchRoute")
    assert "allow" not in reply.headers
