from datetime import datetime, timedelta, timezone

from artisthub.shared import clock


def test_instants_are_utc_with_milliseconds() -> None:
    mumbai = timezone(timedelta(hours=5, minutes=30))

    text = clock.text(datetime(2026, 11, 22, 22, 24, 0, 999_999, mumbai))

    assert text == "2026-11-22T16:54:00.999Z"


def test_a_whole_second_is_as_long_as_any_other() -> None:
    # Or text would not sort as time does.
    assert clock.text(datetime.fromisoformat("2026-11-22T16:54:00+00:00")).endswith(":00.000Z")


def test_now_does_not_run_backwards() -> None:
    assert clock.now() <= clock.now()


def test_seconds_of_aws_are_instants() -> None:
    assert clock.of_epoch(1795366442.25) == "2026-11-22T16:54:02.250Z"
