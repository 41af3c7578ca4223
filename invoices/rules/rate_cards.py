"""What must hold before a rate card is used: breaks without gap or overlap, each lane once, plausible prices. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from invoices.rate_records import CardData, RateData
from invoices.rate_records.charges import folded_name, meaning_of
from invoices.rate_records.rules import RULES
from invoices.records import ReviewReason
from invoices.rules.catalogue import reason
from invoices.rules.rate_card_zones import zone_conflicts

TOLD_ONE_BY_ONE = 5  # a misread column fails on every row: past this a summary says it better
# A decimal slip moves a price by a factor of ten; neighbours of real tables stay far below.
ODD_FACTOR = Decimal(4)
# Words of the trade for what is charged beside the freight, in folded form.
_FEE = re.compile(
    r"surcharge|accessorial|\bfees?\b|zuschlag|gebuhr|nebenkosten|recargo|suplemento|supplement|surtaxe|sovrapprezzo|"
    r"toeslag|\btaxas?\b|generalidades|doplata"
)


def check_rate_card(card: CardData) -> list[ReviewReason]:
    """The reasons why a person must look at a card, blocking ones first; an empty list means that it can be used."""
    reasons = [
        *_required(card),
        *_validity(card),
        *_units(card),
        *_lanes(card),
        *_rules(card),
        *_tables(card),
        *_fees(card),
        *zone_conflicts(card.zones, card.rates),
    ]
    return sorted(reasons, key=lambda found: not found.blocking)


def _rules(card: CardData) -> Iterator[ReviewReason]:
    """Sentences with figures that nobody has understood: what they change, every price may lack."""
    open_rules = [(index, rule) for index, rule in enumerate(card.rules) if rule.kind == "not_understood"]
    for index, rule in open_rules[:TOLD_ONE_BY_ONE]:
        text = f"“{rule.words[:200]}” has figures that may change prices and was not understood."
        yield reason("figure_not_understood", f"rules[{index}]", text)
    if len(open_rules) > TOLD_ONE_BY_ONE:
        yield reason(
            "figure_not_understood", "rules", f"The same of {len(open_rules)} sentences; the first are listed."
        )
    for index, rule in enumerate(card.rules):
        if rule.kind not in RULES:
            text = f"“{rule.words[:200] or rule.kind}” became a rule that rating does not know."
            yield reason("figure_not_understood", f"rules[{index}]", text)


def _fees(card: CardData) -> Iterator[ReviewReason]:
    """Fees that were read as freight: they would price any shipment. A toll or fuel table in place of rates, a row for
    every shipment under the name of a fee, or beside rates that are for a lane or a break."""
    freight = [(index, rate) for index, rate in enumerate(card.rates) if not rate.charge]
    keyed = any(not _for_any_shipment(rate) for _, rate in freight)
    found = [(index, rate) for index, rate in freight if _is_fee(rate, beside=keyed)]
    if not found:
        return
    index, rate = found[0]
    told = rate.service or _name(rate)
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    text = f"“{told[:100]}” ({rate.value}){more} look like fees, and would price any shipment as freight."
    yield reason("sheet_of_fees", f"rates[{index}]", text)


def _for_any_shipment(rate: RateData) -> bool:
    keys = (rate.origin, rate.destination, rate.zone, rate.equipment, rate.freight_class)
    bounds = (rate.break_from, rate.break_to, rate.break2_from, rate.break2_to)
    return not any(keys) and all(bound is None for bound in bounds) and not rate.conditions


def _is_fee(rate: RateData, *, beside: bool) -> bool:
    named = f"{rate.service} {rate.origin} {rate.destination}"
    if meaning_of(rate.service) in ("toll", "fuel") or _FEE.search(folded_name(named)):
        return True
    return _for_any_shipment(rate) and rate.unit == "flat" and (beside or bool(meaning_of(rate.service)))


def _tables(card: CardData) -> Iterator[ReviewReason]:
    """Charges by a table and their rows need each other: without it a quote would lack or forget them."""
    rows = {folded_name(rate.charge) for rate in card.rates if rate.charge}
    if not rows and not any(surcharge.basis == "table" for surcharge in card.surcharges):
        return
    heads = {folded_name(text) for s in card.surcharges if s.basis == "table" for text in (s.code, s.name) if text}
    for name in sorted(rows - heads):
        yield reason("mapping_doubtful", "rates", f"The table of “{name}” belongs to no charge of the card.")
    for index, surcharge in enumerate(card.surcharges):
        own = {folded_name(text) for text in (surcharge.code, surcharge.name) if text}
        if surcharge.basis == "table" and not own & rows:
            text = f"“{surcharge.name}” is charged by a table that has no row."
            yield reason("mapping_doubtful", f"surcharges[{index}]", text)


def _required(card: CardData) -> Iterator[ReviewReason]:
    if not (card.rates or card.zones or card.surcharges or card.fuel):
        yield reason("missing_rates", "rates", "No rates, zones or surcharges were found.")
        return
    if not card.carrier_name and not card.carrier_code:
        yield reason("card_field_missing", "carrier_name", "Carrier name not found.")
    priced = bool(card.rates or card.surcharges)
    if priced and not card.currency and not all(rate.currency for rate in card.rates):
        yield reason("card_field_missing", "currency", "Currency not found.")
    if any(rate.break_basis == "weight" and not rate.break_unit for rate in card.rates) and not card.weight_unit:
        yield reason("card_field_missing", "weight_unit", "Weight unit not found: kilograms or pounds?")


def _validity(card: CardData) -> Iterator[ReviewReason]:
    rows_say = bool(card.rates) and all(rate.valid_from or rate.valid_to for rate in card.rates)
    if card.valid_from is None and card.valid_to is None and not rows_say:
        yield reason("validity_missing", "valid_from", "Validity dates not found.")
    elif card.valid_from and card.valid_to and card.valid_to < card.valid_from:
        yield reason("validity_reversed", "valid_to", "The card ends before it starts.")
    wrong = sum(1 for rate in card.rates if rate.valid_from and rate.valid_to and rate.valid_to < rate.valid_from)
    if wrong:
        yield reason("validity_reversed", "rates", f"{wrong} rates end before they start.")
    outside = sum(1 for rate in card.rates if (rate.valid_from or rate.valid_to) and _never(card, rate))
    if outside:
        yield reason("validity_outside", "rates", f"{outside} rates are never valid while the card is.")


def _never(card: CardData, rate: RateData) -> bool:
    ended = card.valid_from is not None and rate.valid_to is not None and rate.valid_to < card.valid_from
    return ended or (card.valid_to is not None and rate.valid_from is not None and rate.valid_from > card.valid_to)


def check_version(card: CardData, *, before_from: date | None, version: int) -> list[ReviewReason]:
    """Whether a card can follow the version that is in the books, which holds from ``before_from``."""
    if before_from is None or card.valid_from is None or card.valid_from >= before_from:
        return []
    text = f"Version {version} is valid from {before_from} and this card from {card.valid_from}: it is not newer."
    return [reason("version_older", "valid_from", text)]


def _units(card: CardData) -> Iterator[ReviewReason]:
    currencies = {rate.currency or card.currency for rate in card.rates} - {""}
    if len(currencies) > 1:
        text = f"Prices are in several currencies: {', '.join(sorted(currencies))}."
        yield reason("mixed_currency", "currency", text)
    units = {rate.break_unit for rate in card.rates if rate.break_basis == "weight" and rate.break_unit}
    if len(units) > 1:
        yield reason("mixed_units", "weight_unit", f"Weights are in several units: {', '.join(sorted(units))}.")


def lane_of(rate: RateData) -> tuple[object, ...]:
    """What a rate is for, its break apart."""
    return (
        rate.service, rate.service_code, rate.origin, rate.destination, rate.zone, rate.equipment, rate.freight_class,
        rate.currency, rate.valid_from, rate.valid_to, rate.charge, rate.break2_basis, rate.break2_from,
        rate.break2_to, str(rate.conditions) if rate.conditions else "",
    )  # fmt: skip


def lane_problems(card: CardData) -> dict[str, list[tuple[int, str]]]:
    """Code of a reason → (index of the rate, sentence) of each place: all of them, not the first five."""
    lanes: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, rate in enumerate(card.rates):
        lanes[lane_of(rate)].append(index)
    problems: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for indexes in lanes.values():
        if len(indexes) > 1:
            _lane(card.rates, indexes, problems)
    _odd_across(card.rates, problems)
    return problems


def _lanes(card: CardData) -> Iterator[ReviewReason]:
    for code, found in lane_problems(card).items():
        for index, text in found[:TOLD_ONE_BY_ONE]:
            yield reason(code, f"rates[{index}]", text)
        if len(found) > TOLD_ONE_BY_ONE:
            yield reason(code, "rates", f"The same in {len(found)} places; the first are listed.")


def _lane(rates: list[RateData], indexes: list[int], problems: dict[str, list[tuple[int, str]]]) -> None:
    plain = [i for i in indexes if rates[i].break_from is not None or rates[i].break_to is not None]
    flat = [
        i for i in indexes if rates[i].break_from is None and rates[i].break_to is None and not rates[i].excess_only
    ]
    for before, index in pairwise(flat):
        if rates[before].value != rates[index].value or rates[before].unit == rates[index].unit:
            problems["duplicate_rate"].append((index, f"{_name(rates[index])} is listed twice without breaks."))
    plain.sort(key=lambda i: (rates[i].break_from or Decimal(0), rates[i].break_to or Decimal("Infinity")))
    for before, index in pairwise(plain):
        low, high = rates[before], rates[index]
        if low.excess_only or high.excess_only:
            continue
        if (low.break_from, low.break_to) == (high.break_from, high.break_to):
            problems["duplicate_rate"].append((index, f"{_name(high)} has the break {_break(high)} twice."))
            continue
        end, start = low.break_to, high.break_from or Decimal(0)
        if end is None or end > start or (end == start and low.break_inclusive == "both"):
            problems["break_overlap"].append((index, f"{_name(high)}: {_break(low)} and {_break(high)} overlap."))
        elif end < start and not (low.break_inclusive == "both" and start - end <= 1):
            problems["break_gap"].append((index, f"{_name(high)}: no price between {_break(low)} and {_break(high)}."))
    _odd(rates, plain, problems)


def _odd_across(rates: list[RateData], problems: dict[str, list[tuple[int, str]]]) -> None:
    """The same break in other zones or classes, in the order in which they stand: a row of a matrix."""
    known = {index for index, _ in problems.get("odd_price", ())}
    rows: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, rate in enumerate(rates):
        if rate.zone or rate.freight_class:
            rows[
                rate.service, rate.origin, rate.destination, rate.equipment, rate.break_from, rate.break_to,
                rate.break_basis, rate.excess_only, rate.unit, rate.currency, rate.valid_from, rate.charge,
                rate.break2_from, rate.break2_to,
            ].append(index)  # fmt: skip
    for indexes in rows.values():
        for a, b, c in zip(indexes, indexes[1:], indexes[2:], strict=False):
            before, here, after = rates[a].value, rates[b].value, rates[c].value
            # Neighbours that agree between themselves: zones of other continents lie far apart without a slip.
            low, high = (before, after) if before <= after else (after, before)
            if b in known or low <= 0 or high > low * 2:
                continue
            if here > high * ODD_FACTOR or here * ODD_FACTOR < low:
                name = f"{_name(rates[b])}, {_break(rates[b])}"
                text = f"{name}: {here} is out of line with its neighbours {before} and {after}."
                problems["odd_price"].append((b, text))


def _odd(rates: list[RateData], ordered: list[int], problems: dict[str, list[tuple[int, str]]]) -> None:
    """A price far above or below both of its neighbours."""
    for a, b, c in zip(ordered, ordered[1:], ordered[2:], strict=False):
        before, here, after = rates[a], rates[b], rates[c]
        if before.unit != here.unit or here.unit != after.unit or after.excess_only:
            continue
        low, high = sorted((before.value, after.value))
        if low > 0 and (here.value > high * ODD_FACTOR or here.value * ODD_FACTOR < low):
            text = f"{_name(here)}, {_break(here)}: {here.value} is out of line with {before.value} and {after.value}."
            problems["odd_price"].append((b, text))


def _name(rate: RateData) -> str:
    parts = [rate.service, rate.origin, rate.destination, rate.zone and f"zone {rate.zone}", rate.equipment]
    return " ".join(part for part in parts if part)[:120] or "A rate"


def _break(rate: RateData) -> str:
    return f"{rate.break_from if rate.break_from is not None else ''}–{'' if rate.break_to is None else rate.break_to}"
