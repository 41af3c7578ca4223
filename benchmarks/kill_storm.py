"""Nothing lost, nothing doubled: workers are killed (SIGKILL) all the time, the database restarts, and jobs still end.

usage: python -m benchmarks.kill_storm [--quick] [--jobs N] [--seed N]

Two worker machines (supervisors) with two worker processes each for batches share one database on a PostgreSQL server
of their own. Every second or two a random worker process, a whole cluster or a whole machine is killed; once, the
database stops and starts again. In the end every job must be completed, or failed with a reason; every completed
document has one invoice and no other invoice exists; no ceiling is passed and nothing stays reserved. Exit 1 where that
does not hold. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from invoicesite.embedded_postgres import DATABASE, ROLE, EmbeddedServer


def storm(
    *,
    jobs: int,
    machines: int,
    seed: int,
    every_seconds: tuple[float, float],
    seconds: float,
    restart: Callable[[], None] | None = None,
    killing_seconds: float = float("inf"),
    delay_seconds: float = 0.5,
    database: str | None = None,
) -> dict[str, Any]:
    """The storm; gives the figures. Raises AssertionError where a promise was broken or jobs are open after
    ``seconds``.

    ``restart`` restarts the database, once; killing ends after ``killing_seconds``.
    The model takes ``delay_seconds`` to answer.
    """
    from benchmarks.machine import machine, use_storage_of
    from benchmarks.plain_invoices import invoice_text
    from processing.models import Batch, ProcessingJob, WorkerHeartbeat
    from processing.services.batches import create_batch
    from processing.services.documents import JobOptions, submit_document
    from processing.spending.ledger import settle_abandoned_calls

    rng = random.Random(seed)
    kills = {"worker": 0, "cluster": 0, "machine": 0}
    # A lease must outlast the beats that a busy machine delays: at 4 s two busy loops beside the storm were enough for
    # living workers to lose their jobs until every attempt was used up, and none completed.
    knobs = {"EXTRACTION_PARALLELISM": "26", "JOB_LEASE_SECONDS": "12"}
    with machine(delay_seconds=delay_seconds, database=database, **knobs) as box:
        use_storage_of(box)
        batch = create_batch(kind="invoice", name="storm", options={}, budget_usd=Decimal(jobs) / 100)
        Batch.objects.filter(id=batch.id).update(status="processing")
        for number in range(jobs):
            submit_document(
                data=invoice_text(number).encode(),
                filename=f"{number}.txt",
                options=JobOptions(policy="llm"),
                batch=batch,
            )
        supervisors = [box.work() for _ in range(machines)]
        began, first_at_work, next_kill = time.monotonic(), 0.0, 0.0
        restarts_left = int(restart is not None)

        def open_jobs() -> int:
            return ProcessingJob.objects.filter(status__in=["pending", "processing"]).count()

        while (left := _patiently(open_jobs)) > 0:
            elapsed = time.monotonic() - began
            assert elapsed < seconds, f"{left} jobs are still open; seed {seed}"
            time.sleep(0.2)
            if not first_at_work:
                at_work = _patiently(lambda: ProcessingJob.objects.filter(status="processing").count())
                first_at_work = elapsed if at_work else 0.0
            # The storm begins when somebody works: how long workers take to start differs between machines.
            if not first_at_work or not next_kill <= elapsed <= first_at_work + killing_seconds:
                continue
            if restart is not None and restarts_left and left < jobs / 2:
                restart()
                restarts_left = 0
                continue
            next_kill = elapsed + rng.uniform(*every_seconds)
            what = rng.choices(["worker", "cluster", "machine"], [6, 3, 1])[0]
            if what == "machine":
                place = rng.randrange(machines)
                supervisors[place].kill()
                supervisors[place].wait()
                supervisors[place] = box.work()
            else:
                pids = _patiently(lambda: list(WorkerHeartbeat.objects.values_list("pid", flat=True)))
                if not pids:
                    continue
                _kill(rng.choice(pids), whole_cluster=what == "cluster")
            kills[what] += 1
        took = time.monotonic() - began
        stops = [box.stop(supervisor) for supervisor in supervisors]
        settle_abandoned_calls(older_than=timedelta(0))
        return {"jobs": jobs, **check(jobs), **{f"killed_{k}": n for k, n in kills.items()}} | {
            "database_restarts": int(restart is not None) - restarts_left,
            "seconds": round(took, 1),
            "stop_seconds": round(max(stops), 1),
            "seed": seed,
        }


def check(jobs: int) -> dict[str, Any]:
    """What must hold in the end. Raises AssertionError."""
    from django.db.models import F

    from invoices.models import Invoice
    from processing.models import Batch, Document, LLMCall, ProcessingJob

    rows = ProcessingJob.objects
    ends = {status: rows.filter(status=status).count() for status in ("completed", "failed")}
    assert sum(ends.values()) == jobs == rows.count(), ends
    assert not rows.filter(status="failed", error_code="").exists()
    assert Document.objects.filter(invoice__isnull=False).count() == ends["completed"] == Invoice.objects.count()
    assert Invoice.objects.values("source_sha256").distinct().count() == ends["completed"]
    for ceiling in (ProcessingJob, Batch):
        assert not ceiling._default_manager.filter(budget_usd__lt=F("spent_usd") + F("reserved_usd")).exists()
        assert not ceiling._default_manager.exclude(reserved_usd=0).exists()
    most = rows.order_by("-attempts").values_list("attempts", flat=True)[0]
    return {**ends, "most_attempts": most, "calls": LLMCall.objects.count()}


def _patiently(read: Any) -> Any:
    """What ``read`` gives, also while the database restarts."""
    from django.db import DatabaseError, connection

    for _ in range(120):
        try:
            return read()
        except DatabaseError:
            connection.close()
            time.sleep(0.25)
    raise AssertionError("the database did not come back")


def _kill(pid: int, *, whole_cluster: bool) -> None:
    with suppress(ProcessLookupError):
        if whole_cluster:
            os.killpg(os.getpgid(pid), signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGKILL)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="150 jobs")
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(2)))
    options = parser.parse_args()
    jobs = options.jobs or (150 if options.quick else 1000)
    home = Path(tempfile.mkdtemp(prefix="storm-"))
    home.chmod(0o755)
    server = EmbeddedServer(home / "postgres")
    try:
        socket_directory = server.ensure_running()
        os.environ["DATABASE_URL"] = f"postgresql://{ROLE}@/{DATABASE}?host={socket_directory}"

        def restart() -> None:
            server.stop()
            time.sleep(1)
            server.ensure_running()

        figures = storm(
            jobs=jobs, machines=2, seed=options.seed, every_seconds=(1.0, 2.0), restart=restart, seconds=900
        )
    except AssertionError as error:
        print(f"broken with seed {options.seed}: {error}")
        return 1
    finally:
        with suppress(Exception):
            server.stop()
        shutil.rmtree(home, ignore_errors=True)
    for name, value in figures.items():
        print(f"{name:20} {value}")
    from benchmarks.machine import print_result

    print_result(**figures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
