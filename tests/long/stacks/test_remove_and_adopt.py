"""A stage with people and data that is removed, adopted and deployed again."""

import time
from typing import Any

import httpx
import pytest

from embedded import deploy
from embedded.up import api_url
from tests.deployed.on_embedded import Mailbox
from tests.deployed.people import PASSWORD, Person, Service, eventually
from tests.long.stacks.project import Project
from tests.mailbox import ending
from tests.uploads import PNG, send

pytestmark = [pytest.mark.aws_fact(2), pytest.mark.weakness(38)]

Items = dict[str, list[dict[str, Any]]]

SETTINGS = "infra/stages/prod.yml"
IMAGE = {"kind": "image", "contentType": "image/png"}


def test_a_removed_stage_comes_back_with_its_accounts_and_data(project: Project) -> None:
    project.change(SETTINGS, "mail: cognito", "mail: all")
    first = project.sls("deploy")
    assert first.returncode == 0, first.stdout
    service = deployed(project)
    recruiter, artist = service.person("recruiter"), service.person("artist")
    admin = service.account()
    service.make_admin(admin)
    casting = recruiter.casting("open", title="Before the removal")
    application = apply(artist, casting)
    media_url = uploaded(artist)
    recruiter.succeed("PUT", f"{application}/status", {"status": "declined"})
    end_of_mail = ending(artist.mailed()[0])
    ids, items, subs = project.kept_ids(), settled_items(project), all_subs(project)
    mails = len(artist.mailed())
    service.http.close()

    removed = project.sls("remove")
    assert removed.returncode == 0, removed.stdout
    adopted = project.operations("adopt --yes")
    assert adopted.returncode == 0, adopted.stdout
    assert project.status() == "IMPORT_COMPLETE"
    # The stack's removal deleted the SES identity, and AWS needs time to verify a new one.
    project.change(SETTINGS, "mail: all", "mail: cognito")
    brought_back = project.sls("deploy")
    assert brought_back.returncode == 0, brought_back.stdout
    service = deployed(project)

    assert project.kept_ids() == ids
    assert settled_items(project) == items
    assert all_subs(project) == subs
    back = {"recruiter": recruiter, "artist": artist, "admin": admin}
    for person in back.values():
        person.service = service
        person.sign_in(PASSWORD)
    assert recruiter.succeed("GET", "/users/me").json() == recruiter.me
    assert artist.succeed("GET", application).json()["status"] == "declined"
    audited = admin.succeed("GET", f"/admin/audit?subject=user:{artist.me['userId']}")
    assert audited.json()["items"] == []
    assert titles(service) == ["Before the removal"]
    media = httpx.get(service.outputs["apiUrl"] + media_url, follow_redirects=True, trust_env=False)
    assert media.content == PNG
    assert service.http.post(end_of_mail).status_code in {200, 204}
    recruiter.casting("open", title="After it")
    eventually(lambda: titles(service), ["After it", "Before the removal"])
    assert len(artist.mailed()) == mails
    smoke = project.operations(f"smoke --url {service.outputs['apiUrl']}")
    assert smoke.returncode == 0, smoke.stdout
    service.http.close()


def deployed(project: Project) -> Service:
    outputs = deploy.finish(project.instance)
    endpoint = project.instance.endpoint_url
    addresses = {
        "apiUrl": api_url(endpoint, outputs["HttpApiId"]),
        "userPoolId": outputs["UserPoolId"],
    }
    return Service(addresses, project.client("cognito-idp"), Mailbox(endpoint))


def apply(artist: Person, casting: dict[str, Any]) -> str:
    """Apply to the casting. Return the application's path."""
    path = f"/castings/{casting['castingId']}/applications"
    body = {"roleId": casting["roles"][0]["roleId"], "shareContact": False}
    return f"{path}/{artist.succeed('POST', path, body).json()['applicationId']}"


def uploaded(artist: Person) -> str:
    upload = artist.succeed("POST", "/media/uploads", IMAGE).json()
    assert send(upload, PNG).status_code == 204
    return str(upload["mediaUrl"])


def titles(service: Service) -> list[str]:
    found = service.http.get("/castings").json()["items"]
    return [each["title"] for each in found]


def settled_items(project: Project) -> Items:
    """Return the items of every table when no consumer has anything left to write."""
    before: Items = {}
    while (now := all_items(project)) != before:
        before = now
        time.sleep(2)
    return now


def all_items(project: Project) -> Items:
    """Return the items of every table. The search's counts come without the time of the next."""
    dynamodb = project.client("dynamodb")
    return {
        name: sorted(map(_without_due_time, dynamodb.scan(TableName=name)["Items"]), key=repr)
        for name in dynamodb.list_tables()["TableNames"]
    }


def _without_due_time(item: dict[str, Any]) -> dict[str, Any]:
    is_count = item.get("sortKey") == {"S": "counts"}
    return {name: value for name, value in item.items() if not (is_count and name == "dueAt")}


def all_subs(project: Project) -> dict[str, str]:
    cognito = project.client("cognito-idp")
    pool = project.physical_ids()["UserPool"]
    users = cognito.list_users(UserPoolId=pool)["Users"]
    attributes = [{each["Name"]: each["Value"] for each in user["Attributes"]} for user in users]
    return {each["email"]: each["sub"] for each in attributes}
