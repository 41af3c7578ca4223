"""Tables of charges on top: told from tariffs by what stands beside them, and what words beside a charge are. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from invoices.rate_records.charges import meaning_of as trade_meaning
from processing.content.records import Row
from processing.ratecards.headers import is_number
from processing.ratecards.plan import ColumnPlan, TablePlan
from processing.ratecards.vocabulary import DISTANCES, PLACES, WEIGHTS, meaning_of
from processing.ratecards.zone_matrix import texts_in

_FEES = re.compile(
    r"surcharge|accessorial|optional service|additional (?:service|charge)|ancillary|\bfees\b|nebengeb[üu]hr|"
    r"nebenleistung|"
    r"nebenkosten|zusatzleistung|zuschl[äa]ge|recargos|suplementos|servicios (?:adicionales|opcionales)|"
    r"prestations? annexe|"
    r"services? compl[ée]mentaire|suppl[ée]ments\b|taxas\b|generalidades|supplementi|servizi accessori|toeslagen|"
    r"dop[łl]aty",
    re.I,
)
_OF_FEES = frozenset({"service", "price", "unit", "currency", "condition", "code", "ignore", "minimum"})


def with_fees(tables: Sequence[TablePlan]) -> list[TablePlan]:
    """The tables, where a list of services with what each is charged by, beside a tariff by places, zones or weights,
    is one of charges on top."""
    rated = [table for table in tables if table.target == "rates"]
    fees = [
        table for table in rated
        if {"service", "price", "unit"} <= {column.meaning for column in table.columns} <= _OF_FEES
        and not any(column.axis for column in table.columns)
    ]  # fmt: skip
    if len(fees) == len(rated):
        return list(tables)
    return [
        replace(table, target="surcharges", columns=tuple(
            replace(column, meaning="surcharge") if column.meaning == "service" else column for column in table.columns
        ))
        if table in fees else table
        for table in tables
    ]  # fmt: skip


def with_words(columns: list[ColumnPlan], sample: Sequence[Row]) -> list[ColumnPlan]:
    """The columns of a list of charges, where words below a head that nobody knows are the conditions of its rows."""
    if any(column.meaning == "condition" for column in columns):
        return columns
    for index, column in enumerate(columns):
        texts = texts_in(sample, column.column)
        if (
            column.meaning == "ignore"
            and meaning_of(column.header) is None
            and texts
            and not any(map(is_number, texts))
        ):
            return [*columns[:index], replace(column, meaning="condition"), *columns[index + 1 :]]
    return columns


def is_fees(columns: list[ColumnPlan], sample: Sequence[Row], titles: str) -> bool:
    """Whether a list of services with prices is one of charges on top and no tariff of the services themselves."""
    meanings = {column.meaning for column in columns}
    if not meanings & {"service", "surcharge", "code"} or any(column.axis for column in columns):
        return False
    if meanings & (PLACES | WEIGHTS | DISTANCES | {"zone", "freight_class", "equipment", "lane"}):
        return False
    if _FEES.search(titles):
        return True
    names = [c.text for column in columns if column.meaning in ("service", "surcharge")
             for row in sample if (c := row.cell_at(column.column)) is not None]  # fmt: skip
    amounts = [c.text for column in columns if column.meaning == "price"
               for row in sample if (c := row.cell_at(column.column)) is not None]  # fmt: skip
    return any("%" in text for text in amounts) or sum(bool(trade_meaning(name)) for name in names) * 3 > len(names)
