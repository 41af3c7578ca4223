"""What the model reads in an invoice."""

from __future__ import annotations

from dataclasses import replace

from invoices.records import ReviewReason
from invoices.rules.catalogue import reason
from processing.content.extraction import Extraction, Fields
from processing.content.records import DocumentContent
from processing.extractors.model.prompt import Prompt, build_invoice_prompt
from processing.llm.client import LLMClient
from processing.models import ProcessingJob
from processing.sandbox import calls
from processing.spending.ask import Cancelled, Question, ask, release_connection
from processing.spending.configured import model_is_configured

__all__ = ["ask_model", "model_is_configured"]


def ask_model(
    *,
    job: ProcessingJob,
    content: DocumentContent,
    client: LLMClient | None = None,
    cancelled: Cancelled | None = None,
) -> Extraction:
    """What the model reads in an invoice; its values have the method ``llm``, or ``cache`` when nothing was called.

    Raises BudgetExceeded or CeilingReached with nothing spent, Deferred when the job has to wait, and the LLM errors
    once their retries are used up.
    """

    def read(text: str, truncated: bool) -> Extraction:
        # Bounded: what a document holds can make any search in it long.
        release_connection()
        return calls.read_reply(text, content, truncated=truncated)

    question: Question[Extraction] = Question(
        build=lambda model, tokens: build_invoice_prompt(content, model=model, max_input_tokens=tokens),
        read=read,
        finish=_finished,
    )
    return ask(job=job, question=question, client=client, cancelled=cancelled)


def _finished(extraction: Extraction, prompt: Prompt, cached: bool) -> Extraction:
    if prompt.left_out:
        extraction.reasons.append(_left_out_reason(prompt))
    if cached:
        extraction.method = "cache"
        extraction.fields = _from_cache(extraction.fields)
        extraction.lines = [_from_cache(line) for line in extraction.lines]
        extraction.taxes = [_from_cache(tax) for tax in extraction.taxes]
    return extraction


def _from_cache(fields: Fields) -> Fields:
    return {name: replace(value, method="cache") for name, value in fields.items()}


def _left_out_reason(prompt: Prompt) -> ReviewReason:
    ranges = ", ".join(f"{first} to {last}" if first != last else str(first) for first, last in prompt.left_out)
    return reason("rows_left_out", "", f"The budget was too small to show the model rows {ranges}.")
