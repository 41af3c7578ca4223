"""Invoices with the documents that they were read from: batch, job and cost in the API, words of the text in search."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from invoices.models import Invoice
from invoices.search.find import find_words
from processing.models import Batch, ProcessingJob
from processing.pipeline.run import run_job
from processing.services.documents import Origin, submit_document
from tests.invoices.books import record
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]

LIST = "/api/v1/invoices/"
TEXT = "INVOICE\nInvoice number: {}\nInvoice date: 2026-03-02\nTotal: 12.00 EUR\nDelivered by Quicksilver\n"


def read_document(number: str, *, owner_id: int | None = None, batch: Batch | None = None) -> Invoice:
    """An invoice that the pipeline read."""
    job = submit_document(
        data=TEXT.format(number).encode(),
        filename=f"{number}.txt",
        owner_id=owner_id,
        origin=Origin(source="folder"),
        batch=batch,
        enqueue=False,
    ).job
    assert run_job(job.id)
    return Invoice.objects.get(document=job.document)


def test_the_list_of_a_batch_and_details_with_job_document_and_cost() -> None:
    dana = person("dana")
    batch = Batch.objects.create(owner=dana)
    own, other = read_document("4711", owner_id=dana.pk, batch=batch), read_document("4712", owner_id=dana.pk)
    jobs = ProcessingJob.objects.filter(document__invoice=own)
    jobs.update(spent_usd=Decimal("0.0012"))
    (job,) = jobs
    client = APIClient()
    client.force_login(dana)
    rows = client.get(LIST, {"batch": str(batch.id)}).json()["results"]
    assert [row["id"] for row in rows] == [str(own.id)]
    assert {row["id"] for row in client.get(LIST).json()["results"]} == {str(own.id), str(other.id)}
    body = client.get(f"{LIST}{own.id}/").json()
    assert body["job"] == {"id": str(job.id), "status": "completed", "outcome": job.outcome}
    assert (body["document"], body["cost_usd"]) == (str(job.document_id), "0.0012")
    assert body["evidence"]["total_amount"]["text"] == "12.00"
    for name in ("self", "document", "job", "history", "ubl"):
        path = body["links"][name].removeprefix("http://testserver")
        assert client.get(path).status_code == (409 if name == "ubl" and not body["currency"] else 200), name


def test_rebuilt_words_are_those_of_values_and_document_and_a_broken_run_is_taken_up() -> None:
    read = read_document("4711")
    records = [read, record()]
    Invoice.objects.update(search=None)
    assert not find_words(Invoice.objects.all(), "quicksilver").exists()
    out = StringIO()
    call_command("rebuild_search", "--batch-size", "1", stdout=out)
    assert "2 invoices are findable, 1 of them by the text" in out.getvalue()
    assert list(find_words(Invoice.objects.all(), "quicksilver")) == [read]
    assert find_words(Invoice.objects.all(), "r-1").count() == 1
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert out.getvalue().startswith("0 invoices")
    first = min(each.id for each in records)
    call_command("rebuild_search", "--all", "--after", str(first), stdout=out)
    assert "1 invoices are findable" in out.getvalue()
