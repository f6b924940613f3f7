"""What an HTTP API answers for a function that fails."""

import httpx
import pytest

from embedded import Instance
from tests.embedded.gaps.given import a_function, an_api, client, get, url_of

pytestmark = pytest.mark.deployed

RAISES = 'raise RuntimeError("the password of the database")'


def test_the_gap_is_still_there(unpatched: Instance) -> None:
    answer = get(unpatched, an_api(unpatched, a_function(unpatched, RAISES)))

    assert answer.status_code == 502
    assert "the password" in answer.text


def test_a_function_that_raises_is_answered_500_and_no_more(patched: Instance) -> None:
    answer = get(patched, an_api(patched, a_function(patched, RAISES)))

    assert (answer.status_code, answer.json()) == (500, {"message": "Internal Server Error"})
    assert answer.headers["content-type"] == "application/json"


def test_a_function_that_runs_out_of_time_is_answered_500(patched: Instance) -> None:
    answer = get(patched, an_api(patched, a_function(patched, "time.sleep(5)", timeout=1)))

    assert (answer.status_code, answer.json()) == (500, {"message": "Internal Server Error"})


def test_a_function_without_free_concurrency_is_answered_503(patched: Instance) -> None:
    function = a_function(patched, 'return {"statusCode": 200}')
    client(patched, "lambda").put_function_concurrency(
        FunctionName=function, ReservedConcurrentExecutions=0
    )

    answer = get(patched, an_api(patched, function))

    assert (answer.status_code, answer.json()) == (503, {"message": "Service Unavailable"})


def test_an_answer_of_the_function_itself_passes_as_it_is(patched: Instance) -> None:
    function = a_function(patched, 'return {"statusCode": 502, "body": "mine"}')

    answer = get(patched, an_api(patched, function))

    assert (answer.status_code, answer.text) == (502, "mine")


@pytest.mark.parametrize(("megabytes", "expected"), [(1, 200), (7, 413)])
def test_a_body_over_what_lambda_takes_is_refused(
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
