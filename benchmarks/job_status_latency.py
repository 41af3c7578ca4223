"""How long a job's status takes by its id, with 1,000,000 jobs in the table and 25 clients at once.

usage: python -m benchmarks.job_status_latency [--quick] [--jobs N] [--clients N] [--seconds S]

Clients are threads of this process that read the job of a random id through `queries.job_of`, as the API does, as the
owner that it belongs to; each keeps a connection of its own. *Polling*: each asks four times a second, as pages that
follow a job do. *At full speed*: each asks again at once, which measures what the cores can do. The rows are made in a
scratch database. Beside the latency stands the plan that PostgreSQL chooses. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import random
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from benchmarks.machine import own_database, print_result

from django.contrib.auth.models import User  # isort: skip  # after machine, which sets Django up
from django.db import connection

from processing.models import ProcessingJob
from processing.queries import job_of, jobs_for

OWNERS = 100
POLL_SECONDS = 0.25

_DOCUMENTS = """
INSERT INTO processing_document (id, owner_id, kind, sha256, size_bytes, media_type, filename, storage_key, source,
    source_detail, legal_hold, created_at)
SELECT md5('document' || n)::uuid, %(owner)s + n %% %(owners)s, 'invoice', md5(n::text) || md5((-n)::text), 1000,
    'application/pdf', n || '.pdf', 'raw/' || n, 'upload', '{}', false, now() - n * interval '1 second'
FROM generate_series(1, %(jobs)s) AS n
"""
_JOBS = """
INSERT INTO processing_processingjob (id, document_id, status, stage, priority, policy, budget_usd, spent_usd,
    reserved_usd, overrun_usd, max_output_tokens, attempts, max_attempts, cancel_requested, include_hidden,
    callback_url, outcome, method, error_code, error_message, raw_response, created_at, started_at, finished_at)
SELECT md5('job' || n)::uuid, md5('document' || n)::uuid, status, '', 0, 'cheapest', 0.02, 0, 0, 0, 300, 1, 3, false,
    false, '',
    CASE status WHEN 'completed' THEN 'success' WHEN 'failed' THEN 'unreadable' ELSE '' END,
    CASE status WHEN 'completed' THEN 'rules' ELSE '' END,
    CASE status WHEN 'failed' THEN 'extraction_failed' ELSE '' END, '', repeat('x', 200), made, made,
    CASE WHEN status <> 'pending' THEN made END
FROM (
    SELECT n, now() - n * interval '1 second' AS made,
        CASE WHEN n %% 100 < 2 THEN 'pending' WHEN n %% 100 < 7 THEN 'failed' ELSE 'completed' END AS status
    FROM generate_series(1, %(jobs)s) AS n
) AS rows
"""


def fill(jobs: int) -> list[int]:
    """Make the rows; gives the ids of the owners."""
    first = User.objects.count() and User.objects.latest("id").id
    users = User.objects.bulk_create([User(id=first + n + 1, username=f"owner-{n}") for n in range(OWNERS)])
    ids = [user.id for user in users]
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() == (True,):
            cursor.execute(
                "SET session_replication_role = replica"
            )  # these rows fit: checking each takes half the time
        values = {"jobs": jobs, "owner": ids[0], "owners": OWNERS}
        cursor.execute(_DOCUMENTS, values)
        cursor.execute(_JOBS, values)
        cursor.execute("RESET session_replication_role")
        cursor.execute("ANALYZE processing_document, processing_processingjob")
    return ids


def measure(*, jobs: int, owners: list[int], clients: int, seconds: float, pause_seconds: float) -> list[float]:
    """Milliseconds of each read, over all clients."""
    known = {owner: User.objects.get(id=owner) for owner in owners}
    barrier, sample = threading.Barrier(clients), list(_sample(jobs))

    def client(number: int) -> list[float]:
        rng, times = random.Random(number), []
        connection.ensure_connection()
        barrier.wait()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            job_id, owner = rng.choice(sample)
            began = time.perf_counter()
            job_of(known[owner], job_id)
            times.append((time.perf_counter() - began) * 1000)
            if pause_seconds:
                time.sleep(rng.uniform(0.5, 1.5) * pause_seconds)
        connection.close()
        return times

    with ThreadPoolExecutor(clients) as pool:
        return [value for times in pool.map(client, range(clients)) for value in times]


def _sample(jobs: int) -> list[tuple[UUID, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.id, d.owner_id FROM (SELECT md5('job' || (1 + floor(random() * %s))::int)::uuid AS id "
            "FROM generate_series(1, 5000)) AS ids JOIN processing_processingjob j USING (id) "
            "JOIN processing_document d ON d.id = j.document_id",
            [jobs],
        )
        return list(cursor.fetchall())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="50,000 jobs, 5 seconds")
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--clients", type=int, default=25)
    parser.add_argument("--seconds", type=float)
    options = parser.parse_args()
    jobs = options.jobs or (50_000 if options.quick else 1_000_000)
    seconds = options.seconds or (5 if options.quick else 15)
    with own_database():
        began = time.monotonic()
        owners = fill(jobs)
        fill_seconds = time.monotonic() - began
        user = User.objects.get(id=owners[0])
        job_id = ProcessingJob.objects.filter(document__owner_id=owners[0])[0].id
        query = jobs_for(user).select_related("document").filter(id=job_id)
        plan = query.explain()
        everything = {"jobs": jobs, "owners": owners, "clients": options.clients, "seconds": seconds}
        runs = {
            "polling": measure(**everything, pause_seconds=POLL_SECONDS),
            "at_full_speed": measure(**everything, pause_seconds=0.0),
        }
    print(plan)
    print(f"\n{jobs:,} jobs made in {fill_seconds:.0f} s, {options.clients} clients")
    figures = {}
    for name, found in runs.items():
        p50, p99 = statistics.median(found), statistics.quantiles(found, n=100)[98]
        rate = len(found) / seconds
        print(f"{name.replace('_', ' '):>13}: p50 {p50:.2f} ms, p99 {p99:.2f} ms, {rate:,.0f} reads a second")
        figures |= {
            f"{name}_p50_ms": round(p50, 3),
            f"{name}_p99_ms": round(p99, 3),
            f"{name}_reads_per_second": round(rate),
        }
    index_scan = "Seq Scan" not in plan
    print_result(jobs=jobs, index_scan=index_scan, **figures)


if __name__ == "__main__":
    main()
