"""What makes a worker process of django-q2 ours: its crew of threads, its heartbeat, its end in order."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
from types import FrameType
from typing import Any

import structlog
from django.conf import settings
from django.db import Error, connection
from django.db.models.functions import Now
from django.utils import timezone

from common.own_connection import use_own_connection
from common.telemetry.pools import tell_pools
from processing.models import WorkerHeartbeat
from processing.models.worker import BEAT_SECONDS
from processing.pipeline.heartbeat import heart
from processing.pipeline.run import run_job
from processing.queueing import lane_of_process
from processing.workers.crew import Crew, set_crew
from processing.workers.lifeline import CLUSTER_VARIABLE, GRACE_SECONDS, Lifeline

log = structlog.get_logger(__name__)


def slots_of(lane: str) -> int:
    """Documents at a time in one worker process of a lane."""
    return int(settings.WORKER_SLOTS[lane])


def begin_worker(**_: Any) -> None:
    """Called by django-q2 in each worker process after its fork (signal ``post_spawn``)."""
    lane = lane_of_process()
    crew = Crew(slots_of(lane), run_job)
    set_crew(crew)
    heart.when_stuck = lambda: os.kill(os.getpid(), signal.SIGTERM)
    pulse = _Pulse(crew, lane)
    # By the queue when a task hangs, or by a person: what runs is put back before the process ends.
    signal.signal(signal.SIGTERM, pulse.told_to_stop)
    threading.Thread(target=pulse.run, name="pulse", daemon=True).start()
    # Joined before the process ends, after the last task: then the crew comes to its end, too.
    threading._register_atexit(pulse.end)  # type: ignore[attr-defined]


class _Pulse:
    """The thread that says that this worker lives, and ends it when its supervisor is gone."""

    def __init__(self, crew: Crew, lane: str) -> None:
        self.crew = crew
        self._reader, self._writer = os.pipe()
        self._lifeline = Lifeline()
        host = socket.gethostname()
        self.row = WorkerHeartbeat(
            name=f"{host}:{os.getpid()}",
            host=host,
            pid=os.getpid(),
            lane=lane,
            cluster=os.environ.get(CLUSTER_VARIABLE, ""),
            slots=crew.slots,
            started_at=timezone.now(),
        )

    def told_to_stop(self, number: int, frame: FrameType | None) -> None:
        os.write(self._writer, b"x")

    def run(self) -> None:
        told = False
        use_own_connection()
        while not told:
            self._beat()
            told = self._lifeline.wait(BEAT_SECONDS, self._reader) or self._woken()
        self.crew.stop(grace_seconds=GRACE_SECONDS)
        self._forget()
        # The main thread may wait for a task that never comes.
        os._exit(0)

    def end(self) -> None:
        """The queue lets this worker go: wait for what runs."""
        self.crew.stop(grace_seconds=GRACE_SECONDS)
        self._forget()

    def _woken(self) -> bool:
        with contextlib.suppress(OSError):
            os.set_blocking(self._reader, False)
            return bool(os.read(self._reader, 1))
        return False

    def _beat(self) -> None:
        self.row.running, self.row.begun = self.crew.running, self.crew.started
        self.row.seen_at = Now()
        tell_pools()
        try:
            WorkerHeartbeat.objects.bulk_create(
                [self.row],
                update_conflicts=True,
                unique_fields=["name"],
                update_fields=["lane", "cluster", "slots", "running", "begun", "started_at", "seen_at"],
            )
        except Error as error:
            log.warning("worker_beat_failed", error=type(error).__name__)
            connection.close()

    def _forget(self) -> None:
        with contextlib.suppress(Error):
            WorkerHeartbeat.objects.filter(name=self.row.name).delete()
        connection.close()
