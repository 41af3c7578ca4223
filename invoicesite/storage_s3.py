"""Documents in S3, or in any storage that speaks its protocol."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.config import Config
from django.utils.http import content_disposition_header
from storages.backends.s3 import S3Storage

from invoicesite.storage import CONNECT_TIMEOUT_SECONDS, READ_TIMEOUT_SECONDS


class DocumentS3Storage(S3Storage):  # type: ignore[misc]  # django-storages has no types
    def __init__(self, **settings: Any) -> None:
        settings.setdefault(
            "client_config",
            Config(
                signature_version="s3v4",
                connect_timeout=CONNECT_TIMEOUT_SECONDS,
                read_timeout=READ_TIMEOUT_SECONDS,
                retries={"mode": "standard", "total_max_attempts": 3},
            ),
        )
        super().__init__(**settings)

    def keys_under(self, prefix: str) -> Iterator[str]:
        """The keys that begin with ``prefix``, in order."""
        for found in self.bucket.objects.filter(Prefix=prefix):
            yield found.key

    def signed_url(self, name: str, *, seconds: int, filename: str, media_type: str) -> str:
        """A link that downloads the object until ``seconds`` from now."""
        parameters = {
            "ResponseContentDisposition": content_disposition_header(True, filename) or "attachment",
            "ResponseContentType": media_type,
        }
        url: str = self.url(name, parameters=parameters, expire=seconds)
        return url
