"""The review desk on the server: the queue with 100,000 invoices open, and the page of a 20-page, 200-line invoice.

usage: python -m benchmarks.review_queue [--quick] [--invoices N] [--requests N]

The rows are made in a scratch database: every second invoice has a reason, each has a document and a job that cost
something; 500 vendors, five currencies. Requests go through Django's test client, so that everything between the
socket and the database is in the figure: sign-in, middleware, queries, templates. The page's words are those of its
document as stored; pictures are loaded by the browser and are not in it. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from benchmarks.machine import own_database, print_result

from django.contrib.auth.models import User  # isort: skip  # after machine, which sets Django up
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from invoices.models import Invoice, InvoiceLine, InvoiceReason, Vendor
from invoices.records import Place
from processing.content.codec import VERSION, encode_content
from processing.content.records import Cell, DocumentContent, Page, Row, Word
from processing.models import Batch, Document, ProcessingJob, StoredContent

VENDORS = 500
LINES, PAGES, ROWS_A_PAGE = 200, 20, 40

# A template row is copied with some columns replaced: new columns of a table need no change here.
_COPIES = """
INSERT INTO {table}
SELECT made.* FROM {table} AS template, generate_series(1, %(count)s) AS n,
    LATERAL jsonb_populate_record(template, {columns}) AS made
