"""Rebuild of the search index in place. It sends every document to the indexer.

The indexer adds missing entries and corrects wrong ones. So searches and streams keep working
meanwhile, and you can stop a rebuild and run it again at any time.
"""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3

from operations.stack import physical_id

KEYS = {"CastingTable": "castingId", "UsersTable": "userId"}
PAGE = 1_000  # ids; progress is saved after each page
BATCH = 25
AT_ONCE = 8

END = "end"


class Rebuild:
    """A rebuild. The file `state` says where a stopped one continues."""

    def __init__(self, stack: str, state: Path, tell: Callable[[str], None]) -> None:
        self.client: Any = boto3.client("dynamodb")
        self.state = state
        self.tell = tell
        self.tables = {name: physical_id(stack, name) for name in KEYS}
        self.indexer = Indexer(physical_id(stack, "IndexerLambdaFunction"))

    def run(self, since: str) -> bool:
        """Index everything created since this instant. Return whether all succeeded."""
        started, done, failed = time.monotonic(), 0, 0
        total = sum(self._count(table) for table in self.tables.values())
        reached = json.loads(self.state.read_text()) if self.state.exists() else {}
        for name, table in self.tables.items():
            for ids, position in self._pages(table, KEYS[name], since, reached.get(name)):
                for document_id in self.indexer.index(table, KEYS[name], ids):
                    self.tell(f"not indexed: {document_id}")
                    failed += 1
                reached[name] = position
                self.state.write_text(json.dumps(reached))
                done += len(ids)
                self.tell(_bar(done, total, time.monotonic() - started))
        self.state.unlink(missing_ok=True)
        return not failed

    def _count(self, table: str) -> int:
        return int(self.client.describe_table(TableName=table)["Table"]["ItemCount"])

    def _pages(
        self, table: str, key: str, since: str, position: Any
    ) -> Iterator[tuple[list[str], Any]]:
        """Yield ids and the position after them, from the keys-only index."""
        while position != END:
            page = self.client.scan(
                TableName=table,
                IndexName="createdAtIndex",
                FilterExpression="createdAt >= :since",
                ExpressionAttributeValues={":since": {"S": since}},
                Limit=PAGE,
                **({"ExclusiveStartKey": position} if position else {}),
            )
            position = page.get("LastEvaluatedKey", END)
            yield [item[key]["S"] for item in page["Items"]], position


class Indexer:
    """The deployed function, called with events like those of a table's stream."""

    def __init__(self, function: str) -> None:
        self.client: Any = boto3.client("lambda")
        self.function = function

    def index(self, table: str, key: str, ids: list[str]) -> list[str]:
        """Index documents. Return the ids of those that failed."""
        batches = [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            failed = pool.map(lambda batch: self._send(table, key, batch), batches)
            return [document_id for each in failed for document_id in each]

    def _send(self, table: str, key: str, ids: list[str]) -> list[str]:
        records = [_record(table, key, number, ids[number]) for number in range(len(ids))]
        payload = json.dumps({"Records": records}).encode()
        answer = self.client.invoke(FunctionName=self.function, Payload=payload)
        if answer.get("FunctionError"):
            return ids
        failures = json.loads(answer["Payload"].read())["batchItemFailures"]
        if not failures:
            return []
        # The function stops at the first failure, so resend the documents after it.
        first = int(failures[0]["itemIdentifier"])
        rest = ids[first + 1 :]
        return [ids[first], *(self._send(table, key, rest) if rest else [])]


def _record(table: str, key: str, number: int, document_id: str) -> dict[str, Any]:
    item = {key: {"S": document_id}}
    return {
        "eventID": f"rebuild-{document_id}",
        "eventName": "MODIFY",
        "eventSourceARN": f"arn:aws:dynamodb:::table/{table}/stream/rebuild",
        "dynamodb": {"SequenceNumber": str(number), "Keys": item, "NewImage": item},
    }


def _bar(done: int, total: int, seconds: float) -> str:
    # DynamoDB updates its item count only every six hours.
    share = min(1.0, done / max(total, done, 1))
    filled = int(share * 20)
    rate = done / max(seconds, 0.001)
    return f"[{'#' * filled}{'.' * (20 - filled)}] {done:,} documents, {rate:,.0f} per second"
