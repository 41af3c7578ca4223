"""When a call to a model is tried again, and after how long."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_never

from processing.errors import (
    CapabilityChanged,
    InvalidOutput,
    LLMError,
    ModelUnavailable,
)

MAX_INVALID_OUTPUT_RETRIES = 1  # the same words at temperature 0 rarely end better a third time
MAX_RETRY_AFTER_SECONDS = 20.0  # a server that asks for more gets it, but the job waits outside a worker
_MAX_CAPABILITY_CHANGES = 8  # one for each option that a server may not know
_JITTER = 0.25  # a part of the delay, so that workers that failed together do not come back together

Result = TypeVar("Result")


class CallRetries:
    """At most ``max_retries`` more attempts: after ``backoff_seconds``, then twice that, or the server's Retry-After.

    Time-outs, broken connections, 429 and 5xx are tried again, and output that cannot be read once; a wrong key, a
    rejected request, a refusal and a budget never. A server that does not know an option is asked anew at once.
    """

    def __init__(self, *, max_retries: int, backoff_seconds: float, sleep: Callable[[float], None]) -> None:
        self._max_retries = max_retries
        self._backoff_seconds = backoff_seconds
        self._sleep = sleep
        self._retries = 0
        self._invalid_outputs = 0
        self._capability_changes = 0

    def call(self, attempt: Callable[[], Result]) -> Result:
        """The result of the first attempt that succeeds, or the last error; ModelUnavailable for a long Retry-After."""
        retrying = Retrying(
            retry=retry_if_exception(self._again), wait=self._delay, stop=stop_never, sleep=self._sleep, reraise=True
        )
        return retrying(attempt)

    def _again(self, error: BaseException) -> bool:
        if not isinstance(error, LLMError) or error.permanent:
            return False
        if isinstance(error, CapabilityChanged):
            self._capability_changes += 1
            return self._capability_changes <= _MAX_CAPABILITY_CHANGES
        if isinstance(error, InvalidOutput):
            self._invalid_outputs += 1
            if self._invalid_outputs > MAX_INVALID_OUTPUT_RETRIES:
                return False
        if self._retries >= self._max_retries:
            return False
        if error.retry_after_seconds is not None and error.retry_after_seconds > MAX_RETRY_AFTER_SECONDS:
            not_before = datetime.now(UTC) + timedelta(seconds=error.retry_after_seconds)
            message = "The model's server is limiting requests; the job will wait."
            raise ModelUnavailable(message, not_before=not_before) from error
        self._retries += 1
        return True

    def _delay(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, CapabilityChanged):
            return 0.0
        delay: float = self._backoff_seconds * 2.0 ** (self._retries - 1)
        if isinstance(error, LLMError) and error.retry_after_seconds is not None:
            delay = max(delay, error.retry_after_seconds)
        return delay * (1 + random.uniform(0, _JITTER)) + 0.01
