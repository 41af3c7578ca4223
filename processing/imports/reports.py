"""results.json, metrics.json and failed.json of a batch, written from the database: the same after a resume as after
one run."""

from __future__ import annotations

import json
import math
import shutil
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TextIO

from django.db.models import Prefetch, QuerySet

from invoices.models import Finding, Invoice, RateCard
from invoices.queries import invoice_data
from invoices.ratecards.queries import card_document
from invoices.records import MONEY_FIELDS, to_json
from processing.models import Batch, BatchItem, Document, LLMCall, ProcessingJob

PORTION = 500  # rows in memory at once
_MOST_NESTED = 5  # as deep as files within files are read
_USAGES = {"cost_usd": 6, "output_tokens": 0, "total_tokens": 0, "elapsed_seconds": 3}  # digits shown
_MONEY = MONEY_FIELDS | {"amount", "discount", "base"}


def result_entries(batch: Batch) -> Iterator[dict[str, Any]]:
    """One entry a document, in input order, those within a file behind it (docs/schemas/results.json)."""
    for item, around in _with_parts(_items(batch)):
        yield result_entry(item, around=around)


def result_entry(item: BatchItem, *, around: dict[str, Any] | None = None) -> dict[str, Any]:
    """The entry of a file; of a document within a file where ``around`` says which one it is (``part``)."""
    path = Path(item.path)
    entry: dict[str, Any] = {
        "file": path.name,
        "path": item.path,
        "sha256": item.sha256,
        "kind": item.batch.kind,
        "job_id": None,
        "status": "failed",
        "outcome": ProcessingJob.Outcome.UNREADABLE.value,
        "method": None,
        "error": {"code": item.error_code, "message": item.error_message} if item.error_code else None,
        "confidence": None,
        "review": [],
        "evidence": {},
        "raw_response": None,
        "seen_before": item.seen_before,
        "usage": usage_of([], 0.0),
    }
    if around is not None:
        entry["part"] = around
    job = item.job
    if job is None:
        if not item.error_code:
            entry |= {"status": "pending", "outcome": None}
        return entry
    entry |= {
        "job_id": str(job.id),
        "status": job.status,
        "outcome": job.outcome or None,
        "method": job.method or None,
        "error": {"code": job.error_code, "message": job.error_message} if job.error_code else None,
        "confidence": float(job.confidence) if job.confidence is not None else None,
        "raw_response": job.raw_response or None,
    }
    if not item.seen_before:
        entry["usage"] = usage_of(list(job.llm_calls.all()), _elapsed(job))
    if job.document.kind == Document.Kind.INVOICE:
        entry["invoice"] = None
        if job.document.invoice is not None and job.status == ProcessingJob.Status.COMPLETED:
            entry |= invoice_entry(job.document.invoice)
            if around is None and path.name != job.document.filename:
                message = f"Same file as {job.document.filename}; not recorded again."
                entry["review"].append({"code": "suspected_duplicate", "field": "", "message": message})
    if job.document.kind == Document.Kind.RATE_CARD:
        entry["rate_card"] = None
        if job.document.rate_card is not None and job.status == ProcessingJob.Status.COMPLETED:
            entry |= rate_card_entry(job.document.rate_card)
            parts = list(job.document.rate_card.parts.order_by("created_at", "id"))
            if parts:  # one list of several carriers: a card for each
                entry["rate_cards"] = [entry["rate_card"], *(card_document(part) for part in parts)]
    return entry


def rate_card_entry(card: RateCard) -> dict[str, Any]:
    """The parts of an entry that come from the card: ``rate_card`` with all its rows, ``review`` and ``evidence``."""
    return {
        "rate_card": card_document(card),
        "review": [
            {"code": reason.code, "field": reason.field, "message": reason.message} for reason in card.reasons.all()
        ],
        "evidence": card.evidence,
    }


def invoice_entry(invoice: Invoice) -> dict[str, Any]:
    """The parts of an entry that come from the invoice: ``invoice``, ``review``, ``findings`` and ``evidence``."""
    evidence = {name: shown_evidence(place) for name, place in invoice.evidence.items()}
    for line in invoice.lines.all():
        for name, place in line.evidence.items():
            evidence[f"line_items[{line.position}].{name}"] = shown_evidence(place)
    for shipment in invoice.shipments.all():
        for name, place in shipment.evidence.items():
            evidence[f"shipments[{shipment.position}].{name}"] = shown_evidence(place)
    return {
        "invoice": to_json(_trimmed(invoice_data(invoice))),
        "review": [
            {"code": reason.code, "field": reason.field, "message": reason.message} for reason in invoice.reasons.all()
        ],
        "findings": [_finding_entry(finding) for finding in invoice.findings.all()],
        "evidence": evidence,
    }


