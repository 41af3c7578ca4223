"""Documents in Azure Blob Storage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from azure.core.pipeline import PipelineRequest, PipelineResponse
from azure.storage.blob import BlobServiceClient, ExponentialRetry
from django.utils.http import content_disposition_header
from storages.backends.azure_storage import AzureStorage

from common.managed_identity import credential
from invoicesite.storage import CONNECT_TIMEOUT_SECONDS, READ_TIMEOUT_SECONDS
from invoicesite.storage_keys import TwoKeys

# The SDK's own waits 15 seconds and longer between three attempts: too long for a request, and jobs have retries.
_CLIENT_OPTIONS: dict[str, Any] = {
    "connection_timeout": CONNECT_TIMEOUT_SECONDS,
    "read_timeout": READ_TIMEOUT_SECONDS,
    "initial_backoff": 0.2,
    "increment_base": 2,
    "retry_total": 2,
}


class DocumentAzureStorage(AzureStorage):  # type: ignore[misc]  # django-storages has no types
    def __init__(self, *, fallback_key: str | None = None, identity: str | None = None, **settings: Any) -> None:
        """``identity`` is the client id of a managed identity, "" the machine's own: no key then."""
        options: dict[str, Any] = settings.setdefault("client_options", dict(_CLIENT_OPTIONS))
        if identity is not None:
            settings["token_credential"] = credential(identity)
        super().__init__(**settings)
        self._keys: TwoKeys[str] | None = None
        if fallback_key and self.account_key:
            self._keys = TwoKeys(self.account_key, fallback_key)
            options["retry_policy"] = _OtherKey(self, self._keys)

    def _get_service_client(self) -> BlobServiceClient:
        client: BlobServiceClient
        if self.connection_string:  # django-storages gives the client its options only without one
            client = BlobServiceClient.from_connection_string(self.connection_string, **self.client_options)
        else:
            client = super()._get_service_client()
        if self._keys is not None:
            client.credential.account_key = self._keys.current
        return client

    def sign_with(self, key: str) -> None:
        """Requests and links are signed with this key of the account from now on."""
        self.account_key = self.service_client.credential.account_key = key

    def keys_under(self, prefix: str) -> Iterator[str]:
        """The names that begin with ``prefix``, in order."""
        yield from self.client.list_blob_names(name_starts_with=prefix or None)

    def signed_url(self, name: str, *, seconds: int, filename: str, media_type: str) -> str:
        """A link (with a shared access signature) that downloads the blob until ``seconds`` from now."""
        parameters = {
            "content_disposition": content_disposition_header(True, filename) or "attachment",
            "content_type": media_type,
        }
        url: str = self.url(name, expire=seconds, parameters=parameters)
        return url


class _OtherKey(ExponentialRetry):
    """The client's own retries; where the key was refused, the request is signed with the other one and sent anew."""

    def __init__(self, storage: DocumentAzureStorage, keys: TwoKeys[str]) -> None:
        self._storage, self._keys = storage, keys
        super().__init__(
            **{name: _CLIENT_OPTIONS[name] for name in ("initial_backoff", "increment_base", "retry_total")}
        )

    def send(self, request: PipelineRequest[Any]) -> PipelineResponse[Any, Any]:
        body = request.http_request.body
        start = body.tell() if hasattr(body, "seek") else None
        send: Callable[[PipelineRequest[Any]], PipelineResponse[Any, Any]] = super().send
        used = self._keys.current
        response = send(request)
        if not _is_refused(response):
            return response
        self._turn_from(used)
        if start is not None:
            body.seek(start)
        used = self._keys.current
        response = send(request)
        if _is_refused(response):
            self._turn_from(used)  # neither is taken: all stays as it was
        return response

    def _turn_from(self, refused: str) -> None:
        self._keys.turn_from(refused)
        self._storage.sign_with(self._keys.current)


def _is_refused(response: PipelineResponse[Any, Any]) -> bool:
    answer = response.http_response
    return bool(answer.status_code == 403 and answer.headers.get("x-ms-error-code") == "AuthenticationFailed")
