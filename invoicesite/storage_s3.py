"""Documents in S3, or in any storage that speaks its protocol."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from typing import Any

from botocore.config import Config
from django.utils.http import content_disposition_header
from storages.backends.s3 import S3Storage

from invoicesite.storage import CONNECT_TIMEOUT_SECONDS, READ_TIMEOUT_SECONDS

MAX_CONNECTIONS = 50  # as many threads store and read at a time in one process


class DocumentS3Storage(S3Storage):  # type: ignore[misc]  # django-storages has no types
    """One client a process: django-storages makes one a thread, which costs 90 to 260 ms of CPU, and a request here has
    a thread of its own. Botocore's clients may be shared by threads; of the resource only what makes other objects is
    used, which changes nothing in it."""

    def __init__(self, **settings: Any) -> None:
        self._making = threading.Lock()
        self._made: tuple[int, Any] | None = None
        settings.setdefault(
            "client_config",
            Config(
                signature_version="s3v4",
                connect_timeout=CONNECT_TIMEOUT_SECONDS,
                read_timeout=READ_TIMEOUT_SECONDS,
                retries={"mode": "standard", "total_max_attempts": 3},
                max_pool_connections=MAX_CONNECTIONS,
            ),
        )
        super().__init__(**settings)

    @property
    def connection(self) -> Any:
        with self._making:
            if self._made is None or self._made[0] != os.getpid():  # sockets are not shared over a fork
                session = self._create_session()
                self._made = (
                    os.getpid(),
                    session.resource(
                        "s3",
                        region_name=self.region_name,
                        use_ssl=self.use_ssl,
                        endpoint_url=self.endpoint_url,
                        config=self.client_config,
                        verify=self.verify,
                    ),
                )
            return self._made[1]

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
