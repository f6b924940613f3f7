"""Headers of every answer, CORS and unknown routes."""

from typing import Any

import httpx
import pytest

from tests.deployed.people import Person, a_new_casting, as_changed, problem

pytestmark = pytest.mark.deployed

SECURITY_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
}


def is_safe(answer: httpx.Response) -> bool:
    assert answer.headers["x-request-id"]
    return all(answer.headers[name] == value for name, value in SECURITY_HEADERS.items())


def test_every_answer_has_security_headers(recruiter: Person, anonymous: Person) -> None:
    created = recruiter.call("POST", "/castings", a_new_casting())
    path = f"/castings/{created.json()['castingId']}"

    assert is_safe(created)
    assert is_safe(recruiter.call("GET", path))
    assert is_safe(recruiter.call("GET", path, if_none_match='"1"'))
    assert is_safe(anonymous.call("GET", path))
    assert is_safe(recruiter.call("POST", "/castings", b"{"))
    assert is_safe(recruiter.call("PATCH", path, {}))


def test_a_location_header_leads_to_the_new_resource(recruiter: Person) -> None:
    created = recruiter.call("POST", "/castings", a_new_casting())

    location = created.url.join(created.headers["location"])

    followed = httpx.get(location, headers={"authorization": f"Bearer {recruiter.token}"})
    assert as_changed(followed.json()) == created.json()


@pytest.mark.weakness(39)
def test_a_public_read_answers_head_as_get_without_a_body(
    recruiter: Person, anonymous: Person
) -> None:
    created = recruiter.call("POST", "/castings", a_new_casting()).json()
    castings = [f"/castings/{created['castingId']}", "/castings/unknown", "/castings?limit=x"]

    for path in ("/health", "/openapi.json", "/docs", "/docs/init.js", "/castings", *castings):
        read, head = anonymous.call("GET", path), anonymous.call("HEAD", path)
        assert (head.status_code, head.content) == (read.status_code, b""), path
        own = {"date", "x-request-id", "content-length", "apigw-requestid"}
        assert {name: value for name, value in head.headers.items() if name not in own} == {
            name: value for name, value in read.headers.items() if name not in own
        }


@pytest.mark.weakness(39)
def test_head_is_refused_where_it_is_no_public_read(anonymous: Person) -> None:
    for path in ("/users/me", "/auth/login"):
        assert anonymous.call("HEAD", path).status_code == 405
    wrong = anonymous.call("DELETE", "/health")
    assert sorted(wrong.headers["allow"].split(", ")) == ["GET", "HEAD"]


def test_every_request_has_a_unique_id(anonymous: Person) -> None:
    ids = {anonymous.call("GET", "/health").headers["x-request-id"] for _ in range(3)}

    assert len(ids) == 3


def test_a_preflight_allows_the_headers_and_methods_of_the_api(
    stage: dict[str, Any], origin: str, anonymous: Person
) -> None:
    answer = anonymous.call(
        "OPTIONS",
        "/castings/some-id",
        origin=origin,
        access_control_request_method="PATCH",
        access_control_request_headers="authorization,content-type,if-match,traceparent",
    )

    assert answer.status_code in {200, 204}
    assert [answer.headers["access-control-allow-origin"]] == stage["allowedOrigins"]
    allowed = answer.headers["access-control-allow-headers"].lower().split(",")
    assert {"authorization", "content-type", "if-match", "traceparent"} <= set(allowed)
    methods = set(answer.headers["access-control-allow-methods"].split(","))
    assert {"GET", "HEAD", "POST", "PUT", "PATCH"} <= methods
    assert "access-control-allow-credentials" not in answer.headers


def test_browsers_can_read_the_exposed_headers(
    stage: dict[str, Any], origin: str, anonymous: Person
) -> None:
    for path in ("/health", "/castings/unknown"):
        answer = anonymous.call("GET", path, origin=origin)

        assert [answer.headers["access-control-allow-origin"]] == stage["allowedOrigins"]
        exposed = answer.headers["access-control-expose-headers"].lower().split(",")
        assert {"allow", "etag", "location", "x-request-id", "retry-after"} <= set(exposed)


def test_an_unknown_path_or_method_gets_a_problem_document(anonymous: Person) -> None:
    assert problem(anonymous.call("GET", "/casting")) == (404, "NoSuchRoute")
    wrong = anonymous.call("DELETE", "/castings")
    assert problem(wrong) == (405, "MethodNotAllowed")
    assert sorted(wrong.headers["allow"].split(", ")) == ["GET", "HEAD", "POST"]
