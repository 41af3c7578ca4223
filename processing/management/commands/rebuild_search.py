"""``rebuild_search``: invoices without search words become findable."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from processing.pipeline.search_rebuilding import rebuild_search


class Command(BaseCommand):
    help = (
        "Make the search words of invoices that have none, such as rows written by another program. "
        "Safe to interrupt and run again while the site is in use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="also invoices that have search words already")
        parser.add_argument("--after", type=UUID, metavar="ID", help="continue after this invoice, as printed")
        parser.add_argument("--batch-size", type=int, default=200, metavar="N", help="invoices a transaction")

    def handle(self, *_: Any, **options: Any) -> None:
        count = with_text = 0
        for batch in rebuild_search(
            everything=options["all"], after=options["after"], batch_size=max(1, options["batch_size"])
        ):
            count, with_text = count + batch.invoices, with_text + batch.with_text
            self.stdout.write(f"{count} invoices, up to {batch.last}")
        self.stdout.write(f"{count} invoices are findable, {with_text} of them by the text of their document.")
