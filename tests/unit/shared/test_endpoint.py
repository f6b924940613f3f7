"""The edge that every operation shares, tested with the operations of a small service."""

import json
from base64 import b64encode
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import msgspec
import pytest

from artisthub.shared import errors, log
from artisthub.shared.aws_json import AwsError
from artisthub.shared.endpoint import MAX_BODY_BYTES, Answer, Request, by_method, by_route, endpoint
from artisthub.shared.models import Input, PageQuery, Stored, Title
from tests.unit.calls import ACCESS_CLAIMS, CONTEXT, call, event

SECRET = "priya@example.com"
SECURITY_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
}


class NewNote(Input):
    title: Title
    stars: int = 0


class Note(Stored):
    title: str
    version: int


class NoteIsFull(errors.Conflict):
    detail = "This note is full."


@endpoint(status=201, body=NewNote)
def create_note(request: Request[NewNote, None]) -> Answer[Note]:
    """Write a note."""
    return Answer(Note(request.body.title, 1), location="notes/1")


@endpoint(public=True)
def get_note(request: Request[None, None]) -> Note:
    if request.path.get("noteId") == "missing":
        raise errors.NotFound
    return Note("Rehearsal", 3)


@endpoint(patch=NewNote, if_match="required")
def update_note(request: Request[dict[str, object], None]) -> Note:
    request.ensure_match(3)
    note = request.patched(NewNote("Rehearsal", 5))
    return Note(f"{note.title} {note.stars}", 4)


@endpoint(public=True, query=PageQuery)
def list_notes(request: Request[None, PageQuery]) -> dict[str, int]:
    return {"size": request.query.size}


@endpoint(status=204)
def delete_note(request: Request[None, None]) -> None:
    return None


@endpoint(public=True)
def export_notes(request: Request[None, None]) -> Answer[bytes]:
    return Answer(b"\x00\xff", content_type="application/octet-stream", etag='"abc"')


@endpoint(public=True)
def full_note(request: Request[None, None]) -> None:
    raise NoteIsFull


@endpoint(public=True)
def busy_note(request: Request[None, None]) -> None:
    raise errors.Busy


@endpoint(public=True)
def refused_note(request: Request[None, None]) -> None:
    raise AwsError("AccessDeniedException", SECRET)


@endpoint(public=True)
def unreadable_note(request: Request[None, None]) -> None:
    try:
        raise AwsError("AccessDeniedException", SECRET)
    except AwsError as refused:
        raise KeyError(SECRET) from refused


@endpoint(public=True)
def broken_note(request: Request[None, None]) -> None:
    try:
        int(SECRET)
    except ValueError as error:
        raise KeyError(SECRET) from error


def as_user(**more: Any) -> dict[str, Any]:
    return event(claims=ACCESS_CLAIMS, **more)


def test_by_route_runs_the_operation_of_the_route() -> None:
    notes = by_route({"GET /v1/notes": get_note, "$default": delete_note})

    assert call(notes, event("GET") | {"routeKey": "GET /v1/notes"}).json["title"] == "Rehearsal"
    assert call(notes, as_user(method="DELETE") | {"routeKey": "$default"}).status == 204


@pytest.mark.weakness(39)
class TestHead:
    def test_a_head_has_the_status_and_headers_of_get_without_a_body(self) -> None:
        read, head = call(get_note, event("GET")), call(get_note, event("HEAD"))

        assert (head.status, head.headers) == (read.status, read.headers)
        assert head.body == ""

    def test_a_head_of_a_shared_function_runs_the_operation_of_get(self) -> None:
        by_key = by_route({"GET /v1/notes": get_note})

        assert call(by_key, event("HEAD") | {"routeKey": "HEAD /v1/notes"}).status == 200
        assert call(by_method(GET=get_note), event("HEAD")).status == 200

    def test_a_head_may_ask_whether_an_item_has_changed(self) -> None:
        assert call(get_note, event("HEAD", headers={"if-none-match": '"3"'})).status == 304

    def test_a_head_that_is_refused_has_no_body(self) -> None:
        reply = call(list_notes, event("HEAD", query={"limit": "x"}))

        assert (reply.status, reply.body) == (422, "")
        assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.weakness(1)
