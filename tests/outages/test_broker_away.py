"""Redis as the broker goes away: nothing that was accepted is told as an error, nobody ends, and the sweep wakes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from django.conf import settings
from django.db import connection

from benchmarks.machine import Machine, machine, use_storage_of, wait_until
from benchmarks.plain_invoices import invoice_text
from common.roles import Role
from invoicesite.accounts.keys import create_api_key
from invoicesite.accounts.scopes import Scope
from processing.models import ProcessingJob, WorkerHeartbeat
from processing.queueing import INTERACTIVE
from tests.live_programs import web_process
from tests.outages.own_redis import OwnRedis, own_redis
from tests.people import person


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[OwnRedis]:
    with own_redis(tmp_path) as server:
        yield server


@pytest.fixture
def box(broker: OwnRedis) -> Iterator[Machine]:
    before = settings.STORAGES
    with machine(delay_seconds=None, database=str(connection.settings_dict["NAME"]), REDIS_URL=broker.url) as found:
        use_storage_of(found)
        yield found
    settings.STORAGES = before


@pytest.mark.timeout(240)
@pytest.mark.django_db(transaction=True)
def test_uploads_are_accepted_and_nobody_ends_while_redis_is_away(
    box: Machine, broker: OwnRedis, tmp_path: Path
) -> None:
    _, key = create_api_key(owner=person("ann", Role.OPERATOR), name="tests", scopes=[Scope.READ, Scope.SUBMIT])
    asked = {"Authorization": f"Bearer {key}"}
    program = box.start("manage.py", "work", "--only", INTERACTIVE, log="work.log", EXTRACTION_POLICY="rules")
    with web_process(tmp_path, **{**box.environment, "EXTRACTION_POLICY": "rules"}) as url:
        wait_until("a worker", WorkerHeartbeat.objects.exists, seconds=150, every=0.2)
        workers = set(WorkerHeartbeat.objects.values_list("pid", flat=True))
        broker.stop()
        slowest = 0.0
        for number in range(10):
            began = time.monotonic()
            answer = requests.post(
                f"{url}/api/v1/documents/",
                headers=asked,
                files={"file": (f"{number}.txt", invoice_text(number).encode())},
                timeout=30,
            )
            slowest = max(slowest, time.monotonic() - began)
            assert answer.status_code == 202, answer.text
        assert slowest < 8, "nobody waits for Redis one by one"
        assert "invoicesite_broker_up 0.0" in requests.get(f"{url}/metrics", timeout=30).text
        time.sleep(4)
        assert program.poll() is None, (box.folder / "work.log").read_text()[-2000:]
        broker.start()
        done = ProcessingJob.objects.filter(status="completed")
        wait_until("all jobs", lambda: done.count() == 10, seconds=90, every=0.2)
    assert set(WorkerHeartbeat.objects.values_list("pid", flat=True)) == workers, "no worker was replaced"
    box.stop(program)
