"""Refusals of `make acceptance` before it changes anything."""

from collections.abc import Iterator
from typing import Any

import pytest

from embedded import Instance, deploy
from embedded.up import free_port
from tests.acceptance.__main__ import main


@pytest.fixture(scope="module")
def nothing_deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    instance = Instance(port=free_port(), state=tmp_path_factory.mktemp("nothing-deployed"))
    instance.start()
    yield instance
    instance.stop()


def refusal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str) -> str:
    """Return the one line that it prints."""
    monkeypatch.setattr("sys.argv", ["acceptance", *words.split()])
    assert main() == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    return said.err


def be_someone(monkeypatch: pytest.MonkeyPatch, instance: Instance) -> None:
    for name, value in deploy.environment(instance).items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--stage test", "no stage test; choose one of dev, staging, prod"),
        ("--stage prod", "to run them on prod, set ON_PROD=1"),
        ("--stage dev", "no AWS credentials"),
    ],
)
def test_a_missing_prerequisite_is_named(
    words: str, says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Earlier tests in this process may have set these for the embedded AWS.
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)

    assert says in refusal(monkeypatch, capsys, words)


def test_an_undeployed_stage_is_refused(
    nothing_deployed: Instance,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    be_someone(monkeypatch, nothing_deployed)

    assert "no stack artisthub-api-prod in ap-south-1; deploy it" in refusal(
        monkeypatch, capsys, "--stage prod --on-prod"
    )
    assert "no stack artisthub-api-dev in eu-west-1" in refusal(
        monkeypatch, capsys, "--stage dev --region eu-west-1"
    )


def test_an_unknown_access_key_is_refused(
    nothing_deployed: Instance,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    be_someone(monkeypatch, nothing_deployed)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAUNKNOWN")

    assert "error: " in refusal(monkeypatch, capsys, "--stage dev")


def test_an_incomplete_stack_is_refused(
    nothing_deployed: Instance,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    be_someone(monkeypatch, nothing_deployed)
    cloudformation: Any = deploy.aws(nothing_deployed).client(
        "cloudformation", endpoint_url=nothing_deployed.endpoint_url
    )
    template = '{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}'
    named = {"StackName": "artisthub-api-staging", "TemplateBody": template}

    cloudformation.create_change_set(**named, ChangeSetName="first", ChangeSetType="CREATE")
    refused = refusal(monkeypatch, capsys, "--stage staging")
    assert "the stack artisthub-api-staging is REVIEW_IN_PROGRESS, not deployed" in refused

    cloudformation.delete_stack(StackName="artisthub-api-staging")
    cloudformation.create_stack(**named)
    refused = refusal(monkeypatch, capsys, "--stage staging")
    assert "the stack artisthub-api-staging lacks ApiUrl; deploy it again" in refused
