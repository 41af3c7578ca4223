"""`python manage.py restore TARGET`: a backup brought back, and the decisions that follow it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from invoicesite.backups.errors import BackupRefused
from invoicesite.backups.restoring import Restored, hold_after, release_deliveries, release_spending, restore_backup
from invoicesite.backups.sealing import read_identity
from invoicesite.backups.target import Target

_HELD = (
    "No model is called in {0.month} until `restore --release-spending USD` names what was spent since; nothing is "
    "sent, and {0.held_deliveries} webhook deliveries wait, until `restore --release-outbox send|drop`."
)


class Command(BaseCommand):
    help = (
        "Restore database and files from a backup. Afterwards no model is called and no webhook is sent until "
        "--release-spending and --release-outbox say so."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", nargs="?", metavar="TARGET", help="where the backups are, as given to `backup`")
        parser.add_argument("--name", default="", help="which backup (the newest)")
        parser.add_argument("--identity", type=Path, metavar="FILE", help="the age key that opens the backup")
        parser.add_argument("--replace", action="store_true", help="also where the database holds records")
        parser.add_argument(
            "--hold", action="store_true",
            help="restore nothing, but close the month and the outbox: PostgreSQL went back to a point in time",
        )  # fmt: skip
        parser.add_argument(
            "--release-spending", metavar="USD", help="open the month again: what the provider billed since the backup"
        )
        parser.add_argument(
            "--release-outbox", choices=["send", "drop"], help="what becomes of deliveries that the restore held"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        release, outbox = options["release_spending"], options["release_outbox"]
        if not options["target"] and not options["hold"] and release is None and outbox is None:
            raise CommandError("Name the TARGET of a backup, or what to release.", returncode=2)
        try:
            if options["target"]:
                self._restore(options)
            elif options["hold"]:
                held = Restored("a point in time")
                hold_after(held)
                self.stdout.write(_HELD.format(held))
            if release is not None:
                month = release_spending(spent_since_usd=_money(release), user=None)
                self.stdout.write(f"{month.key} is open again: ${month.spent_usd:f} of its ceiling is spent.")
            if outbox is not None:
                count = release_deliveries(send=outbox == "send")
                self.stdout.write(f"{count} deliveries {'go out now' if outbox == 'send' else 'were ended unsent'}.")
        except BackupRefused as error:
            raise CommandError(str(error), returncode=1) from error

    def _restore(self, options: dict[str, Any]) -> None:
        path = options["identity"]
        done = restore_backup(
            Target(options["target"]),
            name=options["name"],
            identity=read_identity(path) if path else "",
            replace=options["replace"],
        )
        self.stdout.write(
            f"Restored {done.name}: {done.documents:,} documents, {done.written:,} files written.\n{_HELD.format(done)}"
        )


def _money(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        raise CommandError(f"--release-spending takes an amount in USD, not {text!r}.", returncode=2)
    return value
