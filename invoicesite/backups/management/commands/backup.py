"""`python manage.py backup TARGET`: database and files, taken as one while everything runs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from invoicesite.backups.errors import BackupRefused
from invoicesite.backups.sealing import Seal
from invoicesite.backups.taking import take_backup, thin_out
from invoicesite.backups.target import Target
from invoicesite.monitoring.runs import note_run


class Command(BaseCommand):
    help = "Take a backup of database and files. Files that the target holds already are not copied again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "target", nargs="?", metavar="TARGET",
            help="a folder, or s3://…, azure://…, gs://… as in STORAGE_URL; without it BACKUP_URL, with its settings",
        )  # fmt: skip
        parser.add_argument(
            "--recipient", action="append", default=[], metavar="AGE1…",
            help="encrypt for this age key; more than once for several",
        )  # fmt: skip
        parser.add_argument("--keep", type=int, metavar="N", help="afterwards delete all but the N newest backups")

    def handle(self, *_: Any, **options: Any) -> None:
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError("--keep must be at least 1.", returncode=2)
        address, recipients, keep = options["target"], options["recipient"], options["keep"]
        if not address:
            if not settings.BACKUP_URL:
                raise CommandError("Name the TARGET, or set BACKUP_URL.", returncode=2)
            address = settings.BACKUP_URL
            recipients, keep = recipients or settings.BACKUP_RECIPIENTS, keep or settings.BACKUP_KEEP
        try:
            target = Target(address)
            taken = take_backup(target, seal=Seal(tuple(recipients)))
            thinned = thin_out(target, keep=keep) if keep else (0, 0)
        except Exception as error:
            note_run("backup", error=type(error).__name__)
            if isinstance(error, BackupRefused):
                raise CommandError(f"No backup was taken: {error}", returncode=1) from error
            raise
        note_run("backup", error="documents without a file" if taken.missing else "")
        self.stdout.write(
            f"Backup {taken.name}: database {taken.database_bytes:,} bytes, {taken.documents:,} documents "
            f"({taken.copied:,} files copied, {taken.copied_bytes:,} bytes; {taken.kept:,} were there already)."
        )
        if any(thinned):
            self.stdout.write(f"{thinned[0]} older backups and {thinned[1]} files that only they had were deleted.")
        if taken.missing:
            raise CommandError(
                f"{len(taken.missing)} documents have no file in the storage, the first is {taken.missing[0]}; "
                "the backup holds everything else. `manage.py doctor` lists them.",
                returncode=1,
            )
