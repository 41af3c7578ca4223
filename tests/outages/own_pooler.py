"""PgBouncer in transaction mode before a test's own PostgreSQL, to be stopped and started again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from benchmarks.machine import wait_until
from invoicesite.embedded_postgres import DATABASE, ROLE
from invoicesite.postgres_programs import choose_owner
from tests.own_postgres import OwnPostgres

SERVER_CONNECTIONS = 8
CONFIGURATION = """[databases]
{database} = host={sockets} dbname={database} user={role}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
max_client_conn = 400
default_pool_size = {size}
server_login_retry = 1
"""


class OwnPooler:
    """``environment`` is what the site's programs need to work behind it."""

    def __init__(self, folder: Path, postgres: OwnPostgres) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        self._url = f"postgresql://{ROLE}@127.0.0.1:{port}/{DATABASE}"
        self._folder = folder / "pooler"
        self._folder.mkdir(mode=0o755)
        folder.chmod(0o755)  # PgBouncer runs as another user where this is root
        self._file = self._folder / "pgbouncer.ini"
        self._file.write_text(
            CONFIGURATION.format(
                database=DATABASE,
                role=ROLE,
                sockets=postgres.server.socket_directory,
                port=port,
                size=SERVER_CONNECTIONS,
            )
        )
        owner = choose_owner(postgres.server.data_directory)
        # As PostgreSQL itself: neither runs as root.
        self._identity: dict[str, Any] = {"user": owner.pw_uid, "group": owner.pw_gid} if os.geteuid() == 0 else {}
        self._program: subprocess.Popen[bytes] | None = None
        self.environment = {
            "DATABASE_URL": self._url,
            "DATABASE_POOLER": "transaction",
            "DATABASE_DIRECT_URL": postgres.url,
        }

    def start(self) -> None:
        with (self._folder / "log").open("ab") as log:
            self._program = subprocess.Popen(
                [_program(), "--quiet", str(self._file)],
                stdout=log,
                stderr=log,
                **self._identity,
            )
        wait_until("PgBouncer", self._answers, seconds=10, every=0.05)

    def stop(self) -> None:
        if self._program is not None:
            self._program.kill()
            self._program.wait()
            self._program = None

    def _answers(self) -> bool:
        with suppress(psycopg.Error), psycopg.connect(self._url, connect_timeout=1) as session:
            return session.execute("SELECT 1").fetchone() == (1,)
        return False


def _program() -> str:
    return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin") or ""


@contextmanager
def own_pooler(folder: Path, postgres: OwnPostgres) -> Iterator[OwnPooler]:
    if not _program():
        pytest.skip("SKIPPED PgBouncer: it is not installed (apt-get install pgbouncer)")
    server = OwnPooler(folder, postgres)
    try:
        server.start()
        yield server
    finally:
        server.stop()
