"""What django-q2 runs. A task carries ids; the rows decide what is done with them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from processing.channels.mailbox import configured_mailbox, fetch_messages
from processing.pipeline.audits import audit_due_cards
from processing.pipeline.run import run_job
from processing.queueing import lane_of_process, wake_workers
from processing.services import retention
from processing.services.jobs import more_urgent_jobs
from processing.spending import ledger, reply_cache
from processing.statistics import count_days
from processing.workers.crew import current_crew
from processing.workers.sweeping import sweep_jobs

# A task that waits longer than this for free threads hands the rest on: the queue's own time-out would end its process.
HAND_ON_SECONDS = 600.0


def run_jobs(job_ids: Sequence[str]) -> int:
    """Run the jobs side by side; gives how many this worker took. Safe to be delivered twice.

    In a worker it returns when the last one has begun, elsewhere when all have ended.
    """
    ids = [UUID(job_id) for job_id in job_ids]
    crew = current_crew()
    if crew is None:
        return _run_here(ids)
    # Queues know no priority. What is taken first here is taken already when its own task comes.
    ids = [*more_urgent_jobs(ids, lane=lane_of_process()), *ids]
    left = crew.start(ids, until=time.monotonic() + HAND_ON_SECONDS)
    if left and not crew.stopping.is_set():
        wake_workers(left, lane=lane_of_process())
    return len(ids) - len(left)


def sweep() -> int:
    """Take back what dead workers held, wake workers for what waits unattended, settle calls that nobody ended."""
    return sweep_jobs().touched


def purge() -> int:
    """Delete the files of documents past ``RETENTION_DAYS``, and replies past their time; gives how many documents."""
    reply_cache.purge_expired_replies()
    if settings.RETENTION_DAYS is None:
        return 0
    retention.forget_purged()
    before = timezone.now() - timedelta(days=settings.RETENTION_DAYS)
    return sum(not purged.error for purged in retention.purge_expired(before=before))


def open_month() -> str:
    """Make the budget of the month that begins, so that a person finds it before the first call."""
    return str(ledger.month_budget(ledger.month_now()))


def statistics() -> int:
    """Count the figures of the last days; gives how many rows were written."""
    return count_days()


def audit(card_id: str | None = None, invoice_id: str | None = None) -> int:
    """Audit stored invoices by the rate cards whose prices changed, from where the task before stopped; gives how many
    invoices changed."""
    return audit_due_cards(after=(UUID(card_id), UUID(invoice_id)) if card_id and invoice_id else None)


def mailbox() -> int:
    """Take what came into the mailbox of ``MAILBOX_URL``; gives how many documents. What failed is in the list of
    mail messages and taken up again by the next run."""
    config = configured_mailbox()
    return sum(taken.documents for taken in fetch_messages(config)) if config else 0


def _run_here(ids: list[UUID]) -> int:
    if len(ids) == 1:
        return int(run_job(ids[0]))
    with ThreadPoolExecutor(min(len(ids), settings.EXTRACTION_PARALLELISM), thread_name_prefix="job") as pool:
        return sum(pool.map(_run_and_close, ids))


def _run_and_close(job_id: UUID) -> bool:
    try:
        return run_job(job_id)
    finally:
        connection.close()
