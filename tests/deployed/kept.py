"""All that a stage holds of somebody: items, uploads, accounts."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.deployed.target import Target


class Kept:
    def __init__(self, target: Target) -> None:
        self.target = target

    def items(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every item of every table, with the table's logical id."""
        scan = self.target.client("dynamodb").get_paginator("scan")
        for logical_id, name in self.target.tables.items():
            for page in scan.paginate(TableName=name):
                for item in page["Items"]:
                    yield logical_id, item

    def objects(self, prefix: str = "uploads/") -> Iterator[dict[str, Any]]:
        pages = self.target.client("s3").get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.target.resources["MediaBucket"], Prefix=prefix):
            yield from page.get("Contents", [])

    def accounts(self, where: str) -> list[Any]:
        """Those of Cognito that a filter of ListUsers finds."""
        pages = self.target.client("cognito-idp").get_paginator("list_users")
        pool = self.target.outputs["userPoolId"]
        return [
            user for page in pages.paginate(UserPoolId=pool, Filter=where) for user in page["Users"]
        ]

    def count(self) -> dict[str, int]:
        """How much there is of each."""
        items = Counter(table for table, _ in self.items())
        rest = {"uploads": len(list(self.objects())), "accounts": len(self.accounts(""))}
        return {**items, **rest}

    def places_of(self, text: str) -> set[str]:
        """The tables, and the bucket, in which there is this text anywhere."""
        places = {table for table, item in self.items() if text in repr(item)}
        if any(self._has(text, found) for found in self.objects()):
            places.add("MediaBucket")
        return places

    def _has(self, text: str, found: dict[str, Any]) -> bool:
        if text in found["Key"]:
            return True
        if found["LastModified"].timestamp() * 1000 < self.target.since_ms:
            return False
        bucket = self.target.resources["MediaBucket"]
        content = self.target.client("s3").get_object(Bucket=bucket, Key=found["Key"])["Body"]
        return text.encode() in content.read()
