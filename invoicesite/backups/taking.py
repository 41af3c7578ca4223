"""Taking a backup: the database in one snapshot, and the files that its rows speak of.

A target holds ``backups/<time>/`` with ``database.dump``, ``files.jsonl`` and, written last, ``manifest.json``; and
``files/<key>/<ab>/<sha256>``, shared by all backups of a key, so that a file is copied once. What has no manifest was
broken off and is no backup.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from invoicesite.backups import programs
from invoicesite.backups.errors import BackupRefused
from invoicesite.backups.sealing import PLAIN, Seal
from invoicesite.backups.target import CHUNK_BYTES, Target, hash_of
from processing.errors import StorageAnsweredWrongly, StorageUnavailable
from processing.models import Document
from processing.storage import translated

FORMAT = 1
FOLDER = "backups"
_COPIED_AT_ONCE = 4
_ROWS_AT_ONCE = 500


@dataclass(slots=True)
class Taken:
    """``copied`` files were new to the target, ``kept`` were there. ``missing`` are ids of documents whose file is not
    in the storage, or is another one than was submitted."""

    name: str
    documents: int = 0
    copied: int = 0
    kept: int = 0
    copied_bytes: int = 0
    database_bytes: int = 0
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a backup, as ``files.jsonl`` has it."""

    id: str
    key: str
    sha256: str
    size: int


def take_backup(target: Target, *, seal: Seal, now: datetime | None = None) -> Taken:
    """Take a backup while everything runs. Raises BackupRefused."""
    taken = Taken(name=f"{now or timezone.now():%Y%m%dT%H%M%S.%fZ}")
    folder = f"{FOLDER}/{taken.name}"
    with tempfile.TemporaryDirectory(prefix="backup-") as scratch_name:
        scratch = Path(scratch_name)
        dump, listing = scratch / "database.dump", scratch / "files.jsonl"
        with _snapshot() as snapshot:
            programs.dump(dump, snapshot=snapshot)
            migrations = _last_migrations()
            with listing.open("w", encoding="utf-8") as out:
                for row in _files():
                    out.write(json.dumps([row.id, row.key, row.sha256, row.size]) + "\n")
        taken.database_bytes = dump.stat().st_size
        _copy_files(target, listing, taken, seal, scratch)
        parts = {}
        for path in (dump, listing):
            sealed = scratch / f"{path.name}.sealed"
            seal.close(path, sealed)
            parts[path.name] = {"sha256": hash_of(sealed), "bytes": sealed.stat().st_size}
            target.put(f"{folder}/{path.name}{seal.suffix}", sealed)
        manifest = {
            "format": FORMAT,
            "made_at": timezone.now().isoformat(),
            "key": seal.key,
            "suffix": seal.suffix,
            "parts": parts,
            "documents": taken.documents,
            "missing": taken.missing,
            "migrations": migrations,
        }
        target.put_json(f"{folder}/manifest.json", manifest, scratch / "manifest.json")
    return taken


def backups_in(target: Target) -> list[str]:
    """The names of whole backups, the oldest first."""
    return [name for name in target.folders(FOLDER) if target.has(f"{FOLDER}/{name}/manifest.json")]


def thin_out(target: Target, *, keep: int) -> tuple[int, int]:
    """Delete all but the ``keep`` newest backups, what was broken off before them, and files that none of them has.
    Gives how many backups and files went."""
    names = target.folders(FOLDER)
    whole = backups_in(target)
    staying = whole[-keep:]
    if not staying:
        return 0, 0
    gone = [name for name in names if name < staying[0] and name not in staying]
    needed = set()
    for name in staying:
        manifest = target.get_json(f"{FOLDER}/{name}/manifest.json")
        if manifest["suffix"]:
            # The list is encrypted, and who takes backups cannot read it: files of this key stay.
            needed.add(f"files/{manifest['key']}/")
            continue
        with target.opened(f"{FOLDER}/{name}/files.jsonl") as file:
            needed |= {pool_name(json.loads(line)[2], key=PLAIN, suffix="") for line in file}
    for name in gone:
        # The manifest goes first: half a backup must not look like one.
        for part in ("manifest.json", *(p.rsplit("/", 1)[1] for p in target.files(f"{FOLDER}/{name}"))):
            if target.has(f"{FOLDER}/{name}/{part}"):
                target.delete(f"{FOLDER}/{name}/{part}")
    spare = [
        name
        for name in target.files("files")
        if name not in needed and not any(name.startswith(prefix) for prefix in needed if prefix.endswith("/"))
    ]
    for name in spare:
        target.delete(name)
    return len(gone), len(spare)


def pool_name(sha256: str, *, key: str, suffix: str) -> str:
    """Where a file is kept for all backups of a key."""
    return f"files/{key}/{sha256[:2]}/{sha256}{suffix}"


@contextmanager
def _snapshot() -> Iterator[str]:
    """What other connections may look at, too: the dump and the list of files are of one moment."""
    connection.close()  # the level is set before the first statement of a transaction
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")  # pg_dump may take hours beside it
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


def _files() -> Iterator[Kept]:
    rows = Document.objects.filter(purged_at=None).order_by("id")
    for key, storage_key, sha256, size in rows.values_list("id", "storage_key", "sha256", "size_bytes").iterator():
        yield Kept(str(key), storage_key, sha256, size)


def _last_migrations() -> dict[str, str]:
    last: dict[str, str] = {}
    for app, name in MigrationRecorder(connection).applied_migrations():
        last[app] = max(name, last.get(app, ""))
    return last


def _copy_files(target: Target, listing: Path, taken: Taken, seal: Seal, scratch: Path) -> None:
    def copy(number_and_row: tuple[int, list[Any]]) -> tuple[str, str, int]:
        number, row = number_and_row
        kept = Kept(*row)
        name = pool_name(kept.sha256, key=seal.key, suffix=seal.suffix)
        if target.has(name):
            return kept.id, "kept", 0
        plain, sealed = scratch / f"{number}.plain", scratch / f"{number}.sealed"
        try:
            with (
                translated("Could not read the file"),
                default_storage.open(kept.key, "rb") as file,
                plain.open("wb") as out,
            ):
                while chunk := file.read(CHUNK_BYTES):
                    out.write(chunk)
        except StorageAnsweredWrongly:
            return kept.id, "missing", 0
        except StorageUnavailable as error:
            raise BackupRefused(f"The file storage is away: {error.message}") from error
        if hash_of(plain) != kept.sha256:
            return kept.id, "missing", 0
        seal.close(plain, sealed)
        try:
            target.put(name, sealed)
        except BackupRefused:
            return kept.id, "kept", 0  # the same bytes, copied beside us
        finally:
            plain.unlink()
            sealed.unlink()
        return kept.id, "copied", kept.size

    with listing.open(encoding="utf-8") as lines, ThreadPoolExecutor(_COPIED_AT_ONCE) as pool:
        rows = enumerate(map(json.loads, lines))
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            for key, how, size in pool.map(copy, some):
                taken.documents += 1
                taken.copied += how == "copied"
                taken.kept += how == "kept"
                taken.copied_bytes += size
                if how == "missing":
                    taken.missing.append(key)
    purged = Document.objects.filter(id__in=taken.missing).exclude(purged_at=None)
    gone = {str(key) for key in purged.values_list("id", flat=True)}  # since the snapshot, as retention wants
    taken.missing = [key for key in taken.missing if key not in gone]