@pytest.mark.parametrize(
    "more",
    [
        {"headers": {"if-none-match": '"1", ' * 10_000}},
        {"headers": {f"x-{number}": "" for number in range(10_000)}},
        {"headers": {"authorization": "a " * 10_000}},
        {"query": {"cursor": "a" * 20_000}},
        {"query": {f"x{number}": "" for number in range(10_000)}},
    ],
    ids=["tags", "headers", "tokens", "cursor", "parameters"],
)
def test_an_address_or_headers_that_are_too_long_get_400(more: dict[str, Any]) -> None:
    reply = call(list_notes, event(**more))

    assert (reply.status, reply.json["code"]) == (400, "Malformed")
    assert call(get_note, event(headers={"if-none-match": '"1", ' * 2_000})).status == 200


class TestByMethod:
    notes = staticmethod(by_method(GET=get_note, DELETE=delete_note))

    def test_by_method_runs_the_operation_of_the_method(self) -> None:
        assert call(self.notes, event("GET")).json["title"] == "Rehearsal"
        assert call(self.notes, as_user(method="DELETE")).status == 204

    def test_each_operation_keeps_its_own_authorization(self) -> None:
        assert call(self.notes, event("DELETE")).status == 401

    def test_each_operation_is_logged_under_its_own_name(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call(self.notes, event("GET"))
        call(self.notes, event("DELETE"))

        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [line["operation"] for line in lines] == ["getNote", "deleteNote"]

    def test_a_method_without_a_route_runs_no_operation(self) -> None:
        with pytest.raises(KeyError):
            call(self.notes, as_user(method="PUT"))


class TestOrder:
    def test_an_anonymous_caller_is_refused_before_the_body_is_read(self) -> None:
        assert call(create_note, event("POST", raw="not json")).status == 401

    def test_an_invalid_body_is_refused_before_the_version_is_checked(self) -> None:
        assert call(update_note, as_user(method="PATCH", raw="[]")).status == 422

    def test_invalid_input_never_reaches_the_operation(self) -> None:
        reached = []

        @endpoint(public=True, body=NewNote)
        def watched(request: Request[NewNote, None]) -> None:
            reached.append(request.body)

        assert call(watched, event("POST", body={"title": ""})).status == 422
        assert reached == []


class TestAnswers:
    def test_a_struct_is_returned_as_json(self) -> None:
        reply = call(get_note, event())

        assert reply.status == 200
        assert reply.headers["content-type"] == "application/json"
        assert reply.json == {"title": "Rehearsal", "version": 3}

    def test_a_create_answers_with_location_and_etag(self) -> None:
        reply = call(create_note, as_user(method="POST", body={"title": "Rehearsal"}))

        assert reply.status == 201
        assert reply.headers["location"] == "notes/1"
        assert reply.headers["etag"] == '"1"'

    def test_an_operation_without_a_result_answers_204(self) -> None:
        reply = call(delete_note, as_user(method="DELETE"))

        assert (reply.status, reply.body) == (204, "")
        assert "content-type" not in reply.headers

    def test_an_operation_may_redirect(self) -> None:
        @endpoint(public=True, status=302)
        def moved(request: Request[None, None]) -> Answer[None]:
            return Answer(None, location="https://notes.example/1")

        reply = call(moved, event())

        assert (reply.status, reply.body) == (302, "")
        assert reply.headers["location"] == "https://notes.example/1"
        assert "content-type" not in reply.headers

    def test_bytes_are_returned_in_base64(self) -> None:
        response = export_notes(event(), CONTEXT)

        assert response["isBase64Encoded"] is True
        assert response["body"] == b64encode(b"\x00\xff").decode()
        assert response["headers"]["content-type"] == "application/octet-stream"

    @pytest.mark.parametrize(
        ("handler", "sent", "status"),
        [
            (get_note, event(), 200),
            (get_note, event(headers={"if-none-match": '"3"'}), 304),
            (delete_note, as_user(method="DELETE"), 204),
            (get_note, event(path={"noteId": "missing"}), 404),
            (create_note, event("POST"), 401),
            (full_note, event(), 409),
            (create_note, as_user(method="POST", body={}), 422),
            (broken_note, event(), 500),
        ],
    )
    def test_every_answer_has_the_request_id_and_security_headers(
        self, handler: Any, sent: dict[str, Any], status: int
    ) -> None:
        reply = call(handler, sent)

        assert reply.status == status
        assert reply.headers.items() >= SECURITY_HEADERS.items()
        assert reply.headers["x-request-id"] == "request-1"
        assert reply.headers["cache-control"] == "no-store"

    def test_an_operation_may_set_cache_control(self) -> None:
        @endpoint(public=True)
        def cached(request: Request[None, None]) -> Answer[dict[str, str]]:
            return Answer({}, cache_control="public, max-age=300")

        assert call(cached, event()).headers["cache-control"] == "public, max-age=300"


class TestVersions:
    @pytest.mark.parametrize("held", ['"3"', 'W/"3"', '"1", "3"', "*", ' "3" '])
    def test_a_read_with_the_current_etag_gets_304(self, held: str) -> None:
        reply = call(get_note, event(headers={"if-none-match": held}))

        assert (reply.status, reply.body) == (304, "")
        assert reply.headers["etag"] == '"3"'

    @pytest.mark.parametrize("held", ['"2"', "3", "", '"33"'])
    def test_a_read_with_another_etag_gets_the_item(self, held: str) -> None:
        assert call(get_note, event(headers={"if-none-match": held})).status == 200

    def test_an_etag_set_by_the_operation_is_compared_too(self) -> None:
        assert call(export_notes, event(headers={"if-none-match": '"abc"'})).status == 304

    @pytest.mark.weakness(28)
    def test_the_etag_of_an_answer_that_varies_names_its_body_too(self) -> None:
        titles = iter(["Rehearsal", "Rehearsal", "For friends", "For friends"])

        @endpoint(public=True)
        def varied(request: Request[None, None]) -> Answer[Note]:
            return Answer(Note(next(titles), 3), varies=True)

        first = call(varied, event()).headers["etag"]

        assert call(varied, event(headers={"if-none-match": first})).status == 304
        changed = call(varied, event(headers={"if-none-match": first}))
        assert (changed.status, changed.headers["etag"] == first) == (200, False)
        assert call(varied, event(headers={"if-none-match": '"3"'})).status == 200

    def test_a_write_ignores_if_none_match(self) -> None:
        headers = {"if-match": '"3"', "if-none-match": '"4"'}

        reply = call(update_note, as_user(method="PATCH", body={}, headers=headers))

        assert reply.status == 200

    def test_an_update_without_if_match_gets_428(self) -> None:
        reply = call(update_note, as_user(method="PATCH", body={}))

        assert (reply.status, reply.json["code"]) == (428, "IfMatchRequired")

    @pytest.mark.parametrize("held", ['"2"', "", "3", 'W/"30"', '"2-0f0f0f0f"', '"3-x"'])
    def test_an_update_with_another_etag_gets_412(self, held: str) -> None:
        reply = call(update_note, as_user(method="PATCH", body={}, headers={"if-match": held}))

        assert (reply.status, reply.json["code"]) == (412, "Stale")

    @pytest.mark.parametrize("held", ['"3"', "*", 'W/"3"', '"1", "3"', '"3-0f0f0f0f"'])
    def test_an_update_with_the_current_etag_succeeds(self, held: str) -> None:
        sent = as_user(
            method="PATCH", body={"title": "Dress rehearsal"}, headers={"if-match": held}
        )

        reply = call(update_note, sent)

        assert reply.json["title"] == "Dress rehearsal 5"

    def test_null_in_a_patch_restores_the_default(self) -> None:
        headers = {"if-match": "*"}

        reply = call(update_note, as_user(method="PATCH", body={"stars": None}, headers=headers))

        assert reply.json["title"] == "Rehearsal 0"

    def test_the_patched_object_is_validated_as_a_whole(self) -> None:
        patch = {"title": None, "owner": "me"}

        reply = call(update_note, as_user(method="PATCH", body=patch, headers={"if-match": "*"}))

        assert reply.status == 422
        assert reply.json["errors"] == [
            {"pointer": "/title", "detail": "is required"},
            {"pointer": "/owner", "detail": "is unknown; check its spelling"},
        ]

    def test_null_for_an_unknown_field_is_refused(self) -> None:
        headers = {"if-match": "*"}

        reply = call(update_note, as_user(method="PATCH", body={"owner": None}, headers=headers))

        assert reply.status == 422
        assert reply.json["errors"] == [
            {"pointer": "/owner", "detail": "is unknown; check its spelling"}
        ]


class TestBodies:
    @pytest.mark.parametrize(
        "media_type",
        ["application/json", "APPLICATION/JSON; charset=utf-8", "application/merge-patch+json"],
    )
    def test_json_media_types_are_accepted(self, media_type: str) -> None:
        headers = {"content-type": media_type}

        reply = call(create_note, as_user(method="POST", body={"title": "x"}, headers=headers))

        assert reply.status == 201

    @pytest.mark.parametrize("media_type", ["text/plain", "", "application/x-www-form-urlencoded"])
    def test_another_media_type_gets_415(self, media_type: str) -> None:
        headers = {"content-type": media_type}

        reply = call(create_note, as_user(method="POST", body={"title": "x"}, headers=headers))

        assert (reply.status, reply.json["code"]) == (415, "UnsupportedMediaType")

    def test_a_body_of_the_maximum_size_is_read(self) -> None:
        raw = '{"title":"x"}'.ljust(MAX_BODY_BYTES)

        assert call(create_note, as_user(method="POST", raw=raw)).status == 201

    @pytest.mark.parametrize("text", ["x", "é"])
    def test_a_body_over_the_maximum_size_gets_413(self, text: str) -> None:
        raw = f'{{"title":"{text}"}}'
        raw += " " * (MAX_BODY_BYTES + 1 - len(raw.encode()))

        reply = call(create_note, as_user(method="POST", raw=raw))

        assert (reply.status, reply.json["code"]) == (413, "TooLarge")

    def test_a_body_in_base64_is_read(self) -> None:
        sent = as_user(method="POST", raw=b64encode(b'{"title":"Rehearsal"}').decode())
        sent["isBase64Encoded"] = True

        assert call(create_note, sent).json["title"] == "Rehearsal"

    @pytest.mark.parametrize("raw", ["", "{", "nul", '{"title":"\ud800"}', '{"title":"\\ud800"}'])
    def test_invalid_json_gets_400(self, raw: str) -> None:
        reply = call(create_note, as_user(method="POST", raw=raw))

        assert (reply.status, reply.json["code"]) == (400, "Malformed")

    def test_a_missing_body_gets_400(self) -> None:
        headers = {"content-type": "application/json"}

        assert call(create_note, as_user(method="POST", headers=headers)).status == 400


class TestQueries:
    def test_absent_parameters_have_their_defaults(self) -> None:
        assert call(list_notes, event()).json == {"size": 20}

    def test_a_limit_over_the_maximum_is_lowered(self) -> None:
        assert call(list_notes, event(query={"limit": "100000"})).json == {"size": 100}

    def test_every_invalid_parameter_is_named(self) -> None:
        reply = call(list_notes, event(query={"limit": "0", "color": "red"}))

        assert reply.status == 422
        assert reply.json["errors"] == [
            {"parameter": "limit", "detail": "must be at least 1"},
            {"parameter": "color", "detail": "is unknown; check its spelling"},
        ]


class TestProblems:
    def test_a_problem_is_returned_as_a_problem_document(self) -> None:
        reply = call(full_note, event())

        assert reply.status == 409
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json == {
            "type": "about:blank",
            "title": "Conflict",
            "status": 409,
            "code": "NoteIsFull",
            "detail": "This note is full.",
            "instance": "request-1",
        }

    def test_invalid_fields_are_in_the_problem_document(self) -> None:
        reply = call(create_note, as_user(method="POST", body={"title": "", "stars": "many"}))

        assert reply.json["errors"] == [
            {"pointer": "/title", "detail": "must not be empty"},
            {"pointer": "/stars", "detail": "must be a whole number, not text"},
        ]

    def test_a_503_has_retry_after(self) -> None:
        reply = call(busy_note, event())

        assert (reply.status, reply.headers["retry-after"]) == (503, "1")

    def test_an_unexpected_exception_gets_500_without_its_message(self) -> None:
        response = broken_note(event(), CONTEXT)

        assert response["statusCode"] == 500
        assert SECRET not in json.dumps(response)
        assert json.loads(response["body"])["code"] == "InternalError"


class TestLog:
    def test_a_request_is_logged_in_one_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        call(create_note, as_user(method="POST", body={"title": SECRET}))

        line = self.only_line(capsys)

        assert (
            line.items()
            >= {
                "level": "info",
                "operation": "createNote",
                "requestId": "request-1",
                "lambdaRequestId": "lambda-1",
                "status": 201,
            }.items()
        )
        assert SECRET not in json.dumps(line)

    @pytest.mark.parametrize("token_use", ["access", "id"])
    def test_the_caller_is_logged_only_as_a_digest_of_the_id(
        self, token_use: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call(delete_note, event("DELETE", claims={**ACCESS_CLAIMS, "token_use": token_use}))

        line, user_id = self.only_line(capsys), ACCESS_CLAIMS["sub"]

        assert line["caller"] == blake2b(user_id.encode(), digest_size=6).hexdigest()
        assert user_id not in json.dumps(line)

    def test_an_anonymous_caller_is_logged_without_a_digest(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call(get_note, event())

        assert "caller" not in self.only_line(capsys)

    def test_the_dynamodb_units_of_a_request_are_logged_once(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        log.units.read_units += 1.5
        call(get_note, event())
        call(get_note, event())

        first, second = map(json.loads, capsys.readouterr().out.splitlines())
        assert first["readUnits"] == 1.5
        assert "writeUnits" not in first
        assert "readUnits" not in second

    def test_an_expected_problem_is_logged_at_info_without_a_stack(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call(full_note, event())

        line = self.only_line(capsys)

        assert (line["level"], line["code"], line["status"]) == ("info", "NoteIsFull", 409)
        assert "stack" not in line

    def test_an_unexpected_exception_is_logged_with_its_stack_and_without_its_message(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call(broken_note, event())

        line = self.only_line(capsys)

        assert (line["level"], line["code"], line["status"]) == ("error", "KeyError", 500)
        assert "in broken_note" in line["stack"][-1]
        assert SECRET not in json.dumps(line)

    @pytest.mark.parametrize("handler", [refused_note, unreadable_note])
    def test_an_aws_error_is_logged_by_its_code_without_its_message(
        self, handler: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call(handler, event())

        line = self.only_line(capsys)

        assert (line["status"], line["awsError"]) == (500, "AccessDeniedException")
        assert SECRET not in json.dumps(line)

    def test_only_the_first_request_of_a_process_is_a_cold_start(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("artisthub.shared.endpoint._is_cold", True)

        call(get_note, event())
        call(get_note, event())

        first, second = map(json.loads, capsys.readouterr().out.splitlines())
        assert (first["coldStart"], second["coldStart"]) == (True, False)

    @staticmethod
    def only_line(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
        (line,) = capsys.readouterr().out.splitlines()
        read: dict[str, Any] = json.loads(line)
        return read


class TestDeclarations:
    @pytest.mark.parametrize(
        ("use", "flag"),
        [
            (lambda request: request.ensure_match(1), "if_match"),
            (lambda request: request.idempotency(), "idempotent"),
            (lambda request: request.optional_caller(), "optional_token"),
        ],
    )
    def test_an_operation_that_does_not_declare_what_it_uses_fails(
        self, use: Callable[[Request[None, None]], Any], flag: str
    ) -> None:
        @endpoint(public=True)
        def undeclared(request: Request[None, None]) -> None:
            with pytest.raises(TypeError, match=f"undeclared uses {flag}: declare it"):
                use(request)

        assert call(undeclared, event()).status == 200


class TestIdempotency:
    def test_the_same_request_has_the_same_stamp(self) -> None:
        assert self.stamp(key="k") == self.stamp(key="k")

    def test_a_request_without_a_key_has_no_stamp(self) -> None:
        assert self.stamp(key=None) is None

    def test_another_caller_has_another_stamp_key(self) -> None:
        assert self.stamp(key="k")["key"] != self.stamp(key="k", sub="user-2")["key"]

    def test_another_body_has_the_same_key_and_another_digest(self) -> None:
        one, other = self.stamp(key="k"), self.stamp(key="k", title="y")

        assert one["key"] == other["key"]
        assert one["digest"] != other["digest"]

    @pytest.mark.parametrize("key", ["", "a b", "x" * 201, "é", "a\n"])
    def test_an_invalid_idempotency_key_gets_400(self, key: str) -> None:
        sent = event(
            "POST", body={"title": "x"}, claims=ACCESS_CLAIMS, headers={"idempotency-key": key}
        )

        reply = call(self.stamped, sent)

        assert (reply.status, reply.json["code"]) == (400, "BadIdempotencyKey")

    @staticmethod
    @endpoint(body=NewNote, idempotent=lambda request, made: made)
    def stamped(request: Request[NewNote, None]) -> dict[str, Any]:
        return {"stamp": msgspec.to_builtins(request.idempotency())}

    def stamp(self, key: str | None, sub: str = "user-1", title: str = "x") -> Any:
        headers = {"idempotency-key": key} if key else {}
        claims = ACCESS_CLAIMS | {"sub": sub}
        sent = event("POST", body={"title": title}, claims=claims, headers=headers)
        request: Request[NewNote, None] = Request(sent, self.stamped.operation)  # type: ignore[attr-defined]
        return msgspec.to_builtins(request.idempotency())
