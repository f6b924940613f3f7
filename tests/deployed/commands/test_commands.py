"""Every command of the operations guide, on a stage of its own that has a client secret.

It works on a copy of the project, because some of the commands are about a change of the code.
"""

import json
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from botocore.exceptions import ClientError

from embedded import Instance, deploy
from embedded.instance import ROOT
from embedded.up import free_port
from tests.deployed.people import Person, Service, a_new_user

pytestmark = pytest.mark.deployed

INSTALLED = (".venv", ".venv-embedded", "node_modules")
MADE = (".git", ".artisthub*", ".build", ".serverless", "__pycache__", ".*_cache", "bench")
STAGE = "staging"
PATIENCE_SECONDS = 60


@dataclass
class Project:
    folder: Path
    instance: Instance

    def sls(self, command: str) -> str:
        finished = subprocess.run(
            self.command(command),
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert finished.returncode == 0, f"sls {command}\n{finished.stdout}"
        return finished.stdout

    def command(self, command: str) -> list[str]:
        return [str(deploy.SLS), *command.split(), "--stage", STAGE]

    def environment(self) -> dict[str, str]:
        return deploy.environment(self.instance) | {"NODE_NO_WARNINGS": "1"}

    def change(self, file: str, before: str, after: str) -> None:
        path = self.folder / file
        text = path.read_text()
        assert text.count(before) == 1
        path.write_text(text.replace(before, after))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """`sls deploy --stage staging`, the first time."""
    folder = tmp_path_factory.mktemp("commands") / "project"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*INSTALLED, *MADE))
    for name in INSTALLED:
        (folder / name).symlink_to(ROOT / name)
    # Layers that were built before, if any, as in a checkout that is not new.
    layers = folder / ".build" / "host"
    layers.mkdir(parents=True)
    for layer in (ROOT / ".build" / "host").glob("*.zip*"):
        shutil.copy(layer, layers)
    instance = Instance(port=free_port(), state=folder.parent / "state", stage=STAGE)
    instance.start()
    try:
        project = Project(folder, instance)
        project.sls("deploy")
        yield project
    finally:
        instance.stop()


@pytest.fixture(scope="module")
def service(project: Project) -> Iterator[Service]:
    outputs = deploy.finish(project.instance)
    url = f"{project.instance.endpoint_url}/_aws/execute-api/{outputs['HttpApiId']}"
    service = Service({"apiUrl": url, "userPoolId": outputs["UserPoolId"]})
    yield service
    service.http.close()


@pytest.fixture(scope="module")
def artist(service: Service) -> Person:
    return service.person("artist")


def answer_of_create_user(artist: Person) -> str:
    """How createUser refuses a second profile, which tells one version of the code from another."""
    answer = artist.call("POST", "/users", a_new_user())
    assert answer.status_code == 409
    return str(answer.json()["detail"])


def test_sign_in_proves_the_client_s_secret(project: Project, artist: Person) -> None:
    cognito = deploy.aws(project.instance).client(
        "cognito-idp", endpoint_url=project.instance.endpoint_url
    )
    pool_id = artist.service.outputs["userPoolId"]
    clients = cognito.list_user_pool_clients(UserPoolId=pool_id)["UserPoolClients"]
    client = cognito.describe_user_pool_client(UserPoolId=pool_id, ClientId=clients[0]["ClientId"])[
        "UserPoolClient"
    ]

    assert client["ClientSecret"]
    tokens = artist.sign_in()
    session = {"refreshToken": tokens.refresh_token, "username": tokens.username}
    assert artist.succeed("POST", "/auth/refresh", session).json()["tokens"]["accessToken"]
    assert artist.call("GET", "/users/me").json() == artist.me


def test_info_names_what_is_deployed(project: Project) -> None:
    told = project.sls("info")

    assert f"stage: {STAGE}" in told
    assert "region: ap-south-1" in told
    assert re.search(r"POST - https?://\S+/v1/users\b", told)
    assert f"createUser: artisthub-api-{STAGE}-createUser" in told


def test_validate_finds_nothing_wrong(project: Project) -> None:
    assert f"Stage {STAGE} is valid" in project.sls("validate")


