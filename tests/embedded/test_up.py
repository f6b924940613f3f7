"""The result of `make up`, also after restarts: a deployed service with demo data."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, get_args

import httpx
import pytest

from artisthub.applications.models import Status
from embedded import Instance, demo, deploy
from embedded.client import ApiError, Client
from embedded.instance import ROOT
from embedded.up import free_port, up

pytestmark = [pytest.mark.slow, pytest.mark.deployed]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    # Unlike dev, staging has a client secret, recovery and restricted origins.
    state = tmp_path_factory.mktemp("state")
    instance = Instance(port=free_port(), state=state, stage="staging")
    try:
        up(instance, lambda _: None)
        yield instance
    finally:
        instance.stop()


@pytest.fixture
def outputs(instance: Instance) -> dict[str, Any]:
    outputs: dict[str, Any] = json.loads(instance.outputs.read_text())
    return outputs


@pytest.fixture
def anonymous(instance: Instance) -> Iterator[Client]:
    with Client.from_outputs(instance.outputs) as client:
        yield client


@pytest.fixture
def recruiter(anonymous: Client) -> Client:
    anonymous.sign_in(demo.email_of("kavya"), demo.PASSWORD)
    return anonymous


def castings(recruiter: Client) -> dict[str, dict[str, Any]]:
    me = recruiter.call("GET", "/v1/users/me").json()
    page = recruiter.call("GET", f"/v1/recruiters/{me['userId']}/castings").json()
    return {casting["title"]: casting for casting in page["items"]}


def applications(recruiter: Client) -> list[dict[str, Any]]:
    casting_id = castings(recruiter)["Lead and sister for a web series"]["castingId"]
    page = recruiter.call("GET", f"/v1/castings/{casting_id}/applications").json()
    items: list[dict[str, Any]] = page["items"]
    return items


def connections(recruiter: Client, query: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = recruiter.call("GET", f"/v1/connections?{query}").json()["items"]
    return items


def test_the_printed_address_answers(outputs: dict[str, Any]) -> None:
    assert httpx.get(f"{outputs['apiUrl']}/v1/health").status_code == 200
    assert httpx.get(outputs["docsUrl"]).status_code == 200


def test_every_demo_account_signs_in(anonymous: Client, outputs: dict[str, Any]) -> None:
    *others, admin = outputs["demoAccounts"]
    for account in others:
        anonymous.sign_in(account["email"], account["password"])
        me = anonymous.call("GET", "/v1/users/me").json()

        assert me["role"] == account["role"]

    assert admin["role"] == "admin"
    anonymous.sign_in(admin["email"], admin["password"])
    audit = anonymous.call("GET", f"/v1/admin/audit?subject=user:{me['userId']}").json()
    assert audit == {"items": [], "next": None}


def test_a_wrong_password_does_not_sign_in(anonymous: Client) -> None:
    with pytest.raises(ApiError) as refused:
        anonymous.sign_in(demo.email_of("kavya"), "Wrong-Password-2026")

    assert refused.value.status == 401


def test_an_account_whose_loading_was_interrupted_gets_its_password(
    instance: Instance, anonymous: Client, outputs: dict[str, Any]
) -> None:
    cognito = deploy.aws(instance).client("cognito-idp", endpoint_url=instance.endpoint_url)
    email = "halfway@artisthub.example"
    cognito.admin_create_user(
        UserPoolId=outputs["userPoolId"], Username=email, MessageAction="SUPPRESS"
    )
    operator = deploy.Operator(instance, outputs["userPoolId"])

    added = [operator.add_account(email, demo.PASSWORD) for _ in range(2)]

    assert added == [True, False]
    assert anonymous.sign_in(email, demo.PASSWORD).access_token


def test_every_person_of_the_demo_has_a_drawn_picture(recruiter: Client) -> None:
    found = [
        recruiter.call("GET", f"/v1/usernames/{profile['username']}").json()
        for profile in demo.PROFILES
    ]

    shown = [person["picture"]["small"] for person in found if person["privacy"] == "public"]
    assert len(found) == 60
    assert len(shown) > 50
    faces = {recruiter.request("GET", url).content for url in shown}
    assert len(faces) == len(shown)


def test_the_demo_has_castings_in_every_status(recruiter: Client) -> None:
    statuses = {casting["status"] for casting in castings(recruiter).values()}

    assert statuses == {"open", "draft", "filled", "closed"}
    assert {status for _, status, _, _ in demo.CASTINGS} == set(demo.STATUS_PATHS)


def test_a_demo_casting_has_two_documents(recruiter: Client, anonymous: Client) -> None:
    title = "Lead and sister for a web series"
    casting_id = castings(recruiter)[title]["castingId"]
    anonymous.token = ""

    casting = anonymous.call("GET", f"/v1/castings/{casting_id}").json()

    assert casting["status"] == "open"
    assert [each["title"] for each in casting["documents"]] == [
        each["title"] for each in demo.DOCUMENTS[title]
    ]


def test_the_demo_has_applications_in_every_status(recruiter: Client) -> None:
    found = {(each["artist"]["username"], each["status"]) for each in applications(recruiter)}

    assert found == {("priya", "audition"), ("priya", "declined"), ("tenzin", "viewed")}
    asked = [each.status for applicants in demo.APPLICANTS.values() for each in applicants]
    assert set(asked) == set(get_args(Status))


def test_a_demo_casting_has_applicants_in_every_status_on_two_pages(recruiter: Client) -> None:
    title = "Ensemble for a railway thriller"
    path = f"/v1/castings/{castings(recruiter)[title]['castingId']}/applicants"

    first = recruiter.call("GET", path).json()
    second = recruiter.call("GET", f"{path}?cursor={first['next']}").json()

    found = first["items"] + second["items"]
    assert len(found) == len(demo.APPLICANTS[title])
    assert {each["status"] for each in found} == set(get_args(Status))
    assert first["counts"]["submitted"] == 5


def test_the_demo_has_two_pages_of_open_castings(recruiter: Client) -> None:
    first = recruiter.call("GET", "/v1/castings").json()
    second = recruiter.call("GET", f"/v1/castings?cursor={first['next']}").json()

    titles = {each["title"] for each in first["items"] + second["items"]}
    assert titles == {
        casting["title"] for _, status, _, casting in demo.CASTINGS if status == "open"
    }


def test_the_demo_has_a_connection_and_a_connection_request(recruiter: Client) -> None:
    assert len(connections(recruiter, "status=accepted")) == 1
    assert len(connections(recruiter, "status=pending&direction=outgoing")) == 1


def test_a_demo_artist_has_saved_two_castings(anonymous: Client) -> None:
    anonymous.sign_in(demo.email_of("priya"), demo.PASSWORD)

    saved = anonymous.call("GET", "/v1/users/me/saved-castings").json()["items"]

    assert [each["casting"]["title"] for each in saved] == [
        "Faces for a handloom catalogue",
        "Lead and sister for a web series",
    ]


def test_preflights_allow_only_the_stages_origin(outputs: dict[str, Any]) -> None:
    allowed, other = (
        httpx.options(
            f"{outputs['apiUrl']}/v1/castings",
            headers={"Origin": origin, "Access-Control-Request-Method": "POST"},
        )
        for origin in ("https://staging.artisthub.local", "https://elsewhere.example")
    )

    assert allowed.headers["Access-Control-Allow-Origin"] == "https://staging.artisthub.local"
    assert "Access-Control-Allow-Origin" not in other.headers


def test_tables_have_the_settings_that_cloudformation_ignores(instance: Instance) -> None:
    dynamodb = deploy.aws(instance).client("dynamodb", endpoint_url=instance.endpoint_url)

    for table in dynamodb.list_tables()["TableNames"]:
        ttl = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
        backups = dynamodb.describe_continuous_backups(TableName=table)
        recovery = backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
        encryption = dynamodb.describe_table(TableName=table)["Table"]["SSEDescription"]

        assert (ttl["TimeToLiveStatus"], ttl["AttributeName"]) == ("ENABLED", "expiresAt")
        assert recovery["PointInTimeRecoveryStatus"] == "ENABLED"
        assert encryption["SSEType"] == "KMS"


def test_buckets_have_the_settings_that_cloudformation_ignores(instance: Instance) -> None:
    s3 = deploy.aws(instance).client("s3", endpoint_url=instance.endpoint_url)
    [bucket] = [each["Name"] for each in s3.list_buckets()["Buckets"] if "media" in each["Name"]]

    encryption = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]
    [key] = [each["ApplyServerSideEncryptionByDefault"] for each in encryption["Rules"]]
    assert key["SSEAlgorithm"] == "aws:kms"
    [ownership] = s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"]
    assert ownership["ObjectOwnership"] == "BucketOwnerEnforced"
    [rule] = s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    assert rule["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    assert set(
        s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values()
    ) == {True}
    upload, read = s3.get_bucket_cors(Bucket=bucket)["CORSRules"]
    assert upload["AllowedOrigins"] == ["https://staging.artisthub.local"]
    assert (read["AllowedMethods"], read["AllowedOrigins"]) == (["GET", "HEAD"], ["*"])


def test_a_restart_and_a_second_run_keep_address_and_data(
    instance: Instance, outputs: dict[str, Any], recruiter: Client
) -> None:
    before, applied = castings(recruiter), applications(recruiter)
    connected = connections(recruiter, "status=accepted")
    casting_id = before["Villagers for a period film"]["castingId"]
    new_title = "Villagers, and a village dog"
    etag = recruiter.call("GET", f"/v1/castings/{casting_id}").headers["ETag"]
    recruiter.call("PATCH", f"/v1/castings/{casting_id}", {"title": new_title}, {"If-Match": etag})

    instance.stop()
    again = up(instance, lambda _: None)

    assert again == outputs
    after = castings(recruiter)
    assert len(after) == len(before)
    assert after[new_title]["castingId"] == casting_id
    assert applications(recruiter) == applied
    assert connections(recruiter, "status=accepted") == connected


def test_make_token_prints_only_a_token(instance: Instance, anonymous: Client) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "embedded", "token", "priya"],
        cwd=ROOT,
        env=os.environ | {"ARTISTHUB_STATE": str(instance.state)},
        capture_output=True,
        text=True,
        check=True,
    )
    anonymous.token = finished.stdout.removesuffix("\n")

    assert finished.stderr == ""
    assert anonymous.call("GET", "/v1/users/me").json()["username"] == "priya"


def test_the_first_calls_in_the_readme_work(instance: Instance) -> None:
    readme = (ROOT / "README.md").read_text()
    first_calls = re.search(
        r"^## First calls\n\n```sh\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE
    )
    assert first_calls
    script = first_calls[1].replace(".artisthub/", f"{instance.state}/")

    finished = subprocess.run(
        ["bash", "-euc", script],
        cwd=ROOT,
        env=os.environ | {"ARTISTHUB_STATE": str(instance.state)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert re.findall(r"HTTP/1.1 (\d+)", finished.stdout) == ["200", "200", "403"]
    assert '"status":"open"' in finished.stdout
    assert '"code":"NotYourCasting"' in finished.stdout
