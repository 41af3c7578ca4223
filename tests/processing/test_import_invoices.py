"""``import_invoices`` as its user runs it: a process of its own, real files, a real database, killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from invoices.models import Invoice
from processing.models import Batch, Budget, Document, LLMCall, ProcessingJob
from processing.spending import breaker
from processing.spending.configured import configured_client
from processing.spending.ledger import month_budget, month_now, reserve
from tests.model_server import RATE_LIMITED, ModelServer
from tests.processing.import_runs import results_in, run_import
from tests.processing.invoice_files import text_invoice, write_invoices
from tests.processing.ledger_factories import make_job, make_terms
from tests.processing.rate_card_models import model_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_storage")]


def test_a_folder_becomes_records_and_three_reports(tmp_path: Path) -> None:
    write_invoices(tmp_path / "in", 3)
    status, printed = run_import("import_invoices", tmp_path / "in", "--policy", "rules", "--output", tmp_path / "out")
    assert status == 0
    assert "Northwind Tools Ltd" in printed
    first, second, third = results_in(tmp_path / "out")
    assert [e["file"] for e in (first, second, third)] == ["invoice_000.txt", "invoice_001.txt", "invoice_002.txt"]
    assert first["status"] == "completed"
    assert first["invoice"]["invoice_number"] == "INV-2000"
    assert first["invoice"]["total_amount"] == "120.00"
    assert first["evidence"]["total_amount"]["text"] == "120.00"
    assert first["usage"]["cost_usd"] == 0
    metrics = json.loads((tmp_path / "out" / "metrics.json").read_text())
    assert (metrics["documents"], metrics["success_rate"], metrics["cost_usd"]["total"]) == (3, 1.0, 0)
    assert metrics["runs"][0]["run_id"] == "invoice_000-0"
    assert json.loads((tmp_path / "out" / "failed.json").read_text()) == []
    assert set(Invoice.objects.values_list("invoice_number", flat=True)) == {"INV-2000", "INV-2001", "INV-2002"}


def test_one_bad_file_never_stops_a_batch_and_is_told_apart(tmp_path: Path) -> None:
    write_invoices(tmp_path, 2)
    (tmp_path / "a_broken.pdf").write_bytes(b"%PDF-1.7\nnothing of a PDF")
    (tmp_path / "b_empty.txt").write_bytes(b"")
    (tmp_path / "notes.docx").write_bytes(b"not a docx at all \x00\x01\x02" * 20)
    status, _ = run_import("import_invoices", tmp_path, "--policy", "rules", "--output", tmp_path / "out")
    assert status == 1
    entries = {e["file"]: e for e in results_in(tmp_path / "out")}
    assert entries["invoice_000.txt"]["status"] == entries["invoice_001.txt"]["status"] == "completed"
    assert entries["a_broken.pdf"]["error"]["code"] == "corrupt_file"
    assert entries["b_empty.txt"]["error"]["code"] == "empty_file"
    assert entries["notes.docx"]["error"]["code"] in {"unsupported_format", "corrupt_file"}
    failed = json.loads((tmp_path / "out" / "failed.json").read_text())
    assert {row["file"] for row in failed} == {"a_broken.pdf", "b_empty.txt", "notes.docx"}
    assert all(row["error"]["message"] for row in failed)


def test_files_seen_before_cost_nothing_and_are_reported_as_such(tmp_path: Path) -> None:
    write_invoices(tmp_path / "in", 2)
    run_import("import_invoices", tmp_path / "in", "--policy", "rules")
    status, printed = run_import("import_invoices", tmp_path / "in", "--policy", "rules", "--output", tmp_path / "out")
    assert status == 0
    assert "seen" in printed
    entries = results_in(tmp_path / "out")
    assert all(e["seen_before"] and e["usage"]["attempts"] == 0 and e["invoice"] and not e["review"] for e in entries)
    assert (Document.objects.count(), Invoice.objects.count(), LLMCall.objects.count()) == (2, 2, 0)


def test_files_are_read_again_by_choice_and_keep_one_invoice(tmp_path: Path) -> None:
    write_invoices(tmp_path / "in", 2)
    run_import("import_invoices", tmp_path / "in", "--policy", "rules")
    _, planned = run_import("import_invoices", tmp_path / "in", "--policy", "rules", "--again", "--dry-run")
    assert "seen before" not in planned
    run_import("import_invoices", tmp_path / "in", "--policy", "rules", "--again", "--output", tmp_path / "out")
    assert not any(entry["seen_before"] for entry in results_in(tmp_path / "out"))
    assert Invoice.objects.count() == 2
    (batch,) = Batch.objects.order_by("-created_at")[:1]
    assert ProcessingJob.objects.filter(batch=batch).count() == 2
    batch.items.update(job=None, seen_before=False)  # killed before the rows were written
    run_import("import_invoices", "--resume", batch.id)
    assert ProcessingJob.objects.filter(batch=batch).count() == 2, "a resume reads nothing a third time"


def test_a_copy_under_another_name_is_a_suspected_duplicate_and_recorded_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(text_invoice())
    run_import("import_invoices", tmp_path / "a.txt", "--policy", "rules")
    (tmp_path / "b.txt").write_bytes(text_invoice())
    run_import("import_invoices", tmp_path / "b.txt", "--policy", "rules", "--output", tmp_path / "out")
    (entry,) = results_in(tmp_path / "out")
    assert [reason["code"] for reason in entry["review"]] == ["suspected_duplicate"]
    assert "a.txt" in entry["review"][0]["message"]
    assert Invoice.objects.count() == 1


def test_another_policy_reads_the_document_anew_and_keeps_one_invoice(tmp_path: Path) -> None:
    (path,) = write_invoices(tmp_path, 1)
    run_import("import_invoices", path, "--policy", "rules")
    run_import("import_invoices", path, "--policy", "cheapest", "--output", tmp_path / "out")
    (entry,) = results_in(tmp_path / "out")
    assert not entry["seen_before"]
    assert (ProcessingJob.objects.count(), Invoice.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["no/such/file.pdf"],
        ["no/such/*.pdf"],
        ["."],
        [".", "--parallelism", "0"],
        [".", "--budget", "-1"],
        [".", "--budget", "NaN"],
        [".", "--policy", "dearest"],
        ["--resume", "no-such-batch"],
        [".", "--resume", "last"],
    ],
)
def test_wrong_usage_is_status_2_and_leaves_no_batch_running(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # an empty folder
    status, message = run_import("import_invoices", *arguments)
    assert status == 2
    assert message
    assert not Batch.objects.filter(status="processing").exists()


def test_a_dry_run_says_what_would_be_done_and_does_nothing(tmp_path: Path) -> None:
    write_invoices(tmp_path, 2)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nbroken")
    status, printed = run_import("import_invoices", tmp_path, "--policy", "rules", "--dry-run")
    assert status == 0
    assert "refused: corrupt_file" in printed
    assert "At most $0.00" in printed
    assert not Document.objects.exists()
    assert not Batch.objects.exists()


def limits_requests(server: ModelServer) -> str:
    server.behaviour = RATE_LIMITED
    return "The model's server is limiting requests"


def failed_before(_: ModelServer) -> str:
    for _failure in range(breaker.FAILURES_TO_OPEN):
        breaker.record_failure(breaker.Admission(breaker_of_the_model()), "The model's server failed (500).")
    return "The model's server failed repeatedly"


def calls_elsewhere_hold_the_budget(_: ModelServer) -> str:
    month_budget(month_now())
    Budget.objects.update(budget_usd="0.0101")
    reserve(job=make_job(), terms=make_terms("0.01"))
    return "Running calls have reserved the rest of the budget."


def charged_more_than_was_reserved(_: ModelServer) -> str:
    breaker.trip_for_overrun(breaker_of_the_model(), message="The model's server charged $1 more than was reserved.")
    return "The model's server charged more than allowed, so calls are paused"


def breaker_of_the_model() -> str:
    config = configured_client().config
    return breaker.breaker_name(config.provider, config.model)


@pytest.mark.parametrize(
    "happens", [limits_requests, failed_before, calls_elsewhere_hold_the_budget, charged_more_than_was_reserved]
)
def test_an_import_says_what_it_waits_for_and_ends_after_its_longest_wait(
    happens: Callable[[ModelServer], str], tmp_path: Path, settings: Settings
) -> None:
    (path,) = write_invoices(tmp_path / "in", 1)
    with model_of(settings) as server:
        settings.LLM_MAX_RETRIES = 0
        told = happens(server)
        began = time.monotonic()
        arguments = ("--policy", "llm", "--max-wait", "0.005")  # 0.3 seconds
        status, printed = run_import("import_invoices", path, *arguments)
        assert time.monotonic() - began < 5
    assert status == 1
    lines = " ".join(printed.split())
    assert f"Waiting: {told}" in lines
    assert "Stopped: Nothing moved for 0.3 seconds." in lines
    assert "1 not finished" in lines
    assert f"--resume {Batch.objects.get().id}" in lines
    assert ProcessingJob.objects.filter(document__filename=path.name).get().status == "pending"


def test_killed_in_the_middle_and_resumed_gives_what_one_clean_run_gives(tmp_path: Path, own_storage: Path) -> None:
    write_invoices(tmp_path / "in", 40)
    process = import_process(own_storage, tmp_path / "in", "--policy", "rules", "--parallelism", "2")
    wait_until(lambda: Invoice.objects.count() >= 5, process)
    process.kill()
    process.wait()
    assert 0 < Invoice.objects.count() < 40
    status, _ = run_import("import_invoices", "--resume", "last", "--output", tmp_path / "out")
    assert status == 0
    entries = results_in(tmp_path / "out")
    assert [e["invoice"]["invoice_number"] for e in entries] == [f"INV-{2000 + i}" for i in range(40)]
    assert not any(e["seen_before"] or e["review"] for e in entries)
    assert Invoice.objects.count() == Document.objects.count() == 40
    assert set(ProcessingJob.objects.values_list("status", flat=True)) == {"completed"}


def test_ctrl_c_ends_cleanly_and_says_how_to_go_on(tmp_path: Path, own_storage: Path) -> None:
    write_invoices(tmp_path / "in", 60)
    process = import_process(own_storage, tmp_path / "in", "--policy", "rules", "--parallelism", "2")
    wait_until(lambda: Invoice.objects.exists(), process)
    process.send_signal(signal.SIGINT)
    printed = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert "--resume" in printed
    assert "Traceback" not in printed
    assert "job_ended" not in printed, "for a person the table says it"
    assert not ProcessingJob.objects.filter(status="processing").exists()


def import_process(storage: Path, *arguments: object) -> subprocess.Popen[str]:
    """The command in a process of its own, on this test's database and storage."""
    environment = {**os.environ, "STORAGE_URL": storage.as_uri(), "TEST_DATABASE": connection.settings_dict["NAME"]}
    start = (
        "import os, django; from django.conf import settings;"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'invoicesite.settings'; django.setup();"
        "settings.DATABASES['default']['NAME'] = os.environ['TEST_DATABASE'];"
        "from django.core.management import execute_from_command_line as run;"
        "import sys; run(['manage.py', 'import_invoices', *sys.argv[1:]])"
    )
    return subprocess.Popen(
        [sys.executable, "-c", start, *map(str, arguments)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_until(condition: Any, process: subprocess.Popen[str], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)
