"""Every operation over HTTP: the successful case with enforced permissions, and the main errors."""

from typing import Any

import httpx
import pyotp
import pytest

from embedded.client import ApiError
from tests import hosted_ui
from tests.api import templates
from tests.deployed.people import (
    PASSWORD,
    Person,
    Service,
    a_name,
    a_new_casting,
    a_new_user,
    as_changed,
    problem,
)

pytestmark = pytest.mark.deployed

ROUTES = [
    (event["httpApi"]["method"], event["httpApi"]["path"], "authorizer" in event["httpApi"])
    for function in templates.functions().values()
    for event in function["events"]
    if isinstance(event.get("httpApi"), dict)  # not the default route
]


@pytest.mark.parametrize(("method", "path", "is_protected"), ROUTES)
def test_only_public_routes_accept_requests_without_a_token(
    method: str, path: str, is_protected: bool, anonymous: Person
) -> None:
    url = path.removeprefix("/v1").replace("{", "").replace("}", "")

    answer = anonymous.call(method, url)

    if is_protected:
        assert (answer.status_code, answer.json()) == (401, {"message": "Unauthorized"})
    else:
        assert answer.status_code in {200, 404, 415, 422}
        assert answer.headers["x-request-id"]


def test_an_account_signs_in_refreshes_its_session_and_logs_out(service: Service) -> None:
    person = service.account()
    tokens = person.sign_in(confirm=True)
    session = tokens.session

    refreshed = person.succeed("POST", "/auth/refresh", session).json()["tokens"]
    person.token = refreshed["accessToken"]
    assert problem(person.call("GET", "/users/me")) == (403, "ProfileRequired")

    ended = person.call("POST", "/auth/logout", {"refreshToken": tokens.refresh_token})
    assert ended.status_code == 204
    assert problem(person.call("POST", "/auth/refresh", session)) == (401, "SessionEnded")


def test_a_forgotten_password_is_reset(service: Service) -> None:
    code = service.mailbox.reset_code
    person, fresh = service.account(), "Quite-Another-2027"
    person.token = ""

    asked = person.succeed("POST", "/auth/forgot-password", {"email": person.email})
    reset = {"email": person.email, "code": code, "password": fresh}
    done = person.call("POST", "/auth/reset-password", reset)

    assert (asked.status_code, done.status_code) == (202, 204)
    assert person.sign_in(fresh).access_token


def test_a_password_is_changed(service: Service) -> None:
    person, fresh = service.account(), "Quite-Another-2027"

    def change(previous: str) -> httpx.Response:
        body = {"previousPassword": previous, "password": fresh}
        return person.call("POST", "/auth/change-password", body)

    assert problem(change("Wrong-Password-2026")) == (422, "PreviousPasswordWrong")
    assert change(PASSWORD).status_code == 204
    assert person.sign_in(fresh).access_token


def test_a_second_factor_is_set_up_used_and_disabled(service: Service) -> None:
    person, path = service.account(), "/auth/mfa/totp"

    made = person.succeed("POST", path).json()
    totp = pyotp.parse_uri(made["otpauthUri"])
    assert isinstance(totp, pyotp.TOTP)
    wrong = f"{(int(totp.now()) + 500_000) % 1_000_000:06}"
    assert problem(person.call("PUT", path, {"code": wrong})) == (422, "TotpNotConfirmed")
    assert person.call("PUT", path, {"code": totp.now()}).status_code == 204

    with pytest.raises(ApiError, match="TotpCodeInvalid"):
        person.sign_in(totp_secret=pyotp.random_base32())
    assert person.sign_in(totp_secret=made["secret"]).access_token

    assert person.call("DELETE", path).status_code == 204
    assert person.sign_in().access_token


def test_the_hosted_ui_signs_in_with_code_and_pkce(service: Service, stage: dict[str, Any]) -> None:
    person, outputs = service.account(), service.outputs
    grant = hosted_ui.sign_in(
        outputs["hostedUiUrl"],
        outputs["userPoolClientId"],
        stage["callbackUrls"][0],
        person.email,
        PASSWORD,
    )
    person.token = ""

    tokens = person.succeed("POST", "/auth/token", grant).json()["tokens"]
    assert problem(person.call("POST", "/auth/token", grant)) == (401, "AuthorizationCodeInvalid")

    person.token = tokens["accessToken"]
    assert person.call("POST", "/users", a_new_user()).json()["email"] == person.email
    user_id = person.call("GET", "/users/me").json()["userId"]
    session = {"refreshToken": tokens["refreshToken"], "username": user_id}
    assert person.succeed("POST", "/auth/refresh", session).json()["tokens"]["accessToken"]


