"""One question to a model, however many attempts it takes: cache → breaker → fit → reserve → call → settle → read.

Every attempt is an ``LLMCall`` that was reserved before it and is settled after it. No database connection is held
while the model answers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Generic, TypeVar

import structlog
from django.conf import settings
from django.db import connection, transaction

from common.telemetry.spans import span
from processing.errors import (
    BudgetExceeded,
    CapabilityChanged,
    CeilingReached,
    Deferred,
    InvalidOutput,
    LLMAuth,
    LLMCancelled,
    LLMError,
    LLMRateLimited,
    LLMRefused,
    ModelUnavailable,
)
from processing.extractors.model.prompt import Prompt
from processing.llm.client import LLMClient, LLMReply
from processing.llm.retries import CallRetries
from processing.llm.tokens import least_tokens
from processing.models import LLMCall, ProcessingJob
from processing.outcomes import outcome_of
from processing.spending import breaker, ledger, reply_cache
from processing.spending.configured import (
    configured_client,
    credential_of,
    fallback_of,
    note_refused,
    other_key_of,
    price_of,
)
from processing.spending.fit import FittedPrompt, fit_prompt
from processing.spending.reply_cache import Asking, KnownReply
from processing.spending.settling import settle, settle_at_worst, settle_once
from processing.usage import Usage

log = structlog.get_logger(__name__)

# What a call may take on top of its time-out before another worker may take it for dead.
LEASE_MARGIN_SECONDS = 15.0
# A server that says that it wrote less than this share of what arrived is not believed: the worst case counts.
_BELIEVABLE_SHARE = 0.25

Outcome = ProcessingJob.Outcome
Answer = TypeVar("Answer")
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Question(Generic[Answer]):
    """What is asked: ``build`` makes a prompt for a model within a number of input tokens (BudgetExceeded when nothing
    sensible fits), ``read`` makes the answer of a reply's text (InvalidOutput), ``finish`` notes where it came from."""

    build: Callable[[str, int], Prompt]
    read: Callable[[str, bool], Answer]
    finish: Callable[[Answer, Prompt, bool], Answer]


def ask(
    *,
    job: ProcessingJob,
    question: Question[Answer],
    client: LLMClient | None = None,
    cancelled: Cancelled | None = None,
) -> Answer:
    """The answer, under the job's ceilings. Where the model fails or may not be asked, the fallback is.

    Raises BudgetExceeded or CeilingReached with nothing spent, Deferred when the job has to wait, LostLease when
    another worker has it, and the LLM errors once their retries are used up.
    """
    first = client or configured_client()
    try:
        try:
            return _Asker(job, question, first, cancelled).answer()
        except LLMAuth as error:
            other = other_key_of(first)
            if other is None:
                raise
            note_refused(first)
            log.warning("llm_other_key", reason=error.message)
            first = other
            return _Asker(job, question, first, cancelled).answer()
    except (LLMAuth, LLMRefused, LLMCancelled):
        raise
    except (LLMError, ModelUnavailable) as error:
        fallback = fallback_of(first)
        if fallback is None:
            raise
        log.warning("llm_fallback", model=fallback.config.model, reason=error.code)
        try:
            return _Asker(job, question, fallback, cancelled).answer()
        except (CeilingReached, LLMCancelled):
            raise
        except (LLMError, BudgetExceeded, Deferred) as also:
            log.warning("llm_fallback_failed", model=fallback.config.model, reason=also.code)
            raise error from also


