"""The supervisor with real clusters: the dead are replaced, what is stopped puts its jobs back, nothing stays
behind."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
import pytest
from django.conf import settings
from django.db import connection

from benchmarks.machine import Machine, machine, use_storage_of, wait_until
from benchmarks.plain_invoices import invoice_text
from processing.models import ProcessingJob, WorkerHeartbeat
from processing.queueing import INTERACTIVE
from processing.services.documents import JobOptions, submit_document
from tests.live_programs import free_port


@pytest.fixture
def box() -> Iterator[Machine]:
    before = settings.STORAGES
    with machine(delay_seconds=600.0, database=str(connection.settings_dict["NAME"])) as found:
        use_storage_of(found)
        yield found
    settings.STORAGES = before


def figures(port: int, **headers: str) -> str:
    """What the supervisor answers to who scrapes."""
    with urlopen(Request(f"http://127.0.0.1:{port}/metrics", headers=headers), timeout=30) as answer:
        return str(answer.read().decode())


def workers() -> set[int]:
    return set(WorkerHeartbeat.objects.values_list("pid", flat=True))


@pytest.mark.timeout(300)
@pytest.mark.django_db(transaction=True)
def test_workers_are_replaced_jobs_are_put_back_and_nothing_is_left_behind(box: Machine) -> None:
    port = free_port()
    program = box.start("manage.py", "work", "--only", INTERACTIVE, log="work.log", METRICS_PORT=str(port))
    wait_until("a worker", workers, seconds=40, every=0.2)
    assert f'invoicesite_cluster_restarts_total{{lane="{INTERACTIVE}"}} 0.0' in figures(port)

    first = workers().pop()
    os.kill(first, signal.SIGKILL)
    wait_until("another worker", lambda: workers() - {first}, seconds=40, every=0.2)
    restarted = f'invoicesite_cluster_restarts_total{{lane="{INTERACTIVE}"}} 1.0'
    # The queue's own guard may start a worker before the supervisor looks.
    wait_until("a counted restart", lambda: restarted in figures(port), seconds=40, every=0.5)
    page = figures(port)
    assert f'invoicesite_workers{{lane="{INTERACTIVE}"}}' in page, "the site's figures are there, too"
    assert "invoicesite_database_pool_size" in page, "what the workers count is summed"
    with pytest.raises(HTTPError, match="404"):
        figures(port, **{"X-Forwarded-For": "203.0.113.9"})

    job_id = submit_document(
        data=invoice_text(1).encode(), filename="1.txt", options=JobOptions(policy="llm", priority=10)
    ).job.id
    job = ProcessingJob.objects.filter(id=job_id)
    wait_until("a call to the model", job.filter(stage="extracting", reserved_usd__gt=0).exists, seconds=30)
    family = psutil.Process(program.pid).children(recursive=True)
    assert box.stop(program, seconds=60) < 30
    assert not [process for process in family if process.is_running() and process.status() != "zombie"]
    row = job.get()
    assert (row.status, row.lease_token, row.max_attempts - row.attempts) == ("pending", None, 3)
    assert not workers(), "who ends in order says so"


@pytest.mark.timeout(90)
@pytest.mark.django_db(transaction=True)
def test_a_killed_supervisor_leaves_no_orphans(box: Machine) -> None:
    program = box.start("manage.py", "work", "--only", INTERACTIVE, log="work.log")
    wait_until("a worker", workers, seconds=40, every=0.2)
    family = psutil.Process(program.pid).children(recursive=True)
    assert len(family) >= 4
    program.kill()
    program.wait()
    _, alive = psutil.wait_procs(family, timeout=5)
    assert not [process for process in alive if process.status() != "zombie"]
