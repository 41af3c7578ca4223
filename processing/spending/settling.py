"""Settling a call, whatever happens, and counting it once it is settled."""

from __future__ import annotations

from functools import partial

import structlog
from django.db import connection, transaction

from common.telemetry.counters import count, observe
from processing.models import LLMCall, ProcessingJob
from processing.spending import ledger

log = structlog.get_logger(__name__)

Outcome = ProcessingJob.Outcome


def settle(call: LLMCall, end: ledger.CallEnd) -> ledger.Settlement:
    """In a transaction of its own; at the worst case where that fails."""
    try:
        with transaction.atomic():
            return settle_once(call, end)
    except Exception as error:
        return settle_at_worst(call, end, error)


def settle_at_worst(call: LLMCall, end: ledger.CallEnd, error: Exception) -> ledger.Settlement:
    """Where a call cannot be settled by what its server said, it counts at its worst case at once: what stays reserved
    would stand in the way of others until the sweep. Raises where the database itself is away."""
    log.error("llm_not_settled_as_stated", call_id=str(call.pk), error=type(error).__name__)
    if not connection.in_atomic_block:
        connection.close()
    message = f"What the server said of this call could not be recorded ({type(error).__name__})."
    outcome = end.outcome if end.outcome in Outcome.values else Outcome.PROVIDER_ERROR
    return settle_once(call, ledger.CallEnd(outcome=outcome, error_message=message))


def settle_once(call: LLMCall, end: ledger.CallEnd) -> ledger.Settlement:
    """``ledger.settle``; counted when the transaction has committed."""
    settlement = ledger.settle(call_id=call.pk, end=end)
    if settlement.changed:
        transaction.on_commit(partial(_count, call, end, float(settlement.cost_usd)), robust=True)
    return settlement


def _count(call: LLMCall, end: ledger.CallEnd, cost_usd: float) -> None:
    model = call.model
    count("model_calls", model=model, outcome=str(end.outcome))
    count("model_cost_usd", cost_usd, model=model)
    count("model_retries", float(call.attempt > 0), model=model)
    if end.elapsed_seconds is not None:
        observe("model_seconds", end.elapsed_seconds, model=model)
    if end.usage is not None:
        usage = end.usage
        for direction, tokens in (
            ("input", usage.input_tokens - usage.cached_input_tokens),
            ("cached_input", usage.cached_input_tokens),
            ("output", usage.output_tokens),
        ):
            count("model_tokens", max(0, tokens), model=model, direction=direction)
