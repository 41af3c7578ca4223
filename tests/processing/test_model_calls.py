"""Every row of the failure table, through a real server: what is tried again, what it costs, what stays."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from processing.content.extraction import Extraction
from processing.content.records import DocumentContent
from processing.errors import (
    BudgetExceeded,
    CeilingReached,
    Deferred,
    InvalidOutput,
    LLMAuth,
    LLMCancelled,
    LLMError,
    LLMRateLimited,
    LLMRefused,
    LLMTimeout,
    ModelUnavailable,
)
from processing.extractors.model.prompt import Prompt, build_invoice_prompt
from processing.llm.client import LLMClient, LLMConfig
from processing.llm.prices import PriceUnknown, load_price
from processing.llm.retries import CallRetries
from processing.models import Batch, Breaker, CachedReply, LLMCall, ProcessingJob
from processing.pipeline.model import ask_model, model_is_configured
from processing.readers.text import read_text
from processing.spending import breaker
from processing.spending.ask import Question, ask
from processing.usage import Usage
from tests.model_server import (
    CUT,
    FENCED,
    FILTERED,
    FORBIDDEN,
    HANGS,
    HANGS_BETWEEN,
    HANGS_UP,
    HTML,
    IGNORES_CAP,
    LIES_HIGH,
    LIES_LOW,
    NO_CREDIT,
    NO_USAGE,
    NOT_STREAMING,
    OK,
    RATE_LIMITED,
    SERVER_ERROR,
    TOO_LONG,
    UNAUTHORIZED,
    WRONG,
    Behaviour,
    ModelServer,
)
from tests.processing.ledger_factories import assert_books_balance, make_batch, make_job

pytestmark = pytest.mark.django_db

INVOICE = b"""\
Harbour Tools Ltd            INVOICE

Invoice No:                  HT-2024-118
Date:                        2024-05-03

Description          Qty     Price      Amount
Wrench 13 mm         4       12.50      50.00
Drill set            2       20.00      40.00
Cable drum           1       30.00      30.00

