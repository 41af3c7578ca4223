"""``Prefer: wait=20`` (RFC 7240, 4.3): the answer comes when the job has ended, or when the time is over."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from uuid import UUID

from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from processing.models import ProcessingJob
from processing.screens.job_feed import LOOK_AGAIN_SECONDS, hub
from processing.screens.progress import ENDED

LONGEST_WAIT_SECONDS = 60
# Each waits in a thread of its own, without a connection to the database.
MOST_WAITING = 200
_WAIT = re.compile(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,6})\"?(?=$|[,;\s])", re.I)
_places = threading.BoundedSemaphore(MOST_WAITING)

PREFER = OpenApiParameter(
    "Prefer",
    {"type": "string", "examples": ["wait=20"]},
    OpenApiParameter.HEADER,
    description=f"`wait=20`: answer when the job has ended, after 20 seconds at the latest (at most "
    f"{LONGEST_WAIT_SECONDS}). The answer has `Preference-Applied` where it was heard.",
)


def wished_wait(request: Request) -> int:
    """Seconds that the client would wait for; 0 where it does not ask."""
    found = _WAIT.search(request.headers.get("Prefer", ""))
    return min(int(found[1]), LONGEST_WAIT_SECONDS) if found else 0


def wait_for_job(request: Request, job: ProcessingJob) -> dict[str, str]:
    """Wait as long as the client prefers for the end of the job, and read it again. Gives the headers that say so:
    none where the client did not ask, or too many wait already."""
    seconds = wished_wait(request)
    if seconds == 0 or connection.in_atomic_block or not _places.acquire(blocking=False):
        return {}
    try:
        if job.status not in ENDED:
            # The connection goes back to the pool while this thread waits.
            connection.close()
            async_to_sync(_until_ended)(job.id, float(seconds))
    finally:
        _places.release()
    job.refresh_from_db()
    return {"Preference-Applied": f"wait={seconds}"}


async def _until_ended(job_id: UUID, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    with hub().listening(job_id) as changed:
        while not await _has_ended(job_id):
            left = deadline - time.monotonic()
            if left <= 0:
                return
            try:
                await asyncio.wait_for(changed.wait(), min(left, LOOK_AGAIN_SECONDS))
            except TimeoutError:
                continue
            changed.clear()


@sync_to_async
def _has_ended(job_id: UUID) -> bool:
    try:
        return not ProcessingJob.objects.filter(id=job_id).exclude(status__in=ENDED).exists()
    finally:
        connection.close()
