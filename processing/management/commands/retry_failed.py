"""`python manage.py retry_failed`: dead letters are tried again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count

from common.errors import InvoicesiteError
from processing.services.batches import find_batch
from processing.services.retrying import failed_jobs, retry_failed


class Command(BaseCommand):
    help = "Queue failed jobs again, with fresh attempts and the same ceiling."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", metavar="BATCH", help="of one batch: its id, the beginning of it, or “last”")
        parser.add_argument("--code", default="", help="with one error code, as in failed.json: llm_timeout, …")
        parser.add_argument("--limit", type=int, metavar="N", help="the oldest N")
        parser.add_argument("--dry-run", action="store_true", help="count them by error code")

    def handle(self, *_: Any, **options: Any) -> None:
        if options["limit"] is not None and options["limit"] < 1:
            raise CommandError("--limit is a whole number from 1 up.", returncode=2)
        try:
            batch = find_batch(options["batch"]) if options["batch"] else None
        except InvoicesiteError as error:
            raise CommandError(error.message, returncode=2) from error
        jobs = failed_jobs(batch=batch, code=options["code"])
        if options["dry_run"]:
            counts = jobs.order_by().values_list("error_code").annotate(n=Count("id")).order_by("-n")
            for code, count in counts:
                self.stdout.write(f"{count:>8}  {code}")
            self.stdout.write(f"{sum(count for _, count in counts):>8}  failed jobs")
            return
        if options["limit"]:
            jobs = jobs[: options["limit"]]
        result = retry_failed(jobs)
        self.stdout.write(f"{result.revived} jobs will be retried.")
        for message, count in result.refused.items():
            self.stdout.write(f"{count} not: {message}")
