"""The key of a bucket is changed while the site runs: where the first one is refused, the second one signs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import threading
import uuid
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

import boto3
import pytest
from django.core.files.storage import default_storage
from moto import settings as moto_settings
from moto.core.authorization import ActionAuthenticatorMixin
from pytest_django import Settings

from invoicesite.env import BadEnvironment
from invoicesite.storage import document_storage
from processing.errors import StorageAnsweredWrongly, StorageUnavailable
from processing.storage import delete_bytes, fetch_bytes, signed_url, store_bytes
from tests import storages

DATA = b"INVOICE 1\nTotal 5.00\n" * 500
SHA256 = hashlib.sha256(DATA).hexdigest()
ACCOUNT, CONTAINER = "ours", "documents"
OLD, NEW, NEITHER = (base64.b64encode(name * 8).decode() for name in (b"old-key-", b"new-key-", b"no-key--"))

Change = Callable[[], None]


class AzureServer(ThreadingHTTPServer):
    """As much of Azure Blob Storage as keeps, gives and lists blobs, for who signs with one of its ``keys``."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Blobs)
        self.keys = {OLD}
        self.blobs: dict[str, bytes] = {}
        self.refused = 0


class _Blobs(BaseHTTPRequestHandler):
    server: AzureServer
    protocol_version = "HTTP/1.1"

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        path, asked = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        if self.headers.get("authorization") not in {self._signature(key) for key in self.server.keys}:
            self.server.refused += 1
            return self._answer(403, {"x-ms-error-code": "AuthenticationFailed"}, _error("AuthenticationFailed"))
        if asked.get("comp") == "list":
            names = (f"<Blob><Name>{escape(name.split('/', 2)[2])}</Name></Blob>" for name in self.server.blobs)
            listed = f"<EnumerationResults><Blobs>{''.join(names)}</Blobs><NextMarker/></EnumerationResults>"
            return self._answer(200, {"content-type": "application/xml"}, listed.encode())
        if self.command == "PUT":
            self.server.blobs[path] = body
            return self._answer(201, {})
        blob = self.server.blobs.get(path)
        if blob is None:
            return self._answer(404, {"x-ms-error-code": "BlobNotFound"}, _error("BlobNotFound"))
        if self.command == "DELETE":
            del self.server.blobs[path]
            return self._answer(202, {})
        span = {"content-range": f"bytes 0-{len(blob) - 1}/{len(blob)}", "x-ms-blob-type": "BlockBlob"}
        return self._answer(206 if self.command == "GET" else 200, span, blob)

    do_GET = do_HEAD = do_PUT = do_DELETE = handle_any  # names of the standard library

    def _signature(self, key: str) -> str:
        """By “Authorize with Shared Key” of the documentation of Azure Storage."""
        names = ("content-encoding", "content-language", "content-length", "content-md5", "content-type", "date",
                 "if-modified-since", "if-match", "if-none-match", "if-unmodified-since", "range")  # fmt: skip
        values = [self.headers.get(name) or "" for name in names]
        values[2] = "" if values[2] == "0" else values[2]
        own = sorted((name.lower(), value) for name, value in self.headers.items() if name.lower().startswith("x-ms-"))
        parts = urlsplit(self.path)
        lines = [self.command, *values, *(f"{name}:{value}" for name, value in own), f"/{ACCOUNT}{parts.path}"]
        lines += [f"{name.lower()}:{value}" for name, value in sorted(parse_qsl(parts.query))]
        digest = hmac.new(base64.b64decode(key), "\n".join(lines).encode(), hashlib.sha256).digest()
        return f"SharedKey {ACCOUNT}:{base64.b64encode(digest).decode()}"

    def _answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in {"etag": '"1"', "last-modified": "Mon, 02 Mar 2026 10:00:00 GMT", **headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def _error(code: str) -> bytes:
    return f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()


@pytest.fixture
def azure(monkeypatch: pytest.MonkeyPatch) -> Iterator[AzureServer]:
    server = AzureServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/{ACCOUNT}"
    connection = f"DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={OLD};BlobEndpoint={address};"
    monkeypatch.setenv("AZURE_STORAGE_CONNECTION_STRING", connection)
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Change, Change]]:
    """An address of a bucket whose server checks signatures; what revokes the first key, and what revokes both."""
    with storages.s3(monkeypatch) as url:
        iam = boto3.client("iam", endpoint_url=os.environ["AWS_ENDPOINT_URL_S3"])
        user = f"site-{uuid.uuid4().hex[:8]}"
        iam.create_user(UserName=user)
        everything = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
        iam.put_user_policy(UserName=user, PolicyName="all", PolicyDocument=json.dumps(everything))
        first, second = (iam.create_access_key(UserName=user)["AccessKey"] for _ in range(2))
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", first["AccessKeyId"])
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", first["SecretAccessKey"])
        monkeypatch.setenv("AWS_FALLBACK_ACCESS_KEY_ID", second["AccessKeyId"])
        monkeypatch.setenv("AWS_FALLBACK_SECRET_ACCESS_KEY", second["SecretAccessKey"])

        def revoke(key: Any) -> None:
            monkeypatch.setattr(moto_settings, "INITIAL_NO_AUTH_ACTION_COUNT", float("inf"))
            iam.delete_access_key(UserName=user, AccessKeyId=key["AccessKeyId"])
            monkeypatch.setattr(moto_settings, "INITIAL_NO_AUTH_ACTION_COUNT", 0.0)

        monkeypatch.setattr(ActionAuthenticatorMixin, "request_count", 0)
        monkeypatch.setattr(moto_settings, "INITIAL_NO_AUTH_ACTION_COUNT", 0.0)
        yield url, lambda: revoke(first), lambda: revoke(second)
        monkeypatch.setattr(moto_settings, "INITIAL_NO_AUTH_ACTION_COUNT", float("inf"))


