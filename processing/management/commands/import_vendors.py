"""``import_vendors FILE``: takes vendors and their memory from a file of ``export_vendors``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.errors import InvalidState
from invoices.services.vendor_memory import import_vendors

MAX_BYTES = 100_000_000


class Command(BaseCommand):
    help = "Take vendors and what is known of their documents from a file that export_vendors wrote."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *_: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            if path.stat().st_size > MAX_BYTES:
                raise CommandError(f"{path} is larger than {MAX_BYTES} bytes.", returncode=2)
            count = import_vendors(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise CommandError(f"{path} cannot be read: {error}", returncode=2) from error
        except InvalidState as error:
            raise CommandError(error.message, returncode=2) from error
        self.stdout.write(f"{count} vendors imported")
