"""``evaluate SET_DIR``: how right the extraction is on a labelled set."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from invoices.coverage import coverage
from invoices.scoring import ScoreReport, score
from processing.imports.console import console_for, progress_bar
from processing.imports.evaluation import evaluate_files
from processing.imports.learning import play, rows_of
from processing.models import ProcessingJob
from processing.services.documents import JobOptions


class Command(BaseCommand):
    help = (
        "Read the documents of a labelled set (SET_DIR/documents, SET_DIR/expected.json) and compare. "
        "Nothing is recorded in the books; calls to a model are in the ledger."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("set_dir", type=Path, metavar="SET_DIR")
        parser.add_argument("--policy", choices=ProcessingJob.Policy.values)
        parser.add_argument("--parallelism", type=int, default=settings.EXTRACTION_PARALLELISM, metavar="N")
        parser.add_argument("--budget", type=Decimal, metavar="USD", help="ceiling of one document")
        parser.add_argument("--max-output-tokens", type=int, metavar="N", help="of one model call")
        parser.add_argument("--limit", type=int, metavar="N", help="only the first N documents of the set")
        parser.add_argument("--misses", type=int, default=0, metavar="N", help="show the first N wrong fields")
        parser.add_argument("--output", type=Path, metavar="DIR", help="write results.json and scores.json there")
        parser.add_argument(
            "--learn", action="store_true",
            help="play the set in order: each document is corrected by its label and teaches; figures by how many "
            "documents of the vendor came before",
        )  # fmt: skip
        parser.add_argument("--wrong", type=float, default=0.0, metavar="SHARE", help="of the corrections are wrong")
        parser.add_argument("--json", action="store_true", help="print the scores as JSON")

    def handle(self, *_: Any, **options: Any) -> None:
        folder: Path = options["set_dir"]
        documents = folder / "documents" if (folder / "documents").is_dir() else folder
        try:
            labels = json.loads((folder / "expected.json").read_text(encoding="utf-8"))[: options["limit"]]
        except (OSError, ValueError) as error:
            raise CommandError(f"{folder}/expected.json cannot be read: {error}", returncode=2) from error
        paths = [documents / label["file"] for label in labels]
        console = console_for(self.stdout)
        job_options = JobOptions(
            policy=options["policy"], budget_usd=options["budget"], max_output_tokens=options["max_output_tokens"]
        )
        if options["learn"]:
            _learn(console, paths, labels, job_options, options)
            return
        with progress_bar(Console(stderr=True)) as bar:
            task = bar.add_task("documents", total=len(paths), rate="", cost="", failed="")
            entries = list(
                evaluate_files(
                    paths,
                    options=job_options,
                    parallelism=options["parallelism"],
                    on_done=lambda: bar.advance(task),
                )
            )
        report = score(entries, [label for label in labels if "expected" in label])
        figures = report.as_json() | {"coverage": coverage(entries, report.misses).as_json()}
        if options["output"]:
            options["output"].mkdir(parents=True, exist_ok=True)
            (options["output"] / "results.json").write_text(json.dumps(entries, ensure_ascii=False, indent=1))
            (options["output"] / "scores.json").write_text(json.dumps(figures, indent=1))
        if options["json"]:
            console.print_json(json.dumps(figures))
        else:
            _show(console, report, entries, options["misses"])
            _show_coverage(console, figures["coverage"])


def _learn(
    console: Console, paths: list[Path], labels: list[dict[str, Any]], job_options: JobOptions, options: dict[str, Any]
) -> None:
    with progress_bar(Console(stderr=True)) as bar:
        task = bar.add_task("documents", total=len(paths), rate="", cost="", failed="")
        steps = list(
            play(paths, labels, options=job_options, wrong=options["wrong"], on_done=lambda: bar.advance(task))
        )
    rows = rows_of(steps)
    if options["output"]:
        options["output"].mkdir(parents=True, exist_ok=True)
        entries = [step.entry for step in steps]
        (options["output"] / "results.json").write_text(json.dumps(entries, ensure_ascii=False, indent=1))
    if options["json"]:
        console.print_json(json.dumps([{"nth": row.nth, **row.report.as_json()} for row in rows]))
        return
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for title in (
        "Nth of its vendor",
        "Documents",
        "Header F1",
        "Core right",
        "Accepted",
        "Of these right",
        "USD each",
    ):
        table.add_column(title, justify="right")
    for row in rows:
        figures = row.report.as_json()
        shares = [figures[name] for name in ("micro_f1", "core_right", "accepted", "accepted_right")]
        table.add_row(
            str(row.nth), str(figures["documents"]), *("–" if s is None else f"{s:.4f}" for s in shares),
            figures["cost_usd_per_document"],
        )  # fmt: skip
    console.print(table)
    shown = [(row.nth, miss) for row in rows for miss in row.report.misses]
    for nth, miss in shown[-options["misses"] :] if options["misses"] else []:
        console.print(
            f"  {nth}. {miss.file}: {miss.field}: expected {miss.expected!r}, found {miss.found!r}", markup=False
        )


def _show(console: Console, report: ScoreReport, entries: list[dict[str, Any]], misses: int) -> None:
    figures = report.as_json()
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for title in ("Field", "n", "Precision", "Recall", "F1"):
        table.add_column(title, justify="left" if title == "Field" else "right")
    for name, row in figures.pop("fields").items():
        shown = ["–" if row[k] is None else f"{row[k]:.4f}" for k in ("precision", "recall", "f1")]
        table.add_row(name, str(row["n"]), *shown)
    console.print(table)
    for name, value in figures.items():
        console.print(f"{name.replace('_', ' ')}: [bold]{value}[/bold]", highlight=False)
    cut = sum(entry.get("outcome") == "partial" and bool(entry.get("raw_response")) for entry in entries)
    seconds = sorted(entry["usage"]["elapsed_seconds"] for entry in entries)
    console.print(f"partial replies: {cut}; seconds a document: median {seconds[len(seconds) // 2]:.3f}")
    for miss in report.misses[:misses]:
        console.print(f"  {miss.file}: {miss.field}: expected {miss.expected!r}, found {miss.found!r}", markup=False)


def _show_coverage(console: Console, figures: dict[str, Any]) -> None:
    documents = figures["documents"]
    for name in ("accepted", "accepted_but_for_master_data"):
        share = figures[name]
        console.print(f"{name.replace('_', ' ')}: {share['n']} of {documents}, {share['right']} right", highlight=False)
    for method, share in figures["accepted_by_method"].items():
        console.print(f"  {method}: {share['n']}, {share['right']} right", highlight=False)
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for title in ("Held back by", "n", "alone", "of them right", "about"):
        table.add_column(title, justify="left" if title in ("Held back by", "about") else "right")
    for code, row in figures["held_back_by"].items():
        about = "master data" if row["master_data"] else "reading"
        table.add_row(code, str(row["n"]), str(row["alone"]), str(row["right"]), about)
    if figures["held_back_by"]:
        console.print(table)
