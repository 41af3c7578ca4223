"""What the tables of a card say only together: zones of both ends, bands of fuel without gaps. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from invoices.rate_records import CardData, RateData, RuleData
from invoices.rate_records.bases import basis_of
from invoices.rate_records.charges import ASKED_FOR
from invoices.rating.lanes import zone_key
from invoices.rules.rate_cards import lane_of
from processing.content.records import Row
from processing.ratecards.sheets import source_of

_MOST_MIRRORED = 20_000  # prices
_LEVEL = Decimal("0.8")
_STEP = Decimal("0.011")  # prices of fuel have two or three places: "3.400 – 3.499", "3.500 – 3.599"


def settle_excess(card: CardData) -> None:
    """A price per weight above the last break of flat prices: for what exceeds it, where the whole weight at that price
    would cost far less than the break does. Nothing says so, so a person does."""
    flat = {
        (lane_of(rate), rate.break_to): rate for rate in card.rates
        if rate.unit == "flat" and rate.break_to is not None and rate.break_basis == "weight"
    }  # fmt: skip
    above: list[tuple[RateData, RateData, Decimal]] = []
    for rate in card.rates:
        basis = basis_of(rate.unit)
        # What a sentence says to be for the whole weight is charged by the full kilogram.
        if basis is None or basis.quantity != "weight" or rate.excess_only or rate.break_from is None or rate.increment:
            continue
        before = flat.get((lane_of(rate), rate.break_from))
        if before is not None and before.value > 0:
            above.append((rate, before, rate.value * rate.break_from / basis.per / before.value))
    doubtful: list[RateData] = []
    for bound in {(rate.break_from, rate.unit) for rate, _, level in above if level < _LEVEL}:
        for rate, before, _ in above:
            if (rate.break_from, rate.unit) == bound:
                rate.excess_only, rate.base_charge = True, before.value
                rate.source["base_charge"] = before.source.get("value")
                doubtful.append(rate)
    if doubtful:
        place = {"words": doubtful[0].source.get("value")}
        start = f"{doubtful[0].break_from} {doubtful[0].break_unit}"
        words = f"Is the price above {start} for the whole weight, or for what exceeds it?"
        card.rules.append(RuleData("not_understood", words=words, source=place))


def settle_distances(card: CardData) -> None:
    """Prices that fall as the distance grows are for each kilometre or mile: no journey is cheaper than a shorter one.
    A person confirms it."""
    lanes: dict[tuple[object, ...], list[RateData]] = {}
    for rate in card.rates:
        if rate.break_basis == "distance" and rate.unit == "flat" and not rate.charge and not rate.base_charge:
            lanes.setdefault(lane_of(rate), []).append(rate)
    steps = [sorted(rates, key=lambda rate: rate.break_from or Decimal(0)) for rates in lanes.values()]
    falling = [all(b.value < a.value for a, b in pairwise(rates)) for rates in steps if len(rates) > 1]
    units = {rate.break_unit for rates in steps for rate in rates}
    if not falling or not all(falling) or len(units) != 1 or not units <= {"km", "mile"}:
        return
    unit = units.pop()
    for rates in steps:
        for rate in rates:
            rate.unit = unit
    words = f"The prices fall with the distance: are they for each {unit}?"
    place = {"words": steps[0][0].source.get("value")}
    card.rules.append(RuleData("not_understood", words=words, source=place))


def settle_loads(card: CardData) -> None:
    """Prices per revenue ton beside prices of containers are for goods that fill none. Whether the charges of one hold
    for the other, nothing says."""
    loose = [rate for rate in card.rates if rate.unit == "wm" and not rate.charge and not rate.equipment]
    if not loose or not any(rate.unit == "container" and not rate.charge for rate in card.rates):
        return
    for rate in loose:
        rate.equipment = "LCL"
    for surcharge in card.surcharges:
        if surcharge.unit in ("container", "teu") and not surcharge.conditions:
            surcharge.conditions = [{"on": "equipment", "not_values": ["LCL"]}]
        elif surcharge.unit in ("wm", "m3") and not surcharge.conditions:
            surcharge.conditions = [{"on": "equipment", "values": ["LCL"]}]
    open_ = [
        surcharge for surcharge in card.surcharges
        if not surcharge.conditions and surcharge.basis != "table"
        and not (surcharge.condition and surcharge.applies == "always") and surcharge.applies != "asked"
        and surcharge.meaning not in ASKED_FOR
    ]  # fmt: skip
    if open_:
        words = "Do the charges of this card hold for full containers, for consolidated cargo, or for both?"
        card.rules.append(RuleData("not_understood", words=words, source={"words": open_[0].source.get("name")}))


def mirror_zones(card: CardData) -> None:
    """A list of zones holds for both ends where prices go from zone to zone of it."""
    origins = {zone_key(rate.origin) for rate in card.rates if rate.origin}
    ends = {zone_key(rate.destination) for rate in card.rates if rate.destination}
    listed = {zone_key(zone.zone) for zone in card.zones if zone.side == "destination"}
    if any(zone.side == "origin" for zone in card.zones) or not origins & listed or not ends & listed:
        return
    own = [zone for zone in card.zones if zone_key(zone.zone) in origins]
    card.zones += [replace(zone, side="origin", source=dict(zone.source)) for zone in own]


_BOTH_WAYS = re.compile(
    r"(?:both|either|opposite|reverse) (?:directions?|ways?)|vice[- ]versa|beide richtungen|gegenrichtung|"
    r"beide richtingen|omgekeerde richting|deux sens|sens inverse|amb[oa]s (?:sentidos|dire[cç]{1,2}[ioõ]+[en]s)|"
    r"sentido (?:contrario|inverso)|"
    r"entramb[ei] (?:le direzioni|i sensi)|senso inverso|motsatt (?:riktning|retning)|"
    r"b[åa]da riktningarna|begge (?:retninger|veier)|"
    r"modsat retning|ob(?:ie|u) stron|obu kierunk|odwrotn\w+ kierunk|ob[ěe]ma sm[ěe]ry|opa[čc]n[ée]\w* sm[ěe]r|"
    r"iki y[öo]n|"
    r"molempiin suuntiin|mindk[ée]t ir[áa]ny", re.I
)  # fmt: skip


def mirror_lanes(card: CardData, notes: Iterable[Row]) -> None:
    """Prices of lanes hold the other way round, too, where a note says so and no price of the way back is there."""
    freight = [rate for rate in card.rates if not rate.charge]
    said = next((row for row in notes if not any(map(str.isdigit, row.text)) and _BOTH_WAYS.search(row.text)), None)
    ways = {(rate.origin, rate.destination) for rate in freight}
    if said is None or not freight or len(freight) > _MOST_MIRRORED or not all(all(way) for way in ways):
        return
    if any(way[::-1] in ways for way in ways if way[0] != way[1]):
        return
    place = source_of(said.cells[0].place)
    card.rates += [
        replace(rate, origin=rate.destination, destination=rate.origin, conditions=list(rate.conditions),
                source={**rate.source, "origin": rate.source.get("destination"),
                        "destination": rate.source.get("origin"),
                        "direction": place})
        for rate in freight if rate.origin != rate.destination
    ]  # fmt: skip


def close_fuel_bands(card: CardData) -> None:
    """Bands that leave the last place between them ("to 3.499", "from 3.500") end where the next one begins."""
    bands = [band for band in card.fuel if band.index_from is not None]
    bands.sort(key=lambda band: (band.service, band.equipment, band.index_from or Decimal(0)))
    for band, after in pairwise(bands):
        if (band.service, band.equipment) != (after.service, after.equipment) or band.index_to is None:
            continue
        if after.index_from is not None and Decimal(0) < after.index_from - band.index_to < _STEP:
            band.index_to = after.index_from
