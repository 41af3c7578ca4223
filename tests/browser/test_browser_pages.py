"""Every page of the web UI, in three widths, light and dark: accessible, within its window, without a foreign request.

With SCREENSHOTS=1 this run makes the pictures in docs/screenshots.
"""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

import pytest
import xlsxwriter
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from invoices.models import RateCard
from processing.models import Document, LLMCall
from processing.spending.ledger import CallEnd, reserve, settle
from processing.usage import Usage
from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, expecting, keep_screenshot
from tests.browser.conftest import OpenPage, account, document_of
from tests.browser.site import LiveSite
from tests.processing.ledger_factories import make_job, make_terms

Scheme = Literal["light", "dark"]
VIEWS: tuple[tuple[int, Scheme], ...] = ((1440, "light"), (1440, "dark"), (1024, "light"), (390, "light"))
SAMPLES = (
    "01_werkzeugbau.pdf", "03_facturx.pdf", "05_outfitter_discount_shipping.pdf", "10_consulting.txt",
    "11_sixty_items.pdf", "19_drukkerij_ubl.xml", "20_wrong_total.pdf",
)  # fmt: skip


def rate_card_xlsx() -> bytes:
    """A parcel tariff as carriers send it: zones across, weights down, a surcharge below."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Tariff")
    rows: list[list[Any]] = [
        ["Carrier:", "Kestrel Parcel Ltd"],
        ["Service:", "Express"],
        ["Currency:", "EUR"],
        ["Valid from:", "2026-01-01"],
        ["Valid to:", "2026-12-31"],
        [],
        ["Weight up to kg", "Zone 1", "Zone 2", "Zone 3"],
        *[[weight, 4 + weight * 0.4, 6 + weight * 0.6, 9 + weight * 0.9] for weight in (1, 2, 5, 10, 20, 30)],
        [],
        ["Fuel surcharge", "12.5%"],
    ]
    for index, row in enumerate(rows):
        sheet.write_row(index, 0, row)
    book.close()
    return buffer.getvalue()


@pytest.fixture
def ann(site: LiveSite) -> User:
    """An operator with documents of every state, some spend and a rate card; made once for the site."""
    user = account("ann")
    if Document.objects.filter(owner=user).exists():
        return user
    for name in SAMPLES:
        document_of(user, name)
    failed = make_job(owner_id=user.pk, filename="scan_of_a_receipt.pdf")
    failed.status, failed.outcome, failed.finished_at = "failed", "unreadable", timezone.now()
    failed.error_code, failed.error_message = "extraction_failed", "The document could not be read."
    failed.attempts, failed.started_at, failed.stage = 1, timezone.now(), "reading"
    failed.save()
    waiting = make_job(owner_id=user.pk, filename="waiting_for_a_worker.pdf")
    waiting.not_before = timezone.now() + timedelta(days=1)
    waiting.save()
    for days_ago in range(0, 28, 3):
        job = make_job(owner_id=user.pk, filename=f"scan_{days_ago:02}.pdf")
        call = reserve(job=job, terms=make_terms("0.01"))
        cost = Decimal("0.0004") * (1 + days_ago * 7 % 11)
        settle(call_id=call.pk, end=CallEnd(outcome="success", cost_usd=cost, usage=Usage(2400, 180)))
        LLMCall.objects.filter(pk=call.pk).update(started_at=timezone.now() - timedelta(days=days_ago))
        job.status, job.outcome, job.method, job.finished_at = "cancelled", "cancelled", "llm", timezone.now()
        job.save()
        Document.objects.filter(pk=job.document_id).update(created_at=timezone.now() - timedelta(days=60))
    document_of(user, "kestrel_express_2026.xlsx", kind="rate_card", data=rate_card_xlsx())
    RateCard.objects.filter(owner=user).update(status=RateCard.Status.ACTIVE)
    return user


def address_of(name: str, user: User) -> str:
    documents = Document.objects.filter(owner=user)
    jobs = {document.filename: document.jobs.get() for document in documents.prefetch_related("jobs")}
    return {
        "documents": "/",
        "documents-none-found": "/?q=nothing-is-called-so",
        "upload": reverse("upload"),
        "job-done": reverse("job", args=[jobs["03_facturx.pdf"].pk]),
        "job-failed": reverse("job", args=[jobs["scan_of_a_receipt.pdf"].pk]),
        "job-waiting": reverse("job", args=[jobs["waiting_for_a_worker.pdf"].pk]),
        "result": reverse("result", args=[documents.get(filename="03_facturx.pdf").pk]),
        "result-reasons": reverse("result", args=[documents.get(filename="20_wrong_total.pdf").pk]),
        "result-text": reverse("result", args=[documents.get(filename="10_consulting.txt").pk]),
        "result-xml": reverse("result", args=[documents.get(filename="19_drukkerij_ubl.xml").pk]),
        "result-long": reverse("result", args=[documents.get(filename="11_sixty_items.pdf").pk]),
        "spend": reverse("my-spend"),
        "rate-cards": reverse("rate-cards"),
        "rate-card": reverse("rate-card", args=[RateCard.objects.get(owner=user).pk]),
        "quote": reverse("quote"),
        "quote-prices": reverse("quote") + f"?zone=2&count=2&weight=4.2&weight_unit=kg&day={date(2026, 3, 2)}",
        "quote-wrong": reverse("quote") + "?weight=&count=1&weight_unit=kg",
        "profile": reverse("profile"),
        "api-keys": reverse("api-keys"),
    }[name]


PAGES = [
    "documents", "documents-none-found", "upload", "job-done", "job-failed", "job-waiting", "result", "result-reasons",
    "result-text", "result-xml", "result-long", "spend", "rate-cards", "rate-card", "quote", "quote-prices",
    "quote-wrong", "profile", "api-keys",
]  # fmt: skip
# Kept as pictures at 1440 px, light and dark.
MAIN_PAGES = {"documents", "upload", "result", "result-reasons", "spend", "quote-prices", "job-done"}


def settled(page: Page) -> None:
    """Until the pictures of pages are there."""
    page.wait_for_load_state("load")
    page.evaluate(
        "Promise.all([...document.images].filter(i => i.loading !== 'lazy').map(i => i.decode().catch(() => 0)))"
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits_every_window(name: str, open_page: OpenPage, ann: User) -> None:
    page = open_page(user=ann)
    with expecting(page.watched, "status of 400"):  # type: ignore[attr-defined]
        look_at(page, address_of(name, ann), name)


def look_at(page: Page, path: str, name: str) -> None:
    """Opens the page, then checks it in every width and both schemes."""
    base = f"http://{page.watched.host}"  # type: ignore[attr-defined]
    page.goto(base + path)
    settled(page)
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 900 if width > 600 else 844})
        page.emulate_media(color_scheme=scheme)
        assert_no_sideways_scroll(page)
        if (width, scheme) != (1024, "light"):
            assert_accessible(page)
        if width == 1440 and (scheme == "light" or name in MAIN_PAGES):
            keep_screenshot(page, f"{name}-{scheme}" if name in MAIN_PAGES else name)
        elif width == 390 and name in MAIN_PAGES:
            keep_screenshot(page, f"{name}-phone")


def test_pages_for_who_is_not_signed_in(open_page: OpenPage, site: LiveSite) -> None:
    page = open_page()
    look_at(page, "/sign-in/", "sign-in")
    page.get_by_label("User name").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)


def test_error_pages_are_designed(open_page: OpenPage, ann: User) -> None:
    page = open_page(user=ann)
    with expecting(page.watched, "status of 4"):  # type: ignore[attr-defined]
        look_at(page, "/nothing/here/", "not-found")
        look_at(page, "/admin/login/", "forbidden")


def test_the_first_page_of_a_new_account_says_what_to_do(open_page: OpenPage) -> None:
    page = open_page(user=account("newcomer"))
    look_at(page, "/", "documents-empty")
    expect(page.get_by_role("link", name="Upload documents")).to_be_visible()