def use(settings: Settings, url: str) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": document_storage(url)}


def test_a_bucket_of_s3_is_used_with_the_second_key_where_the_first_is_revoked(
    s3: tuple[str, Change, Change], settings: Settings
) -> None:
    url, revoke_first, revoke_second = s3
    use(settings, url)
    store_bytes(key="raw/1.txt", data=DATA)
    revoke_first()
    assert fetch_bytes(key="raw/1.txt", sha256=SHA256) == DATA
    store_bytes(key="raw/2.txt", data=DATA)
    link = signed_url(key="raw/2.txt", seconds=60, filename="a.txt", media_type="text/plain")
    assert f"X-Amz-Credential={os.environ['AWS_FALLBACK_ACCESS_KEY_ID']}" in str(link)
    use(settings, url)  # another process, whose first request is one without a body in its answer
    assert default_storage.exists("raw/2.txt")
    delete_bytes(key="raw/1.txt")
    revoke_second()
    with pytest.raises((StorageAnsweredWrongly, StorageUnavailable)):
        fetch_bytes(key="raw/2.txt", sha256=SHA256)


def test_a_container_of_azure_is_used_with_the_second_key_where_the_first_is_revoked(
    azure: AzureServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AZURE_STORAGE_FALLBACK_KEY", NEW)
    use(settings, f"azure://{CONTAINER}/some")
    store_bytes(key="raw/1.txt", data=DATA)
    azure.keys = {NEW}
    assert fetch_bytes(key="raw/1.txt", sha256=SHA256) == DATA
    assert azure.refused == 1
    store_bytes(key="raw/2.txt", data=DATA)
    delete_bytes(key="raw/1.txt")
    assert azure.refused == 1  # the refused key is not shown again
    assert list(azure.blobs.values()) == [DATA]
    azure.keys = {NEITHER}
    with pytest.raises((StorageAnsweredWrongly, StorageUnavailable)):
        fetch_bytes(key="raw/2.txt", sha256=SHA256)
    azure.keys = {OLD}  # back to the key before
    assert fetch_bytes(key="raw/2.txt", sha256=SHA256) == DATA


def test_an_upload_is_sent_whole_again_with_the_second_key(
    azure: AzureServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AZURE_STORAGE_FALLBACK_KEY", NEW)
    use(settings, f"azure://{CONTAINER}/some")
    azure.keys = {NEW}
    store_bytes(key="raw/1.txt", data=DATA)
    assert list(azure.blobs.values()) == [DATA]


def test_half_a_pair_of_keys_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_FALLBACK_ACCESS_KEY_ID", "AKIAONLYTHEID")
    with pytest.raises(BadEnvironment, match="AWS_FALLBACK_SECRET_ACCESS_KEY"):
        document_storage("s3://bucket/prefix")
