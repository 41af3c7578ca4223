"""Which outcome an error gives a job or a call."""

from __future__ import annotations

from common.errors import InvoicesiteError
from processing import errors
from processing.models import ProcessingJob

Outcome = ProcessingJob.Outcome

_BY_ERROR: tuple[tuple[type[InvoicesiteError], Outcome], ...] = (
    (errors.BudgetExceeded, Outcome.BUDGET_EXCEEDED),
    (errors.InvalidOutput, Outcome.INVALID_OUTPUT),
    (errors.LLMTimeout, Outcome.TIMEOUT),
    (errors.LLMRateLimited, Outcome.RATE_LIMITED),
    (errors.LLMAuth, Outcome.AUTH_ERROR),
    (errors.LLMError, Outcome.PROVIDER_ERROR),
    (errors.Unavailable, Outcome.PROVIDER_ERROR),
)


def outcome_of(error: InvoicesiteError) -> Outcome:
    """The outcome of a job that ends with ``error``; what is not about money, model or storage is about the
    document."""
    return next((outcome for kind, outcome in _BY_ERROR if isinstance(error, kind)), Outcome.UNREADABLE)
