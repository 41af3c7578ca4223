"""A worker machine for measuring: a scratch database, a storage, a model's server and `manage.py work`, each real."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
import psutil

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "invoicesite.settings")
django.setup()
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from invoicesite.database import embedded_url  # noqa: E402
from invoicesite.storage import document_storage  # noqa: E402
from processing.workers.lifeline import die_with_parent  # noqa: E402
from tests.databases import own_database  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Machine:
    """``environment`` is what the programs run with; ``folder`` is scratch space; ``root`` the checkout that runs."""

    folder: Path
    environment: dict[str, str]
    root: Path = ROOT
    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *arguments: str, log: str, **environment: str) -> subprocess.Popen[bytes]:
        """A program in a process group of its own; what it says goes to a file of that name."""
        with (self.folder / log).open("ab") as output:
            program = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=self.root,
                env={**self.environment, **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,  # also where this process is killed
            )
        self.programs.append(program)
        return program

    def work(self, **environment: str) -> subprocess.Popen[bytes]:
        return self.start("manage.py", "work", log="work.log", **environment)

    def stop(self, program: subprocess.Popen[bytes], *, seconds: float = 40) -> float:
        """SIGTERM, and SIGKILL to what is left after ``seconds``; gives how long it took."""
        began = time.monotonic()
        family = _family(program.pid)
        with suppress(ProcessLookupError):
            program.terminate()
        with suppress(subprocess.TimeoutExpired):
            program.wait(seconds)
        took = time.monotonic() - began
        for process in family:
            with suppress(psutil.Error):
                process.kill()
        program.wait()
        return took


def _family(pid: int) -> list[psutil.Process]:
    try:
        head = psutil.Process(pid)
        return [head, *head.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def url_of(database: str) -> str:
    """The address of a database on the server that this process uses."""
    given = os.environ.get("DATABASE_URL")
    return urlsplit(given)._replace(path=f"/{database}").geturl() if given else embedded_url(database)


@contextmanager
def machine(*, delay_seconds: float | None = 4.0, database: str | None = None, **environment: str) -> Iterator[Machine]:
    """Everything but the workers; this process, too, uses the scratch database, a fresh one unless it is named.
    Without ``delay_seconds`` there is no model."""
    fresh = own_database() if database is None else nullcontext(database)
    with fresh as database, tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        (folder / "storage").mkdir()
        base = {
            **{
                key: value
                for key, value in os.environ.items()
                if not key.startswith(("OPENAI", "AZURE_OPENAI", "LLM_"))
            },
            "DATABASE_URL": url_of(database),
            "STORAGE_URL": (folder / "storage").as_uri(),
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "WARNING",
            **environment,
        }
        box = Machine(folder, base)
        try:
            if delay_seconds is not None:
                box.environment |= _model_server(box, delay_seconds)
            yield box
        finally:
            for program in reversed(box.programs):
                box.stop(program, seconds=25)
            connection.close()


def _model_server(box: Machine, delay_seconds: float) -> dict[str, str]:
    program = box.start("-m", "tests.model_server", "--delay-seconds", str(delay_seconds), log="model.log")
    said = box.folder / "model.log"
    while not said.read_text().endswith("\n"):
        assert program.poll() is None, said.read_text()
        time.sleep(0.05)
    said_json: dict[str, Any] = json.loads(said.read_text().splitlines()[-1])
    return {"OPENAI_BASE_URL": said_json["url"], "OPENAI_API_KEY": "none", "LLM_MODEL": "gpt-4o-mini"}


def use_storage_of(box: Machine) -> None:
    """This process stores where the machine's programs read."""
    settings.STORAGES = {**settings.STORAGES, "default": document_storage(box.environment["STORAGE_URL"])}


class CpuMeter:
    """CPU seconds of the machine's programs, all below them, and the database's processes for it; ``look`` often."""

    def __init__(self, box: Machine) -> None:
        self.box = box
        self._seen: dict[tuple[int, float], tuple[str, float]] = {}
        self._before: dict[tuple[int, float], float] = {}
        self.look()
        self._before = {key: seconds for key, (_, seconds) in self._seen.items()}

    def look(self) -> dict[str, float]:
        """Seconds since the start by kind of program."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
            backends = [psutil.Process(pid) for (pid,) in cursor.fetchall() if psutil.pid_exists(pid)]
        families = [process for program in self.box.programs for process in _family(program.pid)]
        for process in [*backends, *families]:
            with suppress(psutil.Error):
                times, command = process.cpu_times(), " ".join(process.cmdline())
                kind = next((kind for word, kind in _KINDS.items() if word in command), "other")
                self._seen[process.pid, process.create_time()] = (kind, times.user + times.system)
        sums: dict[str, float] = {}
        for key, (kind, seconds) in self._seen.items():
            sums[kind] = sums.get(kind, 0.0) + seconds - self._before.get(key, 0.0)
        return sums


_KINDS = {
    "postgres": "database",
    "model_server": "model",
    "sandbox_worker": "readers",
    "qcluster": "workers",
    "import_": "workers",
}


def wait_until(what: str, condition: Any, *, seconds: float, every: float = 0.5) -> float:
    """Seconds until ``condition()`` holds; raises AssertionError after ``seconds``."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, f"{what}: not within {seconds:g} seconds"
        time.sleep(every)
    return time.monotonic() - began


def signal_group(program: subprocess.Popen[bytes], number: int = signal.SIGKILL) -> None:
    with suppress(ProcessLookupError):
        os.killpg(program.pid, number)


def print_result(**figures: Any) -> None:
    """The last line of a benchmark."""
    print(json.dumps(figures, default=float))
