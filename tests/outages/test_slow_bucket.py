"""A bucket that takes its time, and what a client for it costs."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from pytest_django import Settings

from invoicesite.storage import document_storage
from processing.errors import StorageUnavailable
from processing.storage import store_bytes
from tests.storages import s3


@pytest.fixture
def silent_server() -> Iterator[str]:
    """Takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def accept() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        for each in held:
            each.close()


def test_an_upload_to_a_bucket_that_says_nothing_ends_in_time(
    silent_server: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", silent_server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    settings.STORAGES = {**settings.STORAGES, "default": document_storage("s3://documents/some")}
    settings.STORAGE_DEADLINE_SECONDS = Decimal(1)
    began = time.monotonic()
    with pytest.raises(StorageUnavailable, match="in time"):
        store_bytes(key="raw/2026/11/a.txt", data=b"INVOICE 1")
    assert time.monotonic() - began < 10, "one read of it takes 30 seconds"


def test_threads_of_a_process_share_one_client(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with s3(monkeypatch) as url:
        settings.STORAGES = {**settings.STORAGES, "default": document_storage(url)}
        keys = [f"raw/2026/11/{number}.txt" for number in range(24)]
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda key: store_bytes(key=key, data=key.encode()), keys))
            clients = set(threads.map(lambda _: id(default_storage.connection.meta.client), range(32)))
        assert len(clients) == 1
        for key in keys:
            with default_storage.open(key) as file:
                assert file.read() == key.encode()
