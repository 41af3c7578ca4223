"""``export_history``: the history of invoices as an auditor can verify it without this software."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_date

from invoices.exporting.history import history_lines


class Command(BaseCommand):
    help = "Write every change of invoices, with its link to the one before, as JSON Lines (docs/verify_history.py)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="- for standard output")
        parser.add_argument("--invoice", metavar="ID", help="of one invoice")
        parser.add_argument("--since", metavar="DATE", help="of invoices that changed since (UTC), each from its start")

    def handle(self, *_: Any, **options: Any) -> None:
        since = parse_date(options["since"] or "")
        if options["since"] and since is None:
            raise CommandError("--since takes a date as 2026-01-31.", returncode=2)
        moment = datetime.combine(since, time.min, UTC) if since else None
        lines = history_lines(invoice_id=options["invoice"], since=moment)
        if str(options["file"]) == "-":
            sys.stdout.writelines(lines)
            return
        count = 0
        with options["file"].open("w", encoding="utf-8") as out:
            for line in lines:
                out.write(line)
                count += 1
        self.stdout.write(f"{count} changes written to {options['file']}")
