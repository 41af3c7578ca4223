"""What the import commands share: their options, the run, and what is shown."""

from __future__ import annotations

import logging
import signal
import socket
import sys
import threading
import time
from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from common.errors import InvoicesiteError
from processing.channels.bucket import expand_sources, is_bucket
from processing.channels.paths import NoSuchPath
from processing.imports import reports
from processing.imports.console import ROWS_SHOWN, console_for, invoice_table, progress_bar
from processing.imports.dry_run import show_plan
from processing.imports.run import BatchRun, Progress
from processing.models import Batch, ProcessingJob
from processing.services import batches
from processing.services.documents import JobOptions

WRONG_USAGE = 2
_PASSED_OVER_NOTED = 1000
_PASSED_OVER_SHOWN = 20


class ImportCommand(BaseCommand):
    kind = "invoice"
    noun = "invoices"

    def add_arguments(self, parser: CommandParser) -> None:
        prefix = self.kind.upper()
        tokens = getattr(settings, f"{prefix}_MAX_OUTPUT_TOKENS")
        budget = getattr(settings, f"{prefix}_BUDGET_USD")
        parser.add_argument(
            "paths", nargs="*", metavar="PATH", help="file, folder (with all below it), glob, or s3://bucket/prefix"
        )
        parser.add_argument("--parallelism", type=_positive, metavar="N", default=settings.EXTRACTION_PARALLELISM,
                            help="documents at a time (%(default)s)")  # fmt: skip
        parser.add_argument("--budget", type=_usd, metavar="USD", help=f"ceiling of one document ({budget})")
        parser.add_argument("--max-output-tokens", type=_positive, metavar="N", help=f"of one model call ({tokens})")
        parser.add_argument("--batch-budget", type=_usd, metavar="USD", help="ceiling of the whole import (none)")
        parser.add_argument("--policy", choices=ProcessingJob.Policy.values,
                            help=f"cheapest, llm or rules ({settings.EXTRACTION_POLICY})")  # fmt: skip
        parser.add_argument("--output", type=Path, metavar="DIR",
                            help="folder for results.json, metrics.json and failed.json")  # fmt: skip
        parser.add_argument("--again", action="store_true",
                            help="read files again that were read before; what people decided stays")  # fmt: skip
        parser.add_argument("--resume", metavar="BATCH", help="resume a batch: its id, or “last”")
        parser.add_argument("--max-wait", type=_minutes, metavar="MINUTES", default=60.0,
                            help="end where no document can go on for so long (%(default)g)")  # fmt: skip
        parser.add_argument("--queue", action="store_true", help="hand the jobs to the workers and show their progress")
        parser.add_argument("--dry-run", action="store_true", help="show what would be done and the most it can cost")

    def handle(self, *_: Any, **options: Any) -> None:
        console = console_for(self.stdout)
        if settings.LOG_FORMAT == "console":
            # For a person the table says how each document ended; lines between would break the bar of progress.
            logging.getLogger("processing.pipeline.telling").setLevel(logging.WARNING)
        if bool(options["paths"]) == bool(options["resume"]):
            raise CommandError("Name files to import, or a batch to --resume.", returncode=WRONG_USAGE)
        job_options = JobOptions(
            policy=options["policy"],
            budget_usd=options["budget"],
            max_output_tokens=options["max_output_tokens"],
            include_hidden=options.get("include_hidden", False),
        )
        try:
            if options["dry_run"]:
                show_plan(console, options["paths"], kind=self.kind, options=job_options,
                          batch_budget_usd=options["batch_budget"], again=options["again"])  # fmt: skip
                return
            batch, job_options = self._batch(options, job_options)
        except (NoSuchPath, InvoicesiteError) as error:
            raise CommandError(str(error), returncode=WRONG_USAGE) from error

        console.print(f"Batch [bold]{batch.id}[/bold]: {batch.items.count()} {self.noun}")
        run = self._run(console, batch, job_options, options)
        self._report(console, run, options["output"])

    def _batch(self, options: dict[str, Any], job_options: JobOptions) -> tuple[Batch, JobOptions]:
        if options["resume"]:
            batch = batches.find_batch(options["resume"])
            if batch.kind != self.kind:
                raise NoSuchPath(f"The batch {batch.id} contains {batch.get_kind_display()}s.")
            job_options = _options_from(batch.options, job_options)
        else:
            for argument in options["paths"]:  # a slip in a path is found before anything is written
                next(expand_sources([argument]), None)
            saved = {
                "host": socket.gethostname(),
                "paths": [p if is_bucket(p) else str(Path(p).absolute()) for p in options["paths"]],
                "policy": job_options.policy,
                "budget_usd": None if job_options.budget_usd is None else str(job_options.budget_usd),
                "max_output_tokens": job_options.max_output_tokens,
                "include_hidden": job_options.include_hidden,
                "again": options["again"],
            }
            batch = batches.create_batch(
                kind=self.kind, name=", ".join(options["paths"]), options=saved, budget_usd=options["batch_budget"]
            )
        batches.start_batch(batch=batch, budget_usd=options["batch_budget"])
        if not batch.options.get("listed"):
            passed_over: list[str] = []
            batch.options["passed_over"] = passed_over  # filled while the files are listed, then saved with the list

            def note(path: object) -> None:
                if len(passed_over) < _PASSED_OVER_NOTED:
                    passed_over.append(str(path))

            paths = expand_sources(batch.options["paths"], passed_over=note)
            count = batches.list_files(batch=batch, paths=paths)
            if not count:
                batches.finish_batch(batch=batch)
                raise NoSuchPath("These folders contain no documents.")
        return batch, job_options

    def _run(self, console: Console, batch: Batch, job_options: JobOptions, options: dict[str, Any]) -> BatchRun:
        started = time.monotonic()
        with progress_bar(console) as bar:
            task = bar.add_task(self.noun, total=None, rate="", cost="0.0000", failed="")
            said = [""]

            def show(progress: Progress) -> None:
                minutes = (time.monotonic() - started) / 60
                bar.update(
                    task,
                    total=progress.total,
                    completed=progress.done,
                    rate=f"{progress.done / minutes:.0f}/min" if minutes else "",
                    cost=f"{progress.cost_usd:.4f}",
                    failed=f"{progress.failed} failed" if progress.failed else "",
                )
                if progress.waits_for and progress.waits_for != said[0]:
                    console.print(f"[yellow]Waiting:[/yellow] {escape(progress.waits_for)}")
                    said[0] = progress.waits_for

            run = BatchRun(
                batch=batch,
                options=job_options,
                parallelism=options["parallelism"],
                on_progress=show,
                most_wait_seconds=options["max_wait"] * 60,
                again=batch.options.get("again", False),
            )
            with _interruptible(run, console):
                if options["queue"]:
                    run.submit_to_workers()
                else:
                    run.run()
            show(run.progress)
        return run

    def results_table(self, entries: Iterable[dict[str, Any]]) -> Table:
        return invoice_table(entries)

    def _entries(self, console: Console, batch: Batch, output: Path | None, total: int) -> Iterator[dict[str, Any]]:
        entries = reports.written_entries(batch=batch, folder=output) if output else reports.result_entries(batch)
        if total <= reports.PORTION:
            yield from entries
            return
        with progress_bar(console) as bar:
            task = bar.add_task("results", total=total, rate="", cost=f"{batch.spent_usd:.4f}", failed="")
            for entry in entries:
                bar.advance(task)
                yield entry

    def _report(self, console: Console, run: BatchRun, output: Path | None) -> None:
        batch = run.batch
        batches.finish_batch(batch=batch)
        batch.refresh_from_db()
        entries: list[dict[str, Any]] = []
        hidden = 0
        failed = unfinished = review = 0
        for entry in self._entries(console, batch, output, run.progress.total):
            failed += entry["status"] in ("failed", "cancelled")
            unfinished += entry["status"] in ("pending", "processing")
            review += bool(entry["review"])
            if len(entries) < ROWS_SHOWN:
                entries.append(entry)
            else:
                hidden += 1
        console.print()
        console.print(self.results_table(entries))
        if hidden:
            console.print(f"… and {hidden} more" + (f", all in {output}/results.json" if output else ""))
        done = run.progress.total - failed - unfinished
        console.print(
            f"\n[bold]{done}[/bold] processed, [bold]{review}[/bold] for review, [bold]{failed}[/bold] failed, "
            f"cost [bold]${batch.spent_usd:.4f}[/bold]"
            + (f", [bold]{unfinished}[/bold] not finished" if unfinished else "")
        )
        if passed_over := batch.options.get("passed_over"):
            names = ", ".join(Path(path).name for path in passed_over[:_PASSED_OVER_SHOWN])
            more = f" and {len(passed_over) - _PASSED_OVER_SHOWN} more" if len(passed_over) > _PASSED_OVER_SHOWN else ""
            console.print(f"[yellow]Passed over[/yellow] (not named like a document): {names}{more}")
        if output is not None:
            console.print(f"Written: {output}/results.json, metrics.json, failed.json")
        if run.stopped_because:
            console.print(f"[red]Stopped:[/red] {run.stopped_because}")
        if unfinished:
            console.print(f"Resume with: python manage.py import_{self.noun.replace(' ', '_')} --resume {batch.id}")
        if failed or unfinished:
            sys.exit(1)


