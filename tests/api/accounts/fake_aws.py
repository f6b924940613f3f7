"""An HTTP endpoint that answers as it is told and keeps what it was sent.

For what the embedded Cognito lacks (devices, limits) and for who calls it how often.
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class FakeAws(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.endpoint_url = f"http://127.0.0.1:{self.server_address[1]}"
        self.answers: dict[str, tuple[int, dict[str, Any]]] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def answer(self, operation: str, **document: Any) -> None:
        self.answers[operation] = (200, document)

    def refuse(self, operation: str, code: str) -> None:
        self.answers[operation] = (400, {"__type": code, "message": "Not this time."})

    def sent(self, operation: str) -> list[dict[str, Any]]:
        return [body for called, body in self.calls if called == operation]


class _Handler(BaseHTTPRequestHandler):
    server: FakeAws

    def do_POST(self) -> None:
        operation = self.headers["x-amz-target"].partition(".")[2]
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.calls.append((operation, body))
        status, document = self.server.answers[operation]
        answer = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Nothing on the console."""
