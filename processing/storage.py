"""Where the bytes of documents live: keys are ours, never a user's file name, and a key is written once."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from processing.errors import StorageUnavailable

EXTENSIONS = {
    "application/pdf": "pdf",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/plain": "txt",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/html": "html",
    "message/rfc822": "eml",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/tiff": "tiff",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": "xlsb",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


def new_key(*, media_type: str, now: datetime) -> str:
    """``raw/<yyyy>/<mm>/<uuid>.<ext>``."""
    return f"raw/{now:%Y/%m}/{uuid.uuid4()}.{EXTENSIONS.get(media_type.casefold(), 'bin')}"


def store_bytes(*, key: str, data: bytes) -> None:
    """Write ``data`` under ``key``. Raises StorageUnavailable."""
    try:
        written = default_storage.save(key, ContentFile(data))
    except Exception as error:  # every back end has exceptions of its own; this is where they are translated
        raise StorageUnavailable(f"The file could not be stored ({type(error).__name__}).") from error
    if written != key:
        default_storage.delete(written)
        raise StorageUnavailable("The storage already holds a file under a new key.")


def fetch_bytes(*, key: str, sha256: str) -> bytes:
    """The bytes under ``key``, checked against their hash. Raises StorageUnavailable."""
    try:
        with default_storage.open(key, "rb") as file:
            data: bytes = file.read()
    except Exception as error:
        raise StorageUnavailable(f"The stored file could not be read ({type(error).__name__}).") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StorageUnavailable("The stored file is not the file that was submitted.")
    return data


def delete_bytes(*, key: str) -> None:
    try:
        default_storage.delete(key)
    except Exception as error:
        raise StorageUnavailable(f"The stored file could not be deleted ({type(error).__name__}).") from error