def _finding_entry(finding: Finding) -> dict[str, Any]:
    """What the audit found, as the export of findings names it. Amounts are texts."""
    amounts = {name: getattr(finding, name) for name in ("billed", "expected", "difference")}
    return {
        **{name: getattr(finding, name) for name in ("code", "cause", "charge", "tracking_number", "description")},
        **{name: None if value is None else f"{value:f}" for name, value in amounts.items()},
        **{name: getattr(finding, name) for name in ("currency", "how", "message")},
    }


def written_entries(*, batch: Batch, folder: Path) -> Iterator[dict[str, Any]]:
    """``result_entries``, which on their way are written to the three files; each appears whole or not at all, when the
    last entry has been taken."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        _whole_file(folder / "results.json") as results,
        _whole_file(folder / "failed.json") as failed,
        TemporaryFile("w+", encoding="utf-8") as runs,
    ):
        metrics = Metrics(JsonList(runs))
        wanted, unwanted = JsonList(results.file), JsonList(failed.file)
        for item, around in _with_parts(_items(batch)):
            entry = result_entry(item, around=around)
            wanted.add(entry)
            metrics.add(item, entry)
            if entry["error"] and entry["status"] == "failed":
                keys = ("file", "path", "sha256", "job_id", "outcome", "error")
                unwanted.add({key: entry[key] for key in keys} | {"attempts": item.job.attempts if item.job else 0})
            yield entry
        for each in (wanted, unwanted, metrics.runs):
            each.close()
        runs.seek(0)
        with _whole_file(folder / "metrics.json") as out:
            out.file.write(json.dumps(metrics.summary(batch), indent=1).removesuffix("\n}") + ',\n "runs": ')
            shutil.copyfileobj(runs, out.file)
            out.file.write("}\n")


class Metrics:
    """Sums up a batch as it goes by: four numbers a document are all that is kept."""

    def __init__(self, runs: JsonList) -> None:
        self.runs = runs
        self.documents = 0
        self.outcomes: Counter[str] = Counter()
        self.methods: Counter[str] = Counter()
        self.usages = {name: array("d") for name in _USAGES}

    def add(self, item: BatchItem, entry: dict[str, Any]) -> None:
        self.documents += 1
        self.outcomes[entry["outcome"] or entry["status"]] += 1
        if entry["method"]:
            self.methods[entry["method"]] += 1
        usage = {name: entry["usage"][name] for name in _USAGES}
        for name, value in usage.items():
            self.usages[name].append(value)
        calls = list(item.job.llm_calls.all()) if item.job and not item.seen_before else []
        if not calls:
            self.runs.add(
                {"run_id": f"{Path(item.path).stem}-0", "outcome": entry["outcome"] or entry["status"], **usage}
            )
        for call in sorted(calls, key=lambda call: call.attempt):
            self.runs.add(
                {
                    "run_id": call.run_id,
                    "outcome": call.outcome,
                    "elapsed_seconds": round(call.elapsed_seconds or 0.0, 3),
                    "cost_usd": float(call.cost_usd),
                    "input_tokens": call.input_tokens,
                    "cached_input_tokens": call.cached_input_tokens,
                    "output_tokens": call.output_tokens,
                    "total_tokens": call.input_tokens + call.output_tokens,
                    "model": call.model,
                    "state": call.state,
                }
            )

    def summary(self, batch: Batch) -> dict[str, Any]:
        """All but the runs."""
        good = self.outcomes["success"] + self.outcomes["partial"]
        jobs = batch.jobs.exclude(finished_at=None)
        first = jobs.order_by("started_at").values_list("started_at", flat=True).exclude(started_at=None).first()
        last = jobs.order_by("-finished_at").values_list("finished_at", flat=True).first()
        minutes = (last - first).total_seconds() / 60 if first and last else 0.0
        return {
            "batch": str(batch.id),
            "documents": self.documents,
            "outcomes": dict(self.outcomes),
            "methods": dict(self.methods),
            "success_rate": round(good / self.documents, 4) if self.documents else None,
            **{name: _spread(self.usages[name], digits=digits) for name, digits in _USAGES.items()},
            "throughput_per_minute": round(jobs.count() / minutes, 1) if minutes else None,
            "passed_over": batch.options.get("passed_over", []),
        }


class JsonList:
    """A JSON list written entry by entry."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.first = file, True

    def add(self, entry: dict[str, Any]) -> None:
        self.file.write("[\n" if self.first else ",\n")
        self.first = False
        json.dump(entry, self.file, ensure_ascii=False)

    def close(self) -> None:
        self.file.write("[]\n" if self.first else "\n]\n")


