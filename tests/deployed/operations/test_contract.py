"""Schemathesis calls every operation, and every answer must match the contract.

It generates valid and invalid values: at the bounds of every parameter and field, and random ones.
The values are the same in every run. `make test-long` tries 20 at random for each operation.
To try others:

    CONTRACT_SEED=7 CONTRACT_EXAMPLES=500 .venv/bin/python -m pytest \
        tests/deployed/operations/test_contract.py -k createCasting
"""

import json
import os
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.drivers import CoverageGenerator
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.generation.overrides import Override
from urllib3 import Retry

from contract.schemas import PATTERNS
from tests.api.contract import CONTRACT
from tests.deployed.cast import CASES, Call, Cast
from tests.deployed.people import Person, Service

pytestmark = pytest.mark.deployed

Json = dict[str, Any]

SEED = int(os.environ.get("CONTRACT_SEED", "1"))
EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "2"))  # random, besides those at bounds
MAX_BOUNDS = EXAMPLES  # a shape with many fields has 700

OPERATIONS = {
    operation["operationId"]: (path, method)
    for path, methods in CONTRACT["paths"].items()
    for method, operation in methods.items()
}


@pytest.fixture(scope="module")
def contract(service: Service) -> Any:
    """The contract of the deployed service, with the checks for its answers."""
    text = service.http.get("/openapi.json").text
    assert json.loads(text) == CONTRACT
    contract = schemathesis.openapi.from_dict(json.loads(text, object_hook=fillable))
    contract.config.update(base_url=service.outputs["apiUrl"])
    checks = contract.config.checks
    checks.missing_required_header.expected_statuses = ["401", "428"]
    # A schema cannot say which cursors, codes and dates are valid now, or that a text is not blank.
    refused = ["400", "401", "403", "404", "409", "412", "422"]
    checks.positive_data_acceptance.expected_statuses = ["2xx", "3xx", *refused]
    checks.negative_data_rejection.expected_statuses = ["4xx"]
    return contract


def fillable(part: Json) -> Json:
    """The schema without lengths if generating them together with the pattern takes minutes."""
    pattern = part.get("pattern")
    is_long = part.get("maxLength", 0) > 1_000 and pattern not in PATTERNS.values()
    if pattern and ("(?=" in str(pattern) or is_long):
        return {key: value for key, value in part.items() if not key.endswith("Length")}
    return part


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    """A session that retries throttled calls. Rate limits are not in the contract."""
    patience = Retry(
        total=10,
        status_forcelist=[429],
        allowed_methods=None,
        backoff_factor=0.1,
        backoff_max=2,
        raise_on_status=False,
        # A used quota asks to wait until midnight.
        respect_retry_after_header=False,
    )
    make = HTTPAdapter.__init__

    def make_patient(adapter: HTTPAdapter, *options: Any, **named: Any) -> None:
        make(adapter, *options, **{"max_retries": patience} | named)

    with pytest.MonkeyPatch.context() as patch:
        # Schemathesis also calls without a token, in its own sessions.
        patch.setattr(HTTPAdapter, "__init__", make_patient)
        with requests.Session() as session:
            session.trust_env = False
            yield session


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_matches_the_contract(
    name: str, contract: Any, cast: Cast, session: requests.Session
) -> None:
    if CASES[name].mails:
        assert cast.service.mailbox, "the test invents addresses, which can be real ones on AWS"
    path, method = OPERATIONS[name]
    operation, callers, sent = contract[path][method], callers_of(name, cast), 0

    def attempt(case: Any, number: int) -> None:
        nonlocal sent
        sent += 1
        if number % 4:
            direct(case, call)
        caller = callers[number % len(callers)]
        headers = {"Authorization": f"Bearer {caller.token}"} if caller.token else {}
        answer = case.call(session=session, headers=headers)
        if answer.status_code == 431:
            return  # over API Gateway's limit of 10,240 bytes for request line and headers
        transport = {"session": session, "headers": headers}
        case.validate_response(answer, headers=headers, transport_kwargs=transport)
        if case.meta.generation.mode.is_positive and answer.status_code == 400:
            assert answer.json()["code"] != "Malformed", answer.text

    call = CASES[name].make(cast, callers[0])
    for number, case in enumerate(bounds(operation, contract), SEED):
        attempt(case, number)
    call = CASES[name].make(cast, callers[0])
    right, wrong = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)
    at_random = given(case=right | wrong, number=st.integers(0, 1_000))(attempt)
    options = settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    seed(SEED)(options(at_random))()

    assert sent >= EXAMPLES


def callers_of(name: str, cast: Cast) -> list[Person]:
    """The callers: first and most often the owner, then others."""
    anonymous = Person(cast.service)
    if CASES[name].is_spent:
        return [cast.new_artist(), cast.new_newcomer(), anonymous]
    owner = getattr(cast, CASES[name].owner or "artist")
    return [owner, cast.applicant, owner, cast.recruiter, owner, cast.admin, anonymous]


def bounds(operation: Any, contract: Any) -> Iterator[Any]:
    """Calls with values at their bounds; an even selection if there are many."""
    cases = list(
        CoverageGenerator(
            operation=operation,
            generation_modes=list(GenerationMode),
            generation_config=contract.config.generation_for(operation=operation),
            auth_storage=None,
            override=Override(),
            feedback=NO_FEEDBACK,
        )
    )
    step = -(-len(cases) // MAX_BOUNDS)
    return islice(cases, SEED % step, None, step)


def direct(case: Any, call: Call) -> None:
    """Put the ids of an existing resource into the valid parts of the case, so that it can succeed.

    The values change in place, because Schemathesis validates newly assigned parts again.
    """
    meta, body = case.meta, case.body
    if not meta.is_negative_at(ParameterLocation.PATH):
        case.path_parameters.update(call.path)
    if "If-Match" in case.headers and not meta.is_negative_at(ParameterLocation.HEADER):
        case.headers["If-Match"] = "*"
    if isinstance(body, dict) and not meta.is_negative_at(ParameterLocation.BODY):
        known = call.body | {"deadlineAt": "2199-01-01T00:00:00Z"}
        body.update({name: known[name] for name in body.keys() & known.keys()})
