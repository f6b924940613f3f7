"""A proxy between the functions and the embedded AWS that injects faults.

A rule decides about each call: it passes, is answered without being carried out, is slow, or its
connection is reset before or after it was carried out. The rule comes from `faults.py`.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from embedded.instance import ROOT_KEY

LONGEST_HEAD = 64 * 1024


class Call(NamedTuple):
    """A call of a function. The operation of S3 and SES is their method and path."""

    service: str
    operation: str
    body: bytes


class Action(NamedTuple):
    """The fate of a call. By default, it passes.

    - status, answer: answered so, without being carried out
    - seconds: a pause before it is carried out
    - reset: the connection is reset before it is carried out, or after
    - silent_seconds: how long the answer is held back after it was carried out
    - ask, edit: change the request before, and its answer after it was carried out
    """

    status: int = 0
    answer: bytes = b""
    seconds: float = 0
    silent_seconds: float = 0
    reset: str = ""
    ask: Callable[[bytes], bytes] | None = None
    edit: Callable[[bytes], bytes] | None = None


Rule = Callable[[Call], Action]
PASS = Action()


def passing(_: Call) -> Action:
    return PASS


class Proxy:
    """Forwards calls to `upstream`. `rule` may change at any time; `hit` counts its effects."""

    def __init__(self, upstream: str) -> None:
        self.upstream = urlsplit(upstream)
        self.rule: Rule = passing
        self.hit = 0
        self.url = ""

    def run(self, started: threading.Event) -> None:
        asyncio.run(self._run(started))

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)

    async def _run(self, started: threading.Event) -> None:
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=LONGEST_HEAD)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        started.set()
        await self._stopped.wait()
        server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream: _Stream | None = None
        try:
            while True:
                head, body = await _message(reader)
                upstream = upstream or await self._connect()
                action = self._decide(head, body)
                if not await self._act(action, head, body, upstream, writer):
                    break
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            if upstream:
                upstream[1].close()

    async def _connect(self) -> _Stream:
        return await asyncio.open_connection(
            self.upstream.hostname, self.upstream.port, limit=LONGEST_HEAD
        )

    def _decide(self, head: bytes, body: bytes) -> Action:
        action = self.rule(call_of(head, body))
        self.hit += action is not PASS
        return action

    async def _act(
        self,
        action: Action,
        head: bytes,
        body: bytes,
        upstream: _Stream,
        writer: asyncio.StreamWriter,
    ) -> bool:
        """Do what the rule says. Return whether the connection stays."""
        if action.seconds:
            await asyncio.sleep(action.seconds)
        if action.reset == "before":
            return _reset(writer)
        if action.status:
            answer = _answer(action.status, action.answer)
        else:
            if action.ask:
                head, body = _as_root(*_with_body(head, action.ask(body)))
            upstream[1].write(head + body)
            answer_head, content = await _message(upstream[0], is_head=head.startswith(b"HEAD "))
            if action.edit:
                answer_head, content = _with_body(answer_head, action.edit(content))
            answer = answer_head + content
        if action.silent_seconds:
            await asyncio.sleep(action.silent_seconds)
        if action.reset == "after":
            return _reset(writer)
        writer.write(answer)
        await writer.drain()
        return b"connection: close" not in answer.partition(b"\r\n\r\n")[0].lower()


_Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def call_of(head: bytes, body: bytes) -> Call:
    """The service and the operation of a request."""
    line, *lines = head.decode("latin-1").split("\r\n")
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (each.partition(":") for each in lines)
    }
    scope = headers.get("authorization", "").partition("Credential=")[2].split("/")
    service = scope[3] if len(scope) > 3 else "s3" if "X-Amz-Signature" in line else ""
    target = headers.get("x-amz-target", "")
    if target.startswith("AWSCognito"):  # many of its calls have no signature
        service = "cognito-idp"
    method, path = line.split(" ")[:2]
    return Call(service, target.rpartition(".")[2] or f"{method} {path}", body)


async def _message(reader: asyncio.StreamReader, *, is_head: bool = False) -> tuple[bytes, bytes]:
    """A request or an answer, with the body in one piece."""
    head = await reader.readuntil(b"\r\n\r\n")
    lower = head.lower()
    if is_head or lower.startswith((b"http/1.1 204", b"http/1.1 304")):
        return head, b""
    if b"transfer-encoding: chunked" in lower:
        return _with_body(head, await _chunks(reader))
    length = lower.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0]
    return head, await reader.readexactly(int(length or 0))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readline()).partition(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readuntil(b"\r\n")
    return body


def _with_body(head: bytes, body: bytes) -> tuple[bytes, bytes]:
    """The head with this body's length and checksum, and the body."""
    changed = (b"content-length:", b"transfer-encoding:", b"x-amz-crc32:")
    lines = [line for line in head[:-4].split(b"\r\n") if not line.lower().startswith(changed)]
    lines += [b"content-length: %d" % len(body), b"x-amz-crc32: %d" % zlib.crc32(body)]
    return b"\r\n".join(lines) + b"\r\n\r\n", body


def _as_root(head: bytes, body: bytes) -> tuple[bytes, bytes]:
    """The request with the embedded AWS's root key, because its signature is no longer right."""
    return re.sub(rb"Credential=[^/]+", b"Credential=" + ROOT_KEY.encode(), head), body


def _answer(status: int, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} -\r\ncontent-type: application/x-amz-json-1.0\r\n\r\n".encode()
    return b"".join(_with_body(head, body))


def _reset(writer: asyncio.StreamWriter) -> bool:
    """Close with RST instead of FIN."""
    linger = struct.pack("ii", 1, 0)
    with suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()
    return False


def error(code: str, **fields: Any) -> bytes:
    """The body of an AWS error."""
    return json.dumps({"__type": f"com.amazonaws#{code}", "message": "injected", **fields}).encode()


@contextmanager
def running(upstream: str) -> Iterator[Proxy]:
    proxy, started = Proxy(upstream), threading.Event()
    thread = threading.Thread(target=proxy.run, args=(started,), daemon=True)
    thread.start()
    started.wait()
    yield proxy
    proxy.stop()
    thread.join()
