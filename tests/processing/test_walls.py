"""A document that takes its reader over finds no file, no network and no other program: tried from the process that
reads, started as the product starts it, with a reader that does what the document wants."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from processing.checks import check_walls
from processing.readers.limits import DEFAULT_LIMITS
from processing.sandbox import calls, walls, wire

ROOT = Path(__file__).resolve().parents[2]
TAKEN_OVER = """
import ctypes, json, os, socket, subprocess, sys, threading
from common.errors import InvoicesiteError
from processing.sandbox import worker

def tried(what):
    try:
        what()
    except OSError as error:
        return type(error).__name__
    except BaseException as error:
        return "other " + repr(error)
    return "done"

def thread():
    started = threading.Thread(target=lambda: None)
    started.start()
    started.join()

def evil(data, media_type, **_):
    target = json.loads(data)
    def sent():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            udp.sendto(b"x", ("127.0.0.1", 9))
    ways = {
        "reads a file of the site": lambda: open(target["secret"]).read(),
        "reads passwd": lambda: open("/etc/passwd").read(),
        "reads another process": lambda: open(f"/proc/{os.getppid()}/environ").read(),
        "lists the site": lambda: os.listdir(target["folder"]),
        "writes a file": lambda: open(target["folder"] + "/new", "w"),
        "writes to tmp": lambda: open("/tmp/invoicesite-walls", "w"),
        "deletes a file": lambda: os.unlink(target["secret"]),
        "connects": lambda: socket.create_connection(("127.0.0.1", target["port"]), timeout=1),
        "sends a datagram": sent,
        "opens a unix socket": lambda: socket.socket(socket.AF_UNIX).connect(target["folder"] + "/s"),
        "listens": lambda: socket.create_server(("127.0.0.1", 0)),
        "starts a program": lambda: subprocess.run(["/bin/true"]),
        "forks": lambda: os.fork() or os._exit(0),
        "kills its parent": lambda: os.kill(os.getppid(), 0),
        "reads its own code": lambda: open(worker.__file__).read(),
        "starts a thread": thread,
        "imports a library": lambda: __import__("xlsxwriter"),
    }
    raise InvoicesiteError(json.dumps({name: tried(way) for name, way in ways.items()}))

worker.read_content = evil
worker.main(int(sys.argv[1]), 20.0)
"""
ALLOWED = {"reads its own code", "starts a thread", "imports a library"}


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of each attempt."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "secret_key").write_text("a secret")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        target = {"secret": str(folder / "secret_key"), "folder": str(folder), "port": listening.getsockname()[1]}
        ours, theirs = socket.socketpair()
        with ours, theirs:
            process = subprocess.Popen(
                [sys.executable, "-c", TAKEN_OVER, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )
            request = {
                "operation": "read",
                "media_type": "text/plain",
                "limits": asdict(DEFAULT_LIMITS),
                "include_hidden": False,
                "timeout_seconds": 20,
                "memory_mb": 512,
            }
            wire.send(ours, request, json.dumps(target).encode())
            answer, _ = wire.receive(ours, max_bytes=100_000, deadline=time.monotonic() + 60)
            process.kill()
            process.wait()
    assert answer["walls"] == ["landlock", "seccomp"]
    told: dict[str, str] = json.loads(answer["message"])
    return told


def test_nothing_outside_is_reached_from_the_process_that_reads(tried: dict[str, str]) -> None:
    assert {name for name, end in tried.items() if end == "done"} == ALLOWED
    assert {end for name, end in tried.items() if name not in ALLOWED} == {"PermissionError"}


def test_the_products_own_readers_stand_behind_both_walls() -> None:
    request = {"operation": "probe", "media_type": "text/plain", "limits": asdict(DEFAULT_LIMITS)}
    answer, _ = calls._ask("reader", request, b"x", 20, 512)
    assert answer["walls"] == ["landlock", "seccomp"]


def test_a_machine_without_walls_is_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_walls(None) == []
    monkeypatch.setattr(walls, "walls_offered", lambda: ["seccomp"])
    (message,) = check_walls(None)
    assert message.id == "processing.W001"
    assert "Landlock" in message.msg
