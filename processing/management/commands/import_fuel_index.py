from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.errors import InvalidFields
from invoices.services.fuel_index import import_fuel_index
from processing.readers.text import decode_text

MAX_BYTES = 5_000_000


class Command(BaseCommand):
    help = "Import the values of a fuel index (EIA diesel, EU oil bulletin, a carrier's table) from a CSV file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE", help="CSV with a date and a value a row")
        parser.add_argument("--name", required=True, help="the index as rate cards name it: “DOE diesel”")

    def handle(self, *_: Any, **options: Any) -> None:
        path: Path = options["path"]
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            raise CommandError("There is no such file, or it is too large.", returncode=2)
        try:
            done = import_fuel_index(name=options["name"].strip()[:100], text=decode_text(path.read_bytes()))
        except InvalidFields as error:
            raise CommandError("; ".join(each.message for each in error.errors)) from error
        self.stdout.write(f"{done.name}: {done.added} values added, {done.changed} changed.")
