"""Every command of docs/operations.md, on a separate stage with a client secret.

The tests use a copy of the project, because some commands deploy a change of the code.
"""

import hmac
import json
import re
import signal
import subprocess
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import IO, Any

import boto3
import pytest
from botocore.exceptions import ClientError

from embedded import Instance, deploy
from embedded.instance import ROOT
from embedded.up import free_port
from tests.api import templates
from tests.deployed.people import Person, Service, a_new_user, eventually
from tests.logs import messages
from tests.mailbox import mails_to
from tests.project import Project, project_copy

pytestmark = [
    pytest.mark.slow,
    pytest.mark.deployed,
    pytest.mark.embedded_only("deploys a separate stage"),
]

STAGE = "staging"
PATIENCE_SECONDS = 60
GITHUB = "arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The project after its first `sls deploy --stage staging`, as the deployer."""
    folder = project_copy(tmp_path_factory.mktemp("commands"))
    instance = Instance(port=free_port(), state=folder.parent / "state", stage=STAGE)
    instance.start()
    try:
        project = Project(folder, instance, a_deployer(instance))
        # The embedded AWS has no TLS, which the policy of the deployment bucket requires.
        block = "blockPublicAccess: true"
        project.change("serverless.yml", block, f"{block}\n    skipPolicySetup: true")
        project.sls("deploy")
        yield project
    finally:
        instance.stop()


def a_deployer(instance: Instance) -> dict[str, str]:
    session: Any = deploy.aws(instance)
    cloudformation, iam = (
        session.client(name, endpoint_url=instance.endpoint_url)
        for name in ("cloudformation", "iam")
    )
    stack = {"StackName": f"artisthub-deploy-{STAGE}"}
    cloudformation.create_stack(
        **stack,
        TemplateBody=(ROOT / "infra/deploy-role.yml").read_text(),
        Parameters=[
            {"ParameterKey": "Stage", "ParameterValue": STAGE},
            {"ParameterKey": "Repository", "ParameterValue": "artisthub/artisthub-api"},
            # The embedded AWS cannot create an OIDC provider.
            {"ParameterKey": "Provider", "ParameterValue": GITHUB},
        ],
        Capabilities=["CAPABILITY_NAMED_IAM"],
    )
    cloudformation.get_waiter("stack_create_complete").wait(**stack, WaiterConfig={"Delay": 1})
    iam.create_user(UserName="deployer")
    role = iam.list_attached_role_policies(RoleName=f"artisthub-deploy-{STAGE}")
    for policy in role["AttachedPolicies"]:
        iam.attach_user_policy(UserName="deployer", PolicyArn=policy["PolicyArn"])
    key = iam.create_access_key(UserName="deployer")["AccessKey"]
    return {
        "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
    }


@pytest.fixture(scope="module")
def service(project: Project) -> Iterator[Service]:
    outputs = deploy.finish(project.instance)
    url = f"{project.instance.endpoint_url}/_aws/execute-api/{outputs['HttpApiId']}"
    addresses = {"apiUrl": url, "userPoolId": outputs["UserPoolId"]}
    service = Service(addresses, project.client("cognito-idp"))
    yield service
    service.http.close()


@pytest.fixture(scope="module")
def artist(service: Service) -> Person:
    return service.person("artist")


def answer_of_create_user(artist: Person) -> str:
    """The error text of createUser, which shows the deployed version of the code."""
    answer = artist.call("POST", "/users", a_new_user())
    assert answer.status_code == 409
    return str(answer.json()["detail"])


def test_sign_in_works_with_the_client_secret(project: Project, artist: Person) -> None:
    assert secret_of(project)
    session = artist.sign_in(confirm=True).session
    assert artist.succeed("POST", "/auth/refresh", session).json()["tokens"]["accessToken"]
    assert artist.call("GET", "/users/me").json() == artist.me


