"""What every test shares. The database is a real PostgreSQL; every test process has one of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker, Settings

from invoicesite.storage import document_storage
from tests.databases import FirstState, own_database

# How long one example takes says how busy the machine is; pytest-timeout bounds the whole test.
hypothesis_settings.register_profile("suite", deadline=None)
hypothesis_settings.load_profile("suite")

# What a test may use and still be quick: no database, no server, no browser, no program of its own.
_LIGHT_FIXTURES = frozenset(
    ["tmp_path", "tmp_path_factory", "monkeypatch", "capsys", "caplog", "request", "settings", "rf", "recwarn",
     "django_test_environment", "django_db_blocker", "subtests"]
)  # fmt: skip
_HEAVY_WORDS = (
    "subprocess", "multiprocessing", "sandbox", "Popen", "live_programs", "playwright", "benchmarks.", "process_time",
    "_server", "ocr_", "batch_pdfs", "thread_time", "forged_pdfs",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks as quick what asks for nothing that takes long to start, by what a test and its file use."""
    heavy: dict[Path, bool] = {}
    for item in items:
        if item.path not in heavy:
            source = item.path.read_text("utf-8")
            heavy[item.path] = any(word in source for word in _HEAVY_WORDS)
        own = item.callspec.params if hasattr(item, "callspec") else {}
        fixtures = {name for name in getattr(item, "fixturenames", ()) if name[0] != "_" and name not in own}
        if not heavy[item.path] and fixtures <= _LIGHT_FIXTURES and item.get_closest_marker("django_db") is None:
            item.add_marker("quick")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replaces pytest-django's own, which would run every migration anew in every worker."""
    with django_db_blocker.unblock():
        databases = own_database()
        databases.__enter__()
        first = FirstState.now()
    with pytest.MonkeyPatch.context() as patch:
        # What a test with real transactions ends with, in the place of a flush of all tables.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: first.restore())
        yield
    with django_db_blocker.unblock():
        databases.__exit__(None, None, None)


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords(django_test_environment: None) -> None:
    """A hash that withstands guessing takes most of a second, and nearly every test makes an account."""
    site_settings.PASSWORD_HASHERS = ["tests.hashers.QuickHasher"]


@pytest.fixture
def own_storage(tmp_path: Path, settings: Settings) -> Path:
    """A storage of documents for one test alone; gives its folder."""
    folder = tmp_path / "storage"
    settings.STORAGES = {**settings.STORAGES, "default": document_storage(folder.as_uri())}
    return folder
