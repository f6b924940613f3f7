"""The documentation page in a browser: for everyone, searchable, and with its own sign-in.

Its pictures at the widths of a desktop and a phone lie in `.test-output`.
"""

import pytest

from checks import ROOT
from tests import browser
from tests.deployed.people import PASSWORD, Person, Service

SCRIPT = ROOT / "tests/deployed/browser/docs.mjs"
PICTURES = ROOT / ".test-output"

pytestmark = pytest.mark.deployed


@pytest.mark.parametrize(
    "operations",
    [
        ["createCasting"],
        pytest.param(["start", "searchCastings", "answerChallenge"], marks=pytest.mark.slow),
    ],
)
def test_the_docs_page_works_for_everyone_in_a_browser(
    service: Service, recruiter: Person, operations: list[str]
) -> None:
    given = {
        "operations": operations,
        "outputs": service.outputs,
        "axe": str(browser.FOLDER / "node_modules/axe-core/axe.min.js"),
        "screenshots": str(PICTURES),
        "email": recruiter.email,
        "password": PASSWORD,
    }

    outcomes = browser.run(SCRIPT, given)

    assert len(outcomes) == 4 + 2 * len(operations)
    assert {name: failure for name, failure in outcomes.items() if failure} == {}
    for operation in operations:
        assert len(list(PICTURES.glob(f"docs-{operation}-*.png"))) == 2