def test_sign_in_works_while_the_client_secret_is_rotated(
    project: Project, service: Service
) -> None:
    """A stopped rotation has left a second secret."""
    before, cognito, names = secret_of(project), project.client("cognito-idp"), client_of(project)
    cognito.add_user_pool_client_secret(**names)
    is_over = Event()

    def sign_in_again_and_again(person: Person) -> int:
        times = 0
        session = person.sign_in(confirm=True).session
        while not is_over.is_set():
            person.sign_in()
            person.succeed("POST", "/auth/refresh", session)
            times += 1
            # An account has 60 calls in five minutes, and a sign-in takes two of them.
            is_over.wait(1)
        return times

    with ThreadPoolExecutor() as pool:
        people = [service.account() for _ in range(2)]
        signing_in = [pool.submit(sign_in_again_and_again, person) for person in people]
        try:
            told = project.operations("rotate-secret --wait 7")
        finally:
            is_over.set()
        # One sign-in before the end of the rotation would prove nothing.
        assert min(each.result() for each in signing_in) >= 2

    after = secret_of(project)
    assert told.splitlines()[-1] == "deleted the old secret"
    assert len(cognito.list_user_pool_client_secrets(**names)["ClientSecrets"]) == 1
    assert before != after
    with pytest.raises(ClientError, match="NotAuthorizedException"):
        begin_a_sign_in(project, before)
    assert begin_a_sign_in(project, after)["ChallengeName"] == "PASSWORD_VERIFIER"
    assert_nobody_is_told(project, before, after)
    assert before not in told
    assert after not in told


def secret_of(project: Project) -> str:
    """The secret that functions read."""
    store = project.client("secretsmanager")
    [secret] = store.list_secrets()["SecretList"]
    value = json.loads(store.get_secret_value(SecretId=secret["ARN"])["SecretString"])
    return str(value["clientSecret"])


def client_of(project: Project) -> dict[str, str]:
    ids = project.physical_ids()
    return {"UserPoolId": ids["UserPool"], "ClientId": ids["UserPoolClient"]}


def begin_a_sign_in(project: Project, secret: str) -> Any:
    client_id, email = client_of(project)["ClientId"], "nobody@example.org"
    digest = hmac.digest(secret.encode(), (email + client_id).encode(), "sha256")
    proof = {"USERNAME": email, "SRP_A": "a1", "SECRET_HASH": b64encode(digest).decode()}
    return project.client("cognito-idp").initiate_auth(
        AuthFlow="USER_SRP_AUTH", ClientId=client_id, AuthParameters=proof
    )


def assert_nobody_is_told(project: Project, *secrets: str) -> None:
    """No stack, function environment or log line contains one of these secrets."""
    cloudformation, stack = project.client("cloudformation"), f"artisthub-api-{STAGE}"
    functions = project.client("lambda").get_paginator("list_functions").paginate()
    places = {
        "template": cloudformation.get_template(StackName=stack)["TemplateBody"],
        "stack": cloudformation.describe_stacks(StackName=stack)["Stacks"],
        "functions": [page["Functions"] for page in functions],
        "logs": messages(project.client("logs")),
    }
    for place, content in places.items():
        text = json.dumps(content, default=str)
        assert len(text) > 1_000
        assert [secret for secret in secrets if secret in text] == [], place


REFUSED: dict[str, Callable[[Any, dict[str, str]], object]] = {
    "read a person": lambda client, ids: client("dynamodb").get_item(
        TableName=ids["UsersTable"], Key={"userId": {"S": "u"}}
    ),
    "read everyone": lambda client, ids: client("dynamodb").scan(TableName=ids["UsersTable"]),
    "write a casting": lambda client, ids: client("dynamodb").put_item(
        TableName=ids["CastingTable"], Item={"castingId": {"S": "c"}}
    ),
    "drop a table": lambda client, ids: client("dynamodb").delete_table(
        TableName=ids["UsersTable"]
    ),
    "drop the accounts": lambda client, ids: client("cognito-idp").delete_user_pool(
        UserPoolId=ids["UserPool"]
    ),
    "become an administrator": lambda client, ids: client("cognito-idp").admin_add_user_to_group(
        UserPoolId=ids["UserPool"], Username="u", GroupName="admins"
    ),
    "read the client's secret": lambda client, ids: client("secretsmanager").get_secret_value(
        SecretId=ids["ClientSecret"]
    ),
    "read an upload": lambda client, ids: client("s3").get_object(
        Bucket=ids["MediaBucket"], Key="uploads/u"
    ),
    "call a function": lambda client, _: client("lambda").invoke(
        FunctionName=f"artisthub-api-{STAGE}-createUser"
    ),
    "read a log": lambda client, _: client("logs").filter_log_events(
        logGroupName=f"/aws/lambda/artisthub-api-{STAGE}-createUser"
    ),
    "read dead letters": lambda client, ids: client("sqs").receive_message(
        QueueUrl=ids["DeadLetters"]
    ),
    "send e-mail": lambda client, _: client("sesv2").send_email(
        FromEmailAddress="a@artisthub.com", Destination={}, Content={}
    ),
    "create a user": lambda client, _: client("iam").create_user(UserName="another"),
    "create a role with another name": lambda client, _: client("iam").create_role(
        RoleName="another", AssumeRolePolicyDocument="{}"
    ),
    "widen its own role": lambda client, _: client("iam").put_role_policy(
        RoleName=f"artisthub-deploy-{STAGE}", PolicyName="more", PolicyDocument="{}"
    ),
    "deploy another stage": lambda client, _: client("cloudformation").create_stack(
        StackName="artisthub-api-prod", TemplateBody="{}"
    ),
    "create another bucket": lambda client, _: client("s3").create_bucket(
        Bucket="another", CreateBucketConfiguration={"LocationConstraint": "ap-south-1"}
    ),
}