def test_a_smoke_check_finds_a_good_deployment_well(service: Service, project: Project) -> None:
    checked = subprocess.run(
        ["make", "-s", "smoke", f"STAGE={STAGE}", f"URL={service.outputs['apiUrl']}"],
        cwd=ROOT,
        env=deploy.environment(project.instance),
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr
    lines = checked.stdout.splitlines()
    assert all(line.startswith("ok ") for line in lines)
    assert lines[-1] == "ok      pages of others may not"


def test_a_function_is_invoked_locally_with_the_event_that_ships_and_a_token(
    project: Project, service: Service
) -> None:
    newcomer = service.account()
    event = json.loads((project.folder / "tests/events/createUser.json").read_text())
    event["headers"]["authorization"] = f"Bearer {newcomer.token}"
    (project.folder / "event.json").write_text(json.dumps(event))

    told = project.sls("invoke local -f createUser --path event.json")

    answer = json.loads(told[told.index("{\n") :])
    assert (answer["statusCode"], json.loads(answer["body"])["email"]) == (201, newcomer.email)
    sub = event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"]
    assert newcomer.call("GET", f"/users/{sub}").status_code == 200


def test_logs_show_the_lines_of_a_function(project: Project, artist: Person) -> None:
    answer = artist.call("POST", "/users", b"{")

    told = project.sls("logs -f createUser")

    assert answer.headers["x-request-id"] in told
    assert '"status":400' in told


def test_logs_are_followed(project: Project, artist: Person, tmp_path: Path) -> None:
    output = tmp_path / "tail"
    with output.open("w") as written:
        tail = start_tail(project, written)
        try:
            request_ids: list[str] = []
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not any(request_id in output.read_text() for request_id in request_ids):
                assert tail.poll() is None, output.read_text()
                assert time.monotonic() < deadline, output.read_text()
                answer = artist.call("POST", "/users", b"{")
                request_ids.append(answer.headers["x-request-id"])
                time.sleep(0.5)
        finally:
            tail.send_signal(signal.SIGINT)
            tail.wait(PATIENCE_SECONDS)


def start_tail(project: Project, output: IO[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        project.command("logs -f createUser --tail"),
        cwd=project.folder,
        env=project.environment(),
        stdout=output,
        stderr=output,
        text=True,
    )


def test_a_deployment_is_followed_by_others_and_rolled_back(
    project: Project, artist: Person
) -> None:
    first = answer_of_create_user(artist)
    module = "src/artisthub/users/repository.py"

    project.change(module, first, "Second.")
    project.sls("deploy function -f createUser")
    assert answer_of_create_user(artist) == "Second."

    project.change(module, "Second.", "Third.")
    project.sls("deploy")
    assert answer_of_create_user(artist) == "Third."

    timestamps = re.findall(r"Timestamp: (\d+)", project.sls("deploy list"))
    assert len(timestamps) == 2
    choice = project.sls("rollback")
    assert re.findall(r"Timestamp: (\d+)", choice) == timestamps

    project.sls(f"rollback -t {timestamps[0]}")
    assert answer_of_create_user(artist) == first
    assert artist.call("GET", "/users/me").json() == artist.me


def test_removing_the_stack_keeps_the_data(project: Project, artist: Person) -> None:
    session, url = deploy.aws(project.instance), project.instance.endpoint_url
    cloudformation = session.client("cloudformation", endpoint_url=url)
    stack = f"artisthub-api-{STAGE}"
    tables = session.client("dynamodb", endpoint_url=url)
    users = cloudformation.describe_stack_resource(StackName=stack, LogicalResourceId="UsersTable")
    table = users["StackResourceDetail"]["PhysicalResourceId"]

    project.sls("remove")

    with pytest.raises(ClientError, match="does not exist"):
        cloudformation.describe_stacks(StackName=stack)
    assert session.client("lambda", endpoint_url=url).list_functions()["Functions"] == []
    kept = tables.get_item(TableName=table, Key={"userId": {"S": artist.me["userId"]}})["Item"]
    assert kept["email"] == {"S": artist.email}
