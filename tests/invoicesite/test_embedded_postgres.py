"""Real servers in directories of their own. Commands run in other processes, as they do in life."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg
import pytest

from invoicesite.embedded_postgres import EmbeddedServer
from invoicesite.postgres_programs import OUTSIDE, ServerError

ENSURE = """
import sys
from pathlib import Path
from invoicesite.embedded_postgres import EmbeddedServer
print(EmbeddedServer(Path(sys.argv[1])).ensure_running())
"""

HOLD = """
import sys, time
import psycopg
connection = psycopg.connect(sys.argv[1])
connection.execute("SELECT 1")
print("holding", flush=True)
time.sleep(60)
"""


def remove(server: EmbeddedServer) -> None:
    data = server.data_directory
    if data.exists():
        server.stop()
    if OUTSIDE in data.parents:
        shutil.rmtree(data.parent)


@pytest.fixture
def home() -> Iterator[Path]:
    """A directory that other users can reach, unlike pytest's own."""
    base = Path(tempfile.mkdtemp(prefix="pg"))
    base.chmod(0o755)
    home = base / "checkout" / "var" / "postgres"
    yield home
    remove(EmbeddedServer(home))
    shutil.rmtree(base)


def connect(server: EmbeddedServer) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(host=str(server.socket_directory), user="invoicesite", dbname="invoicesite", autocommit=True)


def ensure_in_another_process(home: Path) -> str:
    done = subprocess.run([sys.executable, "-c", ENSURE, str(home)], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def postmaster_pid(server: EmbeddedServer) -> int:
    return int((server.data_directory / "postmaster.pid").read_text().split("\n")[0])


def test_eight_processes_at_once_start_one_server_which_outlives_them(home: Path) -> None:
    server = EmbeddedServer(home)
    with ThreadPoolExecutor(8) as pool:
        directories = set(pool.map(ensure_in_another_process, [home] * 8))
    assert directories == {str(server.socket_directory)}
    with connect(server) as connection:
        row = connection.execute("SELECT version(), current_setting('max_connections')::int").fetchone()
    assert row is not None
    version, max_connections = row
    assert str(version).startswith("PostgreSQL 18.")
    assert max_connections == 200


def test_committed_rows_survive_a_kill_of_the_server_and_it_starts_again_on_demand(home: Path) -> None:
    server = EmbeddedServer(home)
    server.ensure_running()
    with connect(server) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (7)")
    busy = connect(server)
    killed = postmaster_pid(server)
    os.kill(killed, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(killed)] if psutil.pid_exists(killed) else [], timeout=5)
    assert not server.is_running()

    ensure_in_another_process(home)

    assert postmaster_pid(server) != killed
    with connect(server) as connection:
        assert connection.execute("SELECT n FROM kept").fetchall() == [(7,)]
    busy.close()


def test_a_kill_of_a_client_leaves_the_server_and_its_neighbours_alone(home: Path) -> None:
    server = EmbeddedServer(home)
    server.ensure_running()
    address = f"host={server.socket_directory} user=invoicesite dbname=invoicesite"
    with connect(server) as neighbour:
        client = subprocess.Popen([sys.executable, "-c", HOLD, address], stdout=subprocess.PIPE)
        assert client.stdout is not None
        client.stdout.readline()
        client.kill()
        client.wait()
        assert neighbour.execute("SELECT 1").fetchone() == (1,)
    assert server.is_running()


def test_a_process_id_left_from_before_a_reboot_does_not_stop_the_start(home: Path) -> None:
    server = EmbeddedServer(home)
    server.ensure_running()
    files = [server.data_directory / name for name in ("postmaster.pid", ".s.PGSQL.5432.lock")]
    left = {file: file.read_text() for file in files}
    server.stop()
    # The id now belongs to another program of the server's user.
    owner = server.data_directory.stat().st_uid
    other = subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None)
    for file, text in left.items():
        file.write_text(text.replace(text.split("\n")[0], str(other.pid), 1))
        os.chown(file, owner, -1)
    try:
        assert not server.is_running()
        server.ensure_running()
    finally:
        other.kill()
        other.wait()
    with connect(server) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_stop_ends_the_server_and_says_whether_there_was_one(home: Path) -> None:
    server = EmbeddedServer(home)
    server.ensure_running()
    assert server.stop() is True
    assert not server.is_running()
    assert server.stop() is False


def test_two_checkouts_have_servers_that_do_not_see_each_other(home: Path) -> None:
    first, second = EmbeddedServer(home), EmbeddedServer(home.parent / "other")
    first.ensure_running()
    second.ensure_running()
    try:
        with connect(first) as connection:
            connection.execute("CREATE TABLE only_here ()")
        with connect(second) as connection:
            assert connection.execute("SELECT to_regclass('only_here')").fetchone() == (None,)
        first.stop()
        assert second.is_running()
    finally:
        remove(second)


def test_a_path_too_long_for_a_socket_gets_a_short_private_socket_directory(home: Path) -> None:
    server = EmbeddedServer(home / ("long" * 30))
    server.ensure_running()
    try:
        assert server.socket_directory.parent == Path("/tmp")
        assert server.socket_directory.stat().st_mode & 0o077 == 0
        with connect(server) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        remove(server)
        shutil.rmtree(server.socket_directory)


def test_a_socket_directory_that_somebody_else_made_is_refused(home: Path) -> None:
    server = EmbeddedServer(home / ("long" * 30))
    server.socket_directory.mkdir(mode=0o777)
    server.socket_directory.chmod(0o777)
    try:
        with pytest.raises(ServerError, match="made by somebody else"):
            server.ensure_running()
    finally:
        shutil.rmtree(server.socket_directory)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user for the server")
def test_root_keeps_the_data_outside_a_checkout_that_the_system_user_cannot_reach(home: Path) -> None:
    closed = home.parents[2] / "checkout"
    closed.mkdir(mode=0o700)
    server = EmbeddedServer(home)
    server.ensure_running()
    assert (home / "data").is_symlink()
    assert OUTSIDE in server.data_directory.parents
    with connect(server) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_what_the_server_said_is_told_when_it_cannot_start(home: Path) -> None:
    server = EmbeddedServer(home)
    server.ensure_running()
    server.stop()
    with (server.data_directory / "postgresql.conf").open("a") as configuration:
        configuration.write("no_such_setting = 1\n")
    with pytest.raises(ServerError, match="no_such_setting"):
        server.ensure_running()
