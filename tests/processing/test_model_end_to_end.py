"""From file to books through a model over HTTP: small replies for large invoices, nothing invented, all spend kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from invoices.models import Invoice
from processing.models import Batch, LLMCall, ProcessingJob
from processing.pipeline.run import run_job
from processing.services.documents import JobOptions, submit_document
from tests.model_server import SERVER_ERROR, UNAUTHORIZED, ModelServer
from tests.processing.import_runs import results_in, run_import
from tests.processing.invoice_files import text_invoice, write_invoices
from tests.processing.ledger_factories import assert_books_balance
from tests.processing.rate_card_models import model_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_storage")]

LLM = JobOptions(policy="llm")


@pytest.fixture
def server(settings: Settings) -> Iterator[ModelServer]:
    with model_of(settings) as running:
        yield running


def long_invoice(items: int) -> bytes:
    rows = [
        f"Bearing 62{i:03} 2RS            {i % 9 + 1:>6}  {i + 10:>9}.50  {(i % 9 + 1) * (i + 10.5):>11.2f}"
        for i in range(items)
    ]
    net = sum((i % 9 + 1) * (i + 10.5) for i in range(items))
    head = "Ridgeway Bearings Ltd\n\nINVOICE\n\nInvoice no:   RB-7781\nDate:         2026-02-11\nCurrency:     GBP\n\n"
    table = "Description                Quantity  Unit price       Amount\n" + "\n".join(rows)
    foot = f"\n\nSubtotal   {net:.2f}\nVAT 20 %   {net * 0.2:.2f}\nTotal   {net * 1.2:.2f}\n"
    return (head + table + foot).encode()


def processed(data: bytes, options: JobOptions = LLM) -> ProcessingJob:
    job = submit_document(data=data, filename="invoice_007.txt", options=options, enqueue=False).job
    assert run_job(job.id)
    job.refresh_from_db()
    return job


def test_a_hundred_items_take_at_most_300_output_tokens_and_come_whole_with_evidence(server: ModelServer) -> None:
    job = processed(long_invoice(100))
    call = LLMCall.objects.get()
    assert (job.status, job.method) == ("completed", "llm")
    assert 0 < call.output_tokens <= 300
    lines = list(Invoice.objects.get().lines.all())
    assert [line.description for line in lines] == [f"Bearing 62{i:03} 2RS" for i in range(100)]
    assert [line.amount for line in lines] == [Decimal(i % 9 + 1) * (i + Decimal("10.5")) for i in range(100)]
    for line in lines:
        assert all(line.evidence[name]["cell"] for name in ("description", "quantity", "unit_price", "amount"))


def test_a_400_row_table_costs_the_same_output_as_a_4_row_one(server: ModelServer) -> None:
    for items in (4, 400):
        processed(long_invoice(items))
    few, many = LLMCall.objects.order_by("started_at").values_list("output_tokens", flat=True)
    assert abs(few - many) <= 4  # the digits of a row number


def test_what_the_model_invents_never_becomes_a_field(server: ModelServer) -> None:
    honest = server.answer
    server.answer = lambda body: json.dumps(
        json.loads(honest(body)) | {"number": "FAKE-1", "grand_total": "999999.00", "iban": "DE89370400440532013000"}
    )
    processed(text_invoice())
    invoice = Invoice.objects.get()
    assert invoice.iban == ""
    assert invoice.invoice_number != "FAKE-1"
    assert invoice.total_amount != Decimal("999999.00")
    reasons = {(reason.code, reason.field) for reason in invoice.reasons.all()}
    assert ("value_not_in_document", "iban") in reasons


def test_cheapest_asks_no_model_where_the_rules_settle_it(server: ModelServer) -> None:
    assert processed(text_invoice(), JobOptions(policy="cheapest")).method == "rules"
    assert not server.records


def test_samples_imported_twice_call_and_cost_nothing_the_second_time(server: ModelServer, tmp_path: Path) -> None:
    write_invoices(tmp_path / "in", 5)
    run_import("import_invoices", tmp_path / "in", "--policy", "llm", "--output", tmp_path / "out")
    calls = LLMCall.objects.count()
    assert calls == 5
    assert all(e["usage"]["cost_usd"] > 0 for e in results_in(tmp_path / "out"))
    run_import("import_invoices", tmp_path / "in", "--policy", "llm", "--output", tmp_path / "again")
    assert LLMCall.objects.count() == calls == len(server.records)
    assert all(e["usage"]["cost_usd"] == 0 and e["invoice"] for e in results_in(tmp_path / "again"))
    assert_books_balance()


def test_neither_cost_nor_method_tells_that_somebody_else_had_the_document(server: ModelServer) -> None:
    jobs = []
    for name in ("ada", "ben", "ben"):
        owner, _ = User.objects.get_or_create(username=name)
        submitted = submit_document(
            data=text_invoice(), filename="invoice_007.txt", owner_id=owner.pk, options=LLM, enqueue=False, anew=True
        )
        assert run_job(submitted.job.id)
        jobs.append(ProcessingJob.objects.get(id=submitted.job.id))
    first, second, again = jobs
    assert (second.method, second.spent_usd, LLMCall.objects.filter(job=second).count()) == (
        first.method,
        first.spent_usd,
        1,
    )
    assert (again.spent_usd, LLMCall.objects.filter(job=again).count()) == (0, 0), "one's own reply is paid once"


def test_a_refused_key_stops_the_batch_with_one_message_that_does_not_hold_the_key(
    server: ModelServer, tmp_path: Path
) -> None:
    write_invoices(tmp_path / "in", 8)
    server.behaviour = UNAUTHORIZED
    status, printed = run_import("import_invoices", tmp_path / "in", "--policy", "llm", "--parallelism", "1")
    assert status == 1
    assert printed.count("Stopped:") == 1
    assert "sk-test" not in printed
    assert len(server.records) <= 2
    assert Batch.objects.get().status == Batch.Status.PAUSED


def test_a_batch_that_reaches_its_ceiling_stops_cleanly_and_goes_on_with_a_higher_one(
    server: ModelServer, tmp_path: Path
) -> None:
    write_invoices(tmp_path / "in", 6)
    status, printed = run_import(
        "import_invoices",
        tmp_path / "in",
        "--policy",
        "llm",
        "--parallelism",
        "2",
        "--batch-budget",
        "0.0012",
        "--output",
        tmp_path / "a",
    )
    assert status == 1
    assert "budget" in printed.casefold()
    batch = Batch.objects.get()
    assert batch.spent_usd + batch.reserved_usd <= Decimal("0.0012")
    done = ProcessingJob.objects.filter(status="completed").count()
    assert 0 < done < 6
    assert not ProcessingJob.objects.filter(status="failed").exists()
    status, _ = run_import("import_invoices", "--resume", "last", "--batch-budget", "1", "--output", tmp_path / "b")
    assert status == 0
    assert ProcessingJob.objects.filter(status="completed").count() == 6
    assert_books_balance()


def test_a_failing_server_fails_the_job_after_its_retries_with_its_code(server: ModelServer, tmp_path: Path) -> None:
    write_invoices(tmp_path / "in", 1)
    server.behaviour = SERVER_ERROR
    status, _ = run_import("import_invoices", tmp_path / "in", "--policy", "llm", "--output", tmp_path / "out")
    assert status == 1
    (entry,) = results_in(tmp_path / "out")
    assert (entry["status"], entry["outcome"], entry["error"]["code"]) == ("failed", "provider_error", "llm_failed")
    runs = json.loads((tmp_path / "out" / "metrics.json").read_text())["runs"]
    assert [run["run_id"] for run in runs] == ["invoice_000-0", "invoice_000-1", "invoice_000-2"]
