"""``migrate``: Django's, one at a time for a database."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections

_LOCK = 0x1A7E5
_LOOK_SECONDS = 0.5


class Command(migrate.Command):
    """Beside another ``migrate`` it waits, and then finds nothing left to do."""

    def handle(self, *args: Any, **options: Any) -> None:
        with self._alone(options["database"]):
            super().handle(*args, **options)

    @contextmanager
    def _alone(self, alias: str) -> Iterator[None]:
        if settings.DATABASE_POOLER == "transaction" and not settings.DATABASE_DIRECT_URL:
            yield  # a lock of a session means nothing there; said at start
            return
        with _session(alias) as session:
            told = False
            while not _taken(session):
                if not told:
                    self.stderr.write("Another migrate is running; waiting for it.")
                    told = True
                time.sleep(_LOOK_SECONDS)
            yield


@contextmanager
def _session(alias: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own beside Django's, whose end gives the lock back."""
    if settings.DATABASE_DIRECT_URL:
        with psycopg.connect(settings.DATABASE_DIRECT_URL, autocommit=True) as session:
            yield session
        return
    parameters = connections[alias].get_connection_params()
    for name in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(name, None)
    with psycopg.connect(**parameters, autocommit=True) as session:
        yield session


def _taken(session: psycopg.Connection[Any]) -> bool:
    row = session.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK]).fetchone()
    return bool(row and row[0])
