"""A managed identity in the place of keys: Key Vault, Blob, models and OCR get its tokens, each for itself."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import trustme
from django.core.files.base import ContentFile
from django.utils.module_loading import import_string
from PIL import Image
from pytest_django import Settings

from common import managed_identity
from common.managed_identity import COGNITIVE_SERVICES, IdentityUnavailable, token_for
from invoicesite import env, key_vault
from invoicesite.storage import document_storage
from processing.errors import LLMError, OcrUnavailable
from processing.llm.client import LLMClient, LLMConfig
from processing.pipeline.ocr import configured_ocr
from processing.sandbox.calls import make_engine
from processing.spending.configured import configured_client, model_is_configured
from tests.model_server import ModelServer
from tests.processing.ocr_servers import Reply, Request, Server, azure_answer, serving

CLIENT = "11111111-2222-3333-4444-555555555555"
DELEGATION = """<?xml version="1.0" encoding="utf-8"?><UserDelegationKey>
<SignedOid>00000000-0000-0000-0000-000000000001</SignedOid><SignedTid>00000000-0000-0000-0000-000000000002</SignedTid>
<SignedStart>2026-01-01T00:00:00Z</SignedStart><SignedExpiry>2036-01-01T00:00:00Z</SignedExpiry>
<SignedService>b</SignedService><SignedVersion>2021-08-06</SignedVersion><Value>a2V5</Value></UserDelegationKey>"""


@dataclass(frozen=True)
class Prompt:
    system: str = "Say ok."
    user: str = "ok?"
    schema: dict[str, Any] = field(default_factory=lambda: {"type": "object", "properties": {}})
    schema_name: str = "reply"


def bearer(resource: str) -> str:
    return f"Bearer token-for-{resource}"


@pytest.fixture
def identity(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The endpoint that Container Apps gives a container for its tokens."""

    def answer(request: Request, server: Server) -> Reply:
        query = parse_qs(urlsplit(request.path).query)
        if request.headers.get("x-identity-header") != "of-the-platform" or query.get("client_id") != [CLIENT]:
            return Reply(400, {"error": "invalid_request"})
        resource = query["resource"][0]
        expires = str(int(time.time()) + 3600)
        return Reply(200, {"access_token": f"token-for-{resource}", "expires_on": expires, "token_type": "Bearer"})

    managed_identity.credential.cache_clear()
    key_vault.secret.cache_clear()
    with serving(answer) as server:
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{server.url}/msi/token")
        monkeypatch.setenv("IDENTITY_HEADER", "of-the-platform")
        monkeypatch.setenv("AZURE_CLIENT_ID", CLIENT)
        monkeypatch.setenv("AZURE_MANAGED_IDENTITY", "true")
        yield server
    managed_identity.credential.cache_clear()
    key_vault.secret.cache_clear()


@pytest.fixture
def with_identity(settings: Settings, identity: Server) -> Server:
    settings.AZURE_MANAGED_IDENTITY, settings.AZURE_CLIENT_ID = True, CLIENT
    return identity


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "acme.blob.test").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    return context


def vault(secrets: dict[str, str]) -> Callable[[Request, Server], Reply]:
    def answer(request: Request, server: Server) -> Reply:
        if request.headers.get("authorization") != bearer("https://vault.azure.net"):
            return Reply(401, {})
        value = secrets.get(urlsplit(request.path).path.removeprefix("/secrets/"))
        return Reply(404, {}) if value is None else Reply(200, {"value": value, "id": request.path})

    return answer


@pytest.mark.usefixtures("identity")
def test_a_value_that_names_a_secret_of_the_vault_is_that_secret(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(vault({"model-key": "the-key\n"}), tls) as server:
        monkeypatch.setenv("AZURE_KEY_VAULT_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "keyvault:model-key")
        monkeypatch.setenv("METRICS_TOKEN", "keyvault:none-such")
        assert [env.text("OPENAI_API_KEY") for _ in range(3)] == ["the-key"] * 3
        assert len(server.requests) == 1
        with pytest.raises(env.BadEnvironment, match=r"METRICS_TOKEN.* 404 for the secret none-such"):
            env.text("METRICS_TOKEN")


@pytest.mark.usefixtures("identity")
@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "https://127.0.0.1:9", ""])
def test_a_vault_that_is_away_or_not_safe_stops_the_program_and_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("AZURE_KEY_VAULT_URL", url)
    monkeypatch.setenv("DATABASE_URL", "keyvault:database-url")
    with pytest.raises(env.BadEnvironment, match="DATABASE_URL"):
        env.url("DATABASE_URL", None, ("postgresql",))


