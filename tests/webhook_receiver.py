"""A receiver of webhooks on this machine: verifies signatures, fails on demand, and remembers what came."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook


@dataclass(frozen=True)
class Message:
    """One request; ``id`` is its ``webhook-id``."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.body)
        return content

    def verified(self, secret: str) -> dict[str, Any]:
        """The content, once the library of Standard Webhooks has accepted the signature."""
        content: dict[str, Any] = Webhook(secret).verify(self.body, dict(self.headers))
        return content


class Receiver(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.messages: list[Message] = []
        self.answers: list[tuple[int, dict[str, str]]] = []  # what is answered first; 200 after these
        self.hangs = threading.Event()  # while set, nothing is answered

    def url(self, path: str = "/hook") -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    @property
    def types(self) -> list[str]:
        return [message.content["type"] for message in self.messages]


class _Handler(BaseHTTPRequestHandler):
    server: Receiver
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        given = {name.lower(): value for name, value in self.headers.items()}
        self.server.messages.append(Message(self.path, given, body))
        while self.server.hangs.is_set():
            threading.Event().wait(0.05)
        status, headers = self.server.answers.pop(0) if self.server.answers else (200, {})
        said = b"thanks" if status < 300 else b"no"
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(said)), "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        return None


@contextmanager
def receiving() -> Iterator[Receiver]:
    server = Receiver()
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # senders are killed on purpose
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.hangs.clear()
        server.shutdown()
        server.server_close()
