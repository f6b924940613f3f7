"""Start and stop of the embedded AWS, without a deployment."""

import io
import json
import os
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded import EmbeddedError, Instance, deploy
from embedded.instance import ROOT
from embedded.up import free_port, up

pytestmark = pytest.mark.deployed

MAY_BE_A_FUNCTION = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Principal": {"Service": "lambda.amazonaws.com"},
            }
        ],
    }
)


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Instance]:
    instance = Instance(port=free_port(), state=tmp_path / "state")
    yield instance
    instance.stop()


def test_stored_data_survives_a_restart(instance: Instance) -> None:
    instance.start()
    ssm = deploy.aws(instance).client("ssm", endpoint_url=instance.endpoint_url)
    ssm.put_parameter(Name="kept", Value="yes", Type="String")

    instance.stop()
    instance.start()

    assert ssm.get_parameter(Name="kept")["Parameter"]["Value"] == "yes"


def test_a_second_start_finds_the_running_instance(instance: Instance) -> None:
    assert instance.start() is True
    assert instance.start() is False


def test_a_second_stop_finds_nothing_to_stop(instance: Instance) -> None:
    instance.start()

    assert instance.stop() is True
    assert instance.stop() is False


def test_a_stop_deletes_unpacked_layers(instance: Instance) -> None:
    instance.start()
    environment_of_a_function(instance)
    assert list((instance.state / "tmp").iterdir())

    instance.stop()

    assert not list((instance.state / "tmp").iterdir())


def test_two_instances_run_side_by_side(instance: Instance, tmp_path: Path) -> None:
    other = Instance(port=free_port(), state=tmp_path / "other")
    instance.start()
    other.start()

    other.stop()

    assert instance.is_running()


def test_a_free_port_is_none_that_systems_give_to_connections() -> None:
    first = {"Linux": 32768, "macOS": 49152, "gVisor": 16000}

    assert max(free_port() for _ in range(1000)) < min(first.values())


def test_a_port_in_use_is_named_and_nothing_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        instance = Instance(port=port, state=tmp_path)

        with pytest.raises(EmbeddedError, match=f"port {port} of 127.0.0.1 is taken"):
            instance.start()

    assert not instance.is_running()


def test_a_state_folder_in_use_cannot_start_on_another_port(instance: Instance) -> None:
    instance.start()
    elsewhere = Instance(port=free_port(), state=instance.state)

    with pytest.raises(EmbeddedError, match=f"in use by an embedded AWS on port {instance.port}"):
        elsewhere.start()


def test_a_file_in_place_of_the_state_folder_is_named_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "state"
    file.write_text("mine")

    with pytest.raises(EmbeddedError, match=f"state folder {file} cannot be used"):
        Instance(port=free_port(), state=file).start()

    assert file.read_text() == "mine"


def test_a_damaged_snapshot_is_named_and_kept(instance: Instance) -> None:
    snapshot = instance.state / "aws" / "ssm.json"
    snapshot.parent.mkdir(parents=True)
    snapshot.write_text('{"half": ')

    with pytest.raises(EmbeddedError, match=f"{snapshot} is damaged"):
        instance.start()

    assert snapshot.read_text() == '{"half": '
    assert not instance.is_running()


def test_a_failed_deployment_leaves_no_process(tmp_path: Path) -> None:
    instance = Instance(port=free_port(), state=tmp_path, stage="nosuchstage")

    with pytest.raises(EmbeddedError, match="`sls deploy` failed"):
        up(instance, lambda _: None)

    assert not instance.is_running()


def test_functions_do_not_see_the_users_environment(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "private")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("SECRET_OF_THE_USER", "private")
    instance.start()
    monkeypatch.delenv("AWS_PROFILE")

    seen = environment_of_a_function(instance)

    assert not {"AWS_PROFILE", "PYTHONPATH", "SECRET_OF_THE_USER"} & seen.keys()
    assert seen["AWS_REGION"] == "ap-south-1"


def environment_of_a_function(instance: Instance) -> dict[str, str]:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as code:
        code.writestr("probe.py", "import os\ndef run(event, context): return dict(os.environ)\n")
    session = deploy.aws(instance)
    roles = session.client("iam", endpoint_url=instance.endpoint_url)
    role = roles.create_role(RoleName="probe", AssumeRolePolicyDocument=MAY_BE_A_FUNCTION)
    functions = session.client("lambda", endpoint_url=instance.endpoint_url)
    functions.create_function(
        FunctionName="probe",
        Runtime="python3.13",
        Handler="probe.run",
        Role=role["Role"]["Arn"],
        Code={"ZipFile": archive.getvalue()},
    )
    environment: dict[str, str] = json.load(functions.invoke(FunctionName="probe")["Payload"])
    return environment


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"ARTISTHUB_PORT": "http"}, "ARTISTHUB_PORT is 'http', not a port number"),
        ({"ARTISTHUB_PORT": "70000"}, "ARTISTHUB_PORT is '70000', not a port number"),
        ({"ARTISTHUB_STATE": "/dev/null"}, "state folder /dev/null cannot be used"),
    ],
)
def test_an_invalid_setting_gives_one_line_and_exit_1(
    variables: dict[str, str], expected: str
) -> None:
    finished = command("up", variables)

    assert finished.returncode == 1
    assert finished.stderr.startswith(f"error: {expected}")
    assert finished.stderr.count("\n") == 1


def test_down_without_up_says_so(tmp_path: Path) -> None:
    finished = command("down", {"ARTISTHUB_STATE": str(tmp_path)})

    assert finished.returncode == 0
    assert finished.stdout == "The embedded AWS is not running\n"


def test_token_without_up_says_what_to_do(tmp_path: Path) -> None:
    finished = command("token priya", {"ARTISTHUB_STATE": str(tmp_path)})

    assert finished.returncode == 1
    assert finished.stdout == ""
    assert "start it with `make up`" in finished.stderr


@pytest.mark.parametrize(
    ("tools", "expected"),
    [
        (("node",), "Node.js is missing or older"),
        (("python3.13", "python3"), "python3 is missing or older"),
    ],
)
def test_make_names_a_missing_tool(tools: tuple[str, ...], expected: str, tmp_path: Path) -> None:
    for tool in tools:
        broken = tmp_path / tool
        broken.write_text("#!/bin/sh\nexit 127\n")
        broken.chmod(0o755)
    # Not the variables of the `make test` that may run this: they name a Python that works.
    own = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "MAKEFLAGS": "", "PYTHON": ""}

    finished = subprocess.run(
        ["make", "up"],
        cwd=ROOT,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
    )

    assert finished.returncode != 0
    assert finished.stderr.startswith(f"error: {expected}")


def command(words: str, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "embedded", *words.split()],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )
