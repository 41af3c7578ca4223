"""What the audit found, in a browser: the list of the freight analyst, and the section on the review page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from common.roles import Role
from invoices.models import Finding, Invoice, RateCard
from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, keep_screenshot
from tests.browser.conftest import OpenPage, account
from tests.databases import histories_open
from tests.invoices.audited import CARRIER, carrier_card, carrier_invoice

LIST = reverse("admin:invoices_finding_changelist")
# Room does not depend on colours: each width once.
LOOKS = {"light": [(1440, 900), (1024, 768)], "dark": [(390, 844)]}


@pytest.fixture
def rita() -> User:
    return account("rita", Role.REVIEWER, staff=True)


@pytest.fixture
def audited(rita: User) -> Iterator[Invoice]:
    """An invoice with three findings; gone afterwards, with the card, because the tests of a process share the site."""
    card = carrier_card(rita)
    invoice = carrier_invoice(rita)
    yield invoice
    with histories_open():
        Invoice.objects.filter(vendor_name__startswith=CARRIER).delete()
        RateCard.objects.filter(pk=card.pk).delete()


def assert_well_made(page: Page, name: str, scheme: str) -> None:
    for width, height in LOOKS[scheme]:
        page.set_viewport_size({"width": width, "height": height})
        assert_no_sideways_scroll(page)
        keep_screenshot(page, f"{name}-{width}-{scheme}")
    # What the bar on top of a small screen covers half is no target.
    page.evaluate("scrollTo(0, 0)")
    assert_accessible(page, leave_out=["#nav-sidebar"])


@pytest.mark.parametrize("scheme", LOOKS)
def test_the_list_and_the_page_are_well_made(
    open_page: OpenPage, rita: User, audited: Invoice, scheme: str
) -> None:  # fmt: skip
    page = open_page(LIST, user=rita, scheme=scheme)
    expect(page.locator("#result_list tbody tr")).to_have_count(3)
    assert_well_made(page, "findings", scheme)
    page.get_by_role("link", name="B-1").first.click()
    page.wait_for_selector("#review[data-ready]")
    expect(page.locator(".rv-finding.rv-marked")).to_contain_text("Saturday delivery")
    assert_well_made(page, "review-findings", scheme)


def test_a_finding_is_disputed_by_keys_and_another_accepted_by_mouse(
    open_page: OpenPage, rita: User, audited: Invoice
) -> None:
    page = open_page(reverse("admin:invoices_invoice_change", args=[audited.pk]), user=rita)
    page.wait_for_selector("#review[data-ready]")
    expect(page.locator(".rv-edit .rv-questioned")).to_have_count(3)
    page.keyboard.press("d")
    expect(page.locator(".rv-finding.rv-marked")).to_contain_text("6.90")
    page.keyboard.press("d")
    page.get_by_label("Why").fill("Not agreed.")
    page.keyboard.press("Control+Enter")
    disputed = page.locator(".rv-finding-disputed")
    expect(disputed).to_contain_text("“Not agreed.”")
    saturday = page.locator(".rv-finding", has_text="Saturday delivery")
    expect(saturday).to_have_class("rv-card rv-finding rv-finding-open rv-marked")
    saturday.get_by_role("button", name="Accept").click()
    page.locator("#rv-reason").get_by_role("button", name="Accept").click()
    expect(saturday.get_by_role("button", name="take back")).to_be_visible()
    told = Finding.objects.filter(invoice=audited).order_by("position").values_list("code", "status", "why")
    assert list(told) == [
        ("overcharged", "disputed", "Not agreed."),
        ("charge_not_on_card", "accepted", ""),
        ("billed_twice", "open", ""),
    ]
