from __future__ import annotations

import sys
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from common.errors import NotFound
from processing.channels.mailbox import MailboxUnavailable, configured_mailbox, fetch_messages
from processing.models import Document


class Command(BaseCommand):
    help = "Take documents from the mailbox at MAILBOX_URL; each message is taken once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", choices=Document.Kind.values, default=Document.Kind.INVOICE)

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            config = configured_mailbox(options["kind"])
        except NotFound as error:
            raise CommandError(error.message, returncode=2) from error
        if config is None:
            raise CommandError("Set MAILBOX_URL (imaps://user@host/folder) and MAILBOX_PASSWORD.", returncode=2)
        table = Table("from", "subject", "result", "documents", "")
        documents = failed = 0
        try:
            for taken in fetch_messages(config):
                documents += taken.documents
                failed += taken.status in ("failed", "again")
                table.add_row(taken.sender, taken.subject, taken.status, str(taken.documents), taken.error)
        except MailboxUnavailable as error:
            raise CommandError(error.message, returncode=1) from error
        console = Console(file=cast("IO[str]", self.stdout), width=None if sys.stdout.isatty() else 160)
        if table.row_count:
            console.print(table)
        console.print(f"[bold]{table.row_count}[/bold] messages, [bold]{documents}[/bold] documents, {failed} failed")
