"""Operators can rebuild the search index and continue a stopped rebuild."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from embedded import Instance
from embedded.instance import REGION, ROOT, ROOT_KEY
from operations.rebuild import Rebuild
from tests.deployed.people import Person, Service, a_name, eventually
from tests.deployed.test_search import castings, users

pytestmark = [
    pytest.mark.slow,
    pytest.mark.deployed,
    pytest.mark.embedded_only("deletes the search index of the stage"),
]


@pytest.fixture
def stack(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> str:
    """The stack's name. The fixture also sets an operator's environment."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", instance.endpoint_url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ROOT_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", ROOT_KEY)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    return f"artisthub-api-{instance.stage}"


@pytest.fixture
def found(recruiter: Person, artist: Person, service: Service) -> Any:
    """Whether searches find a casting and a person that they found before."""
    word = a_name()
    casting_id = recruiter.casting("open", tags=[word])["castingId"]
    user_id = service.person("artist", skills=[word]).me["userId"]

    def by_searches() -> tuple[bool, bool]:
        return (
            castings(artist, f"tag={word}") == [casting_id],
            users(artist, f"skill={word}") == [user_id],
        )

    eventually(by_searches, (True, True))
    return by_searches


def forget_everything(index: Any) -> None:
    while items := index.scan()["Items"]:
        with index.batch_writer() as batch:
            for item in items:
                batch.delete_item(Key={key: item[key] for key in ("term", "sortKey")})


def test_a_lost_search_index_is_rebuilt(
    instance: Instance, stack: str, index: Any, found: Any, tmp_path: Path
) -> None:
    forget_everything(index)
    assert found() == (False, False)

    finished = subprocess.run(
        [sys.executable, "-m", "operations", "rebuild", "--stage", instance.stage],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert found() == (True, True)
    assert "[####################]" in finished.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_rebuild_with_a_start_date_skips_older_items(
    instance: Instance, stack: str, index: Any, found: Any, tmp_path: Path
) -> None:
    forget_everything(index)

    assert Rebuild(stack, tmp_path / "state", print).run("2090-01-01")

    assert found() == (False, False)


def test_a_stopped_rebuild_continues_where_it_stopped(
    instance: Instance, stack: str, index: Any, found: Any, tmp_path: Path
) -> None:
    forget_everything(index)

    def stop(line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Rebuild(stack, tmp_path / "state", stop).run("0")
    assert found() == (True, False)

    told: list[str] = []
    assert Rebuild(stack, tmp_path / "state", told.append).run("0")

    assert found() == (True, True)
    assert len(told) == 1  # the castings were indexed before
