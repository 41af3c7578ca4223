"""One request can be followed through the logs of all processes."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.db import connection

from benchmarks.machine import Machine, machine, use_storage_of, wait_until
from benchmarks.plain_invoices import invoice_text
from common.roles import Role
from processing.models import ProcessingJob
from tests.people import person


@pytest.fixture
def box() -> Iterator[Machine]:
    before = settings.STORAGES
    name = str(connection.settings_dict["NAME"])
    with machine(delay_seconds=0.0, database=name, LOG_LEVEL="INFO", EXTRACTION_POLICY="llm") as found:
        use_storage_of(found)
        yield found
    settings.STORAGES = before


def lines(box: Machine, log: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (box.folder / log).read_text().splitlines() if line.startswith("{")]


@pytest.mark.timeout(90)
@pytest.mark.django_db(transaction=True)
def test_the_id_of_a_request_is_in_the_workers_log_down_to_the_call_of_the_model(box: Machine) -> None:
    person("olga", Role.OPERATOR)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box.start("-m", "uvicorn", "invoicesite.asgi:application", "--port", str(port), "--lifespan", "off", log="web.log")
    box.start("manage.py", "work", log="work.log")
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:

        def listening() -> bool:
            try:
                return client.get("/api/health/").status_code == 200
            except httpx.TransportError:
                return False

        wait_until("the site", listening, seconds=40, every=0.3)
        credentials = {"username": "olga", "password": "olga-secret-words"}
        token = client.post("/api/v1/auth/token/", json=credentials).json()["access"]
        answer = client.post(
            "/api/v1/documents/",
            files={"file": ("invoice.txt", invoice_text(1).encode())},
            headers={"Authorization": f"Bearer {token}"},
        )
    assert answer.status_code == 202, answer.text
    request_id = answer.headers["X-Request-ID"]
    wait_until("the end", ProcessingJob.objects.filter(status="completed").exists, seconds=40, every=0.2)

    (call,) = [line for line in lines(box, "work.log") if line["event"] == "llm_call_ended"]
    assert call["request_id"] == request_id
    assert call["job_id"] == str(ProcessingJob.objects.get().id)
    assert call["run_id"]
    assert call["task_id"]
    assert "olga-secret-words" not in (box.folder / "web.log").read_text()
    assert token not in (box.folder / "web.log").read_text()
