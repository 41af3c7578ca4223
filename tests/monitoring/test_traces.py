"""One trace from the upload to the call of the model, with ids and codes in it and nothing of a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from django.core.files.uploadedfile import SimpleUploadedFile
from django_q.models import OrmQ
from django_q.signing import SignedPackage
from opentelemetry import context
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pytest_django import Settings
from rest_framework.test import APIClient

from common.roles import Role
from invoices.models import Invoice
from invoicesite.tracing import configure_tracing
from processing.tasks import run_jobs
from processing.workers.tracing import bind_task
from tests.people import person
from tests.processing.invoice_files import text_invoice
from tests.processing.rate_card_models import model_of

_kept = InMemorySpanExporter()


@pytest.fixture
def collected() -> Iterator[InMemorySpanExporter]:
    """The spans of this process, which has one provider for good."""
    if not _provider:
        made = configure_tracing(_kept)
        assert made is not None
        _provider.append(made)
    _kept.clear()
    before = context.get_current()
    yield _kept
    context.attach(before)
    structlog.contextvars.clear_contextvars()


_provider: list[object] = []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_storage")
def test_a_document_is_one_trace_from_the_proxy_to_the_model_and_its_approval_is_found_by_it(
    settings: Settings, collected: InMemorySpanExporter, tmp_path: Path
) -> None:
    from ipaddress import ip_network

    settings.TRUSTED_PROXIES = [ip_network("127.0.0.0/8")]
    settings.EXTRACTION_POLICY = "llm"
    api = APIClient()
    api.force_authenticate(person("ann", Role.ADMIN))
    form = {"file": SimpleUploadedFile("in.txt", text_invoice(number="R-1")), "kind": "invoice"}
    with model_of(settings) as server:
        answer = api.post("/api/v1/documents/", form, format="multipart", headers={"X-Request-ID": "proxy-made-0001"})
        assert answer["X-Request-ID"] == "proxy-made-0001"
        task = SignedPackage.loads(OrmQ.objects.get().payload)
        bind_task(task)
        assert run_jobs(*task["args"]) == 1
        sent = server.records[-1].headers
        invoice = Invoice.objects.get()
        body = {"version": invoice.version, "override": "looked at"}
        assert api.post(f"/api/v1/invoices/{invoice.id}/approve/", body, format="json").status_code == 200
    _provider[0].force_flush()  # type: ignore[attr-defined]
    spans = {span.name: span for span in collected.get_finished_spans()}
    assert {"POST api/v1/documents/", "job", "model call", "stage reading", "stage extracting"} <= set(spans)
    approved = spans.pop("invoice approved")
    spans.pop("POST api/v1/invoices/<uuid:pk>/approve/")
    assert approved.attributes
    assert spans["job"].attributes
    assert approved.attributes["document_id"] == spans["job"].attributes["document_id"]
    traces = {span.context.trace_id for span in spans.values() if span.context}
    assert len(traces) == 1
    assert sent["x-client-request-id"] == "proxy-made-0001"
    assert f"{traces.pop():032x}" in sent["traceparent"]
    told = " ".join(f"{span.name} {dict(span.attributes or {})}" for span in collected.get_finished_spans())
    for secret in ("R-1", "in.txt", "sk-test", "Brindle", "INVOICE"):
        assert secret not in told
    stranger = api.get("/api/v1/jobs/", headers={"X-Request-ID": "made-up-by-a-client"}, REMOTE_ADDR="203.0.113.5")
    assert stranger["X-Request-ID"] != "made-up-by-a-client"
