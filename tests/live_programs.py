"""The site's programs as they run in life, for tests of what happens to them."""

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
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def web_process(folder: Path, **environment: str) -> Iterator[str]:
    """The web process over what ``environment`` names; gives its address without a slash at its end."""
    port = free_port()
    url, log = f"http://127.0.0.1:{port}", folder / "web.log"
    known = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI", "AZURE", "LLM_"))}
    for name in ("DJANGO_ALLOWED_HOSTS", "DJANGO_DEBUG", "REDIS_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        known.pop(name, None)
    with log.open("wb") as output:
        program = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "invoicesite.asgi:application", "--port", str(port), "--lifespan", "off"],
            cwd=ROOT,
            env={**known, "STORAGE_URL": (folder / "storage").as_uri(), "LOG_LEVEL": "WARNING", **environment},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            with suppress(OSError), urllib.request.urlopen(f"{url}/api/health/", timeout=2):  # noqa: S310  # our own
                break
            if program.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The site did not start:\n{log.read_text()[-3000:]}")
            time.sleep(0.1)
        yield url
    finally:
        program.terminate()
        with suppress(subprocess.TimeoutExpired):
            program.wait(timeout=10)
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
