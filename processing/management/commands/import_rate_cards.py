"""``import_rate_cards PATH…``: carriers' rate cards become stored rates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.management.base import CommandParser
from rich.table import Table

from processing.imports.command import ImportCommand
from processing.imports.rate_card_console import rate_card_table


class Command(ImportCommand):
    kind = "rate_card"
    noun = "rate cards"
    help = (
        "Read rate cards from files, folders and globs, check them, and store their rates. "
        "Exit status: 0 when all were processed, 1 when some failed or the run was stopped, 2 on wrong usage."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--include-hidden", action="store_true", help="read hidden sheets of workbooks, too")

    def results_table(self, entries: Iterable[dict[str, Any]]) -> Table:
        return rate_card_table(entries)
