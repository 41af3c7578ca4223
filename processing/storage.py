"""Where the bytes of documents live: keys are ours, never a user's file name, and a key is written once."""

from __future__ import annotations

import hashlib
import os
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages

from common.errors import InvoicesiteError, NotFound
from common.telemetry.counters import observe
from processing.errors import FileTooLarge, StorageAnsweredWrongly, StorageUnavailable, StoredFileWrong

INBOX = "inbox/"
STORING_THREADS = 32  # files on their way to a bucket at a time; what waits for a thread is within the deadline
_CHUNK_BYTES = 1 << 20
_TRY_LATER = frozenset({408, 429})


def new_key(*, extension: str, now: datetime) -> str:
    """``raw/<yyyy>/<mm>/<uuid>.<ext>``; the extension has its dot."""
    return f"raw/{now:%Y/%m}/{uuid.uuid4()}{extension}"


@contextmanager
def _timed(operation: str) -> Iterator[None]:
    began, outcome = time.monotonic(), "failed"
    try:
        yield
        outcome = "ok"
    finally:
        observe("storage_seconds", time.monotonic() - began, operation=operation, outcome=outcome)


@_timed("store")
def store_bytes(*, key: str, data: bytes) -> None:
    """Write ``data`` under ``key``, which is new, and read it back: what is stored is what was given.

    Raises StorageUnavailable, for a bucket also where all of it together takes more than ``STORAGE_DEADLINE_SECONDS``:
    a request waits for it, and a proxy before it does not wait for ever.
    """
    if not _is_bucket():
        return _store(key, data)
    storing = _threads().submit(_store, key, data)
    try:
        return storing.result(timeout=float(settings.STORAGE_DEADLINE_SECONDS))
    except TimeoutError as error:
        if not storing.cancel():
            # No row will speak of it: it goes when the bucket is done with it.
            storing.add_done_callback(lambda done: None if done.exception() else _forget(key))
        raise StorageUnavailable("Could not store the file in time.") from error


def _store(key: str, data: bytes) -> None:
    with translated("Could not store the file"):
        try:
            written = default_storage.save(key, ContentFile(data))
        except BaseException:
            # What a full disk took of it is in the way of others.
            with suppress(Exception):
                default_storage.delete(key)
            raise
    if written != key:
        delete_bytes(key=written)
        raise StorageAnsweredWrongly("The storage already has a file under this new key.")
    with translated("Could not store the file"):
        _flush(key)
        stored = _hash_of(key)
    if stored != hashlib.sha256(data).hexdigest():
        delete_bytes(key=key)
        raise StorageAnsweredWrongly("The storage altered the file.")


@_timed("fetch")
def fetch_bytes(*, key: str, sha256: str) -> bytes:
    """The bytes under ``key``, checked against their hash. Raises StorageUnavailable."""
    with translated("Could not read the stored file"), default_storage.open(key, "rb") as file:
        data: bytes = file.read()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StoredFileWrong("The stored file differs from the file that was submitted.")
    return data


def delete_bytes(*, key: str) -> None:
    """Delete what is under ``key``; nothing there is no error. Raises StorageUnavailable."""
    with translated("Could not delete the stored file"):
        default_storage.delete(key)


def inbox_bytes(*, key: str, max_bytes: int) -> bytes:
    """A file that somebody put into the bucket under ``inbox/``; it stays there as it is. Raises NotFound for any other
    key, FileTooLarge and StorageUnavailable."""
    parts = key.split("/")
    plain = key.isprintable() and "\\" not in key and not any(part in ("", ".", "..") for part in parts)
    if not key.startswith(INBOX) or not plain or len(key) > 900:
        raise NotFound(f"Only files under {INBOX} can be taken from the bucket.")
    with translated("Could not read the file"):
        if not default_storage.exists(key) or _leads_elsewhere(key):
            raise NotFound("File not found in the bucket.")
        if default_storage.size(key) > max_bytes:
            raise FileTooLarge(f"A file may be at most {max_bytes / 1_000_000:g} MB.")
        with default_storage.open(key, "rb") as file:
            data: bytes = file.read(max_bytes + 1)
    return data


def _leads_elsewhere(key: str) -> bool:
    """Whether a local file is reached by a symbolic link."""
    try:
        path, folder = default_storage.path(key), default_storage.path("")
    except NotImplementedError:  # a bucket has none
        return False
    return os.path.realpath(path) != os.path.join(os.path.realpath(folder), *key.split("/"))


def signed_url(*, key: str, seconds: int, filename: str, media_type: str) -> str | None:
    """The bucket's own time-limited link that downloads the file as ``filename``; None where the storage has no such
    thing (local files). Raises StorageUnavailable."""
    sign = getattr(storages["default"], "signed_url", None)
    if sign is None:
        return None
    with translated("Could not create a link to the file"):
        url: str = sign(key, seconds=seconds, filename=filename, media_type=media_type)
    return url


def _is_bucket() -> bool:
    try:
        default_storage.path("")
    except NotImplementedError:
        return True
    return False


@cache
def _threads_of(pid: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(STORING_THREADS, thread_name_prefix="storing")


def _threads() -> ThreadPoolExecutor:
    return _threads_of(os.getpid())  # a forked process has none of its parent's


def _forget(key: str) -> None:
    with suppress(StorageUnavailable):
        delete_bytes(key=key)


def _hash_of(key: str) -> str:
    digest = hashlib.sha256()
    with default_storage.open(key, "rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _flush(key: str) -> None:
    """A local file is on the disk, not in a cache, before a row speaks of it."""
    try:
        path = default_storage.path(key)
    except NotImplementedError:  # a bucket keeps what it has acknowledged
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Every back end has exceptions of its own; this is the one place where they become ours."""
    try:
        yield
    except InvoicesiteError:
        raise
    except FileNotFoundError as error:
        raise StoredFileWrong(f"{what}: it is not there.") from error
    except Exception as error:
        status = _http_status(error)
        refused = status is not None and 300 <= status < 500 and status not in _TRY_LATER
        message = f"{what} ({type(error).__name__})."
        raise (StorageAnsweredWrongly if refused else StorageUnavailable)(message) from error


def _http_status(error: Exception) -> int | None:
    """What the bucket answered: botocore has it in ``response``, Azure in ``status_code``, Google in ``code``."""
    response = getattr(error, "response", None)
    if isinstance(response, dict):
        status = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        return status if isinstance(status, int) else None
    for name in ("status_code", "code"):
        status = getattr(error, name, None)
        if isinstance(status, int):
            return int(status)
    return None
