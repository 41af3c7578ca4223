"""A rate card's way: read and mapped in one bounded process, checked, stored with its rows."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction

from common.errors import InvalidState
from invoices.services.rate_cards import ReadRateCard, record_rate_cards
from processing.errors import ExtractionFailed
from processing.models import Document, ProcessingJob
from processing.pipeline.rate_card_mapping import map_rate_card
from processing.ratecards.coverage import left_over_reasons
from processing.ratecards.plan import plan_to_json
from processing.ratecards.read import CardReading
from processing.ratecards.several import cards_of
from processing.readers.ocr import OcrEngine
from processing.sandbox import calls
from processing.services.jobs import Claim, complete_job, enter_stage
from processing.services.layout_plans import count_use, remember_plan
from processing.spending.ask import Cancelled, release_connection
from processing.spending.breaker import STORAGE
from processing.spending.guarding import guarded
from processing.storage import fetch_bytes

Stage, Outcome = ProcessingJob.Stage, ProcessingJob.Outcome


def run_rate_card(claim: Claim, *, ocr: OcrEngine, lost: Cancelled | None = None) -> None:
    """All stages of one job of a rate card. Raises the error family."""
    document = claim.job.document
    enter_stage(claim, Stage.READING)
    with guarded(STORAGE):
        data = fetch_bytes(key=document.storage_key, sha256=document.sha256)
    enter_stage(claim, Stage.EXTRACTING)
    # The cells of a large card are a hundred times the size of what is kept of them: they never leave the reader, which
    # reads the file again where another plan is tried.
    read_card = partial(_read_alone, data, document.media_type, ocr=ocr, include_hidden=claim.job.include_hidden)
    mapped = map_rate_card(job=claim.job, read=read_card, cancelled=lost)
    reading = mapped.reading
    del data, read_card
    enter_stage(claim, Stage.VALIDATING)
    card = reading.card
    if not (card.rates or card.zones or card.surcharges or card.fuel):
        raise ExtractionFailed("No rate table was found in this document.")
    reads = [
        ReadRateCard(
            card=one,
            reasons=[*reading.reasons, *mapped.reasons, *left_over_reasons(reading.coverage)],
            method=mapped.method,
            sha256=document.sha256,
            mapping={**plan_to_json(reading.plan), "memory": reading.memory},
        )
        for one in cards_of(card)
    ]
    enter_stage(claim, Stage.STORING)
    with transaction.atomic():
        # The row of the document is the lock: two jobs of one document never record side by side.
        document = Document.objects.select_for_update(of=("self",)).select_related("rate_card").get(id=document.id)
        try:
            record = record_rate_cards(reads=reads, owner_id=document.owner_id, existing=document.rate_card)
        except InvalidState as error:
            raise ExtractionFailed(error.message) from error
        if document.rate_card_id is None:
            document.rate_card = record
            document.save(update_fields=["rate_card"])
        if mapped.plan_id is not None:
            count_use(plan_id=mapped.plan_id)
        elif mapped.settled and reading.plan.method == "llm" and reading.memory is not None:
            remember_plan(
                owner_id=document.owner_id,
                fingerprint=reading.plan.fingerprint,
                plan=reading.memory,
                carrier=card.carrier_name or card.carrier_code,
                made_by="llm",
            )
        outcome = Outcome.SUCCESS if mapped.settled else Outcome.PARTIAL
        complete_job(claim, outcome=outcome, method=mapped.method, confidence=None, raw_response=mapped.raw_response)


def _read_alone(data: bytes, media_type: str, **options: Any) -> CardReading:
    """``calls.read_rate_card``, with no connection held meanwhile."""
    release_connection()
    return calls.read_rate_card(data, media_type, **options)
