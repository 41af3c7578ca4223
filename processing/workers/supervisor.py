"""Keeps the clusters of django-q2 alive on one machine: one for what people wait for, one for batches.

It stands outside django-q2, whose own guard does not see that all workers wait for ever on a lock that a killed one
held. A cluster is replaced when its head ends, when a worker of it died, when its workers stopped saying that they
live, and when they stay idle although tasks wait. Its jobs are safe: they are put back, or their leases run out.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import FrameType

import psutil
import structlog
from django.db import DatabaseError, connection
from django.db.models.functions import Now

from processing.models import WorkerHeartbeat
from processing.models.worker import BEAT_SECONDS
from processing.queueing import LANES, tasks_waiting
from processing.workers.lifeline import (
    CLUSTER_VARIABLE,
    GRACE_SECONDS,
    LIFELINE_VARIABLE,
    die_with_parent,
)
from processing.workers.sweeping import sweep_jobs

log = structlog.get_logger(__name__)

TICK_SECONDS = 0.5
LOOK_SECONDS = 2.0
SWEEP_SECONDS = 5.0
START_SECONDS = 60.0  # until the first heartbeat of a cluster: a busy machine takes its time
SILENCE_SECONDS = 6 * BEAT_SECONDS
IDLE_SECONDS = 20.0  # tasks wait and nobody takes them: a worker fetches within a second
STOP_SECONDS = GRACE_SECONDS + 8.0
RESTART_SECONDS = (0.0, 1.0, 5.0, 15.0, 30.0)  # by how many times in a row a cluster did not live for a minute
_ROOT = Path(__file__).resolve().parents[2]
_HOST = socket.gethostname()


class Cluster:
    """One ``qcluster`` with all its processes, in a process group of its own."""

    def __init__(self, lane: str) -> None:
        self.lane = lane
        self.id = secrets.token_hex(8)
        self.started = time.monotonic()
        self.idle_since: float | None = None
        reader, self._writer = os.pipe()
        environment = {
            **os.environ,
            LIFELINE_VARIABLE: str(reader),
            CLUSTER_VARIABLE: self.id,
            "Q_CLUSTER_NAME": lane,
        }
        try:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "qcluster"],
                cwd=_ROOT,
                env=environment,
                pass_fds=[reader],
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        finally:
            os.close(reader)

    @property
    def age_seconds(self) -> float:
        return time.monotonic() - self.started

    def trouble(self) -> str:
        """Why this cluster has to be replaced; empty where all is well. Raises DatabaseError."""
        if self.process.poll() is not None:
            return f"it ended with status {self.process.returncode}"
        workers = list(WorkerHeartbeat.objects.filter(cluster=self.id))
        if not workers:
            return "its workers do not start" if self.age_seconds > START_SECONDS else ""
        dead = [worker for worker in workers if not psutil.pid_exists(worker.pid)]
        if dead:
            # It may have held the lock of the queue between them: the others would wait for ever.
            return f"its worker {dead[0].pid} died"
        silent = WorkerHeartbeat.objects.filter(cluster=self.id, seen_at__lt=Now() - timedelta(seconds=SILENCE_SECONDS))
        if silent.count() == len(workers):
            return "its workers say nothing"
        if any(worker.running for worker in workers) or not tasks_waiting(self.lane):
            self.idle_since = None
            return ""
        self.idle_since = self.idle_since or time.monotonic()
        return "its workers are idle although tasks wait" if time.monotonic() - self.idle_since > IDLE_SECONDS else ""

    def tell_to_stop(self) -> None:
        """Its workers begin nothing more and put back what takes too long."""
        with contextlib.suppress(OSError):
            os.close(self._writer)
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()

    def kill(self) -> None:
        """End whatever is left of it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        with contextlib.suppress(DatabaseError):
            WorkerHeartbeat.objects.filter(cluster=self.id).delete()


@dataclass
class Supervisor:
    """Runs the clusters of ``lanes`` until it is told to stop by SIGTERM or SIGINT."""

    lanes: tuple[str, ...] = LANES
    clusters: dict[str, Cluster] = field(default_factory=dict)
    restarts: int = 0
    _quick_ends: dict[str, int] = field(default_factory=dict)
    _start_again: dict[str, float] = field(default_factory=dict)
    _leaving: list[threading.Thread] = field(default_factory=list)
    _stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._told_to_stop)
        looked = swept = float("-inf")
        for lane in self.lanes:
            self._start_again[lane] = 0.0
        while not self._stopping.is_set():
            now = time.monotonic()
            for lane in [lane for lane, due in self._start_again.items() if due <= now]:
                del self._start_again[lane]
                self.clusters[lane] = Cluster(lane)
                log.info("cluster_started", lane=lane, pid=self.clusters[lane].process.pid)
            if now - looked >= LOOK_SECONDS:
                looked = now
                self._look()
            if now - swept >= SWEEP_SECONDS:
                swept = now
                self._sweep()
            self._stopping.wait(TICK_SECONDS)
        self._stop()

    def _look(self) -> None:
        for lane, cluster in list(self.clusters.items()):
            try:
                trouble = cluster.trouble()
            except DatabaseError as error:
                # Without the database nobody can say that they live; that is no reason to end them.
                log.warning("clusters_not_checked", error=type(error).__name__)
                cluster.started = time.monotonic()
                connection.close()
                return
            if trouble:
                log.error("cluster_replaced", lane=lane, reason=trouble)
                self._replace(lane, cluster)

    def _replace(self, lane: str, cluster: Cluster) -> None:
        self.restarts += 1
        del self.clusters[lane]
        quick = self._quick_ends.get(lane, 0) + 1 if cluster.age_seconds < 60 else 0
        self._quick_ends[lane] = quick
        self._start_again[lane] = time.monotonic() + RESTART_SECONDS[min(quick, len(RESTART_SECONDS) - 1)]
        # The new one does not wait for the old one's end.
        leaving = threading.Thread(target=_end, args=([cluster],), name="leaving")
        leaving.start()
        self._leaving = [thread for thread in self._leaving if thread.is_alive()] + [leaving]

    def _sweep(self) -> None:
        try:
            sweep_jobs()
        except DatabaseError as error:
            log.warning("sweep_failed", error=type(error).__name__)
            connection.close()

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping.set()

    def _stop(self) -> None:
        log.info("clusters_stopping")
        _end(list(self.clusters.values()))
        for thread in self._leaving:
            thread.join()
        connection.close()


def _end(clusters: list[Cluster]) -> None:
    """Let them end in order, within a bound; then end what is left."""
    for cluster in clusters:
        cluster.tell_to_stop()
    deadline = time.monotonic() + STOP_SECONDS
    for cluster in clusters:
        with contextlib.suppress(subprocess.TimeoutExpired):
            cluster.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        cluster.kill()
    connection.close()
