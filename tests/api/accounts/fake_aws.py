"""An HTTP endpoint that gives configured answers and records its requests.

Tests use it to count calls, and for what the embedded AWS lacks (limits, headers of e-mails). If a
request names no operation, its path counts as the operation. SES names its errors only in a
header, followed by a colon as on AWS: https://github.com/localstack/localstack/issues/3201
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl


class FakeAws(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.endpoint_url = f"http://127.0.0.1:{self.server_address[1]}"
        self.answers: dict[str, tuple[int, dict[str, Any]]] = {}
        self.first_answers: dict[str, tuple[int, dict[str, Any]]] = {}  # given once
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.connected = 0

    def answer(self, operation: str, **document: Any) -> None:
        self.answers[operation] = (200, document)

    def refuse(self, operation: str, code: str) -> None:
        self.answers[operation] = (400, {"__type": code, "message": "Not this time."})

    def sent(self, operation: str) -> list[dict[str, Any]]:
        return [body for called, body in self.calls if called == operation]


class _Handler(BaseHTTPRequestHandler):
    server: FakeAws

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["content-length"]))
        if target := self.headers["x-amz-target"]:
            operation, body = target.partition(".")[2], json.loads(raw)
        elif self.headers["content-type"] == "application/json":
            operation, body = self.path, json.loads(raw)
        else:
            operation, body = self.path, dict(parse_qsl(raw.decode()))
            if authorization := self.headers["authorization"]:
                body["Authorization"] = authorization
        self.server.calls.append((operation, body))
        first = self.server.first_answers.pop(operation, None)
        status, document = first or self.server.answers[operation]
        self.send_response(status)
        if operation.startswith("/v2/") and "__type" in document:
            self.send_header("x-amzn-errortype", f"{document['__type']}:")
            document = {"message": document.get("message")}
        answer = json.dumps(document).encode()
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def do_GET(self) -> None:
        self.server.connected += 1
        self.send_error(404)

    def log_message(self, *_: Any) -> None:
        """Print nothing."""
