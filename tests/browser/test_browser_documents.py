"""The main path in a browser: sign in at the provider, upload, watch it finish, look, take it along."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.checks import assert_accessible
from tests.browser.conftest import DOCUMENTS, OpenPage
from tests.browser.site import LiveSite

FILES = ("01_werkzeugbau.pdf", "04_hosting.txt", "19_drukkerij_ubl.xml")


def test_sign_in_upload_three_documents_watch_them_finish_and_download(open_page: OpenPage, site: LiveSite) -> None:
    page = open_page("/")
    expect(page).to_have_url(f"{site.url}/sign-in/?next=/")
    assert_accessible(page)
    page.get_by_role("button", name="Sign in with Google").click()
    page.wait_for_url(f"{site.provider}/**")
    page.get_by_role("button", name="1001").click()
    expect(page).to_have_url(f"{site.url}/")
    expect(page.get_by_role("heading", name="No documents yet")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Upload documents").click()
    page.get_by_label("Choose files").set_input_files([DOCUMENTS / name for name in FILES])
    items = page.locator("#items .upload-item")
    expect(items).to_have_count(3)
    page.evaluate("window.notReloaded = true")
    for name in FILES:
        item = items.filter(has_text=name)
        expect(item.locator(".chip")).to_have_text(re.compile("Ready|Needs review"), timeout=60_000)
    assert page.evaluate("window.notReloaded"), "the page was loaded again"
    assert_accessible(page)

    items.filter(has_text="04_hosting.txt").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"\w"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Original").click()
    assert download.value.path().read_bytes() == (DOCUMENTS / "04_hosting.txt").read_bytes()
