"""The first calls of the README, as values."""

import json
import re
import shlex
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from checks import ROOT

CONTRACT = ROOT / "src/artisthub/meta/openapi.json"


class Call(NamedTuple):
    """A call of curl. `token` and `path` have the variables of the shell."""

    method: str
    path: str
    query: dict[str, Any]
    body: Any
    token: str
    if_match: str

    @property
    def template(self) -> str:
        """The path in the contract."""
        paths: dict[str, Any] = json.loads(CONTRACT.read_text())["paths"]
        fitting = (
            each for each in paths if re.fullmatch(re.sub("{.*?}", "[^/]+", each), self.path)
        )
        return min(fitting, key=lambda each: each.count("{"))

    @property
    def operation(self) -> Any:
        """The operation in the contract."""
        return json.loads(CONTRACT.read_text())["paths"][self.template][self.method.lower()]

    @property
    def typed_query(self) -> dict[str, Any]:
        """The query with lists where the operation takes several values."""
        lists = {each["name"] for each in self.operation["parameters"] if "style" in each}
        return {name: [value] if name in lists else value for name, value in self.query.items()}


def first_calls() -> list[Call]:
    text = (ROOT / "README.md").read_text()
    block = text.partition("## First calls")[2].partition("```sh\n")[2].partition("```")[0]
    commands = re.findall(r"curl (?:\\\n|\"[^\"]*\"|'[^']*'|[^\n'\"|])*", block)
    return [_call(shlex.split(command.rstrip(" )"))) for command in commands]


def _call(words: list[str]) -> Call:
    given = dict(pairwise(words))
    url = urlsplit(next(word for word in words if word.startswith("$API")).removeprefix("$API"))
    headers = dict(value.split(": ", 1) for option, value in pairwise(words) if option == "-H")
    body = json.loads(given["-d"]) if "-d" in given else None
    return Call(
        method=given.get("-X", "POST" if body else "GET"),
        path=url.path,
        query={name: value for name, [value] in parse_qs(url.query).items()},
        body=body,
        token=headers.get("Authorization", "").removeprefix("Bearer $"),
        if_match=headers.get("If-Match", ""),
    )
