from __future__ import annotations

import sys
from datetime import timedelta
from typing import IO, Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from processing.services.retention import Purged, expired_documents, forget_purged, purge_expired

ROWS_SHOWN = 200


class Command(BaseCommand):
    help = "Delete the files of documents past their retention (RETENTION_DAYS). Records stay; legal holds are kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, metavar="N", help="retention in days (RETENTION_DAYS)")
        parser.add_argument("--dry-run", action="store_true", help="list what would be deleted, and delete nothing")

    def handle(self, *_: Any, **options: Any) -> None:
        days = options["days"] if options["days"] is not None else settings.RETENTION_DAYS
        if days is None or days < 1:
            raise CommandError("Set RETENTION_DAYS or pass --days (at least 1).", returncode=2)
        before = timezone.now() - timedelta(days=days)
        console = Console(file=cast("IO[str]", self.stdout), width=None if sys.stdout.isatty() else 140)
        if options["dry_run"]:
            waiting = expired_documents(before=before)
            done = [Purged(document) for document in waiting[:ROWS_SHOWN]]
            count, failed = waiting.count(), 0
        else:
            done, count, failed = [], 0, 0
            forget_purged()
            for purged in purge_expired(before=before):
                count += not purged.error
                failed += bool(purged.error)
                if len(done) < ROWS_SHOWN:
                    done.append(purged)
        if done:
            console.print(_table(done))
        verb = "would be deleted" if options["dry_run"] else "deleted"
        console.print(f"[bold]{count}[/bold] files from before {before:%Y-%m-%d} {verb}; their records stay.")
        if failed:
            raise CommandError(f"{failed} files could not be deleted; the next run tries again.", returncode=1)


def _table(rows: list[Purged]) -> Table:
    table = Table("document", "file", "kind", "submitted", "bytes", "")
    for row in rows:
        document = row.document
        submitted = f"{document.created_at:%Y-%m-%d}"
        table.add_row(
            str(document.id), document.filename, document.kind, submitted, f"{document.size_bytes:,}", row.error
        )
    return table
