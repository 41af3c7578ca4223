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
from datetime import datetime
from types import FrameType

import psutil
import structlog
from django.conf import settings
from django.db import Error, connection

from common.telemetry.counters import count
from processing.errors import BrokerUnavailable
from processing.events import tell_work_started
from processing.models import WorkerHeartbeat
from processing.models.worker import BEAT_SECONDS
from processing.queueing import LANES, tasks_waiting
from processing.services.jobs import LEASE_SECONDS
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
SILENCE_SECONDS = 6 * BEAT_SECONDS  # counted while the database can be asked, by this process's own clock
IDLE_SECONDS = 20.0  # tasks wait and nobody takes them: a worker fetches within a second
STOP_SECONDS = GRACE_SECONDS + 8.0
RESTART_SECONDS = (0.0, 1.0, 5.0, 15.0, 30.0)  # by how many times in a row a cluster did not live for a minute
_HOST = socket.gethostname()


class Cluster:
    """One ``qcluster`` with all its processes, in a process group of its own."""

    def __init__(self, lane: str) -> None:
        self.lane = lane
        self.id = secrets.token_hex(8)
        self.begin()
        reader, self._writer = os.pipe()
        environment = {
            **os.environ,
            LIFELINE_VARIABLE: str(reader),
            CLUSTER_VARIABLE: self.id,
            "Q_CLUSTER_NAME": lane,
        }
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "invoicesite", "qcluster"],
                cwd=settings.BASE_DIR,
                env=environment,
                pass_fds=[reader],
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        finally:
            os.close(reader)

    def begin(self) -> None:
        """It starts now, and nobody has heard of it yet."""
        self.started = self._looked = time.monotonic()
        self.idle_since: float | None = None
        self._heard: dict[str, datetime] = {}
        self._silent_seconds = 0.0

    @property
    def age_seconds(self) -> float:
        return time.monotonic() - self.started

    def trouble(self) -> str:
        """Why this cluster has to be replaced; empty where all is well. Raises the database's errors."""
        if self.process.poll() is not None:
            return f"it ended with status {self.process.returncode}"
        workers = list(WorkerHeartbeat.objects.filter(cluster=self.id))
        if not workers:
            return "its workers do not start" if self.age_seconds > START_SECONDS else ""
        dead = [worker for worker in workers if not psutil.pid_exists(worker.pid)]
        if dead:
            # It may have held the lock of the queue between them: the others would wait for ever.
            return f"its worker {dead[0].pid} died"
        if self.silence(workers) > SILENCE_SECONDS:
            return "its workers say nothing"
        if any(worker.running for worker in workers) or not _tasks_waiting(self.lane):
            self.idle_since = None
            return ""
        self.idle_since = self.idle_since or time.monotonic()
        return "its workers are idle although tasks wait" if time.monotonic() - self.idle_since > IDLE_SECONDS else ""

    def not_looked(self) -> None:
        """Nobody could say whether it lives: what was counted so far counts no more."""
        self.started = self._looked = time.monotonic()
        self._silent_seconds = 0.0
        self.idle_since = None

    def silence(self, workers: list[WorkerHeartbeat]) -> float:
        """Seconds since a worker said something, as seen here: what it wrote is compared with what it wrote before, so
        that neither an outage nor a clock that jumps makes a healthy cluster look dead."""
        now, heard = time.monotonic(), {worker.name: worker.seen_at for worker in workers}
        if heard != self._heard:
            self._silent_seconds = 0.0
        else:
            # A pause of this process itself (a suspended machine) is no silence of the workers.
            self._silent_seconds += min(now - self._looked, 2 * LOOK_SECONDS)
        self._heard, self._looked = heard, now
        return self._silent_seconds

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
        with contextlib.suppress(Error):
            WorkerHeartbeat.objects.filter(cluster=self.id).delete()


@dataclass
class Supervisor:
    """Runs the clusters of ``lanes`` until it is told to stop by SIGTERM or SIGINT."""

    lanes: tuple[str, ...] = LANES
    clusters: dict[str, Cluster] = field(default_factory=dict)
    restarts: int = 0
    _well_since: float | None = float("-inf")  # None while the database does not answer
    _quick_ends: dict[str, int] = field(default_factory=dict)
    _start_again: dict[str, float] = field(default_factory=dict)
    _leaving: list[threading.Thread] = field(default_factory=list)
    _stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        for lane in self.lanes:
            count("cluster_restarts", 0, lane=lane)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._told_to_stop)
        tell_work_started()
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
            except Error as error:
                # Without the database nobody can say that they live; that is no reason to end them.
                log.warning("clusters_not_checked", error=type(error).__name__)
                for each in self.clusters.values():
                    each.not_looked()
                self._well_since = None
                connection.close()
                return
            if trouble:
                log.error("cluster_replaced", lane=lane, reason=trouble)
                self._replace(lane, cluster)
        self._well_since = self._well_since or time.monotonic()

    def _replace(self, lane: str, cluster: Cluster) -> None:
        self.restarts += 1
        count("cluster_restarts", lane=lane)
        del self.clusters[lane]
        quick = self._quick_ends.get(lane, 0) + 1 if cluster.age_seconds < 60 else 0
        self._quick_ends[lane] = quick
        self._start_again[lane] = time.monotonic() + RESTART_SECONDS[min(quick, len(RESTART_SECONDS) - 1)]
        # The new one does not wait for the old one's end.
        leaving = threading.Thread(target=_end, args=([cluster],), name="leaving")
        leaving.start()
        self._leaving = [thread for thread in self._leaving if thread.is_alive()] + [leaving]

    def _sweep(self) -> None:
        # Workers could not extend their leases either while the database was away: they get the time to do so.
        seen_well = self._well_since is not None and time.monotonic() - self._well_since > LEASE_SECONDS
        try:
            sweep_jobs(take_back=seen_well)
        except Error as error:
            log.warning("sweep_failed", error=type(error).__name__)
            self._well_since = None
            connection.close()
        except Exception:
            # Whatever it is, the clusters need somebody who looks after them.
            log.exception("sweep_defect")
            connection.close()

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping.set()

    def _stop(self) -> None:
        log.info("clusters_stopping")
        _end(list(self.clusters.values()))
        for thread in self._leaving:
            thread.join()
        connection.close()


def _tasks_waiting(lane: str) -> int:
    try:
        return tasks_waiting(lane)
    except BrokerUnavailable:
        return 0  # nobody can take a task from it


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
