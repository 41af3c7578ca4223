"""Files of a bucket in place of files of a folder: ``s3://bucket/prefix``, ``azure://container/prefix``, ``gs://…``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.utils.module_loading import import_string

from processing.channels.paths import NoSuchPath, expand_paths
from processing.errors import FileTooLarge
from processing.readers.media_types import SUFFIXES
from processing.storage import translated

_SCHEMES = ("s3://", "azure://", "gs://")


def is_bucket(text: str) -> bool:
    return text.startswith(_SCHEMES)


@dataclass(frozen=True, slots=True)
class BucketFile:
    """An object of a bucket, used as a ``Path`` is. ``url`` has the key as it is, nothing in it is encoded."""

    url: str

    @property
    def name(self) -> str:
        return PurePosixPath(self.url).name

    def open(self, mode: str = "rb") -> IO[bytes]:
        """The whole object in memory. Raises StorageUnavailable, and FileTooLarge where no document is so large."""
        bucket, key = _split(self.url)
        storage = _storage(bucket)
        largest = max(settings.MAX_INVOICE_MB, settings.MAX_RATE_CARD_MB) * 1024 * 1024
        with translated("Could not read the file from the bucket"):
            if storage.size(key) > largest:
                raise FileTooLarge
            with storage.open(key, mode) as file:
                return BytesIO(file.read())

    def __str__(self) -> str:
        return self.url


Source = Path | BucketFile


def source_at(text: str) -> Source:
    """What an address or a path names."""
    return BucketFile(text) if is_bucket(text) else Path(text)


def expand_sources(
    arguments: Iterable[str], *, passed_over: Callable[[object], object] = lambda _: None
) -> Iterator[Source]:
    """``expand_paths`` that also knows buckets: all objects under a prefix that are named like documents, in the order
    of their keys, or the one object that is named outright. What is not taken is told to ``passed_over``. Raises
    NoSuchPath and StorageUnavailable."""
    for argument in arguments:
        if is_bucket(argument):
            yield from _below(argument, passed_over)
        else:
            yield from expand_paths([argument], passed_over=passed_over)


def _below(url: str, passed_over: Callable[[object], object]) -> Iterator[BucketFile]:
    bucket, prefix = _split(url)
    prefix = prefix.rstrip("/")
    found = False
    with translated("Could not list the bucket"):
        for key in _storage(bucket).keys_under(prefix):
            if key == prefix or (_under(key, prefix) and _is_document(key)):
                found = True
                yield BucketFile(f"{bucket}/{key}")
            elif _under(key, prefix):
                passed_over(f"{bucket}/{key}")
    if not found:
        raise NoSuchPath(f"No documents found under “{url}”.")


def _under(key: str, prefix: str) -> bool:
    return not prefix or key.startswith(prefix + "/")


def _is_document(key: str) -> bool:
    hidden = any(part.startswith(".") for part in key.split("/"))
    return not hidden and PurePosixPath(key).suffix.casefold() in SUFFIXES


def _split(url: str) -> tuple[str, str]:
    """Scheme and bucket, and the key."""
    scheme, _, rest = url.partition("://")
    bucket, _, key = rest.partition("/")
    return f"{scheme}://{bucket}", key


@lru_cache(maxsize=8)
def _storage(bucket: str) -> Any:
    describe: Callable[[str], dict[str, Any]] = import_string(settings.STORAGE_OF_URL)
    entry = describe(bucket)
    return import_string(entry["BACKEND"])(**entry["OPTIONS"])
