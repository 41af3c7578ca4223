"""Drills: something goes away for ten minutes under a load of uploads, and comes back.

Web process, workers, PostgreSQL, Redis, model and OCR service are real programs of their own. For each drill: uploads
accepted, told to come back (503), answered otherwise; the slowest answer; seconds until uploads are accepted again and
until all jobs have ended; jobs lost, doubled, and dead. ``--quick`` lets a minute pass in a second, back-off included.

    python -m benchmarks.outages [--quick] [--away SECONDS] [--only DRILL …]
"""

from __future__ import annotations

import argparse
import itertools
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests
from django.db import connection

from benchmarks.machine import Machine, machine, print_result, wait_until
from benchmarks.plain_invoices import invoice_text
from common.roles import Role
from invoicesite.accounts.keys import create_api_key
from invoicesite.accounts.scopes import Scope
from processing.models import Document, LLMCall, ProcessingJob, WorkerHeartbeat
from tests.live_programs import web_process
from tests.model_server import OK, RATE_LIMITED, ModelServer
from tests.outages.own_redis import OwnRedis, own_redis
from tests.own_postgres import OwnPostgres, own_postgres
from tests.people import person

AWAY_SECONDS = 600.0
QUICK = 60.0  # times faster
EVERY_SECONDS = 0.25  # between two uploads


@dataclass
class Site:
    """Everything of one drill; ``scale`` is how much faster time passes."""

    url: str
    key: str
    box: Machine
    postgres: OwnPostgres
    redis: OwnRedis | None
    model: ModelServer
    storage: Path
    programs: list[Any] = field(default_factory=list)


@dataclass
class Load:
    """Uploads, one after the other, each another document."""

    site: Site
    answers: Counter[int] = field(default_factory=Counter)
    slowest_seconds: float = 0.0
    last_refused: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        numbers = itertools.count()
        while not self._stop.is_set():
            began = time.monotonic()
            files = {"file": ("a.txt", invoice_text(next(numbers)).encode())}
            headers = {"Authorization": f"Bearer {self.site.key}"}
            try:
                answer = requests.post(f"{self.site.url}/api/v1/documents/", headers=headers, files=files, timeout=60)
            except requests.RequestException:
                self.answers[0] += 1
            else:
                self.answers[answer.status_code] += 1
                if answer.status_code != 202:
                    self.last_refused = time.monotonic()
            self.slowest_seconds = max(self.slowest_seconds, time.monotonic() - began)
            self._stop.wait(EVERY_SECONDS)

    @contextmanager
    def running(self) -> Iterator[None]:
        thread = threading.Thread(target=self.run, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()


Change = Callable[[Site], None]


def _storage_gone(site: Site) -> None:
    site.storage.rename(site.storage.with_name("away"))
    site.storage.write_text("the mount is gone")


def _storage_back(site: Site) -> None:
    site.storage.unlink()
    site.storage.with_name("away").rename(site.storage)


def _redis(site: Site) -> OwnRedis:
    assert site.redis is not None
    return site.redis


def _behave(behaviour: Any) -> Change:
    def change(site: Site) -> None:
        site.model.behaviour = behaviour

    return change


def _kill_workers(site: Site) -> None:
    for pid in _workers():
        os.kill(pid, signal.SIGKILL)


def _workers() -> set[int]:
    return set(WorkerHeartbeat.objects.values_list("pid", flat=True))


def _nothing(site: Site) -> None:
    pass


# name: policy of the documents, with Redis, how it goes away, how it comes back
DRILLS: dict[str, tuple[str, bool, Change, Change]] = {
    "database_stopped": ("rules", False, lambda s: s.postgres.stop(), lambda s: s.postgres.start()),
    "database_killed": ("rules", False, lambda s: s.postgres.kill(), lambda s: s.postgres.start()),
    "redis_stopped": ("rules", True, lambda s: _redis(s).stop(), lambda s: _redis(s).start()),
    "storage_away": ("rules", False, _storage_gone, _storage_back),
    "model_away": ("llm", False, _behave(replace(OK, status=503, error={"message": "away"})), _behave(OK)),
    "rate_limits": ("llm", False, _behave(replace(RATE_LIMITED, headers={})), _behave(OK)),
    "workers_killed": ("llm", False, _kill_workers, _nothing),
}


@contextmanager
def site(policy: str, *, with_redis: bool, scale: float) -> Iterator[Site]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="drill-")))
        postgres = stack.enter_context(own_postgres())
        redis = stack.enter_context(own_redis(folder)) if with_redis else None
        model = stack.enter_context(ModelServer())
        environment = {
            "DATABASE_URL": postgres.url,
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": "none",
            "LLM_MODEL": "gpt-4o-mini",
            "EXTRACTION_POLICY": policy,
            "BACKOFF_SCALE": f"{1 / scale:.4f}",
            "UPLOAD_QUOTA_DOCUMENTS": "0",
            **({"REDIS_URL": redis.url} if redis else {}),
        }
        box = stack.enter_context(machine(delay_seconds=None, database="none", **environment))
        _, key = create_api_key(owner=person("ann", Role.OPERATOR), name="load", scopes=[Scope.READ, Scope.SUBMIT])
        url = stack.enter_context(web_process(folder, **box.environment))
        made = Site(url, key, box, postgres, redis, model, Path(box.environment["STORAGE_URL"].removeprefix("file://")))
        made.programs.append(box.work())
        wait_until("workers", WorkerHeartbeat.objects.exists, seconds=120)
        yield made


