"""Papers that are no invoices: one question what they are, and invoices are not taken for them."""

from __future__ import annotations

import pytest

from common.errors import InvalidState
from invoices.models import Invoice
from invoices.services.corrections import correct_invoice
from invoices.services.decisions import accept_reason, approve_invoice, reject_invoice, withdraw_acceptance
from processing.extractors.model.reply import read_reply
from processing.extractors.other_documents import class_empty
from processing.extractors.rules import extract_by_rules
from processing.models import Document
from processing.pipeline.cascade import extract_invoice
from processing.pipeline.run import run_job
from processing.readers.text import read_text
from processing.services.documents import JobOptions, submit_document
from tests.people import person
from tests.processing.other_papers import INVOICES, OTHERS, REMINDERS
from tests.processing.test_cascade import TODAY

NOT_AN_INVOICE = "not_an_invoice"


def codes(data: bytes) -> list[str]:
    extraction = extract_by_rules(read_text(data))
    class_empty(extraction)
    return [reason.code for reason in extraction.reasons if reason.code == NOT_AN_INVOICE]


@pytest.mark.parametrize("kind", REMINDERS)
def test_a_reminder_names_the_invoice_that_it_reminds_of(kind: str) -> None:
    extraction = extract_by_rules(read_text(REMINDERS[kind]))
    (message,) = [r.message for r in extraction.reasons if r.code == NOT_AN_INVOICE]
    assert message.startswith("This looks like a payment reminder for invoice HP-20418, not an invoice.")
    assert "invoice_number" not in extraction.fields


@pytest.mark.parametrize("kind", OTHERS)
def test_other_papers_are_known_for_what_they_are(kind: str) -> None:
    assert codes(OTHERS[kind]) == [NOT_AN_INVOICE]


@pytest.mark.parametrize("kind", INVOICES)
def test_an_invoice_is_not_taken_for_another_paper(kind: str) -> None:
    assert codes(INVOICES[kind]) == []


def test_the_model_is_not_asked_about_a_paper_whose_title_says_what_it_is() -> None:
    def ask(content: object) -> object:
        raise AssertionError("asked")

    content = read_text(REMINDERS["German"])
    extraction = extract_invoice(content, policy="cheapest", today=TODAY, ask_model=ask)  # type: ignore[arg-type]
    assert NOT_AN_INVOICE in [reason.code for reason in extraction.reasons]


def test_the_title_that_a_model_copies_says_what_a_paper_is() -> None:
    content = read_text(b"Hollin Park Supplies Ltd\nThis is a friendly\nPAYMENT REMINDER\nHP-20418   GBP 180.00")
    extraction = read_reply('{"title": "PAYMENT REMINDER", "number": "HP-20418"}', content, truncated=False)
    assert NOT_AN_INVOICE in [reason.code for reason in extraction.reasons]


def recorded(data: bytes, name: str) -> Invoice:
    made = submit_document(data=data, filename=name, options=JobOptions(policy="rules"))
    assert run_job(made.job.id)
    invoice = Document.objects.get(id=made.document.id).invoice
    assert invoice is not None
    return invoice


def open_codes(invoice: Invoice) -> list[str]:
    return [row.code for row in invoice.reasons.all() if row.accepted_at is None]


@pytest.mark.django_db
@pytest.mark.usefixtures("own_storage")
def test_one_question_is_asked_and_the_others_once_it_is_an_invoice_after_all() -> None:
    kim = person("kim")
    invoice = recorded(REMINDERS["English"], "a.txt")
    assert open_codes(invoice) == [NOT_AN_INVOICE]
    assert invoice.invoice_number == ""
    with pytest.raises(InvalidState, match="looks like no invoice"):
        approve_invoice(invoice_id=invoice.id, by=kim, override="pay it")
    invoice = correct_invoice(invoice_id=invoice.id, by=kim, changes={"notes": "asked"}, version=invoice.version)
    assert open_codes(invoice) == [NOT_AN_INVOICE]
    invoice = accept_reason(
        invoice_id=invoice.id, code=NOT_AN_INVOICE, field="document_type", by=kim, why="It is their only invoice."
    )
    assert {"missing_field", "missing_lines"} <= set(open_codes(invoice))
    assert invoice.reasons_set_aside == []
    invoice = withdraw_acceptance(invoice_id=invoice.id, code=NOT_AN_INVOICE, field="document_type", by=kim)
    assert open_codes(invoice) == [NOT_AN_INVOICE]
    assert reject_invoice(invoice_id=invoice.id, by=kim, why="A reminder.").status == "rejected"


@pytest.mark.django_db
@pytest.mark.usefixtures("own_storage")
def test_what_was_noticed_while_reading_counts_again_once_it_is_an_invoice() -> None:
    kim = person("kim")
    invoice = recorded(OTHERS["statement"], "a.txt")
    assert open_codes(invoice) == [NOT_AN_INVOICE]
    aside = {told["code"] for told in invoice.reasons_set_aside}
    invoice = accept_reason(invoice_id=invoice.id, code=NOT_AN_INVOICE, field="document_type", by=kim, why="It is.")
    assert aside <= set(open_codes(invoice))
    assert invoice.status == Invoice.Status.NEEDS_REVIEW
