"""Documents in Google Cloud Storage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.http import content_disposition_header
from storages.backends.gcloud import GoogleCloudStorage


class DocumentGoogleStorage(GoogleCloudStorage):  # type: ignore[misc]  # django-storages has no types
    def keys_under(self, prefix: str) -> Iterator[str]:
        """The names that begin with ``prefix``, in order."""
        for found in self.client.list_blobs(self.bucket_name, prefix=prefix or None):
            yield found.name

    def signed_url(self, name: str, *, seconds: int, filename: str, media_type: str) -> str:
        """A link that downloads the object until ``seconds`` from now. Needs credentials that can sign."""
        parameters = {
            "expiration": timedelta(seconds=seconds),
            "response_disposition": content_disposition_header(True, filename) or "attachment",
            "response_type": media_type,
        }
        url: str = self.url(name, parameters=parameters)
        return url
