"""Every operation of the contract, called with what Schemathesis makes of it: values at the bounds
of every parameter and field, and random ones, right and wrong. No answer may be one that the
contract does not name.

They are the same in every run. To try others, and more of them:

    CONTRACT_SEED=7 CONTRACT_EXAMPLES=500 .venv/bin/python -m pytest \
        tests/deployed/test_contract.py -k createCasting
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

from tests.api.contract import CONTRACT
from tests.deployed.cast import CASES, Call, Cast
from tests.deployed.people import Person, Service

pytestmark = pytest.mark.deployed

Json = dict[str, Any]

SEED = int(os.environ.get("CONTRACT_SEED", "1"))
EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "20"))  # at random, besides those at bounds
MAX_BOUNDS = EXAMPLES  # of the 700 that a shape of many fields has

OPERATIONS = {
    operation["operationId"]: (path, method)
    for path, methods in CONTRACT["paths"].items()
    for method, operation in methods.items()
}
# Not in the contract: a page for people.
PAGE = ("/v1/unsubscribe", "GET")


@pytest.fixture(scope="module")
def contract(service: Service) -> Any:
    """That of the deployed service, with what its answers are held to."""
    text = service.http.get("/openapi.json").text
    assert json.loads(text) == CONTRACT
    contract = schemathesis.openapi.from_dict(json.loads(text, object_hook=fillable))
    contract.config.update(base_url=service.outputs["apiUrl"])
    checks = contract.config.checks
    checks.missing_required_header.expected_statuses = ["401", "428"]
    # No schema says which cursors, codes and dates are good today, nor that a text is not blank.
    refused = ["400", "401", "403", "404", "409", "412", "422"]
    checks.positive_data_acceptance.expected_statuses = ["2xx", "3xx", *refused]
    checks.negative_data_rejection.expected_statuses = ["4xx"]
    return contract


def fillable(part: Json) -> Json:
    """Without the lengths beside a pattern where the two together take minutes to be met."""
    is_slow = "(?=" in str(part.get("pattern")) or part.get("maxLength", 0) > 1_000
    if "pattern" in part and is_slow:
        return {key: value for key, value in part.items() if not key.endswith("Length")}
    return part


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    """Patient with the limits of the stage, which are not in the contract."""
    patience = Retry(
        total=10,
        status_forcelist=[429],
        allowed_methods=None,
        backoff_factor=0.1,
        backoff_max=2,
        raise_on_status=False,
    )
    make = HTTPAdapter.__init__

    def make_patient(adapter: HTTPAdapter, *options: Any, **named: Any) -> None:
        make(adapter, *options, **{"max_retries": patience} | named)

    with pytest.MonkeyPatch.context() as patch:
        # Schemathesis calls again without a token, in sessions of its own.
        patch.setattr(HTTPAdapter, "__init__", make_patient)
        with requests.Session() as session:
            session.trust_env = False
            yield session


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_one_that_the_contract_names(
    name: str, contract: Any, cast: Cast, session: requests.Session
) -> None:
    if CASES[name].mails:
        assert cast.service.mailbox, "it makes up addresses, which may be somebody's"
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
            return  # longer than API Gateway takes: 10,240 bytes of request line and headers
        if (path, case.method) == PAGE:
            return
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
    """The owner of what the operation is about, first and more often, among everyone else."""
    anonymous = Person(cast.service)
    if CASES[name].is_spent:
        return [cast.new_artist(), cast.new_newcomer(), anonymous]
    owner = getattr(cast, CASES[name].owner or "artist")
    return [owner, cast.applicant, owner, cast.recruiter, owner, cast.admin, anonymous]


def bounds(operation: Any, contract: Any) -> Iterator[Any]:
    """Calls with values at their bounds, evenly thinned out where there are many."""
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
    """Makes those parts that are right be about what the call is about, so that it may succeed.

    In place: what is assigned anew is judged anew, and a limit is a text by then.
    """
    meta, body = case.meta, case.body
    if not meta.is_negative_at(ParameterLocation.PATH):
        case.path_parameters.update(call.path)
    if "If-Match" in case.headers and not meta.is_negative_at(ParameterLocation.HEADER):
        case.headers["If-Match"] = "*"
    if isinstance(body, dict) and not meta.is_negative_at(ParameterLocation.BODY):
        known = call.body | {"deadlineAt": "2199-01-01T00:00:00Z"}
        body.update({name: known[name] for name in body.keys() & known.keys()})
