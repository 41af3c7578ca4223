"""What a model would answer about cards that only it can map, and how a test runs one through the pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from pytest_django import Settings

from invoices.models import RateCard
from processing.models import ProcessingJob
from processing.pipeline.run import run_job
from processing.services.documents import JobOptions, submit_document
from processing.spending import breaker
from tests.model_server import ModelServer
from tests.processing.rate_card_grids import Rows, workbook


def plan(*tables: dict[str, Any], rules: Sequence[str] = (), show: Sequence[str] = (), **values: str) -> str:
    named = [f"{name} {address}" for name, address in values.items()]
    body = {"show": list(show), "values": named, "tables": list(tables), "rules": list(rules)}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def table(at: str, *columns: str, header: int = 1, kind: str = "rates", keys: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"at": [at], "header": header, "kind": kind, "keys": list(keys), "columns": list(columns)}


@contextmanager
def model_of(settings: Settings) -> Iterator[ModelServer]:
    """A running model's server that this process asks."""
    breaker.forget_snapshots()
    with ModelServer() as running:
        settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = running.url, "sk-test"
        settings.LLM_MODEL, settings.LLM_RETRY_BACKOFF_SECONDS = "gpt-4o-mini", Decimal("0.01")
        yield running
    breaker.forget_snapshots()


def odd_card(month: int = 1, *, rows: int = 12, raised: float = 0.0, note: str = "") -> Rows:
    """A list whose headers no vocabulary knows: lanes as codes of depots, bounds called "Stufe A/B", prices "Wert"."""
    head: list[list[object]] = [
        ["Fuchsbau Logistik GmbH"], [f"Stand 2026-{month:02}-01", "", "", "", note], ["Beträge in EUR"], [],
        ["Depot V", "Depot E", "Stufe A", "Stufe B", "Wert"],
    ]  # fmt: skip
    for n in range(rows):
        low = n % 4 * 10
        head.append([f"V{n // 4:02}", f"E{n // 4 + 7:02}", low, low + 10, round(20 + n * 1.5 + raised, 2)])
    return head


def plan_of_odd(rows: int = 12) -> str:
    columns = ("A origin", "B destination", "C weight_from kg", "D weight_to kg", "E price flat")
    return plan(table(f"1!A5:E{5 + rows}", *columns), carrier="1!A1", currency="1!A3", valid_from="1!A2")


def read_card(
    folder: Path, rows: Rows, *, name: str = "card.xlsx", policy: str = "cheapest", budget_usd: str | None = None
) -> tuple[ProcessingJob, RateCard | None]:
    """The job of a workbook with these rows after it ran, and its card."""
    data = workbook(folder / name, {"Tarif": rows})
    options = JobOptions(policy=policy, budget_usd=None if budget_usd is None else Decimal(budget_usd))
    job = submit_document(data=data, filename=name, kind="rate_card", options=options, enqueue=False).job
    assert run_job(job.id)
    job.refresh_from_db()
    job.document.refresh_from_db()
    return job, job.document.rate_card


def prices(card: RateCard | None) -> list[tuple[str, str, Decimal | None, Decimal | None, Decimal]]:
    assert card is not None
    return [(r.origin, r.destination, r.break_from, r.break_to, r.value) for r in card.rates.order_by("position")]
