import shutil
from collections.abc import Iterator

import pytest

from embedded import Instance
from embedded.instance import ROOT
from embedded.up import free_port
from tests.long.stacks.project import Project

INSTALLED = (".venv", ".venv-embedded", "node_modules")
MADE = (".git", ".artisthub*", ".build", ".serverless", "__pycache__", ".*_cache", "bench")


@pytest.fixture
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """An undeployed copy of the project that tests may change."""
    folder = tmp_path_factory.mktemp("stacks") / "project"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*INSTALLED, *MADE))
    for name in INSTALLED:
        (folder / name).symlink_to(ROOT / name)
    instance = Instance(port=free_port(), state=folder.parent / "state", stage="prod")
    instance.start()
    try:
        yield Project(instance, folder)
    finally:
        instance.stop()
