"""With Redis as django-q2's broker: it wakes workers, and what it forgets is not lost."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connection
from django_q.models import OrmQ

from benchmarks.machine import Machine, machine, signal_group, use_storage_of, wait_until
from benchmarks.plain_invoices import invoice_text
from invoices.models import Invoice
from processing.models import Batch, ProcessingJob, WorkerHeartbeat
from tests.redis_server import redis_server


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Machine]:
    before = settings.STORAGES
    name = str(connection.settings_dict["NAME"])
    with redis_server(tmp_path) as url, machine(delay_seconds=1.0, database=name, REDIS_URL=url) as found:
        use_storage_of(found)
        yield found
    settings.STORAGES = before


@pytest.mark.timeout(300)
@pytest.mark.django_db(transaction=True)
def test_a_batch_ends_though_redis_forgot_what_killed_workers_had_fetched(box: Machine, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(invoice_text(number))
    box.environment |= {"EXTRACTION_PARALLELISM": "4", "JOB_LEASE_SECONDS": "6"}
    following = box.start(
        "manage.py", "import_invoices", str(folder), "--queue", "--policy", "llm", log="import.log"
    )  # fmt: skip
    jobs = ProcessingJob.objects.filter(batch__in=Batch.objects.all())
    wait_until("the jobs", lambda: jobs.count() == 12, seconds=60, every=0.2)
    wait_until("tasks on Redis", redis.Redis.from_url(box.environment["REDIS_URL"]).keys, seconds=20, every=0.2)
    assert not OrmQ.objects.exists()

    first = box.work()
    wait_until("jobs that run", jobs.filter(status="processing").exists, seconds=60, every=0.1)
    signal_group(first, signal.SIGKILL)
    second = box.work()
    wait_until("all done", lambda: jobs.filter(status="completed").count() == 12, seconds=120, every=0.3)
    assert Invoice.objects.count() == 12
    wait_until("the import says so", lambda: following.poll() is not None, seconds=60)
    assert following.returncode == 0, (box.folder / "import.log").read_text()
    assert WorkerHeartbeat.objects.exists()
    box.stop(second)
