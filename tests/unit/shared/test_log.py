import json

import pytest

from artisthub.shared import log


def test_a_line_is_json_with_the_fields_that_have_a_value(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.line(level="info", status=200, code=None, coldStart=False)

    assert capsys.readouterr().out == '{"level":"info","status":200,"coldStart":false}\n'


def test_a_line_stays_one_line_whatever_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    log.line(operation="a\nb\u2028c")

    (line,) = capsys.readouterr().out.split("\n")[:-1]
    assert json.loads(line) == {"operation": "a\nb\u2028c"}
