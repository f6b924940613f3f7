"""The contents of the logs, which never include personal data."""

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from embedded.client import ApiError
from tests.deployed.cast import CASES, CELLS, Cast
from tests.deployed.people import PASSWORD, Person, Service, a_new_user, eventually
from tests.deployed.target import Target
from tests.logs import messages

pytestmark = pytest.mark.deployed

PATIENCE_SECONDS = 60
# Not personal: words of paths and choices, and short parts of random ids.
A_WORD, PART_OF_AN_ID = re.compile(r"[a-z-]+(\.json|\.csv)?"), re.compile("[0-9a-f-]{0,20}")
SHORTEST = 8
PERSONAL = {
    "bio": "canary bio of a person",
    "headline": "canary headline",
    "city": "Canarytown",
    "phone": "+919876501234",
    "bornOn": "1991-07-23",
}
# The caller of each row with the most successful response.
WELCOME = {
    row: caller
    for row, caller, expected in sorted(
        CELLS, key=lambda cell: cell[2].replace("401", "9"), reverse=True
    )
}


def lines_of_functions(target: Target) -> list[str]:
    prefix = f"/aws/lambda/{target.stack}-"
    return messages(target.client("logs"), prefix, target.since_ms)


def lines_of_gateway(target: Target) -> list[str]:
    """The access log."""
    return messages(target.client("logs"), f"/aws/http-api/{target.stack}", target.since_ms)


def all_lines(target: Target) -> list[str]:
    return lines_of_functions(target) + lines_of_gateway(target)


def access_log(target: Target) -> dict[str, dict[str, Any]]:
    """The lines of the access log, by request id."""
    lines = [json.loads(text) for text in lines_of_gateway(target)]
    return {line["requestId"]: line for line in lines}


def lines_of_requests(target: Target) -> list[dict[str, Any]]:
    """The JSON lines of functions that have a request id. Lines of consumers have none."""
    lines = [json.loads(text) for text in lines_of_functions(target) if text.startswith("{")]
    return [line for line in lines if "requestId" in line]


