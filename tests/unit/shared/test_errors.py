"""Rules that every problem class of the service follows."""

from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from importlib import import_module
from pathlib import Path

import pytest

import artisthub
from artisthub.shared import errors
from artisthub.shared.errors import Problem

SOURCE = Path(artisthub.__file__).parent

FAMILIES = {
    "Malformed": 400,
    "Unauthorized": 401,
    "Forbidden": 403,
    "NotFound": 404,
    "MethodNotAllowed": 405,
    "Conflict": 409,
    "Stale": 412,
    "TooLarge": 413,
    "UnsupportedMediaType": 415,
    "Invalid": 422,
    "IfMatchRequired": 428,
    "TooManyRequests": 429,
    "InternalError": 500,
    "Busy": 503,
}


def _problems(kind: type[Problem] = Problem) -> Iterator[type[Problem]]:
    for child in kind.__subclasses__():
        if child.__module__.startswith("artisthub."):
            yield child
            yield from _problems(child)


for file in SOURCE.rglob("*.py"):
    import_module(".".join(("artisthub", *file.relative_to(SOURCE).with_suffix("").parts)))
PROBLEMS = list(_problems())


def test_each_problem_family_has_its_status() -> None:
    families = {kind.__name__: kind.status for kind in Problem.__subclasses__()}

    assert families == FAMILIES


def test_the_module_docstring_lists_every_family_with_its_status() -> None:
    tree = errors.__doc__ or ""

    for name, status in FAMILIES.items():
        assert f"{name} {status}" in " ".join(tree.split())


def test_every_problem_code_is_unique() -> None:
    counted = Counter(problem.__name__ for problem in PROBLEMS)

    assert [name for name, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.__name__)
def test_every_problem_makes_a_complete_document(problem: type[Problem]) -> None:
    document = problem().document("request-1")

    assert document["status"] == problem.status == HTTPStatus(problem.status)
    assert document["code"] == problem.__name__
    assert document["detail"].endswith(".")
    assert document["instance"] == "request-1"


@pytest.mark.parametrize(
    ("problem", "title"),
    [(errors.TooLarge, "Content Too Large"), (errors.Invalid, "Unprocessable Content")],
)
def test_titles_follow_rfc_9110_on_every_python_version(problem: type[Problem], title: str) -> None:
    assert problem().document("request-1")["title"] == title


def test_a_problem_may_have_its_own_detail_and_errors() -> None:
    wrong = [{"pointer": "/title", "detail": "is required"}]

    document = errors.Invalid("No title.", wrong).document("request-1")

    assert (document["detail"], document["errors"]) == ("No title.", wrong)


@pytest.mark.parametrize("problem", [errors.Busy, errors.TooManyRequests])
def test_busy_and_too_many_requests_say_when_to_retry(problem: type[Problem]) -> None:
    assert problem.retry_after
