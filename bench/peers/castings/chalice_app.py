"""Chalice, pydantic and boto3."""

from collections.abc import Iterator
from contextlib import contextmanager

from chalice import Chalice, Response
from chalice.app import ALL_ERRORS, UnprocessableEntityError
from pydantic import ValidationError

from . import store
from .shapes import Casting, CastingFields, draft

app = handler = Chalice("castings")
ERRORS = {each.STATUS_CODE: each for each in ALL_ERRORS}


@app.route("/v1/castings", methods=["POST"])
def create_casting() -> Response:
    claims = app.current_request.context["authorizer"]["claims"]
    with refusals():
        casting = draft(CastingFields.model_validate(app.current_request.json_body), claims["sub"])
        store.add(casting, claims)
    return answer(casting, 201, {"Location": f"castings/{casting.casting_id}"})


@app.route("/v1/castings/{casting_id}", methods=["GET"])
def get_casting(casting_id: str) -> Response:
    with refusals():
        casting = store.get(casting_id)
    return answer(casting, 200, {})


@contextmanager
def refusals() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise UnprocessableEntityError(str(error)) from None
    except store.Refused as refused:
        raise ERRORS[refused.status] from None


def answer(casting: Casting, status: int, headers: dict[str, str]) -> Response:
    headers = {"Content-Type": "application/json", **headers}
    return Response(casting.model_dump_json(by_alias=True), headers, status)
