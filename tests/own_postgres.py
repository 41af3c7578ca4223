"""A PostgreSQL server of a test's own, to be stopped, killed and started again while the site runs on it."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
from django.db import connection

from invoicesite.embedded_postgres import DATABASE, ROLE, EmbeddedServer
from invoicesite.postgres_programs import OUTSIDE, choose_owner, run_program
from tests.databases import made_database


@dataclass(frozen=True, slots=True)
class OwnPostgres:
    server: EmbeddedServer

    @property
    def url(self) -> str:
        """For ``DATABASE_URL``: the program that gets it does not start the server by itself."""
        return f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(self.server.socket_directory), safe='/')}"

    def start(self) -> None:
        self.server.ensure_running()

    def stop(self) -> None:
        """In order; open transactions are rolled back."""
        self.server.stop()

    def kill(self) -> None:
        """With SIGKILL, as a power cut does."""
        head = psutil.Process(int((self.server.data_directory / "postmaster.pid").read_text().split("\n", 1)[0]))
        family = [head, *head.children(recursive=True)]
        for process in family:
            process.send_signal(signal.SIGKILL)
        psutil.wait_procs(family, timeout=10)


@contextmanager
def own_postgres(*, migrated: bool = True) -> Iterator[OwnPostgres]:
    """A server with a migrated database, or an empty one, which Django of this process works on, too."""
    base = Path(tempfile.mkdtemp(prefix="pg"))
    base.chmod(0o755)  # root's system user has to reach it
    server = EmbeddedServer(base / "checkout" / "var" / "postgres")
    try:
        server.ensure_running()
        if migrated:
            with made_database("test_outage") as name:
                dump = _run("pg_dump", "--dbname", _shared_url(name), "--no-owner")
            _run("psql", "--quiet", "--dbname", OwnPostgres(server).url, "-v", "ON_ERROR_STOP=1", stdin=dump)
        with django_on(server):
            yield OwnPostgres(server)
    finally:
        data = server.data_directory
        if data.exists():
            server.stop()
        if OUTSIDE in data.parents:
            shutil.rmtree(data.parent)
        shutil.rmtree(base)


@contextmanager
def django_on(server: EmbeddedServer) -> Iterator[None]:
    """Django of this process works on that server's database meanwhile."""
    own = {"HOST": str(server.socket_directory), "PORT": "", "NAME": DATABASE, "USER": ROLE, "EMBEDDED": False}
    before = {name: connection.settings_dict.get(name) for name in own}
    connection.close()
    connection.settings_dict.update(own)  # type: ignore[typeddict-item]
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)  # type: ignore[typeddict-item]


def _run(program: str, *arguments: str, stdin: str = "") -> str:
    return run_program(choose_owner(Path("/")), program, *arguments, stdin=stdin)


def _shared_url(name: str) -> str:
    given = os.environ.get("DATABASE_URL")
    if given:
        from benchmarks.machine import url_of

        return url_of(name)
    return f"postgresql://{connection.settings_dict['USER']}@/{name}?host={connection.settings_dict['HOST']}"
