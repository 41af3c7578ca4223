"""What the supervisor counts as silence of its workers."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from processing.models import WorkerHeartbeat
from processing.workers import supervisor
from processing.workers.supervisor import LOOK_SECONDS, SILENCE_SECONDS, Cluster


class StandIn(Cluster):
    """A cluster that runs no process."""

    def __init__(self) -> None:
        self.lane, self.id = "invoicesite", "c1"
        self.begin()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(supervisor.time, "monotonic", lambda: now[0])
    return now


def looks(cluster: Cluster, clock: list[float], *, seconds: float) -> float:
    silence = 0.0
    for _ in range(int(seconds / LOOK_SECONDS)):
        clock[0] += LOOK_SECONDS
        silence = cluster.silence(list(WorkerHeartbeat.objects.all()))
    return silence


@pytest.mark.django_db
def test_silence_is_counted_while_somebody_can_listen_and_by_the_supervisors_own_clock(clock: list[float]) -> None:
    now = timezone.now()
    worker = WorkerHeartbeat.objects.create(
        name="a", host="here", pid=1, cluster="c1", slots=1, started_at=now, seen_at=now
    )
    cluster = StandIn()
    cluster.silence([worker])

    # An outage of an hour: nobody looked, and the heartbeats of the workers are an hour old after it.
    cluster.not_looked()
    clock[0] += 3600
    cluster.not_looked()
    with time_machine.travel(now + timedelta(hours=1)):
        assert looks(cluster, clock, seconds=SILENCE_SECONDS - 2 * LOOK_SECONDS) < SILENCE_SECONDS
        # A worker that lives writes something else each time, whatever its clock says.
        worker.seen_at = now - timedelta(days=1)
        worker.save()
        assert looks(cluster, clock, seconds=2 * LOOK_SECONDS) <= LOOK_SECONDS
        # One that does not is replaced in the end.
        assert looks(cluster, clock, seconds=SILENCE_SECONDS + 2 * LOOK_SECONDS) > SILENCE_SECONDS


@pytest.mark.django_db
def test_a_machine_that_was_suspended_does_not_replace_its_workers(clock: list[float]) -> None:
    now = timezone.now()
    worker = WorkerHeartbeat.objects.create(
        name="a", host="here", pid=1, cluster="c1", slots=1, started_at=now, seen_at=now
    )
    cluster = StandIn()
    cluster.silence([worker])
    clock[0] += 7200
    assert cluster.silence([worker]) < SILENCE_SECONDS
