"""The notifier's e-mails, and POST /v1/unsubscribe with the link in each of them."""

import os
from collections.abc import Iterator
from threading import Thread
from typing import Any

import boto3
import pytest
from botocore.validate import ParamValidator

from artisthub.shared import aws_json
from artisthub.shared.mail import PERMANENT
from tests.api import api
from tests.api.accounts.fake_aws import FakeAws
from tests.api.api import Account
from tests.api.applications.given import Situation, applied
from tests.api.builders import (
    a_casting,
    a_recruiter,
    an_artist,
    deleted,
    stored,
    suspended,
    table,
    with_quota_left,
)
from tests.api.notifications.given import (
    PREFERENCES,
    kinds,
    listed,
    moved,
    prefer,
    side_of,
    told,
)
from tests.mailbox import ending, mails_to

SEND = "/v2/email/outbound-emails"
ONE_CLICK = b"List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"
MAILED = {"inApp": True, "email": True}


def mails(account: Account) -> list[dict[str, Any]]:
    return mails_to(account.email, os.environ["AWS_ENDPOINT_URL"])


def declined() -> tuple[Situation, dict[str, Any]]:
    """A declined application, and the e-mail about it."""
    it = Situation()
    assert told(*moved(it, "declined")) == []
    [mail] = mails(it.artist)
    return it, mail


@pytest.fixture
def it() -> Situation:
    return Situation()


@pytest.fixture
def fake_aws(it: Situation, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAws]:
    """A fake AWS except for DynamoDB, started after `it` exists."""
    with FakeAws() as fake:
        Thread(target=fake.serve_forever, kwargs={"poll_interval": 0.01}).start()
        fake.answer("PutEvents", FailedEntryCount=0, Entries=[{}])
        fake.answer("GenerateMac", Mac=f"{'+/' * 21}A=")
        fake.answer(SEND, MessageId="1")
        monkeypatch.setenv("AWS_ENDPOINT_URL", fake.endpoint_url)
        monkeypatch.setattr(aws_json, "PAUSE_SECONDS", 0)
        yield fake
        fake.shutdown()


def test_only_decisions_are_mailed_by_default() -> None:
    it = Situation()
    told(None, it.item)

    for status in ("viewed", "shortlisted", "audition"):
        assert told(*moved(it, status)) == []

    [mail] = mails(it.artist)
    title = it.casting["title"]
    assert mail["Subject"] == "You are invited to an audition"
    assert mail["BodyText"].startswith(f"You are invited to an audition: Dancer, {title}")
    assert mails(it.recruiter) == []


def test_mail_about_an_application_names_the_artist_and_omits_the_note() -> None:
    it = Situation(note="planted-marker")
    prefer(it.recruiter, applications=MAILED)

    told(None, it.item)

    [mail] = mails(it.recruiter)
    assert mail["Subject"] == "An artist has applied for a role"
    assert mail["BodyText"].startswith("Priya Sharma has applied: Dancer")
    assert "planted-marker" not in str(mail)
    assert it.artist.email not in str(mail)


def test_mail_about_a_connection_request_omits_the_message() -> None:
    one, other = an_artist(), a_recruiter()
    prefer(other, connections=MAILED)
    body = {"userId": other.user_id, "message": "planted-marker"}
    api.post("/connections", body, as_=one)

    told(None, side_of(other, one), "ConnectionsTable")

    [mail] = mails(other)
    assert mail["Subject"] == "Somebody wants to connect with you"
    assert mail["BodyText"].startswith("Priya Sharma wants to connect with you")
    assert "planted-marker" not in str(mail)


@pytest.mark.weakness(8)
@pytest.mark.weakness(35)
def test_a_request_that_is_withdrawn_and_sent_again_is_told_once() -> None:
    one, other = an_artist(), a_recruiter()
    prefer(other, connections=MAILED)

    for _ in range(5):
        api.post("/connections", {"userId": other.user_id}, as_=one)
        assert told(None, side_of(other, one), "ConnectionsTable") == []
        assert api.call("DELETE", f"/connections/{other.user_id}", as_=one).status == 204

    assert (kinds(other), len(mails(other))) == (["requested"], 1)


