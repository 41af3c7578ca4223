"""``project_costs PATH…``: what an import would cost, and where, without a call."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from rich.console import Console
from rich.table import Table

from processing.channels.bucket import expand_sources
from processing.channels.paths import NoSuchPath
from processing.imports.projection import FileProjection, Projector
from processing.llm.prices import PriceUnknown
from processing.models import ProcessingJob
from processing.services.documents import JobOptions

DEAREST_SHOWN = 10
WAYS = {
    "seen": "seen before",
    "xml": "e-invoice inside",
    "cache": "reply is kept",
    "rules": "rules suffice",
    "llm": "asks the model",
    "over budget": "no call fits the budget",
    "refused": "refused",
}


class Command(BaseCommand):
    help = (
        "For given files: how each would be read, what its calls can cost at most, what they are expected to cost from "
        "this system's own history, and where that would be spent. Nothing is written, and no model is called."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH",
                            help="file, folder (with all below it), glob, or s3://bucket/prefix")  # fmt: skip
        parser.add_argument("--documents", type=int, metavar="N", help="for N documents, of which these are a sample")
        parser.add_argument("--policy", choices=ProcessingJob.Policy.values)
        parser.add_argument("--budget", metavar="USD", help=f"ceiling of one document ({settings.INVOICE_BUDGET_USD})")
        parser.add_argument("--max-output-tokens", type=int, metavar="N", help="of one model call")
        parser.add_argument("--parallelism", type=int, default=settings.EXTRACTION_PARALLELISM, metavar="N")
        parser.add_argument("--json", action="store_true", help="print the projection as JSON, file by file")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            paths = list(expand_sources(options["paths"]))
            if options["documents"] is not None and options["documents"] < 1:
                raise CommandError("--documents is a whole number from 1 up.", returncode=2)
            budget = None if options["budget"] is None else Decimal(options["budget"])
            projector = Projector(
                JobOptions(policy=options["policy"], budget_usd=budget, max_output_tokens=options["max_output_tokens"])
            )
        except (NoSuchPath, PriceUnknown) as error:
            raise CommandError(str(error), returncode=2) from error
        except InvalidOperation as error:
            raise CommandError("--budget is an amount in US dollars, as in 0.02.", returncode=2) from error

        def project(path: Path) -> FileProjection:
            try:
                return projector.project(path)
            finally:
                connection.close()

        with ThreadPoolExecutor(max(1, options["parallelism"])) as pool:
            projections = list(pool.map(project, paths))
        if options["json"]:
            body = _as_json(projector, projections)
            if options["documents"] is not None:
                expected, worst = _for_documents(projections, options["documents"])
                body["documents"] = {
                    "count": options["documents"],
                    "expected_usd": str(expected),
                    "worst_case_usd": str(worst),
                }
            self.stdout.write(json.dumps(body, indent=1))
        else:
            self._show(projector, projections)
            if options["documents"] is not None:
                self._show_sample(projections, options["documents"])

    def _show_sample(self, projections: list[FileProjection], documents: int) -> None:
        expected, worst = _for_documents(projections, documents)
        self.stdout.write(
            f"{documents:,} documents like these {len(projections)}: ${expected:,.2f} expected, ${worst:,.2f} at most."
        )

    def _show(self, projector: Projector, projections: list[FileProjection]) -> None:
        console = Console(file=cast(IO[str], self.stdout), width=None if sys.stdout.isatty() else 120)
        table = Table("How", "Files", "Input tokens", "At most", "Expected", show_edge=False, pad_edge=False)
        for column in table.columns[1:]:
            column.justify = "right"
        for way, label in WAYS.items():
            some = [p for p in projections if p.way == way]
            if some:
                table.add_row(label, *_sums(some))
        table.add_section()
        table.add_row("all", *_sums(projections))
        console.print(table)
        dearest = sorted((p for p in projections if p.way == "llm"), key=lambda p: -p.expected_usd)[:DEAREST_SHOWN]
        if dearest:
            shown = Table("Dearest files", "Input tokens", "One call", "Expected", show_edge=False, pad_edge=False)
            for projection in dearest:
                cut = f" ({projection.rows_left_out} rows left out)" if projection.rows_left_out else ""
                shown.add_row(
                    projection.path.name + cut,
                    str(projection.input_tokens),
                    f"${projection.call_usd:.5f}",
                    f"${projection.expected_usd:.5f}",
                )
            console.print()
            console.print(shown)
        console.print()
        console.print(_ground(projector))


def _for_documents(projections: list[FileProjection], documents: int) -> tuple[Decimal, Decimal]:
    """What so many documents like the given ones are expected to cost, and the most that they can."""
    share = Decimal(documents) / len(projections)
    expected = sum((p.expected_usd for p in projections), Decimal(0)) * share
    worst = sum((p.worst_case_usd for p in projections), Decimal(0)) * share
    return expected.quantize(Decimal("0.0001")), worst.quantize(Decimal("0.0001"))


def _sums(projections: list[FileProjection]) -> tuple[str, str, str, str]:
    return (
        str(len(projections)),
        str(sum(p.input_tokens for p in projections)),
        f"${sum((p.worst_case_usd for p in projections), Decimal(0)):.4f}",
        f"${sum((p.expected_usd for p in projections), Decimal(0)):.4f}",
    )


def _ground(projector: Projector) -> str:
    model, history = projector.client.config.model, projector.history
    ceiling = f"Ceiling ${projector.budget_usd:f} a document, policy {projector.policy}, model {model}."
    if history is None:
        return f"{ceiling} Nothing is known of this model yet: one call a document is expected, with nothing cached."
    return (
        f"{ceiling} Expected from {history.jobs} documents of the last 90 days: {history.calls_per_job:.2f} calls and "
        f"{history.output_tokens:.0f} output tokens each, {history.cached_input_share:.0%} of the input cached."
    )


def _as_json(projector: Projector, projections: list[FileProjection]) -> dict[str, Any]:
    return {
        "model": projector.client.config.model,
        "policy": projector.policy,
        "budget_usd": str(projector.budget_usd),
        "history_documents": projector.history.jobs if projector.history else 0,
        "worst_case_usd": str(sum((p.worst_case_usd for p in projections), Decimal(0))),
        "expected_usd": str(sum((p.expected_usd for p in projections), Decimal(0))),
        "files": [
            {
                "path": str(p.path),
                "how": p.way,
                "error": p.error or None,
                "input_tokens": p.input_tokens,
                "rows_left_out": p.rows_left_out,
                "call_usd": str(p.call_usd),
                "worst_case_usd": str(p.worst_case_usd),
                "expected_usd": str(p.expected_usd),
            }
            for p in projections
        ],
    }
