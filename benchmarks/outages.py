"""Drills: something goes away for ten minutes under a load of uploads, and comes back.

Web process, workers, PostgreSQL, PgBouncer, Redis, model and OCR service are real programs of their own. For each
drill: uploads accepted, told to come back (503, or 409 with Retry-After), answered otherwise; the slowest answer;
seconds until uploads are accepted again and until all jobs have ended; jobs lost, doubled, and dead. ``--quick`` lets a
minute pass in a second, back-off included.

    python -m benchmarks.outages [--quick] [--away SECONDS] [--every SECONDS] [--only DRILL …]
"""

from __future__ import annotations

import argparse
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from benchmarks.machine import print_result, wait_until
from benchmarks.outage_site import EVERY_SECONDS, Load, Site, hurt_site
from processing.models import Document, LLMCall, ProcessingJob, WorkerHeartbeat
from tests.model_server import OK, RATE_LIMITED

AWAY_SECONDS = 600.0
QUICK = 60.0  # times faster
HOUR = 3600

Change = Callable[[Site], None]


@dataclass(frozen=True, slots=True)
class Drill:
    """How something goes away and comes back; ``policy`` is that of the documents, ``needs`` what the site is built
    with."""

    leave: Change
    come_back: Change
    policy: str = "rules"
    needs: frozenset[str] = frozenset()


def _storage_gone(site: Site) -> None:
    site.storage.rename(site.storage.with_name("away"))
    site.storage.write_text("the mount is gone")


def _storage_back(site: Site) -> None:
    site.storage.unlink()
    site.storage.with_name("away").rename(site.storage)


def _fill_disk(site: Site) -> None:
    with (site.storage.parent / "filler").open("wb", buffering=0) as filler:
        for size in (1 << 20, 1 << 10):  # the last kilobytes, too
            while True:
                try:
                    filler.write(bytes(size))
                except OSError:
                    break


def _behave(behaviour: Any) -> Change:
    def change(site: Site) -> None:
        site.model.behaviour = behaviour

    return change


def _ocr(status: int) -> Change:
    def change(site: Site) -> None:
        assert site.ocr is not None
        site.ocr.status = status

    return change


def _clock(seconds: int) -> Change:
    def change(site: Site) -> None:
        assert site.clock is not None
        site.clock.set(seconds)

    return change


def _redis(action: str) -> Change:
    return lambda site: getattr(site.redis, action)()


def _pooler(action: str) -> Change:
    return lambda site: getattr(site.pooler, action)()


def _kill_workers(site: Site) -> None:
    for pid in _workers():
        os.kill(pid, signal.SIGKILL)


def _stop_workers(site: Site) -> None:
    assert site.workers is not None
    site.box.stop(site.workers)


def _workers() -> set[int]:
    return set(WorkerHeartbeat.objects.values_list("pid", flat=True))


def _nothing(site: Site) -> None:
    pass


DRILLS = {
    "database_stopped": Drill(lambda site: site.postgres.stop(), lambda site: site.postgres.start()),
    "database_killed": Drill(lambda site: site.postgres.kill(), lambda site: site.postgres.start()),
    "pooler_killed": Drill(_pooler("stop"), _pooler("start"), needs=frozenset({"pooler"})),
    "connections_taken": Drill(Site.take_connections, Site.give_connections_back, needs=frozenset({"few_connections"})),
    "redis_stopped": Drill(_redis("stop"), _redis("start"), needs=frozenset({"redis"})),
    "storage_away": Drill(_storage_gone, _storage_back),
    "disk_full": Drill(_fill_disk, lambda site: (site.storage.parent / "filler").unlink(), needs=frozenset({"disk"})),
    "model_away": Drill(_behave(replace(OK, status=503, error={"message": "away"})), _behave(OK), policy="llm"),
    "rate_limits": Drill(_behave(replace(RATE_LIMITED, headers={})), _behave(OK), policy="llm"),
    "ocr_away": Drill(_ocr(503), _ocr(200), needs=frozenset({"ocr"})),
    "workers_killed": Drill(_kill_workers, _nothing, policy="llm"),
    "workers_stopped": Drill(_stop_workers, Site.start_workers, policy="llm"),
    "web_stopped": Drill(lambda site: site.web.end(signal.SIGTERM), lambda site: site.web.start()),
    "web_killed": Drill(lambda site: site.web.end(signal.SIGKILL), lambda site: site.web.start()),
    "clock_an_hour_ahead": Drill(_clock(HOUR), _clock(0), policy="llm", needs=frozenset({"clock"})),
}


def drill(*names: str, away_seconds: float, scale: float, every: float = EVERY_SECONDS) -> dict[str, Any]:
    """The figures of drills that follow each other at one site under one load."""
    drills = [DRILLS[name] for name in names]
    policy = "llm" if any(each.policy == "llm" for each in drills) else "rules"
    needs = frozenset().union(*(each.needs for each in drills))
    with hurt_site(policy=policy, needs=needs, scale=scale) as site:
        load = Load(site, every)
        recovered = 0.0
        with load.running():
            wait_until("a result", ProcessingJob.objects.filter(status="completed").exists, seconds=300, every=0.2)
            before = _workers()
            for each in drills:
                each.leave(site)
                time.sleep(away_seconds)
                each.come_back(site)
                back, accepted = time.monotonic(), len(load.accepted)
                connection.close()  # this process, too, has one of before
                wait_until("uploads", lambda: len(load.accepted) > accepted + 2, seconds=200, every=0.2)  # noqa: B023
                recovered = max(recovered, load.last_refused - back)
        left = ProcessingJob.objects.filter(status__in=["pending", "processing"])
        ended = wait_until("all jobs", lambda: not left.exists(), seconds=600, every=0.5)
        documents = Document.objects.count()
        different = Document.objects.values("sha256").distinct().count()
        return {
            "away_seconds": away_seconds,
            "accepted": len(load.accepted),
            "told_to_come_back": load.answers[503],
            "no_answer": load.answers[0],
            "answered_otherwise": sum(n for status, n in load.answers.items() if status not in (0, 202, 503)),
            "other_answers": sorted(status for status in load.answers if status not in (0, 202, 503)),
            "slowest_answer_seconds": round(load.slowest_seconds, 2),
            "accepted_again_after_seconds": round(recovered, 1),
            "all_ended_after_seconds": round(ended, 1),
            "lost": max(0, len(load.accepted) - documents),
            "doubled": documents - different,
            "dead": ProcessingJob.objects.exclude(status="completed").count(),
            "reservations_left": LLMCall.objects.filter(state="reserved").count(),
            "workers_replaced": len(before - _workers()),
            "supervisor_ended": int(site.workers is None or site.workers.poll() is not None),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a minute in a second")
    parser.add_argument("--away", type=float, metavar="SECONDS", help="in the place of ten minutes")
    parser.add_argument("--every", type=float, metavar="SECONDS", default=EVERY_SECONDS, help="between two uploads")
    parser.add_argument("--only", nargs="+", choices=sorted(DRILLS), default=list(DRILLS))
    options = parser.parse_args()
    scale = QUICK if options.quick else 1.0
    figures: dict[str, dict[str, Any]] = {}
    for name in options.only:
        away = options.away or AWAY_SECONDS / scale
        figures[name] = drill(name, away_seconds=away, scale=scale, every=options.every)
        print(name)
        for what, value in figures[name].items():
            print(f"  {what:<30} {value}", flush=True)
    flat = {f"{name}_{what}": value for name, found in figures.items() for what, value in found.items()}
    print_result(**flat)


if __name__ == "__main__":
    main()