WHERE template.id = %(template)s {where}
"""
_INVOICE = """jsonb_build_object(
    'id', md5('invoice' || n)::uuid, 'invoice_number', 'INV-' || n, 'vendor_id', md5('vendor' || n %% 500)::uuid,
    'vendor_name', 'Vendor ' || n %% 500, 'total_amount', (n * 7919 %% 900000) / 100.0, 'confidence',
    (30 + n * 31 %% 70) / 100.0, 'currency', (ARRAY['EUR', 'USD', 'GBP', 'CHF', 'SEK'])[1 + n %% 5],
    'status', CASE WHEN n %% 2 = 0 THEN 'ready' ELSE 'needs_review' END,
    'created_at', now() - n * interval '37 seconds', 'search',
    to_tsvector('simple', concat_ws(' ', 'vendor', 'inv', n, 'inv' || n)))"""
_REASON = """jsonb_build_object('id', 1000000 + n, 'invoice_id', md5('invoice' || (2 * n - 1))::uuid,
    'code', (ARRAY['total_mismatch', 'iban_changed', 'weak_evidence', 'suspected_duplicate'])[1 + n %% 4],
    'blocking', n %% 4 < 2)"""
_DOCUMENT = """jsonb_build_object('id', md5('document' || n)::uuid, 'invoice_id', md5('invoice' || n)::uuid,
    'sha256', md5(n::text) || md5((-n)::text), 'storage_key', 'raw/' || n)"""
_JOB = """jsonb_build_object('id', md5('job' || n)::uuid, 'document_id', md5('document' || n)::uuid,
    'spent_usd', 0.001 * (n %% 5))"""
_VENDOR = """jsonb_build_object('id', md5('vendor' || (n - 1))::uuid, 'name', 'Vendor ' || (n - 1),
    'name_key', 'vendor ' || (n - 1))"""


def copies(model: Any, template: Any, columns: str, count: int) -> None:
    sql = _COPIES.format(table=model._meta.db_table, columns=columns, where="")
    with connection.cursor() as cursor:
        cursor.execute(sql, {"count": count, "template": template.pk})


def fill(count: int) -> UUID:
    """Make the rows; gives the id of the long invoice."""
    with connection.cursor() as cursor:
        # Copies cannot break what their templates hold: checking each reference takes most of the time.
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() == (True,):
            cursor.execute("SET session_replication_role = replica")
    vendor = Vendor.objects.create(name="Template", name_key="template")
    copies(Vendor, vendor, _VENDOR, VENDORS)
    long = make_long(vendor)
    reason = InvoiceReason.objects.create(
        invoice=long, position=0, code="weak_evidence", field="vendor_name", message="Concluded from its place."
    )
    template = Invoice.objects.create(
        status=Invoice.Status.APPROVED, decided_at="2026-01-01T00:00Z", method="rules", invoice_date=date(2026, 3, 2),
        due_date=date(2026, 4, 1), subtotal=Decimal(100), tax_amount=Decimal(20), total_amount=Decimal(120),
        evidence={name: {"page": 1, "box": [1, 2, 3, 4], "text": name, "method": "rules"} for name in ("iban", "bic")},
    )  # fmt: skip
    copies(Invoice, template, _INVOICE, count)
    copies(InvoiceReason, reason, _REASON, count // 2)
    copies(Document, long.document, _DOCUMENT, count)  # type: ignore[attr-defined]
    copies(ProcessingJob, long.document.jobs.get(), _JOB, count)  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE")
    return long.pk


def make_long(vendor: Vendor) -> Invoice:
    """An invoice of 200 lines on 20 pages, each value with its place."""
    place = {"page": 1, "box": [50.0, 100.0, 120.0, 110.0], "text": "120.00", "method": "rules", "confidence": "0.95"}
    names = ("invoice_number", "invoice_date", "total_amount", "vendor_name", "subtotal", "tax_amount", "iban")
    invoice = Invoice.objects.create(
        vendor=vendor, vendor_name="Template", invoice_number="LONG-1", invoice_date=date(2026, 3, 2), method="rules",
        currency="EUR", subtotal=Decimal(20000), tax_amount=Decimal(4000), total_amount=Decimal(24000),
        confidence=Decimal("0.80"), evidence=dict.fromkeys(names, place),
    )  # fmt: skip
    columns = ("description", "quantity", "unit_price", "amount", "item_code")
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice, position=n, description=f"Article {n} in a box of its own", item_code=f"A-{n}",
            quantity=Decimal(2), unit_price=Decimal(50), amount=Decimal(100), evidence=dict.fromkeys(columns, place),
        )
        for n in range(LINES)
    )  # fmt: skip
    document = Document.objects.create(
        sha256="0" * 64, size_bytes=1000, media_type="application/pdf", filename="long.pdf", storage_key="raw/long",
        page_count=PAGES, invoice=invoice,
    )  # fmt: skip
    ProcessingJob.objects.create(
        document=document, batch=Batch.objects.create(name="benchmark"), status="completed", outcome="success",
        method="rules", max_output_tokens=300, finished_at="2026-01-01T00:00Z",
    )  # fmt: skip
    StoredContent.objects.create(document=document, version=VERSION, data=encode_content(long_content()))
    return invoice


def long_content() -> DocumentContent:
    def row(page: int, n: int) -> Row:
        words = [Word(f"word{n}-{w}", (50.0 + 60 * w, 20.0 * n, 100.0 + 60 * w, 20.0 * n + 10)) for w in range(8)]
        cells = tuple(Cell(word.text, Place(page, word.box), i, (word,)) for i, word in enumerate(words))
        return Row(page * 100 + n, page, cells)

    pages = [Page(p, tuple(row(p, n) for n in range(ROWS_A_PAGE)), 595, 842) for p in range(1, PAGES + 1)]
    return DocumentContent("application/pdf", tuple(pages))


@dataclass(frozen=True, slots=True)
class Measured:
    """``cpu_ms`` is the web process alone; the rest of the time is the database's, or the machine's other work."""

    median_ms: float
    slowest_ms: float
    cpu_ms: float
    queries: int
    database_ms: float


def measure(client: Client, url: str, requests: int) -> Measured:
    """Requests that follow one another."""
    assert client.get(url).status_code == 200, url  # templates are compiled by the first
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    queries = captured.captured_queries
    took, cpu = [], []
    for _ in range(requests):
        began, cpu_began = time.perf_counter(), time.process_time()
        client.get(url)
        took.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - cpu_began) * 1000)
    database_ms = sum(float(query["time"]) for query in queries) * 1000
    return Measured(statistics.median(took), max(took), statistics.median(cpu), len(queries), database_ms)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--invoices", type=int)
    parser.add_argument("--requests", type=int)
    options = parser.parse_args()
    count = options.invoices or (10_000 if options.quick else 100_000)
    requests = options.requests or (5 if options.quick else 15)
    logging.disable(logging.INFO)
    with own_database():
        began = time.perf_counter()
        long = fill(count)
        print(f"{count:,} invoices made in {time.perf_counter() - began:.1f} s")
        client = Client(headers={"host": "localhost"})
        client.force_login(User.objects.create_superuser("bench"))
        queue = reverse("admin:invoices_invoice_changelist")
        address: Callable[..., str] = lambda **query: f"{queue}?{urlencode(query)}"  # noqa: E731
        page = reverse("admin:invoices_invoice_change", args=[long])
        document = Invoice.objects.get(pk=long).document  # type: ignore[attr-defined]
        urls = {
            "queue": queue,
            "queue_by_reason": address(reason="iban_changed"),
            "queue_by_vendor": address(vendor__id__exact=Vendor.objects.get(name="Vendor 7").pk),
            "queue_by_amount": address(total_amount_from=8990),
            "queue_by_search": address(q="INV-4711"),
            "queue_page_200": address(p=min(200, count // 50)),
            "review_page": page,
            "page_words": reverse("document-words", args=[document.id, PAGES]),
        }
        figures: dict[str, float] = {}
        print(f"{'':18} {'median ms':>10} {'slowest ms':>11} {'web CPU ms':>11} {'database ms':>12} {'queries':>8}")
        for name, url in urls.items():
            m = measure(client, url, requests)
            figures_told = f"{m.median_ms:10.0f} {m.slowest_ms:11.0f} {m.cpu_ms:11.0f} {m.database_ms:12.0f}"
            print(f"{name:18} {figures_told} {m.queries:8}")
            figures |= {f"{name}_{key}": round(value, 1) for key, value in asdict(m).items()}
        began = time.perf_counter()
        reply = client.post(
            reverse("admin:invoices_invoice_skip", args=[long]), data={}, content_type="application/json"
        )
        assert reply.status_code == 200
        figures["next_ms"] = round((time.perf_counter() - began) * 1000, 1)
        print(f"{'next in the queue':18} {figures['next_ms']:10.0f}")
    print_result(invoices=count, **figures)


if __name__ == "__main__":
    main()
