"""A Redis server of a test's own, to be stopped and started again."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import redis

from benchmarks.machine import wait_until


class OwnRedis:
    """A server on one port, to be stopped and started again; it forgets what it held."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self._program: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._program = subprocess.Popen(
            ["redis-server", "--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
        )
        wait_until("Redis", self._answers, seconds=10, every=0.05)

    def stop(self) -> None:
        if self._program is not None:
            self._program.terminate()
            self._program.wait()
            self._program = None

    def _answers(self) -> bool:
        with suppress(redis.RedisError):
            return bool(redis.Redis(port=self._port).ping())
        return False


@contextmanager
def own_redis(folder: Path) -> Iterator[OwnRedis]:
    if shutil.which("redis-server") is None:
        pytest.skip("SKIPPED Redis: redis-server is not installed (apt-get install redis-server)")
    server = OwnRedis(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
