"""The counters of several processes as one: files that each of them writes, summed for whoever scrapes.

``share_counters`` comes before ``prometheus_client`` is imported, which looks at its variable then. Files of processes
that ended are added up in one: a counter never falls, and files do not pile up.
"""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
FORGOTTEN_SECONDS = 7 * 86_400.0  # folders of machines that are gone
_OF_THE_DEAD = 0  # no process has this id


def share_counters(parent: Path, *, role: str) -> None:
    """Name the folder of this program's processes, a new one below ``parent`` for each start, unless the environment
    names one. Where none can be made, or the client of Prometheus has looked already, each process counts for
    itself."""
    if os.environ.get(VARIABLE) or "prometheus_client" in sys.modules:
        return
    head = multiprocessing.parent_process()
    host = socket.gethostname()
    folder = parent / f"{host}-{role}-{os.getpid() if head is None else head.pid}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            return
        _remove_old(parent, keep=folder, host=host)
    except OSError:
        return
    os.environ[VARIABLE] = str(folder)


def shared_folder() -> Path | None:
    """Where the processes of this program count; None where this one counts alone."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


@contextmanager
def settled(folder: Path) -> Iterator[None]:
    """The files of the dead are added up, and nobody else does so inside the block."""
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _bury(folder)
        yield


def _bury(folder: Path) -> None:
    from prometheus_client.mmap_dict import MmapedDict  # not before ``share_counters``

    for path in folder.glob("*.db"):
        kind, _, number = path.stem.rpartition("_")
        if not number.isdecimal() or int(number) == _OF_THE_DEAD or _is_alive(int(number)):
            continue
        if not kind.startswith("gauge"):
            kept = MmapedDict(str(folder / f"{kind}_{_OF_THE_DEAD}.db"))  # type: ignore[no-untyped-call]
            try:
                for key, value, _, _ in MmapedDict.read_all_values_from_file(str(path)):  # type: ignore[no-untyped-call]
                    before, stamp = kept.read_value(key)  # type: ignore[no-untyped-call]
                    kept.write_value(key, before + value, stamp)  # type: ignore[no-untyped-call]
            finally:
                kept.close()  # type: ignore[no-untyped-call]
        path.unlink(missing_ok=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _remove_old(parent: Path, *, keep: Path, host: str) -> None:
    for folder in parent.iterdir():
        if folder == keep or not folder.is_dir():
            continue
        owner, _, number = folder.name.rpartition("-")
        here = owner.rpartition("-")[0] == host
        with suppress(OSError):
            # A folder that was made a moment ago has no file yet.
            old = time.time() - max(path.stat().st_mtime for path in (folder, *folder.iterdir()))
            gone = here and number.isdecimal() and not _is_alive(int(number))
            if gone or old > FORGOTTEN_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
