"""A page of another origin does what people do, in a browser that enforces CORS."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests import browser, clients
from tests.deployed.people import PASSWORD, Person, Service

SCRIPT = Path(__file__).parent / "browser" / "journeys.mjs"
JOURNEYS = re.findall(r"^test\('(.+?)'", SCRIPT.read_text(), re.M)

pytestmark = [
    pytest.mark.deployed,
    pytest.mark.embedded_only("signs up with the codes of the embedded AWS"),
]


@pytest.fixture(scope="module")
def outcomes(
    service: Service,
    recruiter: Person,
    stage: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, str]:
    """The outcome of each journey. All run in one browser, each in its own page."""
    page = stage["callbackUrls"][0]
    if not page.startswith("http://localhost:"):
        pytest.skip(f"needs a stage that allows pages of this machine, not only {page}")
    client = clients.typescript(tmp_path_factory.mktemp("client"))
    given = {
        "client": str(client),
        "outputs": service.outputs,
        "redirectUri": page,
        "logoutUri": stage["logoutUrls"][0],
        "password": PASSWORD,
        "recruiter": recruiter.email,
        "castingId": recruiter.casting("open")["castingId"],
        "artists": [service.person("artist").email for _ in range(4)],
        "newcomers": [service.address() for _ in range(2)],
        "signUpCode": service.mailbox.sign_up_code,
        "resetCode": service.mailbox.reset_code,
    }
    return browser.run(SCRIPT, given)


@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_page_of_another_origin_can(journey: str, outcomes: dict[str, str]) -> None:
    assert outcomes[journey] == ""
