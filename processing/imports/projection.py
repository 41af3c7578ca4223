"""What files would cost before anything is called: how each would be read, its worst case, and what to expect."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal, NoReturn

from django.conf import settings
from django.utils import timezone

from common.errors import InvoicesiteError
from processing.content.records import DocumentContent
from processing.errors import BudgetExceeded
from processing.extractors.model.prompt import build_invoice_prompt
from processing.imports.run import file_bytes
from processing.models import Document
from processing.pipeline.cascade import extract_invoice
from processing.readers.detect import check_document
from processing.sandbox import calls
from processing.services.documents import JobOptions, max_bytes_of
from processing.services.jobs import MAX_ATTEMPTS
from processing.spending import figures, reply_cache
from processing.spending.ask import key_of
from processing.spending.configured import configured_client, price_of
from processing.spending.fit import FittedPrompt, fit_prompt
from processing.usage import Usage

Way = Literal["seen", "xml", "cache", "rules", "llm", "over budget", "refused"]

KIND: Literal["invoice"] = "invoice"
# Without a history: one call and nothing cached. A usual invoice's reply takes so many tokens.
USUAL_OUTPUT_TOKENS = 150


@dataclass(frozen=True, slots=True)
class FileProjection:
    """One file. ``worst_case_usd`` is a bound that the ceilings keep; ``expected_usd`` is what such files cost before.
    ``error`` is the code of a file that would be refused."""

    path: Path
    way: Way
    input_tokens: int = 0
    rows_left_out: int = 0
    call_usd: Decimal = Decimal(0)
    worst_case_usd: Decimal = Decimal(0)
    expected_usd: Decimal = Decimal(0)
    error: str = ""


class Projector:
    """Projects files one by one, with the configured model, its price and its history."""

    def __init__(self, options: JobOptions) -> None:
        columns = options.columns(KIND)
        self.policy: str = columns["policy"]
        self.budget_usd: Decimal = columns["budget_usd"]
        self.max_output_tokens: int = columns["max_output_tokens"]
        self.client = configured_client()
        self.price = price_of(self.client)
        self.history = figures.call_history(model=self.client.config.model, kind=KIND)

    def project(self, path: Path) -> FileProjection:
        """What ``path`` would cost. Reads the file; writes and calls nothing."""
        try:
            data = file_bytes(path, kind=KIND)
            media_type = check_document(data, filename=path.name, kind=KIND, max_bytes=max_bytes_of(KIND))
            if self._seen(data):
                return FileProjection(path, "seen")
            content = calls.read_document(data, media_type)
            return self._project(path, content)
        except InvoicesiteError as error:
            return FileProjection(path, "refused", error=error.code)

    def _project(self, path: Path, content: DocumentContent) -> FileProjection:
        asked: list[DocumentContent] = []

        def note(part: DocumentContent) -> NoReturn:
            asked.append(part)
            raise BudgetExceeded

        extraction = extract_invoice(
            content,
            policy=self.policy,
            today=timezone.localdate(),
            filename=path.name,
            read_rules=calls.extract_by_rules,
            ask_model=note,
        )
        if not asked:
            return FileProjection(path, "xml" if extraction.method == "xml" else "rules")
        whole = self._fit(content, None)
        if whole is not None and reply_cache.is_known(key_of(whole, self.client, owner_id=None)):
            return FileProjection(path, "cache", input_tokens=whole.prompt.input_tokens)
        fitted = self._fit(content, self.budget_usd)
        if fitted is None:
            return FileProjection(path, "over budget")
        attempts = (1 + settings.LLM_MAX_RETRIES) * MAX_ATTEMPTS
        return FileProjection(
            path,
            "llm",
            input_tokens=fitted.prompt.input_tokens,
            rows_left_out=sum(last - first + 1 for first, last in fitted.prompt.left_out),
            call_usd=fitted.worst_case_usd,
            worst_case_usd=min(self.budget_usd, fitted.worst_case_usd * attempts),
            expected_usd=min(self.budget_usd, self._expected(fitted)),
        )

    def _fit(self, content: DocumentContent, left_usd: Decimal | None) -> FittedPrompt | None:
        try:
            return fit_prompt(
                build=lambda model, tokens: build_invoice_prompt(content, model=model, max_input_tokens=tokens),
                model=self.client.config.model,
                price=self.price,
                max_output_tokens=self.max_output_tokens,
                max_input_tokens=settings.LLM_MAX_INPUT_TOKENS,
                left_usd=left_usd,
            )
        except BudgetExceeded:
            return None

    def _expected(self, fitted: FittedPrompt) -> Decimal:
        sent = fitted.prompt.input_tokens
        if self.history is None:
            return self.price.cost_usd(Usage(sent, min(USUAL_OUTPUT_TOKENS, fitted.max_output_tokens)))
        written = min(round(self.history.output_tokens), fitted.max_output_tokens)
        cached = round(sent * self.history.cached_input_share)
        once = self.price.cost_usd(Usage(sent, written, cached))
        return (once * Decimal(str(self.history.calls_per_job))).quantize(Decimal("1e-10"))

    def _seen(self, data: bytes) -> bool:
        known = Document.objects.filter(owner=None, kind=KIND, sha256=hashlib.sha256(data).hexdigest())
        return known.filter(jobs__policy=self.policy, jobs__status="completed").exists()
