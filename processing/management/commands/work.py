"""`python manage.py work`: the workers of this machine under a supervisor."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from processing.queueing import LANES
from processing.supervisor import Supervisor


class Command(BaseCommand):
    help = "Runs the workers (a cluster for uploads, one for batches) and keeps them alive until SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", choices=LANES, help="one queue alone, where others have machines of their own")

    def handle(self, *_: Any, **options: Any) -> None:
        Supervisor(lanes=(options["only"],) if options["only"] else LANES).run()
