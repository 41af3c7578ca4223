"""What a shipment costs by a rate card: every charge with its figures and where they stand. Pure, Decimal.

``quote(shipment, cards, date)`` prices a shipment by each card that holds on the date; where none of a card's rates
fits, it says why. The order of charges: freight (base charge, rate, deficit weight, minimum, maximum), surcharges in
the order of the card, fuel on its base.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from invoices.rate_records import CardData, FuelBandData, RateData, SurchargeData
from invoices.rating_lanes import Lane, Location, why_no_lane
from invoices.rating_weights import (
    Piece,
    billed_weight,
    contains,
    convert_weight,
    quantity_of,
    rounded_quantity,
    units_charged,
)

ZERO = Decimal(0)
_NO_CENTS = frozenset(["JPY", "KRW", "CLP", "VND", "ISK", "XOF", "XAF", "PYG", "UGX"])
_BASES = {"ldm": "loading metres"}
_ALWAYS = frozenset(
    ["always", "mandatory", "all shipments", "every shipment", "per shipment", "immer", "alle sendungen", "siempre",
     "todos los envíos", "obligatorio", "toujours", "obligatoire"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shipment:
    """What is to be priced. Weights in ``weight_unit`` (kg, lb), lengths in ``dimension_unit`` (cm, in).

    ``accessorials`` are codes or names of the surcharges that apply; ``fuel_index`` is the index of the card's fuel
    bands at the date; ``distance`` is in ``distance_unit`` (km, mile).
    """

    origin: Location = field(default_factory=lambda: Location())
    destination: Location = field(default_factory=lambda: Location())
    pieces: tuple[Piece, ...] = ()
    weight_unit: str = "kg"
    dimension_unit: str = "cm"
    service: str = ""
    equipment: str = ""
    freight_class: str = ""
    zone: str = ""
    volume_m3: Decimal | None = None
    pallets: Decimal | None = None
    loading_metres: Decimal | None = None
    containers: Decimal = Decimal(1)
    distance: Decimal | None = None
    distance_unit: str = "km"
    accessorials: frozenset[str] = frozenset()
    fuel_index: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """One amount of a quote. ``how`` is its arithmetic for a person; ``source`` the cells of the figures used."""

    code: str
    name: str
    amount: Decimal
    how: str
    source: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quote:
    """A price by one rate of one card (``card`` is its index in the cards given)."""

    card: int
    carrier: str
    service: str
    currency: str
    charges: tuple[Charge, ...]
    total: Decimal
    billed_weight: Decimal | None
    weight_unit: str
    rate: RateData


@dataclass(frozen=True, slots=True)
class NoQuote:
    """Why a card gives no price: ``code`` is ``not_valid``, ``no_service``, ``no_lane``, ``no_equipment``,
    ``no_class``, ``no_break``, ``no_quantity``."""

    card: int
    carrier: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Quotes:
    """All quotes, the cheapest first, and the cards that gave none."""

    quotes: tuple[Quote, ...]
    refusals: tuple[NoQuote, ...]

    @property
    def best(self) -> Quote | None:
        return self.quotes[0] if self.quotes else None


def quote(shipment: Shipment, cards: Sequence[CardData], date: Date) -> Quotes:
    """The price of a shipment by each card and service that fits, with every charge."""
    quotes: list[Quote] = []
    refusals: list[NoQuote] = []
    for index, card in enumerate(cards):
        found = _by_card(index, card, shipment, date)
        if isinstance(found, NoQuote):
            refusals.append(found)
        else:
            quotes.extend(found)
    return Quotes(tuple(sorted(quotes, key=lambda q: (q.total, q.card, q.service))), tuple(refusals))


def candidates(
    index: int, card: CardData, rates: Sequence[RateData], shipment: Shipment, day: Date
) -> list[RateData] | NoQuote:
    """Those of a card's rates that hold on the day for the service, equipment and class asked for, or why none does."""

    def refuse(code: str, message: str) -> NoQuote:
        return NoQuote(index, card.carrier_name, code, message)

    if (card.valid_from and day < card.valid_from) or (card.valid_to and day > card.valid_to):
        return refuse("not_valid", f"The card holds from {card.valid_from or '…'} to {card.valid_to or '…'}.")
    holding = [r for r in rates if not (r.valid_from and day < r.valid_from) and not (r.valid_to and day > r.valid_to)]
    if rates and not holding:
        return refuse("not_valid", f"No rate of the card holds on {day}.")
    for code, text, wanted in (
        ("no_service", "service", shipment.service),
        ("no_equipment", "equipment", shipment.equipment),
        ("no_class", "freight class", shipment.freight_class),
    ):
        if wanted:
            holding = [rate for rate in holding if _matches(code, wanted, rate, card)]
            if not holding:
                return refuse(code, f"The card has no rate for the {text} {wanted}.")
    if not shipment.equipment and any(not r.equipment for r in holding):
        holding = [r for r in holding if not r.equipment]
    return holding


