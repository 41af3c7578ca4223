"""Bodies that are too large are cut off before Django takes them in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pytest_django import Settings

from invoicesite.uploads import limit_bodies, max_body_bytes
from tests.loops import run


class Recorder:
    """An application that reads its body to the end, and what it sent."""

    def __init__(self) -> None:
        self.read_bytes = 0
        self.sent: list[dict[str, Any]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            self.read_bytes += len(message.get("body", b""))
            if not message.get("more_body"):
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"taken"})


def request(application: Recorder, *, chunks: int, chunk_bytes: int, declared: bytes | None = None) -> int:
    """Streams a body; gives how many chunks were asked for."""
    asked = 0

    async def receive() -> dict[str, Any]:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b"x" * chunk_bytes, "more_body": asked < chunks}

    async def send(message: Any) -> None:
        application.sent.append(dict(message))

    headers = [] if declared is None else [(b"content-length", declared)]
    scope = {"type": "http", "headers": headers, "path": "/api/v1/documents/", "method": "POST"}

    async def answer() -> None:
        await limit_bodies(application)(scope, receive, send)

    run(answer())
    return asked


@pytest.fixture
def application(settings: Settings) -> Recorder:
    settings.MAX_INVOICE_MB = settings.MAX_RATE_CARD_MB = 1
    return Recorder()


def test_a_body_within_the_limit_passes(application: Recorder) -> None:
    request(application, chunks=10, chunk_bytes=100_000)
    assert application.sent[0]["status"] == 200
    assert application.read_bytes == 1_000_000


def test_a_declared_length_above_the_limit_is_refused_unread(application: Recorder) -> None:
    asked = request(application, chunks=1, chunk_bytes=1, declared=str(max_body_bytes() + 1).encode())
    assert asked == 0
    assert application.sent[0]["status"] == 413
    body = json.loads(application.sent[1]["body"])
    assert body["code"] == "file_too_large"
    assert (b"content-type", b"application/problem+json") in application.sent[0]["headers"]


@pytest.mark.parametrize("declared", [None, b"10", b"-5", b"many"])
def test_a_body_that_says_nothing_true_of_its_length_is_cut_off_at_the_limit(
    application: Recorder, declared: bytes | None
) -> None:
    asked = request(application, chunks=100, chunk_bytes=1_000_000, declared=declared)
    assert asked == max_body_bytes() // 1_000_000 + 1
    assert [message["type"] for message in application.sent] == ["http.response.start", "http.response.body"]
    assert application.sent[0]["status"] == 413
