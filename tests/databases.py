"""Test databases: migrated once into a template, then copied in a fraction of a second for every test process.

What a test with real transactions left behind is deleted by rows: to truncate all tables and to make all permissions
anew, as Django does, takes half a second each time.
"""

import hashlib
import inspect
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, LiteralString

import psutil
import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models.signals import post_migrate
from psycopg import sql

_TEMPLATES_KEPT = 4
# Tables whose rows the database keeps as they were written.
HISTORIES = (
    "invoices_invoicechange", "invoices_ratecardchange", "invoices_vendorchange", "processing_budgetchange",
    "processing_holdchange", "accounts_datarequest",
)  # fmt: skip
_LOCK = 0x1A701CE
_IF_FILLED = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
_ALL_ROWS = sql.SQL("COPY (SELECT * FROM {0} ORDER BY {0}) TO STDOUT")


@contextmanager
def own_database() -> Iterator[str]:
    """Points Django at a fresh, migrated database that belongs to this process, and drops it at the end."""
    with made_database("test_invoicesite") as name, pointed_at(name):
        yield name


@contextmanager
def made_database(prefix: str) -> Iterator[str]:
    """A fresh, migrated database of this process, dropped at the end; one process has one of a prefix."""
    host = hashlib.sha256(platform.node().encode()).hexdigest()[:6]
    name = f"{prefix}_{host}_{os.getpid()}"
    with _server() as server:
        # One process makes the template; the others wait for it.
        server.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        _drop_left_over(server, f"{prefix}_{host}_")
        template = _ensure_template(server)
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        # No test pulls the plug of this server: a commit need not wait for the disk.
        server.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name)))
    try:
        yield name
    finally:
        with _server() as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Django works on this database of the same server meanwhile."""
    before = connection.settings_dict["NAME"]
    _point_at(name)
    try:
        yield
    finally:
        _point_at(before)


@dataclass(frozen=True, slots=True)
class FirstState:
    """What a fresh database holds, table by table; ``restore`` brings it back."""

    filled: dict[str, bytes]
    empty: list[str]

    @classmethod
    def now(cls) -> "FirstState":
        """Of the database that Django works on."""
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        rows = {table: _rows_of(table) for table in sorted(tables)}
        return cls({table: text for table, text in rows.items() if text}, [t for t, text in rows.items() if not text])

    def restore(self) -> None:
        # Foreign keys are checked at the end of a transaction, so that the order of the tables does not matter.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(" UNION ALL ").join(_IF_FILLED.format(sql.Literal(t), sql.Identifier(t)) for t in self.empty)
            )
            left = [str(table) for (table,) in cursor.fetchall()]
            # No statement of the site takes rows from a history; the owner of its table can.
            histories = [table for table in left if table in HISTORIES]
            _switch_triggers(cursor, "DISABLE", histories)
            for table in left:
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            _switch_triggers(cursor, "ENABLE", histories)
            for table, text in self.filled.items():
                if _rows_of(table) != text:
                    cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
                    with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
                        copy.write(text)


@contextmanager
def histories_open() -> Iterator[None]:
    """Rows of histories may be changed and deleted meanwhile, as the owner of the tables can make it. Joins or makes a
    transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger is switched while checks are due
        _switch_triggers(cursor, "DISABLE", HISTORIES)
        yield
        _switch_triggers(cursor, "ENABLE", HISTORIES)


def _switch_triggers(cursor: Any, how: LiteralString, tables: Sequence[str]) -> None:
    for table in tables:
        cursor.execute(sql.SQL("ALTER TABLE {} " + how + " TRIGGER USER").format(sql.Identifier(table)))


def _rows_of(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(_ALL_ROWS.format(sql.Identifier(table))) as copy:
        return b"".join(copy)


@contextmanager
def _server() -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    with connection._nodb_cursor() as cursor:
        yield cursor.connection


def _point_at(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _ensure_template(server: "psycopg.Connection[tuple[object, ...]]") -> str:
    template = f"test_invoicesite_template_{_digest_of_migrations()}"
    if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", (template,)).fetchone():
        return template
    # A crash in the middle leaves a draft, never half a template.
    draft = "test_invoicesite_draft"
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(draft)))
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(draft)))
    before = connection.settings_dict["NAME"]
    _point_at(draft)
    call_command("migrate", verbosity=0, interactive=False)
    _point_at(before)
    server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(template)))
    templates = server.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'test_invoicesite_template_%' ORDER BY oid DESC"
    ).fetchall()
    for (old,) in templates[_TEMPLATES_KEPT:]:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(str(old))))
    return template


def _digest_of_migrations() -> str:
    digest = hashlib.sha256()
    for key, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        source = inspect.getsource(sys.modules[type(migration).__module__])
        digest.update(repr((key, source)).encode())
    # What runs after them fills tables, too.
    for app in apps.get_app_configs():
        for receiver in post_migrate._live_receivers(sender=app)[0]:
            digest.update(inspect.getsource(sys.modules[receiver.__module__]).encode())
    return digest.hexdigest()[:16]


def _drop_left_over(server: "psycopg.Connection[tuple[object, ...]]", prefix: str) -> None:
    names = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (prefix,)).fetchall()
    for (name,) in names:
        if not psutil.pid_exists(int(str(name).removeprefix(prefix))):
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(str(name))))
