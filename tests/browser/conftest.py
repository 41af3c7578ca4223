"""Browser tests: Debian's chromium against a live site with a worker.

A test takes ``open_page`` and gets pages that are watched: ``open_page("/path/", user=ann)`` is signed in as an account
that the test made by the ORM, which works on the site's own database in these tests.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Error, Page, sync_playwright
from pytest_django import DjangoDbBlocker, Settings

from common.roles import Role
from invoices.records import Kind
from invoicesite.storage import document_storage
from processing.models import Document, ProcessingJob
from processing.services.documents import JobOptions, submit_document
from tests.browser.checks import Watched
from tests.browser.site import LiveSite, live_site
from tests.browser.windows import Windows
from tests.databases import pointed_at

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SCREEN = {"width": 1440, "height": 900}
OpenPage = Callable[..., Page]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """It ends with the last browser test: the loop of events that it keeps in this thread stands in others' way."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("There is no browser: apt-get install chromium (.ci/run does it where it runs as root).")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Django would take this thread for an asynchronous program.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        try:
            # As root, which CI often is, chromium has no sandbox. No foreign host is ever found: what the provider's
            # own page asks of others is not waited for.
            hosts = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
            chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", hosts])
        except Error as error:
            pytest.skip(f"{path} does not start: {error.message.splitlines()[0]}")
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def site(
    browser: Browser,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[LiveSite]:
    """One site for all browser tests of a process that follow one another."""
    with django_db_blocker.unblock(), live_site(tmp_path_factory.mktemp("site")) as live:
        yield live


@pytest.fixture(autouse=True)
def site_database(site: LiveSite, settings: Settings, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test works on the site's database, without a transaction around it, and on its storage: the site must see
    what a test makes."""
    settings.STORAGES = {**settings.STORAGES, "default": document_storage(site.storage.as_uri())}
    with django_db_blocker.unblock(), pointed_at(site.database):
        yield
        connection.close()


@pytest.fixture(scope="package")
def windows(browser: Browser, site: LiveSite) -> Windows:
    return Windows(browser, site.url)


@pytest.fixture
def open_page(site: LiveSite, windows: Windows) -> Iterator[OpenPage]:
    """``open_page(path="", user=None, width=1440, height=900, scheme="light", script=True, first_script="")`` gives a
    page of a browser context of its own. At the end no page may have asked a foreign host or written an error to its
    console; what a test means to see is named by ``expecting(page.watched, pattern)``."""
    watched: list[Watched] = []

    def open_one(
        path: str = "",
        *,
        user: User | None = None,
        width: int = SCREEN["width"],
        height: int = SCREEN["height"],
        scheme: Any = "light",
        script: bool = True,
        first_script: str = "",
    ) -> Page:
        page = windows.take(script=script, first_script=first_script)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        if user is not None:
            # The sign-in page, which is left out here, would have told the site the browser's time zone.
            cookies = {site_settings.SESSION_COOKIE_NAME: session_of(user), "browser_time_zone": "Europe%2FBerlin"}
            page.context.add_cookies([{"name": key, "value": text, "url": site.url} for key, text in cookies.items()])
        watch = Watched(page, site.host, urlsplit(site.provider).netloc)
        watch.start()
        page.watched = watch  # type: ignore[attr-defined]
        watched.append(watch)
        if path:
            page.goto(site.url + path)
        return page

    yield open_one
    for watch in watched:
        watch.stop()
        windows.give_back(watch.page)
    for watch in watched:
        watch.assert_clean()


def session_of(user: User) -> str:
    """The key of a new session of the user."""
    client = Client()
    client.force_login(user, backend="invoicesite.accounts.sign_in.LocalAccounts")
    return client.cookies[site_settings.SESSION_COOKIE_NAME].value


def account(name: str, role: Role | None = Role.OPERATOR, *, staff: bool = False, superuser: bool = False) -> User:
    """The account of this name on the site, made at the first call."""
    user, made = User.objects.get_or_create(
        username=name, defaults={"first_name": name.capitalize(), "is_staff": staff, "is_superuser": superuser}
    )
    if made:
        user.set_password(f"{name}-secret-words")
        user.save()
        if role is not None:
            user.groups.add(Group.objects.get(name=role))
    return user


DOCUMENTS = Path(__file__).resolve().parents[2] / "samples" / "documents"
READ_SECONDS = 60.0


def document_of(user: User, name: str, *, kind: Kind = "invoice", data: bytes | None = None) -> Document:
    """A document of the user that the site's worker has processed: ``samples/documents/{name}``, or ``data``."""
    submission = submit_document(
        data=data if data is not None else (DOCUMENTS / name).read_bytes(),
        filename=name,
        kind=kind,
        owner_id=user.pk,
        options=JobOptions(policy="rules", priority=10),
    )
    ended = [ProcessingJob.Status.COMPLETED, ProcessingJob.Status.FAILED]
    deadline = time.monotonic() + READ_SECONDS
    while not ProcessingJob.objects.filter(pk=submission.job.pk, status__in=ended).exists():
        assert time.monotonic() < deadline, f"{name} was not processed in {READ_SECONDS:g} s"
        time.sleep(0.1)
    return Document.objects.select_related("invoice", "rate_card").get(pk=submission.document.pk)
