import json
import subprocess
import time

import pytest

from artisthub.shared import log


def test_a_log_line_is_json_without_empty_fields(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.line(level="info", status=200, code=None, coldStart=False)

    assert capsys.readouterr().out == '{"level":"info","status":200,"coldStart":false}\n'


def test_line_breaks_in_a_value_do_not_split_a_log_line(capsys: pytest.CaptureFixture[str]) -> None:
    log.line(operation="a\nb\u2028c")

    (line,) = capsys.readouterr().out.split("\n")[:-1]
    assert json.loads(line) == {"operation": "a\nb\u2028c"}


def test_the_callers_digest_can_be_computed_in_a_shell() -> None:
    user_id = "6c161987-7e05-4052-aadb-4e71735ff6d4"
    by_hand = subprocess.run(
        ["bash", "-c", f"printf %s {user_id} | b2sum -l 48"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert log.caller(user_id) == by_hand.stdout.split()[0]


def test_a_count_is_logged_as_a_metric_of_the_service_and_stage(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "artisthub-api-prod-createUser")

    log.count("SignUps")

    counted = json.loads(capsys.readouterr().out)
    assert (counted["SignUps"], counted["service"]) == (1, "artisthub-api-prod")
    about = counted["_aws"]
    assert abs(about["Timestamp"] / 1000 - time.time()) < 60
    [definition] = about["CloudWatchMetrics"]
    assert definition == {
        "Namespace": "ArtistHub",
        "Dimensions": [["service"]],
        "Metrics": [{"Name": "SignUps", "Unit": "Count"}],
    }
