"""`python manage.py work`: the workers of this machine under a supervisor."""

from __future__ import annotations

import socket
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, ProgrammingError

from processing.checks import check_month
from processing.queries import live_workers
from processing.queueing import LANES
from processing.workers.connections import TooFewConnections, check_connections
from processing.workers.supervisor import Supervisor


class Command(BaseCommand):
    help = "Runs the workers (a cluster for uploads, one for batches) and keeps them alive until SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", choices=LANES, help="one queue alone, where others have machines of their own")

        parser.add_argument(
            "--check", action="store_true", help="start nothing; exit 1 unless this host's workers are running"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        lanes = (options["only"],) if options["only"] else LANES
        if options["check"]:
            alive = set(live_workers().filter(host=socket.gethostname()).values_list("lane", flat=True))
            missing = [lane for lane in lanes if lane not in alive]
            if missing:
                raise CommandError(f"No worker is running here for: {', '.join(missing)}.")
            return
        try:
            check_connections(lanes)
            live_workers().exists()  # the tables are there
            for message in check_month(None, databases=["default"]):
                self.stderr.write(f"{message.msg} {message.hint}")
        except TooFewConnections as error:
            raise CommandError(error.message) from error
        except ProgrammingError:
            raise  # a database before its first migration
        except Error:
            pass  # the supervisor waits for a database that is away
        Supervisor(lanes=lanes).run()
