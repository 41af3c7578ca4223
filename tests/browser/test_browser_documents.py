"""The main path in a browser: sign in at the provider, upload, watch it finish, look, take it along."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.checks import assert_accessible, expecting, keep_screenshot
from tests.browser.conftest import DOCUMENTS, OpenPage, account, document_of
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


def test_who_may_not_sign_in_reads_why(open_page: OpenPage, site: LiveSite) -> None:
    page = open_page("/sign-in/")
    with expecting(page.watched, "status of 403"):  # type: ignore[attr-defined]
        page.get_by_role("button", name="Sign in with Google").click()
        page.get_by_role("button", name="1002").click()
        expect(page.get_by_role("heading", name="You cannot sign in here")).to_be_visible()
        assert_accessible(page)
        keep_screenshot(page, "sign-in-refused")


def test_the_main_path_works_without_script(open_page: OpenPage, site: LiveSite) -> None:
    page = open_page("/upload/", user=account("noscript"), script=False)
    page.get_by_label("Choose files").set_input_files([DOCUMENTS / "04_hosting.txt", DOCUMENTS / "23_damaged.pdf"])
    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".upload-item").filter(has_text="23_damaged.pdf")).to_contain_text("corrupt_file")
    page.get_by_role("link", name="04_hosting.txt").click()
    for _ in range(60):
        if page.get_by_role("link", name="Open the result").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    page.get_by_role("link", name="Open the result").click()
    total = page.locator("[data-field=total_amount] a")
    total.click()
    expect(page).to_have_url(re.compile("#at-total_amount$"))
    expect(page.locator("mark:has(#at-total_amount)")).to_be_visible()


def test_a_field_lights_up_its_place_and_a_place_its_field(open_page: OpenPage) -> None:
    user = account("reader")
    document = document_of(user, "11_sixty_items.pdf")
    page = open_page(f"/documents/{document.pk}/", user=user)
    box = page.locator("rect[data-of=total_amount]")
    expect(box).not_to_have_class(re.compile("lit"))
    page.locator("[data-field=total_amount] a").focus()
    expect(box).to_have_class(re.compile("lit"))
    expect(box).to_be_in_viewport()
    page.locator("rect[data-of=invoice_number]").click(force=True)
    expect(page.locator("[data-field=invoice_number]")).to_have_class(re.compile("lit"))
    expect(page.locator("[data-field=invoice_number] a")).to_be_focused()


def test_where_there_is_no_socket_the_page_asks(open_page: OpenPage, site: LiveSite) -> None:
    page = open_page("/upload/", user=account("unplugged"), first_script="delete window.WebSocket")
    page.get_by_label("Choose files").set_input_files(DOCUMENTS / "10_consulting.txt")
    chip = page.locator(".upload-item .chip")
    expect(chip).to_have_text(re.compile("Ready|Needs review"), timeout=60_000)


def test_a_file_that_is_refused_says_so_at_once_and_stops_no_other(open_page: OpenPage, site: LiveSite) -> None:
    page = open_page("/upload/", user=account("mixed"))
    with expecting(page.watched, "status of 400"):  # type: ignore[attr-defined]
        page.get_by_label("Choose files").set_input_files(
            [DOCUMENTS / "23_damaged.pdf", DOCUMENTS / "06_office_supply.txt"]
        )
        refused = page.locator(".upload-item").filter(has_text="23_damaged.pdf")
        expect(refused.locator(".chip")).to_have_text("Rejected")
        expect(refused).to_contain_text("corrupt_file")
        taken = page.locator(".upload-item").filter(has_text="06_office_supply.txt")
        expect(taken.locator(".chip")).to_have_text(re.compile("Ready|Needs review"), timeout=60_000)
        assert_accessible(page)
        keep_screenshot(page, "upload-done")


def test_signing_out_ends_the_session(open_page: OpenPage, site: LiveSite) -> None:
    page = open_page("/", user=account("leaver"))
    page.get_by_label("Account: Leaver").click()
    assert_accessible(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{site.url}/sign-in/")
    page.goto(f"{site.url}/upload/")
    expect(page).to_have_url(f"{site.url}/sign-in/?next=/upload/")
