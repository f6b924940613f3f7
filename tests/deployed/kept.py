"""All data of a stage: items, uploads and accounts."""

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
        """The Cognito accounts that match a ListUsers filter."""
        pages = self.target.client("cognito-idp").get_paginator("list_users")
        pool = self.target.outputs["userPoolId"]
        return [
            user for page in pages.paginate(UserPoolId=pool, Filter=where) for user in page["Users"]
        ]

    def count(self) -> dict[str, int]:
        """The number of items in each table, of uploads and of accounts."""
        items = Counter(table for table, _ in self.items())
        rest = {"uploads": len(list(self.objects())), "accounts": len(self.accounts(""))}
        return {**items, **rest}

    def places_of(self, text: str) -> set[str]:
        """The tables and the bucket that contain this text."""
        return self.places(text)[text]

    def places(self, *texts: str) -> dict[str, set[str]]:
        """The same for several texts in one scan, which can take seconds."""
        found: dict[str, set[str]] = {text: set() for text in texts}
        for table, item in self.items():
            written = repr(item)
            for text in texts:
                if text in written:
                    found[text].add(table)
        for uploaded in self.objects():
            content = uploaded["Key"].encode() + self._content(uploaded)
            for text in texts:
                if text.encode() in content:
                    found[text].add("MediaBucket")
        return found

    def _content(self, uploaded: dict[str, Any]) -> bytes:
        """The content; empty for files from before the tests."""
        if uploaded["LastModified"].timestamp() * 1000 < self.target.since_ms:
            return b""
        s3 = self.target.client("s3")
        try:
            found = s3.get_object(Bucket=self.target.resources["MediaBucket"], Key=uploaded["Key"])
        except s3.exceptions.NoSuchKey:  # deleted after it was listed
            return b""
        return bytes(found["Body"].read())
