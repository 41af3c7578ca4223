"""Runs the pipeline over a labelled set without recording anything in the books: spend is in the ledger, invoices are
not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from django.db import connection
from django.utils import timezone

from common.errors import InvoicesiteError
from invoices.confidence import FieldEvidence, invoice_confidence
from invoices.records import to_json
from invoices.rules import BookContext, check_invoice, confirmed_fields
from processing.errors import LostLease
from processing.imports.reports import shown_evidence, usage_of
from processing.imports.run import file_bytes
from processing.models import LLMCall, ProcessingJob
from processing.outcomes import outcome_of
from processing.pipeline.cascade import Recall
from processing.pipeline.heartbeat import heart
from processing.pipeline.recording import read_invoice
from processing.pipeline.run import extract, outcome_of_extraction
from processing.services.documents import JobOptions, Origin, submit_document
from processing.services.jobs import Claim, claim_job, complete_job, fail_job


def evaluate_files(
    paths: Iterable[Path], *, options: JobOptions, parallelism: int, on_done: Callable[[], Any]
) -> Iterator[dict[str, Any]]:
    """An entry shaped as in results.json for each file, in order. Every file is read anew, whatever was read before."""

    first_of: dict[str, Future[dict[str, Any]]] = {}
    lock = Lock()

    def run(path: Path) -> dict[str, Any]:
        try:
            digest = sha256(path.read_bytes()).hexdigest() if path.is_file() else str(path)
            with lock:
                earlier = first_of.get(digest)
                mine: Future[dict[str, Any]] = first_of.setdefault(digest, Future())
            if earlier is None:
                mine.set_result(evaluate_file(path, options))
            # A set may hold the same bytes under several names: one document, read once.
            return {**mine.result(), "file": path.name, "path": str(path)}
        finally:
            on_done()
            connection.close()

    with ThreadPoolExecutor(parallelism, thread_name_prefix="evaluate") as pool:
        yield from pool.map(run, paths)


def evaluate_file(path: Path, options: JobOptions, *, recall: Recall | None = None) -> dict[str, Any]:
    """One entry; ``recall`` is what is known of vendors, nothing by itself."""
    entry: dict[str, Any] = {"file": path.name, "path": str(path), "kind": "invoice", "review": [], "evidence": {}}
    claim: Claim | None = None
    try:
        submission = submit_document(
            data=file_bytes(path, kind="invoice"),
            filename=path.name,
            origin=Origin(source="folder", detail={"evaluation": True}),
            options=options,
            enqueue=False,
            anew=True,
        )
        claim = claim_job(job_id=submission.job.id, stage=ProcessingJob.Stage.READING)
        if claim is None:
            raise InvoicesiteError("This document is already being processed.")
        with heart.beating(claim):
            return entry | _finished(claim, recall)
    except LostLease:
        failure = {"code": "error", "message": "The job was taken over or cancelled."}
        return entry | {"status": "failed", "outcome": "cancelled", "method": None, "error": failure,
                        "invoice": None, "usage": usage_of([], 0.0)}  # fmt: skip
    except InvoicesiteError as error:
        usage = usage_of([], 0.0)
        if claim is not None:
            fail_job(claim, error)
            usage = _usage(claim.job)
        failure = {"code": error.code, "message": error.message}
        return entry | {
            "status": "failed", "outcome": outcome_of(error).value, "method": None, "error": failure,
            "invoice": None, "usage": usage,
        }  # fmt: skip


def _finished(claim: Claim, recall: Recall | None) -> dict[str, Any]:
    extraction = extract(claim, anew=True, recall=recall)
    read = read_invoice(extraction, sha256=claim.job.document.sha256)
    derived = frozenset(name for name, place in read.evidence.items() if place.get("derived_from"))
    context = BookContext(derived=derived, structured=extraction.method == "xml")
    found = check_invoice(read.invoice, today=timezone.localdate(), context=context)
    reasons = [*read.reasons, *(reason for reason in found if reason not in read.reasons)]
    facts = {
        name: FieldEvidence(method=place["method"], has_evidence=len(place) > 2, derived=name in derived)
        for name, place in read.evidence.items()
        if "[" not in name
    }
    confidence = invoice_confidence(facts, reasons, confirmed=confirmed_fields(read.invoice, derived=derived))
    outcome = outcome_of_extraction(extraction)
    complete_job(
        claim,
        outcome=outcome,
        method=extraction.method,
        confidence=confidence,
        raw_response=extraction.raw_response or "",
    )
    return {
        "sha256": claim.job.document.sha256,
        "job_id": str(claim.job.id),
        "status": "completed",
        "outcome": outcome.value,
        "method": extraction.method,
        "error": None,
        "confidence": float(confidence),
        "review": [{"code": r.code, "field": r.field, "message": r.message} for r in reasons],
        "invoice": to_json(read.invoice),
        "evidence": {name: shown_evidence(place) for name, place in read.evidence.items()},
        "raw_response": extraction.raw_response,
        "usage": _usage(claim.job),
    }


def _usage(job: ProcessingJob) -> dict[str, Any]:
    job.refresh_from_db(fields=["started_at", "finished_at"])
    seconds = (job.finished_at - job.started_at).total_seconds() if job.finished_at and job.started_at else 0.0
    return usage_of(LLMCall.objects.filter(job=job).defer("raw_reply"), seconds)
