"""Approved invoices as a labelled set, through the commands that a person runs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from invoices.services.corrections import correct_invoice
from invoices.services.decisions import approve_invoice
from processing.models import Document
from processing.services.documents import Origin, submit_document
from tests.invoices.books import invoice, record
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]

TEXT = b"INVOICE\nInvoice number: 4711\nInvoice date: 2026-03-02\nTotal: 12.00 EUR\n"


def test_what_people_approved_is_a_labelled_set(tmp_path: Path) -> None:
    dana = person("dana")
    first = record()
    document = submit_document(
        data=TEXT, filename="march.txt", origin=Origin(source="folder"), enqueue=False
    ).job.document
    Document.objects.filter(id=document.id).update(invoice=first)
    correct_invoice(invoice_id=first.id, by=dana, changes={"purchase_order": "PO-1"}, version=1)
    approve_invoice(invoice_id=first.id, by=dana)
    approve_invoice(invoice_id=record(invoice("NO-FILE", invoice_date=date(2026, 1, 1))).id, by=dana)
    call_command("export_labels", tmp_path)
    (entry,) = json.loads((tmp_path / "expected.json").read_text())
    assert (entry["expected"]["purchase_order"], entry["expected"]["total_amount"]) == ("PO-1", "119")
    assert (tmp_path / "documents" / entry["file"]).read_bytes() == TEXT
    call_command("export_labels", str(tmp_path), "--since", "2099-01-01")
    assert json.loads((tmp_path / "expected.json").read_text()) == []
