"""Rate cards in the admin as a browser shows them: the sheet in its colours, decisions, quotes."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from invoices.models import RateCard
from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, keep_screenshot
from tests.browser.conftest import OpenPage, account, document_of
from tests.browser.site import LiveSite

CARDS = Path(__file__).resolve().parents[2] / "samples" / "rate_cards"
LOOKS = [(1440, "light"), (1024, "dark")]


@pytest.fixture
def rita(site: LiveSite) -> User:
    return account("rita", None, superuser=True, staff=True)


def card_of_sample(user: User, name: str, *, more: bytes = b"") -> RateCard:
    """``more`` makes it another document than the sample that other tests decide on."""
    card = document_of(user, name, kind="rate_card", data=(CARDS / name).read_bytes() + more).rate_card
    assert card is not None
    return card


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_sheet_of_a_card_is_coloured_by_what_its_columns_became(
    open_page: OpenPage, rita: User, width: int, scheme: str
) -> None:
    card = card_of_sample(rita, "northgale_parcel.xlsx")
    page = open_page(reverse("admin:invoices_ratecard_change", args=[card.id]), user=rita, width=width, scheme=scheme)
    price = page.locator("#rc-sheet td.rc-m-price", has_text="4.2")
    expect(price.first).to_be_visible()
    told = price.first.get_attribute("title") or ""
    assert told.startswith("Rates!")
    assert "price, axis zone" in told
    assert_no_sideways_scroll(page)
    assert_accessible(page, leave_out=["#nav-sidebar"])
    keep_screenshot(page, f"rate-card-{width}-{scheme}", full=True)


def test_the_page_of_a_pdf_card_has_its_cells_marked(open_page: OpenPage, rita: User) -> None:
    card = card_of_sample(rita, "kestrel_air.pdf")
    page = open_page(reverse("admin:invoices_ratecard_change", args=[card.id]), user=rita)
    expect(page.locator("#rc-sheet rect.rc-m-price").first).to_be_visible()
    assert page.locator("#rc-sheet rect.rc-m-price title").first.text_content()
    page.wait_for_function("document.querySelector('.rc-page img').complete")
    keep_screenshot(page, "rate-card-pdf", full=True)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_lists_of_cards_and_rates_open(open_page: OpenPage, rita: User, width: int, scheme: str) -> None:
    card_of_sample(rita, "caprock_ltl.xlsx")
    for model in ("ratecard", "rate", "zone", "surcharge", "fuelband"):
        page = open_page(reverse(f"admin:invoices_{model}_changelist"), user=rita, width=width, scheme=scheme)
        expect(page.locator("#changelist")).to_be_visible()
        keep_screenshot(page, f"{model}-list-{width}-{scheme}")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_quote_shows_its_charges_and_where_they_stand(
    open_page: OpenPage, rita: User, width: int, scheme: str
) -> None:
    card_of_sample(rita, "caprock_ltl.xlsx")
    page = open_page(reverse("admin:invoices_quote"), user=rita, width=width, scheme=scheme)
    page.get_by_label("City, port or airport").nth(0).fill("Dallas, TX")
    page.get_by_label("City, port or airport").nth(1).fill("Denver, CO")
    page.get_by_label("Weight of a piece").fill("450")
    page.get_by_label("Unit").nth(0).select_option("lb")
    page.get_by_label("Freight class").fill("70")
    page.get_by_label("Date").fill("2026-06-01")
    page.get_by_role("button", name="Get the price").click()
    offer = page.locator(".rc-offer").first
    expect(offer).to_contain_text("Caprock Freight Lines")
    expect(offer.locator(".rc-where").first).to_contain_text("LTL!")
    assert_no_sideways_scroll(page)
    assert_accessible(page, leave_out=["#nav-sidebar"])
    keep_screenshot(page, f"quote-{width}-{scheme}", full=True)


def test_a_card_is_rejected_with_a_stated_reason(open_page: OpenPage, rita: User) -> None:
    card = card_of_sample(rita, "tidewater_parcel.csv")
    RateCard.objects.filter(id=card.id).update(status=RateCard.Status.NEEDS_REVIEW)
    page = open_page(reverse("admin:invoices_ratecard_change", args=[card.id]), user=rita)
    page.get_by_role("textbox", name="Why").fill("A draft.")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator(".rc-head")).to_contain_text("rejected")
    expect(page.locator(".rc-history")).to_contain_text("A draft.")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_reviewer_gives_a_column_another_meaning(open_page: OpenPage, rita: User, width: int, scheme: str) -> None:
    card = card_of_sample(rita, "tidewater_parcel.csv", more=b"\n" * (width % 7 + 1))
    page = open_page(reverse("admin:invoices_ratecard_change", args=[card.id]), user=rita, width=width, scheme=scheme)
    page.get_by_text("Correct the header").click()
    page.get_by_text("Correct the column mapping").click()
    page.locator(".rc-mapping").get_by_label("Service", exact=True).select_option("service_code")
    assert_no_sideways_scroll(page)
    assert_accessible(page, leave_out=["#nav-sidebar"])
    keep_screenshot(page, f"rate-card-mapping-{width}-{scheme}", full=True)
    page.get_by_label("Why").last.fill("The column holds codes.")
    page.get_by_role("button", name="Read again").click()
    # What a person said of a layout is remembered: where it was said before, nothing changes.
    told = page.get_by_text("Reading the card again with your mapping").or_(page.get_by_text("No meaning was changed"))
    expect(told).to_be_visible()
