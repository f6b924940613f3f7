"""docs/requirements.md and tests/infra/guide.md list the same tests."""

import re
from collections import Counter
from pathlib import Path

from tests.unit.test_guide import ROWS

PAGE = (Path(__file__).parents[2] / "docs/requirements.md").read_text()
PROOF = re.compile(r"^\| .+ \| .+ \| (\w+) \| \[`(.+?)`\]\(\.\./tests/.+\) \|$", re.MULTILINE)


def test_the_requirements_page_and_the_guide_name_the_same_tests() -> None:
    page = Counter((test, where) for where, test in PROOF.findall(PAGE))
    table = Counter((test, where) for _, _, test, where in ROWS)

    assert not table - page, (
        "these proofs of tests/infra/guide.md need a row in docs/requirements.md"
    )
    assert not page - table, (
        "these rows of docs/requirements.md need a proof in tests/infra/guide.md"
    )
