"""Documents in S3, or in any storage that speaks its protocol."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from typing import Any

import boto3
import botocore.session
from botocore.config import Config
from botocore.credentials import Credentials, ReadOnlyCredentials
from django.utils.http import content_disposition_header
from storages.backends.s3 import S3Storage

from invoicesite.storage import CONNECT_TIMEOUT_SECONDS, READ_TIMEOUT_SECONDS
from invoicesite.storage_keys import TwoKeys

MAX_CONNECTIONS = 50  # as many threads store and read at a time in one process
# InvalidAccessKeyId, SignatureDoesNotMatch, and what stands for them where an answer has no body, as that to HEAD.
_REFUSED = frozenset({401, 403})


class DocumentS3Storage(S3Storage):  # type: ignore[misc]  # django-storages has no types
    """One client a process: django-storages makes one a thread, which costs 90 to 260 ms of CPU, and a request here has
    a thread of its own. Botocore's clients may be shared by threads; of the resource only what makes other objects is
    used, which changes nothing in it."""

    def __init__(self, *, fallback_key: tuple[str, str] | None = None, **settings: Any) -> None:
        self._fallback_key = fallback_key
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

    def _create_session(self) -> Any:
        """With a second key, a session whose requests are signed and sent once more where the first is refused."""
        session = super()._create_session()
        first = session.get_credentials()
        if self._fallback_key is None or first is None:
            return session
        keys = TwoKeys[Credentials](first, Credentials(*self._fallback_key))
        inner = botocore.session.Session(profile=self.session_profile)
        inner.register_component("credential_provider", _Provider(keys))
        events = inner.get_component("event_emitter")
        events.register("before-sign.s3", _note_key_of(keys))
        events.register_first("needs-retry.s3", _retry_with_other(keys))
        return boto3.Session(botocore_session=inner)

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


class _Current(Credentials):  # type: ignore[misc]  # botocore has no types
    """Whichever of two keys is in use at the moment of signing."""

    def __init__(self, keys: TwoKeys[Credentials]) -> None:
        super().__init__(keys.current.access_key, keys.current.secret_key, keys.current.token)
        self._keys = keys

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        return self._keys.current.get_frozen_credentials()


class _Provider:
    """In the place of botocore's chain of providers, which has found the first key."""

    def __init__(self, keys: TwoKeys[Credentials]) -> None:
        self._keys = keys

    def load_credentials(self) -> Credentials:
        return _Current(self._keys)


def _note_key_of(keys: TwoKeys[Credentials]) -> Any:
    def note(request: Any, **_: Any) -> None:
        request.context["invoicesite_key"] = keys.current

    return note


def _retry_with_other(keys: TwoKeys[Credentials]) -> Any:
    """A handler of botocore's event needs-retry: the seconds to wait before the request is signed anew and sent, or
    None. Where neither key is taken it is no matter of keys, and all stays as it was."""

    def retry(response: Any, request_dict: dict[str, Any], **_: Any) -> float | None:
        context = request_dict["context"]
        used = context.get("invoicesite_key")
        if used is None or response is None or response[0].status_code not in _REFUSED:
            return None
        keys.turn_from(used)
        if context.get("invoicesite_both_keys"):
            return None
        context["invoicesite_both_keys"] = True
        return 0.0

    return retry
