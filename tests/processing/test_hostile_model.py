"""A model's server that means harm: no body is read without end, no call outlives its limit, nothing is a defect.

The full form, with memory and books for each of its 271 ways, is ``python -m benchmarks.hostile_model``.
"""

from __future__ import annotations

import time
from contextlib import suppress
from decimal import Decimal
from typing import NamedTuple

import pytest

from benchmarks.hostile_model import meet
from processing.errors import InvalidOutput, LLMError
from processing.extractors.model.prompt import build_invoice_prompt
from processing.llm.client import LLMClient, LLMConfig, LLMReply
from processing.llm.json_reply import parse_reply
from processing.llm.request import error_of_body
from processing.models import LLMCall
from processing.pipeline.model import ask_model
from tests.lying_server import LIES, LyingServer
from tests.processing.documents import make_invoice
from tests.processing.ledger_factories import assert_books_balance, make_job

LIMIT_SECONDS = 0.8
PROMPT = build_invoice_prompt(make_invoice(), model="gpt-4o-mini", max_input_tokens=8000)


class Called(NamedTuple):
    result: LLMReply | LLMError
    sent_bytes: int
    wall_seconds: float
    cpu_seconds: float


def call(lie: str) -> Called:
    """What the call gives, how much the server got rid of, and what time it took: on the wall, and of this thread."""
    with LyingServer(LIES[lie]) as server:
        config = LLMConfig(model="gpt-4o-mini", base_url=server.url, total_timeout_seconds=LIMIT_SECONDS)
        started, worked = time.monotonic(), time.thread_time()
        with LLMClient(config) as client:
            try:
                result: LLMReply | LLMError = client.complete(PROMPT, max_output_tokens=300)
            except LLMError as error:
                result = error
        return Called(result, server.sent_bytes, time.monotonic() - started, time.thread_time() - worked)


@pytest.mark.parametrize("status", [200, 400, 401, 429, 500])
@pytest.mark.parametrize(
    "body", ["endless", "endless blanks", "endless lists", "endless after gzip", "gzip that is none"]
)
def test_a_body_without_end_is_left_after_a_few_megabytes_whatever_its_status(status: int, body: str) -> None:
    called = call(f"{status} {body}")
    assert isinstance(called.result, LLMError)
    assert called.sent_bytes < 20_000_000, "what fits into the sockets' buffers on top of the bound"


@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize("body", ["gzip bomb", "gzip bomb of blanks", "gzip in gzip", "gzip in gzip as one"])
def test_a_bomb_ends_by_what_comes_out_of_it(status: int, body: str) -> None:
    called = call(f"{status} {body}")
    assert isinstance(called.result, LLMError)
    assert called.cpu_seconds < LIMIT_SECONDS


@pytest.mark.parametrize("body", ["drip", "drip of an object", "endless comments", "chunks of one byte"])
def test_what_keeps_coming_ends_at_the_time_limit(body: str) -> None:
    called = call(f"200 {body}")
    assert isinstance(called.result, LLMError)
    assert called.wall_seconds < LIMIT_SECONDS + 4


@pytest.mark.parametrize("lie", ["429 drip", "429 endless", "429 brotli", "429 deep lists"])
def test_the_status_counts_where_the_body_tells_nothing(lie: str) -> None:
    result = call(lie).result
    assert isinstance(result, LLMError)
    assert (result.code, result.free) == ("llm_rate_limited", True)


ODD = [
    name for name in LIES if name.startswith("200 ") and not any(word in name for word in ("endless", "drip", "gzip"))
]


@pytest.mark.parametrize("lie", ODD)
def test_an_odd_reply_is_a_reply_or_a_named_failure(lie: str) -> None:
    result = call(lie).result
    if isinstance(result, LLMReply) and result.usage is not None:
        assert 0 <= result.usage.input_tokens <= 100_000_000


@pytest.mark.parametrize(
    "body", ["odd error fields", "error as a number", "deep objects", "unknown charset", "long error"]
)
def test_an_odd_error_is_the_named_failure_of_its_status(body: str) -> None:
    result = call(f"400 {body}").result
    assert isinstance(result, LLMError)
    assert (result.code, result.permanent, result.free) == ("llm_failed", True, True)


def test_an_error_body_is_short_clean_text() -> None:
    said = error_of_body(b'{"error": {"message": "' + b"a\\u0000\\u001b" * 5000 + b'", "code": {"x": 1}, "param": 7}}')
    assert set(said) == {"message"}
    assert len(said["message"]) == 2000
    assert said["message"].isprintable()
    assert error_of_body(b'{"error": "no"}') == {"message": "no"}
    assert error_of_body(b"[" * 100_000)["message"] == "[" * 2000


@pytest.mark.parametrize("text", ["'", "a ", "' ", '{"a": ', "/*", "```", '"a" '])
def test_a_reply_is_parsed_in_time_that_grows_with_its_length(text: str) -> None:
    began = time.process_time()
    with suppress(InvalidOutput):
        parse_reply("{" + text * (190_000 // len(text)))
    assert time.process_time() - began < 1.0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "lie", ["500 gzip bomb", "200 usage of 31 digits", "200 NUL in the reply", "400 odd error fields"]
)
def test_the_books_are_right_after_a_lie(lie: str) -> None:
    met = meet(LIES[lie])
    assert met.troubles == []


@pytest.mark.django_db
def test_usage_beyond_belief_counts_at_the_worst_case() -> None:
    job = make_job()
    with LyingServer(LIES["200 usage of 31 digits"]) as server:
        config = LLMConfig(model="gpt-4o-mini", base_url=server.url, total_timeout_seconds=LIMIT_SECONDS)
        with LLMClient(config) as client, pytest.raises(LLMError):
            ask_model(job=job, content=make_invoice(), client=client)
    calls = list(LLMCall.objects.filter(job=job))
    assert calls
    assert all(made.cost_usd == made.reserved_usd > Decimal(0) for made in calls)
    assert_books_balance()
