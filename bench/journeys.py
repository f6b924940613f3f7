"""The functions that journeys of the API call: each may start cold.

python -m bench.journeys             counts them as infra/functions says
python -m bench.journeys REVISION    counts them as it said in that commit, too
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from operations import tagged_yaml

FOLDER = Path(__file__).parents[1] / "infra/functions"
JOURNEYS = {
    "sign up and make a profile": [
        "POST /v1/auth/signup",
        "POST /v1/auth/confirm",
        "POST /v1/auth/login",
        "POST /v1/auth/challenge",
        "PUT /v1/auth/devices/{deviceKey}",
        "POST /v1/users",
    ],
    "sign in and see my castings": [
        "POST /v1/auth/login",
        "POST /v1/auth/challenge",
        "PUT /v1/auth/devices/{deviceKey}",
        "GET /v1/users/me",
        "GET /v1/recruiters/{recruiterId}/castings",
    ],
    "browse, open, apply": [
        "GET /v1/castings",
        "GET /v1/castings/{castingId}",
        "POST /v1/castings/{castingId}/views",
        "POST /v1/castings/{castingId}/applications",
    ],
    "publish a casting": [
        "POST /v1/castings",
        "POST /v1/castings/{castingId}/documents",
        "PATCH /v1/castings/{castingId}",
        "PUT /v1/castings/{castingId}/status",
    ],
}


def functions(revision: str = "") -> dict[str, str]:
    """By route, the function behind it; `revision` names a commit, else the files as they are."""
    contents = _committed(revision) if revision else map(Path.read_text, FOLDER.glob("*.yml"))
    return {
        f"{event['httpApi']['method']} {event['httpApi']['path']}": name
        for content in contents
        for name, function in tagged_yaml.load(content).items()
        for event in function["events"]
        if isinstance(event.get("httpApi"), dict)
    }


def _committed(revision: str) -> list[str]:
    tree = f"{revision}:infra/functions/"
    return [_git("show", f"{tree}{name}") for name in _git("ls-tree", "--name-only", tree).split()]


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def met(journey: str, by_route: dict[str, str]) -> list[str]:
    """The functions of a journey, in the order in which it calls them first."""
    return list(dict.fromkeys(by_route[route] for route in JOURNEYS[journey]))


def main(revisions: list[str]) -> None:
    routes_of = {each or "now": functions(each) for each in [*revisions, ""]}
    for journey, routes in JOURNEYS.items():
        print(f"\n{journey}: {len(routes)} requests")
        for revision, by_route in routes_of.items():
            names = met(journey, by_route)
            print(f"  {revision}: {len(names)} functions: {', '.join(names)}")


if __name__ == "__main__":
    main(sys.argv[1:])
