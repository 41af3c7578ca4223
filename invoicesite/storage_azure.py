"""Documents in Azure Blob Storage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from azure.storage.blob import BlobServiceClient
from django.utils.http import content_disposition_header
from storages.backends.azure_storage import AzureStorage

from invoicesite.storage import CONNECT_TIMEOUT_SECONDS, READ_TIMEOUT_SECONDS

# The SDK's own waits 15 seconds and longer between three attempts: too long for a request, and jobs have retries.
_CLIENT_OPTIONS: dict[str, Any] = {
    "connection_timeout": CONNECT_TIMEOUT_SECONDS,
    "read_timeout": READ_TIMEOUT_SECONDS,
    "initial_backoff": 0.2,
    "increment_base": 2,
    "retry_total": 2,
}


class DocumentAzureStorage(AzureStorage):  # type: ignore[misc]  # django-storages has no types
    def __init__(self, **settings: Any) -> None:
        settings.setdefault("client_options", dict(_CLIENT_OPTIONS))
        super().__init__(**settings)

    def _get_service_client(self) -> BlobServiceClient:
        if self.connection_string:  # django-storages gives the client its options only without one
            return BlobServiceClient.from_connection_string(self.connection_string, **self.client_options)
        client: BlobServiceClient = super()._get_service_client()
        return client

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