Subtotal                                120.00
VAT 20%                                 24.00
Total                                   144.00
"""
MODEL = "gpt-4o-mini"
PRICE = load_price(MODEL)


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> Iterator[None]:
    settings.LLM_MODEL = MODEL
    settings.LLM_RETRY_BACKOFF_SECONDS = Decimal("0.01")
    settings.LLM_MAX_RETRIES = 2
    breaker.forget_snapshots()
    yield
    breaker.forget_snapshots()


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        yield running


@pytest.fixture
def content() -> DocumentContent:
    return read_text(INVOICE)


@contextmanager
def client_of(server: ModelServer, **changes: Any) -> Iterator[LLMClient]:
    config = LLMConfig(model=MODEL, base_url=server.url, api_key="sk-test", total_timeout_seconds=20.0)
    with LLMClient(replace(config, **changes)) as client:
        yield client


def asked(server: ModelServer, job: ProcessingJob, content: DocumentContent, **changes: Any) -> Extraction:
    with client_of(server, **changes) as client:
        return ask_model(job=job, content=content, client=client)


def calls(job: ProcessingJob) -> list[LLMCall]:
    return list(job.llm_calls.order_by("attempt"))


def outcomes(job: ProcessingJob) -> list[str]:
    return [call.outcome for call in calls(job)]


# --- A call that succeeds ---------------------------------------------------------------------------------------------


def test_a_good_reply_is_read_and_its_real_usage_is_settled(server: ModelServer, content: DocumentContent) -> None:
    job = make_job(batch=make_batch("1"), filename="harbour.txt")
    extraction = asked(server, job, content)
    assert extraction.method == "llm"
    assert extraction.fields["total_amount"].value == Decimal("144.00")
    assert len(extraction.lines) == 3
    [call], [record] = calls(job), server.records
    assert (call.run_id, call.state, call.outcome) == ("harbour-0", "settled", "success")
    assert (call.input_tokens, call.output_tokens) == (record.input_tokens, record.output_tokens)
    assert call.cost_usd == PRICE.cost_usd(Usage(record.input_tokens, record.output_tokens))
    assert call.cost_usd < call.reserved_usd
    assert call.elapsed_seconds is not None
    assert call.raw_reply == extraction.raw_response
    assert record.body["max_completion_tokens"] == job.max_output_tokens
    assert_books_balance()


def test_cached_input_is_paid_at_its_price(server: ModelServer, content: DocumentContent) -> None:
    server.behaviour = replace(OK, cached_tokens=1024)
    job = make_job()
    asked(server, job, content)
    [call] = calls(job)
    assert call.cached_input_tokens == 1024
    full = PRICE.cost_usd(Usage(call.input_tokens, call.output_tokens))
    assert full - call.cost_usd == 1024 * Decimal("0.075") / 1_000_000


@pytest.mark.parametrize("behaviour", [FENCED, NOT_STREAMING], ids=["fenced", "not streaming"])
def test_replies_in_other_wrappings_are_read_too(
    server: ModelServer, content: DocumentContent, behaviour: Behaviour
) -> None:
    server.behaviour = behaviour
    assert asked(server, make_job(), content).fields["invoice_number"].value == "HT-2024-118"


def test_no_usage_counts_at_the_worst_case(server: ModelServer, content: DocumentContent) -> None:
    server.behaviour = NO_USAGE
    job = make_job()
    asked(server, job, content)
    [call] = calls(job)
    assert (call.state, call.outcome, call.cost_usd) == ("worst_case", "success", call.reserved_usd)
    assert_books_balance()


# --- The same document again ------------------------------------------------------------------------------------------


def test_the_same_content_again_costs_nothing(server: ModelServer, content: DocumentContent) -> None:
    first = asked(server, make_job(), content)
    again_job = make_job(filename="copy.txt")
    again = asked(server, again_job, content)
    assert len(server.records) == 1
    assert again.method == "cache"
    assert {value.method for value in again.fields.values()} == {"cache"}
    assert {n: v.value for n, v in again.fields.items()} == {n: v.value for n, v in first.fields.items()}
    assert calls(again_job) == []
    assert CachedReply.objects.get().hits == 1


def test_a_job_whose_budget_is_gone_still_gets_what_was_paid(server: ModelServer, content: DocumentContent) -> None:
    job = make_job()
    asked(server, job, content)
    ProcessingJob.objects.filter(pk=job.pk).update(budget_usd=job.llm_calls.get().cost_usd)
    assert asked(server, job, content).method == "cache"


def test_a_reply_that_could_not_be_read_is_not_kept(server: ModelServer, content: DocumentContent) -> None:
    server.then(WRONG, WRONG)
    with pytest.raises(InvalidOutput):
        asked(server, make_job(), content)
    assert not CachedReply.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_with_the_same_document_one_calls(server: ModelServer, content: DocumentContent) -> None:
    server.delay_seconds = 0.5
    jobs = [make_job(), make_job()]
    start = threading.Barrier(2)

    def work(job: ProcessingJob) -> str:
        start.wait()
        while True:
            try:
                return asked(server, job, content).method
            except Deferred:
                time.sleep(0.1)
            finally:
                connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, jobs)) == ["cache", "llm"]
    assert len(server.records) == 1


@pytest.mark.django_db(transaction=True)
def test_no_database_connection_is_held_while_the_model_answers(server: ModelServer, content: DocumentContent) -> None:
    open_during_call: list[bool] = []

    def look() -> bool:
        open_during_call.append(connection.connection is not None)
        return False

    with client_of(server) as client:
        ask_model(job=make_job(), content=content, client=client, cancelled=look)
    assert open_during_call
    assert not any(open_during_call)


@pytest.mark.django_db(transaction=True)
def test_many_threads_that_wait_for_the_model_hold_no_connections(server: ModelServer) -> None:
    jobs = [make_job() for _ in range(16)]
    all_in_their_calls, counted = threading.Barrier(len(jobs) + 1), threading.Event()

    def work(job: ProcessingJob) -> None:
        arrived: list[bool] = []

        def hold() -> bool:
            if not arrived:
                arrived.append(True)
                all_in_their_calls.wait(60)
                counted.wait(60)
            return False

        content = read_text(INVOICE.replace(b"118", job.pk.hex[:8].encode()))
        with client_of(server, total_timeout_seconds=90.0) as client:
            ask_model(job=job, content=content, client=client, cancelled=hold)
        connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        running = [pool.submit(work, job) for job in jobs]
        all_in_their_calls.wait(60)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            [open_connections] = cursor.fetchone()
        counted.set()
        for future in running:
            future.result()
    assert len(server.records) == len(jobs)
    assert open_connections <= 2  # this thread's, and one that is just closing


# --- Retries ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "failure", [SERVER_ERROR, HANGS_UP, CUT, HTML, replace(RATE_LIMITED, headers={"retry-after": "0.05"})]
)
def test_what_may_pass_is_tried_again(server: ModelServer, content: DocumentContent, failure: Behaviour) -> None:
    server.then(failure)
    job = make_job()
    assert asked(server, job, content).fields
    assert [call.run_id for call in calls(job)] == ["invoice_001-0", "invoice_001-1"]
    assert outcomes(job)[1] == "success"
    assert_books_balance()


@pytest.mark.parametrize("failure", [HANGS, HANGS_BETWEEN], ids=["before the reply", "in the reply"])
def test_a_server_that_hangs_is_left_after_the_time_out(
    server: ModelServer, content: DocumentContent, failure: Behaviour
) -> None:
    server.then(failure)
    job = make_job()
    assert asked(server, job, content, total_timeout_seconds=1.0).fields
    first, _ = calls(job)
    assert (first.outcome, first.state) == ("timeout", "worst_case")
    assert (first.raw_reply != "") == (failure is HANGS_BETWEEN)


def test_after_two_retries_the_last_error_stands(server: ModelServer, content: DocumentContent) -> None:
    server.behaviour = SERVER_ERROR
    job = make_job()
    with pytest.raises(LLMError) as failed:
        asked(server, job, content)
    assert failed.value.code == "llm_failed"
    assert outcomes(job) == ["provider_error"] * 3
    assert_books_balance()


def test_a_later_run_of_the_job_goes_on_numbering_its_attempts(server: ModelServer, content: DocumentContent) -> None:
    server.then(SERVER_ERROR, SERVER_ERROR, SERVER_ERROR)
    job = make_job()
    with pytest.raises(LLMError):
        asked(server, job, content)
    asked(server, job, content)
    assert [call.attempt for call in calls(job)] == [0, 1, 2, 3]


def test_delays_double_and_are_spread() -> None:
    def fail() -> None:
        raise LLMTimeout

    first, second = set(), set()
    for _ in range(20):
        slept: list[float] = []
        with pytest.raises(LLMTimeout):
            CallRetries(max_retries=2, backoff_seconds=0.5, sleep=slept.append).call(fail)
        assert len(slept) == 2
        first.add(slept[0])
        second.add(slept[1])
    assert 0.5 <= min(first) < max(first) <= 0.65
    assert 1.0 <= min(second) < max(second) <= 1.3


def test_retry_after_is_obeyed(server: ModelServer, content: DocumentContent) -> None:
    server.then(replace(RATE_LIMITED, headers={"retry-after": "0.6"}))
    job = make_job()
    asked(server, job, content)
    first, second = server.records
    assert second.started - first.ended >= 0.6
    assert outcomes(job) == ["rate_limited", "success"]
    assert calls(job)[0].cost_usd == 0


def test_a_long_retry_after_makes_the_job_wait_outside_and_everybody_with_it(
    server: ModelServer, content: DocumentContent
) -> None:
    server.then(replace(RATE_LIMITED, headers={"retry-after": "120"}))
    with pytest.raises(Deferred) as deferred:
        asked(server, make_job(), content)
    assert 100 < deferred.value.seconds <= 121
    with pytest.raises(ModelUnavailable):
        asked(server, make_job(), content)
    assert len(server.records) == 1


def test_rate_limits_that_never_end_make_the_job_wait_and_are_reported_as_such(
    server: ModelServer, content: DocumentContent
) -> None:
    server.behaviour = replace(RATE_LIMITED, headers={"retry-after": "0.01"})
    job = make_job()
    with pytest.raises(ModelUnavailable) as waits:
        asked(server, job, content)
    assert isinstance(waits.value.reason, LLMRateLimited)
    assert waits.value.waits_for == Breaker.objects.get().name
    assert outcomes(job) == ["rate_limited"] * 3
    assert sum(call.cost_usd for call in calls(job)) == 0


def test_output_that_cannot_be_read_is_asked_for_once_more(server: ModelServer, content: DocumentContent) -> None:
    server.behaviour = WRONG
    job = make_job()
    with pytest.raises(InvalidOutput) as failed:
        asked(server, job, content)
    assert failed.value.partial_text == WRONG.text
    assert outcomes(job) == ["invalid_output"] * 2
    assert [call.raw_reply for call in calls(job)] == [WRONG.text] * 2
    assert all(call.state == "settled" for call in calls(job))


@pytest.mark.parametrize("failure", [UNAUTHORIZED, FORBIDDEN, NO_CREDIT], ids=["401", "403", "no credit"])
def test_a_refused_key_fails_at_once_and_stops_the_others_without_a_call(
    server: ModelServer, content: DocumentContent, failure: Behaviour
) -> None:
    server.behaviour = failure
    job, other = make_job(), make_job()
    with pytest.raises(LLMAuth) as first:
        asked(server, job, content)
    with pytest.raises(LLMAuth) as second:
        asked(server, other, content)
    assert str(first.value) == str(second.value)
    assert len(server.records) == 1
    assert (outcomes(job), calls(job)[0].cost_usd, calls(other)) == (["auth_error"], 0, [])
    server.behaviour = OK
    assert asked(server, other, content, api_key="sk-new").fields


def test_a_rejected_request_is_not_repeated_and_costs_nothing(server: ModelServer, content: DocumentContent) -> None:
    server.behaviour = TOO_LONG
    job = make_job()
    with pytest.raises(LLMRefused):
        asked(server, job, content)
    assert [(call.outcome, call.cost_usd) for call in calls(job)] == [("provider_error", 0)]
    job.refresh_from_db()
    assert (job.spent_usd, job.reserved_usd) == (0, 0)


def test_a_refusal_of_the_model_is_paid_and_not_repeated(server: ModelServer, content: DocumentContent) -> None:
    server.behaviour = FILTERED
    job = make_job()
    with pytest.raises(LLMRefused):
        asked(server, job, content)
    [call] = calls(job)
    assert call.cost_usd > 0


def test_an_option_that_the_server_does_not_know_is_left_out_and_is_no_retry(content: DocumentContent) -> None:
    with ModelServer(rejects={"json_schema", "stream_options"}) as server:
        server.then(SERVER_ERROR, SERVER_ERROR)
        job = make_job()
        assert asked(server, job, content).fields
    assert outcomes(job).count("success") == 1
    assert sum(call.cost_usd for call in calls(job) if call.finish_reason == "" and call.state == "settled") == 0


def test_a_cancelled_call_ends_and_counts_at_its_worst_case(server: ModelServer, content: DocumentContent) -> None:
    server.behaviour = HANGS_BETWEEN
    job = make_job()
    with client_of(server) as client, pytest.raises(LLMCancelled):
        ask_model(job=job, content=content, client=client, cancelled=lambda: True)
    assert [(call.outcome, call.state) for call in calls(job)] == [("cancelled", "worst_case")]


def test_a_worker_that_is_stopped_during_a_call_leaves_no_reservation(
    server: ModelServer, content: DocumentContent
) -> None:
    def stopped() -> bool:
        raise SystemExit

    job = make_job()
    with client_of(server) as client, pytest.raises(SystemExit):
        ask_model(job=job, content=content, client=client, cancelled=stopped)
    assert [(call.outcome, call.state) for call in calls(job)] == [("cancelled", "worst_case")]
    assert_books_balance()


# --- Budgets ----------------------------------------------------------------------------------------------------------


def test_a_budget_for_one_attempt_allows_one_attempt(server: ModelServer, content: DocumentContent) -> None:
    asked(server, make_job(), content)
    worst = LLMCall.objects.get().reserved_usd
    CachedReply.objects.all().delete()
    server.behaviour = NO_USAGE
    server.then(SERVER_ERROR)
    job = make_job(budget_usd=str(worst))
    with pytest.raises(BudgetExceeded) as refused:
        asked(server, job, content)
    assert not isinstance(refused.value, CeilingReached)
    assert len(calls(job)) == 1
    assert_books_balance()


def test_a_budget_that_allows_nothing_spends_nothing(server: ModelServer, content: DocumentContent) -> None:
    job = make_job(budget_usd="0.0001")
    with pytest.raises(BudgetExceeded):
        asked(server, job, content)
    assert (server.records, calls(job)) == ([], [])
    assert not CachedReply.objects.exists()


def test_a_small_budget_shows_the_model_fewer_rows_and_says_so(server: ModelServer) -> None:
    long = read_text(
        INVOICE + b"".join(b"Note %d: please mind the %d terms of delivery\n" % (n, n) for n in range(400))
    )
    asked(server, make_job(), long)
    whole = LLMCall.objects.get()
    CachedReply.objects.all().delete()
    job = make_job(budget_usd=str(whole.reserved_usd * Decimal("0.7")))
    extraction = asked(server, job, long)
    [call] = calls(job)
    assert call.input_tokens < whole.input_tokens
    assert call.reserved_usd <= job.budget_usd  # type: ignore[operator]
    assert [r.code for r in extraction.reasons if r.code == "rows_left_out"] == ["rows_left_out"]
    assert call.max_output_tokens == job.max_output_tokens


def test_when_fewer_rows_are_not_enough_the_output_cap_goes_down(server: ModelServer, content: DocumentContent) -> None:
    asked(server, make_job(max_output_tokens=4000), content)
    whole = LLMCall.objects.get()
    CachedReply.objects.all().delete()
    job = make_job(budget_usd=str(whole.reserved_usd * Decimal("0.3")), max_output_tokens=4000)
    asked(server, job, content)
    [call] = calls(job)
    assert 120 <= call.max_output_tokens < 4000
    assert call.reserved_usd <= job.budget_usd  # type: ignore[operator]


def test_a_batch_at_its_ceiling_is_told_apart_from_a_document_at_its_own(
    server: ModelServer, content: DocumentContent
) -> None:
    batch = make_batch("0.0001")
    job = make_job(batch=batch)
    with pytest.raises(CeilingReached) as refused:
        asked(server, job, content)
    assert (refused.value.scope, refused.value.key) == ("batch", str(batch.pk))
    assert server.records == []
    Batch.objects.update(budget_usd=1)
    assert asked(server, job, content).fields


def test_a_reply_cut_at_its_cap_keeps_what_was_complete(server: ModelServer, content: DocumentContent) -> None:
    job = make_job(max_output_tokens=60)
    extraction = asked(server, job, content)
    assert extraction.truncated
    assert extraction.fields["invoice_number"].value == "HT-2024-118"
    [call] = calls(job)
    assert (call.finish_reason, call.outcome, call.output_tokens) == ("length", "partial", 60)
    assert call.raw_reply
    again = asked(server, make_job(max_output_tokens=60), content)
    assert again.truncated
    assert len(server.records) == 1


def test_a_reply_cut_before_anything_was_complete_is_a_budget_exceeded(
    server: ModelServer, content: DocumentContent
) -> None:
    server.behaviour = replace(OK, text='{"title": "' + "x " * 500)
    job = make_job(max_output_tokens=50)
    with pytest.raises(BudgetExceeded) as refused:
        asked(server, job, content)
    assert refused.value.partial_text.startswith('{"title"')
    assert outcomes(job) == ["budget_exceeded"]


# --- Servers that do not play by the rules ----------------------------------------------------------------------------


def test_a_server_that_ignores_its_cap_is_cut_off_within_what_was_reserved(
    server: ModelServer, content: DocumentContent
) -> None:
    server.behaviour = IGNORES_CAP
    job = make_job(max_output_tokens=60)
    with pytest.raises(BudgetExceeded):
        asked(server, job, content)
    [call], [record] = calls(job), server.records
    assert (call.finish_reason, call.state) == ("cut", "worst_case")
    assert call.cost_usd == call.reserved_usd
    assert call.overrun_usd == 0
    assert record.output_tokens < 200


def test_a_server_that_charges_too_much_is_recorded_and_stopped(server: ModelServer, content: DocumentContent) -> None:
    server.then(LIES_HIGH)
    job = make_job()
    assert asked(server, job, content).fields
    [call] = calls(job)
    assert call.overrun_usd > 0
    assert call.cost_usd == call.reserved_usd + call.overrun_usd
    assert call.cost_usd == PRICE.cost_usd(Usage(call.input_tokens, call.output_tokens))
    assert Breaker.objects.get().cause == "overrun"
    CachedReply.objects.all().delete()
    with pytest.raises(ModelUnavailable):
        asked(server, make_job(), content)
    assert_books_balance()


def test_a_server_that_says_that_it_wrote_next_to_nothing_is_not_believed(
    server: ModelServer, content: DocumentContent
) -> None:
    server.behaviour = LIES_LOW
    job = make_job()
    asked(server, job, content)
    [call], [record] = calls(job), server.records
    assert call.state == "worst_case"
    assert call.cost_usd >= PRICE.cost_usd(Usage(record.input_tokens, record.output_tokens))


def test_a_server_that_is_down_opens_the_breaker_and_later_jobs_wait(
    server: ModelServer, content: DocumentContent
) -> None:
    server.behaviour = SERVER_ERROR
    with pytest.raises(LLMError):
        asked(server, make_job(), content)
    with pytest.raises(Deferred):
        asked(server, make_job(), content)
    assert len(server.records) == breaker.FAILURES_TO_OPEN
    waiting = make_job()
    with pytest.raises(ModelUnavailable):
        asked(server, waiting, content)
    assert calls(waiting) == []
    assert not CachedReply.objects.exists()


def test_the_fallback_model_is_asked_within_the_same_ceiling(
    server: ModelServer, content: DocumentContent, settings: Settings
) -> None:
    settings.LLM_FALLBACK_MODEL = "gpt-4.1-nano"
    server.then(SERVER_ERROR, SERVER_ERROR, SERVER_ERROR)
    job = make_job()
    assert asked(server, job, content).fields
    assert [(c.attempt, c.model) for c in calls(job)] == [(0, MODEL), (1, MODEL), (2, MODEL), (3, "gpt-4.1-nano")]
    assert_books_balance()


def test_when_the_fallback_fails_too_the_first_error_stands(
    server: ModelServer, content: DocumentContent, settings: Settings
) -> None:
    settings.LLM_FALLBACK_MODEL = "gpt-4.1-nano"
    server.behaviour = HANGS
    settings.LLM_MAX_RETRIES = 0
    server.then(HANGS, UNAUTHORIZED)
    with pytest.raises(LLMTimeout):
        asked(server, make_job(), content, total_timeout_seconds=0.5)


def test_a_model_without_a_price_is_not_called(
    server: ModelServer, content: DocumentContent, settings: Settings
) -> None:
    settings.LLM_MODEL = "in-house-model"
    with pytest.raises(PriceUnknown):
        asked(server, make_job(), content, model="in-house-model")
    assert server.records == []
    settings.LLM_PRICE_INPUT_PER_MILLION = Decimal("1")
    settings.LLM_PRICE_OUTPUT_PER_MILLION = Decimal("2")
    job = make_job()
    asked(server, job, content, model="in-house-model")
    [call] = calls(job)
    assert call.cost_usd == (call.input_tokens * 1 + call.output_tokens * 2) / Decimal(1_000_000)


@pytest.mark.parametrize(
    ("changes", "configured"),
    [
        ({}, False),
        ({"OPENAI_API_KEY": "sk-test"}, True),
        ({"OPENAI_BASE_URL": "http://localhost:8080/v1"}, True),
        ({"AZURE_OPENAI_ENDPOINT": "https://x.openai.azure.com"}, False),
        ({"AZURE_OPENAI_ENDPOINT": "https://x.openai.azure.com", "AZURE_OPENAI_API_KEY": "k"}, True),
    ],
)
def test_a_model_is_configured_by_a_key_or_by_the_address_of_a_server(
    settings: Settings, changes: dict[str, str], configured: bool
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "AZURE_OPENAI_ENDPOINT", "AZURE_OPENAI_API_KEY"):
        setattr(settings, name, changes.get(name, ""))
    assert model_is_configured() is configured


def test_a_defect_in_reading_a_reply_leaves_the_books_settled(server: ModelServer, content: DocumentContent) -> None:
    def broken(text: str, truncated: bool) -> str:
        raise ZeroDivisionError

    def build(model: str, max_input_tokens: int) -> Prompt:
        return build_invoice_prompt(content, model=model, max_input_tokens=max_input_tokens)

    question: Question[str] = Question(build=build, read=broken, finish=lambda answer, prompt, cached: answer)
    job = make_job()
    with client_of(server) as client, pytest.raises(ZeroDivisionError):
        ask(job=job, question=question, client=client)
    assert [(call.outcome, call.state) for call in calls(job)] == [("invalid_output", "settled")]
    assert_books_balance()
