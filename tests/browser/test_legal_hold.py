"""A document is put on legal hold on its page."""

from __future__ import annotations

from playwright.sync_api import expect

from common.roles import Role
from processing.models import Document
from processing.services.documents import submit_document
from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, keep_screenshot
from tests.browser.conftest import OpenPage, account
from tests.processing.invoice_files import text_invoice


def test_an_admin_holds_a_document_with_a_reason(open_page: OpenPage) -> None:
    ada = account("ada-holds", Role.ADMIN, staff=True)
    document = submit_document(data=text_invoice(number="H-1"), filename="held.txt", owner_id=ada.pk).document
    page = open_page(f"/admin/processing/document/{document.id}/legal-hold/", user=ada)
    page.get_by_label("Reason").fill("Claim 17 of the carrier")
    page.get_by_role("button", name="Put on legal hold").click()
    expect(page.get_by_role("button", name="Lift the legal hold")).to_be_visible()
    expect(page.get_by_role("region", name="History")).to_contain_text("Claim 17 of the carrier")
    assert_no_sideways_scroll(page)
    assert_accessible(page, leave_out=["#nav-sidebar"])
    keep_screenshot(page, "legal-hold")
    assert Document.objects.get(id=document.id).legal_hold
