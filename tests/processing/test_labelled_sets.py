"""Approved invoices as a labelled set, through the commands that a person runs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from invoices.models import Invoice
from invoices.services.corrections import correct_invoice
from invoices.services.decisions import approve_invoice
from processing.models import Document
from processing.pipeline.run import run_job
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


@pytest.mark.django_db(transaction=True)
def test_an_exported_set_is_what_evaluate_measures_on(tmp_path: Path) -> None:
    """Each approved invoice is read again, and its score falls where a person had to correct."""
    dana = person("dana")
    for number, filename in (("4711", "march.txt"), ("4712", "april.txt")):
        data = TEXT.replace(b"4711", number.encode())
        job = submit_document(data=data, filename=filename, origin=Origin(source="folder"), enqueue=False).job
        run_job(job.id)
        read = Invoice.objects.get(document=job.document)
        assert read.invoice_number == number
        if number == "4712":
            correct_invoice(invoice_id=read.id, by=dana, changes={"total_amount": "13.00"}, version=read.version)
        approve_invoice(invoice_id=read.id, by=dana, override="Seen on paper")
    exported, scored = tmp_path / "set", tmp_path / "scores"
    call_command("export_labels", exported)
    call_command("evaluate", str(exported), "--policy", "rules", "--parallelism", "1", "--output", str(scored))
    fields = json.loads((scored / "scores.json").read_text())["fields"]
    assert (fields["invoice_number"]["n"], fields["invoice_number"]["f1"]) == (2, 1.0)
    assert fields["total_amount"]["precision"] == 0.5