def _by_card(index: int, card: CardData, shipment: Shipment, day: Date) -> list[Quote] | NoQuote:
    rates = candidates(index, card, card.rates, shipment, day)
    if isinstance(rates, NoQuote):
        return rates
    lane = Lane(card.zones, shipment.origin, shipment.destination, shipment.zone)
    fitting = [rate for rate in rates if lane.fits(rate)]
    if not fitting:
        return NoQuote(index, card.carrier_name, "no_lane", why_no_lane(rates, lane, shipment.zone))
    return _by_lanes(
        index, card, shipment, day, fitting, lambda code, text: NoQuote(index, card.carrier_name, code, text)
    )


def _matches(code: str, wanted: str, rate: RateData, card: CardData) -> bool:
    if code == "no_service":
        return _same(wanted, rate.service, rate.service_code, card.service)
    own = rate.equipment if code == "no_equipment" else rate.freight_class
    return not own or _same(wanted, own)


def _same(wanted: str, *names: str) -> bool:
    key = wanted.casefold().replace(" ", "")
    return any(name and name.casefold().replace(" ", "") == key for name in names)


def _by_lanes(
    index: int,
    card: CardData,
    shipment: Shipment,
    day: Date,
    lanes: list[RateData],
    refuse: Callable[[str, str], NoQuote],
) -> list[Quote] | NoQuote:
    weight = billed_weight(
        shipment.pieces, weight_unit=shipment.weight_unit, dimension_unit=shipment.dimension_unit,
        to_unit=card.weight_unit or "kg", divisor=card.dimensional_divisor, mode=card.mode,
        card_dimension_unit=card.dimension_unit,
    )  # fmt: skip
    quotes: list[Quote] = []
    problem = ""
    services: dict[tuple[str, str, str], list[RateData]] = {}
    for rate in lanes:
        services.setdefault((rate.service, rate.service_code, rate.equipment), []).append(rate)
    for own in services.values():
        if len(own) > 1:
            precisions = [_precision(rate) for rate in own]
            most = max(precisions)
            own = [rate for rate, precision in zip(own, precisions, strict=True) if precision == most]
        fitting = []
        for rate in own:
            quantity = quantity_of(rate, shipment, weight.billed, card.weight_unit or "kg")
            if rate.break_basis and quantity is None:
                needed = _BASES.get(rate.break_basis, rate.break_basis)
                problem = problem or f"The shipment says no {needed}, which the break needs."
            elif contains(rate, quantity, own):
                fitting.append((rate, quantity))
        best: tuple[Decimal, RateData, list[Charge]] | None = None
        for rate, quantity in fitting:
            charges = _freight(rate, quantity, shipment, card, weight.billed, own, weight.how)
            if charges is None:
                problem = problem or f"The shipment does not say how much of the unit {rate.unit} it has."
                continue
            amount = sum((charge.amount for charge in charges), ZERO)
            if best is None or amount < best[0]:
                best = (amount, rate, charges)
        if best is not None:
            quotes.append(_finished(index, card, shipment, day, best[1], best[2], weight.billed))
    if quotes:
        return quotes
    if problem:
        return refuse("no_quantity", problem)
    return refuse("no_break", f"No break of the lane holds {_plain(weight.billed)} {card.weight_unit or 'kg'}.")


