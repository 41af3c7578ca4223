"""``--dry-run``: what an import would do with each file, and the most that it can cost. Nothing is written or
called."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from rich.console import Console
from rich.table import Table

from common.errors import InvoicesiteError
from processing.channels.bucket import expand_sources
from processing.imports.run import file_bytes
from processing.models import Document
from processing.pipeline.model import model_is_configured
from processing.readers.detect import check_document
from processing.services.documents import JobOptions, max_bytes_of

ASKS_NO_MODEL = frozenset({"application/xml", "text/xml"})


def show_plan(
    console: Console,
    arguments: Sequence[str],
    *,
    kind: str,
    options: JobOptions,
    batch_budget_usd: Decimal | None,
    again: bool = False,
) -> None:
    """Print how many files would be processed, were seen before or would be refused, and the ceiling of the cost."""
    columns, counts, refused = options.columns(kind), Counter[str](), Counter[str]()
    may_ask = columns["policy"] != "rules" and model_is_configured()
    for path in expand_sources(arguments):
        try:
            data = file_bytes(path, kind=kind)
            media_type = check_document(data, filename=path.name, kind=kind, max_bytes=max_bytes_of(kind))  # type: ignore[arg-type]
        except InvoicesiteError as error:
            refused[error.code] += 1
            continue
        if not again and _done_before(hashlib.sha256(data).hexdigest(), kind, columns["policy"]):
            counts["seen before, costs nothing"] += 1
        elif not may_ask or media_type in ASKS_NO_MODEL:
            counts["processed without a model"] += 1
        else:
            counts["processed, may ask the model"] += 1
    ceiling = counts["processed, may ask the model"] * columns["budget_usd"]
    if batch_budget_usd is not None:
        ceiling = min(ceiling, batch_budget_usd)
    table = Table(show_edge=False, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for label, count in counts.items():
        table.add_row(label, str(count))
    for code, count in refused.items():
        table.add_row(f"refused: {code}", str(count))
    console.print(table)
    console.print(f"At most [bold]${ceiling:.2f}[/bold] (policy {columns['policy']}). Nothing was done.")


def _done_before(sha256: str, kind: str, policy: str) -> bool:
    documents = Document.objects.filter(owner=None, kind=kind, sha256=sha256)
    return documents.filter(jobs__policy=policy, jobs__status="completed").exists()
