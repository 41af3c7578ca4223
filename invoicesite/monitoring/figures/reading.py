"""What the groups of figures share: a figure, and rows of a statement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection


class Figure(NamedTuple):
    """``name`` without the prefix; ``labels`` in the order of the catalogue."""

    name: str
    value: float
    labels: tuple[str, ...] = ()


Figures = Iterator[Figure]


def rows(statement: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def stamp(moment: datetime | None) -> float:
    """Unix time; 0 for never."""
    return 0.0 if moment is None else moment.timestamp()
