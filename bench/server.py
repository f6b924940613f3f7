"""Answers like DynamoDB and Cognito, at once, from a process of its own.

    python -m bench.server [CERTIFICATE]

It prints its port. With a certificate, a PEM file with its key, it speaks TLS.
"""

import asyncio
import json
import ssl
import sys
import zlib
from typing import Any

import msgspec
from boto3.dynamodb.types import TypeSerializer

from artisthub.castings import rules
from artisthub.castings.models import CastingFields
from bench import samples


def _published_casting() -> dict[str, Any]:
    fields = msgspec.convert(samples.FIELDS, CastingFields)
    draft = rules.new(fields, samples.CASTING, samples.RECRUITER, samples.NOW)
    item: dict[str, Any] = msgspec.to_builtins(rules.moved(draft, "open", samples.NOW))
    return {name: value for name, value in item.items() if value is not None}


def _answer(item: dict[str, Any]) -> bytes:
    return json.dumps({"Item": TypeSerializer().serialize(item)["M"]}).encode()


ANSWERS = {"CastingTable": _answer(_published_casting()), "UsersTable": _answer(samples.USER)}


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            writer.write(_response(*await _request(reader)))
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _request(reader: asyncio.StreamReader) -> tuple[str, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    lines = (line.partition(":") for line in head.split("\r\n")[1:])
    headers = {name.strip().lower(): value.strip() for name, _, value in lines}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return headers.get("x-amz-target", "").rpartition(".")[2], body


def _response(operation: str, body: bytes) -> bytes:
    answer = b"{}"
    if operation == "GetItem":
        call = json.loads(body)
        if "connect" not in call["Key"].popitem()[1]["S"]:
            answer = ANSWERS[call["TableName"]]
    head = (
        "HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\n"
        f"x-amz-crc32: {zlib.crc32(answer)}\r\ncontent-length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer


async def main(certificate: str | None) -> None:
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else None))
