"""A stand-in for DynamoDB and Cognito that answers immediately.

python -m bench.server [CERTIFICATE]

It refuses the accounts in `samples` that may not create castings. The operation `Calls` returns the
latest calls and forgets them.
"""

import json
import sys
from collections import deque
from datetime import UTC, datetime
from typing import Any

import msgspec
from boto3.dynamodb.types import TypeSerializer

from artisthub.castings import rules
from artisthub.castings.models import CastingFields
from bench import local_aws, samples

Item = dict[str, Any]


def _castings() -> dict[str, Item]:
    fields = msgspec.convert(samples.FIELDS, CastingFields)
    draft = rules.new(fields, samples.CASTING, samples.RECRUITER, samples.NOW)
    open_now = rules.moved(draft, "open", samples.NOW)
    found = {
        samples.CASTING: open_now,
        samples.DRAFT: draft,
        samples.OF_CLOSED_ACCOUNT: msgspec.structs.replace(
            open_now, recruiter_id=samples.CLOSED_ACCOUNT
        ),
    }
    return {name: _present(msgspec.to_builtins(each)) for name, each in found.items()}


def _present(item: Item) -> Item:
    return {name: value for name, value in item.items() if value is not None}


def _map(item: Item) -> Item:
    return dict(TypeSerializer().serialize(item)["M"])


def _encoded(item: Item) -> bytes:
    return json.dumps({"Item": _map(item)}).encode()


ITEMS = {
    ("CastingTable", name): _encoded(each | {"castingId": name})
    for name, each in _castings().items()
} | {
    ("UsersTable", samples.RECRUITER): _encoded(samples.USER),
    ("UsersTable", samples.ARTIST): _encoded({**samples.USER, "role": "artist"}),
    ("ClosedAccountsTable", samples.CLOSED_ACCOUNT): _encoded({"accountId": "closed"}),
}
CARD = _map({**samples.USER, "cardId": f"user#{samples.RECRUITER}"})
CARDS = json.dumps({"Responses": {"CardsTable": [CARD]}, "UnprocessedKeys": {}}).encode()
latest: deque[tuple[str, bytes]] = deque(maxlen=20)


def answer(operation: str, body: bytes) -> bytes:
    if operation == "Calls":
        calls = [(name, json.loads(sent)) for name, sent in latest]
        latest.clear()
        return json.dumps(calls).encode()
    latest.append((operation, body))
    if operation == "GetItem":
        call = json.loads(body)
        return ITEMS.get((call["TableName"], call["Key"].popitem()[1]["S"]), b"{}")
    if operation == "BatchGetItem" and samples.RECRUITER.encode() in body:
        return CARDS
    if operation == "TransactWriteItems" and samples.ARTIST.encode() in body:
        codes = ["ConditionalCheckFailed", "None"]
        raise local_aws.Refused(
            "TransactionCanceledException",
            Message=f"Transaction cancelled, specific reasons [{', '.join(codes)}]",
            CancellationReasons=[{"Code": code} for code in codes],
        )
    if operation == "UpdateItem" and samples.WITHOUT_QUOTA.encode() in body:
        item = _map({"day": datetime.now(UTC).date().isoformat(), "remaining": 0})
        raise local_aws.Refused("ConditionalCheckFailedException", Item=item)
    return b"{}"


if __name__ == "__main__":
    local_aws.run(answer, *sys.argv[1:])
