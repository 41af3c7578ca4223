"""`python manage.py doctor`: what does not fit together, told; with --fix, mended where that is safe."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.table import Table

from invoicesite.backups.doctor import examine
from invoicesite.backups.errors import BackupRefused
from invoicesite.backups.mending import Source
from invoicesite.backups.sealing import read_identity
from invoicesite.backups.target import Target
from processing.imports.console import console_for


class Command(BaseCommand):
    help = "Look for rows without files, files without rows, lost jobs, stuck reservations, sums that differ, history."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="mend what is safe to mend")
        parser.add_argument("--deep", action="store_true", help="read every file and compare its hash")
        parser.add_argument("--backup", metavar="TARGET", help="lost files come back from there (BACKUP_URL)")
        parser.add_argument("--identity", type=Path, metavar="FILE", help="the age key that opens the backup")
        parser.add_argument("--json", action="store_true", help="one JSON object a line, for machines")

    def handle(self, *_: Any, **options: Any) -> None:
        address = options["backup"] or settings.BACKUP_URL
        try:
            identity = read_identity(options["identity"]) if options["identity"] else ""
            source = Source(Target(address), identity) if address else None
        except BackupRefused as error:
            raise CommandError(str(error), returncode=2) from error
        complaints = list(examine(fix=options["fix"], deep=options["deep"], source=source))
        if options["json"]:
            for complaint in complaints:
                self.stdout.write(json.dumps(asdict(complaint)))
        else:
            self._show(complaints)
        open_ones = sum(complaint.count - complaint.mended for complaint in complaints)
        if open_ones:
            raise CommandError(f"{open_ones} things are wrong.", returncode=1)
        if not options["json"]:
            self.stdout.write("Everything fits together.")

    def _show(self, complaints: list[Any]) -> None:
        table = Table("check", "found", "mended", "first of them", show_edge=False, pad_edge=False)
        for complaint in complaints:
            first = "\n".join(complaint.examples[:3])
            more = f"\n… {complaint.count - 3} more" if complaint.count > 3 else ""
            state = str(complaint.count) if complaint.count else "ok"
            mended = str(complaint.mended) if complaint.mended else ""
            about = f"{complaint.code}\n{complaint.meaning}" if complaint.count else complaint.code
            table.add_row(about, state, mended, first + more)
        console_for(self.stdout).print(table)
