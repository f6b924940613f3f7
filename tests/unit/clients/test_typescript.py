import os
import subprocess
from pathlib import Path

from tests import clients


def test_the_typescript_client_passes_its_own_tests(tmp_path: Path) -> None:
    module = clients.typescript(tmp_path)

    finished = subprocess.run(
        ["node", "--test", clients.TYPESCRIPT / "test"],
        env=os.environ | {"CLIENT": str(module)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert finished.returncode == 0, finished.stdout
    assert "# fail 0" in finished.stdout
