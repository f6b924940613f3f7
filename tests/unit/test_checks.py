"""`make check` prints faults and its time; `make help` lists the targets that people type."""

import re
from pathlib import Path

import pytest

from checks import __main__ as checks

MAKEFILE = (Path(__file__).parents[2] / "Makefile").read_text()
CHECKS_THE_TOOLS = {"tools"}


@pytest.fixture
def two_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    passing, failing = "print('all is right')", "import sys; print('this is wrong'); sys.exit(1)"
    commands = {"one": [checks.PYTHON, "-c", passing], "two": [checks.PYTHON, "-c", failing]}
    monkeypatch.setattr(checks, "CHECKS", commands)


@pytest.mark.usefixtures("two_checks")
def test_a_check_that_passes_prints_only_the_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert checks.main(["one"]) == 0
    assert re.fullmatch(r"checked in \d+ s\n", capsys.readouterr().out)


@pytest.mark.usefixtures("two_checks")
def test_a_check_that_fails_prints_its_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert checks.main([]) == 1
    assert capsys.readouterr().out.startswith("two: failed\nthis is wrong\n\nchecked in ")


@pytest.mark.usefixtures("two_checks")
def test_an_unknown_check_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert checks.main(["three"]) == 2
    assert capsys.readouterr().out == "error: unknown check three; known checks: one, two\n"


def test_make_help_lists_every_target() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    listed = re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE)

    assert phony
    assert sorted(phony[1].split()) == sorted({*listed, *CHECKS_THE_TOOLS})