def drill(name: str, *, away_seconds: float, scale: float) -> dict[str, Any]:
    """Its figures."""
    policy, with_redis, leave, come_back = DRILLS[name]
    with site(policy, with_redis=with_redis, scale=scale) as made:
        load = Load(made)
        with load.running():
            wait_until("a result", ProcessingJob.objects.filter(status="completed").exists, seconds=120, every=0.2)
            before = _workers()
            leave(made)
            time.sleep(away_seconds)
            come_back(made)
            back = time.monotonic()
            connection.close()  # this process, too, has one of before
            time.sleep(5)
        recovered = max(0.0, load.last_refused - back)
        left = ProcessingJob.objects.filter(status__in=["pending", "processing"])
        ended = wait_until("all jobs", lambda: not left.exists(), seconds=600, every=0.5) + 5
        supervisor_lives = made.programs[0].poll() is None
        documents = Document.objects.count()
        different = Document.objects.values("sha256").distinct().count()
        return {
            "away_seconds": away_seconds,
            "accepted": load.answers[202],
            "told_to_come_back": load.answers[503],
            "answered_otherwise": sum(n for status, n in load.answers.items() if status not in (202, 503)),
            "slowest_answer_seconds": round(load.slowest_seconds, 2),
            "accepted_again_after_seconds": round(recovered, 1),
            "all_ended_after_seconds": round(ended, 1),
            "lost": max(0, load.answers[202] - documents),
            "doubled": documents - different,
            "dead": ProcessingJob.objects.exclude(status="completed").count(),
            "reservations_left": LLMCall.objects.filter(state="reserved").count(),
            "workers_replaced": len(before - _workers()),
            "supervisor_ended": int(not supervisor_lives),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a minute in a second")
    parser.add_argument("--away", type=float, metavar="SECONDS", help="in the place of ten minutes")
    parser.add_argument("--only", nargs="+", choices=sorted(DRILLS), default=list(DRILLS))
    options = parser.parse_args()
    scale = QUICK if options.quick else 1.0
    figures: dict[str, dict[str, Any]] = {}
    for name in options.only:
        figures[name] = drill(name, away_seconds=options.away or AWAY_SECONDS / scale, scale=scale)
        print(name)
        for what, value in figures[name].items():
            print(f"  {what:<30} {value}")
    flat = {f"{name}_{what}": value for name, found in figures.items() for what, value in found.items()}
    print_result(**flat)


if __name__ == "__main__":
    main()
