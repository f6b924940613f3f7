"""`sls invoke local` runs every function of every stage in the stage's environment.

Each stage has a recruiter, an artist and the items that they created. An API function gets the
recruiter's request to its first route, with the contract's example body. A consumer gets the
changes that created the items. A trigger of the user pool gets an event about the recruiter.
"""

import json
import subprocess
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from contract.examples import PARAMETERS
from embedded import Instance, deploy
from embedded.instance import ROOT
from embedded.up import free_port
from tests import streams
from tests.api import api, contract, templates
from tests.deployed import on_embedded
from tests.deployed.people import Person, Service, a_name

FUNCTIONS = templates.functions()
ROUTES = {
    name: [each["httpApi"] for each in entry["events"] if isinstance(each.get("httpApi"), dict)]
    for name, entry in FUNCTIONS.items()
}
STREAMS = {
    name: [str(each["stream"]["arn"]).partition(".")[0] for each in entry["events"]]
    for name, entry in FUNCTIONS.items()
    if any("stream" in each for each in entry["events"])
}
TRIGGERS = {
    "checkSignUp": "PreSignUp_SignUp",
    "endSessions": "PostConfirmation_ConfirmForgotPassword",
    "followAddress": "PostAuthentication_Authentication",
}
SCHEDULED = "reconcile"


@dataclass(frozen=True)
class Stage:
    instance: Instance
    caller: api.Account
    path: dict[str, str]
    tables: dict[str, str]
    pool_id: str

    def items(self, table: str) -> list[dict[str, Any]]:
        session: Any = deploy.aws(self.instance)
        dynamodb = session.client("dynamodb", endpoint_url=self.instance.endpoint_url)
        found: list[dict[str, Any]] = dynamodb.scan(TableName=self.tables[table])["Items"]
        return found

    def invoke(self, function: str, event: dict[str, Any], folder: Path) -> Any:
        """Return the function's result, or fail with its whole output."""
        file = folder / f"{self.instance.stage}-{function}.json"
        file.write_text(json.dumps(event))
        finished = sls_invoke(self.instance, function, file)
        told = f"{finished.stdout}{finished.stderr}"
        assert finished.returncode == 0, told
        lines = finished.stdout.splitlines()
        assert "{" in lines, told
        return json.loads("\n".join(lines[lines.index("{") :]))


