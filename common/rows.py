"""Rows and model instances without the ORM's queries, for the few statements that every document passes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model

AnyModel = TypeVar("AnyModel", bound=Model)


def instance_of(model: type[AnyModel], row: Sequence[Any]) -> AnyModel:
    """The instance of a row that has all concrete columns of the model in their order."""
    names, converters = _loading(model)
    values = list(row)
    for place, convert in converters:
        values[place] = convert(values[place])
    return model.from_db(connection.alias, names, values)


@cache
def columns_of(model: type[Model]) -> str:
    """All concrete columns of a model in their order, as a SELECT names them."""
    table = model._meta.db_table
    return ", ".join(f'"{table}"."{field.column}"' for field in model._meta.concrete_fields)


@dataclass(frozen=True, slots=True)
class SqlValue:
    """A value that the database makes of another one, on a field of an instance for ``insert_all``."""

    expression: str  # with one %s
    value: Any


def joined_transaction() -> AbstractContextManager[Any]:
    """The caller's transaction, or one of its own. Unlike ``atomic`` it sets no savepoint: an error ends the whole."""
    return nullcontext() if connection.in_atomic_block else transaction.atomic()


def insert_all(*tables: Sequence[Model]) -> None:
    """Insert the rows of several tables, each a list of new instances of one model, by one statement. Keys that the
    database makes are not read back, and no signals are sent."""
    inserts: list[str] = []
    values: list[Any] = []
    for rows in filter(None, tables):
        fields, statement = _inserting(type(rows[0]))
        marks = []
        for row in rows:
            for field in fields:
                value = field.pre_save(row, True)
                made = isinstance(value, SqlValue)
                marks.append(value.expression if made else "%s")
                values.append(value.value if made else field.get_db_prep_save(value, connection))
        width = len(fields)
        lists = (", ".join(marks[start : start + width]) for start in range(0, len(marks), width))
        inserts.append(statement + ", ".join(f"({marked})" for marked in lists))
    with connection.cursor() as cursor:
        *first, last = inserts
        common = "WITH " + ", ".join(f"t{n} AS ({insert})" for n, insert in enumerate(first)) if first else ""
        cursor.execute(f"{common} {last}", values)
    for rows in tables:
        for row in rows:
            row._state.adding, row._state.db = False, connection.alias


@cache
def _loading(model: type[Model]) -> tuple[list[str], list[tuple[int, Callable[[Any], Any]]]]:
    names: list[str] = []
    converters: list[tuple[int, Callable[[Any], Any]]] = []
    for place, field in enumerate(model._meta.concrete_fields):
        names.append(field.attname)
        from_database = getattr(field, "from_db_value", None)
        if from_database is not None:
            converters.append((place, partial(_converted, from_database)))
    return names, converters


def _converted(convert: Callable[..., Any], value: Any) -> Any:
    return convert(value, None, connection)


@cache
def _inserting(model: type[Model]) -> tuple[list[Any], str]:
    meta = model._meta
    fields = [
        field for field in meta.concrete_fields
        if not field.generated and (not field.primary_key or field.has_default())
    ]  # fmt: skip
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return fields, f'INSERT INTO "{meta.db_table}" ({columns}) VALUES '  # noqa: S608  # our own names
