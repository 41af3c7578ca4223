"""Columns that are headed by a value of a key (zones, breaks, containers): which key. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from invoices.rate_records.charges import meaning_of as trade_meaning
from invoices.values import parse_country
from processing.content.records import Row
from processing.ratecards.headers import Header, is_number
from processing.ratecards.labels import currency_in, parse_break, price_unit, unit_beside, weight_unit, without_unit
from processing.ratecards.named_axes import all_distances, name_axis
from processing.ratecards.notes import LEGAL_FORM, mode_from
from processing.ratecards.place_parts import country_code
from processing.ratecards.plan import ColumnPlan
from processing.ratecards.vocabulary import (
    CLASS_LABEL,
    DISTANCES,
    FREIGHT_CLASSES,
    KEYS,
    LANE_LABEL,
    NOTHING,
    PACKAGING,
    PALLET_SIZE,
    PLACES,
    WEIGHTS,
    ZONE_LABEL,
    ZONE_WORD,
    is_equipment,
    meaning_of,
)
from processing.ratecards.zone_labels import marks_of, zone_and_places

_PRICE_WORDS = re.compile(
    r"\b(?:rates?|price|preis|tarif|tarifa|precio|prix|freight|charge|cost|flete|fracht|in|net|netto|"
    r"all[- ]in|per|pro|je|por|par)\b",
    re.I,
)
_PRICE_HEADER = re.compile(
    r"price|preis|cost|kosten|\brates?\b|tarif|prix|precio|pre[çc]o|prezzo|importe|valor\b|frete\b|charge\b|prijs|cena\b|"
    r"tarief|\bpris\b|stawka|fiyat|[üu]cret|hinta|\bhind\b|sats\b",
    re.I,
)
_BASE_PRICE = re.compile(
    r"\b(?:base|basic|linehaul|line haul|freight|fracht|grund|flete|frete|fret|nolo|vracht|frakt|fragt)\b.{0,12}"
    r"(?:rate|price|charge|preis|tarif\w*|precio|valor|prix|prezzo|prijs|pris)?|\b(?:rate|preis|price|prix|precio|prezzo|"
    r"prijs|pris|cena)$", re.I
)  # fmt: skip
_STARTED = re.compile(r"fra[çc][ãa]o|fraction|part thereof|angef|entam[ée]|fracci[óo]n|frazione", re.I)
_PARENTHESES = re.compile(r"[(\[][^)\]]*[)\]]")
_PLACE_CODE = re.compile(r"^(?:[A-Z]{3}|[A-Z]{5}|[A-Z]{2}[- ]?\d{1,2})$")


def holds_values(column: int, sample: Sequence[Row]) -> bool:
    texts = [cell.text for row in sample for cell in row.cells if cell.column == column]
    if not texts:
        return False
    good = sum(is_number(text) or bool(NOTHING.match(text)) for text in texts)
    return good * 2 >= len(texts)


def corner_of(plan: ColumnPlan | None, column: int, sample: Sequence[Row], header: Header, context: str) -> ColumnPlan:
    texts = [cell.text for row in sample for cell in row.cells if cell.column == column]
    plan = plan or ColumnPlan(column, "")
    if plan.meaning and plan.meaning != "ignore":
        return plan
    breaks = sum(parse_break(text) is not None or bool(PACKAGING.match(text)) for text in texts)
    zones = sum(bool(ZONE_LABEL.match(text)) and not is_number(text) for text in texts)
    if zones * 2 > len(texts):
        meaning = "zone"
    elif breaks * 10 >= len(texts) * 7:
        meaning = "break"
    else:
        axis_breaks = [parse_break(header.own(c)) for c in header.columns if c != column]
        on_axis = sum(b is not None and b.shape != "point" for b in axis_breaks)
        places = sum(parse_country(text) is not None for text in texts)
        others_are_places = not on_axis and not any(is_number(header.own(c)) for c in header.columns if c != column)
        named = [header.own(c) for c in header.columns if c != column]
        square = sum(text in texts for text in named) * 2 >= len(named) > 0 or (_codes(named) and _codes(texts))
        meaning = "origin" if others_are_places and square else "destination" if on_axis or places else "service"
    return replace(plan, meaning=meaning, unit=weight_unit(plan.header) or weight_unit(context))


def _codes(texts: Sequence[str]) -> bool:
    """Whether texts are codes of airports, ports or postal areas."""
    return len(texts) > 1 and all(_PLACE_CODE.match(text) for text in texts)


def assign_axis(
    plans: dict[int, ColumnPlan], values: list[int], header: Header, meanings: set[str], context: str
) -> None:
    beside = [c for c in values if charge_like(header.own(c), header.full(c))]
    priced = any(plan.meaning == "price" for plan in plans.values())
    grouped = {c for c in beside if len(header.parts[c]) > 1 and is_equipment(column_label(header.own(c)))}
    beside = [c for c in beside if c not in grouped]  # "THC" above 20' and 40': the axis above tells them apart
    if beside and (priced or len(beside) < len(values)):
        for column in beside:
            plans[column] = replace(plans[column], meaning="unknown")  # a charge of the lane
        values = [column for column in values if column not in beside]
    if not values:
        return
    labels = {column: column_label(header.own(column)) for column in values}
    zoned = {column: zone_and_places(*(cell.text for cell in header.parts[column])) for column in values}
    if all(zone for zone, _ in zoned.values()) and len({zone for zone, _ in zoned.values()}) == len(zoned):
        for column, (zone, places) in zoned.items():
            full = header.full(column)
            plans[column] = replace(
                plans[column], meaning="price", axis="zone", label=zone, places=places,
                currency=currency_in(full) if len(full) < 60 else "",
            )  # fmt: skip
        return
    if (
        len(values) == 1
        and meanings & KEYS
        and (_PRICE_HEADER.search(header.own(values[0])) or price_unit(header.own(values[0])))
        and parse_break(labels[values[0]]) is None
        and not ZONE_LABEL.match(labels[values[0]])
    ):
        full = header.full(values[0])
        plans[values[0]] = replace(
            plans[values[0]], meaning="price", unit=price_unit(full) or "", currency=currency_in(full)
        )
        return
    for column in values:
        if parse_break(labels[column]) is None and _is_excess(header.full(column)):
            labels[column] = header.full(column)  # "R$/kg above 100 kg" below "Excess"
    hint = next((m for c in values if len(header.parts[c]) > 1 and (m := meaning_of(header.parts[c][0].text))), None)
    title = meaning_of(header.above)
    hint = hint or (title if title not in ("equipment", "service", "freight_class") else None)
    far = hint in DISTANCES and all(is_number(label) or parse_break(label) for label in labels.values())
    if far or all_distances(labels.values()):
        for column in values:
            plans[column] = replace(plans[column], meaning="price", axis="distance", label=labels[column])
        return
    axis = _axis_of(list(labels.values()), meanings, hint, context)
    marks = dict(zip(labels, marks_of(list(labels.values())), strict=False))
    if axis == "service" and (price := _only_price(header, values)) is not None:
        for column in values:
            # "Base rate" beside "Tolls" and "Chassis": one is the freight, the others are charges of the lane.
            own_unit = price_unit(header.full(column)) or ""
            meaning = "price" if column == price else "unknown"
            plans[column] = replace(
                plans[column], meaning=meaning, unit=own_unit, currency=currency_in(header.full(column))
            )
        return
    if axis == "service" and priced and len(values) == 1:
        axis = ""  # a single number beside a price that is named is no price of another service
    for column in values:
        label = labels[column]
        own = axis
        if parse_break(label) is not None and parse_break(label).shape == "minimum":  # type: ignore[union-attr]
            plans[column] = replace(plans[column], meaning="minimum")
            continue
        if axis == "":
            plans[column] = replace(plans[column], meaning="unknown")
            continue
        if axis == "destination":
            label = country_code(label) or label
        if axis == "zone":
            match = ZONE_LABEL.match(label)
            label = match[1] if match and match[1] else marks.get(column, label)
        elif axis == "freight_class" and (of_class := CLASS_LABEL.match(label)):
            label = of_class[1].replace(",", ".")
        elif axis == "carrier":
            label = header.own(column)
        elif axis in ("break", "service") and is_equipment(label) and parse_break(label) is None:
            own = "equipment"
        if own == "equipment":
            label = _PARENTHESES.sub("", label).strip() if currency_in(label) else label
        elif axis == "break" and parse_break(label) is None and not PACKAGING.match(label):
            plans[column] = replace(plans[column], meaning="unknown")  # a surcharge of the lane, a code
            continue
        full = header.full(column)
        plans[column] = replace(
            plans[column],
            meaning="price",
            axis=own,
            label=label,
            unit=(unit_beside(full) if own == "break" else price_unit(full)) or "",
            currency=currency_in(full),
        )
    _outer_axis(plans, values, header)


def _only_price(header: Header, values: Sequence[int]) -> int | None:
    """The one column of several whose header is that of a price, where the others are not."""
    priced = [column for column in values if _BASE_PRICE.search(header.own(column))]
    return priced[0] if len(priced) == 1 < len(values) else None


def charge_like(own: str, full: str) -> bool:
    """Whether a header beside those of prices is that of another charge: percent, a minimum, a named charge."""
    if parse_break(own) is not None or _is_excess(full) or PALLET_SIZE.match(own):
        return False  # "Mini quarter" is a size
    words = own.casefold().split()
    least = bool(words) and words[0].rstrip(".") in ("min", "minimum", "mínimo", "minimo", "mini", "mindest")
    return "%" in own or least or bool(trade_meaning(full)) or bool(_STARTED.search(own))


def _is_excess(full: str) -> bool:
    found = parse_break(full)
    return found is not None and found.shape == "additional"


def _outer_axis(plans: dict[int, ColumnPlan], values: list[int], header: Header) -> None:
    """Where the labels of columns repeat, what stands above them tells them apart ("Express" above its zones)."""
    columns = [c for c in values if plans[c].meaning == "price" and plans[c].axis]
    keys = [(plans[c].axis, plans[c].label) for c in columns]
    if len(set(keys)) == len(keys):
        return
    above = {c: header.parts[c][-2] for c in columns if len(header.parts[c]) > 1}
    told = {(plans[c].axis, plans[c].label, above[c].text) for c in above}
    if len(above) < len(columns) or len(told) < len(columns):
        return
    if all(names_unit(cell.text) for cell in above.values()):
        return  # "Price per parcel" beside "Rate per CWT": by what is charged, which the columns know already
    if all(LANE_LABEL.match(" ".join(cell.text.split())) for cell in above.values()):
        for column, cell in zip(columns, above.values(), strict=True):
            plans[column] = replace(plans[column], outer_axis="lane", outer_label=" ".join(cell.text.split()))
        return
    charges = {c for c, cell in above.items() if trade_meaning(cell.text)}
    if charges and len(charges) < len(above) and len({above[c].text for c in above if c not in charges}) == 1:
        for column in charges:  # "Ocean freight" and "THC" above the same containers: freight, and a charge by size
            plans[column] = replace(plans[column], outer_axis="charge", outer_label=above[column].text)
        return
    texts = [column_label(cell.text) for cell in above.values()]
    taken = {plans[c].axis for c in columns} | {plan.meaning for plan in plans.values()}
    axis = _axis_of(texts, {"break"} if taken & WEIGHTS else set(), None, "")
    if axis in taken or axis in ("break", ""):
        axis = "service" if "service" not in taken else "equipment"
    if axis in taken:
        return
    shown = [cell.text for cell in above.values()] if axis == "service" else texts
    for column, text in zip(columns, shown, strict=True):
        match = ZONE_LABEL.match(text) if axis == "zone" else None
        plans[column] = replace(plans[column], outer_axis=axis, outer_label=match[1] if match and match[1] else text)


def names_unit(text: str) -> bool:
    """Whether a title above prices only says by what they are charged."""
    return meaning_of(text) == "price" or (price_unit(text) is not None and bool(_PRICE_WORDS.search(text)))


def column_label(text: str) -> str:
    plain = re.sub(r"[(\[].*?[)\]]", " ", text).strip() or text
    if parse_break(text) is not None or parse_break(plain) is not None or ZONE_LABEL.match(plain):
        return text if parse_break(text) is not None else plain
    bare = without_unit(plain) if len(without_unit(plain).split()) > 1 else plain
    without = " ".join(_PRICE_WORDS.sub(" ", bare).split()).strip(" -:/")
    currency = currency_in(without)
    if currency:
        without = re.sub(rf"\b{currency}\b|[€$£]", " ", without).strip(" -:/")
    return " ".join(without.split()) or text


def _axis_of(labels: list[str], meanings: set[str], hint: str | None, context: str) -> str:
    count = len(labels)
    breaks = [parse_break(label) for label in labels]
    weighs = bool(meanings & WEIGHTS)
    if sum(bool(is_equipment(label)) for label in labels) * 2 >= count:
        return "equipment"
    if sum(bool(ZONE_LABEL.match(label)) and not is_number(label) for label in labels) * 2 >= count and not all(
        b is not None and b.shape != "point" for b in breaks
    ):
        return "zone"
    if count > 1 and all(CLASS_LABEL.match(label) for label in labels):
        return "freight_class"
    if count > 1 and all(PALLET_SIZE.match(label) for label in labels):
        return "equipment"
    if sum(bool(LEGAL_FORM.search(label)) for label in labels) * 2 > count:
        return "carrier"
    if count > 1 and (all(ZONE_WORD.match(label) for label in labels) or (marks_of(labels) and not hint)):
        return "zone"  # "Zona Provincial", "Zona Baleares"; "Gebiet 1", "Gebiet 2"
    if hint in ("zone", "destination", "origin", "service", "equipment", "freight_class"):
        return hint
    if hint in WEIGHTS and not weighs:
        return "break"
    shaped = sum(b is not None and (b.shape != "point" or bool(b.unit)) for b in breaks)
    if shaped * 2 >= count and not weighs:
        return "break"
    numbers = sum(is_number(label) for label in labels)
    if numbers * 2 > count:
        classes = all(label in FREIGHT_CLASSES for label in labels)
        if weighs:
            # Four numbers that all are freight classes are no coincidence; two or three zones may be.
            return "freight_class" if classes and count >= 4 else "zone"
        if classes and re.search(r"\bclass", context, re.I):
            return "freight_class"
        bounds = [b.first for b in breaks if b is not None and b.first is not None]
        rising = all(a < b for a, b in itertools.pairwise(bounds))
        return "break" if rising and meanings & (PLACES | {"zone", "freight_class", "service"}) else "zone"
    if "origin" in meanings and "destination" not in meanings and not weighs:
        return "destination"
    countries = sum(
        parse_country(label) is not None or bool(re.match(r"^[A-Z]{2}(?:$|\s\d)", label) and parse_country(label[:2]))
        for label in labels
    )
    if countries * 2 > count and "destination" not in meanings:
        return "destination"
    if all(PACKAGING.match(label) for label in labels):
        return "equipment"
    short = all(re.match(r"^[A-Z]{1,2}\d{0,2}$", label) for label in labels)
    if short and "zone" not in meanings:
        return "zone"
    if "destination" not in meanings and _codes(labels) and mode_from([context]) in ("air", "ocean"):
        return "destination"
    # "up to 100 kg" beside another column of weights is no service: a person knows what it is.
    unknown = any(b is not None and (b.shape != "point" or b.unit) for b in breaks)
    return "" if unknown else name_axis(labels, meanings)
