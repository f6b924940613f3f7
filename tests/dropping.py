"""A proxy that drops connections to AWS, as happens between calls of a function."""

import http.client
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

# How a connection ends.
IDLE = ("closed while idle", "reset while idle")
BEFORE = ("reset before the request is read", "reset before the request is carried out")
AFTER = (
    "reset after the request was carried out",
    "closed after the request was carried out",
    "closed within the head of the answer",
    "closed within the body of the answer",
)


class Dropping:
    """Forward requests to `upstream`, and drop connections as `drop` says.

    `carried_out` has the operations that reached upstream, `statuses` their answers, and
    `connections` all connections that were opened.
    """

    def __init__(self, upstream: str) -> None:
        self.upstream = urlsplit(upstream)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.endpoint_url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.how, self.which = "", frozenset[int]()
        self.arrived = 0
        self.carried_out: list[str] = []
        self.statuses: list[int] = []
        self.connections: list[socket.socket] = []

    def drop(self, how: str, *which: int) -> None:
        """Drop the connections of these requests, counted from now; of all requests by default."""
        self.how, self.which, self.arrived = how, frozenset(which), 0
        self.carried_out.clear()

    def drop_all(self, *, is_reset: bool) -> None:
        """Drop all open, idle connections."""
        for connection in self.connections:
            if connection.fileno() >= 0:
                if is_reset:
                    _reset_when_closed(connection)
                connection.shutdown(socket.SHUT_RD)  # wakes up the thread that reads it

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:  # closed
                return
            self.connections.append(connection)
            threading.Thread(target=self._answer_all, args=(connection,), daemon=True).start()

    def _answer_all(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while connection.fileno() >= 0 and connection.recv(1, socket.MSG_PEEK):
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        how = self._take()
        if how == "reset before the request is read":
            return _reset(connection)
        request = _read(connection)
        if how == "reset before the request is carried out":
            return _reset(connection)
        answer = self._carry_out(*request)
        if how == "reset after the request was carried out":
            return _reset(connection)
        if how == "closed within the head of the answer":
            connection.sendall(answer[:20])
        elif how == "closed within the body of the answer":
            connection.sendall(answer[:-1])
        elif how != "closed after the request was carried out":
            connection.sendall(answer)
        if how == "reset while idle":
            return _reset(connection)
        if how:
            connection.close()
        return None

    def _take(self) -> str:
        self.arrived += 1
        return self.how if not self.which or self.arrived in self.which else ""

    def _carry_out(self, line: str, headers: dict[str, str], body: bytes) -> bytes:
        method, path, _ = line.split(" ")
        self.carried_out.append(headers.get("x-amz-target", path).rpartition(".")[2])
        upstream = http.client.HTTPConnection(self.upstream.hostname or "", self.upstream.port)
        upstream.request(method, path, body, headers)
        answer = upstream.getresponse()
        content = answer.read()
        self.statuses.append(answer.status)
        kind = answer.headers.get("content-type", "application/x-amz-json-1.0")
        head = f"HTTP/1.1 {answer.status} -\r\ncontent-type: {kind}\r\n"
        upstream.close()
        return f"{head}content-length: {len(content)}\r\n\r\n".encode() + content


def _reset(connection: socket.socket) -> None:
    _reset_when_closed(connection)
    connection.close()


def _reset_when_closed(connection: socket.socket) -> None:
    """Close with RST instead of FIN."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _read(connection: socket.socket) -> tuple[str, dict[str, str], bytes]:
    received = b""
    while b"\r\n\r\n" not in received:
        received += _some(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    line, *rest = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in rest)}
    while len(body) < int(headers.get("content-length", 0)):
        body += _some(connection)
    return line, headers, body


def _some(connection: socket.socket) -> bytes:
    received = connection.recv(65_536)
    if not received:
        raise ConnectionError
    return received


@contextmanager
def dropping(upstream: str) -> Iterator[Dropping]:
    proxy = Dropping(upstream)
    threading.Thread(target=proxy.serve, daemon=True).start()
    yield proxy
    proxy.listener.close()
    for connection in proxy.connections:
        connection.close()
