"""One thread a process that says to the database: the jobs held here are alive."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.db import Error, close_old_connections, connection

from processing.services.jobs import LEASE_SECONDS, Claim, extend_leases

log = structlog.get_logger(__name__)

# Nothing good takes this long: readers, OCR and calls have clocks of their own. Its lease runs out, it is tried anew.
LONGEST_JOB_SECONDS = 1800.0
MISSED_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class _Held:
    lost: threading.Event
    until: float


class Heart:
    """Extends the leases of the claims it was given, all in one statement, every third of a lease."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._claims: dict[UUID, _Held] = {}
        self._thread: threading.Thread | None = None
        self._pid = 0
        self._wake = threading.Event()
        self._missed = False

    @contextmanager
    def beating(self, claim: Claim) -> Iterator[threading.Event]:
        """Keep ``claim`` alive inside the block. The event is set when the job was lost or cancelled meanwhile."""
        lost = threading.Event()
        with self._lock:
            self._claims[claim.token] = _Held(lost, time.monotonic() + LONGEST_JOB_SECONDS)
            self._start()
        try:
            yield lost
        finally:
            with self._lock:
                self._claims.pop(claim.token, None)

    def give_up(self) -> list[UUID]:
        """Tell all jobs held here that they are lost; gives their tokens."""
        with self._lock:
            claims, self._claims = self._claims, {}
        for held in claims.values():
            held.lost.set()
        return list(claims)

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
            if claims:
                self._beat(claims)
                connection.close()

    def _beat(self, claims: dict[UUID, _Held]) -> None:
        close_old_connections()
        now = time.monotonic()
        try:
            kept = extend_leases([token for token, held in claims.items() if now < held.until])
        except Error as error:
            # The database may be restarting: the leases outlive two missed beats.
            log.warning("heartbeat_failed", error=type(error).__name__)
            self._missed = True
            connection.close()
            return
        self._missed = False
        for token in claims.keys() - kept:
            claims[token].lost.set()


heart = Heart()
