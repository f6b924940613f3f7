"""Index keys with a wrong type. There is no gap: MiniStack refuses them, as AWS does.

API tests rely on this. Without it, they would accept writes that AWS refuses.
"""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from embedded import Instance
from tests.embedded.gaps.given import a_name, client

pytestmark = pytest.mark.deployed

REFUSAL = "Type mismatch for Index Key number Expected: N Actual: S IndexName: byNumber"
KEY, WRONG = {"key": {"S": "a"}}, {"number": {"S": "1"}}
SET = {"UpdateExpression": "SET #n = :n", "ExpressionAttributeNames": {"#n": "number"}}
UPDATE = SET | {"ExpressionAttributeValues": {":n": WRONG["number"]}}

Write = Callable[[Any, str], Any]
WRITES: dict[str, Write] = {
    "PutItem": lambda dynamodb, table: dynamodb.put_item(TableName=table, Item=KEY | WRONG),
    "UpdateItem": lambda dynamodb, table: dynamodb.update_item(TableName=table, Key=KEY, **UPDATE),
    "BatchWriteItem": lambda dynamodb, table: dynamodb.batch_write_item(
        RequestItems={table: [{"PutRequest": {"Item": KEY | WRONG}}]}
    ),
    "a put of a transaction": lambda dynamodb, table: dynamodb.transact_write_items(
        TransactItems=[{"Put": {"TableName": table, "Item": KEY | WRONG}}]
    ),
    "an update of a transaction": lambda dynamodb, table: dynamodb.transact_write_items(
        TransactItems=[{"Update": {"TableName": table, "Key": KEY, **UPDATE}}]
    ),
}


@pytest.fixture(scope="module")
def table(unpatched: Instance) -> str:
    made = client(unpatched, "dynamodb").create_table(
        TableName=a_name(),
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "key", "AttributeType": "S"},
            {"AttributeName": "number", "AttributeType": "N"},
        ],
        KeySchema=[{"AttributeName": "key", "KeyType": "HASH"}],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "byNumber",
                "KeySchema": [{"AttributeName": "number", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
    return str(made["TableDescription"]["TableName"])


@pytest.mark.parametrize("write", WRITES)
def test_an_index_key_with_a_wrong_type_is_refused(
    write: str, unpatched: Instance, table: str
) -> None:
    with pytest.raises(ClientError) as refused:
        WRITES[write](client(unpatched, "dynamodb"), table)

    assert REFUSAL in str(refused.value.response)
