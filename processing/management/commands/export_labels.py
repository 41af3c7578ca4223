"""``export_labels DIR``: approved invoices as a labelled set for ``evaluate``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from processing.imports.labelled_sets import export_labelled_set


class Command(BaseCommand):
    help = "Write approved invoices with their documents as a labelled set; `evaluate DIR` measures on it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--since", type=datetime.fromisoformat, metavar="DATE", help="approved on or after")

    def handle(self, *_: Any, **options: Any) -> None:
        since: datetime | None = options["since"]
        if since is not None and timezone.is_naive(since):
            since = timezone.make_aware(since)
        count = export_labelled_set(options["folder"], since=since)
        self.stdout.write(f"{count} documents in {options['folder']}")
