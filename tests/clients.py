"""Builds the clients for tests."""

import shutil
import subprocess
from pathlib import Path

from checks import ROOT

TYPESCRIPT = ROOT / "clients/typescript"


def typescript(folder: Path) -> Path:
    """Build the TypeScript client in this folder, as it is published. Returns its module."""
    compiler, built = ROOT / "node_modules/.bin/tsc", folder / "dist"
    finished = subprocess.run(
        [compiler, "-p", TYPESCRIPT, "--outDir", built],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout
    shutil.copy(TYPESCRIPT / "package.json", folder)
    return built / "index.js"
