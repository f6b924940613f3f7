"""Runs scripts of node:test that drive a headless Chromium."""

import json
import os
import platform
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from checks import ROOT

FOLDER = ROOT / ".venv-browser"


def run(script: Path, given: dict[str, Any]) -> dict[str, str]:
    """The outcome of each test of a script: its failure, or nothing. The script reads `GIVEN`.

    Skips the test on systems that the browser's package does not support.
    """
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        pytest.skip("needs Linux on x86-64: the package of Chromium has no other binary")
    if not (FOLDER / ".installed").exists():
        pytest.fail("there is no browser: run `make .venv-browser/.installed`, or `make test`")
    finished = subprocess.run(
        ["node", "--test", "--test-reporter=junit", script],
        env=os.environ | {"BROWSER": str(FOLDER), "GIVEN": json.dumps(given)},
        capture_output=True,
        text=True,
        check=False,
    )
    # Messages of failures have the colours of a terminal, which XML does not allow.
    report = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", finished.stdout)
    cases = ElementTree.fromstring(report).iter("testcase")
    return {case.attrib["name"]: _failure(case) for case in cases}


def _failure(case: ElementTree.Element) -> str:
    found = case.find("failure")
    return "" if found is None else found.text or found.attrib["message"]