@pytest.mark.aws_fact(3)
def test_a_device_is_confirmed_used_and_forgotten(service: Service) -> None:
    person = service.account()
    unconfirmed = person.sign_in().session
    assert problem(person.call("POST", "/auth/refresh", unconfirmed)) == (401, "SessionEnded")

    tokens = person.sign_in(confirm=True)
    assert tokens.device
    (listed,) = person.succeed("GET", "/auth/devices").json()["items"]
    assert (listed["deviceKey"], listed["isRemembered"]) == (tokens.device.key, False)
    assert person.succeed("POST", "/auth/refresh", tokens.session).json()["tokens"]

    assert person.call("DELETE", f"/auth/devices/{tokens.device.key}").status_code == 204
    assert person.succeed("GET", "/auth/devices").json() == {"items": [], "next": None}
    assert problem(person.call("POST", "/auth/refresh", tokens.session)) == (401, "SessionEnded")


def test_an_unknown_device_is_not_found(service: Service) -> None:
    person, path = service.account(), "/auth/devices/key-1"

    assert problem(person.call("DELETE", path)) == (404, "NotFound")
    wrong = person.call("PUT", path, {"name": "Phone", "salt": "AA=="})
    assert problem(wrong) == (422, "Invalid")


def test_a_sign_up_is_confirmed_with_its_code(service: Service, anonymous: Person) -> None:
    code, person = service.mailbox.sign_up_code, Person(service, service.address())
    signed_up = anonymous.call(
        "POST", "/auth/signup", {"email": person.email, "password": PASSWORD}
    )

    confirmed = anonymous.call("POST", "/auth/confirm", {"email": person.email, "code": code})

    assert (signed_up.status_code, confirmed.status_code) == (202, 204)
    assert person.sign_in().access_token


def test_a_new_account_signs_in_after_confirmation(service: Service, anonymous: Person) -> None:
    person = Person(service, service.address())
    body = {"email": person.email, "password": PASSWORD}
    assert anonymous.call("POST", "/auth/signup", body).status_code == 202
    with pytest.raises(ApiError, match="SignInFailed"):
        person.sign_in()
    wrong = anonymous.call("POST", "/auth/confirm", {"email": person.email, "code": "000000"})
    assert problem(wrong) == (422, "CodeInvalid")

    service.confirm(person.email)

    assert person.sign_in().access_token


def test_a_code_is_sent_again(service: Service, anonymous: Person) -> None:
    body = {"email": service.address(), "password": PASSWORD}
    anonymous.succeed("POST", "/auth/signup", body)

    answer = anonymous.call("POST", "/auth/resend-code", {"email": body["email"]})

    assert (answer.status_code, answer.json()) == (202, {"next": "confirm"})


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("signup", {"email": "a@example.org", "password": "weak"}, (422, "Invalid")),
        ("confirm", {"email": "nobody@example.org", "code": "000000"}, (422, "CodeInvalid")),
        ("resend-code", {"email": "no address"}, (422, "Invalid")),
        ("login", {"email": "nobody@example.org", "srpA": "xyz"}, (422, "Invalid")),
        ("challenge", {"challenge": "NEW_PASSWORD_REQUIRED"}, (422, "Invalid")),
        ("refresh", {"refreshToken": "x", "username": "nobody"}, (401, "SessionEnded")),
        ("forgot-password", {}, (422, "Invalid")),
        (
            "reset-password",
            {"email": "nobody@example.org", "code": "000000", "password": PASSWORD},
            (422, "CodeInvalid"),
        ),
        (
            "token",
            {"code": "c", "codeVerifier": "v" * 43, "redirectUri": "https://example.org/"},
            (422, "RedirectUriUnknown"),
        ),
    ],
)
def test_invalid_account_requests_are_refused(
    path: str, body: dict[str, str], expected: tuple[int, str], anonymous: Person
) -> None:
    assert problem(anonymous.call("POST", f"/auth/{path}", body)) == expected


