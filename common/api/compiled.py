"""Reads of one record whose SQL is made once.

Django makes the text of a query anew each time it is asked; for a record with all its columns and relations that takes
longer than to read it.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from common.roles import remember_roles, sees_everything

# Stand in for who asks and for what, in the text that is kept.
_KEY, _USER = UUID(int=0x1A7E_0000_0000_0000), -1_701_010


class Compiled:
    """``make(user)`` gives the rows that the user may see, as ``values()``; of them one is read by its id. It may
    depend on the user's id, and on whether the user sees everything, but on nothing else of the user."""

    def __init__(self, make: Callable[[Any], QuerySet[Any, dict[str, Any]]]) -> None:
        self._make = make
        self._kept: dict[bool, tuple[str, tuple[Any, ...], list[str]]] = {}

    def row(self, user: Any, key: UUID) -> dict[str, Any] | None:
        """By the names of the columns, as the database driver gives them: JSON is text."""
        if not getattr(user, "is_authenticated", False):
            return None
        everything = sees_everything(user)
        if everything not in self._kept:
            self._kept[everything] = self._compile(everything)
        sql, params, names = self._kept[everything]
        own = [key if value == _KEY else user.pk if value == _USER else value for value in params]
        with connection.cursor() as cursor:
            cursor.execute(sql, own)
            found = cursor.fetchone()
        return None if found is None else dict(zip(names, found, strict=True))

    def _compile(self, everything: bool) -> tuple[str, tuple[Any, ...], list[str]]:
        kind = {"is_authenticated": True, "is_active": True, "is_staff": everything, "is_superuser": everything}
        anybody = SimpleNamespace(pk=_USER, **kind)
        remember_roles(anybody, ())
        query = self._make(anybody).filter(pk=_KEY).order_by().query
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        names = list(query.selected or ())
        return sql, tuple(params), names
