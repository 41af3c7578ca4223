"""A web server of files with every kind of misbehaviour, over TLS or without, on this machine."""

from __future__ import annotations

import gzip
import ipaddress
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme

from processing.net.addresses import Address

CONTENT = b"INVOICE\nInvoice number: 4711\nTotal: 12.00 EUR\n"
HOST = "files.example"


class FileServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.scheme = "https" if tls is not None else "http"
        self.hosts: list[str] = []
        self.server_names: list[str | None] = []
        self.redirects: dict[str, str] = {}

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(self, path: str = "/invoice.txt", host: str = HOST) -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def permits(self, address: Address, port: int) -> bool:
        """What a test allows besides the public internet: this server, and nothing else on this machine."""
        return address == ipaddress.ip_address("127.0.0.1") and port == self.port


class _Handler(BaseHTTPRequestHandler):
    server: FileServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.hosts.append(self.headers["Host"])
        path = self.path.partition("?")[0]
        if path in self.server.redirects:
            self._answer(b"", status=302, headers={"Location": self.server.redirects[path]})
        elif path == "/packed":
            self._answer(gzip.compress(CONTENT), headers={"Content-Encoding": "gzip"})
        elif path == "/bomb":
            self._answer(gzip.compress(b"\x00" * 50_000_000), headers={"Content-Encoding": "gzip"})
        elif path == "/strangely-packed":
            self._answer(CONTENT, headers={"Content-Encoding": "br"})
        elif path == "/large":
            self._answer(b"x" * 2_000_000)
        elif path == "/endless":
            self._head(200)
            self.end_headers()
            while True:
                self.wfile.write(b"x" * 65536)
        elif path == "/trickle":
            self._head(200)
            self.end_headers()
            for _ in range(1000):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        elif path == "/slow-head":
            for _ in range(1000):
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.05)
        elif path == "/cut":
            self._head(200, {"Content-Length": "5000"})
            self.end_headers()
            self.wfile.write(b"x" * 100)
            self.close_connection = True
        elif path == "/missing":
            self._answer(b"no", status=404)
        elif path == "/named":
            self._answer(CONTENT, headers={"Content-Disposition": "attachment; filename*=UTF-8''M%C3%A4rz.txt"})
        else:
            self._answer(CONTENT)

    def _head(self, status: int, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.close_connection = True

    def _answer(self, content: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        given = {"Content-Type": "text/plain", "Content-Length": str(len(content)), **(headers or {})}
        self._head(status, given)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        return None


@contextmanager
def running(server: FileServer) -> Iterator[FileServer]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients go away in the middle on purpose
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def tls_server(*names: str) -> Iterator[tuple[FileServer, ssl.SSLContext]]:
    """A server with a certificate for ``names``, and what a client trusts."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*(names or (HOST,))).configure_cert(context)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    server = FileServer(context)
    context.sni_callback = lambda _, name, __: server.server_names.append(name)
    with running(server):
        yield server, trust