@pytest.mark.weakness(35)
def test_the_two_sides_of_a_connection_are_told_separately() -> None:
    one, other = an_artist(), an_artist()
    for each in (one, other):
        prefer(each, connections=MAILED)

    for asks, answers in ((one, other), (other, one), (one, other)):
        api.post("/connections", {"userId": answers.user_id}, as_=asks)
        told(None, side_of(answers, asks), "ConnectionsTable")
        before = side_of(asks, answers)
        api.put(f"/connections/{asks.user_id}", {"answer": "accepted"}, as_=answers)
        told(before, side_of(asks, answers), "ConnectionsTable")
        api.call("DELETE", f"/connections/{answers.user_id}", as_=asks)

    assert len(mails(one)) == len(mails(other)) == 2
    assert sorted(kinds(one)) == sorted(kinds(other)) == ["accepted", "requested"]


def move_audition(it: Situation, starts_at: str) -> tuple[Any, Any]:
    before = it.item
    change = {"status": "audition", "audition": {"startsAt": starts_at}}
    assert api.put(f"{it.path}/status", change, as_=it.recruiter).status == 200
    return before, it.item


@pytest.mark.weakness(8)
@pytest.mark.weakness(35)
def test_each_move_of_an_audition_is_mailed_at_most_five_times_a_day_and_the_last_is_shown() -> (
    None
):
    it = Situation("audition")

    for day in range(1, 8):
        assert told(*move_audition(it, f"2030-07-0{day}T10:00:00Z")) == []
        assert len(mails(it.artist)) == min(day, 5)
        [shown] = listed(it.artist)["items"]
        assert (shown["kind"], shown["createdAt"]) == ("moved", it.item["updatedAt"])

    last = mails(it.artist)[0]
    assert last["Subject"] == "Your audition has a new time or place"
    assert "Only 5 e-mails a day say so." in last["BodyText"]


def test_a_move_of_another_audition_is_mailed_too() -> None:
    one, other = Situation("audition"), Situation("audition")

    for it in (one, other):
        for day in range(1, 8):
            told(*move_audition(it, f"2030-07-0{day}T10:00:00Z"))

    assert len(mails(one.artist)) == len(mails(other.artist)) == 5


@pytest.mark.weakness(35)
def test_the_same_is_told_again_after_the_cool_down() -> None:
    one, other = an_artist(), a_recruiter()
    for _ in range(2):
        api.post("/connections", {"userId": other.user_id}, as_=one)
        told(None, side_of(other, one), "ConnectionsTable")
        api.call("DELETE", f"/connections/{other.user_id}", as_=one)
        for item in table("QUOTAS_TABLE").scan()["Items"]:
            if item["quotaId"].startswith("told#"):
                table("QUOTAS_TABLE").put_item(Item=item | {"expiresAt": 1})

    assert kinds(other) == ["requested", "requested"]


@pytest.mark.weakness(14)
def test_an_account_gets_only_so_many_mails_a_day() -> None:
    recruiter = a_recruiter()
    prefer(recruiter, applications=MAILED)
    with_quota_left(recruiter, "mails", 1)
    casting = a_casting(recruiter, "open")

    for _ in range(2):
        made = applied(casting, an_artist())
        role_id, _, artist_id = made["applicationId"].partition(".")
        key = f"{role_id}#{artist_id}"
        item = stored("APPLICATIONS_TABLE", castingId=casting["castingId"], applicationKey=key)
        assert told(None, item) == []

    assert (len(mails(recruiter)), kinds(recruiter)) == (1, ["submitted", "submitted"])


def test_mail_that_is_tried_again_counts_once_for_the_quota(
    it: Situation, fake_aws: FakeAws
) -> None:
    with_quota_left(it.artist, "mails", 2)
    change = moved(it, "declined")
    fake_aws.answers[SEND] = TEMPORARY["ses fails"]

    for _ in range(3):
        assert told(*change) == ["1"]
    fake_aws.answer(SEND, MessageId="1")

    assert told(*change) == []
    assert len(fake_aws.sent(SEND)) == 4
    quota = stored("QUOTAS_TABLE", quotaId=f"account#{it.artist.user_id}#mails")
    assert quota
    assert quota["remaining"] == 1


