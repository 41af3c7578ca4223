"""``export_vendors FILE``: vendors with what people confirmed of their documents, as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from invoices.models import Vendor
from invoices.services.vendor_memory import export_vendors


class Command(BaseCommand):
    help = "Write all vendors, without candidates, with what is known of their documents to a JSON file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *_: Any, **options: Any) -> None:
        vendors = Vendor.objects.filter(confirmed_at__isnull=False).prefetch_related("memories")
        told = export_vendors(vendors)
        options["file"].write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        self.stdout.write(f"{len(told['vendors'])} vendors written to {options['file']}")
