"""What import commands show in a terminal: a progress bar, a table of results, a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import IO, Any, cast

from django.core.management.base import OutputWrapper
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

ROWS_SHOWN = 60  # more is scrolled past unread; results.json has them all


def console_for(stdout: OutputWrapper) -> Console:
    """A console on a command's output; wide enough for the table where it is not a terminal."""
    return Console(file=cast(IO[str], stdout), width=None if stdout.isatty() else 160)


def progress_bar(console: Console) -> Progress:
    return Progress(
        TextColumn("[bold]{task.description}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("[green]${task.fields[cost]}"),
        TextColumn("[red]{task.fields[failed]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        refresh_per_second=4,
    )


def invoice_table(entries: Iterable[dict[str, Any]]) -> Table:
    """File, vendor, number, date, total, method, review reasons and cost of the first rows."""
    table = Table(show_edge=False, pad_edge=False, header_style="bold", expand=False)
    table.add_column("File", overflow="fold", max_width=34)
    table.add_column("Vendor", overflow="ellipsis", no_wrap=True, max_width=26)
    table.add_column("Number", overflow="ellipsis", no_wrap=True, max_width=18)
    table.add_column("Date", no_wrap=True)
    table.add_column("Total", justify="right", no_wrap=True)
    table.add_column("By", no_wrap=True)
    table.add_column("Review", overflow="fold", max_width=38)
    table.add_column("Cost", justify="right", no_wrap=True)
    for entry in entries:
        invoice = entry.get("invoice") or {}
        cost = entry["usage"]["cost_usd"]
        table.add_row(
            entry["file"],
            invoice.get("vendor_name") or "–",
            invoice.get("invoice_number") or "–",
            invoice.get("invoice_date") or "–",
            f"{invoice['total_amount']} {invoice.get('currency') or ''}" if invoice.get("total_amount") else "–",
            "seen" if entry["seen_before"] else entry["method"] or "–",
            verdict(entry),
            f"${cost:.4f}" if cost else "0",
        )
    return table


def verdict(entry: dict[str, Any]) -> str:
    """Why a person must look, in the table of results; or that the document failed."""
    if entry["status"] == "failed":
        return f"[red]{entry['error']['code'] if entry['error'] else 'failed'}[/red]"
    if entry["status"] != "completed":
        return f"[dim]{entry['status']}[/dim]"
    codes = Counter(reason["code"] for reason in entry["review"])
    if not codes:
        return "[green]none[/green]"
    return "[yellow]" + ", ".join(code if n == 1 else f"{code} ×{n}" for code, n in codes.items()) + "[/yellow]"
