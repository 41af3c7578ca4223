"""A whole site for browser tests: web and worker as programs of their own, a database and a storage of their own, and a
real OpenID provider in the place of Google."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from oidc_provider_mock import User as Person
from oidc_provider_mock import run_server_in_thread

from invoicesite.database import embedded_url
from processing.queueing import INTERACTIVE
from tests.databases import made_database

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
STOP_SECONDS = 15
DOMAIN = "acme.example"
# Who has an account at the provider. The domain of an organisation is what Google calls ``hd``.
PEOPLE = [
    Person(
        sub="1001",
        claims={"email": "ann@acme.example", "email_verified": True, "name": "Ann Smith", "hd": DOMAIN},
    ),
    Person(
        sub="1002",
        claims={"email": "eve@other.example", "email_verified": True, "name": "Eve Adams", "hd": "other.example"},
    ),
]


@dataclass(frozen=True, slots=True)
class LiveSite:
    """``url`` without a slash at its end; ``log`` is where web and worker write."""

    url: str
    provider: str
    database: str
    storage: Path
    log: Path

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc


@contextmanager
def live_site(folder: Path) -> Iterator[LiveSite]:
    """Web and worker over an empty database, ended with all their children. Files are kept in ``folder``."""
    port, log = _free_port(), folder / "site.log"
    url = f"http://127.0.0.1:{port}"
    with (
        made_database("test_browser") as database,
        run_server_in_thread(user_claims=PEOPLE) as provider,
        log.open("wb") as output,
    ):
        site = LiveSite(url, f"http://localhost:{provider.server_port}", database, folder / "storage", log)
        environment = {
            **os.environ,
            "DATABASE_URL": url_of(database),
            "STORAGE_URL": site.storage.as_uri(),
            "DJANGO_SETTINGS_MODULE": "invoicesite.settings",
            "GOOGLE_OAUTH2_KEY": "browser-tests",
            "GOOGLE_OAUTH2_SECRET": "browser-tests-secret",
            "GOOGLE_ALLOWED_DOMAINS": DOMAIN,
            "GOOGLE_OIDC_ISSUER": site.provider,
            "SIGN_IN_ROLE": "operator",
            "EXTRACTION_POLICY": "rules",
            "LOG_LEVEL": "WARNING",
        }
        for name in ("DJANGO_ALLOWED_HOSTS", "DJANGO_DEBUG", "REDIS_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"):
            environment.pop(name, None)
        programs = [
            ["-m", "uvicorn", "invoicesite.asgi:application", "--port", str(port), "--lifespan", "off"],
            ["manage.py", "work", "--only", INTERACTIVE],
        ]
        running = [
            subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
            for arguments in programs
        ]
        try:
            _wait_for(f"{url}/api/health/", running, log)
            yield site
        finally:
            _end(running)


def url_of(database: str) -> str:
    given = os.environ.get("DATABASE_URL")
    return urlsplit(given)._replace(path=f"/{database}").geturl() if given else embedded_url(database)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, programs: list[subprocess.Popen[bytes]], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if any(program.poll() is not None for program in programs):
            break
        with suppress(OSError), urllib.request.urlopen(url, timeout=2):  # noqa: S310  # our own address
            return
        time.sleep(0.2)
    raise RuntimeError(f"The site did not start:\n{log.read_text()[-3000:]}")


def _end(programs: list[subprocess.Popen[bytes]]) -> None:
    for program in programs:
        program.terminate()
    for program in programs:
        with suppress(subprocess.TimeoutExpired):
            program.wait(timeout=STOP_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