class _whole_file:
    def __init__(self, path: Path) -> None:
        self.path, self.partial = path, path.with_name(path.name + ".partial")

    def __enter__(self) -> _whole_file:
        self.file = self.partial.open("w", encoding="utf-8")
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.file.close()
        if kind is None:
            self.partial.replace(self.path)
        else:
            self.partial.unlink()


def _with_parts(items: Iterable[BatchItem]) -> Iterator[tuple[BatchItem, dict[str, Any] | None]]:
    """Each file, and behind it the documents within it: ``{"of": file, "pages": […]}``, ``name`` where they have one.
    A part of a part follows it."""
    for item in items:
        yield item, None
        yield from _parts_of(item)


def _parts_of(item: BatchItem, depth: int = 0) -> Iterator[tuple[BatchItem, dict[str, Any]]]:
    noted = item.job.document.source_detail.get("parts", []) if item.job is not None else []
    if not noted or depth > _MOST_NESTED:
        return
    ids = [note["job"] for note in noted if "job" in note]
    jobs = {str(job.id): job for job in _jobs().filter(id__in=ids)}
    for note in noted:
        job = jobs.get(note.get("job", ""))
        error = note.get("error") or {"code": "", "message": ""}
        part = BatchItem(
            batch=item.batch,
            path=f"{item.path}#{note['number']}",
            sha256=job.document.sha256 if job is not None else "",
            job=job,
            seen_before=job is not None and job.batch_id != item.batch_id,
            error_code=error["code"],
            error_message=error["message"],
        )
        around = {"of": Path(item.path).name, "pages": note["pages"]}
        yield part, around | ({"name": note["name"]} if note["name"] else {})
        yield from _parts_of(part, depth + 1)


def _jobs() -> QuerySet[ProcessingJob]:
    invoices = Invoice.objects.prefetch_related("lines", "taxes", "reasons", "findings", "shipments")
    calls = Prefetch("llm_calls", LLMCall.objects.defer("raw_reply").order_by("attempt"))
    return ProcessingJob.objects.select_related("document__rate_card").prefetch_related(
        calls, Prefetch("document__invoice", invoices)
    )


def _items(batch: Batch) -> Iterator[BatchItem]:
    invoices = Invoice.objects.prefetch_related("lines", "taxes", "reasons", "findings", "shipments")
    calls = Prefetch("job__llm_calls", LLMCall.objects.defer("raw_reply").order_by("attempt"))
    rows = batch.items.select_related("batch", "job__document__rate_card").prefetch_related(
        calls, Prefetch("job__document__invoice", invoices)
    )
    position = -1
    while portion := list(rows.filter(position__gt=position).order_by("position")[:PORTION]):
        yield from portion
        position = portion[-1].position


def usage_of(calls: Iterable[LLMCall], elapsed_seconds: float) -> dict[str, Any]:
    rows = list(calls)
    input_tokens, output_tokens = sum(c.input_tokens for c in rows), sum(c.output_tokens for c in rows)
    return {
        "attempts": len(rows),
        "input_tokens": input_tokens,
        "cached_input_tokens": sum(c.cached_input_tokens for c in rows),
        "output_tokens": output_tokens,
        "total_tokens": input_tokens + output_tokens,
        "cost_usd": float(sum((c.cost_usd for c in rows), Decimal(0))),
        "elapsed_seconds": round(elapsed_seconds, 3),
    }


def _elapsed(job: ProcessingJob) -> float:
    return (job.finished_at - job.started_at).total_seconds() if job.started_at and job.finished_at else 0.0


def shown_evidence(place: dict[str, Any]) -> dict[str, Any]:
    return {key: place[key] for key in ("page", "box", "cell", "path", "text") if key in place}


def _trimmed(row: Any) -> Any:
    """Stored numbers have the scale of their column; people and clients get money with at least two places and other
    numbers without needless zeros."""
    values = {}
    for name in row.__dataclass_fields__:
        value = getattr(row, name)
        if isinstance(value, Decimal):
            value = value.normalize()
            if name in _MONEY and value.as_tuple().exponent > -2:  # type: ignore[operator]  # stored numbers are finite
                value = value.quantize(Decimal("0.01"))
        elif isinstance(value, list):
            value = [item if isinstance(item, str) else _trimmed(item) for item in value]
        values[name] = value
    return type(row)(**values)


def _spread(values: Iterable[float], *, digits: int) -> dict[str, Any]:
    """Total and percentiles (nearest rank)."""
    ordered = sorted(values)

    def rank(share: float) -> float | None:
        return round(ordered[max(0, math.ceil(share * len(ordered)) - 1)], digits) if ordered else None

    return {"total": round(sum(ordered), digits), "p50": rank(0.50), "p95": rank(0.95), "p99": rank(0.99)}
