"""What each column of a table means: by the words of its header, by its neighbours and by the values below it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from invoices.rate_records.charges import meaning_of as trade_meaning
from invoices.values import parse_country
from processing.content.records import Row
from processing.ratecards.axes import assign_axis, corner_of, holds_values
from processing.ratecards.bounds import settle_bounds, settle_starts
from processing.ratecards.charge_columns import settle_charges
from processing.ratecards.headers import Header, is_number
from processing.ratecards.labels import currency_in, parse_break, price_unit, unit_named, weight_unit
from processing.ratecards.list_prices import settle_prices
from processing.ratecards.place_parts import with_parts
from processing.ratecards.plan import ColumnPlan
from processing.ratecards.sheets import source_of
from processing.ratecards.values import places_of
from processing.ratecards.vocabulary import (
    BOUND_WORDS,
    BOUND_WORDS_FROM,
    FROM_TO,
    KEYS,
    PLACES,
    WEIGHTS,
    ZONE_LABEL,
    folded,
    is_equipment,
    meaning_of,
)

_DISCOUNT = re.compile(r"\b(?:discount|rabatt|nachlass|remise|descuento|desconto|sconto|korting|rabat)\b", re.I)
_LEAST = re.compile(r"^(?:min(?:imum|imo|dest\w*|i)?|m[íi]nimo)\b\.?\s+(?:per|je|pro|par|por|pr|za|a)\b", re.I)
_LEAST_CHARGE = re.compile(r"^min(?:imum)?\.?\s*(?:chg|chrg|charge|rate|frt|freight|price)s?\.?$", re.I)
_DECIMAL = re.compile(r"^\d+[.,]\d{1,2}$")
_AMOUNT = re.compile(r"^(?:[A-Z]{3}\s|US\$|R\$|[€$£])?\s*\d{1,6}[.,]\d{1,2}$")
_COUNT = re.compile(r"^\d{1,3}(?:\s*[-–/]\s*\d{1,3})?\s*(?P<word>[^\W\d_]+\.?)$")
_DISTANCE = re.compile(r"\bkm\b|kilomet|\bmiles?\b|mileage|distan|entfernung|afstand|rayon", re.I)


def columns_under(header: Header, sample: Sequence[Row], context: str) -> list[ColumnPlan] | None:
    """The columns under a header, left to right; ``sample`` are rows below it, ``context`` what stands above."""
    plans: dict[int, ColumnPlan] = {}
    open_: list[int] = []
    # "DE" beside "AT" and "FR" is a country, alone it may be Portuguese for "from".
    codes = [text for c in header.columns if re.match(r"^[A-Z]{2}$", text := header.own(c)) and parse_country(text)]
    countries = frozenset(codes if len(codes) > 1 else ())
    for column in header.columns:
        own, full = header.own(column).replace("_", " "), header.full(column).replace("_", " ")
        meaning = None if _is_written_break(own) or own in countries else meaning_of(own)
        if len(header.parts[column]) > 1 and folded(own) in BOUND_WORDS:
            meaning = _bound_of(header.parts[column][-2].text, folded(own)) or meaning
        if meaning in PLACES and len(header.parts[column]) > 1:
            # "State" and "ZIP3" below "Origin" are of the origin.
            above = meaning_of(header.parts[column][0].text) or ""
            side = next((s for s in ("origin", "destination") if above.startswith(s)), "")
            if side and not str(meaning).startswith(side) and "_" not in str(meaning):
                meaning = side
        upper = header.parts[column][-2].text if len(header.parts[column]) > 1 else ""
        if upper and is_equipment(upper) and (meaning == "price" or trade_meaning(own)):
            # "Freight" and "BAF" below each size of container.
            source = source_of(header.parts[column][-1].place)
            is_charge = meaning != "price"
            plans[column] = ColumnPlan(
                column, "price", full[:120], axis="equipment", label=upper, unit=price_unit(own) or "",
                currency=currency_in(own), header_source=source,
                outer_axis="charge" if is_charge else "", outer_label=own if is_charge else "",
            )  # fmt: skip
            continue
        if FROM_TO.match(own):
            meaning = "origin"
        if meaning in PLACES and _holds_prices(column, sample, named_equipment=is_equipment(own)):
            meaning = None  # "Van" is Dutch for from, and a vehicle
        if meaning == "cost" and price_unit(own) not in (None, "flat"):
            meaning = "price"  # "cost per kg" is what the customer pays
        if meaning is None and _LEAST.match(own) and price_unit(own) in ("flat", "bill", None):
            meaning = "minimum"  # "Minimum per shipment" beside prices by weight
        if meaning is None and _LEAST_CHARGE.match(own):
            meaning = "minimum"
        if _DISCOUNT.search(own) and holds_values(column, sample):
            meaning = "discount"
        if meaning is None and own not in countries and not _is_axis_text(own):
            meaning = meaning_of(full)
        source = source_of(header.parts[column][-1].place)
        plan = ColumnPlan(column, meaning or "", full[:120], header_source=source)
        if meaning in ("price", "percent", "minimum", "maximum", "base_charge", "cost", "fuel_percent"):
            plan = replace(plan, unit=price_unit(own) or price_unit(full) or "", currency=currency_in(full))
        elif meaning in WEIGHTS:
            plan = replace(plan, unit=weight_unit(full))
        plans[column] = plan
        if meaning is None:
            open_.append(column)
    _names_of_charges(plans, sample)
    _charges_in_rows(plans, header, sample)
    _least_up_to(plans, header, sample)
    _headless(plans, header, sample)
    _distance_ranges(plans, header, sample)
    settle_bounds(plans, header, sample, context)
    settle_starts(plans, sample)
    meanings = {plan.meaning for plan in plans.values()}
    values = [column for column in open_ if holds_values(column, sample)]
    if values and not (meanings & (KEYS | {"charge_name"})):
        # A corner without a word, or with one that is no header: what stands below says what it is.
        corner = min((c for row in sample for c in (cell.column for cell in row.cells)), default=0)
        plans[corner] = corner_of(plans.get(corner), corner, sample, header, context)
        values = [column for column in values if column != corner]
        meanings.add(plans[corner].meaning)
    if "destination" not in meanings and "destination_from" not in meanings:
        for column in sorted(set(open_)):
            if plans[column].meaning == "" and _lists_postcodes(column, sample):
                plans[column] = replace(plans[column], meaning="destination")
                values = [value for value in values if value != column]
                meanings.add("destination")
                break
    for column in set(open_) - set(values):
        if plans[column].meaning == "" and (not _holds_figures(column, sample) or _holds_counts(column, sample)):
            plans[column] = replace(plans[column], meaning="ignore")
    if values:
        assign_axis(plans, values, header, meanings, context)
    settle_charges(plans, header, sample)
    settle_prices(plans, sample)
    if {"fuel_from", "fuel_to"} & {plan.meaning for plan in plans.values()}:
        for column, plan in plans.items():
            if plan.meaning in ("surcharge", "price", "zone") and holds_values(column, sample):
                plans[column] = replace(plan, meaning="fuel_percent", axis="", label="")
    return with_parts([plans[column] for column in sorted(plans)], sample) or None


def _holds_prices(column: int, sample: Sequence[Row], *, named_equipment: bool) -> bool:
    """Whether a column that is headed like a place holds amounts: whole numbers may be postcodes."""
    texts = [cell.text for row in sample if (cell := row.cell_at(column)) is not None]
    amounts = sum(bool(_AMOUNT.match(text)) for text in texts)
    return bool(texts) and (amounts * 2 > len(texts) or (named_equipment and all(map(is_number, texts))))


def _least_up_to(plans: dict[int, ColumnPlan], header: Header, sample: Sequence[Row]) -> None:
    """ "Minimum (up to 20 kg)" beside a price per further kg is what weighs up to 20 kg costs."""
    further = any((found := parse_break(header.full(c))) and found.shape == "additional" for c in header.columns)
    for column, plan in plans.items():
        if plan.meaning != "minimum" or not further or column not in header.parts:
            continue
        inside = re.search(r"\(([^()]*\d[^()]*)\)", header.own(column))
        label = parse_break(inside[1].strip()) if inside else None
        if inside is not None and label is not None and label.shape == "upto" and holds_values(column, sample):
            plans[column] = replace(plan, meaning="price", axis="break", label=inside[1].strip(), unit="flat")


def _lists_postcodes(column: int, sample: Sequence[Row]) -> bool:
    """Whether the cells list or range over codes of one length ("00-05", "20-27, 90-99"): nothing else looks so."""
    texts = [cell.text for row in sample if (cell := row.cell_at(column)) is not None]
    found = [places_of(text) for text in texts]
    ends = [end for places in found for _, first, last in places for end in (first, last)]
    several = sum(len(places) > 1 or any(first != last for _, first, last in places) for places in found)
    return (
        len(texts) > 1 and all(found) and several * 2 > len(texts) and not any(map(_DECIMAL.match, texts))
        and all(end.isdecimal() and len(end) in (2, 3, 4, 5) for end in ends) and len({len(end) for end in ends}) == 1
    )  # fmt: skip


def _names_of_charges(plans: dict[int, ColumnPlan], sample: Sequence[Row]) -> None:
    """ "Charge | Amount": words below one of two heads of prices are the names of charges."""
    priced = [c for c, plan in plans.items() if plan.meaning in ("price", "cost")]
    if len(priced) < 2 or not any(holds_values(c, sample) for c in priced[1:]):
        return
    texts = [cell.text for row in sample if (cell := row.cell_at(priced[0])) is not None]
    if priced[0] == min(plans) and texts and not any(any(map(str.isdigit, text[:1])) for text in texts):
        plans[priced[0]] = replace(plans[priced[0]], meaning="surcharge", unit="", currency="")


def _charges_in_rows(plans: dict[int, ColumnPlan], header: Header, sample: Sequence[Row]) -> None:
    """ "Charge | 20' | 40' | Basis": names of charges stand below the word, and prices below the containers."""
    first = min(plans, default=None)
    if first is None or plans[first].meaning not in ("price", "service", "surcharge"):
        return
    sized = [c for c in header.columns if is_equipment(header.own(c)) and holds_values(c, sample)]
    texts = [cell.text for row in sample if (cell := row.cell_at(first)) is not None]
    named = sum(bool(trade_meaning(text)) for text in texts)
    if len(sized) > 1 and texts and named * 2 >= len(texts) and not any(map(is_number, texts)):
        plans[first] = replace(plans[first], meaning="charge_name")


def _holds_figures(column: int, sample: Sequence[Row]) -> bool:
    """Whether most cells begin with a digit: what nobody knows a meaning for asks a person, it is not ignored."""
    texts = [cell.text for row in sample if (cell := row.cell_at(column)) is not None]
    return bool(texts) and sum(text[:1].isdigit() for text in texts) * 2 > len(texts)


def _holds_counts(column: int, sample: Sequence[Row]) -> bool:
    """Whether each cell is a whole number, or a range, before one and the same word that is neither money nor a unit of
    prices: "12 dgn", "3-5 dagar"."""
    found = [_COUNT.match(cell.text) for row in sample if (cell := row.cell_at(column)) is not None]
    words = {match["word"].casefold().rstrip(".") for match in found if match is not None}
    return len(words) == 1 and None not in found and not any(map(_is_of_prices, words))


def _is_of_prices(word: str) -> bool:
    return bool(
        currency_in(word)
        or price_unit(f"per {word}") not in (None, "day", "hour")
        or weight_unit(word)
        or len(word) < 3
    )


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


def _distance_ranges(plans: dict[int, ColumnPlan], header: Header, sample: Sequence[Row]) -> None:
    """A column of distances whose cells are breaks ("0-150", "601+"); one of plain numbers only says how far it is."""
    for column, plan in plans.items():
        if column not in header.parts or not _DISTANCE.search(header.full(column)) or unit_named(header.own(column)):
            continue
        if plan.meaning not in ("", "ignore", "break", "distance_to", "distance_from"):
            continue
        labels = [parse_break(c.text) for row in sample if (c := row.cell_at(column)) is not None]
        shaped = sum(label is not None and label.shape != "point" for label in labels)
        if labels and shaped * 10 >= len(labels) * 9:
            plans[column] = replace(plan, meaning="distance")


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
