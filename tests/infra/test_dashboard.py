"""The CloudWatch dashboard shows every table and consumer."""

import json
import re

from tests.infra.packages import Package

WIDTH = 24  # columns of the CloudWatch grid


def body(package: Package) -> str:
    text: str = package["Dashboard"]["DashboardBody"]["Fn::Sub"]
    return text


def test_the_dashboard_shows_every_table_and_consumer(each: Package) -> None:
    shown = set(re.findall(r"\$\{(\w+)", body(each)))
    consumers = {
        mapping["FunctionName"]["Fn::GetAtt"][0]
        for mapping in each.properties("AWS::Lambda::EventSourceMapping").values()
    }

    assert shown >= set(each.properties("AWS::DynamoDB::Table"))
    assert shown >= consumers
    assert shown >= {"HttpApi", "HttpApiStage", "DeadLetters"}
    assert shown - {"AWS"} <= set(each.template["Resources"])


def test_dashboard_widgets_do_not_overlap(each: Package) -> None:
    widgets = json.loads(body(each))["widgets"]
    cells = [
        (x, y)
        for widget in widgets
        for x in range(widget["x"], widget["x"] + widget["width"])
        for y in range(widget["y"], widget["y"] + widget["height"])
    ]

    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < WIDTH
    assert all(widget["properties"]["title"] for widget in widgets)
