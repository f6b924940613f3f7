"""Successive deployments of a stage, rolled back across layer changes and removed.

osls keeps the folders of five deployments. Of these seven, the first and the last change the
functions' packages. So a kept deployment uses a layer from a deployment that is no longer kept.
"""

import hashlib
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from botocore.exceptions import ClientError

from embedded import Instance, deploy
from embedded.instance import ROOT
from embedded.up import free_port
from tests.project import Project, project_copy

KEPT = 5
MODULE = "src/artisthub/meta/handlers.py"
SAYS = 'service="{}"'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = project_copy(tmp_path_factory.mktemp("rollback"))
    instance = Instance(port=free_port(), state=folder.parent / "state")
    instance.start()
    try:
        yield Project(folder, instance)
    finally:
        instance.stop()


def says(project: Project) -> str:
    """Return the service's name in the health check, which differs between code versions."""
    deploy.finish(project.instance)
    api = project.physical_ids()["HttpApi"]
    url = f"{project.instance.endpoint_url}/_aws/execute-api/{api}/v1/health"
    answer = httpx.get(url, trust_env=False, timeout=60)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["service"])


def change_the_code(project: Project, number: int) -> None:
    path = project.folder / MODULE
    path.write_text(re.sub(r'service="[^"]*"', SAYS.format(f"version {number}"), path.read_text()))


def add_a_package(project: Project) -> None:
    """Add a package that our tools also use, so that it is in uv's cache."""
    locked = (ROOT / "requirements/dev.txt").read_text()
    found = re.search(r"^iniconfig==.*\\\n(?:    --hash=.*\n)+", locked, re.M)
    assert found
    path: Path = project.folder / "requirements/runtime.txt"
    path.write_text(path.read_text() + found[0])


def packages_of_functions(project: Project) -> str:
    """Return a digest of the health check function's current layer."""
    function = project.physical_ids()["MetaLambdaFunction"]
    lambda_ = project.client("lambda")
    [layer] = [
        each["Arn"]
        for each in lambda_.get_function(FunctionName=function)["Configuration"]["Layers"]
        if "-dependencies:" in each["Arn"]
    ]
    url = lambda_.get_layer_version_by_arn(Arn=layer)["Content"]["Location"]
    return hashlib.sha256(httpx.get(url, trust_env=False).content).hexdigest()


def listed(project: Project) -> list[str]:
    return re.findall(r"Timestamp: (\d+)", project.sls("deploy list"))


@pytest.mark.aws_fact(8)
def test_rollback_works_for_every_listed_deployment_across_layer_changes(
    project: Project,
) -> None:
    deployed: dict[str, tuple[str, str]] = {}
    for number in range(1, KEPT + 3):
        change_the_code(project, number)
        if number == KEPT + 2:
            add_a_package(project)
        project.sls("deploy")
        newest = listed(project)[-1]
        deployed[newest] = (says(project), packages_of_functions(project))
    assert len({packages for _, packages in deployed.values()}) == 2
    kept = listed(project)
    assert kept == list(deployed)[-KEPT:]

    for timestamp in [kept[0], kept[-1], kept[1]]:
        project.sls(f"rollback -t {timestamp}")
        assert (says(project), packages_of_functions(project)) == deployed[timestamp]


def test_a_function_deployed_alone_is_replaced_by_a_forced_deployment(project: Project) -> None:
    """CloudFormation and osls see no change here, as docs/operations.md says."""
    change_the_code(project, 10)
    project.sls("deploy")
    change_the_code(project, 11)
    project.sls("deploy function -f meta")
    assert says(project) == "version 11"
    change_the_code(project, 10)

    assert "Deployment skipped" in project.sls("deploy")
    assert "Rollback skipped" in project.sls(f"rollback -t {listed(project)[-1]}")
    assert says(project) == "version 11"
    project.sls("deploy --force")
    assert says(project) == "version 10"


def test_a_deployment_survives_a_package_made_in_the_same_folder(
    project: Project, tmp_path: Path
) -> None:
    change_the_code(project, 12)
    with ThreadPoolExecutor() as pool:
        deployment = pool.submit(project.sls, "deploy")
        while not (project.folder / ".build/lock").exists():
            time.sleep(0.1)
        package = pool.submit(project.sls, f"package --package {tmp_path / 'package'}")

    package.result()
    deployment.result()
    assert (tmp_path / "package" / "serverless-state.json").exists()
    assert says(project) == "version 12"


def test_removing_the_stage_deletes_its_uploads(project: Project) -> None:
    """S3 refuses to delete a full bucket, so the uploads must be deleted first."""
    project.sls("deploy")
    s3, bucket = project.client("s3"), project.physical_ids()["MediaBucket"]
    for number in range(3):
        s3.put_object(Bucket=bucket, Key=f"uploads/{number}", Body=b"a photo")

    project.sls("remove")

    assert s3.list_buckets()["Buckets"] == []
    with pytest.raises(ClientError, match="does not exist"):
        project.client("cloudformation").describe_stacks(StackName="artisthub-api-dev")