def lines_of(target: Target, request_ids: set[str]) -> list[dict[str, Any]]:
    """Wait for the lines of these requests, and return all lines of requests."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        lines = lines_of_requests(target)
        missing = request_ids - {line["requestId"] for line in lines}
        if not missing:
            return lines
        assert time.monotonic() < deadline, f"no line for {missing}"
        time.sleep(0.2)


@pytest.mark.slow
def test_every_request_writes_one_line_without_personal_data(
    target: Target, service: Service
) -> None:
    person = service.account()
    email = person.email
    marker = email.partition("@")[0].rpartition(".")[2]
    text = f"{marker} text"
    answers = []

    with pytest.raises(ApiError):
        person.sign_in("Wrong-Password-2026")
    for path, body in {
        "/auth/signup": {"email": email, "password": PASSWORD},
        "/auth/resend-code": {"email": email},
        "/auth/forgot-password": {"email": email},
        "/auth/confirm": {"email": email, "code": marker},
        "/auth/change-password": {"previousPassword": marker, "password": f"{PASSWORD}-{marker}"},
        "/users": a_new_user(displayName=text, bio=email),
        "/castings": {"title": text, email: email},
        "/admin/accounts/confirm": {"email": email},
    }.items():
        answers.append(person.call("POST", path, body))
    answers += [
        person.call("PATCH", "/users/me", b'{"bio": "' + email.encode(), if_match='"1"'),
        person.call("PATCH", "/users/me", {"bio": {"email": email}}, if_match='"1"'),
        person.call("GET", f"/users/{email}"),
        person.call("GET", f"/usernames/{email}"),
        person.call("GET", f"/castings/{email}"),
        person.call("GET", f"/recruiters/{email}/castings?cursor={email}"),
        person.call("POST", "/auth/logout", {"everywhere": True}),
    ]

    request_ids = [answer.headers["x-request-id"] for answer in answers]
    lines = lines_of(target, set(request_ids))

    for answer, request_id in zip(answers, request_ids, strict=True):
        own = [line for line in lines if line.get("requestId") == request_id and "status" in line]
        assert [line["status"] for line in own] == [answer.status_code]
        assert own[0]["lambdaRequestId"]
        if answer.is_error:
            assert own[0]["code"] == answer.json()["code"]
    everything = "\n".join(all_lines(target))
    assert marker not in everything
    assert person.token not in everything
    assert not re.search(r"[\w.]+@[\w.]+", everything)


def test_the_access_log_has_a_line_for_every_request(
    target: Target, recruiter: Person, anonymous: Person
) -> None:
    asked = recruiter.call("GET", "/users/me")
    refused = anonymous.call("GET", "/users/me", authorization="Bearer nonsense")

    ids = asked.headers["x-request-id"], refused.headers["apigw-requestid"]
    eventually(lambda: set(ids) <= access_log(target).keys(), True, seconds=PATIENCE_SECONDS)
    answered, turned_away = (access_log(target)[request_id] for request_id in ids)
    assert answered["routeKey"] == turned_away["routeKey"] == "GET /v1/users/me"
    assert (answered["status"], answered["authorizerError"]) == ("200", "-")
    assert int(answered["responseBytes"]) == len(asked.content)
    assert turned_away["status"] == "401"
    assert turned_away["authorizerError"] == "token contains an invalid number of segments"


@pytest.mark.slow
def test_no_operation_logs_its_request(
    target: Target, cast: Cast, routes: dict[str, tuple[str, str]]
) -> None:
    sent: set[str] = set()
    is_readable = cast.service.readable is not None
    welcome = {row: c for row, c in WELCOME.items() if is_readable or not CASES[row].is_mailed}
    for person in (cast.artist, cast.applicant, cast.recruiter):
        person.succeed("PATCH", "/users/me", PERSONAL, if_match="*")
    cast.service.http.event_hooks["request"].append(lambda request: sent.update(said(request)))
    try:
        answers = [cast.perform(row, caller, routes) for row, caller in welcome.items()]
    finally:
        cast.service.http.event_hooks["request"].clear()

    assert {row.partition(" ")[0] for row in WELCOME} == set(routes)
    lines_of(target, {answer.headers["x-request-id"] for answer in answers})
    everything = "\n".join(all_lines(target))
    assert len(sent) > len(answers)
    assert [text for text in sent if text in everything] == []


def said(request: httpx.Request) -> Iterator[str]:
    """Every text in a request that is long enough to be personal."""
    url = [part for part in request.url.path.split("/")] + [
        v for _, v in request.url.params.multi_items()
    ]
    body = json.loads(request.content) if request.content else None
    for text in (*url, request.headers.get("authorization", ""), *leaves(body)):
        is_ours = A_WORD.fullmatch(text) or PART_OF_AN_ID.fullmatch(text)
        if len(text) >= SHORTEST and not is_ours:
            yield text


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    elif isinstance(value, str):
        yield value


def test_published_castings_and_applications_are_counted(target: Target, service: Service) -> None:
    before = counted(target)
    recruiter, artist = service.person("recruiter"), service.person("artist")
    casting = recruiter.casting("open", "closed", "open")
    body = {"roleId": casting["roles"][0]["roleId"], "shareContact": True}
    artist.succeed("POST", f"/castings/{casting['castingId']}/applications", body)

    wanted = {"CastingsPublished": 1, "Applications": 1}
    eventually(lambda: {name: counted(target)[name] - before[name] for name in wanted}, wanted)


def test_a_sign_up_is_counted(target: Target, service: Service, anonymous: Person) -> None:
    code, before = service.mailbox.sign_up_code, counted(target)
    email = service.address()
    anonymous.succeed("POST", "/auth/signup", {"email": email, "password": PASSWORD})

    anonymous.succeed("POST", "/auth/confirm", {"email": email, "code": code})

    eventually(lambda: counted(target)["SignUps"] - before["SignUps"], 1)


def counted(target: Target) -> Counter[str]:
    """How often all functions counted each metric."""
    lines = [json.loads(text) for text in lines_of_functions(target) if text.startswith('{"_aws"')]
    assert all(line["service"] == target.stack for line in lines)
    return Counter(name for line in lines for name in line.keys() - {"_aws", "service"})


def test_no_request_of_these_tests_logged_an_error(target: Target) -> None:
    lines = lines_of_requests(target)

    assert lines
    assert [line for line in lines if line["level"] == "error"] == []