@pytest.mark.usefixtures("identity")
def test_documents_are_kept_and_linked_to_without_a_key(tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, bytes] = {}

    def blob(request: Request, server: Server) -> Reply:
        path, query = urlsplit(request.path).path, urlsplit(request.path).query
        if request.headers.get("authorization") != bearer("https://storage.azure.com"):
            return Reply(401, b"")
        if "comp=userdelegationkey" in query:
            return Reply(200, DELEGATION.encode(), {"Content-Type": "application/xml"})
        if request.method == "PUT":
            kept[path] = request.body
            return Reply(201, b"", {"ETag": '"1"', "Last-Modified": "Mon, 30 Nov 2026 10:00:00 GMT"})
        return Reply(404, b"", {"x-ms-error-code": "BlobNotFound"})

    with serving(blob, tls) as server:
        port = urlsplit(server.url).port
        resolve = socket.getaddrinfo

        def found(host: Any, *rest: Any, **named: Any) -> Any:
            return resolve("127.0.0.1" if host == "acme.blob.test" else host, *rest, **named)

        monkeypatch.setattr(socket, "getaddrinfo", found)
        monkeypatch.setenv("AZURE_STORAGE_ACCOUNT", "acme")
        monkeypatch.setenv("AZURE_STORAGE_SUFFIX", f"test:{port}")
        entry = document_storage("azure://documents/live")
        storage = import_string(entry["BACKEND"])(**entry["OPTIONS"])
        assert storage.save("raw/a.txt", ContentFile(b"INVOICE 1")) == "raw/a.txt"
        assert kept == {"/documents/live/raw/a.txt": b"INVOICE 1"}
        link = storage.signed_url("raw/a.txt", seconds=300, filename="a.txt", media_type="text/plain")
    assert parse_qs(urlsplit(link).query)["skoid"] == ["00000000-0000-0000-0000-000000000001"]


def test_a_storage_needs_a_key_or_an_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT", "acme")
    with pytest.raises(env.BadEnvironment, match="AZURE_MANAGED_IDENTITY"):
        document_storage("azure://documents/live")


def test_models_and_ocr_get_a_token_of_their_own(settings: Settings, with_identity: Server) -> None:
    settings.AZURE_OPENAI_API_KEY = settings.OPENAI_API_KEY = settings.OPENAI_BASE_URL = settings.AZURE_DI_KEY = ""
    settings.AZURE_OPENAI_ENDPOINT = "https://acme.openai.azure.com"
    assert model_is_configured()
    config = configured_client().config
    assert (config.endpoint, config.azure_api_key) == ("https://acme.openai.azure.com/openai/v1", "")
    assert config.token is not None
    assert f"Bearer {config.token()}" == bearer("https://cognitiveservices.azure.com")

    def answer(request: Request, server: Server) -> Reply:
        if request.headers.get("authorization") != bearer("https://cognitiveservices.azure.com"):
            return Reply(401, {})
        request.headers["ocp-apim-subscription-key"] = "by token"
        return azure_answer("by token", polls=0)(request, server)

    png = BytesIO()
    Image.new("L", (600, 800), 255).save(png, "PNG")
    with serving(answer) as server:
        settings.OCR_ENGINE, settings.AZURE_DI_ENDPOINT = "azure", server.url
        words = make_engine(configured_ocr()).read_picture(png.getvalue()).words
    assert [word.text for word in words] == ["INVOICE", "4711", "119.00"]
    assert len(with_identity.requests) == 1  # the token is kept until it ends


def test_a_model_is_asked_with_the_token_and_where_there_is_none_it_is_tried_later(
    monkeypatch: pytest.MonkeyPatch, identity: Server
) -> None:
    prompt = Prompt()
    with ModelServer() as server:
        config = LLMConfig(
            model="m", base_url=server.url, token=lambda: token_for(COGNITIVE_SERVICES, client_id=CLIENT)
        )
        with LLMClient(config) as client:
            client.complete(prompt, max_output_tokens=50)
            assert server.records[-1].headers["authorization"] == bearer("https://cognitiveservices.azure.com")
        asked = len(server.records)
        managed_identity.credential.cache_clear()
        monkeypatch.setenv("IDENTITY_HEADER", "wrong")
        with LLMClient(config) as client, pytest.raises(LLMError) as failed:
            client.complete(prompt, max_output_tokens=50)
        assert (failed.value.permanent, failed.value.free, len(server.records)) == (False, True, asked)
    with pytest.raises(IdentityUnavailable):
        token_for(COGNITIVE_SERVICES, client_id=CLIENT)


def test_ocr_without_a_token_is_away(
    settings: Settings, with_identity: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IDENTITY_HEADER", "wrong")
    settings.OCR_ENGINE, settings.AZURE_DI_ENDPOINT, settings.AZURE_DI_KEY = "azure", "http://127.0.0.1:9", ""
    with pytest.raises(OcrUnavailable, match="identity"):
        make_engine(configured_ocr()).read_picture(b"\x89PNG")
    assert len(with_identity.requests) >= 1