class _Asker(Generic[Answer]):
    """One question to one model."""

    def __init__(
        self, job: ProcessingJob, question: Question[Answer], client: LLMClient, cancelled: Cancelled | None
    ) -> None:
        self.job = job
        self.question = question
        self.client = client
        self.cancelled = cancelled
        self.price = price_of(client)
        self._whole: FittedPrompt | None = None
        self._stored = False
        self.breaker_name = breaker.breaker_name(client.config.provider, client.config.model)

    def answer(self) -> Answer:
        retries = CallRetries(
            max_retries=settings.LLM_MAX_RETRIES,
            backoff_seconds=float(settings.LLM_RETRY_BACKOFF_SECONDS),
            sleep=self._sleep,
        )
        try:
            return retries.call(self._attempt)
        except ModelUnavailable as error:
            error.waits_for = error.waits_for or self.breaker_name
            raise
        except LLMError as error:
            about_answer = error.permanent or isinstance(error, InvalidOutput | CapabilityChanged)
            # Where nobody gets an answer it is not this document that is at fault.
            if not about_answer and (error.away or breaker.is_held(self.breaker_name)):
                wanted = error.retry_after_seconds or 0.0
                raise breaker.look_again(self.breaker_name, error, at_least_seconds=wanted) from error
            error.permanent = True  # it was asked as often as may help: no further attempt of the job
            raise

    def _attempt(self) -> Answer:
        whole = self._whole = self._whole or self._fit(None)
        left_usd = ledger.remaining_usd(self.job)
        if left_usd is None or whole.worst_case_usd <= left_usd:
            fitted = whole
        else:
            # What was paid when there was more is still worth having.
            known = reply_cache.known_reply(self._key(whole))
            if known is not None:
                return self._known_answer(known, whole)
            fitted = self._fit(left_usd)
        asking = reply_cache.claim_reply(
            self._key(fitted),
            lease_seconds=self.client.config.total_timeout_seconds + LEASE_MARGIN_SECONDS,
            holder=self.job.lease_token,
        )
        if isinstance(asking, KnownReply):
            return self._known_answer(asking, fitted)
        self._stored = False
        try:
            return self._call(asking, fitted)
        finally:
            if not self._stored:
                reply_cache.give_back(asking)

    def _fit(self, left_usd: Decimal | None) -> FittedPrompt:
        return fit_prompt(
            build=self.question.build,
            model=self.client.config.model,
            price=self.price,
            max_output_tokens=self.job.max_output_tokens,
            max_input_tokens=settings.LLM_MAX_INPUT_TOKENS,
            left_usd=left_usd,
        )

    def _key(self, fitted: FittedPrompt) -> str:
        return key_of(fitted, self.client, owner_id=self.job.document.owner_id)

    def _known_answer(self, known: KnownReply, fitted: FittedPrompt) -> Answer:
        try:
            answer = self.question.read(known.text, known.truncated)
        except InvalidOutput:
            # It could be read when it was stored: drop it, and the next attempt asks anew.
            reply_cache.forget_reply(self._key(fitted))
            raise
        return self.question.finish(answer, fitted.prompt, True)

    def _call(self, asking: Asking, fitted: FittedPrompt) -> Answer:
        config = self.client.config
        admission = breaker.admit(self.breaker_name, credential=credential_of(self.client))
        terms = ledger.CallTerms(
            model=config.model,
            provider=config.provider,
            prompt_version=fitted.prompt.version,
            worst_case_usd=fitted.worst_case_usd,
            max_output_tokens=fitted.max_output_tokens,
        )
        try:
            call = ledger.reserve(job=self.job, terms=terms)
        except BaseException:
            breaker.record_nothing(admission)
            raise
        with (
            structlog.contextvars.bound_contextvars(run_id=call.run_id, model=config.model),
            span("model call", "client", model=config.model, provider=config.provider, attempt=call.attempt),
        ):
            release_connection()
            try:
                reply = self.client.complete(
                    fitted.prompt, max_output_tokens=fitted.max_output_tokens, cancelled=self.cancelled
                )
            except LLMError as error:
                self._settle_failure(call, admission, fitted, error)
                raise
            except BaseException as error:
                # The worker is being stopped, or has a defect: what the server made of the request is not known.
                settle(call, ledger.CallEnd(outcome=Outcome.CANCELLED, error_message=type(error).__name__))
                breaker.record_nothing(admission)
                raise
            return self._settle_reply(call, admission, asking, fitted, reply)

    def _settle_failure(
        self, call: LLMCall, admission: breaker.Admission, fitted: FittedPrompt, error: LLMError
    ) -> None:
        usage, note = self._believed(error.usage, error.counted_output_tokens, fitted)
        cost = Decimal(0) if error.free else self.price.cost_usd(usage) if usage else None
        settlement = settle(
            call,
            ledger.CallEnd(
                outcome=Outcome.CANCELLED if isinstance(error, LLMCancelled) else outcome_of(error),
                cost_usd=cost,
                usage=usage,
                error_message=f"{error.message} {note}".strip(),
                request_id=error.request_id,
                raw_reply=error.partial_text,
                elapsed_seconds=error.elapsed_seconds,
            ),
        )
        log.warning("llm_call_failed", code=error.code, cost_usd=f"{settlement.cost_usd:f}")
        self._watch_overrun(settlement)
        if isinstance(error, LLMAuth):
            breaker.trip_for_key(self.breaker_name, credential=credential_of(self.client), message=error.message)
        elif isinstance(error, CapabilityChanged | LLMRefused):
            breaker.record_success(admission)
        elif isinstance(error, LLMCancelled):
            breaker.record_nothing(admission)
        elif isinstance(error, LLMRateLimited):
            wanted = error.retry_after_seconds or 0.0
            breaker.record_failure(
                admission, error.message, open_seconds=breaker.RATE_LIMITED_SECONDS, at_least_seconds=wanted
            )
            if wanted:
                breaker.pause(self.breaker_name, wanted)
        else:
            breaker.record_failure(admission, error.message)

    def _settle_reply(
        self, call: LLMCall, admission: breaker.Admission, asking: Asking, fitted: FittedPrompt, reply: LLMReply
    ) -> Answer:
        answer: Answer | None = None
        failure: BaseException | None = None
        try:
            answer, outcome = self._read(reply)
        except (BudgetExceeded, LLMError) as error:
            failure, outcome = error, outcome_of(error)
        except BaseException as error:
            # A defect in reading must not leave money reserved.
            failure, outcome = error, Outcome.INVALID_OUTPUT
        usage, note = self._believed(reply.usage, reply.counted_output_tokens, fitted)
        if usage is None:
            log.warning("llm_usage_unknown", finish_reason=reply.finish_reason)
        end = ledger.CallEnd(
            outcome=outcome,
            cost_usd=self.price.cost_usd(usage) if usage else None,
            usage=usage,
            finish_reason=reply.finish_reason,
            error_message=f"{'' if failure is None else failure} {note}".strip(),
            request_id=reply.request_id,
            raw_reply=reply.text,
            first_token_seconds=reply.first_token_seconds,
            elapsed_seconds=reply.elapsed_seconds,
        )
        try:
            with transaction.atomic():
                if failure is None:
                    # In the transaction that settles: what was paid for and can be read is never paid again. Before it,
                    # because settling locks rows that all calls share until the end of the transaction.
                    self._stored = reply_cache.store_reply(
                        asking,
                        KnownReply(reply.text, reply.truncated),
                        document_id=self.job.document_id,
                        model=call.model,
                        prompt_version=call.prompt_version,
                        usage=usage,
                        cost_usd=call.reserved_usd if end.cost_usd is None else end.cost_usd,
                    )
                settlement = settle_once(call, end)
        except Exception as error:
            self._stored = False
            settlement = settle_at_worst(call, end, error)
        log.info("llm_call_ended", outcome=str(outcome), cost_usd=f"{settlement.cost_usd:f}")
        if not self._watch_overrun(settlement):
            breaker.record_success(admission)
        if failure is not None:
            raise failure
        assert answer is not None
        return self.question.finish(answer, fitted.prompt, False)

    def _believed(
        self, usage: Usage | None, counted_output_tokens: int, fitted: FittedPrompt
    ) -> tuple[Usage | None, str]:
        """The usage that counts, and what is to be said of it. Output that is stated too low counts at the worst case;
        input that is stated lower than what was sent counts as it was counted here."""
        if usage is None or not _believable(usage, counted_output_tokens):
            return None, ""
        prompt = fitted.prompt
        if usage.input_tokens >= prompt.input_tokens:
            return usage, ""
        least = least_tokens([prompt.system, prompt.user], self.client.config.model)
        if usage.input_tokens >= least:
            return usage, ""  # how a schema is counted differs from server to server
        log.critical("llm_input_under_reported", stated=usage.input_tokens, counted=prompt.input_tokens)
        note = f"The server stated {usage.input_tokens} input tokens; {prompt.input_tokens} were sent and count."
        return replace(usage, input_tokens=prompt.input_tokens), note

    def _read(self, reply: LLMReply) -> tuple[Answer, ProcessingJob.Outcome]:
        if reply.finish_reason == "content_filter":
            raise LLMRefused("The model declined to answer.", partial_text=reply.text)
        try:
            answer = self.question.read(reply.text, reply.truncated)
        except InvalidOutput as error:
            if reply.truncated:
                message = "The model's reply was cut off at its output limit before anything in it was complete."
                raise BudgetExceeded(message, partial_text=reply.text) from error
            raise InvalidOutput(error.message, partial_text=reply.text) from error
        cut = reply.truncated or getattr(answer, "truncated", False)
        return answer, Outcome.PARTIAL if cut else Outcome.SUCCESS

    def _watch_overrun(self, settlement: ledger.Settlement) -> bool:
        if not settlement.overrun_usd:
            return False
        message = f"The model's server charged ${settlement.overrun_usd:f} more than was reserved for the call."
        breaker.trip_for_overrun(self.breaker_name, message=message)
        return True

    def _sleep(self, seconds: float) -> None:
        release_connection()
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if self.cancelled is not None and self.cancelled():
                raise LLMCancelled(free=True)
            time.sleep(min(left, 1.0))


def key_of(fitted: FittedPrompt, client: LLMClient, *, owner_id: int | None) -> str:
    """Under which key the reply to this prompt of this client about an owner's document is kept."""
    prompt = fitted.prompt
    return reply_cache.reply_key(
        owner_id=owner_id,
        system=prompt.system,
        user=prompt.user,
        schema=prompt.schema,
        version=prompt.version,
        provider=client.config.provider,
        model=client.config.model,
        max_output_tokens=fitted.max_output_tokens,
    )


def release_connection() -> None:
    """Give this thread's connection back (to the pool, or to the server) before something slow; inside a transaction it
    stays. 200 threads that wait for a model would otherwise hold 200 connections."""
    if not connection.in_atomic_block:
        connection.close()


def _believable(usage: Usage, counted_output_tokens: int) -> bool:
    return usage.input_tokens > 0 and usage.output_tokens >= counted_output_tokens * _BELIEVABLE_SHARE