def sls_invoke(
    instance: Instance, function: str, event: Path
) -> "subprocess.CompletedProcess[str]":
    stage = ["--stage", instance.stage]
    return subprocess.run(
        [deploy.SLS, "invoke", "local", "-f", function, "--path", str(event), *stage],
        cwd=ROOT,
        env=deploy.environment(instance) | {"NODE_NO_WARNINGS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    instance = Instance(port=free_port(), state=tmp_path_factory.mktemp("invoke-local"))
    instance.start()
    try:
        yield instance
    finally:
        instance.stop()


@pytest.fixture(scope="module", params=["dev", "staging", "prod"])
def stage(request: pytest.FixtureRequest, instance: Instance) -> Stage:
    return a_deployed_stage(replace(instance, stage=request.param))


def a_deployed_stage(instance: Instance) -> Stage:
    deploy.run(instance)
    deploy.finish(instance)
    target = on_embedded.target_of(instance)
    service = Service(target.outputs, target.client("cognito-idp"))
    recruiter, artist = service.person("recruiter"), service.person("artist")
    path = ids_of_created_items(recruiter, artist)
    service.http.close()
    pool_id = target.outputs["userPoolId"]
    return Stage(instance, account_of(recruiter), path, target.tables, pool_id)


def ids_of_created_items(recruiter: Person, artist: Person) -> dict[str, str]:
    """Return values for the API's path parameters."""
    casting = recruiter.casting("open")
    castings, user_id = f"/castings/{casting['castingId']}", artist.me["userId"]
    wanted = {"roleId": casting["roles"][0]["roleId"], "shareContact": False}
    application = artist.succeed("POST", f"{castings}/applications", wanted).json()
    artist.succeed("POST", f"{castings}/views")
    recruiter.succeed("POST", "/connections", {"userId": user_id})
    return {
        "castingId": casting["castingId"],
        "applicationId": application["applicationId"],
        "recruiterId": recruiter.me["userId"],
        "userId": user_id,
        "username": artist.me["username"],
        "deviceKey": "ap-south-1_8ad2e2f0-6cbb-4d6f-8f4e-6f7a0c1f4c11",
    }


def account_of(person: Person) -> api.Account:
    payload = person.token.split(".")[1]
    claims = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return api.Account(person.me["userId"], person.email, person.token, claims)


def http_event(stage: Stage, function: str) -> dict[str, Any]:
    route = ROUTES[function][0]
    path = route["path"].format_map(PARAMETERS | stage.path)
    described = contract.CONTRACT["paths"].get(route["path"], {}).get(route["method"].lower(), {})
    content = described.get("requestBody", {}).get("content", {}).get("application/json", {})
    names = content.get("examples", {})
    examples = contract.CONTRACT["components"]["examples"]
    body = next((examples[name]["value"] for name in names), None)
    address = path.removeprefix("/v1")
    return api.event_of(route["method"], address, body, as_=stage.caller, if_match="*")[2]


def stream_event(stage: Stage, table: str) -> dict[str, Any]:
    items = stage.items(table)
    if table == "CountersTable":  # its stream filter passes views but not their sums
        items = [item for item in items if "viewedOn" in item]
    assert items
    arn = f"arn:aws:dynamodb:ap-south-1:000000000000:table/{stage.tables[table]}/stream/2026"
    return {
        "Records": [
            {
                "eventID": str(number),
                "eventName": "INSERT",
                "eventSourceARN": arn,
                "dynamodb": {
                    "SequenceNumber": str(number),
                    "Keys": streams.keys_of(item),
                    "NewImage": item,
                },
            }
            for number, item in enumerate(items, 1)
        ]
    }


def trigger_event(stage: Stage, function: str) -> dict[str, Any]:
    """https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html"""
    is_new = function == "checkSignUp"
    address = f"{a_name()}@example.com" if is_new else stage.caller.email
    return {
        "version": "1",
        "triggerSource": TRIGGERS[function],
        "region": "ap-south-1",
        "userPoolId": stage.pool_id,
        "userName": stage.caller.user_id,
        "callerContext": {"awsSdkVersion": "1", "clientId": "client"},
        "request": {"userAttributes": {"sub": stage.caller.user_id, "email": address}},
        "response": {},
    }


def event_of(stage: Stage, function: str) -> dict[str, Any]:
    if function in TRIGGERS:
        return trigger_event(stage, function)
    if function in STREAMS:
        return stream_event(stage, STREAMS[function][0])
    return http_event(stage, function)


@pytest.fixture(scope="module")
def events(stage: Stage) -> dict[str, dict[str, Any]]:
    """Events by function, all created before the first function changes an item."""
    return {function: event_of(stage, function) for function in FUNCTIONS if function != SCHEDULED}


@pytest.mark.aws_fact(13)
@pytest.mark.parametrize("function", [name for name in FUNCTIONS if name != SCHEDULED])
def test_every_function_answers_a_local_invocation(
    function: str, stage: Stage, events: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    event = events[function]

    answer = stage.invoke(function, event, tmp_path)

    if "Records" in event:
        assert answer == {"batchItemFailures": []}
    elif "triggerSource" in event:
        assert answer["request"] == event["request"]
    else:
        assert answer["headers"]["x-request-id"] == event["requestContext"]["requestId"]
        assert answer["statusCode"] < 500, answer


@pytest.mark.aws_fact(13)
def test_the_daily_check_runs_in_a_local_invocation(stage: Stage, tmp_path: Path) -> None:
    event = tmp_path / "scheduled.json"
    event.write_text("{}")

    finished = sls_invoke(stage.instance, SCHEDULED, event)

    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert '"operation":"reconcile"' in finished.stdout


@pytest.mark.aws_fact(13)
def test_a_local_function_has_its_layers_pages(stage: Stage, tmp_path: Path) -> None:
    event = api.event_of("GET", "/docs/swagger-ui.css", accept_encoding="gzip")[2]

    answer = stage.invoke("meta", event, tmp_path)

    assert answer["statusCode"] == 200


@pytest.mark.aws_fact(13)
def test_invoking_an_undeployed_function_says_what_to_do(tmp_path: Path) -> None:
    empty = Instance(port=free_port(), state=tmp_path / "empty")
    empty.start()
    try:
        told = sls_invoke(empty, "createUser", ROOT / "tests/events/createUser.json")
    finally:
        empty.stop()

    assert told.returncode == 1
    assert (
        "Function createUser is not deployed in stage dev. Run `sls deploy --stage dev` first, "
        "or `make up STAGE=dev` on this machine.\n"
    ) in told.stdout
