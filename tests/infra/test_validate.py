"""`sls validate` accepts every stage, and reports each problem with its file."""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.infra.packages import STAGES, Package, copy_of_the_project, sls

# cfn-lint checks the template of a stage for 20 seconds.
pytestmark = pytest.mark.slow

Run = CompletedProcess[str]

DUPLICATE_FUNCTION = """
getMe:
  handler: artisthub/users/handlers.get_me
  iamRoleStatements: []
"""
DUPLICATE_TABLE = """
  UsersTable:
    Type: AWS::DynamoDB::Table
    Properties: { BillingMode: PAY_PER_REQUEST }
"""
OVERWRITES_GENERATED = """
  HttpApi:
    Type: AWS::ApiGatewayV2::Api
    Properties: { Name: mine }
"""
UNKNOWN_PROPERTY = """
  ColdTable:
    Type: AWS::DynamoDB::Table
    Properties: { KeySchemes: [] }
"""


TOO_MANY = "".join(f"  Topic{n}: {{ Type: AWS::SNS::Topic }}\n" for n in range(200))


@pytest.fixture(scope="module", params=STAGES)
def stage(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def valid(stage: str) -> Run:
    return sls("validate", "--stage", stage)


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Validate a copy of the project that has every fault."""
    project = copy_of_the_project(tmp_path_factory.mktemp("broken"))
    functions, resources = project / "infra/functions", project / "infra/resources"
    _append(functions / "castings.yml", DUPLICATE_FUNCTION)
    _replace(functions / "users.yml", '"dynamodb:Query"', '"dynamodb:*"')
    _replace(functions / "users.yml", "!GetAtt UsernamesTable.Arn", '"*"')
    _replace(functions / "meta.yml", "handlers.meta", "handlers.missing")
    _replace(functions / "saved.yml", "saved/handlers.", "kept/handlers.")
    _replace(
        functions / "castings.yml",
        "path: /v1/castings, authorizer: { name: cognito } }",
        "path: /v1/castings }",
    )
    _replace(functions / "media.yml", "${MediaBucket.Arn}/uploads/*", "${MediaBucket.Arn}/*")
    _replace(functions / "media.yml", "s3:GetObject", "s3:GetObjectAcl")
    _replace(functions / "exports.yml", "!GetAtt UsersTable.Arn", '"arn:aws:s3:::others/uploads/*"')
    _replace(functions / "accounts.yml", "signIn:\n", "signIn:\n  memory: 128\n")
    (functions / "forgotten.yml").write_text("forgotten:\n  handler: artisthub/x.y\n")
    _append(resources / "casting-table.yml", DUPLICATE_TABLE)
    _append(resources / "usernames-table.yml", OVERWRITES_GENERATED)
    _append(resources / "users-table.yml", UNKNOWN_PROPERTY)
    _replace(project / "infra/stages/staging.yml", "protectData: true\n", "")
    _replace(resources / "consumers.yml", "Resources:\n", f"Resources:\n{TOO_MANY}")
    _append(project / "infra/public-routes.yml", "GET /v1/gone: it was public once\n")
    return sls("validate", "--stage", "dev", cwd=project)


def test_every_stage_is_valid(valid: Run, stage: str) -> None:
    assert valid.returncode == 0, valid.stdout
    assert f"Stage {stage} is valid" in valid.stdout


def test_validate_prints_the_resource_count_and_the_room_left(
    valid: Run, packages: dict[str, Package], stage: str
) -> None:
    count = len(packages[stage].template["Resources"])
    left = 480 - count

    assert f"{count} CloudFormation resources in stage {stage}\n" in valid.stdout
    assert (
        f"Room for {left} more: {left // 5} operations with a function each, "
        f"or {left} in functions that exist\n"
    ) in valid.stdout


def test_too_many_resources_are_refused_with_a_link_to_the_decision(broken: Run) -> None:
    rule = r"\d+ CloudFormation resources, at most 480 \(docs/decisions/0015-.+\.md\)"

    assert re.search(rf"^serverless\.yml: {rule}$", broken.stdout, re.M), broken.stdout
    assert "Room for" not in broken.stdout


def test_an_invalid_project_gets_exit_code_1(broken: Run) -> None:
    assert broken.returncode == 1
    assert "Stage dev is not valid" in broken.stdout


@pytest.mark.parametrize(
    "problem",
    [
        r"functions/castings\.yml, infra/functions/users\.yml: function getMe is declared twice",
        r"functions/users\.yml: \w+ allows a wildcard action: \[\"dynamodb:\*\"",
        r"functions/users\.yml: CreateUser\w+ allows a wildcard resource",
        r"functions/media\.yml: Uploads\w+ allows a wildcard resource: .*MediaBucket.Arn}/\*",
        r"functions/media\.yml: Uploads\w+ allows a wildcard resource: .*/uploads/\*",
        r"functions/exports\.yml: ExportMe\w+ allows a wildcard resource: .*others/uploads/\*",
        r"functions/meta\.yml: handler artisthub/meta/handlers\.missing of meta: AttributeError",
        r"functions/saved\.yml: handler artisthub/kept/handlers\.\w+ of \w+: ModuleNotFound",
        r"functions/castings\.yml: POST /v1/castings has no authorizer",
        r"functions/accounts\.yml: unknown or wrong configuration .*memory",
        r"functions/forgotten\.yml: serverless\.yml does not include this file",
        r"resources/casting-table\.yml, infra/resources/users-table\.yml: .*UsersTable is",
        r"resources/usernames-table\.yml: HttpApi would overwrite what osls generates",
        r"resources/users-table\.yml: E\d+ .*KeySchemes",
        r"stages/staging\.yml: other stages have protectData",
        r"public-routes\.yml: GET /v1/gone is not a public route",
    ],
)
def test_each_problem_is_reported_with_its_file(broken: Run, problem: str) -> None:
    assert re.search(rf"^.*infra/{problem}", broken.stdout, re.M), broken.stdout


@pytest.mark.parametrize(
    ("fault", "file"),
    [
        (
            lambda project: _append(project / "infra/functions/users.yml", DUPLICATE_FUNCTION),
            "infra/functions/users.yml",
        ),
        (
            lambda project: _replace(
                project / "infra/functions/meta.yml",
                "  iamRoleStatements: []\n",
                "",
            ),
            "infra/functions/meta.yml: meta has no iamRoleStatements",
        ),
    ],
    ids=["a function twice in one file", "a function without its own role"],
)
def test_a_packaging_problem_is_reported_with_its_file(
    tmp_path: Path, fault: Callable[[Path], None], file: str
) -> None:
    project = copy_of_the_project(tmp_path)
    fault(project)

    run = sls("validate", "--stage", "dev", cwd=project)

    assert run.returncode == 1
    assert file in run.stdout


def _append(file: Path, text: str) -> None:
    file.write_text(file.read_text() + text)


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text, f"{old!r} is not in {file.name}"
    file.write_text(text.replace(old, new, 1))