@pytest.mark.parametrize("attempt", REFUSED)
def test_the_deployer_cannot_do_anything_else(project: Project, attempt: str) -> None:
    key_id, secret = project.deployer.values()
    session: Any = boto3.Session(key_id, secret, region_name="ap-south-1")
    names = project.physical_ids()

    with pytest.raises(ClientError) as refused:
        REFUSED[attempt](
            lambda name: session.client(name, endpoint_url=project.instance.endpoint_url), names
        )

    assert refused.value.response["Error"]["Code"] in ("AccessDenied", "AccessDeniedException")


def test_info_prints_the_deployed_stage(project: Project) -> None:
    told = project.sls("info")

    assert f"stage: {STAGE}" in told
    assert "region: ap-south-1" in told
    assert re.search(r"POST - https?://\S+/v1/users\b", told)
    assert f"createUser: artisthub-api-{STAGE}-createUser" in told


def test_validate_accepts_the_stage(project: Project) -> None:
    assert f"Stage {STAGE} is valid" in project.sls("validate")


def test_smoke_passes_on_a_good_deployment(service: Service, project: Project) -> None:
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
    assert lines[-2] == "ok      other pages may not"
    assert lines[-1] == "ok      every table was backed up last night"


def test_a_function_is_invoked_locally_with_the_sample_event_and_a_token(
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


def test_logs_prints_the_lines_of_a_function(project: Project, artist: Person) -> None:
    answer = artist.call("POST", "/users", b"{")

    told = project.sls("logs -f createUser")

    assert answer.headers["x-request-id"] in told
    assert '"status":400' in told


TROUBLESHOOTING = (
    (ROOT / "docs/operations.md").read_text().partition("## When something is wrong")[2]
)
# The expected output of each command of the page, after the calls of the test. `make smoke`,
# `sls info` and `sls validate` have their own tests.
TELLS = {
    "Task timed out": "",
    "durationMs > 500": "",
    "base64": '"token_use"',
    "status = 403": '"code":"AccountSuspended"',
    'level = "error"': "",
    "curl": "access-control-allow-origin: https://",
}


@pytest.mark.parametrize(
    "command", re.findall(r"^(?:printf|npx sls logs|curl) .*", TROUBLESHOOTING, re.MULTILINE)
)
def test_troubleshooting_commands_print_the_expected_output(
    project: Project, service: Service, artist: Person, command: str
) -> None:
    [tells] = [tells for part, tells in TELLS.items() if part in command]
    leaving = service.person("artist")
    leaving.succeed("DELETE", "/users/me")
    assert leaving.call("PATCH", "/users/me", {"bio": "A"}, if_match="*").status_code == 403
    here = {
        "FUNCTION": "profileChanges",
        "TOKEN": artist.token,
        "API_URL": service.outputs["apiUrl"],
        "--stage prod": f"--stage {STAGE}",
        "https://artisthub.com": templates.stage(STAGE)["allowedOrigins"][0],
    }
    for name, value in here.items():
        command = command.replace(name, value)

    told = subprocess.run(
        ["bash", "-c", command],
        cwd=project.folder,
        env=project.environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stdout + told.stderr
    assert tells.lower() in told.stdout.lower()


def test_logs_follows_new_lines(project: Project, artist: Person, tmp_path: Path) -> None:
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


def declined(service: Service) -> Person:
    """An artist with a notification of a decision, which is also sent by e-mail."""
    recruiter, artist = service.person("recruiter"), service.person("artist")
    casting = recruiter.casting("open")
    path = f"/castings/{casting['castingId']}/applications"
    body = {"roleId": casting["roles"][0]["roleId"], "shareContact": True}
    application = artist.succeed("POST", path, body).json()["applicationId"]
    for status in ("viewed", "declined"):
        recruiter.succeed("PUT", f"{path}/{application}/status", {"status": status})
    artist.notified("declined")
    return artist


def sender_of_codes(project: Project) -> Any:
    pool = project.client("cognito-idp").describe_user_pool(
        UserPoolId=client_of(project)["UserPoolId"]
    )
    return pool["UserPool"]["EmailConfiguration"]["EmailSendingAccount"]


@pytest.mark.aws_fact(4)
def test_the_first_deployment_sends_no_notification_email_and_logs_no_failure(
    project: Project, service: Service
) -> None:
    artist, ses = declined(service), project.client("sesv2")
    domain = templates.stage(STAGE)["senderDomain"]

    assert sender_of_codes(project) == "COGNITO_DEFAULT"
    # The page tells operators to check these before the second deployment.
    assert ses.get_email_identity(EmailIdentity=domain)["VerifiedForSendingStatus"]
    assert ses.get_account()["ProductionAccessEnabled"]
    assert mails_to(artist.email, project.instance.endpoint_url) == []
    assert not [line for line in messages(project.client("logs")) if "MailRefused" in line]
    letters = project.client("sqs").get_queue_attributes(
        QueueUrl=project.physical_ids()["DeadLetters"],
        AttributeNames=["ApproximateNumberOfMessages"],
    )
    assert letters["Attributes"]["ApproximateNumberOfMessages"] == "0"


@pytest.mark.aws_fact(4)
def test_later_deployments_work_and_can_be_rolled_back(
    project: Project, service: Service, artist: Person
) -> None:
    first = answer_of_create_user(artist)
    module = "src/artisthub/users/repository.py"

    project.change(module, first, "Second.")
    project.sls("deploy function -f createUser")
    assert answer_of_create_user(artist) == "Second."

    project.change(module, "Second.", "Third.")
    # SES has verified the identity that the first deployment created.
    project.change(f"infra/stages/{STAGE}.yml", "mail: cognito", "mail: all")
    project.sls("deploy")
    assert answer_of_create_user(artist) == "Third."
    assert sender_of_codes(project) == "DEVELOPER"
    mailed_to = declined(service)
    eventually(lambda: len(mails_to(mailed_to.email, project.instance.endpoint_url)), 1)

    timestamps = re.findall(r"Timestamp: (\d+)", project.sls("deploy list"))
    assert len(timestamps) == 2
    choice = project.sls("rollback")
    assert re.findall(r"Timestamp: (\d+)", choice) == timestamps

    project.sls(f"rollback -t {timestamps[0]}")
    assert answer_of_create_user(artist) == first
    assert artist.call("GET", "/users/me").json() == artist.me
    # A rollback does not restore the old client secret.
    assert artist.sign_in()


def test_removing_the_stack_keeps_the_data(project: Project, artist: Person) -> None:
    cloudformation, stack = project.client("cloudformation"), f"artisthub-api-{STAGE}"
    tables, table = project.client("dynamodb"), project.physical_ids()["UsersTable"]
    s3, upload = project.client("s3"), {"Bucket": project.physical_ids()["MediaBucket"], "Key": "u"}
    s3.put_object(**upload, Body=b"a photo")

    project.sls("remove")

    with pytest.raises(ClientError, match="does not exist"):
        cloudformation.describe_stacks(StackName=stack)
    assert project.client("lambda").list_functions()["Functions"] == []
    kept = tables.get_item(TableName=table, Key={"userId": {"S": artist.me["userId"]}})["Item"]
    assert kept["email"] == {"S": artist.email}
    assert s3.get_object(**upload)["Body"].read() == b"a photo"
