"""What a server says can always be settled: as it says where that can be believed, else at the worst case, at once."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import DataError
from pytest_django import Settings

from common.storable import shown, storable, unturned
from processing.errors import InvalidOutput, LLMError
from processing.llm.client import LLMClient, LLMConfig
from processing.llm.json_reply import parse_reply
from processing.llm.prices import load_price
from processing.llm.request import error_text
from processing.models import CachedReply, LLMCall, ProcessingJob
from processing.pipeline import run
from processing.pipeline.model import ask_model
from processing.pipeline.run import run_job
from processing.services.documents import JobOptions, submit_document
from processing.spending import ledger, settling
from processing.spending.ledger import CallEnd
from processing.usage import Usage
from tests.model_server import Behaviour, ModelServer
from tests.processing.documents import make_invoice
from tests.processing.ledger_factories import assert_books_balance, make_job, make_terms
from tests.processing.rate_card_models import model_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]

HOSTILE = "a\x00b\x1b[2J\ud800\x85\ufffe"
INVOICE = b"Harbour Tools Ltd\nINVOICE\nInvoice No: HT-118\nDate: 2024-05-03\nTotal EUR 144.00\n"


def completion(content: str, **usage: Any) -> Behaviour:
    choice = {"index": 0, "message": {"content": content}, "finish_reason": "stop"}
    return Behaviour(raw_body=json.dumps({"choices": [choice], "usage": usage}).encode(), raw_type="application/json")


def reserved_call() -> LLMCall:
    return ledger.reserve(job=make_job(), terms=make_terms())


@pytest.mark.parametrize("end", [
    CallEnd("provider_error", error_message=HOSTILE * 2000, finish_reason=HOSTILE * 20, request_id=HOSTILE * 50),
    CallEnd("success", Decimal("0.001"), raw_reply=HOSTILE * 1000),
    CallEnd("success", Decimal("0.001"), raw_reply="9" * 4000, finish_reason="9" * 4000, error_message="9" * 4000),
])  # fmt: skip
def test_texts_from_outside_are_cut_and_cleaned_where_they_are_settled(end: CallEnd) -> None:
    call = reserved_call()
    assert ledger.settle(call_id=call.pk, end=end).changed
    call.refresh_from_db()
    assert len(call.error_message) <= 2000
    assert not set("\x00\x1b\x85") & set(call.error_message + call.raw_reply + call.finish_reason + call.request_id)
    assert_books_balance()


@pytest.mark.parametrize("end", [
    CallEnd("success", Decimal(10) ** 31, Usage(10**31, 1)),
    CallEnd("success", Decimal("0.001"), Usage(10**10, 1)),
    CallEnd("success", Decimal("NaN"), Usage(1, 1)),
    CallEnd("an outcome that no column of the ledger has room for"),
])  # fmt: skip
def test_what_cannot_be_settled_as_stated_counts_at_its_worst_case_at_once(end: CallEnd) -> None:
    call = reserved_call()
    settlement = settling.settle(call, end)
    assert (settlement.changed, settlement.cost_usd) == (True, call.reserved_usd)
    call.refresh_from_db()
    assert call.state == LLMCall.State.WORST_CASE
    assert_books_balance()


def asked(behaviour: Behaviour) -> LLMCall:
    job = make_job()
    with ModelServer(behaviour) as server:
        config = LLMConfig(model="gpt-4o-mini", base_url=server.url, total_timeout_seconds=10.0)
        with LLMClient(config) as client:
            ask_model(job=job, content=make_invoice(), client=client)
    return LLMCall.objects.get(job=job)


def test_input_that_is_stated_too_low_counts_as_it_was_sent() -> None:
    reply = '{"number": "HT-118"}'
    call = asked(completion(reply, prompt_tokens=3, completion_tokens=9))
    assert call.input_tokens > 500
    assert call.cost_usd == load_price("gpt-4o-mini").cost_usd(Usage(call.input_tokens, 9))
    assert "stated 3 input tokens" in call.error_message
    stated = call.input_tokens + 7
    CachedReply.objects.all().delete()
    honest = asked(completion(reply, prompt_tokens=stated, completion_tokens=9))
    assert (honest.input_tokens, honest.error_message) == (stated, "")
    assert_books_balance()


@pytest.mark.parametrize(
    "body", [{"choices": 7}, {"choices": [7]}, {"choices": [{"message": 7}]}, {"choices": {"a": 1}}]
)
def test_json_of_another_shape_is_invalid_output(settings: Settings, body: Any) -> None:
    settings.LLM_MAX_RETRIES = 0
    with pytest.raises(InvalidOutput):
        asked(Behaviour(raw_body=json.dumps(body).encode(), raw_type="application/json; charset=klingon"))
    assert [call.outcome for call in LLMCall.objects.all()] == ["invalid_output"]
    assert_books_balance()


@pytest.mark.parametrize("error", [{"message": ["x"], "param": 7}, {"code": {"a": []}}, 5, "no", [[[[]]]], None])
def test_a_request_that_is_refused_costs_nothing_whatever_stands_in_its_body(error: Any) -> None:
    with pytest.raises(LLMError):
        asked(Behaviour(status=400, error=error))
    assert [(call.cost_usd, call.state) for call in LLMCall.objects.all()] == [(Decimal(0), LLMCall.State.SETTLED)]
    assert_books_balance()


def test_escapes_in_a_reply_never_become_what_cannot_be_stored() -> None:
    data = parse_reply('{"vendor": "a\\u0000b\\ud800", "items": [{"\\u001b": "\\udfff"}]}').data
    assert data == {"vendor": "a b ", "items": [{" ": " "}]}
    with pytest.raises(InvalidOutput):
        parse_reply('{"a": ' * 900 + "1" + "}" * 900 + "x" * 3 + '{"a": ' * 100_000)


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_model_writes_control_characters_is_completed(settings: Settings) -> None:
    with model_of(settings) as server:
        server.answer = lambda _: (
            '{"seller": "X\\u0000\\ud800 Ltd", "number": "\\u202eHT-118\\u0000", "total": "144.00"}'
        )
        job = submit_document(data=INVOICE, filename="a.txt", options=JobOptions(policy="llm"), enqueue=False).job
        run_job(job.id)
    job.refresh_from_db()
    assert (job.status, job.error_code) == (ProcessingJob.Status.COMPLETED, "")


@pytest.mark.django_db(transaction=True)
def test_a_reply_whose_result_cannot_be_recorded_is_not_kept(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(**_: Any) -> Any:
        raise DataError("value too long")

    monkeypatch.setattr(run, "record_invoice", refuses)
    with model_of(settings):
        job = submit_document(data=INVOICE, filename="a.txt", options=JobOptions(policy="llm"), enqueue=False).job
        run_job(job.id)
    job.refresh_from_db()
    assert job.status == ProcessingJob.Status.FAILED
    assert LLMCall.objects.filter(job=job, outcome="success").exists()
    assert not CachedReply.objects.exists()


def test_marks_that_turn_text_are_shown_as_such_and_reach_no_name() -> None:
    name = "Acme \u202eDTL\u202c\u2066 Ltd"
    assert unturned(name) == "Acme DTL Ltd"
    assert shown(name) == "Acme ‹U+202E›DTL‹U+202C›‹U+2066› Ltd"
    assert storable("a\x00\ud800\tb\n", 5) == "a  \tb"
    assert error_text({"a": object}) != ""