def test_an_unknown_authorization_code_is_refused(stage: dict[str, Any], anonymous: Person) -> None:
    url = stage["callbackUrls"][0]
    grant = {"code": "c", "codeVerifier": "v" * 43, "redirectUri": url}

    refused = problem(anonymous.call("POST", "/auth/token", grant))

    assert refused == (401, "AuthorizationCodeInvalid")


def test_profiles_are_created_read_and_changed(service: Service, recruiter: Person) -> None:
    artist, username = service.account(), a_name()

    created = artist.call("POST", "/users", a_new_user(username=username.upper(), city="Kochi"))
    assert (created.status_code, created.json()["email"]) == (201, artist.email)
    user_id = created.json()["userId"]

    for path in ("/users/me", f"/users/{user_id}", f"/usernames/{username}"):
        assert artist.call("GET", path).json() == created.json()
    for path in (f"/users/{user_id}", f"/usernames/{username}"):
        seen = recruiter.call("GET", path)
        assert (seen.status_code, seen.json()["city"]) == (200, "Kochi")
        assert "email" not in seen.json()
    assert recruiter.call("POST", f"/users/{user_id}/views").status_code == 204

    changed = artist.call("PATCH", "/users/me", {"city": None, "bio": "New"}, if_match='"1"')
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert (changed.json()["city"], changed.json()["bio"]) == (None, "New")
    held = artist.succeed("GET", "/users/me").headers["etag"]
    again = artist.call("GET", "/users/me", if_none_match=held)
    assert (again.status_code, again.content) == (304, b"")


def test_invalid_profile_requests_are_refused(service: Service, artist: Person) -> None:
    newcomer = service.account()

    taken = a_new_user(username=artist.me["username"])
    assert problem(newcomer.call("POST", "/users", taken)) == (409, "UsernameTaken")
    assert problem(artist.call("POST", "/users", a_new_user())) == (409, "ProfileExists")
    assert problem(newcomer.call("POST", "/users", a_new_user(role="admin"))) == (422, "Invalid")
    assert problem(newcomer.call("GET", "/users/me")) == (403, "ProfileRequired")
    assert problem(newcomer.call("GET", "/users/unknown")) == (404, "NotFound")
    assert problem(newcomer.call("GET", f"/users/{'x' * 3000}")) == (404, "NotFound")
    assert problem(newcomer.call("GET", "/usernames/unknown")) == (404, "NotFound")

    def change(body: Any, **headers: str) -> tuple[int, str]:
        return problem(artist.call("PATCH", "/users/me", body, **headers))

    assert change({"city": "Pune"}) == (428, "IfMatchRequired")
    assert change({"city": "Pune"}, if_match='"7"') == (412, "Stale")
    assert change({"role": "recruiter"}, if_match='"1"') == (422, "Invalid")
    assert artist.call("GET", "/users/me").json() == artist.me


def test_castings_are_created_opened_changed_and_listed(
    service: Service, anonymous: Person, artist: Person
) -> None:
    recruiter = service.person("recruiter")
    draft = recruiter.casting(title="Draft")
    casting = recruiter.casting("open", "closed", title="Closed")
    path = f"/castings/{casting['castingId']}"

    changed = recruiter.call("PATCH", path, {"title": "Changed"}, if_match="*").json()
    assert (changed["title"], changed["version"]) == ("Changed", 4)
    moved = recruiter.call("PUT", f"{path}/status", {"status": "filled"}).json()
    assert as_changed(anonymous.call("GET", path).json()) == moved
    read = recruiter.call("GET", f"/castings/{draft['castingId']}").json()
    assert as_changed(read) == draft

    listed = f"/recruiters/{recruiter.me['userId']}/castings"
    first = recruiter.call("GET", f"{listed}?limit=1").json()
    second = recruiter.call("GET", f"{listed}?limit=1&cursor={first['next']}").json()
    assert [page["items"][0]["title"] for page in (first, second)] == ["Changed", "Draft"]
    assert [each["title"] for each in artist.call("GET", listed).json()["items"]] == ["Changed"]


