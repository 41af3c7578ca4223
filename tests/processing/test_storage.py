"""The same promises over every kind of storage."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import requests
import time_machine
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from common.errors import NotFound
from invoicesite.env import BadEnvironment
from invoicesite.storage import document_storage
from processing.channels.bucket import is_bucket
from processing.errors import FileTooLarge, StorageAnsweredWrongly, StorageUnavailable
from processing.models import Document
from processing.services.documents import submit_document
from processing.services.links import document_link
from processing.storage import delete_bytes, fetch_bytes, inbox_bytes, new_key, signed_url, store_bytes
from tests import storages
from tests.processing.invoice_files import text_invoice

DATA = bytes(range(256)) * 4000 + b"the end"
SHA256 = hashlib.sha256(DATA).hexdigest()
TEXT = b"INVOICE\nInvoice number: 77\nInvoice date: 2026-03-02\nTotal: 12.00 EUR\n"


@pytest.fixture(scope="module", params=["folder", "s3", "azure"])
def storage_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    environment = pytest.MonkeyPatch()
    folder = tmp_path_factory.mktemp("storage")
    opened = {
        "folder": lambda: storages.folder(folder),
        "s3": lambda: storages.s3(environment),
        "azure": lambda: storages.azure(environment, folder),
    }[request.param]()
    try:
        with opened as url:
            yield url
    finally:
        environment.undo()


@pytest.fixture
def storage(storage_url: str, settings: Settings) -> str:
    settings.STORAGES = {**settings.STORAGES, "default": document_storage(storage_url)}
    return storage_url


def key() -> str:
    return new_key(extension=".pdf", now=datetime(2026, 3, 4, tzinfo=UTC))


@pytest.mark.usefixtures("storage")
def test_the_bytes_that_come_back_are_the_bytes_that_went_in() -> None:
    name = key()
    store_bytes(key=name, data=DATA)
    assert fetch_bytes(key=name, sha256=SHA256) == DATA


def test_keys_are_ours_and_tell_the_month() -> None:
    assert re.fullmatch(r"raw/2026/03/[0-9a-f-]{36}\.pdf", key())
    assert key() != key()


@pytest.mark.usefixtures("storage")
def test_what_is_stored_is_never_overwritten() -> None:
    name = key()
    store_bytes(key=name, data=DATA)
    with pytest.raises(StorageUnavailable):
        store_bytes(key=name, data=b"another")
    assert fetch_bytes(key=name, sha256=SHA256) == DATA


@pytest.mark.usefixtures("storage")
def test_a_file_that_is_gone_or_changed_is_told_apart_from_a_storage_that_is_away() -> None:
    name = key()
    with pytest.raises(StorageAnsweredWrongly):
        fetch_bytes(key=name, sha256=SHA256)
    default_storage.save(name, ContentFile(b"something else"))
    with pytest.raises(StorageAnsweredWrongly, match="differs from the file"):
        fetch_bytes(key=name, sha256=SHA256)


@pytest.mark.usefixtures("storage")
def test_deleting_twice_is_no_error() -> None:
    name = key()
    store_bytes(key=name, data=DATA)
    delete_bytes(key=name)
    delete_bytes(key=name)
    assert not default_storage.exists(name)


@pytest.mark.usefixtures("storage")
def test_only_the_inbox_is_read_by_key() -> None:
    default_storage.delete("inbox/7/march.pdf")
    default_storage.save("inbox/7/march.pdf", ContentFile(DATA))
    assert inbox_bytes(key="inbox/7/march.pdf", max_bytes=len(DATA)) == DATA
    with pytest.raises(FileTooLarge):
        inbox_bytes(key="inbox/7/march.pdf", max_bytes=len(DATA) - 1)
    private = key()
    store_bytes(key=private, data=DATA)
    for name in (
        private,
        f"inbox/../{private}",
        "inbox//x",
        "inbox/7/none.pdf",
        "/etc/passwd",
        "inbox/\x00",
        "inbox/.",
    ):
        with pytest.raises(NotFound):
            inbox_bytes(key=name, max_bytes=10**7)


@pytest.mark.usefixtures("storage")
@pytest.mark.django_db
def test_a_link_gives_the_file_as_an_attachment(client: Client) -> None:
    owner = User.objects.create_user("kim")
    document = submit_document(data=TEXT, filename="März “1”.txt", owner_id=owner.pk).document
    link = document_link(document, user=owner, seconds=60)
    assert timedelta(seconds=50) < link.expires_at - datetime.now(UTC) <= timedelta(seconds=60)
    if link.url.startswith("/"):
        answer: Any = client.get(link.url)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    else:
        answer = requests.get(link.url, timeout=10)
    status, content, headers = answer.status_code, answer.content, answer.headers
    assert (status, content) == (200, TEXT)
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["Content-Type"].startswith("text/plain")


@pytest.mark.usefixtures("storage")
@pytest.mark.django_db
def test_a_link_ends() -> None:
    owner = User.objects.create_user("kim")
    document = submit_document(data=TEXT, filename="a.txt", owner_id=owner.pk).document
    link = document_link(document, user=owner, seconds=1)
    if link.url.startswith("/"):
        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=2)):
            assert Client().get(link.url).status_code == 404
        return
    if "X-Amz-" in link.url:
        # moto does not look at the time: the signed limits say when it ends.
        assert "X-Amz-Expires=1&" in link.url + "&"
        return
    time.sleep(2.1)
    assert requests.get(link.url, timeout=10).status_code == 403


@pytest.mark.usefixtures("own_storage")
@pytest.mark.django_db
def test_a_link_of_our_own_is_bound_to_the_document_and_to_the_right_to_see_it(client: Client) -> None:
    owner, other = User.objects.create_user("kim"), User.objects.create_user("lee")
    document = submit_document(data=TEXT, filename="a.txt", owner_id=owner.pk).document
    foreign = submit_document(data=TEXT + b"2", filename="b.txt", owner_id=other.pk).document
    with pytest.raises(NotFound):
        document_link(document, user=other, seconds=60)
    url = document_link(document, user=owner, seconds=60).url
    assert client.get(url).status_code == 200
    assert client.get(url.replace(str(document.id), str(foreign.id))).status_code == 404
    assert client.get(url[:-3] + "abc").status_code == 404
    Document.objects.filter(id=document.id).update(owner=other)
    assert client.get(url).status_code == 404, "the right is looked at when the link is used"
    Document.objects.filter(id=document.id).update(owner=owner)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("storage_url", ["s3", "azure"], indirect=True, scope="module")
@pytest.mark.django_db(transaction=True)
def test_a_prefix_of_a_bucket_is_imported_like_a_folder(storage: str, tmp_path: Path) -> None:
    assert is_bucket(storage)
    for name in ("in/b.txt", "in/deeper/a.txt", "in/.hidden.txt", "in/notes.exe", "inside.txt"):
        default_storage.save(name, ContentFile(text_invoice(number=f"INV-{len(name)}")))
    out = StringIO()
    call_command("import_invoices", f"{storage}/in", "--policy", "rules", "--output", str(tmp_path), stdout=out)
    results = json.loads((tmp_path / "results.json").read_text())
    assert [entry["path"] for entry in results] == [f"{storage}/in/b.txt", f"{storage}/in/deeper/a.txt"]
    assert {entry["status"] for entry in results} == {"completed"}
    assert {document.source for document in Document.objects.all()} == {"blob"}
    with pytest.raises(CommandError, match="No documents"):
        call_command("import_invoices", f"{storage}/none", stdout=out)


def test_a_storage_that_is_away_is_unavailable_and_may_be_tried_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9"), ("AWS_ACCESS_KEY_ID", "a"),
                        ("AWS_SECRET_ACCESS_KEY", "b"), ("AWS_DEFAULT_REGION", "eu-central-1")):  # fmt: skip
        monkeypatch.setenv(name, value)
    settings.STORAGES = {**settings.STORAGES, "default": document_storage("s3://bucket/prefix")}
    with pytest.raises(StorageUnavailable) as caught:
        store_bytes(key=key(), data=b"x")
    assert (caught.value.http_status, caught.value.permanent, caught.value.code) == (503, False, "storage_unavailable")


def test_a_bucket_that_refuses_has_answered_wrongly(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with storages.s3(monkeypatch):
        settings.STORAGES = {**settings.STORAGES, "default": document_storage("s3://no-such-bucket-here/prefix")}
        with pytest.raises(StorageUnavailable) as caught:
            store_bytes(key=key(), data=b"x")
    assert (caught.value.http_status, caught.value.code) == (502, "storage_unavailable")
    assert "secret" not in caught.value.message


def test_local_files_are_private_and_have_no_bucket_link(own_storage: Path) -> None:
    name = key()
    store_bytes(key=name, data=b"x")
    assert os.stat(own_storage / name).st_mode & 0o777 == 0o600
    assert signed_url(key=name, seconds=5, filename="a", media_type="text/plain") is None


def test_an_azure_storage_without_credentials_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AZURE_STORAGE_CONNECTION_STRING", "AZURE_STORAGE_ACCOUNT", "AZURE_STORAGE_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(BadEnvironment, match="AZURE_STORAGE_CONNECTION_STRING"):
        document_storage("azure://container")
