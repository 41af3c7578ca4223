"""The mapping plan by rules: each header with the rows below it becomes a table whose columns have a meaning. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from processing.content.records import Row
from processing.ratecards.columns import columns_under
from processing.ratecards.fee_tables import is_fees, with_fees, with_words
from processing.ratecards.headerless import headerless_table
from processing.ratecards.headers import Header, header_at, header_of, is_number
from processing.ratecards.key_notes import pairs_of, with_carriers, with_pairs
from processing.ratecards.label_lists import with_label_lists
from processing.ratecards.labels import currency_in
from processing.ratecards.missing_key import with_missing_key
from processing.ratecards.plan import CardPlan, ColumnPlan, TablePlan, Target
from processing.ratecards.sheets import Sheet
from processing.ratecards.side_by_side import blocks_of, within_columns
from processing.ratecards.table_units import breaks_by, is_weighed, prices_by, weights_in
from processing.ratecards.vocabulary import (
    DISTANCES,
    KEYS,
    NOTHING,
    PLACES,
    WEIGHTS,
    ZONE_WORD,
    folded,
    meaning_of,
)
from processing.ratecards.zone_matrix import lettered_matrix, texts_in, with_named_areas, with_zone_tables
from processing.ratecards.zones_across import end_of, zone_list, zones_across

_SAMPLE = 40
_NOTES_BELOW = 6
# "Rates are in USD per 100 lbs", below the table that it speaks of.
_RATES_ARE = re.compile(
    r"^(?:all )?(?:rates?|prices?|preise|tarif\w*|prix|precios|prezzi|pre[çc]os|prijzen|priser|ceny)\b", re.I
)
_NARROW, _WIDE = 2, 5  # cells of a row
_PRICE = re.compile(r"^(?:US\$|R\$|[€$£]|[A-Z]{3}\s)?\s*\d")
# Toll is charged on top of the freight in all markets; the words begin the names of its tables.
_CHARGE_TABLE = re.compile(
    r"^(?P<word>maut(?=\b|tabelle|tarif|gebühr|zuschlag)|toll(?=s?\b)|p[ée]ages?\b|peajes?\b|ped[áa]gio\b|pedaggio\b|"
    r"tolheffing|myto\b)", re.I
)  # fmt: skip


def plan_by_rules(sheets: Sequence[Sheet]) -> CardPlan:
    """A plan of all tables whose columns the rules understand; the rest of the document is in no table."""
    tables: list[TablePlan] = []
    for sheet in sheets:
        _plan_sheet(sheet, tables)
    tables = with_zone_tables(with_fees(tables), sheets)
    return CardPlan(tuple(with_label_lists(with_carriers(tables), sheets)), "rules")


def _plan_sheet(sheet: Sheet, tables: list[TablePlan]) -> None:
    rows = sheet.rows
    index = 0
    titles: list[str] = []
    pairs: dict[str, tuple[str, str, Any]] = {}
    began = len(tables)
    while index < len(rows):
        across = zones_across(sheet, index) or lettered_matrix(sheet, index) or zone_list(sheet, index)
        if across is not None:
            tables.append(across)
            index, titles = end_of(rows, across), []
            continue
        header = header_at(rows, index)
        if header is None:
            for pair in pairs_of(rows[index]):
                pairs[pair[0]] = pair
            if len(rows[index].cells) == 1:
                titles.append(rows[index].cells[0].text)
            elif sheet.one_table and began == len(tables) and tables:
                # A table goes on on the next page without its header.
                continued = continued_table(sheet, index, tables[-1])
                if continued is not None:
                    tables.append(continued)
                    return
            index += 1
            continue
        start = index + len(header.rows) - header.lead
        beside, end = _plan_beside(sheet, header, start, titles)
        if beside:
            tables.extend(with_pairs(table, pairs) for table in beside)
            titles = []
            index = end
            continue
        table, end = _plan_table(sheet, header, start, titles)
        if table is not None:
            tables.append(with_pairs(table, pairs))
            titles = []
        index = max(end, start)
    if began == len(tables) and (bare := headerless_table(sheet)) is not None:
        tables.append(bare)


def _plan_beside(sheet: Sheet, header: Header, start: int, titles: list[str]) -> tuple[list[TablePlan], int]:
    """The tables that stand beside each other under one header row, and the index behind the longest; none where the
    header is that of one table."""
    rows = sheet.rows
    blocks = blocks_of(header, rows[start : start + _SAMPLE])
    if len(blocks) < 2:
        return [], start
    found: list[TablePlan] = []
    for block in blocks:
        own = within_columns(rows[start - len(header.rows) :], block)
        heads = [row.number for row in header.rows]
        first = next((i for i, row in enumerate(own) if row.number not in heads), len(own))
        own_header = header_of(own[:first])
        own_header.above = header.above
        table, _ = _plan_table(replace(sheet, rows=tuple(own)), own_header, first, titles)
        if table is None:
            return [], start
        found.append(table)
    last = max(table.last_row for table in found)
    return found, next((i for i in range(start, len(rows)) if rows[i].number > last), len(rows))


def continued_table(sheet: Sheet, index: int, before: TablePlan) -> TablePlan | None:
    """The rows from ``index`` on as more of the table before, or None where they do not look so."""
    wanted = {column.column for column in before.columns if column.meaning == "price"}
    here = [cell for cell in sheet.rows[index].cells if cell.column in wanted]
    columns = {cell.column for row in sheet.rows[index:] for cell in row.cells}
    fits = all(is_number(c.text) or NOTHING.match(c.text) for c in here)
    if not here or not fits or max(columns) != max(column.column for column in before.columns):
        return None
    return replace(
        before, sheet=sheet.index, header_rows=(), first_row=sheet.rows[index].number, last_row=sheet.rows[-1].number
    )


def _plan_table(sheet: Sheet, header: Header, start: int, titles: list[str]) -> tuple[TablePlan | None, int]:
    rows = sheet.rows
    sample = _sample_of(rows[start : start + _SAMPLE])
    context = "\n".join([*titles[-4:], header.above])
    columns = columns_under(header, sample, context)
    if columns is None:
        return None, start
    columns = with_missing_key(with_named_areas(columns, sample), sample)
    target = _target(columns, sample, context, f"{titles[-1] if titles else ''} {sheet.name}")
    if target is None:
        return None, start
    if target == "surcharges":
        columns = with_words(columns, sample)
    if target == "zones":
        columns = [replace(c, meaning="zone" if c.meaning == "price" else c.meaning) for c in columns]
    end = end_of_table(rows, start, columns, header)
    if end == start:
        return None, start
    sizes = [text for column in columns if column.meaning == "equipment" for text in texts_in(sample, column.column)]
    below = [row.cells[0].text for row in rows[end : end + _NOTES_BELOW] if len(row.cells) == 1]
    said = [text for text in below if _RATES_ARE.search(text)]
    by = prices_by(columns, "\n".join([*said, context]), sizes)
    basis = breaks_by(columns, " ".join(header.full(column) for column in header.columns))
    if basis == "weight" and by in ("pallet", "piece") and not is_weighed(columns, sample):
        basis = by
    headers_text = " ".join(header.full(column) for column in header.columns)
    table = TablePlan(
        sheet=sheet.index,
        target=target,
        header_rows=tuple(row.number for row in header.rows),
        first_row=rows[start].number,
        last_row=rows[end - 1].number,
        columns=tuple(columns),
        title=titles[-1] if titles else "",
        currency=currency_in(headers_text) or currency_in(context),
        weight_unit=weights_in(columns, headers_text, context) or ("lb" if by == "cwt" else ""),
        price_unit=by,
        basis=basis,
        charge=charge_of_table(titles, sheet.name) if target == "rates" else "",
    )
    return table, end


def _sample_of(rows: Sequence[Row]) -> list[Row]:
    """Rows of data, as far as they are as wide as a table: two columns below many, or half of them below a title, are
    another table."""
    found: list[Row] = []
    for before, row in zip((None, *rows), rows, strict=False):
        least = len(found[0].cells) // 2 if found and before is not None and len(before.cells) == 1 else _NARROW
        if len(row.cells) in range(2, least + 1) and found and len(found[0].cells) >= _WIDE:
            break
        if len(row.cells) > 1:
            found.append(row)
    return found


def charge_of_table(titles: Sequence[str], sheet_name: str) -> str:
    """The charge that a table is a tariff of ("Mauttabelle", a sheet "Péage"), by how its sheet or title begins."""
    for text in (sheet_name, *reversed(titles[-3:])):
        match = _CHARGE_TABLE.match(text.strip())
        if match:
            return (match["word"][:1].upper() + match["word"][1:]) if match["word"].islower() else match["word"]
    return ""


def _target(columns: list[ColumnPlan], sample: Sequence[Row], context: str, titles: str = "") -> Target | None:
    meanings = {column.meaning for column in columns}
    prices = [column for column in columns if column.meaning == "price"]
    if "charge_name" in meanings:
        return "rates" if prices else None
    if meanings & {"fuel_from", "fuel_to"} and meanings & {"fuel_percent", "percent", "price"}:
        return "fuel"
    if prices and is_fees(columns, sample, titles):
        return "surcharges"
    keyed = meanings & (PLACES | WEIGHTS | DISTANCES | {"zone", "freight_class", "equipment", "lane"})
    if meanings & {"surcharge", "code"} and not keyed and meanings & {"price", "percent"}:
        return "surcharges"
    if not prices and "discount" in meanings and keyed:
        return "rates"
    if not prices:
        return "zones" if "zone" in meanings and meanings & PLACES else None
    if _is_zone_chart(prices, sample, context, meanings):
        return "zones"
    if meanings & KEYS:
        return "rates"
    return None


def _is_zone_chart(prices: list[ColumnPlan], sample: Sequence[Row], context: str, meanings: set[str]) -> bool:
    if meanings & WEIGHTS or not meanings & PLACES or "zone" in meanings:
        return False
    headers = " ".join(column.header for column in prices)
    if not ZONE_WORD.search(context + " " + headers) and "zone" not in folded(context + " " + headers).split():
        return False
    wanted = {column.column for column in prices}
    texts = [cell.text for row in sample for cell in row.cells if cell.column in wanted]
    codes = sum(bool(re.match(r"^[A-Za-z]{0,2}\d{0,3}[A-Za-z]?$", text) or NOTHING.match(text)) for text in texts)
    return codes * 10 >= len(texts) * 9


def end_of_table(rows: Sequence[Row], start: int, columns: Sequence[ColumnPlan], header: Header) -> int:
    """The index behind the last row of data. Titles between rows do not end a table; another header does, and rows
    whose cells stand elsewhere do."""
    wanted = {c.column for c in columns if c.meaning in ("price", "percent", "zone", "fuel_percent", "minimum")}
    inside = {c.column for c in columns}
    titles = {cell.text for row in header.rows for cell in row.cells}
    last, misses = start, 0
    for index in range(start, len(rows)):
        cells = rows[index].cells
        if len(cells) == 1 and not (cells[0].column in wanted and is_number(cells[0].text)):
            misses += 1
            if misses > 6:
                break
            continue
        hits = others = priced = False
        outside = 0
        for cell in cells:
            column = cell.column
            if column in wanted:
                text = cell.text
                if _PRICE.match(text):
                    hits = priced = True
                elif is_number(text) or len(text) <= 12:
                    hits = True
                else:
                    others = True
            elif column not in inside:
                outside += 1
        first = cells[0].text
        if first in titles and all(cell.text in titles for cell in cells):
            if _titled(rows, index, start):
                break  # the same header below another title: a table of its own
            continue  # the header again, as on every page
        text_only = not priced and not any(c.text[:1].isdigit() for c in cells)
        # Words alone: "Service 12" is a service, not a header.
        heads = text_only or (meaning_of(first) in KEYS and not any(map(str.isdigit, first)))
        if heads and header_at(rows, index, inside=True) is not None:
            break
        if not hits or outside * 2 > len(cells) or (others and not hits):
            misses += 1
            if misses > 6:
                break
            continue
        last, misses = index + 1, 0
    return last


def _titled(rows: Sequence[Row], index: int, start: int) -> bool:
    """Whether a title stands above a header that is not the title of the table before."""
    above = rows[index - 1].cells if index else ()
    if len(above) != 1 or is_number(above[0].text) or above[0].place.cell is None:
        return False  # pages repeat their titles, sheets do not
    before = [row.cells[0].text for row in rows[max(0, start - 6) : start] if len(row.cells) == 1]
    return above[0].text not in before and len(above[0].text) <= 120
