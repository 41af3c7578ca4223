"""Whether a card writes the day before the month: 03/01/2026 is the third of January, or the first of March. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from invoices.records import ReviewReason
from invoices.rules.catalogue import reason
from invoices.values import day_first_of, find_dates
from invoices.values.currencies import find_currencies
from processing.content.records import Row
from processing.ratecards.plan import CardPlan
from processing.ratecards.sheets import Sheet, source_of

_DATES = frozenset({"valid_from", "valid_to"})
_MOST_CELLS = 2_000
# Words that notes and headers of cards cannot do without, and that English has not.
_NOT_ENGLISH = re.compile(
    r"\b(?:gültig|gueltig|gewicht|preise?|sendung|zuschlag|stand vom|abgang|ziel|"
    r"válid[ao]|valid[ao] desde|vigencia|vigente|peso|precios?|tarifas|envío|hasta|recargo|destino|"
    r"valable|poids|prix|envoi|jusqu'au|départ|geldig|gewichten|prijs|verzending|valido|prezzo|partenza|"
    r"preço|válido|ważny|cena)\b",
    re.I,
)


def date_order(
    plan: CardPlan, sheets: Sequence[Sheet], notes: Sequence[Row]
) -> tuple[bool | None, ReviewReason | None]:  # fmt: skip
    """The order that the card's own dates, its language or its currency tell; a reason where a date stays open."""
    cells = list(_dates_of(plan, sheets, notes))
    doubtful = [(text, where) for text, where in cells if any(found.ambiguous for found in find_dates(text))]
    if not doubtful:
        return None, None
    headers = [column.header for table in plan.tables for column in table.columns]
    words = " ".join([*(row.text for row in notes[:100]), *headers])
    language = "other" if _NOT_ENGLISH.search(words) else None
    money = {table.currency or "" for table in plan.tables} - {""} or {code for code, _, _ in find_currencies(words)}
    currency = next(iter(money)) if len(money) == 1 else _currency_of(plan, sheets)
    order = day_first_of((text for text, _ in cells), currency=currency or None, language=language)
    if order is not None:
        return order, None
    text, where = doubtful[0]
    told = f"“{text[:60]}” ({where}) was read with the day first; nothing on the card settles it."
    return None, reason("date_order_unknown", "valid_from", told)


def _dates_of(plan: CardPlan, sheets: Sequence[Sheet], notes: Sequence[Row]) -> Iterator[tuple[str, str]]:
    for row in notes:
        if any(map(str.isdigit, row.text)):
            yield row.text, _where(row)
    for row, column in _column_cells(plan, sheets, _DATES):
        cell = row.cell_at(column)
        if cell is not None:
            yield cell.text, str(source_of(cell.place))


def _column_cells(plan: CardPlan, sheets: Sequence[Sheet], meanings: frozenset[str]) -> Iterator[tuple[Row, int]]:
    by_index = {sheet.index: sheet for sheet in sheets}
    for table in plan.tables:
        columns = [column.column for column in table.columns if column.meaning in meanings]
        if not columns or table.sheet not in by_index:
            continue
        rows = (row for row in by_index[table.sheet].rows if table.first_row <= row.number <= table.last_row)
        for count, row in enumerate(rows):
            if count >= _MOST_CELLS:
                break
            for column in columns:
                yield row, column


def _currency_of(plan: CardPlan, sheets: Sequence[Sheet]) -> str:
    """The one currency that a column of the tables holds."""
    texts = {
        cell.text.strip().upper()
        for row, column in _column_cells(plan, sheets, frozenset({"currency"}))
        if (cell := row.cell_at(column)) is not None
    }
    return texts.pop() if len(texts) == 1 else ""


def _where(row: Row) -> str:
    place = source_of(row.cells[0].place)
    return place if isinstance(place, str) else f"page {row.page}"
