"""OCR by a service, as a job uses it: breaker, retries, and each page in the spend ledger under the job's ceilings."""

from __future__ import annotations

import random
import time
from decimal import Decimal
from typing import cast

import structlog
from django.conf import settings

from common.telemetry.counters import observe
from common.telemetry.spans import span
from processing.errors import OcrUnavailable
from processing.models import LLMCall, ProcessingJob
from processing.outcomes import outcome_of
from processing.readers.ocr import EngineName, OcrConfig, OcrEngine, OcrResult
from processing.sandbox.calls import make_engine
from processing.spending import breaker, ledger
from processing.spending.ask import release_connection
from processing.spending.configured import cognitive_token
from processing.spending.settling import settle_once

log = structlog.get_logger(__name__)

TRIES = 3
BACKOFF_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 10.0  # a service that asks for more gets it, but the job waits outside a worker

Outcome = ProcessingJob.Outcome


def configured_ocr() -> OcrConfig:
    """Who reads pictures, by ``OCR_ENGINE``."""
    return OcrConfig(
        engine=cast(EngineName, settings.OCR_ENGINE),
        docling_url=settings.DOCLING_URL or "",
        docling_key=settings.DOCLING_KEY,
        azure_endpoint=settings.AZURE_DI_ENDPOINT or "",
        azure_key=settings.AZURE_DI_KEY,
        azure_token=cognitive_token if settings.AZURE_MANAGED_IDENTITY and not settings.AZURE_DI_KEY else None,
    )


def ocr_for(job: ProcessingJob) -> OcrEngine:
    """The configured engine for the pictures of one job. The embedded one is a process of our own and is not away."""
    config = configured_ocr()
    engine = _Timed(make_engine(config), config.engine)
    return engine if config.engine == "embedded" else _Service(job, engine, config.engine)


class _Timed:
    """Tells how long each picture took, and whether it was read."""

    def __init__(self, engine: OcrEngine, name: str) -> None:
        self._engine = engine
        self._name = name

    def read_picture(self, png: bytes) -> OcrResult:
        began, outcome = time.monotonic(), "failed"
        try:
            with span("ocr", "client", engine=self._name, bytes=len(png)):
                result = self._engine.read_picture(png)
            outcome = "read"
            return result
        finally:
            observe("ocr_seconds", time.monotonic() - began, engine=self._name, outcome=outcome)


class _Service:
    """Reads pictures by a service that may be away and costs money."""

    def __init__(self, job: ProcessingJob, engine: OcrEngine, name: str) -> None:
        self._job = job
        self._engine = engine
        self._provider = name
        self._name = f"{breaker.OCR}/{name}"

    def read_picture(self, png: bytes) -> OcrResult:
        """Raises Deferred where the service is away, BudgetExceeded and CeilingReached before a page that cannot be
        paid, and ExtractionFailed where it cannot read the picture."""
        for attempt in range(1, TRIES + 1):
            try:
                return self._once(png)
            except OcrUnavailable as error:
                wanted = error.wanted_seconds or 0.0
                log.warning("ocr_failed", engine=self._provider, reason=error.message, attempt=attempt)
                if breaker.is_held(self._name) or wanted > LONGEST_WAIT_SECONDS or attempt == TRIES:
                    if error.counted and not breaker.is_held(self._name):
                        raise
                    raise breaker.look_again(self._name, error, at_least_seconds=wanted) from error
                release_connection()
                time.sleep(max(wanted, breaker.scaled(BACKOFF_SECONDS) * 2**attempt) * random.uniform(1, 1.5))
        raise AssertionError("unreachable")

    def _once(self, png: bytes) -> OcrResult:
        admission = breaker.admit(self._name)
        try:
            call = self._reserve()
        except BaseException:
            breaker.record_nothing(admission)
            raise
        release_connection()
        began, outcome, free, message = time.monotonic(), Outcome.SUCCESS, False, ""
        try:
            result = self._engine.read_picture(png)
        except OcrUnavailable as error:
            # What was refused is not billed; of what timed out nobody knows.
            outcome, free, message = outcome_of(error), not error.counted, error.message
            breaker.record_failure(admission, error.message, at_least_seconds=error.wanted_seconds or 0.0)
            raise
        except BaseException as error:
            outcome, message = Outcome.INVALID_OUTPUT, str(error)
            breaker.record_success(admission)
            raise
        else:
            breaker.record_success(admission)
            return result
        finally:
            if call is not None:
                settle_once(
                    call,
                    ledger.CallEnd(
                        outcome=outcome,
                        cost_usd=Decimal(0) if free else call.reserved_usd,
                        error_message=message,
                        elapsed_seconds=time.monotonic() - began,
                    ),
                )

    def _reserve(self) -> LLMCall | None:
        """A page in the ledger, before it is read; None where pages cost nothing."""
        price: Decimal = settings.OCR_PRICE_PER_1000_PAGES_USD / 1000
        if not price:
            return None
        terms = ledger.CallTerms(
            model=self._name, provider=self._provider, prompt_version="", worst_case_usd=price, max_output_tokens=0
        )
        return ledger.reserve(job=self._job, terms=terms)