def test_invalid_casting_requests_are_refused(
    recruiter: Person, artist: Person, service: Service
) -> None:
    draft, filled = recruiter.casting(), recruiter.casting("open", "closed", "filled")
    path, ended = (f"/castings/{each['castingId']}" for each in (draft, filled))
    other = service.person("recruiter")
    newcomer = service.account()

    assert problem(artist.call("POST", "/castings", a_new_casting())) == (403, "RoleRequired")
    assert problem(newcomer.call("POST", "/castings", a_new_casting())) == (403, "ProfileRequired")
    assert problem(recruiter.call("POST", "/castings", {"title": ""})) == (422, "Invalid")
    assert problem(recruiter.call("GET", "/castings/unknown")) == (404, "NotFound")
    assert problem(other.call("GET", path)) == (404, "NotFound")

    change = {"title": "Mine"}
    assert problem(other.call("PATCH", path, change, if_match="*")) == (404, "NotFound")
    assert problem(other.call("PATCH", ended, change, if_match="*")) == (403, "NotYourCasting")
    assert problem(recruiter.call("PATCH", path, change)) == (428, "IfMatchRequired")
    assert problem(recruiter.call("PATCH", path, change, if_match='"7"')) == (412, "Stale")
    assert problem(recruiter.call("PATCH", ended, change, if_match="*")) == (409, "CastingEnded")

    opening = {"status": "open"}
    assert problem(other.call("PUT", f"{ended}/status", opening)) == (403, "NotYourCasting")
    assert problem(recruiter.call("PUT", f"{ended}/status", opening)) == (409, "StatusNotReachable")
    stale = recruiter.call("PUT", f"{path}/status", opening, if_match='"7"')
    assert problem(stale) == (412, "Stale")

    listed = f"/recruiters/{recruiter.me['userId']}/castings"
    assert problem(artist.call("GET", f"{listed}?cursor=x")) == (400, "BadCursor")
    assert problem(artist.call("GET", f"{listed}?limit=0")) == (422, "Invalid")


@pytest.mark.parametrize(
    ("content", "content_type", "expected"),
    [
        (b"{'a': 1}", "application/json", (400, "Malformed")),
        (b"{}", "text/plain", (415, "UnsupportedMediaType")),
        (b"\x00\xff", "application/octet-stream", (415, "UnsupportedMediaType")),
        (b'{"a": "' + b"x" * 256 * 1024 + b'"}', "application/json", (413, "TooLarge")),
        (b'{"colour": "red"}', "application/json", (422, "Invalid")),
    ],
    ids=["no JSON", "text", "octets", "too large", "unknown field"],
)
def test_a_broken_body_is_refused(
    content: bytes, content_type: str, expected: tuple[int, str], recruiter: Person
) -> None:
    answer = recruiter.call("POST", "/castings", content, content_type=content_type)

    assert problem(answer) == expected


def test_a_retry_with_an_idempotency_key_gets_the_first_answer(recruiter: Person) -> None:
    body = a_new_casting()

    first, retry = (
        recruiter.call("POST", "/castings", body, idempotency_key="key-1") for _ in range(2)
    )
    other = recruiter.call("POST", "/castings", a_new_casting(title="B"), idempotency_key="key-1")

    assert (first.status_code, retry.status_code) == (201, 201)
    assert retry.json() == first.json()
    assert problem(other) == (422, "IdempotencyKeyReused")


def test_a_profile_created_twice_with_an_idempotency_key_is_the_first_one(service: Service) -> None:
    person, body = service.account(), a_new_user()

    first, retry = (person.call("POST", "/users", body, idempotency_key="key-1") for _ in range(2))

    assert (first.status_code, retry.status_code) == (201, 201)
    assert retry.json() == first.json()


def test_the_service_describes_itself(anonymous: Person, service: Service) -> None:
    assert anonymous.call("GET", "/health").json()["stage"] == service.outputs["stage"]
    contract = anonymous.call("GET", "/openapi.json").json()
    assert contract["openapi"].startswith("3.1")
    assert {path for _, path, _ in ROUTES if "docs" not in path} <= contract["paths"].keys()
    page = httpx.get(service.outputs["docsUrl"])
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert anonymous.call("GET", "/docs/swagger-ui-bundle.js").status_code == 200
