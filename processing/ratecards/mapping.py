"""The mapping plan by rules: each header with the rows below it becomes a table whose columns have a meaning. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from invoices.values import parse_country
from processing.content import Row
from processing.ratecards.axes import assign_axis, corner_of, holds_values, settle_prices
from processing.ratecards.headers import Header, header_at, header_of, is_number
from processing.ratecards.key_notes import pair_of, with_pairs
from processing.ratecards.labels import currency_in, parse_break, price_unit, weight_unit
from processing.ratecards.plan import CardPlan, ColumnPlan, TablePlan, Target
from processing.ratecards.sheets import Sheet, source_of
from processing.ratecards.side_by_side import blocks_of, within_columns
from processing.ratecards.vocabulary import (
    BOUND_WORDS,
    BOUND_WORDS_FROM,
    FROM_TO,
    KEYS,
    NOTHING,
    PLACES,
    WEIGHTS,
    ZONE_LABEL,
    ZONE_WORD,
    folded,
    is_equipment,
    meaning_of,
)

_SAMPLE = 40


def plan_by_rules(sheets: Sequence[Sheet]) -> CardPlan:
    """A plan of all tables whose columns the rules understand; the rest of the document is in no table."""
    tables: list[TablePlan] = []
    for sheet in sheets:
        _plan_sheet(sheet, tables)
    return CardPlan(tuple(tables), "rules")


def _plan_sheet(sheet: Sheet, tables: list[TablePlan]) -> None:
    rows = sheet.rows
    index = 0
    titles: list[str] = []
    pairs: dict[str, tuple[str, str, Any]] = {}
    began = len(tables)
    while index < len(rows):
        header = header_at(rows, index)
        if header is None:
            pair = pair_of(rows[index])
            if pair is not None:
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
        start = index + len(header.rows)
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
    good = sum(is_number(cell.text) or bool(NOTHING.match(cell.text)) for cell in here)
    columns = {cell.column for row in sheet.rows[index:] for cell in row.cells}
    if not here or good < len(here) or max(columns) != max(column.column for column in before.columns):
        return None
    return replace(
        before, sheet=sheet.index, header_rows=(), first_row=sheet.rows[index].number, last_row=sheet.rows[-1].number
    )


def _plan_table(sheet: Sheet, header: Header, start: int, titles: list[str]) -> tuple[TablePlan | None, int]:
    rows = sheet.rows
    sample = [row for row in rows[start : start + _SAMPLE] if len(row.cells) > 1]
    context = " ".join([*titles[-4:], header.above])
    columns = _columns(header, sample, context)
    if columns is None:
        return None, start
    target = _target(columns, sample, context)
    if target is None:
        return None, start
    if target == "zones":
        columns = [replace(c, meaning="zone" if c.meaning == "price" else c.meaning) for c in columns]
    end = end_of_table(rows, start, columns, header)
    if end == start:
        return None, start
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
        weight_unit=_weight_unit(columns, headers_text, context),
        price_unit=_price_unit(columns, context),
        basis=_basis(columns, headers_text),
    )
    return table, end


def _columns(header: Header, sample: Sequence[Row], context: str) -> list[ColumnPlan] | None:
    plans: dict[int, ColumnPlan] = {}
    open_: list[int] = []
    # "DE" beside "AT" and "FR" is a country, alone it may be Portuguese for "from".
    codes = [text for c in header.columns if re.match(r"^[A-Z]{2}$", text := header.own(c)) and parse_country(text)]
    countries = frozenset(codes if len(codes) > 1 else ())
    for column in header.columns:
        own, full = header.own(column), header.full(column)
        meaning = None if _is_written_break(own) or own in countries else meaning_of(own)
        if len(header.parts[column]) > 1 and folded(own) in BOUND_WORDS:
            meaning = _bound_of(header.parts[column][-2].text, folded(own)) or meaning
        if FROM_TO.match(own):
            meaning = "origin"
        if meaning is None and own not in countries and not _is_axis_text(own):
            meaning = meaning_of(full)
        source = source_of(header.parts[column][-1].place)
        plan = ColumnPlan(column, meaning or "", full[:120], header_source=source)
        if meaning in ("price", "percent", "minimum", "maximum", "base_charge", "cost"):
            plan = replace(plan, unit=price_unit(own) or price_unit(full) or "", currency=currency_in(full))
        elif meaning in WEIGHTS:
            plan = replace(plan, unit=weight_unit(full))
        plans[column] = plan
        if meaning is None:
            open_.append(column)
    _headless(plans, header, sample)
    meanings = {plan.meaning for plan in plans.values()}
    values = [column for column in open_ if holds_values(column, sample)]
    if values and not (meanings & KEYS):
        # A corner without a word, or with one that is no header: what stands below says what it is.
        corner = min((c for row in sample for c in (cell.column for cell in row.cells)), default=0)
        plans[corner] = corner_of(plans.get(corner), corner, sample, header, context)
        values = [column for column in values if column != corner]
        meanings.add(plans[corner].meaning)
    for column in set(open_) - set(values):
        if plans[column].meaning == "":
            plans[column] = replace(plans[column], meaning="ignore")
    if values:
        assign_axis(plans, values, header, meanings, context)
    settle_prices(plans, sample)
    if {"fuel_from", "fuel_to"} & {plan.meaning for plan in plans.values()}:
        for column, plan in plans.items():
            if plan.meaning in ("surcharge", "price", "zone") and holds_values(column, sample):
                plans[column] = replace(plan, meaning="fuel_percent", axis="", label="")
    return [plans[column] for column in sorted(plans)] or None


def _bound_of(above: str, own: str) -> str | None:
    """ "from" below "Weight" is where a break begins, below "Diesel price" where a band does."""
    end = "from" if own in BOUND_WORDS_FROM else "to"
    meaning = meaning_of(above) or ""
    stem = {"break": "weight", "weight_from": "weight", "weight_to": "weight", "fuel_from": "fuel", "fuel_to": "fuel"}
    stem |= {name: name for name in ("origin", "destination", "valid")}
    kind = "valid" if meaning.startswith("valid") else stem.get(meaning)
    return f"{kind}_{end}" if kind else None


def _is_written_break(text: str) -> bool:
    """ "bis 100 kg" heads a break; without its number it would head a column of upper bounds."""
    found = parse_break(text) if any(map(str.isdigit, text)) else None
    return found is not None and found.shape in ("range", "upto", "below", "from", "over")


def _is_axis_text(text: str) -> bool:
    return is_number(text) or parse_break(text) is not None or bool(ZONE_LABEL.match(text) or is_equipment(text))


def _headless(plans: dict[int, ColumnPlan], header: Header, sample: Sequence[Row]) -> None:
    """Columns with values and no header: the second half of what stands to the left ("Postal range" over two)."""
    used = {cell.column for row in sample for cell in row.cells}
    for column in sorted(used - set(plans)):
        left = plans.get(column - 1)
        pairs = {"destination": "destination_from", "origin": "origin_from", "break": "weight_from"}
        if left is None or left.meaning not in pairs:
            continue
        share = sum(any(cell.column == column for cell in row.cells) for row in sample) / len(sample)
        if share > 0.8:
            first = pairs[left.meaning]
            plans[column - 1] = replace(left, meaning=first)
            plans[column] = replace(left, column=column, meaning=first.replace("_from", "_to"))


def _target(columns: list[ColumnPlan], sample: Sequence[Row], context: str) -> Target | None:
    meanings = {column.meaning for column in columns}
    prices = [column for column in columns if column.meaning == "price"]
    if meanings & {"fuel_from", "fuel_to"} and meanings & {"fuel_percent", "percent", "price"}:
        return "fuel"
    keyed = meanings & (PLACES | WEIGHTS | {"zone", "freight_class", "equipment", "lane"})
    if meanings & {"surcharge", "code"} and not keyed and meanings & {"price", "percent"}:
        return "surcharges"
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
    last = start
    misses = 0
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
                if text[:1].isdigit():
                    hits = priced = True
                elif is_number(text) or len(text) <= 12:
                    hits = True
                else:
                    others = True
            elif column not in inside:
                outside += 1
        first = cells[0].text
        if first in titles and all(cell.text in titles for cell in cells):
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


def _weight_unit(columns: Sequence[ColumnPlan], headers: str, context: str) -> str:
    for column in columns:
        if column.meaning in WEIGHTS and column.unit:
            return column.unit
        if column.axis == "break" and (found := parse_break(column.label)) and found.unit in ("kg", "lb", "oz", "g"):
            return found.unit
    return weight_unit(headers) or weight_unit(context)


def _price_unit(columns: Sequence[ColumnPlan], context: str) -> str:
    """What prices are charged by where their headers do not say: the note above, else what is customary."""
    said = price_unit(context)
    if said:
        return said
    axes = {column.axis for column in columns if column.meaning == "price"}
    meanings = {column.meaning for column in columns}
    if "equipment" in axes or "equipment" in meanings:
        return "flat"
    breaks = [b for c in columns if c.axis == "break" and (b := parse_break(c.label)) is not None]
    if "freight_class" in meanings | axes and breaks:
        return "cwt"
    if any(c.label.startswith(("+", "-")) or b.shape == "normal" for c in columns if c.axis == "break"
           for b in [parse_break(c.label)] if b is not None):  # fmt: skip
        return "kg"
    return "flat"


def _basis(columns: Sequence[ColumnPlan], headers: str) -> str:
    words = set(folded(headers).split())
    if words & {"pallet", "pallets", "palette", "paletten", "palets", "palet", "palettes"}:
        return "pallet"
    if words & {"ldm", "lademeter"}:
        return "ldm"
    if words & {"cbm", "m3", "volume", "volumen"}:
        return "volume"
    if words & {"pieces", "pcs", "colli", "stuck"}:
        return "piece"
    return "weight" if any(c.meaning in WEIGHTS or c.axis == "break" for c in columns) else ""
