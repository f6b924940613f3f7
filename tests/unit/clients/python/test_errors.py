"""The Python client raises an exception for each code."""

import json

import httpx
import pytest

from artisthub_client import ApiError, errors
from artisthub_client.transport import error_of
from tests.api.contract import CONTRACT
from tests.unit.clients.python.service import by_gateway, problem

CODES = {
    example["value"]["code"]: example["value"]["status"]
    for response in CONTRACT["components"]["responses"].values()
    for example in response["content"]["application/problem+json"]["examples"].values()
}


@pytest.mark.parametrize("code", CODES)
def test_each_code_of_the_contract_has_an_exception_that_its_status_catches(code: str) -> None:
    error = error_of(problem(CODES[code], code))

    assert type(error).__name__ == code
    assert isinstance(error, errors.FAMILIES[CODES[code]])


def test_an_error_has_everything_of_the_problem_document() -> None:
    document = {"status": 422, "code": "Invalid", "title": "Unprocessable Content"}
    document |= {"detail": "Some fields are wrong.", "instance": "request-1"}
    wrong = [{"pointer": "/title", "detail": "must not be empty"}]
    error = error_of(
        httpx.Response(
            422, json={**document, "errors": wrong}, headers={"x-request-id": "request-1"}
        )
    )

    assert isinstance(error, errors.Invalid)
    assert (error.status, error.code, error.title) == (422, "Invalid", "Unprocessable Content")
    assert (error.detail, error.errors) == ("Some fields are wrong.", wrong)
    assert error.request_id == "request-1"
    assert str(error) == (
        "422 Invalid: Some fields are wrong.\n/title must not be empty (request-1)"
    )


def test_an_answer_of_the_gateway_is_an_error_of_its_status() -> None:
    error = error_of(by_gateway(401, "Unauthorized"))

    assert type(error) is errors.Unauthorized
    assert (error.code, error.detail, error.request_id) == ("Unauthorized",) * 2 + ("gateway-1",)


@pytest.mark.parametrize("code", ["CodeOfTomorrow", "ApiError", "FAMILIES"])
def test_an_unknown_code_is_an_error_of_its_status(code: str) -> None:
    error = error_of(problem(409, code))

    assert isinstance(error, errors.Conflict | ApiError)
    assert (error.status, error.code) == (409, code)


def test_an_answer_of_something_else_is_an_error() -> None:
    error = error_of(httpx.Response(502, text="<html>Bad gateway</html>"))

    assert type(error) is ApiError
    assert (error.status, error.detail) == (502, "<html>Bad gateway</html>")
    assert json.dumps(error.errors) == "[]"
