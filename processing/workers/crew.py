"""The threads of one worker process that run jobs side by side.

A task of the queue only hands its jobs to the crew and ends when the last of them has begun, so a chunk's slowest job
holds nobody up. What runs is safe without the queue: the job's lease tells when its worker died.
"""

from __future__ import annotations

import contextvars
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from uuid import UUID

import structlog
from django.db import Error, connection

from processing.pipeline.heartbeat import heart
from processing.sandbox import calls
from processing.services.jobs import release_jobs

log = structlog.get_logger(__name__)

# Jobs that only wait for their turn give their slot away, so that others begin at once; each still has a thread and
# holds its document's bytes.
MOST_PARKED = 32
SETTLE_SECONDS = 2.0  # after the jobs were put back: for calls that were cut off to note what they cost


class _Job(threading.local):
    parked = False


_job = _Job()


class Crew:
    """Runs ``run(job_id)`` in ``slots`` threads. Not to be shared over a fork."""

    def __init__(self, slots: int, run: Callable[[UUID], bool]) -> None:
        self.slots = slots
        self.started = 0
        self.stopping = threading.Event()
        self._run = run
        self._running: set[UUID] = set()
        self._changed = threading.Condition()
        # Queues rather than a pool of futures: every document passes here, and these cost next to nothing.
        self._free: SimpleQueue[None] = SimpleQueue()
        self._begun: SimpleQueue[tuple[contextvars.Context, UUID]] = SimpleQueue()
        self._parked = 0
        self._threads = 0
        for _ in range(slots):
            self._free.put(None)
            self._add_thread()

    def _add_thread(self) -> None:
        self._threads += 1
        threading.Thread(target=self._work, name=f"job_{self._threads}", daemon=True).start()

    @contextmanager
    def parked(self) -> Iterator[None]:
        """In a thread of the crew: its job only waits inside the block, and does not count against the slots any
        more. Beyond ``MOST_PARKED`` such jobs it does."""
        with self._changed:
            park = not _job.parked and self._parked < MOST_PARKED and not self.stopping.is_set()
            if park:
                _job.parked = True
                self._parked += 1
                self._add_thread()
        if park:
            self._free.put(None)
        with heart.waiting():
            yield

    @property
    def running(self) -> int:
        return len(self._running)

    def start(self, job_ids: Iterable[UUID], *, until: float) -> list[UUID]:
        """Begin the jobs one after the other, each when a thread is free. Gives those that were not begun because the
        crew stops or the monotonic clock passed ``until``."""
        waiting = deque(job_ids)
        while waiting:
            if not self._take_slot(until):
                break
            job_id = waiting.popleft()
            with self._changed:
                if job_id in self._running:  # delivered twice
                    self._free.put(None)
                    continue
                self._running.add(job_id)
                self.started += 1
            # The thread logs with what is bound here: the task and the request that it came from.
            self._begun.put((contextvars.copy_context(), job_id))
        return list(waiting)

    def _take_slot(self, until: float) -> bool:
        while not self.stopping.is_set() and (left := until - time.monotonic()) > 0:
            with suppress(Empty):
                self._free.get(timeout=min(left, 1.0))
                if not self.stopping.is_set():
                    return True
                self._free.put(None)
        return False

    def _work(self) -> None:
        while not _job.parked:
            context, job_id = self._begun.get()
            try:
                with calls.waiting_as(self.parked):
                    context.run(self._run, job_id)
            except BaseException:  # whatever it is, the thread is needed for the next job
                log.exception("job_defect", job_id=str(job_id))
            finally:
                connection.close()
                with self._changed:
                    self._running.discard(job_id)
                    if self.stopping.is_set():
                        self._changed.notify_all()
                    self._parked -= _job.parked
                if not _job.parked:  # else its slot was given away, with a thread for it
                    self._free.put(None)

    def stop(self, *, grace_seconds: float) -> int:
        """Begin nothing more and wait for what runs; what takes longer is put back for another worker, uncounted.
        Gives how many were put back. The process has to end after this."""
        self.stopping.set()
        until = time.monotonic() + grace_seconds
        with self._changed:
            self._changed.notify_all()
            while self._running and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
        if not self._running:
            return 0
        try:
            released = release_jobs(heart.give_up())
        except Error as error:
            # The leases run out and the sweep takes the jobs back.
            log.warning("jobs_not_released", error=type(error).__name__)
            return 0
        log.info("jobs_released", jobs=released)
        until = time.monotonic() + SETTLE_SECONDS
        with self._changed:
            while self._running and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
        return released


_crew: tuple[int, Crew] | None = None


def set_crew(crew: Crew | None) -> None:
    """The crew of this process."""
    global _crew
    _crew = None if crew is None else (os.getpid(), crew)


def current_crew() -> Crew | None:
    """None in a process that is no worker: tests, a shell, the parent of the workers."""
    return _crew[1] if _crew is not None and _crew[0] == os.getpid() else None
