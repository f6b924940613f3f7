"""What `make acceptance` refuses, before it has changed anything."""

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
    """The one line that it says."""
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
        ("--stage test", "there is no stage test; stages are dev, staging, prod"),
        ("--stage prod", "to run them on prod, say ON_PROD=1 too"),
        ("--stage dev", "no credentials of AWS"),
    ],
)
def test_it_says_what_is_missing(
    words: str, says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Tests of this process before may have left a session of the embedded AWS open.
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)

    assert says in refusal(monkeypatch, capsys, words)


def test_a_stage_that_is_not_deployed_is_refused(
    nothing_deployed: Instance,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    be_someone(monkeypatch, nothing_deployed)

    assert "there is no stack artisthub-api-prod in ap-south-1; deploy it" in refusal(
        monkeypatch, capsys, "--stage prod --on-prod"
    )
    assert "there is no stack artisthub-api-dev in eu-west-1" in refusal(
        monkeypatch, capsys, "--stage dev --region eu-west-1"
    )


def test_a_key_that_aws_does_not_know_is_refused(
    nothing_deployed: Instance,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    be_someone(monkeypatch, nothing_deployed)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAUNKNOWN")

    assert "error: " in refusal(monkeypatch, capsys, "--stage dev")


def test_a_stack_that_is_not_the_whole_service_is_refused(
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
