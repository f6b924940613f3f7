"""`operations preflight --stage prod` on an embedded AWS that a test has prepared."""

import sys
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import boto3
import pytest

from embedded import deploy
from operations import __main__ as operations
from operations.preflight import package, place
from operations.preflight.package import Package
from tests.embedded.adopt import stage as stacks


class Outcome(NamedTuple):
    status: int
    levels: dict[str, str]
    lines: dict[str, str]


@dataclass
class Stage(stacks.Stage):
    packaged: Package
    # The AWS operations that the last run called.
    asked: list[str] = field(default_factory=list)

    def preflight(self, **environment: str) -> Outcome:
        def watch(model: Any, **_: Any) -> None:
            self.asked.append(model.name)
            refuse(model)

        refuse = place._refuse_to_change
        self.asked.clear()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", ["operations", "preflight", "--stage", "prod"])
            patch.setattr(boto3, "DEFAULT_SESSION", None)
            patch.setattr(place, "_refuse_to_change", watch)
            patch.setattr(package, "make", lambda *_: self.packaged)
            for name, value in (deploy.environment(self.instance) | environment).items():
                patch.setenv(name, value)
            status = operations.main()
        return _outcome(status, self.output.readouterr().out)

    def use_ses(self) -> None:
        """Act as if infra/stages/prod.yml had `mail: all`."""
        template = {
            **self.packaged.template,
            "Resources": dict(self.packaged.template["Resources"]),
        }
        pool = template["Resources"]["UserPool"]
        properties = pool["Properties"] | {
            "EmailConfiguration": {"EmailSendingAccount": "DEVELOPER"}
        }
        template["Resources"]["UserPool"] = pool | {"Properties": properties}
        self.packaged = Package(template, self.packaged.size)


def _outcome(status: int, told: str) -> Outcome:
    *lines, _ = told.splitlines()
    levels, found = {}, {}
    for line in lines:
        level, name, text = (part.strip() for part in line.split(":", 2))
        levels[name], found[name] = level, text
    return Outcome(status, levels, found)
