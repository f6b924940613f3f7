"""A stand-in for DynamoDB and Cognito that answers immediately.

python -m bench.server [CERTIFICATE]
"""

import json
import sys
from typing import Any

import msgspec
from boto3.dynamodb.types import TypeSerializer

from artisthub.castings import rules
from artisthub.castings.models import CastingFields
from bench import local_aws, samples


def _published_casting() -> dict[str, Any]:
    fields = msgspec.convert(samples.FIELDS, CastingFields)
    draft = rules.new(fields, samples.CASTING, samples.RECRUITER, samples.NOW)
    item: dict[str, Any] = msgspec.to_builtins(rules.moved(draft, "open", samples.NOW))
    return {name: value for name, value in item.items() if value is not None}


def _answer(item: dict[str, Any]) -> bytes:
    return json.dumps({"Item": TypeSerializer().serialize(item)["M"]}).encode()


ANSWERS = {"CastingTable": _answer(_published_casting()), "UsersTable": _answer(samples.USER)}


def answer(operation: str, body: bytes) -> bytes:
    if operation == "GetItem":
        call = json.loads(body)
        if "connect" not in call["Key"].popitem()[1]["S"]:
            return ANSWERS.get(call["TableName"], b"{}")
    return b"{}"


local_aws.run(answer, *sys.argv[1:])
