from __future__ import annotations

import sys
from typing import IO, Any, cast

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from processing.mailbox import MailboxConfig, MailboxUnavailable, fetch_messages
from processing.models import Document


class Command(BaseCommand):
    help = "Take documents from the mailbox at MAILBOX_URL; each message is taken once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", choices=Document.Kind.values, default=Document.Kind.INVOICE)

    def handle(self, *_: Any, **options: Any) -> None:
        if not settings.MAILBOX_URL:
            raise CommandError("Set MAILBOX_URL (imaps://user@host/folder) and MAILBOX_PASSWORD.", returncode=2)
        config = MailboxConfig(
            url=settings.MAILBOX_URL,
            password=settings.MAILBOX_PASSWORD,
            move_to=settings.MAILBOX_SEEN.removeprefix("move:").strip() if settings.MAILBOX_SEEN != "mark" else "",
            kind=options["kind"],
            owner_id=_owner_id(settings.MAILBOX_OWNER),
        )
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


def _owner_id(username: str) -> int | None:
    if not username:
        return None
    user = get_user_model().objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"MAILBOX_OWNER names no user: {username}.", returncode=2)
    return int(user.pk)
