"""One thread a process that says to the database: the jobs held here are alive."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import structlog
from django.db import DatabaseError, close_old_connections, connection

from processing.services.jobs import LEASE_SECONDS, Claim, extend_leases

log = structlog.get_logger(__name__)


class Heart:
    """Extends the leases of the claims it was given, all in one statement, every third of a lease."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._claims: dict[UUID, threading.Event] = {}
        self._thread: threading.Thread | None = None
        self._pid = 0
        self._wake = threading.Event()

    @contextmanager
    def beating(self, claim: Claim) -> Iterator[threading.Event]:
        """Keep ``claim`` alive inside the block. The event is set when the job was lost or cancelled meanwhile."""
        lost = threading.Event()
        with self._lock:
            self._claims[claim.token] = lost
            self._start()
        try:
            yield lost
        finally:
            with self._lock:
                self._claims.pop(claim.token, None)

    def _start(self) -> None:
        # A forked worker inherits this object without the thread.
        if self._thread is None or not self._thread.is_alive() or self._pid != os.getpid():
            if self._pid != os.getpid():
                self._wake = threading.Event()
            self._pid = os.getpid()
            self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        idle_rounds = 0
        while idle_rounds < 3:
            self._wake.wait(LEASE_SECONDS / 3)
            with self._lock:
                claims = dict(self._claims)
            idle_rounds = 0 if claims else idle_rounds + 1
            if claims:
                self._beat(claims)
        connection.close()

    def _beat(self, claims: dict[UUID, threading.Event]) -> None:
        close_old_connections()
        try:
            held = extend_leases(list(claims))
        except DatabaseError as error:
            # The database may be restarting: the leases outlive two missed beats.
            log.warning("heartbeat_failed", error=type(error).__name__)
            connection.close()
            return
        for token in claims.keys() - held:
            claims[token].set()


heart = Heart()
