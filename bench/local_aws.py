"""A local AWS that answers JSON calls. It runs in a separate process and prints its port."""

import asyncio
import json
import ssl
import zlib
from collections.abc import Callable
from typing import Any

Answer = Callable[[str, bytes], bytes]


class Refused(Exception):
    """An error of DynamoDB, with its code and further fields."""

    def __init__(self, code: str, **fields: Any) -> None:
        super().__init__(code)
        document = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", **fields}
        self.body = json.dumps(document).encode()


def run(answer: Answer, certificate: str | None = None) -> None:
    """Answer calls until killed, over TLS if there is a certificate (a PEM file with its key)."""
    asyncio.run(_run(answer, certificate))


async def _run(answer: Answer, certificate: str | None) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                writer.write(_response(answer, *await _request(reader)))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _request(reader: asyncio.StreamReader) -> tuple[str, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    lines = (line.partition(":") for line in head.split("\r\n")[1:])
    headers = {name.strip().lower(): value.strip() for name, _, value in lines}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return headers.get("x-amz-target", "").rpartition(".")[2], body


def _response(answer: Answer, operation: str, body: bytes) -> bytes:
    try:
        status, content = "200 OK", answer(operation, body)
    except Refused as refused:
        status, content = "400 Bad Request", refused.body
    head = (
        f"HTTP/1.1 {status}\r\ncontent-type: application/x-amz-json-1.0\r\n"
        f"x-amz-crc32: {zlib.crc32(content)}\r\ncontent-length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content
