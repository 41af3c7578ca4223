"""Many scans at once on one worker: documents with text begin and end beside them, and nobody holds a connection."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from io import BytesIO
from uuid import UUID

import pytest
from django.db import connection, connections
from PIL import Image
from pytest_django import Settings

from common.own_connection import use_own_connection
from invoicesite.database import WEB_POOL_CONNECTIONS, pool_connections
from processing.models import ProcessingJob
from processing.pipeline import heartbeat
from processing.pipeline.heartbeat import Heart, JobTookTooLong
from processing.pipeline.run import run_job
from processing.queueing import LANES
from processing.services.documents import JobOptions, submit_document
from processing.services.jobs import claim_job
from processing.workers.connections import TooFewConnections, check_connections, connections_needed
from processing.workers.crew import Crew
from tests.processing.invoice_files import text_invoice
from tests.processing.ledger_factories import make_job
from tests.processing.ocr_servers import Reply, Request, Server, docling_answer, serving

SCANS = 20
SLOTS = 16
PICTURE_SECONDS = 0.5

pytestmark = pytest.mark.django_db(transaction=True)
Status = ProcessingJob.Status


@pytest.fixture
def slow_ocr(settings: Settings) -> Iterator[Server]:
    answer = docling_answer()

    def slowly(request: Request, server: Server) -> Reply:
        time.sleep(PICTURE_SECONDS)
        return answer(request, server)

    with serving(slowly) as server:
        settings.OCR_ENGINE, settings.DOCLING_URL = "docling", server.url
        yield server


def make_scan(number: int) -> bytes:
    picture = BytesIO()
    Image.new("L", (600, 800), number).save(picture, "PNG")
    return picture.getvalue()


def submit(data: bytes, filename: str) -> UUID:
    submitted = submit_document(
        data=data,
        filename=filename,
        declared_type="",
        kind="invoice",
        owner_id=None,
        options=JobOptions(policy="rules"),
    )
    assert submitted.job is not None
    return submitted.job.id


def wait_for(jobs: list[UUID], *, seconds: float) -> float:
    began = time.monotonic()
    while ProcessingJob.objects.filter(id__in=jobs, status__in=[Status.PENDING, Status.PROCESSING]).exists():
        assert time.monotonic() - began < seconds
        time.sleep(0.05)
    return time.monotonic() - began


def test_small_documents_begin_within_a_second_beside_twenty_scans(slow_ocr: Server) -> None:
    scans = [submit(make_scan(number), f"scan_{number}.png") for number in range(SCANS)]
    letters = [submit(text_invoice(number=f"INV-{number}"), f"letter_{number}.txt") for number in range(3)]
    crew = Crew(SLOTS, run_job)
    assert crew.start(scans, until=time.monotonic() + 30) == []
    while not slow_ocr.requests:
        time.sleep(0.02)
    began = time.monotonic()
    assert crew.start(letters, until=began + 30) == []
    started = time.monotonic() - began
    wait_for(letters, seconds=20)
    assert started < 1.0
    waiting = ProcessingJob.objects.filter(id__in=scans, status=Status.PROCESSING).count()
    assert waiting >= 1, "the scans are still being read"
    wait_for(scans, seconds=60)
    assert set(ProcessingJob.objects.values_list("attempts", flat=True)) == {1}, "none was taken back"
    crew.stop(grace_seconds=5)


def test_no_connection_is_held_while_a_document_is_read(slow_ocr: Server) -> None:
    job = submit(make_scan(7), "scan.png")
    before = connected()
    thread = threading.Thread(target=run_job, args=(job,))
    thread.start()
    while not slow_ocr.requests:
        time.sleep(0.01)
    meanwhile = connected()
    thread.join()
    assert meanwhile <= before


def connected() -> set[int]:
    """Who is connected to this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return {pid for (pid,) in cursor.fetchall()}


def test_a_crew_has_its_slots_again_when_those_that_waited_are_done(slow_ocr: Server) -> None:
    crew = Crew(2, run_job)
    scans = [submit(make_scan(50 + number), f"scan_{number}.png") for number in range(6)]
    assert crew.start(scans, until=time.monotonic() + 30) == []
    wait_for(scans, seconds=60)
    crew.stop(grace_seconds=5)
    assert (crew.running, crew._free.qsize()) == (0, 2)


def test_a_job_that_works_without_end_is_ended_and_the_next_of_its_thread_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(heartbeat, "LONGEST_JOB_SECONDS", 0.2)
    monkeypatch.setattr(heartbeat, "LEASE_SECONDS", 0.3)
    heart = Heart()
    claim = claim_job(job_id=make_job().id)
    assert claim is not None

    def work_without_end() -> None:
        with heart.beating(claim):
            until = time.monotonic() + 10
            while time.monotonic() < until:
                sum(range(1000))

    with pytest.raises(JobTookTooLong):
        work_without_end()
    sum(range(1_000_000))  # nothing is left that could arrive later


def test_a_job_that_waits_for_its_turn_is_not_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "LONGEST_JOB_SECONDS", 0.2)
    monkeypatch.setattr(heartbeat, "LEASE_SECONDS", 0.3)
    heart = Heart()
    claim = claim_job(job_id=make_job().id)
    assert claim is not None
    with heart.beating(claim) as lost:
        with heart.waiting():
            time.sleep(0.6)
        assert not lost.is_set()


def test_a_thread_can_have_a_connection_that_no_pool_lends() -> None:
    settings = connections["default"].settings_dict
    options = settings["OPTIONS"]
    own: list[tuple[object, int]] = []

    def work() -> None:
        use_own_connection()
        own.append(
            (
                connection.settings_dict["OPTIONS"].get("pool"),
                connection.settings_dict["CONN_MAX_AGE"] is None and len(connected()),
            )
        )
        connection.close()

    settings["OPTIONS"] = {**options, "pool": {"min_size": 0, "max_size": 1}}  # never opened
    try:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    finally:
        settings["OPTIONS"] = options
    assert own[0][0] is None
    assert own[0][1] >= 1


def test_workers_do_not_start_where_the_server_has_too_few_connections(settings: Settings) -> None:
    needed = connections_needed(LANES)
    assert needed >= sum(pool_connections(slots) for slots in settings.WORKER_SLOTS.values())
    check_connections(LANES)
    settings.BATCH_WORKERS = 100
    with pytest.raises(TooFewConnections, match="max_connections"):
        check_connections(LANES)


def test_pools_follow_from_slots() -> None:
    assert pool_connections(3) == 7
    assert pool_connections(16) == 20
    assert pool_connections(256) == 28
    assert WEB_POOL_CONNECTIONS == 16
