"""Real HTTP servers that speak the documented protocols of docling-serve (v1) and Azure Document Intelligence
(2024-11-30), as far as one picture goes."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Reply:
    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Server:
    url: str
    requests: list[Request] = field(default_factory=list)


@contextmanager
def serving(answer: Callable[[Request, Server], Reply], tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server on loopback that answers as ``answer`` says and keeps what it was asked."""

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, self.path, headers, body)
            server.requests.append(request)
            reply = answer(request, server)
            content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_HEAD = _handle

        def log_message(self, *args: object) -> None:
            """Silence."""

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        listener.socket = tls.wrap_socket(listener.socket, server_side=True)
    server = Server(f"{'http' if tls is None else 'https'}://127.0.0.1:{listener.server_port}")
    thread = threading.Thread(target=listener.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()


def form_parts(request: Request) -> dict[str, Message]:
    """The parts of a multipart form by their names."""
    message = message_from_bytes(
        b"Content-Type: " + request.headers["content-type"].encode() + b"\r\n\r\n" + request.body
    )
    return {
        str(part.get_param("name", header="Content-Disposition")): part
        for part in message.walk()
        if part.get_filename() or part.get_param("name", header="Content-Disposition")
    }


def docling_answer(key: str = "") -> Callable[[Request, Server], Reply]:
    """A page of 600 x 800 units: a title, a total, and a table of one row."""

    def box(left: float, top: float, right: float, bottom: float, origin: str = "TOPLEFT") -> dict[str, Any]:
        return {"l": left, "t": top, "r": right, "b": bottom, "coord_origin": origin}

    def answer(request: Request, server: Server) -> Reply:
        if request.method != "POST" or request.path != "/v1/convert/file":
            return Reply(404, {"detail": "Not Found"})
        if request.headers.get("x-api-key", "") != key:
            return Reply(401, {"detail": "Api key is required."})
        parts = form_parts(request)
        if "files" not in parts or parts["to_formats"].get_payload() != "json":
            return Reply(422, {"detail": [{"loc": ["body", "files"], "type": "missing"}]})
        document = {
            "schema_name": "DoclingDocument",
            "pages": {"1": {"page_no": 1, "size": {"width": 600.0, "height": 800.0}}},
            "texts": [
                {
                    "orig": "INVOICE 4711",
                    "text": "INVOICE 4711",
                    "prov": [{"page_no": 1, "bbox": box(50, 760, 250, 740, "BOTTOMLEFT")}],
                },
                {
                    "orig": "Total due 119.00",
                    "text": "Total due 119.00",
                    "prov": [{"page_no": 1, "bbox": box(50, 500, 250, 520)}],
                },
            ],
            "tables": [
                {
                    "prov": [{"page_no": 1, "bbox": box(50, 200, 500, 220)}],
                    "data": {
                        "num_rows": 1,
                        "num_cols": 2,
                        "table_cells": [
                            {
                                "text": "Freight",
                                "bbox": box(50, 200, 120, 220),
                                "start_row_offset_idx": 0,
                                "start_col_offset_idx": 0,
                            },
                            {
                                "text": "100.00",
                                "bbox": box(440, 200, 500, 220),
                                "start_row_offset_idx": 0,
                                "start_col_offset_idx": 1,
                            },
                        ],
                    },
                }
            ],
        }
        body = {
            "document": {"filename": "page.png", "json_content": document},
            "status": "success",
            "errors": [],
            "processing_time": 0.1,
        }
        return Reply(200, body)

    return answer


def azure_answer(
    key: str, *, polls: int = 2, final: str = "succeeded", angle: float = 0.0
) -> Callable[[Request, Server], Reply]:
    """``running`` for some polls, then one page of 600 x 800 pixels."""

    def answer(request: Request, server: Server) -> Reply:
        if request.headers.get("ocp-apim-subscription-key") != key:
            return Reply(401, {"error": {"code": "401", "message": "Access denied due to invalid subscription key."}})
        if request.method == "POST":
            if request.path != "/documentintelligence/documentModels/prebuilt-layout:analyze?api-version=2024-11-30":
                return Reply(404, {"error": {"code": "NotFound", "message": "Resource not found."}})
            if not request.body.startswith(b"\x89PNG"):
                return Reply(400, {"error": {"code": "InvalidRequest", "message": "Invalid request."}})
            operation = (
                "/documentintelligence/documentModels/prebuilt-layout/analyzeResults/3b31320d?api-version=2024-11-30"
            )
            return Reply(202, {}, {"Operation-Location": server.url + operation, "Retry-After": "0"})
        done = sum(r.method == "GET" for r in server.requests) > polls
        if not done:
            return Reply(200, {"status": "running"}, {"Retry-After": "0"})
        words = [
            {"content": "INVOICE", "polygon": [50, 40, 150, 40, 150, 60, 50, 60], "confidence": 0.99},
            {"content": "4711", "polygon": [160, 40, 220, 40, 220, 60, 160, 60], "confidence": 0.98},
            {"content": "119.00", "polygon": [440, 500, 500, 500, 500, 520, 440, 520], "confidence": 0.9},
        ]
        page = {
            "pageNumber": 1,
            "angle": angle,
            "width": 600,
            "height": 800,
            "unit": "pixel",
            "words": words,
            "lines": [],
        }
        result = {"apiVersion": "2024-11-30", "modelId": "prebuilt-layout", "pages": [page]}
        return Reply(
            200, {"status": final, "analyzeResult": result} if final == "succeeded" else {"status": final, "error": {}}
        )

    return answer