def test_mail_is_sent_even_if_the_topic_is_off_in_the_app() -> None:
    it = Situation()
    prefer(it.artist, progress={"inApp": False, "email": True})

    told(*moved(it, "viewed"))

    assert (len(mails(it.artist)), kinds(it.artist)) == (1, [])


def test_a_change_delivered_again_is_not_mailed_again() -> None:
    it = Situation()
    change = moved(it, "declined")

    for _ in range(3):
        assert told(*change) == []

    assert len(mails(it.artist)) == 1


def test_mail_from_an_unverified_sender_is_given_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    it = Situation()
    change = moved(it, "declined")
    monkeypatch.setenv("SENDER_ADDRESS", "notifications@unverified.example")

    assert told(*change) == []

    said = capsys.readouterr().out
    assert '"code":"MailRefused","awsError":"MessageRejected"' in said
    assert "@" not in said
    assert (mails(it.artist), kinds(it.artist)) == ([], ["declined"])


@pytest.mark.parametrize("gone", [suspended, deleted])
def test_an_inactive_account_gets_no_mail(gone: Any) -> None:
    it = Situation()
    gone(it.artist)

    assert told(*moved(it, "declined")) == []

    assert mails(it.artist) == []


def test_one_click_ends_the_mails_about_one_topic() -> None:
    it, mail = declined()

    first, second = (api.call("POST", ending(mail), ONE_CLICK, content_type=FORM) for _ in range(2))

    assert (first.status, first.json["topic"]) == (200, "decisions")
    assert second.json == first.json
    preferences = api.get(PREFERENCES, as_=it.artist).json
    assert preferences["decisions"] == {"inApp": True, "email": False}
    assert preferences["version"] == 1
    other = Situation()
    other_change = other.item | {"artistId": it.artist.user_id, "version": 7}
    told(other_change, other_change | {"status": "declined", "version": 8})
    assert len(mails(it.artist)) == 1
    assert listed(it.artist)["unreadCount"] == 2


def test_a_forged_unsubscribe_link_is_refused() -> None:
    it, mail = declined()
    link = ending(mail)
    forged = [
        link.replace(it.artist.user_id, it.recruiter.user_id),
        link.replace(".decisions.", ".connections."),
        link[:-10] + "A" * 10,
    ]

    for each in forged:
        answer = api.call("POST", each)
        assert (answer.status, answer.code) == (403, "LinkNotOurs")
    for account in (it.artist, it.recruiter):
        assert api.get(PREFERENCES, as_=account).json["version"] == 0


def test_unsubscribing_after_the_account_is_gone_stores_nothing() -> None:
    it, mail = declined()
    table("USERS_TABLE").delete_item(Key={"userId": it.artist.user_id})

    assert api.call("POST", ending(mail), ONE_CLICK, content_type=FORM).status == 200

    key = {"userId": it.artist.user_id, "notificationId": "#preferences"}
    assert stored("NOTIFICATIONS_TABLE", **key) is None


@pytest.mark.parametrize("query", ["", "?token=", "?token=x", "?colour=red"])
def test_an_invalid_unsubscribe_token_is_refused(query: str) -> None:
    answer = api.call("POST", f"/unsubscribe{query}")

    assert (answer.status, answer.code) == (422, "Invalid")


