"""An HTTP API's response when a function fails."""

import httpx
import pytest

from embedded import Instance
from tests.embedded.gaps.given import a_function, an_api, client, get, url_of

pytestmark = pytest.mark.deployed

RAISES = 'raise RuntimeError("the password of the database")'


def test_ministack_still_has_the_gap(unpatched: Instance) -> None:
    answer = get(unpatched, an_api(unpatched, a_function(unpatched, RAISES)))

    assert answer.status_code == 502
    assert "the password" in answer.text


def test_an_exception_in_a_function_gives_a_plain_500(patched: Instance) -> None:
    answer = get(patched, an_api(patched, a_function(patched, RAISES)))

    assert (answer.status_code, answer.json()) == (500, {"message": "Internal Server Error"})
    assert answer.headers["content-type"] == "application/json"


def test_a_function_timeout_gives_500(patched: Instance) -> None:
    answer = get(patched, an_api(patched, a_function(patched, "time.sleep(5)", timeout=1)))

    assert (answer.status_code, answer.json()) == (500, {"message": "Internal Server Error"})


def test_a_function_without_free_concurrency_gives_503(patched: Instance) -> None:
    function = a_function(patched, 'return {"statusCode": 200}')
    client(patched, "lambda").put_function_concurrency(
        FunctionName=function, ReservedConcurrentExecutions=0
    )

    answer = get(patched, an_api(patched, function))

    assert (answer.status_code, answer.json()) == (503, {"message": "Service Unavailable"})


def test_a_functions_own_error_response_is_unchanged(patched: Instance) -> None:
    function = a_function(patched, 'return {"statusCode": 502, "body": "mine"}')

    answer = get(patched, an_api(patched, function))

    assert (answer.status_code, answer.text) == (502, "mine")


@pytest.mark.parametrize(("megabytes", "expected"), [(1, 200), (7, 413)])
def test_a_body_over_lambdas_limit_is_refused(
    megabytes: int, expected: int, patched: Instance
) -> None:
    api_id = an_api(patched, a_function(patched, 'return {"statusCode": 200}'))
    headers = {"content-type": "text/plain"}

    answer = httpx.post(
        url_of(patched, api_id),
        content=b"a" * megabytes * 1024 * 1024,
        headers=headers,
        timeout=60,
        trust_env=False,
    )

    assert answer.status_code == expected
    assert expected == 200 or answer.json() == {"message": "Request Entity Too Large"}
