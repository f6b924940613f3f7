"""The package of the Python client has a license, types and a version."""

import tomllib
from pathlib import Path

import artisthub_client

ROOT = Path(__file__).parents[4]
FOLDER = ROOT / "clients/python"


def test_the_client_has_the_license_of_the_service() -> None:
    assert not (FOLDER / "LICENSE").is_symlink()  # a source distribution cannot have one
    assert (FOLDER / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()


def test_the_client_has_the_version_of_the_service() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert artisthub_client.__version__ == project["version"]


def test_the_client_tells_type_checkers_that_it_has_types() -> None:
    assert (FOLDER / "src/artisthub_client/py.typed").exists()
