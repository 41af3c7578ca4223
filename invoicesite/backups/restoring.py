"""Restoring a backup: what it holds is checked before anything is replaced, and nothing is sent or spent afterwards.

A restored ledger has forgotten what was spent after the backup, and the outbox would tell receivers again what they
were told: until a person has looked, the month has no room and nothing is sent, also of what happens meanwhile.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from invoicesite.backups import programs
from invoicesite.backups.errors import BackupRefused
from invoicesite.backups.sealing import PLAIN, open_sealed
from invoicesite.backups.taking import FOLDER, FORMAT, backups_in, pool_name
from invoicesite.backups.target import Target, hash_of
from invoicesite.webhooks.services import hold_outbox, release_outbox
from processing.models import Budget, BudgetChange
from processing.spending.ledger import month_budget, month_key

FRESH = timedelta(days=7)  # who takes backups takes them more often; an older newest one tells that they stopped
HELD_BY = "restore"  # the name that ceilings closed by a restore are noted under


@dataclass(slots=True)
class Restored:
    name: str
    documents: int = 0
    written: int = 0
    held_deliveries: int = 0
    month: str = ""


def restore_backup(target: Target, *, name: str = "", identity: str = "", replace: bool = False) -> Restored:
    """Replace database and files by a backup; the newest without ``name``. Raises BackupRefused, before anything is
    changed where the backup cannot be used."""
    whole = backups_in(target)
    if not whole:
        raise BackupRefused("There is no whole backup at this address.")
    if name and name not in whole:
        raise BackupRefused(f"There is no whole backup {name}; the newest is {whole[-1]}.")
    asked, name = bool(name), name or whole[-1]
    if not replace and _holds_records():
        raise BackupRefused("The database holds records already. Restore into an empty one, or say --replace.")
    manifest = target.get_json(f"{FOLDER}/{name}/manifest.json")
    _refuse_unknown(manifest)
    if not asked:
        _refuse_old(name, manifest)
    restored = Restored(name)
    with tempfile.TemporaryDirectory(prefix="restore-") as scratch_name:
        scratch = Path(scratch_name)
        dump = _part(target, name, "database.dump", manifest, identity, scratch)
        listing = _part(target, name, "files.jsonl", manifest, identity, scratch)
        rows = listing.read_text(encoding="utf-8").splitlines()
        missing = set(manifest["missing"])
        _refuse_incomplete(target, manifest, rows, missing)
        connection.close()
        programs.load(dump)
        call_command("migrate", verbosity=0, interactive=False)
        for row in map(json.loads, rows):
            if row[0] not in missing:
                restored.documents += 1
                restored.written += restore_file(target, row, manifest, identity, scratch)
    hold_after(restored)
    return restored


def release_spending(*, spent_since_usd: Decimal, user: Any, now: datetime | None = None) -> Budget:
    """Open the month again, with what was really spent since the backup counted. Raises BackupRefused where it is not
    closed by a restore."""
    with transaction.atomic():
        month = Budget.objects.select_for_update().get(pk=month_budget(month_key(now or timezone.now())).pk)
        change = month.changes.filter(username=HELD_BY).first()
        if change is None or month.changes.exclude(username=HELD_BY).filter(created_at__gt=change.created_at).exists():
            raise BackupRefused("The month is not closed by a restore.")
        if change.before_usd is not None and month.spent_usd + spent_since_usd > change.before_usd:
            raise BackupRefused(f"That is more than the month's ceiling of ${change.before_usd:f}: raise it first.")
        closed_at = month.budget_usd
        month.budget_usd = change.before_usd
        month.spent_usd += spent_since_usd
        month.save(update_fields=["budget_usd", "spent_usd"])
        BudgetChange.objects.create(
            budget=month,
            user=user,
            username=user.get_username() if user else "command",
            before_usd=closed_at,
            after_usd=month.budget_usd,
            reason=f"reconciled after a restore: ${spent_since_usd:f} spent since the backup",
        )
    return month


def release_deliveries(*, send: bool) -> int:
    """Let held deliveries go out, or end them unsent; gives how many. Raises BackupRefused where nothing is held."""
    count = release_outbox(send=send)
    if count is None:
        raise BackupRefused("No deliveries are held by a restore.")
    return count


def _holds_records() -> bool:
    from processing.models import Document

    if Document._meta.db_table not in connection.introspection.table_names():
        return False
    return Document.objects.exists()


def _refuse_unknown(manifest: dict[str, Any]) -> None:
    if manifest.get("format") != FORMAT:
        raise BackupRefused(f"The backup has the format {manifest.get('format')!r}; this release reads {FORMAT}.")
    known = MigrationLoader(None).disk_migrations
    newer = sorted(f"{app}.{name}" for app, name in manifest["migrations"].items() if (app, name) not in known)
    if newer:
        raise BackupRefused(f"The backup was made by another release: {', '.join(newer[:3])} is not known here.")


def _refuse_old(name: str, manifest: dict[str, Any]) -> None:
    age = timezone.now() - datetime.fromisoformat(manifest["made_at"])
    if age > FRESH:
        raise BackupRefused(
            f"The newest whole backup, {name}, is {age.days} days old: what came since would be missing. "
            f"If there is no newer one elsewhere, restore it by its name: --name {name}."
        )


def _part(target: Target, name: str, part: str, manifest: dict[str, Any], identity: str, scratch: Path) -> Path:
    sealed, plain = scratch / f"{part}.sealed", scratch / part
    found = target.get(f"{FOLDER}/{name}/{part}{manifest['suffix']}", sealed)
    if found != manifest["parts"][part]["sha256"]:
        raise BackupRefused(f"{part} of the backup is cut or damaged: its checksum differs.")
    return _opened(sealed, plain, manifest, identity)


def _opened(sealed: Path, plain: Path, manifest: dict[str, Any], identity: str) -> Path:
    if manifest["key"] == PLAIN:
        return sealed
    if not identity:
        raise BackupRefused("The backup is encrypted: name the file with its key by --identity.")
    open_sealed(sealed, plain, identity=identity)
    return plain


def _refuse_incomplete(target: Target, manifest: dict[str, Any], rows: list[str], missing: set[str]) -> None:
    pool = set(target.files(f"files/{manifest['key']}"))
    lacking = [row for row in map(json.loads, rows) if row[0] not in missing and _pooled(row, manifest) not in pool]
    if lacking:
        raise BackupRefused(
            f"The backup lacks {len(lacking)} of its {len(rows)} files, the first of document {lacking[0][0]}."
        )


def _pooled(row: list[Any], manifest: dict[str, Any]) -> str:
    return pool_name(str(row[2]), key=str(manifest["key"]), suffix=str(manifest["suffix"]))


def restore_file(target: Target, row: list[Any], manifest: dict[str, Any], identity: str, scratch: Path) -> bool:
    """Whether the file had to be written: one that is there with the same bytes stays."""
    _, key, sha256, _ = row
    sealed, plain = scratch / "file.sealed", scratch / "file.plain"
    if default_storage.exists(key):
        with default_storage.open(key, "rb") as there:
            plain.write_bytes(there.read())
        if hash_of(plain) == sha256:
            return False
        default_storage.delete(key)
    target.get(_pooled(row, manifest), sealed)
    found = _opened(sealed, plain, manifest, identity)
    if hash_of(found) != sha256:
        raise BackupRefused(f"The file of document {row[0]} is damaged in the backup.")
    with found.open("rb") as file:
        written = default_storage.save(key, File(file))
    if written != key:
        default_storage.delete(written)
        raise BackupRefused(f"The storage did not take the file of document {row[0]} under its own name.")
    return True


def hold_after(restored: Restored) -> None:
    """Close the month and the outbox until a person releases them; also after PostgreSQL itself went back in time."""
    now = timezone.now()
    restored.month = month_key(now)
    with transaction.atomic():
        month = Budget.objects.select_for_update().get(pk=month_budget(restored.month).pk)
        last = month.changes.first()
        if last is None or last.username != HELD_BY:  # what was before is what a release brings back
            before, month.budget_usd = month.budget_usd, month.spent_usd + month.reserved_usd
            month.save(update_fields=["budget_usd"])
            BudgetChange.objects.create(
                budget=month, user=None, username=HELD_BY, before_usd=before, after_usd=month.budget_usd,
                reason=f"closed: restored from {restored.name}",
            )  # fmt: skip
        restored.held_deliveries = hold_outbox(why=f"restored from {restored.name}")
