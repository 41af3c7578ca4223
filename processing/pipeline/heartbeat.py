"""One thread a process that says to the database: the jobs held here are alive.

It has a connection of its own, outside of the pool: jobs that hold all others must not look dead. It also ends a job
that works longer than any good one, by an exception in the job's thread.
"""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.db import Error, close_old_connections, connection

from common.errors import InvoicesiteError
from common.own_connection import use_own_connection
from processing.errors import ExtractionFailed
from processing.services.jobs import LEASE_SECONDS, Claim, extend_leases

log = structlog.get_logger(__name__)

# Nothing good takes this long: readers, OCR and calls have clocks of their own.
LONGEST_JOB_SECONDS = 1800.0
MISSED_SECONDS = 2.0
# What does not end by an exception (a loop in C) is stuck: its lease is left to run out, and the worker is replaced.
STUCK_SECONDS = 60.0


class JobTookTooLong(InvoicesiteError):
    code = ExtractionFailed.code
    http_status = ExtractionFailed.http_status
    default_message = (
        f"The document was worked on for more than {LONGEST_JOB_SECONDS / 60:.0f} minutes; it was given up."
    )


@dataclass(slots=True)
class _Held:
    lost: threading.Event
    until: float
    thread_id: int
    told: bool = False
    waiting_since: float | None = None

    def is_stuck(self, now: float) -> bool:
        return self.waiting_since is None and now >= self.until + STUCK_SECONDS


class Heart:
    """Extends the leases of the claims it was given, all in one statement, every third of a lease."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._claims: dict[UUID, _Held] = {}
        self._thread: threading.Thread | None = None
        self._pid = 0
        self._wake = threading.Event()
        self._missed = False
        self.when_stuck: Callable[[], None] | None = None

    @contextmanager
    def beating(self, claim: Claim) -> Iterator[threading.Event]:
        """Keep ``claim`` alive inside the block. The event is set when the job was lost or cancelled meanwhile."""
        lost = threading.Event()
        held = _Held(lost, time.monotonic() + LONGEST_JOB_SECONDS, threading.get_ident())
        with self._lock:
            self._claims[claim.token] = held
            self._start()
        try:
            yield lost
        finally:
            with self._lock:
                self._claims.pop(claim.token, None)
                if held.told:
                    _interrupt(held.thread_id, None)  # what had not arrived yet must not hit the thread's next job

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """The clock of this thread's job stands still inside the block: it waits for its turn and does nothing."""
        mine = threading.get_ident()
        with self._lock:
            held = next((held for held in self._claims.values() if held.thread_id == mine), None)
            if held is not None:
                held.waiting_since = time.monotonic()
        try:
            yield
        finally:
            with self._lock:
                if held is not None and held.waiting_since is not None:
                    held.until += time.monotonic() - held.waiting_since
                    held.waiting_since = None

    def give_up(self) -> list[UUID]:
        """Tell all jobs held here that they are lost; gives the tokens of those that may begin anew, uncounted."""
        with self._lock:
            claims, self._claims = self._claims, {}
        for held in claims.values():
            held.lost.set()
        return [token for token, held in claims.items() if not held.told]

    def _start(self) -> None:
        # A forked worker inherits this object without the thread.
        if self._thread is None or not self._thread.is_alive() or self._pid != os.getpid():
            if self._pid != os.getpid():
                self._wake = threading.Event()
            self._pid = os.getpid()
            self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            # While the database is away, it is asked more often: the sweep waits one lease after its return.
            self._wake.wait(min(MISSED_SECONDS, LEASE_SECONDS / 3) if self._missed else LEASE_SECONDS / 3)
            with self._lock:
                claims = dict(self._claims)
            self._end_overlong()
            if claims:
                use_own_connection()
                self._beat(claims)
            else:
                connection.close()

    def _end_overlong(self) -> None:
        now = time.monotonic()
        with self._lock:
            overlong = [held for held in self._claims.values() if held.waiting_since is None and now >= held.until]
            for held in overlong:
                if not held.told:
                    held.told = True
                    log.error("job_took_too_long", seconds=LONGEST_JOB_SECONDS)
                    _interrupt(held.thread_id, JobTookTooLong)
            stuck = any(held.is_stuck(now) for held in overlong)
        if stuck and self.when_stuck is not None:
            log.error("job_stuck")
            self.when_stuck()

    def _beat(self, claims: dict[UUID, _Held]) -> None:
        close_old_connections()
        now = time.monotonic()
        try:
            kept = extend_leases([token for token, held in claims.items() if not held.is_stuck(now)])
        except Error as error:
            # The database may be restarting: the leases outlive two missed beats.
            log.warning("heartbeat_failed", error=type(error).__name__)
            self._missed = True
            connection.close()
            return
        self._missed = False
        for token in claims.keys() - kept:
            claims[token].lost.set()


def _interrupt(thread_id: int, error: type[Exception] | None) -> None:
    """Raise an exception in another thread when it next runs Python; None takes back one that has not arrived."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread_id), error and ctypes.py_object(error))


heart = Heart()
