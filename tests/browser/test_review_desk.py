"""The review desk in a browser: the queue, a correction by a click on the page, decisions by keys, two at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import count, islice

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from common.roles import Role
from invoices.models import Invoice, InvoiceChange
from invoices.services.assignment import assign_invoice
from invoices.services.corrections import correct_invoice
from processing.models import Document
from processing.pipeline.run import run_job
from processing.services.documents import JobOptions, submit_document
from tests.browser.checks import assert_accessible, expecting, keep_screenshot
from tests.browser.conftest import OpenPage, account
from tests.processing.pdf_pages import Placed, draw_pdf

_numbers = count(4001)
QUEUE = "/admin/invoices/invoice/"
VENDOR = "Northwind Tools Ltd"


def pdf_invoice(number: str, vendor: str, net: Decimal) -> bytes:
    """An invoice of one page that the rules read without a question."""
    total = f"{net * Decimal('1.2'):.2f}"
    head: Sequence[Placed] = [
        (50, 60, vendor),
        (50, 76, "12 Harbour Road, Bristol BS1 4QA, United Kingdom"),
        (50, 120, "INVOICE"),
        (50, 160, "Bill to:"), (170, 160, "Contoso Retail Ltd"),
        (50, 176, "Invoice number:"), (170, 176, number),
        (50, 192, "Invoice date:"), (170, 192, "2026-03-02"),
        (50, 208, "Due date:"), (170, 208, "2026-04-01"),
        (50, 224, "Currency:"), (170, 224, "GBP"),
    ]  # fmt: skip
    table: Sequence[Placed] = [
        (50, 270, "Description"), (300, 270, ">Quantity"), (400, 270, ">Unit price"), (520, 270, ">Amount"),
        (50, 290, "Socket set, 42 pieces"), (300, 290, ">1"), (400, 290, f">{net:.2f}"), (520, 290, f">{net:.2f}"),
        (400, 330, ">Subtotal"), (520, 330, f">{net:.2f}"),
        (400, 346, ">VAT 20 %"), (520, 346, f">{net * Decimal('0.2'):.2f}"),
        (400, 362, ">Total"), (520, 362, f">{total}"),
    ]  # fmt: skip
    return draw_pdf([[*head, *table]])


def read_invoices(owner: User, amount: int) -> list[Invoice]:
    """Clean invoices, read here: these tests are not about the worker, and need not wait for it."""
    invoices = []
    for number in islice(_numbers, amount):
        data = pdf_invoice(f"RD-{number}", VENDOR, Decimal(number))
        submission = submit_document(
            data=data,
            filename=f"rd-{number}.pdf",
            owner_id=owner.pk,
            options=JobOptions(policy="rules"),
            enqueue=False,
        )
        assert run_job(submission.job.id)
        invoice = Document.objects.select_related("invoice").get(pk=submission.document.pk).invoice
        assert invoice is not None
        assert invoice.status == Invoice.Status.READY, list(invoice.reasons.all())
        invoices.append(invoice)
    return invoices


def read_invoice(owner: User) -> Invoice:
    return read_invoices(owner, 1)[0]


def misread(invoice: Invoice, by: User) -> Invoice:
    """The same with a total that is none: what a wrong reading leaves behind."""
    return correct_invoice(
        invoice_id=invoice.pk,
        by=by,
        changes={"total_amount": str((invoice.total_amount or 0) + 7)},
        version=invoice.version,
    )


def address(invoice: Invoice) -> str:
    return reverse("admin:invoices_invoice_change", args=[invoice.pk])


def ready(page: Page, invoice: Invoice | None = None) -> None:
    """Wait until the page, or the one of this invoice, takes keys."""
    if invoice is not None:
        page.wait_for_url(re.compile(str(invoice.pk)))
    page.wait_for_selector("#review[data-ready]")


def word(page: Page, text: str) -> Locator:
    return page.locator(".rv-words span", has_text=re.compile(f"^{re.escape(text)} *$")).last


@pytest.fixture
def rita() -> User:
    return account("rita", Role.REVIEWER, staff=True)


@pytest.fixture
def omar() -> User:
    return account("omar")


@pytest.mark.timeout(300)  # eleven documents are read and thirteen pages opened, on a machine that may be busy
def test_ten_clean_invoices_and_one_to_correct_take_twelve_keys_and_one_click(
    open_page: OpenPage, rita: User, omar: User
) -> None:
    invoices = read_invoices(omar, 11)
    wrong = misread(invoices[4], omar)
    total = f"{wrong.subtotal * Decimal('1.2'):.2f}" if wrong.subtotal else ""
    for invoice in invoices:
        assign_invoice(invoice_id=invoice.pk, by=rita, to=rita)
    keys = clicks = 0
    page = open_page(f"{QUEUE}?assignee=me", user=rita)
    assert_accessible(page)
    keep_screenshot(page, "review-queue")

    page.keyboard.press("Enter")  # opens the first one: the one with a question
    keys += 1
    ready(page, wrong)
    expect(page.locator("[data-problems]")).to_contain_text("to check")
    expect(word(page, total)).to_be_visible()
    keep_screenshot(page, "review-page")
    word(page, total).click()
    clicks += 1
    expect(page.locator("#f-total_amount")).to_have_value(total)
    expect(page.locator("[data-problems]")).to_contain_text("All checks passed")
    for _ in range(11):
        before = page.url
        page.keyboard.press("Enter")
        keys += 1
        page.wait_for_url(lambda url, before=before: url != before)
        page.wait_for_load_state()
        if "/change/" in page.url:
            ready(page)

    expect(page.locator(".rq-views")).to_be_visible()  # nothing is left: the queue again
    decided = Invoice.objects.filter(pk__in=[invoice.pk for invoice in invoices])
    assert {invoice.status for invoice in decided} == {Invoice.Status.APPROVED}
    corrected = Invoice.objects.get(pk=wrong.pk)
    assert corrected.total_amount == Decimal(total)
    assert corrected.evidence["total_amount"]["method"] == "person"
    assert corrected.evidence["total_amount"]["page"] == 1
    assert (keys, clicks) == (12, 1)


def test_an_approval_is_undone_by_one_key_from_the_next_page(open_page: OpenPage, rita: User, omar: User) -> None:
    first, second = read_invoices(omar, 2)
    for invoice in (first, second):
        assign_invoice(invoice_id=invoice.pk, by=rita, to=rita)
    page = open_page(f"{address(first)}?_changelist_filters=assignee%3Dme", user=rita)
    ready(page)
    page.keyboard.press("Enter")
    ready(page, second)
    expect(page.locator("[data-toasts]")).to_contain_text(f"Approved {first}")
    assert Invoice.objects.get(pk=first.pk).status == Invoice.Status.APPROVED
    page.keyboard.press("u")
    ready(page, first)
    expect(page.locator("[data-status-chip]")).to_have_text("ready")
    assert Invoice.objects.get(pk=first.pk).status == Invoice.Status.READY


def test_an_invoice_is_rejected_with_a_reason(open_page: OpenPage, rita: User, omar: User) -> None:
    invoice = read_invoice(omar)
    page = open_page(address(invoice), user=rita)
    ready(page)
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog", name="Reject this invoice")
    expect(dialog).to_be_visible()
    assert_accessible(page)
    page.keyboard.type("Not ordered by us.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: str(invoice.pk) not in url)
    assert Invoice.objects.get(pk=invoice.pk).status == Invoice.Status.REJECTED
    change = InvoiceChange.objects.get(invoice=invoice, field="status")
    assert (change.why, change.changed_by) == ("Not ordered by us.", rita)


def test_two_who_save_the_same_invoice_both_see_it_and_nothing_typed_is_lost(
    open_page: OpenPage, rita: User, omar: User
) -> None:
    invoice = read_invoice(omar)
    mona = account("mona", Role.REVIEWER, staff=True)
    of_rita = open_page(address(invoice), user=rita)
    ready(of_rita)
    of_mona = open_page(address(invoice), user=mona)
    ready(of_mona)
    expect(of_mona.locator("[data-presence]")).to_have_text("rita has this open too")

    of_rita.fill("#f-purchase_order", "PO-RITA")
    of_rita.keyboard.press("Control+s")
    expect(of_rita.locator("[data-toasts]")).to_contain_text("Saved")
    of_mona.fill("#f-due_date", "2026-05-05")
    with expecting(of_mona.watched, "412"):  # type: ignore[attr-defined]
        of_mona.keyboard.press("Control+s")
        conflict = of_mona.get_by_role("dialog", name="Someone else changed this invoice")
        expect(conflict).to_contain_text("rita saved version 2")
        expect(conflict).to_contain_text("2026-05-05")
        expect(conflict).to_contain_text("PO-RITA")
        expect(of_mona.locator("#f-due_date")).to_have_value("2026-05-05")
        conflict.get_by_role("button", name="Keep my values").click()
        expect(of_mona.locator("[data-toasts]")).to_contain_text("Saved")
    kept = Invoice.objects.get(pk=invoice.pk)
    assert (kept.purchase_order, f"{kept.due_date}", kept.version) == ("PO-RITA", "2026-05-05", 3)


def test_a_blocking_reason_is_only_passed_with_words(open_page: OpenPage, rita: User, omar: User) -> None:
    invoice = misread(read_invoice(omar), omar)
    page = open_page(address(invoice), user=rita, scheme="dark")
    ready(page)
    assert_accessible(page)
    keep_screenshot(page, "review-page-dark")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Approve anyway?")).to_be_visible()
    page.keyboard.press("Escape")
    assert Invoice.objects.get(pk=invoice.pk).status == Invoice.Status.NEEDS_REVIEW
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog", name="Approve anyway?")).to_be_visible()
    page.keyboard.type("Agreed on the phone.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: str(invoice.pk) not in url)
    assert InvoiceChange.objects.filter(invoice=invoice, field="status", why="Agreed on the phone.").exists()


def test_cells_of_a_spreadsheet_are_pasted_and_the_sum_follows(open_page: OpenPage, rita: User, omar: User) -> None:
    invoice = read_invoice(omar)
    page = open_page(address(invoice), user=rita)
    ready(page)
    net = f"{invoice.subtotal:,.2f}"
    lines = page.locator("[data-table=line_items]")
    expect(lines.locator("[data-sum]")).to_have_text(f"Σ {net}")
    cell = lines.locator("[data-column=description]").first
    cell.click()
    cell.evaluate(
        """(cell, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        "Bolt\t2\t1.50\t3.00\nNut\t4\t0.25\t1.00\n",
    )
    expect(lines.locator("tbody tr")).to_have_count(2)
    expect(lines.locator("[data-sum]")).to_have_text("Σ 4.00")
    expect(page.locator("[data-problems]")).to_contain_text("to check")
    assert invoice.lines.count() == 1, "nothing is stored before somebody saves"


def test_a_field_is_filled_by_a_box_drawn_around_words_and_undone(open_page: OpenPage, rita: User, omar: User) -> None:
    invoice = read_invoice(omar)
    page = open_page(address(invoice), user=rita)
    ready(page)
    name = page.locator("#f-buyer_name")
    name.click()
    first = page.locator(".rv-words span", has_text="Harbour").bounding_box()
    last = page.locator(".rv-words span", has_text="Road").bounding_box()
    assert first is not None
    assert last is not None
    page.mouse.move(first["x"] - 3, first["y"] - 3)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + last["height"], steps=4)
    page.mouse.move(last["x"] + last["width"] - 1, last["y"] + last["height"] + 2)
    page.mouse.up()
    expect(name).to_have_value("Harbour Road,")
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(name).to_have_value("Contoso Retail Ltd")
