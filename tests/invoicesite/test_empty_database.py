"""Commands on a database before its first migration say what to do, in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from psycopg import sql

from benchmarks.machine import url_of

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def empty(django_db_setup: None) -> Iterator[str]:
    name = f"test_empty_{os.getpid()}"
    with connection._nodb_cursor() as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield url_of(name)
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.mark.django_db
def test_workers_end_and_say_so_where_there_are_no_tables(empty: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "work"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": empty, "LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "The database is not of this release yet. Run `python manage.py migrate` first.\n"
