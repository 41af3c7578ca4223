"""Fuel indexes imported from a file: a date and a value a row."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from common.errors import FieldError, InvalidFields
from invoices.models import FuelIndexValue
from invoices.values import day_first_of, decimal_separator_of, parse_date, parse_decimal

MAX_ROWS = 20_000  # a daily index over fifty years


@dataclass(frozen=True, slots=True)
class ImportedIndex:
    """How many values were ``added``, and how many ``changed`` that were there with another value."""

    name: str
    added: int
    changed: int


@transaction.atomic
def import_fuel_index(*, name: str, text: str) -> ImportedIndex:
    """The values of an index from CSV text: the first column that holds dates, the first after it that holds numbers.
    A heading row is skipped; a row with a date and no number ("holiday") has no value. Raises InvalidFields."""
    sample = text[:4096]
    # Of two that stand equally often the comma is that of the numbers.
    delimiter = max("\t;,", key=sample.count)
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(cell.strip() for cell in row)]
    if len(rows) > MAX_ROWS:
        raise InvalidFields([FieldError("file", "too_many_rows", f"At most {MAX_ROWS} rows.")])
    day_first = day_first_of(cell for row in rows for cell in row)
    figures = [cell for row in rows for cell in row if parse_date(cell) is None]
    separator = decimal_separator_of(figures)
    if separator is None:  # three places ("1,512"): a comma that does not part the columns is a decimal one
        separator = "," if delimiter != "," and any("," in cell for cell in figures) else "."
    values: dict[date, Decimal] = {}
    for number, row in enumerate(rows, 1):
        dated = ((i, parse_date(cell, day_first=day_first)) for i, cell in enumerate(row))
        at, day = next(((i, found) for i, found in dated if found is not None), (0, None))
        if day is None:
            if number == 1 or not any(c.isdigit() for c in "".join(row)):
                continue
            raise InvalidFields([FieldError(f"row {number}", "not_a_date", f"Row {number} has no date.")])
        found = (parse_decimal(cell, decimal_separator=separator) for cell in row[at + 1 :] if cell.strip())
        value = next((each for each in found if each is not None), None)
        if value is None:
            continue
        if value <= 0:
            raise InvalidFields([FieldError(f"row {number}", "out_of_range", f"Row {number} has no positive value.")])
        values[day] = value
    if not values:
        raise InvalidFields([FieldError("file", "empty", "The file has no row with a date and a value.")])
    have = dict(FuelIndexValue.objects.filter(index_name=name).values_list("published", "value"))
    changed = sum(have[day] != value for day, value in values.items() if day in have)
    FuelIndexValue.objects.bulk_create(
        [FuelIndexValue(index_name=name, published=day, value=value) for day, value in values.items()],
        update_conflicts=True, unique_fields=["index_name", "published"], update_fields=["value"],
    )  # fmt: skip
    return ImportedIndex(name, sum(day not in have for day in values), changed)