def _precision(rate: RateData) -> int:
    return bool(rate.origin) + bool(rate.destination) + bool(rate.zone) + bool(rate.freight_class)


def _freight(
    rate: RateData, quantity: Decimal | None, shipment: Shipment, card: CardData, weight: Decimal | None,
    lane: Sequence[RateData], weight_how: str,
) -> list[Charge] | None:  # fmt: skip
    currency = rate.currency or card.currency
    amount = _amount(rate, quantity, shipment, card, weight)
    if amount is None:
        return None
    value, how = amount
    source = dict(rate.source)
    if rate.break_basis == "weight" and rate.unit != "flat" and not rate.excess_only and quantity is not None:
        # Deficit weight: the lowest weight of a heavier break may cost less than the real weight at its own.
        for other in lane:
            bound = other.break_from
            if other.excess_only or other.unit == "flat" or bound is None or bound <= quantity:
                continue
            heavier = _amount(other, bound, shipment, card, bound)
            if heavier is not None and heavier[0] < value:
                value, how, source = (
                    heavier[0],
                    f"{heavier[1]} (deficit weight: rated as {_plain(bound)})",
                    dict(other.source),
                )
    if rate.minimum is not None and value < rate.minimum:
        value, how = rate.minimum, f"minimum {_plain(rate.minimum)} (instead of {how})"
    if rate.maximum is not None and value > rate.maximum:
        value, how = rate.maximum, f"maximum {_plain(rate.maximum)} (instead of {how})"
    if weight_how and rate.break_basis == "weight":
        how = f"{how}; {weight_how}"
    return [Charge("FRT", "Freight", _rounded(value, currency), how, source)]


def _amount(
    rate: RateData, quantity: Decimal | None, shipment: Shipment, card: CardData, weight: Decimal | None
) -> tuple[Decimal, str] | None:
    base = rate.base_charge or ZERO
    prefix = f"{_plain(base)} + " if rate.base_charge else ""
    if rate.excess_only:
        over = max((quantity or ZERO) - (rate.break_from or ZERO), ZERO)
        over = rounded_quantity(over, rate.increment, rate.rounding or "up")
        return (
            base + rate.value * over,
            f"{prefix}{_plain(rate.value)} × {_plain(over)} {rate.unit} above {_plain(rate.break_from)}",
        )
    if rate.unit == "flat":
        return base + rate.value, f"{prefix}{_plain(rate.value)} flat"
    units = units_charged(rate, shipment, weight, card.weight_unit or "kg")
    if units is None:
        return None
    return base + rate.value * units, f"{prefix}{_plain(rate.value)} × {_plain(units)} {rate.unit}"


def _finished(
    index: int, card: CardData, shipment: Shipment, day: Date, rate: RateData, charges: list[Charge],
    weight: Decimal | None,
) -> Quote:  # fmt: skip
    currency = rate.currency or card.currency
    freight = sum((charge.amount for charge in charges), ZERO)
    for surcharge in _applying(card.surcharges, shipment, day):
        charges.append(_surcharge(surcharge, shipment, card, rate, charges, freight, weight, currency))
    fuel = _fuel(card.fuel, shipment, day, charges, freight, currency)
    if fuel is not None:
        charges.append(fuel)
    total = sum((charge.amount for charge in charges), ZERO)
    name = rate.service or card.service
    return Quote(
        index, card.carrier_name, name, currency, tuple(charges), total, weight, card.weight_unit or "kg", rate
    )


