"""The commands of the compose file, started as the image's user in the image's tree, and asked."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import socketserver
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.db import connection

from deploy.checks.compose import FILE, commands
from deploy.checks.product import DEPLOY
from tests.databases import made_database
from tests.deploy import image_tree
from tests.live_programs import START_SECONDS

COMMANDS = commands(FILE.read_text())
needs_tree = pytest.mark.skipif(not image_tree.can_be_made(), reason="mounts of one's own need root and unshare")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def database_by_tcp() -> Iterator[str]:
    """The address of a migrated database: the server's own socket is its owner's alone."""
    with made_database("test_services") as name:
        given = connection.settings_dict
        host, user = str(given["HOST"]), str(given["USER"])
        directory = host if host.startswith("/") else ""

        class Forward(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with socket.socket(socket.AF_UNIX) as server:
                    server.connect(f"{directory}/.s.PGSQL.5432")
                    answers = threading.Thread(target=copy, args=(server, self.request), daemon=True)
                    answers.start()
                    copy(self.request, server)

        def copy(source: socket.socket, target: socket.socket) -> None:
            with suppress(OSError):
                while data := source.recv(65536):
                    target.sendall(data)
                target.shutdown(socket.SHUT_WR)

        if not directory:
            yield f"postgresql://{user}:{given['PASSWORD']}@{host}:{given['PORT'] or 5432}/{name}"
            return
        socketserver.ThreadingTCPServer.daemon_threads = True
        with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Forward) as server:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            try:
                yield f"postgresql://{user}@127.0.0.1:{server.server_address[1]}/{name}"
            finally:
                server.shutdown()


def answer_of(url: str, program: subprocess.Popen[bytes], log: Path) -> bytes:
    """What a program says at an address, once it says anything with 200."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and program.poll() is None:
        with suppress(OSError), urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310  # our own
            found: bytes = reply.read()
            return found
        time.sleep(0.2)
    raise AssertionError(f"{url} did not answer:\n{log.read_text()[-3000:]}")


@contextmanager
def running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    program = image_tree.started(command, environment, log)
    try:
        yield program
    finally:
        program.terminate()
        with suppress(subprocess.TimeoutExpired):
            program.wait(timeout=30)
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()


@needs_tree
@pytest.mark.django_db
@pytest.mark.timeout(240)
def test_web_worker_and_migration_run_as_nobody_with_a_root_that_cannot_be_written(tmp_path: Path) -> None:
    port = free_port()
    with database_by_tcp() as url:
        environment = {
            "DATABASE_URL": url,
            "DJANGO_SECRET_KEY": "s" * 60,
            "DJANGO_ALLOWED_HOSTS": "localhost",
            "STORAGE_URL": f"file://{image_tree.HOME}/var/storage",
            "HEALTH_TOKEN": "shown",
        }
        migrate = image_tree.started(COMMANDS["migrate"], environment, tmp_path / "migrate.log")
        assert migrate.wait(timeout=120) == 0, (tmp_path / "migrate.log").read_text()[-3000:]
        web = [str(port) if part == "8000" else part for part in COMMANDS["web"]]
        logs = {name: tmp_path / f"{name}.log" for name in ("web", "worker")}
        with (
            running(COMMANDS["worker"], environment, logs["worker"]) as worker,
            running(web, {**environment, "WEB_CONCURRENCY": "1"}, logs["web"]) as site,
        ):
            assert json.loads(answer_of(f"http://127.0.0.1:{port}/api/health/ready/", site, logs["web"])) == {
                "status": "ok"
            }
            status = Path(f"/proc/{site.pid}/status").read_text()
            assert f"Uid:\t{image_tree.USER}\t{image_tree.USER}" in status
            assert "CapEff:\t0000000000000000" in status
            root = next(
                line for line in Path(f"/proc/{site.pid}/mounts").read_text().splitlines() if line.split()[1] == "/"
            )
            assert "ro" in root.split()[3].split(",")
            deadline = time.monotonic() + START_SECONDS
            while b'invoicesite_workers{lane="batch"} 0.0' in (
                metrics := answer_of(f"http://127.0.0.1:{port}/metrics", site, logs["web"])
            ):
                assert worker.poll() is None, logs["worker"].read_text()[-3000:]
                assert time.monotonic() < deadline, logs["worker"].read_text()[-3000:]
                time.sleep(1)
            assert b'invoicesite_workers{lane="batch"} 1.0' in metrics
        assert worker.returncode == 0, logs["worker"].read_text()[-3000:]


@pytest.mark.skipif(shutil.which("prometheus") is None, reason="prometheus is not installed")
def test_prometheus_takes_the_configuration_and_the_rules_as_the_compose_file_starts_it(tmp_path: Path) -> None:
    port = free_port()
    config = (DEPLOY / "monitoring" / "prometheus.yml").read_text()
    rules = DEPLOY / "helm" / "invoicesite" / "files" / "rules.yml"
    (tmp_path / "prometheus.yml").write_text(config.replace("/etc/prometheus/rules.yml", str(rules)))
    places = {
        "/etc/prometheus/prometheus.yml": str(tmp_path / "prometheus.yml"),
        "=/prometheus": f"={tmp_path}/data",
        ":9090": f"127.0.0.1:{port}",
    }
    command = ["prometheus", *COMMANDS["prometheus"]]
    for ours, here in places.items():
        command = [part.replace(ours, here) for part in command]
    log = tmp_path / "prometheus.log"
    with log.open("wb") as output:
        program = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        answer_of(f"http://127.0.0.1:{port}/-/ready", program, log)
        groups = json.loads(answer_of(f"http://127.0.0.1:{port}/api/v1/rules", program, log))["data"]["groups"]
    finally:
        program.terminate()
        program.wait(timeout=20)
    names = {rule["name"] for group in groups for rule in group["rules"]}
    assert {"QueueOld", "ErrorBudgetFast", "BudgetUsedUp"} <= names
