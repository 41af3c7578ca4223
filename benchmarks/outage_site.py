"""A site to be hurt: web process, workers, PostgreSQL and what else a drill needs, each a real program of its own."""

from __future__ import annotations

import base64
import itertools
import os
import socket
import subprocess
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
import requests
from django.db import connection

from benchmarks.machine import Machine, machine, wait_until
from benchmarks.plain_invoices import invoice_text
from common.roles import Role
from invoicesite.accounts.keys import create_api_key
from invoicesite.accounts.scopes import Scope
from processing.models import WorkerHeartbeat
from tests.model_server import ModelServer
from tests.outages.own_pooler import OwnPooler, own_pooler
from tests.outages.own_redis import OwnRedis, own_redis
from tests.own_postgres import OwnPostgres, own_postgres
from tests.people import person
from tests.processing.ocr_servers import Reply, Request, Server, docling_answer, serving

EVERY_SECONDS = 0.25  # between two uploads
SMALL_DISK_MB = 24
FEW_CONNECTIONS = 80  # what one machine needs, and a few
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
# A picture of one point: what is read in it says the service.
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"
)


class Clock:
    """The clock of the worker machine, and how far it is from the true one."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self.set(0)

    def set(self, seconds: int) -> None:
        self._file.write_text(f"{seconds:+d}\n")

    @property
    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(FAKETIME),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # as in life: nobody sets that clock
            "FAKETIME_CACHE_DURATION": "1",  # seconds; to look at the file for each look at the clock takes long
            "NO_FAKE_STAT": "1",
        }


class OcrService:
    """docling-serve, to be put into trouble."""

    def __init__(self) -> None:
        self.status = 200
        self._answer = docling_answer()

    def answer(self, request: Request, server: Server) -> Reply:
        return self._answer(request, server) if self.status == 200 else Reply(self.status, {"detail": "away"})


class Web:
    """The web process on one port, to be ended and started again."""

    def __init__(self, box: Machine) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        self._box = box
        self._program: subprocess.Popen[bytes] | None = None
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        options = ["--port", str(self._port), "--lifespan", "off", "--timeout-graceful-shutdown", "20"]
        self._program = self._box.start("-m", "uvicorn", "invoicesite.asgi:application", *options, log="web.log")
        wait_until("the web process", self._answers, seconds=180, every=0.1)

    def end(self, number: int) -> None:
        assert self._program is not None
        self._program.send_signal(number)
        self._program.wait(30)

    def _answers(self) -> bool:
        with suppress(requests.RequestException):
            return requests.get(f"{self.url}/api/health/", timeout=2).status_code == 200
        return False


@dataclass
class Site:
    """Everything of one drill. What a drill does not need is None."""

    key: str
    box: Machine
    web: Web
    postgres: OwnPostgres
    model: ModelServer
    storage: Path
    redis: OwnRedis | None = None
    pooler: OwnPooler | None = None
    ocr: OcrService | None = None
    clock: Clock | None = None
    workers: subprocess.Popen[bytes] | None = None
    taken: list[psycopg.Connection[Any]] = field(default_factory=list)

    def start_workers(self) -> None:
        self.workers = self.box.work(**(self.clock.environment if self.clock else {}))

    def take_connections(self) -> None:
        """All that the server still has to give, as another program of the house might."""
        with suppress(psycopg.OperationalError):
            while True:
                self.taken.append(psycopg.connect(self.postgres.url))

    def give_connections_back(self) -> None:
        while self.taken:
            self.taken.pop().close()


@dataclass
class Load:
    """Uploads, one after the other, each another document, as a careful client sends them: under a key of idempotency,
    and again where the answer was to come back or there was none."""

    site: Site
    every: float = EVERY_SECONDS
    first: int = 0
    accepted: set[int] = field(default_factory=set)
    answers: Counter[int] = field(default_factory=Counter)
    slowest_seconds: float = 0.0
    last_refused: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        run = uuid.uuid4().hex
        for number in itertools.count(self.first):
            while not self._stop.is_set() and not self._sent(number, f"{run}-{number}"):
                self._stop.wait(self.every)
            if self._stop.wait(self.every):
                return

    def _sent(self, number: int, key: str) -> bool:
        began = time.monotonic()
        headers = {"Authorization": f"Bearer {self.site.key}", "Idempotency-Key": key}
        try:
            answer = requests.post(
                f"{self.site.web.url}/api/v1/documents/", headers=headers, files=self._file(number), timeout=60
            )
        except requests.RequestException:
            status = 0
        else:
            status = answer.status_code
            # Of a killed process the key is held for two minutes: the answer asks to come back, too.
            if status == 409 and "Retry-After" in answer.headers:
                status = 503
        self.answers[status] += 1
        self.slowest_seconds = max(self.slowest_seconds, time.monotonic() - began)
        if status == 202:
            self.accepted.add(number)
        else:
            self.last_refused = time.monotonic()
        return status == 202

    def _file(self, number: int) -> dict[str, tuple[str, bytes]]:
        if self.site.ocr is not None:  # what follows the end of a picture belongs to no picture, and makes it another
            return {"file": ("a.png", _PIXEL + str(number).encode())}
        return {"file": ("a.txt", invoice_text(number).encode())}

    @contextmanager
    def running(self) -> Iterator[None]:
        thread = threading.Thread(target=self.run, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of its own that a file can fill; only root can have one."""
    folder.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK_MB}m,mode=0700", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(options, capture_output=True, check=False).returncode:
        pytest.skip("SKIPPED the full disk: no file system can be mounted here (it takes root)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607  # of the system


def working_clock(folder: Path) -> Clock:
    if not FAKETIME.exists():
        pytest.skip("SKIPPED the clock: libfaketime is not installed (apt-get install libfaketime)")
    return Clock(folder)


@contextmanager
def hurt_site(*, policy: str, needs: frozenset[str], scale: float) -> Iterator[Site]:
    """The site with its workers at work; ``scale`` is how much faster time passes for its back-off."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="drill-")))
        clock = working_clock(folder) if "clock" in needs else None
        redis = stack.enter_context(own_redis(folder)) if "redis" in needs else None
        disk = stack.enter_context(small_disk(folder / "disk")) if "disk" in needs else None
        postgres = stack.enter_context(own_postgres())
        if "few_connections" in needs:
            _allow(postgres, connections=FEW_CONNECTIONS)
        pooler = stack.enter_context(own_pooler(folder, postgres)) if "pooler" in needs else None
        model = stack.enter_context(ModelServer())
        ocr = OcrService() if "ocr" in needs else None
        environment = {
            "DATABASE_URL": postgres.url,
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": "none",
            "LLM_MODEL": "gpt-4o-mini",
            "EXTRACTION_POLICY": policy,
            "BACKOFF_SCALE": f"{1 / scale:.4f}",
            "UPLOAD_QUOTA_DOCUMENTS": "0",
        }
        if redis is not None:
            environment["REDIS_URL"] = redis.url
        if pooler is not None:
            environment |= pooler.environment
        if ocr is not None:
            environment |= {"OCR_ENGINE": "docling", "DOCLING_URL": stack.enter_context(serving(ocr.answer)).url}
        box = stack.enter_context(machine(delay_seconds=None, database="none", **environment))
        if disk is not None:
            (disk / "storage").mkdir()
            box.environment |= {"STORAGE_URL": (disk / "storage").as_uri(), "TEMPORARY_DIRECTORY": str(disk / "tmp")}
        _, key = create_api_key(owner=person("ann", Role.OPERATOR), name="load", scopes=[Scope.READ, Scope.SUBMIT])
        web = Web(box)
        web.start()
        storage = Path(box.environment["STORAGE_URL"].removeprefix("file://"))
        site = Site(key, box, web, postgres, model, storage, redis, pooler, ocr, clock)
        site.start_workers()
        wait_until("workers", WorkerHeartbeat.objects.exists, seconds=300)
        yield site


def _allow(postgres: OwnPostgres, *, connections: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SYSTEM SET max_connections = {connections:d}")
    connection.close()
    postgres.stop()
    postgres.start()