def test_each_mail_has_one_click_unsubscribe_headers(it: Situation, fake_aws: FakeAws) -> None:
    """RFC 8058, in the parameters of SES."""
    assert told(*moved(it, "declined")) == []

    [sent] = fake_aws.sent(SEND)
    known = boto3.client("sesv2").meta.service_model.operation_model("SendEmail").input_shape
    ParamValidator().validate(sent, known)
    assert sent["Destination"] == {"ToAddresses": [it.artist.email]}
    signature = f"{'-_' * 21}A"
    link = f"https://api.example/v1/unsubscribe?token={it.artist.user_id}.decisions.{signature}"
    assert sent["Content"]["Simple"]["Headers"] == [
        {"Name": "List-Unsubscribe", "Value": f"<{link}>"},
        {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
    ]
    assert link in sent["Content"]["Simple"]["Body"]["Text"]["Data"]


@pytest.mark.aws_fact(4)
def test_a_stage_without_a_sender_notifies_without_mail(
    it: Situation, fake_aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = moved(it, "declined")
    monkeypatch.setenv("SENDER_ADDRESS", "")

    for _ in range(2):
        assert told(*change) == []

    assert [operation for operation, _ in fake_aws.calls] == ["PutEvents"]
    assert kinds(it.artist) == ["declined"]


@pytest.mark.aws_fact(10)
@pytest.mark.aws_fact(19)
@pytest.mark.parametrize("code", sorted(PERMANENT))
def test_mail_that_ses_refuses_is_given_up_logged_and_counted(
    code: str, it: Situation, fake_aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    change = moved(it, "declined")
    fake_aws.refuse(SEND, code)

    for _ in range(2):
        assert told(*change) == []

    said = capsys.readouterr().out
    assert f'"code":"MailRefused","awsError":"{code}"' in said
    assert said.count('"MailsRefused":1') == 1
    assert "@" not in said
    assert len(fake_aws.sent("PutEvents")) == len(fake_aws.sent(SEND)) == 1
    assert kinds(it.artist) == ["declined"]


def test_every_documented_ses_error_is_permanent_or_throttling() -> None:
    model = boto3.client("sesv2").meta.service_model.operation_model("SendEmail")
    documented = {shape.name for shape in model.error_shapes}

    assert documented == PERMANENT | {"TooManyRequestsException"}


TEMPORARY = {
    "throttled": (429, {"__type": "TooManyRequestsException"}),
    "ses fails": (500, {}),
    "a role that is not ready": (403, {"__type": "AccessDeniedException"}),
}


@pytest.mark.parametrize("operation", ["GenerateMac", SEND])
@pytest.mark.parametrize("why", TEMPORARY)
def test_delayed_mail_is_sent_later_and_its_event_published_once(
    operation: str, why: str, it: Situation, fake_aws: FakeAws
) -> None:
    change, answer = moved(it, "declined"), fake_aws.answers[operation]
    fake_aws.answers[operation] = TEMPORARY[why]

    for _ in range(3):
        assert told(*change) == ["1"]
    fake_aws.answers[operation] = answer
    for _ in range(2):
        assert told(*change) == []

    assert len(fake_aws.sent("PutEvents")) == 1
    assert len(fake_aws.sent(SEND)) == (4 if operation == SEND else 1)
    assert kinds(it.artist) == ["declined"]


def test_delayed_mail_to_an_account_deleted_since_is_not_sent(
    it: Situation, fake_aws: FakeAws
) -> None:
    change = moved(it, "declined")
    fake_aws.answers[SEND] = TEMPORARY["throttled"]
    assert told(*change) == ["1"]
    fake_aws.answer(SEND, MessageId="1")
    table("USERS_TABLE").delete_item(Key={"userId": it.artist.user_id})

    for _ in range(2):
        assert told(*change) == []

    assert len(fake_aws.sent(SEND)) == len(fake_aws.sent("PutEvents")) == 1


@pytest.mark.parametrize("operation", ["PutEvents", "GenerateMac", SEND])
def test_a_change_that_aws_refuses_is_reported_and_notified_later(
    operation: str, it: Situation, fake_aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    change, answer = moved(it, "declined"), fake_aws.answers[operation]
    fake_aws.refuse(operation, "AccessDeniedException")

    assert told(*change) == ["1"]
    assert '"awsError":"AccessDeniedException"' in capsys.readouterr().out
    fake_aws.answers[operation] = answer
    assert told(*change) == []

    assert kinds(it.artist) == ["declined"]


def test_an_event_that_the_bus_rejects_is_published_again(it: Situation, fake_aws: FakeAws) -> None:
    change = moved(it, "viewed")
    failed = {"ErrorCode": "ThrottlingException", "ErrorMessage": "Slow down."}
    fake_aws.answer("PutEvents", FailedEntryCount=1, Entries=[failed])

    assert told(*change) == ["1"]
    fake_aws.answer("PutEvents", FailedEntryCount=0, Entries=[{}])
    assert told(*change) == []

    first, second = (call["Entries"][0]["Detail"] for call in fake_aws.sent("PutEvents"))
    assert first == second
