"""Reports, and the accounts that make them."""

from typing import Any

from tests.api import api
from tests.api.api import Account, Response
from tests.api.builders import a_casting, a_recruiter, an_artist, table
from tests.uploads import PNG, send

PATH = "/reports"


def of_user(user_id: str, **more: Any) -> dict[str, Any]:
    return {"kind": "user", "userId": user_id, "reason": "harassment"} | more


def of_casting(casting: Any, **more: Any) -> dict[str, Any]:
    return {"kind": "casting", "castingId": casting["castingId"], "reason": "fee"} | more


def of_upload(account: Account, media_id: str, **more: Any) -> dict[str, Any]:
    url = f"/v1/media/{account.user_id}/{media_id}"
    return {"kind": "upload", "mediaUrl": url, "reason": "copyright"} | more


def an_upload(account: Account) -> str:
    """The id of a file that the account uploaded."""
    made = api.post("/media/uploads", {"kind": "image", "contentType": "image/png"}, as_=account)
    assert send(made.json, PNG).status_code == 204
    return str(made.json["mediaId"])


def report(body: dict[str, Any], as_: Account | None) -> Response:
    return api.post(PATH, body, as_=as_)


def reported(body: dict[str, Any], *reporters: Account) -> None:
    for each in reporters:
        answer = report(body, each)
        assert answer.status == 201, answer.text


def own(account: Account) -> list[dict[str, Any]]:
    answer = api.get(PATH, as_=account)
    assert answer.status == 200, answer.text
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def an_open_casting() -> tuple[Account, Any]:
    recruiter = a_recruiter()
    return recruiter, a_casting(recruiter, "open")


def aged(account: Account, created_at: str = "2026-01-01T00:00:00.000Z") -> Account:
    """The account as if its profile had been created at this instant."""
    table("USERS_TABLE").update_item(
        Key={"userId": account.user_id},
        UpdateExpression="SET createdAt = :at",
        ExpressionAttributeValues={":at": created_at},
    )
    return account


def old_artists(number: int) -> list[Account]:
    return [aged(an_artist()) for _ in range(number)]
