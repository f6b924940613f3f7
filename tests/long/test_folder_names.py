"""The project works in a folder whose name has a space and a letter outside ASCII."""

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from embedded.up import free_port
from tests.project import project_copy


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "Künstler hub"
    folder.mkdir()
    return project_copy(folder)


def test_the_service_starts_answers_and_stops_in_such_a_folder(project: Path) -> None:
    environment = os.environ | {"ARTISTHUB_PORT": str(free_port())}

    def make(*words: str) -> str:
        # The Python of this test, or make would install the tools again, for another one.
        command = ["make", "--silent", f"PYTHON={sys.executable}", *words]
        finished = subprocess.run(
            command, cwd=project, env=environment, capture_output=True, text=True, check=False
        )
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished.stdout

    try:
        address = re.search(r"^API +(\S+)$", make("up"), re.MULTILINE)
        assert address
        token = make("token", "USER=priya").strip()
        profile = httpx.get(
            f"{address[1]}/v1/users/me",
            headers={"Authorization": f"Bearer {token}"},
            trust_env=False,
        )
        assert profile.json()["username"]
    finally:
        make("down")
    assert (project / ".artisthub/outputs.json").exists()
