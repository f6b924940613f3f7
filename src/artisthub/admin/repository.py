"""The Audit table in DynamoDB, and changes to accounts in Cognito.

Entries are only added, never changed. Each is written in one transaction with its change.
"""

from typing import Any

from artisthub.admin.models import AuditEntry, AuditQuery
from artisthub.shared import dynamodb, errors, ids, paging
from artisthub.shared.models import Page
from artisthub.shared.settings import settings

IS_NEW = "attribute_not_exists(entryKey)"


def store(entry: AuditEntry, *changes: dict[str, Any]) -> None:
    """Write the changes and their entry in one transaction. Raises Stale."""
    try:
        dynamodb.transact(*changes, write_of(entry))
    except dynamodb.TransactionFailed:
        raise errors.Stale from None


def write_of(entry: AuditEntry) -> dict[str, Any]:
    """The write of a transaction that stores the entry."""
    return dynamodb.put_of(settings.AUDIT_TABLE, _item_of(entry), IS_NEW)


def add(entry: AuditEntry) -> None:
    """Store an entry for a change outside DynamoDB."""
    dynamodb.add(settings.AUDIT_TABLE, _item_of(entry), "entryKey")


def _item_of(entry: AuditEntry) -> dynamodb.Item:
    return dynamodb.item_of(entry, entryKey=f"{entry.at}#{ids.new()}")


def confirm(email: str) -> None:
    """Confirm the account and its address in Cognito, without its password. Raises NotFound."""
    from artisthub.shared import aws_json, cognito  # for this one operation of the feature

    verified = [{"Name": "email_verified", "Value": "true"}]
    try:
        # First, because Cognito refuses to confirm a confirmed account.
        cognito.call_as_service("AdminUpdateUserAttributes", email, UserAttributes=verified)
        told = cognito.PASSWORD_FOLLOWS
        cognito.call_as_service("AdminConfirmSignUp", email, ClientMetadata=told)
    except aws_json.AwsError as refused:
        if refused.code == "UserNotFoundException":
            raise errors.NotFound from None
        if refused.code != "NotAuthorizedException":
            raise


def list_of(query: AuditQuery) -> Page[AuditEntry]:
    """The entries about the subject, newest first."""
    return paging.page(
        AuditEntry,
        settings.AUDIT_TABLE,
        partition=("subject", query.subject),
        sorted_by=("entryKey",),
        bound_to=("listAuditEntries", query.subject),
        query=query,
        newest_first=True,
    )


def _key(subject: str, position: list[str]) -> dynamodb.Item:
    return {"subject": subject, "entryKey": position[0]}
