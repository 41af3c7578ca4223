"""A person moves the boundaries of the invoices in a file."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from common.errors import InvalidState
from common.roles import Role
from invoices.models import Invoice
from invoices.services.decisions import approve_invoice, reject_invoice
from processing.models import Document, ProcessingJob
from processing.pipeline.run import run_job
from processing.screens.boundaries import boundaries_of
from processing.services.boundaries import move_boundaries, ranges_of
from processing.services.documents import JobOptions, submit_document
from processing.services.jobs import cancel_job
from tests.people import person
from tests.processing.batch_pdfs import draw_batch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]


def run_all() -> None:
    while (job := ProcessingJob.objects.filter(status="pending").order_by("created_at").first()) is not None:
        assert run_job(job.id)


def batch_file(owner: Any, *, invoices: int = 2) -> Document:
    drawn = draw_batch(seed=11, invoices=invoices, alike=1)
    made = submit_document(
        data=drawn.pdf,
        filename="batch.pdf",
        owner_id=owner.pk,
        options=JobOptions(policy="rules", max_output_tokens=77),
    )
    run_all()
    return Document.objects.get(id=made.document.id)


def move(document: Document, by: Any, *starts: int, left_out: tuple[int, ...] = (), why: str = "seen") -> ProcessingJob:
    return move_boundaries(document_id=document.id, starts=starts, left_out=left_out, by=by, why=why)


def open_parts(document: Document) -> list[list[int]]:
    """The pages of the parts whose invoices count."""
    parts = document.attachments.exclude(invoice=None).exclude(invoice__status="rejected")
    return sorted(part.source_detail["part"]["pages"] for part in parts)


def test_pages_are_dealt_to_parts() -> None:
    assert ranges_of(5, [1, 3], []) == [[1, 2], [3, 4, 5]]
    assert ranges_of(5, [4], [1, 3]) == [[2], [4, 5]]
    assert ranges_of(2, [], []) == [[1, 2]]


def test_a_boundary_is_moved_and_moved_back() -> None:
    kim = person("kim", Role.REVIEWER)
    document = batch_file(kim)
    found = boundaries_of(document)
    starts = found.starts
    assert len(starts) == 2
    assert found.page_count > 2
    before = open_parts(document)
    other = next(number for number in range(2, found.page_count + 1) if number not in starts)
    job = move(document, kim, 1, other)
    assert (job.policy, job.max_output_tokens) == ("rules", 77)
    run_all()
    document.refresh_from_db()
    assert open_parts(document) == ranges_of(found.page_count, [1, other], [])
    now = boundaries_of(document)
    assert now.starts == [1, other]
    assert [(h["by"], h["why"], h["before"]) for h in now.history] == [("kim", "seen", before)]
    assert not Invoice.objects.filter(reasons__code="suspected_duplicate").exclude(status="rejected").exists()
    move(document, kim, *starts, why="no, as it was")
    run_all()
    assert open_parts(document) == before


def test_one_document_after_all_and_taken_apart_again() -> None:
    kim = person("kim", Role.REVIEWER)
    document = batch_file(kim)
    starts, before = boundaries_of(document).starts, open_parts(document)
    move(document, kim, 1)
    run_all()
    document.refresh_from_db()
    assert open_parts(document) == []
    assert document.invoice is not None
    assert document.invoice.status != Invoice.Status.REJECTED
    assert not document.invoice.reasons.filter(code="several_invoices").exists()
    move(document, kim, *starts)
    run_all()
    document.refresh_from_db()
    assert document.invoice is not None
    assert document.invoice.status == Invoice.Status.REJECTED
    assert open_parts(document) == before


def test_pages_are_left_out() -> None:
    kim = person("kim", Role.REVIEWER)
    document = batch_file(kim)
    starts = boundaries_of(document).starts
    move(document, kim, *starts[1:], left_out=tuple(range(1, starts[1])))
    run_all()
    assert open_parts(document) == [list(range(starts[1], (document.page_count or 0) + 1))]


def test_what_was_decided_is_not_taken_back() -> None:
    kim = person("kim", Role.REVIEWER)
    document = batch_file(kim)
    first = document.attachments.order_by("created_at")[0].invoice
    assert first is not None
    approve_invoice(invoice_id=first.id, by=kim, override="checked")
    with pytest.raises(InvalidState, match="is approved; reopen it first"):
        move(document, kim, 1)
    document.refresh_from_db()
    assert "boundaries" not in document.source_detail


def test_what_a_person_rejected_stays_rejected() -> None:
    kim = person("kim", Role.REVIEWER)
    document = batch_file(kim)
    starts, parts = boundaries_of(document).starts, open_parts(document)
    first = next(part for part in document.attachments.all() if part.source_detail["part"]["pages"] == parts[0])
    assert first.invoice is not None
    reject_invoice(invoice_id=first.invoice.id, by=kim, why="not ours")
    move(document, kim, 1)
    run_all()
    move(document, kim, *starts)
    run_all()
    assert open_parts(document) == parts[1:]


@pytest.mark.parametrize(
    ("starts", "left_out", "why", "message"),
    [
        ([1, 99], [], "seen", "no page 99"),
        ([0], [], "seen", "no page 0"),
        ([1, 2], [2], "seen", "cannot begin an invoice and be left out"),
        ([1], [], " ", "State why"),
        ([], list(range(1, 30)), "seen", "no page"),
    ],
)
def test_boundaries_that_cannot_be_are_refused(starts: list[int], left_out: list[int], why: str, message: str) -> None:
    kim = person("kim", Role.REVIEWER)
    drawn = draw_batch(seed=11, invoices=2, alike=1)
    made = submit_document(data=drawn.pdf, filename="batch.pdf", owner_id=kim.pk, options=JobOptions(policy="rules"))
    with pytest.raises(InvalidState, match="already being processed"):
        move(made.document, kim, 1)
    assert cancel_job(job_id=made.job.id)
    Document.objects.update(page_count=drawn.pages)
    with pytest.raises(InvalidState, match=message):
        move(made.document, kim, *starts, left_out=tuple(left_out), why=why)


def test_the_api_and_the_page_show_and_move_them() -> None:
    kim = person("kim", Role.REVIEWER)
    kim.is_staff = True
    kim.save()
    document = batch_file(kim)
    api = APIClient()
    api.force_authenticate(kim)
    address = f"/api/v1/documents/{document.id}/boundaries/"
    shown = api.get(address).json()
    assert [part["pages"] for part in shown["parts"]] == open_parts(document)
    assert all(part["invoice"] for part in shown["parts"])
    answer = api.post(address, {"starts": [1], "why": "one"}, format="json")
    assert answer.status_code == 202
    run_all()
    page = Client()
    page.force_login(kim)
    where = f"/admin/processing/document/{document.id}/boundaries/"
    html = page.get(where).content.decode()
    assert html.count("<img") >= shown["page_count"]
    assert "kim" in html
    chosen = {f"page-{n}": "begins" if n in shown["starts"] else "goes-on" for n in range(1, shown["page_count"] + 1)}
    assert page.post(where, {**chosen, "why": "two"}).status_code == 302
    run_all()
    document.refresh_from_db()
    assert boundaries_of(document).starts == shown["starts"]
    part = document.attachments.exclude(invoice=None).exclude(invoice__status="rejected").first()
    assert part is not None
    review = page.get(f"/admin/invoices/invoice/{part.invoice_id}/change/").content.decode()
    assert where in review
    api.force_authenticate(person("olga", Role.OPERATOR))
    assert api.post(address, {"starts": [1], "why": "one"}, format="json").status_code == 403
