"""Memory of the web process while many large files are uploaded at once.

usage: python -m benchmarks.upload_memory [--quick] [--clients N] [--megabytes M] [--rounds R]

Starts uvicorn with the site over a scratch database. Each client uploads a file of its own, all at the same moment, in
each round. Resident memory (RSS) of the web process is read every 20 ms: before, its peak, and after the last round;
the processes that open files count apart. Flat means: far less at the peak than all files together, and no more after
the last round than after the first. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
import psutil

from benchmarks.machine import Machine, machine, print_result, wait_until

from django.contrib.auth.models import User  # isort: skip  # after machine, which sets Django up

from common.roles import Role
from tests.people import person

MEGABYTE = 1024 * 1024
HEAD = b"INVOICE\nInvoice number: 4711\nInvoice date: 2026-03-02\nTotal: 12.00 EUR\n"


@dataclass
class Meter:
    """Resident bytes of a process, and of its children together, while it looks."""

    process: psutil.Process
    peak_bytes: int = 0
    peak_children_bytes: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    def rss(self) -> int:
        return int(self.process.memory_info().rss)

    def look(self) -> None:
        self.peak_bytes = max(self.peak_bytes, self.rss())
        children = 0
        for child in self.process.children(recursive=True):
            try:
                children += int(child.memory_info().rss)
            except psutil.NoSuchProcess:
                continue
        self.peak_children_bytes = max(self.peak_children_bytes, children)

    @contextmanager
    def looking(self) -> Iterator[None]:
        def run() -> None:
            while not self._stop.wait(0.02):
                self.look()

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()


@contextmanager
def website(box: Machine) -> Iterator[tuple[str, Meter]]:
    """The address of the site, and the meter of its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    program = box.start(
        "-m", "uvicorn", "invoicesite.asgi:application", "--port", str(port), "--lifespan", "off", log="web.log"
    )

    def listening() -> bool:
        try:
            return httpx.get(f"{url}/api/health/", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    wait_until("the site", listening, seconds=60, every=0.3)
    yield url, Meter(psutil.Process(program.pid))
    box.stop(program)


def token_of(url: str, name: str) -> str:
    credentials = {"username": name, "password": f"{name}-secret-words"}
    answer = httpx.post(f"{url}/api/v1/auth/token/", json=credentials, timeout=30)
    return str(answer.raise_for_status().json()["access"])


def upload_all(url: str, token: str, *, clients: int, size_bytes: int) -> list[int]:
    """All clients at once, each a file of its own; gives the statuses."""
    filler = b"Nothing more to say.\n" * (size_bytes // 21)
    together = threading.Barrier(clients)

    def upload(number: int) -> int:
        mark = f"{number} {secrets.token_hex(8)}\n".encode()
        data = (HEAD + mark + filler)[:size_bytes]
        together.wait()
        with httpx.Client(timeout=180) as client:
            return client.post(
                f"{url}/api/v1/documents/",
                files={"file": (f"{number}.txt", data, "text/plain")},
                headers={"Authorization": f"Bearer {token}"},
            ).status_code

    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(upload, range(clients)))


def measure(
    box: Machine, *, clients: int, size_bytes: int, rounds: int, told: Callable[[str], None] = print
) -> dict[str, float]:
    """Megabytes of the web process: before, at the peak, after the first and after the last round."""
    if not User.objects.filter(username="olga").exists():
        person("olga", Role.OPERATOR)
    with website(box) as (url, meter):
        token = token_of(url, "olga")
        upload_all(url, token, clients=1, size_bytes=1000)  # what is loaded with the first document
        before, after = meter.rss(), []
        began = time.monotonic()
        with meter.looking():
            for number in range(rounds):
                statuses = upload_all(url, token, clients=clients, size_bytes=size_bytes)
                assert set(statuses) == {202}, statuses
                after.append(meter.rss())
                told(f"round {number + 1}: {after[-1] / MEGABYTE:.0f} MB after it")
        seconds = time.monotonic() - began
    return {
        "before_mb": round(before / MEGABYTE, 1),
        "peak_mb": round(meter.peak_bytes / MEGABYTE, 1),
        "after_first_round_mb": round(after[0] / MEGABYTE, 1),
        "after_last_round_mb": round(after[-1] / MEGABYTE, 1),
        "peak_readers_mb": round(meter.peak_children_bytes / MEGABYTE, 1),
        "uploads_per_second": round(clients * rounds / seconds, 2),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="two rounds")
    parser.add_argument("--clients", type=int, default=25)
    parser.add_argument("--megabytes", type=float, default=9.9)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    rounds = 2 if options.quick else options.rounds
    size_bytes = int(options.megabytes * MEGABYTE)
    with machine(delay_seconds=None) as box:
        figures = measure(box, clients=options.clients, size_bytes=size_bytes, rounds=rounds)
    for name, value in figures.items():
        print(f"{name:<24}{value:>10}")
    print_result(clients=options.clients, megabytes=options.megabytes, rounds=rounds, **figures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
