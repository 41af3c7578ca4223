"""Where backups are kept: a folder or a bucket, by the same addresses as STORAGE_URL."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import Storage
from django.utils.module_loading import import_string

from invoicesite.backups.errors import BackupRefused
from invoicesite.storage import document_storage

CHUNK_BYTES = 1 << 20
_SCHEMES = ("file", "s3", "azure", "gs")


class Target:
    """Files under names with slashes. A name is written once and never changed."""

    def __init__(self, address: str) -> None:
        scheme = address.partition("://")[0] if "://" in address else ""
        if scheme and scheme not in _SCHEMES:
            raise BackupRefused("Backups go to a folder, or to file://, s3://, azure:// or gs://.")
        url = address if scheme else Path(address).resolve().as_uri()
        made = document_storage(url)
        self.address = address
        self.storage: Storage = import_string(made["BACKEND"])(**made["OPTIONS"])

    def put(self, name: str, source: Path) -> None:
        """Keep the file under ``name``. Raises BackupRefused where something is kept there already."""
        with source.open("rb") as file:
            written = self.storage.save(name, File(file))
        if written != name:
            self.storage.delete(written)
            raise BackupRefused(f"The target already holds {name}.")

    def put_json(self, name: str, value: Any, scratch: Path) -> None:
        scratch.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        self.put(name, scratch)

    def get(self, name: str, target: Path) -> str:
        """Copy what is kept under ``name``; gives its sha256. Raises BackupRefused where it is not there."""
        digest = hashlib.sha256()
        with self.opened(name) as file, target.open("wb") as out:
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
                out.write(chunk)
        return digest.hexdigest()

    def get_json(self, name: str) -> Any:
        with self.opened(name) as file:
            try:
                return json.loads(file.read())
            except ValueError as error:
                raise BackupRefused(f"{name} of the backup is damaged.") from error

    @contextmanager
    def opened(self, name: str) -> Iterator[Any]:
        try:
            file = self.storage.open(name, "rb")
        except Exception as error:  # every storage has exceptions of its own
            raise BackupRefused(f"The backup lacks {name} ({type(error).__name__}).") from error
        with file:
            yield file

    def has(self, name: str) -> bool:
        return self.storage.exists(name)

    def delete(self, name: str) -> None:
        self.storage.delete(name)

    def folders(self, name: str) -> list[str]:
        """The names of folders right below ``name``, sorted; none where it is not there."""
        try:
            return sorted(self.storage.listdir(name)[0])
        except FileNotFoundError:
            return []

    def files(self, name: str) -> Iterator[str]:
        """All files below ``name``."""
        try:
            folders, files = self.storage.listdir(name)
        except FileNotFoundError:
            return
        yield from (f"{name}/{file}" for file in sorted(files))
        for folder in sorted(folders):
            yield from self.files(f"{name}/{folder}")


def hash_of(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
