import json
import os
import subprocess
import tomllib
from pathlib import Path

from checks import ROOT
from tests import clients

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_the_typescript_client_has_the_version_of_the_service() -> None:
    package = json.loads((clients.TYPESCRIPT / "package.json").read_text())

    assert package["version"] == PROJECT["version"]


def test_the_typescript_client_passes_its_own_tests(tmp_path: Path) -> None:
    module = clients.typescript(tmp_path)

    finished = subprocess.run(
        ["node", "--test", clients.TYPESCRIPT / "test"],
        env=os.environ | {"CLIENT": str(module), "VERSION": PROJECT["version"]},
        capture_output=True,
        text=True,
        check=False,
    )

    assert finished.returncode == 0, finished.stdout
    assert "# fail 0" in finished.stdout
