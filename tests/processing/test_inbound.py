"""Documents that other systems send, signed after Standard Webhooks."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from standardwebhooks.webhooks import Webhook

from processing.models import Document, InboundMessage, InboundSource, ProcessingJob
from processing.net.fetching import Fetched
from processing.services import submitting
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]

INVOICE = b"INVOICE\nInvoice number: 4711\nInvoice date: 2026-03-02\nTotal: 12.00 EUR\n"


@pytest.fixture
def owner() -> User:
    return person("kim")


@pytest.fixture
def source(owner: User) -> InboundSource:
    return InboundSource.objects.create(name="freight portal", owner=owner)


def inline(data: bytes = INVOICE, name: str = "a.txt") -> dict[str, Any]:
    return {"type": "document", "data": {"filename": name, "content": base64.b64encode(data).decode()}}


def send(
    source: InboundSource,
    message: Any = None,
    *,
    message_id: str = "msg_1",
    at: datetime | None = None,
    secret: str = "",
    body: bytes | None = None,
    **changed: str,
) -> Any:
    at = at or datetime.now(UTC)
    body = json.dumps(message if message is not None else inline()).encode() if body is None else body
    headers = {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret or source.secret).sign(message_id, at, body.decode(errors="replace")),
        **{name.replace("_", "-"): value for name, value in changed.items()},
    }
    return Client().post(f"/api/v1/inbound/{source.id}/", body, content_type="application/json", headers=headers)


def test_a_signed_document_becomes_one_of_the_sources_owner(source: InboundSource, owner: User) -> None:
    answer = send(source)
    assert answer.status_code == 202
    document = Document.objects.get(id=answer.json()["document"])
    assert (document.owner, document.source, document.filename) == (owner, "webhook", "a.txt")
    assert document.source_detail == {"source": "freight portal", "message_id": "msg_1"}


def test_a_document_by_address_is_fetched(source: InboundSource, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []

    def fetched(url: str, **_: object) -> Fetched:
        given.append(url)
        return Fetched(INVOICE, "b.txt", "text/plain", url)

    monkeypatch.setattr(submitting, "fetch_url", fetched)
    url = "https://vendor.example/b.txt?secret=1"
    assert send(source, {"data": {"url": url}}).status_code == 202
    assert given == [url]
    assert Document.objects.get().source_detail["url"] == "https://vendor.example/b.txt"


def test_an_address_inside_is_refused(source: InboundSource) -> None:
    answer = send(source, {"data": {"url": "https://169.254.169.254/latest"}})
    assert (answer.status_code, answer.json()["code"]) == (400, "url_forbidden")


def test_a_repeated_message_gives_the_first_answer_and_does_nothing(source: InboundSource) -> None:
    first = send(source)
    again = send(source)
    replayed = send(source, inline(INVOICE + b"another", "b.txt"))
    assert (again.status_code, replayed.status_code) == (200, 200)
    assert first.json()["job"] == again.json()["job"] == replayed.json()["job"]
    assert (ProcessingJob.objects.count(), InboundMessage.objects.count()) == (1, 1)
    assert send(source, inline(INVOICE + b"another"), message_id="msg_2").status_code == 202


@pytest.mark.parametrize(
    "tampering",
    [
        {"secret": "whsec_" + base64.b64encode(b"another secret of some length").decode()},
        {"at": datetime.now(UTC) - timedelta(hours=1)},
        {"at": datetime.now(UTC) + timedelta(hours=1)},
        {"webhook_signature": "v1,AAAA"},
        {"webhook_signature": "nonsense"},
        {"webhook_signature": "v1," + "é"},
        {"webhook_signature": ""},
        {"webhook_timestamp": "soon"},
        {"webhook_timestamp": "1e400"},
        {"webhook_id": "msg_other"},
        {"body": b"\xff\xfe not text"},
    ],
)
def test_what_is_not_signed_rightly_is_refused(source: InboundSource, tampering: dict[str, Any]) -> None:
    answer = send(source, **tampering)
    assert (answer.status_code, answer.json()["code"]) == (401, "signature_refused")
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "message",
    [
        [], "text", 7, {}, {"data": None}, {"data": {}}, {"data": {"content": 7}}, {"data": {"content": "***"}},
        {"data": {"content": None}}, {"data": {"content": "QQ==", "url": "https://x.example/"}},
        {"data": {"url": ["https://x.example/"]}}, {"data": {"content": "QQ==", "filename": {"a": 1}}},
    ],
)  # fmt: skip
def test_messages_that_say_nothing_are_refused(source: InboundSource, message: Any) -> None:
    answer = send(source, message)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")


def test_deep_nesting_is_refused(source: InboundSource) -> None:
    assert send(source, body=b"[" * 100_000).status_code == 400


def test_a_file_that_cannot_be_taken_is_answered_with_its_code(source: InboundSource) -> None:
    assert send(source, inline(b"%PDF-1.7\n1 0 obj", "a.pdf")).json()["code"] == "corrupt_file"
    assert not InboundMessage.objects.exists(), "the sender may send it again, mended"
    large = send(source, inline(b"x" * (10 * 1024 * 1024 + 1)))
    assert (large.status_code, large.json()["code"]) == (413, "file_too_large")


def test_a_source_that_is_not_active_is_not_there(source: InboundSource) -> None:
    InboundSource.objects.update(active=False)
    assert send(source).status_code == 404


def test_a_session_is_no_signature(source: InboundSource) -> None:
    client = Client()
    client.force_login(person("ada"))
    body = json.dumps(inline())
    answer = client.post(f"/api/v1/inbound/{source.id}/", body, content_type="application/json")
    assert answer.status_code == 401
