from datetime import datetime, timedelta, timezone

from artisthub.shared import clock


def test_timestamps_are_utc_with_milliseconds() -> None:
    mumbai = timezone(timedelta(hours=5, minutes=30))

    text = clock.text(datetime(2026, 11, 22, 22, 24, 0, 999_999, mumbai))

    assert text == "2026-11-22T16:54:00.999Z"


def test_a_whole_second_is_written_with_milliseconds() -> None:
    # Otherwise texts would not sort by time.
    assert clock.text(datetime.fromisoformat("2026-11-22T16:54:00+00:00")).endswith(":00.000Z")


def test_now_does_not_run_backwards() -> None:
    assert clock.now() <= clock.now()


def test_epoch_seconds_are_converted_to_timestamps() -> None:
    assert clock.of_epoch(1795366442.25) == "2026-11-22T16:54:02.250Z"
