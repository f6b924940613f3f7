"""Run the checks of `make check`, and print the failures and the time.

python -m checks             runs all checks
python -m checks lint types  runs these
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from checks import ROOT

PYTHON = sys.executable

PYTEST = [PYTHON, "-m", "pytest", "-qq", "--tb=short"]
PUBLISHED = [f"tests/unit/{each}" for each in ("test_prose.py", "meta", "contract", "clients")]

# The slowest first, so that no core waits for them at the end.
CHECKS = {
    "unit tests": [*PYTEST, "tests/unit", *(f"--ignore={each}" for each in PUBLISHED)],
    "types": [PYTHON, "-m", "mypy", "--no-error-summary"],
    "tests of texts and contract": [*PYTEST, *PUBLISHED],
    "operations": [PYTHON, "-m", "checks.operations"],
    "import rules": [
        *(PYTHON, "-c"),
        "from importlinter.cli import lint_imports_command as lint; lint()",
    ],
    "JavaScript": ["node_modules/.bin/biome", "check", "--error-on-warnings", "--log-level=warn"],
    "types of JavaScript": ["node_modules/.bin/tsc"],
    "types of TypeScript": ["node_modules/.bin/tsc", "-p", "clients/typescript", "--noEmit"],
    "Python client": [
        str(ROOT / ".venv-clients/bin/python"),
        "clients/python/generator",
        "--check",
    ],
    "lint": [PYTHON, "-m", "ruff", "check", "--quiet", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
}


def failure(name: str) -> str:
    """The output of a failed check; empty if it passes."""
    finished = subprocess.run(
        CHECKS[name],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "src"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return f"{name}: failed\n{finished.stdout.strip()}\n" if finished.returncode else ""


def main(names: list[str]) -> int:
    """Run these checks, or all, and return the exit status."""
    if unknown := set(names) - CHECKS.keys():
        print(f"error: unknown check {', '.join(unknown)}; known checks: {', '.join(CHECKS)}")
        return 2
    began = time.monotonic()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip(names or CHECKS, pool.map(failure, names or CHECKS), strict=True))
    if found.get("operations") and found.get("unit tests"):
        # Unit tests read the same routes, and would repeat the faults with tracebacks.
        found["unit tests"] = "unit tests: not shown until the operations are complete\n"
    failures = [each for each in found.values() if each]
    print(*failures, f"checked in {time.monotonic() - began:.0f} s", sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
