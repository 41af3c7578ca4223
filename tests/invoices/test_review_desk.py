"""The review desk without a browser: the queue, what its page asks the server, what is read from where one points."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.roles import Role
from invoices.models import Invoice, InvoiceChange, InvoiceReason, SavedView
from invoices.queries import invoice_data
from invoices.services.corrections import correct_invoice
from invoices.services.writing import add_words
from invoices.values.fields import BadValue
from invoicesite.desk.review_reading import Conventions, conventions_of, read_pointed
from processing.models import ProcessingJob
from processing.pipeline.run import run_job
from processing.services.documents import JobOptions, submit_document
from tests.people import desk_of, person, staff
from tests.processing.invoice_files import text_invoice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]

QUEUE = reverse("admin:invoices_invoice_changelist")
GERMAN = Conventions(decimal_separator=",", day_first=True)


def reviewer(name: str = "rita") -> User:
    return staff(name, Role.REVIEWER)


def make_invoice(number: str = "INV-1", **columns: Any) -> Invoice:
    invoice = Invoice.objects.create(
        invoice_number=number,
        subtotal=Decimal(100),
        tax_amount=Decimal(20),
        **{
            "vendor_name": "Northwind Tools Ltd",
            "invoice_date": date(2026, 3, 2),
            "total_amount": Decimal(120),
            "currency": "GBP",
            "confidence": Decimal("0.9"),
            "method": "rules",
            "status": "ready",
            **columns,
        },
    )
    add_words(invoice, invoice_data(invoice))
    return invoice


def add_reason(invoice: Invoice, code: str = "total_mismatch", *, blocking: bool = True) -> InvoiceReason:
    return InvoiceReason.objects.create(
        invoice=invoice, position=0, code=code, field="total_amount", message="It does not add up.", blocking=blocking
    )


def read_document(number: str = "INV-1001") -> Invoice:
    submission = submit_document(
        data=text_invoice(number=number), filename=f"{number}.txt", options=JobOptions(policy="rules")
    )
    assert run_job(submission.job.id)
    invoice = type(submission.document).objects.get(pk=submission.document.pk).invoice
    assert invoice is not None
    return invoice


def ask(client: Client, invoice: Invoice, name: str, **body: Any) -> Any:
    url = reverse(f"admin:invoices_invoice_{name}", args=[invoice.pk])
    return client.post(url, data=body, content_type="application/json")


def numbers_in(page: bytes) -> list[str]:
    text = page.decode()
    found = {number: text.find(f">{number}<") for number in Invoice.objects.values_list("invoice_number", flat=True)}
    return sorted((number for number, at in found.items() if at >= 0), key=lambda number: found[number])


# --- The queue --------------------------------------------------------------------------------------------------------


def test_the_queue_shows_what_is_open_the_worst_and_oldest_first() -> None:
    make_invoice("CLEAN-OLD")
    make_invoice("CLEAN-SURER", confidence=Decimal("0.99"))
    add_reason(make_invoice("ASKED", status="needs_review", confidence=Decimal("0.95")))
    add_reason(make_invoice("WORST", status="needs_review", confidence=Decimal("0.2")))
    make_invoice("DONE", status="approved", decided_at="2026-03-03T00:00Z")
    page = desk_of(reviewer()).get(QUEUE)
    assert numbers_in(page.content) == ["WORST", "ASKED", "CLEAN-OLD", "CLEAN-SURER"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=approved", ["DONE"]),
        ("reason=total_mismatch", ["ASKED"]),
        ("reason=blocking", ["ASKED"]),
        ("reason=none", ["DOLLARS", "MINE"]),
        ("assignee=me", ["MINE"]),
        ("currency=USD", ["DOLLARS"]),
        ("total_amount_from=500", ["DOLLARS"]),
        ("method=xml", ["MINE"]),
        ("invoice_date_from=2026-04-01", ["MINE"]),
        ("uploader=me", []),
        ("q=DOLLARS", ["DOLLARS"]),
    ],
)
def test_the_queue_is_narrowed_by_what_matters(query: str, found: list[str]) -> None:
    rita = reviewer()
    add_reason(make_invoice("ASKED", status="needs_review"))
    make_invoice("DOLLARS", currency="USD", confidence=Decimal("0.91"), total_amount=Decimal(900))
    make_invoice("MINE", assignee=rita, method="xml", confidence=Decimal("0.92"), invoice_date=date(2026, 4, 2))
    make_invoice("DONE", status="approved", decided_at="2026-03-03T00:00Z")
    assert numbers_in(desk_of(rita).get(f"{QUEUE}?{query}").content) == found


def test_a_search_looks_at_all_invoices_says_so_and_shows_who_decided_when_and_why() -> None:
    rita = reviewer()
    open_one, done = make_invoice("OPEN-77", vendor_name="Acme Ltd"), make_invoice("DONE-77", vendor_name="Acme Ltd")
    client = desk_of(rita)
    assert ask(client, done, "reject", version=done.version, why="Ordered by nobody").status_code == 200
    page = client.get(f"{QUEUE}?q=acme").content.decode()
    assert numbers_in(page.encode()) == ["OPEN-77", "DONE-77"]
    assert "whatever their status" in page
    assert "Ordered by nobody" in page
    assert "rita" in page
    assert numbers_in(client.get(f"{QUEUE}?q=acme&status=ready").content) == ["OPEN-77"]
    assert numbers_in(client.get(f"{QUEUE}?status=all").content) == ["OPEN-77", "DONE-77"]
    opened = client.get(reverse("admin:invoices_invoice_next"), {"_changelist_filters": "q=acme"})
    assert str(open_one.pk) in opened["Location"], "and who goes on from it goes through what is open"


def test_chips_name_the_field_and_rows_without_a_vendor_their_file() -> None:
    invoice = read_document()
    Invoice.objects.filter(pk=invoice.pk).update(vendor_name="", status="needs_review")
    InvoiceReason.objects.filter(invoice=invoice).delete()
    for position, (code, field) in enumerate((("missing_field", "invoice_date"), ("weak_evidence", "buyer_name"))):
        InvoiceReason.objects.create(invoice=invoice, position=position, code=code, field=field, message="Look.")
    page = desk_of(reviewer()).get(QUEUE).content.decode()
    assert ">invoice date missing<" in page
    assert ">buyer name: weak evidence<" in page
    assert 'class="rq-file">INV-1001.txt<' in page


def test_the_queries_of_the_queue_do_not_grow_with_its_rows() -> None:
    client = desk_of(reviewer())
    counts = []
    for first, more in ((0, 1), (1, 20)):
        for index in range(first, first + more):
            add_reason(make_invoice(f"N-{index}", status="needs_review"))
        client.get(QUEUE)
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 17


def test_many_are_approved_at_once_but_only_without_an_open_reason() -> None:
    clean, asked = make_invoice("CLEAN"), make_invoice("ASKED", status="needs_review")
    add_reason(asked, "weak_evidence", blocking=False)
    client = desk_of(reviewer())
    page = client.post(QUEUE, {"action": "approve_clean", "_selected_action": [clean.pk, asked.pk]}, follow=True)
    assert Invoice.objects.get(pk=clean.pk).status == "approved"
    assert Invoice.objects.get(pk=asked.pk).status == "needs_review"
    assert "1 not approved: they have open reasons." in page.content.decode()


def test_what_somebody_else_has_taken_stays_theirs() -> None:
    mona, rita = reviewer("mona"), reviewer()
    free, taken = make_invoice("FREE"), make_invoice("TAKEN", assignee=mona)
    desk_of(rita).post(QUEUE, {"action": "assign_to_me", "_selected_action": [free.pk, taken.pk]})
    assert Invoice.objects.get(pk=free.pk).assignee == rita
    assert Invoice.objects.get(pk=taken.pk).assignee == mona


def test_a_view_is_kept_under_a_name_and_is_ones_own() -> None:
    rita, mona = reviewer(), reviewer("mona")
    client = desk_of(rita)
    client.post(reverse("admin:invoices_invoice_save_view"), {"name": "Big ones", "query": "currency=USD&p=3"})
    assert SavedView.objects.get(user=rita).query == "currency=USD"
    assert "Big ones" in client.get(QUEUE).content.decode()
    other = desk_of(mona)
    assert "Big ones" not in other.get(QUEUE).content.decode()
    other.post(reverse("admin:invoices_invoice_delete_view", args=[SavedView.objects.get().pk]))
    assert SavedView.objects.count() == 1


# --- What the page asks -----------------------------------------------------------------------------------------------


def test_the_page_opens_with_a_bounded_number_of_queries() -> None:
    invoice = read_document()
    client = desk_of(reviewer())
    url = reverse("admin:invoices_invoice_change", args=[invoice.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)
    assert page.status_code == 200
    assert "Socket set, 42 pieces" in page.content.decode()
    assert len(queries) <= 20
    assert client.get(reverse("admin:invoices_invoice_change", args=["no-id"])).status_code == 404


def test_who_may_not_review_changes_nothing() -> None:
    invoice = make_invoice()
    staff = person("sam", Role.OPERATOR)
    staff.is_staff = True
    staff.save()
    client = desk_of(staff)
    for name in ("save", "approve", "reject", "assign", "accept", "preview", "here"):
        assert ask(client, invoice, name, version=1).status_code == 403
    assert client.get(reverse("admin:invoices_invoice_change", args=[invoice.pk])).status_code == 403
    assert Invoice.objects.get(pk=invoice.pk).version == 1


def test_a_try_stores_nothing_and_says_what_the_rules_say() -> None:
    invoice = read_document()
    answer = ask(desk_of(reviewer()), invoice, "preview", changes={"total_amount": "99,00", "due_date": "soon"}).json()
    assert [reason["code"] for reason in answer["reasons"]] == ["total_mismatch"]
    assert answer["errors"][0]["field"] == "due_date"
    assert answer["fields"]["total_amount"] == "99.00"
    assert answer["fields"]["amount_due"] == "99.00", "it was read off the total and goes along"
    assert Invoice.objects.get(pk=invoice.pk).version == 1


def test_approving_saves_what_was_typed_and_leads_to_the_next_by_the_filters_of_the_list() -> None:
    rita = reviewer()
    invoice, following = read_document(), make_invoice("NEXT", assignee=rita, confidence=Decimal("0.95"))
    make_invoice("NOT-MINE", confidence=Decimal("0.92"))
    Invoice.objects.filter(pk=invoice.pk).update(assignee=rita)
    url = reverse("admin:invoices_invoice_approve", args=[invoice.pk]) + "?_changelist_filters=assignee%3Dme"
    body = {"version": 1, "changes": {"purchase_order": "PO-7"}}
    answer = desk_of(rita).post(url, data=body, content_type="application/json").json()
    assert str(following.pk) in answer["next"]
    assert "_changelist_filters" in answer["next"]
    approved = Invoice.objects.get(pk=invoice.pk)
    assert (approved.status, approved.purchase_order) == ("approved", "PO-7")


def test_an_approval_that_fails_saves_nothing_of_what_was_typed() -> None:
    invoice = read_document()
    answer = ask(desk_of(reviewer()), invoice, "approve", version=1, changes={"total_amount": "99.00"})
    assert answer.status_code == 409
    assert Invoice.objects.get(pk=invoice.pk).total_amount == Decimal("120.00")


def test_a_newer_version_is_answered_with_what_stands_there_now() -> None:
    invoice, mona = read_document(), reviewer("mona")
    correct_invoice(invoice_id=invoice.pk, by=mona, changes={"purchase_order": "PO-MONA"}, version=1)
    answer = ask(desk_of(reviewer()), invoice, "save", version=1, changes={"purchase_order": "PO-RITA"})
    assert answer.status_code == 412
    now = answer.json()["now"]
    assert (now["version"], now["fields"]["purchase_order"], now["changed_by"]) == (2, "PO-MONA", "mona")


def test_a_decision_is_taken_back() -> None:
    invoice, client = read_document(), desk_of(reviewer())
    assert ask(client, invoice, "reject", version=1, why="Not ours.").status_code == 200
    assert ask(client, invoice, "reopen", why="undone").json()["status"] == "ready"
    told = InvoiceChange.objects.filter(invoice=invoice, field="status").values_list("new", "why")
    assert list(told) == [("rejected", "Not ours."), ("ready", "undone")]


def test_people_see_who_else_has_the_invoice_open_and_the_next_one_is_not_theirs() -> None:
    invoice, open_elsewhere, free = make_invoice("A"), make_invoice("B"), make_invoice("C")
    rita, mona = desk_of(reviewer()), desk_of(reviewer("mona"))
    ask(mona, invoice, "here", editing=True)
    ask(mona, open_elsewhere, "here")
    assert ask(rita, invoice, "here").json()["others"] == [{"name": "mona", "editing": True}]
    assert str(free.pk) in ask(rita, invoice, "skip").json()["next"]
    ask(mona, invoice, "here", gone=True)
    assert ask(rita, invoice, "here").json()["others"] == []


def test_a_document_is_read_again_with_the_policy_and_ceiling_asked_for_unless_decided() -> None:
    invoice, client = read_document(), desk_of(reviewer())
    url = reverse("admin:processing_document_read_again", args=[invoice.document.pk])
    client.post(url, {"policy": "rules", "budget_usd": "0,05"})
    job = ProcessingJob.objects.order_by("-created_at").first()
    assert job is not None
    assert (job.status, job.policy, job.budget_usd) == ("pending", "rules", Decimal("0.05"))
    assert run_job(job.pk)
    ask(client, invoice, "approve", version=Invoice.objects.get(pk=invoice.pk).version)
    assert Invoice.objects.get(pk=invoice.pk).status == "approved"
    page = client.post(url, {"policy": "rules", "budget_usd": "0.05"}, follow=True)
    assert "reopen it before" in page.content.decode()
    assert ProcessingJob.objects.count() == 2


def test_the_words_of_a_page_are_for_those_who_may_see_the_document() -> None:
    invoice = read_document()
    document = invoice.document
    url = reverse("document-words", args=[document.pk, 1])
    answer = desk_of(reviewer()).get(url).json()
    texts = [cell["text"] for row in answer["rows"] for cell in row["cells"]]
    assert "INV-1001" in texts
    assert answer["pages"] == 1
    assert len(desk_of(reviewer("mona")).get(f"{url}?start=2&rows=3").json()["rows"]) == 3
    assert desk_of(person("sam", Role.VIEWER)).get(url).status_code == 404
    assert desk_of(reviewer("rolf")).get(reverse("document-words", args=[document.pk, 2])).status_code == 404


# --- Reading where one points -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text", "around", "value"),
    [
        ("total_amount", "1.234,50", "1.234,50 €", Decimal("1234.50")),
        ("total_amount", "234,50", "1 234,50", Decimal("1234.50")),
        ("total_amount", "Gesamt 12,00 €", "", Decimal("12.00")),
        ("line_items[0].quantity".rpartition(".")[2], "50", "50 Stk", Decimal(50)),
        ("invoice_date", "März", "2. März 2026", date(2026, 3, 2)),
        ("invoice_date", "02.03.2026", "Datum 02.03.2026", date(2026, 3, 2)),
        ("iban", "9792", "DE55 9792 1346 8948 2827 15", "DE55979213468948282715"),
        ("currency", "€", "12,00 €", "EUR"),
        ("vendor_tax_id", "DE226018159", "USt-IdNr. DE226018159", "DE226018159"),
        ("invoice_number", "RE-2024-1", "Rechnung RE-2024-1", "RE-2024-1"),
    ],
)
def test_what_one_points_at_is_read_as_the_field_asks(field: str, text: str, around: str, value: Any) -> None:
    assert read_pointed(field, text, around=around, conventions=GERMAN)[0] == value


def test_what_is_no_value_of_the_field_is_refused() -> None:
    for field, text in (("total_amount", "Summe"), ("invoice_date", "Rechnung"), ("total_amount", "12,00 13,00")):
        with pytest.raises(BadValue):
            read_pointed(field, text, conventions=GERMAN)


def test_a_document_tells_how_it_writes_numbers() -> None:
    assert conventions_of(["1.234,50", "12,00"]).decimal_separator == ","
    assert conventions_of(["1,234.50"]).decimal_separator == "."
