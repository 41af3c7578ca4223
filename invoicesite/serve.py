"""`make serve`: web and worker of one checkout, with a demo account, in the foreground until Ctrl-C.

For a local machine. A deployment runs the same two programs under a supervisor of its own.
"""

import argparse
import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from types import FrameType

import django
from django.core.management import call_command

from processing.workers.lifeline import die_with_parent

_ROOT = Path(__file__).resolve().parent.parent
_DEMO_USER = "demo"
_STOP_TIMEOUT_SECONDS = 30  # the worker has a bound of its own, below this one


def main() -> int:
    """Migrate, make the demo account, then run web and worker until one of them ends or a signal comes."""
    parser = argparse.ArgumentParser(prog="make serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    if not _is_free(options.host, options.port):
        print(f"Port {options.port} is in use by another program. Choose one: make serve PORT=8001", file=sys.stderr)
        return 1

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "invoicesite.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    password = ensure_demo_account()

    # A signal that comes while a child is being started must not leave that child behind.
    stopping = _Signals()
    children = {
        "web": _spawn(
            *("-m", "uvicorn", "invoicesite.asgi:application", "--host", options.host, "--port", str(options.port)),
            *("--lifespan", "off", "--log-level", "warning", "--timeout-graceful-shutdown", "5"),
        ),
        "worker": _spawn("manage.py", "work"),
    }
    print(f"http://localhost:{options.port}  user: {_DEMO_USER}  password: {password}  (Ctrl-C stops)", flush=True)
    status = 0
    while not stopping.came:
        ended = [name for name, child in children.items() if child.poll() is not None]
        if ended:
            status = 1
            print(f"The {ended[0]} ended with status {children[ended[0]].returncode}; stopping.", file=sys.stderr)
            break
        time.sleep(0.2)
    _stop(list(children.values()))
    return status


def ensure_demo_account() -> str:
    """Make the account `demo`, who may do everything; returns its password, which stays the same for a checkout."""
    from django.conf import settings
    from django.contrib.auth.models import User

    kept = Path(settings.VAR_DIR) / "demo_password"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(9))
    password = kept.read_text()
    user, _ = User.objects.get_or_create(username=_DEMO_USER, defaults={"is_staff": True, "is_superuser": True})
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    return password


class _Signals:
    """Notes the signals that ask for an end."""

    def __init__(self) -> None:
        self.came = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.came = True


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _spawn(*arguments: str) -> "subprocess.Popen[bytes]":
    # A session of its own: Ctrl-C reaches this process alone, which then ends each family in order.
    # Where this process is killed without a chance to end them, the kernel does.
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=_ROOT,
        start_new_session=True,
        preexec_fn=partial(die_with_parent, signal.SIGTERM),
    )


def _stop(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + _STOP_TIMEOUT_SECONDS
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
    for child in children:
        # Whatever is left of a family, also where its head died and left workers behind.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


if __name__ == "__main__":
    raise SystemExit(main())