def _applying(surcharges: Iterable[SurchargeData], shipment: Shipment, day: Date) -> Iterator[SurchargeData]:
    """Those that the shipment asks for by code or name, and those whose condition says that they always apply."""
    wanted = {name.casefold() for name in shipment.accessorials}
    for surcharge in surcharges:
        if (surcharge.valid_from and day < surcharge.valid_from) or (surcharge.valid_to and day > surcharge.valid_to):
            continue
        named = {surcharge.code.casefold(), surcharge.name.casefold()} - {""}
        if named & wanted or surcharge.condition.casefold().strip(" .") in _ALWAYS:
            yield surcharge


def _surcharge(
    surcharge: SurchargeData, shipment: Shipment, card: CardData, rate: RateData, charges: Sequence[Charge],
    freight: Decimal, weight: Decimal | None, currency: str,
) -> Charge:  # fmt: skip
    if surcharge.basis == "percent":
        base = _base(surcharge.applies_to, charges, freight)
        amount, how = base * surcharge.value / 100, f"{_plain(surcharge.value)} % of {_plain(base)}"
    elif surcharge.basis == "per_unit":
        as_rate = RateData(value=surcharge.value, unit=surcharge.unit)
        units = units_charged(as_rate, shipment, weight, card.weight_unit or "kg")
        units = Decimal(1) if units is None else units
        amount, how = surcharge.value * units, f"{_plain(surcharge.value)} × {_plain(units)} {surcharge.unit}"
    else:
        amount, how = surcharge.value, f"{_plain(surcharge.value)} flat"
    if surcharge.minimum is not None and amount < surcharge.minimum:
        amount, how = surcharge.minimum, f"minimum {_plain(surcharge.minimum)} (instead of {how})"
    if surcharge.maximum is not None and amount > surcharge.maximum:
        amount, how = surcharge.maximum, f"maximum {_plain(surcharge.maximum)} (instead of {how})"
    return Charge(surcharge.code, surcharge.name, _rounded(amount, currency), how, dict(surcharge.source))


def _base(applies_to: str, charges: Sequence[Charge], freight: Decimal) -> Decimal:
    """What a percentage is taken of: freight, all charges so far, or the charges that it names."""
    text = applies_to.casefold()
    if any(word in text for word in ("total", "all charges", "gesamt", "surcharges", "everything", "zuschläge")):
        return sum((charge.amount for charge in charges), ZERO)
    named = [c.amount for c in charges if c.code != "FRT" and text and text in (c.code.casefold(), c.name.casefold())]
    return sum(named, ZERO) if named else freight


def _fuel(
    bands: Sequence[FuelBandData], shipment: Shipment, day: Date, charges: Sequence[Charge], freight: Decimal,
    currency: str,
) -> Charge | None:  # fmt: skip
    for band in bands:
        if (band.valid_from and day < band.valid_from) or (band.valid_to and day > band.valid_to):
            continue
        index = shipment.fuel_index
        if band.index_from is not None or band.index_to is not None:
            if index is None or (band.index_from is not None and index < band.index_from):
                continue
            if band.index_to is not None and index >= band.index_to and band.index_to != band.index_from:
                continue
        base = _base(band.base, charges, freight)
        how = f"{_plain(band.percent)} % of {_plain(base)}" + (
            f" at index {_plain(index)}" if index is not None else ""
        )
        return Charge("FSC", "Fuel surcharge", _rounded(base * band.percent / 100, currency), how, dict(band.source))
    return None


def _rounded(amount: Decimal, currency: str) -> Decimal:
    """To the currency's smallest unit, half up, as carriers bill."""
    places = Decimal(1) if currency in _NO_CENTS else Decimal("0.01")
    return amount.quantize(places, ROUND_HALF_UP)


def _plain(value: Decimal | None) -> str:
    if value is None:
        return "0"
    return format(value.normalize() + ZERO, "f") if value != value.to_integral() else str(value.to_integral())


__all__ = [
    "Charge", "Location", "NoQuote", "Piece", "Quote", "Quotes", "Shipment", "candidates", "convert_weight", "quote",
]  # fmt: skip
