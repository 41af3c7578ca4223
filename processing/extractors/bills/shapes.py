"""Data files whose headings no list knows, told by what stands below them: the sum of each row, then the rest. Pure.

A column that is the sum of others in nearly every row makes those others charges, whatever the language of their
headings. Numbers of shipments, dates, postcodes and weights are told by their form. What stays unknown is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from invoices.auditing.kinds import charge_kind
from invoices.rules.catalogue import reason
from processing.content.records import Cell, DocumentContent, Row
from processing.extractors.bills.columns import Columns
from processing.extractors.bills.headings import is_tax, meaning_of, unit_of
from processing.extractors.bills.records import ReadBill
from processing.extractors.bills.sheets import HeadedTable, read_headed
from processing.extractors.bills.sums import columns_that_fill
from processing.extractors.bills.values import Conventions, day, is_money, number

Cells = Mapping[int, Cell]
ZERO = Decimal(0)
_HEADER_WITHIN_ROWS, _ROWS = 60, 60
_FEWEST_COLUMNS, _FEWEST_ROWS, _MOST_COLUMNS = 6, 3, 60
_RIGHT = 0.9
_ID_CHARACTERS = 5
_REPEATED = 0.8  # numbers to a row, where each stands in several
_ID = re.compile(r"[A-Z0-9][A-Z0-9 ./-]*", re.IGNORECASE)
_POSTAL = re.compile(
    r"\d{4,6}|\d{2}-\d{3}|\d{4}-\d{3}|\d{5}-\d{3}|\d{3} \d{2}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4} ?[A-Z]{2}"
)
_CURRENCY = re.compile(r"[A-Z]{3}")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?")


def find_told(content: DocumentContent) -> HeadedTable | None:
    """The first sheet with a row of texts above rows that add up to one of their columns."""
    for page in content.pages:
        if any(cell.place.cell is None for row in page.rows[:1] for cell in row.cells):
            return None
        for index, row in enumerate(page.rows[:_HEADER_WITHIN_ROWS]):
            if not _FEWEST_COLUMNS <= len(row.cells) <= _MOST_COLUMNS or any(_is_value(c.text) for c in row.cells):
                continue
            columns = _columns(row, page.rows[index + 1 : index + 1 + _ROWS])
            if columns is not None:
                return HeadedTable(columns, row, list(page.rows[index + 1 :]))
    return None


def read_told(content: DocumentContent, found: HeadedTable) -> ReadBill:
    """The table; that its columns were told by what stands in them is for a person to know."""
    bill = read_headed(content, found)
    text = "The headings are not known; the columns were told by what stands in them."
    bill.reasons.append(reason("weak_evidence", "", text))
    return bill


def _is_value(text: str) -> bool:
    return bool(_DATE.fullmatch(text.strip())) or not any(c.isalpha() for c in text)


@dataclass(slots=True)
class _Table:
    headings: dict[int, str]
    rows: list[dict[int, str]]
    numbers: list[dict[int, Decimal]]
    conventions: Conventions

    def texts(self, at: int) -> list[str]:
        return [row[at] for row in self.rows if row.get(at)]

    def is_full(self, at: int) -> bool:
        return len(self.texts(at)) >= _RIGHT * len(self.rows)


def _columns(header: Row, below: Sequence[Row]) -> Columns | None:
    headings = {cell.column: cell.text for cell in header.cells}
    rows = [
        {
            cell.column: text
            for cell in row.cells
            if cell.column in headings and (text := cell.text.strip()).strip("-–—")
        }
        for row in below
    ]
    rows = [row for row in rows if 2 * len(row) >= len(headings) and row.keys() & set(list(headings)[:3])]
    if len(rows) < _FEWEST_ROWS:
        return None
    conventions = Conventions.of(
        (text for row in rows for text in row.values() if is_money(text)),
        (text for row in rows for text in row.values() if _DATE.fullmatch(text)),
    )
    numeric = [
        at for at in headings
        if any(at in row for row in rows)
        and all(_number(row[at], conventions) is not None for row in rows if row.get(at))
    ]  # fmt: skip
    numbers = [{at: _number(row[at], conventions) or ZERO for at in numeric if row.get(at)} for row in rows]
    table = _Table(headings, rows, numbers, conventions)
    found = _sum_of_rows(table, numeric)
    if found is None:
        return _rows_of_charges(table, numeric)
    total, charges = found
    columns = Columns(dict(headings), {"row_total": [total]}, charges=charges)
    _add_facts(columns, table, set(numeric))
    return columns if _is_freight(columns) else None


def _rows_of_charges(table: _Table, numeric: Sequence[int]) -> Columns | None:
    """A row a charge: below one number all is alike but a text and an amount, and what it weighs is said."""
    for at in sorted(table.headings):
        texts = table.texts(at)
        if not table.is_full(at) or not 1 < len(set(texts)) <= _REPEATED * len(texts) or not _are_numbers(texts):
            continue
        by_number: dict[str, list[dict[int, str]]] = {}
        for row in table.rows:
            by_number.setdefault(row.get(at, ""), []).append(row)
        varying = [
            each for each in table.headings
            if any(len({row.get(each, "") for row in own}) > 1 for own in by_number.values())
        ]  # fmt: skip
        amounts = [each for each in varying if each in numeric]
        names = [each for each in varying if each not in numeric]
        if len(amounts) != 1 or len(names) != 1 or not all(map(_is_name, table.texts(names[0]))):
            continue
        columns = Columns(
            dict(table.headings), {"tracking_number": [at], "amount": amounts, "charge_name": names}
        )  # fmt: skip
        _add_facts(columns, table, set(numeric))
        return columns if {"billed_weight", "actual_weight"} & columns.facts.keys() else None
    return None


def _is_name(text: str) -> bool:
    return sum(c.isalpha() for c in text) > len(text) / 2


def _number(text: str, conventions: Conventions) -> Decimal | None:
    return None if any(c.isalpha() for c in text) or _DATE.fullmatch(text) else number(text, conventions)


def _sum_of_rows(table: _Table, numeric: Sequence[int]) -> tuple[int, list[int]] | None:
    """The column that is the sum of most columns before it, and those: the sum before tax is one of more than that with
    it."""
    best: tuple[int, list[int]] | None = None
    for total in numeric:
        before = [at for at in numeric if at < total and _may_be_charge(table.headings[at])]
        gaps = [
            (own[total], {at: own[at] for at in before if at in own}) for own in table.numbers if own.get(total)
        ]  # fmt: skip
        if len(gaps) < _FEWEST_ROWS:
            continue
        chosen = columns_that_fill(gaps, before)
        right = sum(stated == sum((own.get(at, ZERO) for at in chosen), ZERO) for stated, own in gaps)
        if len(chosen) < 2 or right < _RIGHT * len(gaps):
            continue
        # The fewest columns that come to the sum with tax are the net sum and the tax.
        if best is None or len(chosen) > len(best[1]):
            best = (total, chosen)
    return best


def _may_be_charge(heading: str) -> bool:
    return meaning_of(heading) in ("", "amount", "row_total", "charge_name") and not is_tax(heading)


def _add_facts(columns: Columns, table: _Table, numeric: set[int]) -> None:
    """Facts by known headings first, then by their form."""
    taken = {*columns.charges, *(at for own in columns.facts.values() for at in own)}
    left = [at for at in sorted(table.headings) if at not in taken]
    for at in left:
        meaning = meaning_of(table.headings[at])
        if meaning and meaning not in ("ignored", "amount", "row_total", "charge_name", "charge_code"):
            columns.facts.setdefault(meaning, []).append(at)
    known = {at for own in columns.facts.values() for at in own}
    left = [at for at in left if at not in known and meaning_of(table.headings[at]) != "ignored"]
    for meaning, at in _by_form(columns, table, left, numeric):
        columns.facts.setdefault(meaning, [at])


def _by_form(columns: Columns, table: _Table, left: Sequence[int], numeric: set[int]) -> Iterator[tuple[str, int]]:
    dates = [at for at in left if table.is_full(at) and all(_is_day(text, table) for text in table.texts(at))]
    for at in dates:
        several = len(set(table.texts(at))) > 1
        yield ("ship_date" if several else "invoice_date"), at
    rest = [at for at in left if at not in dates and table.is_full(at)]
    postal = [at for at in rest if _is_postal(table.texts(at))]
    names = ("destination",) if len(postal) == 1 else ("origin", "destination")
    for end, at in zip(names, postal, strict=False):
        yield f"{end}_postal", at
        for beside in (at + 1, at - 1):
            if beside in rest and not any(c.isdigit() for text in table.texts(beside) for c in text):
                yield end, beside
                break
    ids = [at for at in rest if at not in postal and _is_id(table.texts(at))]
    if ids:
        yield "tracking_number", ids[0]
    for at in rest:
        texts = set(table.texts(at))
        if len(texts) == 1 and all(map(_CURRENCY.fullmatch, texts)):
            yield "currency", at
    weights = [at for at in rest if at in numeric and unit_of(table.headings[at])]
    if weights and "billed_weight" not in columns.facts:
        # Of several the heavier is charged.
        yield "billed_weight", max(weights, key=lambda at: sum(own.get(at, ZERO) for own in table.numbers))


def _is_day(text: str, table: _Table) -> bool:
    return bool(_DATE.fullmatch(text)) and day(text, table.conventions) is not None


def _is_postal(texts: Sequence[str]) -> bool:
    forms = {re.sub(r"\d", "0", text) for text in texts}
    return len(forms) <= 2 and len(set(texts)) > 1 and all(_POSTAL.fullmatch(text) for text in texts)


def _is_id(texts: Sequence[str]) -> bool:
    """Numbers of which few stand twice, as long as numbers of shipments are."""
    return 2 * len(set(texts)) > len(texts) and _are_numbers(texts)


def _are_numbers(texts: Sequence[str]) -> bool:
    return all(
        len(text) >= _ID_CHARACTERS and sum(c.isdigit() for c in text) >= _ID_CHARACTERS - 1 and _ID.fullmatch(text)
        and not is_money(text)
        for text in texts
    )  # fmt: skip


def _is_freight(columns: Columns) -> bool:
    """Whether the rows are shipments: they have numbers and weights, zones or fuel, and more charges than a price and
    its tax."""
    kinds = {charge_kind(columns.headings[at]) for at in columns.charges}
    moved = {"billed_weight", "actual_weight", "zone", "destination_postal"} & columns.facts.keys()
    told = bool(kinds & {"fuel", "freight"})
    return "tracking_number" in columns.facts and (told or (bool(moved) and len(columns.charges) > 2))