class _interruptible:
    """Ctrl-C and SIGTERM let what runs come to its end; a second one stops at once."""

    def __init__(self, run: BatchRun, console: Console) -> None:
        self.run, self.console = run, console
        self.main = threading.current_thread() is threading.main_thread()

    def __enter__(self) -> None:
        if self.main:
            self.before = {number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)}

    def __exit__(self, *_: object) -> None:
        if self.main:
            for number, handler in self.before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, _: object) -> None:
        if self.run.stopping.is_set():
            raise KeyboardInterrupt
        self.run.stopping.set()
        self.run.stopped_because = "interrupted; running documents were finished."


def _options_from(saved: dict[str, Any], given: JobOptions) -> JobOptions:
    """The options of a resumed batch: as it was started, save for what is given now."""
    budget = saved.get("budget_usd")
    return JobOptions(
        policy=given.policy or saved.get("policy"),
        budget_usd=given.budget_usd if given.budget_usd is not None else Decimal(budget) if budget else None,
        max_output_tokens=given.max_output_tokens or saved.get("max_output_tokens"),
        include_hidden=given.include_hidden or saved.get("include_hidden", False),
    )


def _positive(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = 0
    if value < 1:
        raise ArgumentTypeError(f"“{text}” is not a whole number from 1 up")
    return value


def _minutes(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 10_080:
        raise ArgumentTypeError(f"“{text}” is not a number of minutes up to a week")
    return value


def _usd(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or value < 0:
        raise ArgumentTypeError(f"“{text}” is not an amount in US dollars")
    return value
