"""The rest of the admin as a browser shows it: the first page, lists, a job with its time line, the API's own page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from invoices.services.corrections import correct_invoice
from invoices.services.decisions import approve_invoice
from processing.models import DailyFigures, ProcessingJob
from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, keep_screenshot
from tests.browser.conftest import OpenPage, account, document_of

LOOKS = [(1440, "light"), (1440, "dark"), (1024, "light"), (390, "dark")]
LISTS = [
    "processing_document", "processing_processingjob", "processing_batch", "processing_workerheartbeat",
    "processing_llmcall", "processing_budget", "processing_breaker", "processing_mailmessage",
    "processing_inboundsource", "processing_dailyfigures", "webhooks_subscription", "webhooks_delivery",
    "accounts_apikey", "invoices_vendor", "auth_user", "auth_group",
]  # fmt: skip


@pytest.fixture
def dana(site: object) -> User:
    return account("dana", None, superuser=True, staff=True)


def figures_of_two_months() -> None:
    """A list by date shows its days or months only where it has several."""
    today = timezone.now().date()
    for back in (1, 2, 40):
        DailyFigures.objects.get_or_create(
            day=today - timedelta(days=back), kind="invoice", status="completed", method="rules",
            defaults={"jobs": 1, "waited_seconds": 1, "worked_seconds": 3},
        )  # fmt: skip


def weeks_of_work(user: User) -> None:
    """A month of figures, and invoices that people corrected and approved."""
    today = timezone.now().date()
    for back in range(1, 30):
        day = today - timedelta(days=back)
        for method, jobs in (("xml", 20 + back % 7), ("rules", 60 + 3 * (back % 5)), ("llm", 12 + back % 4)):
            DailyFigures.objects.get_or_create(
                day=day, kind="invoice", status="completed", method=method,
                defaults={"jobs": 2 if day.weekday() > 4 else jobs, "waited_seconds": jobs, "worked_seconds": 3 * jobs},
            )  # fmt: skip
    for name in ("01_werkzeugbau.pdf", "08_print_works.pdf", "19_drukkerij_ubl.xml"):
        invoice = document_of(user, name).invoice
        assert invoice is not None
        if invoice.status in ("ready", "needs_review"):
            if name.startswith("01"):
                changes = {"purchase_order": "PO-4711"}
                invoice = correct_invoice(invoice_id=invoice.id, by=user, changes=changes, version=invoice.version)
            approve_invoice(invoice_id=invoice.id, by=user, override="as agreed")
    cache.clear()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_dashboard_draws_its_charts(open_page: OpenPage, dana: User, width: int, scheme: str) -> None:
    weeks_of_work(dana)
    document_of(dana, "20_wrong_total.pdf")
    page = open_page(reverse("admin:index"), user=dana, width=width, scheme=scheme)
    expect(page.locator("canvas[data-chart]").first).to_be_visible()
    painted = page.evaluate(
        "[...document.querySelectorAll('canvas[data-chart]')].map(c => Chart.getChart(c)?.data.labels.length ?? 0)"
    )
    assert painted
    assert all(painted)
    page.get_by_text("As a table").first.click()
    expect(page.locator(".dash-table table").first).to_be_visible()
    page.get_by_text("As a table").first.click()
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    keep_screenshot(page, f"dashboard-{width}-{scheme}", full=True)


@pytest.mark.parametrize("name", LISTS)
def test_each_list_opens(open_page: OpenPage, dana: User, name: str) -> None:
    document_of(dana, "01_werkzeugbau.pdf")
    figures_of_two_months()
    page = open_page(reverse(f"admin:{name}_changelist"), user=dana)
    expect(page.locator("#changelist")).to_be_visible()
    assert_accessible(page)
    keep_screenshot(page, f"list-{name.split('_')[1]}")


def test_the_page_of_a_job_draws_its_time_line(open_page: OpenPage, dana: User) -> None:
    document = document_of(dana, "01_werkzeugbau.pdf")
    job = ProcessingJob.objects.filter(document=document).latest("created_at")
    page = open_page(reverse("admin:processing_processingjob_change", args=[job.id]), user=dana)
    expect(page.get_by_role("heading", name="Timeline")).to_be_visible()
    assert page.locator(".desk-timeline rect").count() >= 4
    assert_accessible(page)
    keep_screenshot(page, "job-timeline")


def test_the_spend_page_opens(open_page: OpenPage, dana: User) -> None:
    page = open_page(reverse("admin:processing_spend"), user=dana)
    expect(page.get_by_text("Shared budgets")).to_be_visible()
    assert_accessible(page)
    keep_screenshot(page, "spend-desk")


def test_the_page_of_the_api_needs_no_foreign_host(open_page: OpenPage, dana: User) -> None:
    page = open_page("/api/docs/", user=dana)
    expect(page.get_by_text("/api/v1/invoices/", exact=True).first).to_be_visible(timeout=20_000)
    keep_screenshot(page, "api-docs")
