"""The charges of a quote: freight by its rate, surcharges in the order of the card, fuel on its base. Pure, Decimal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Date
from decimal import ROUND_HALF_UP, Decimal

from invoices.rate_records import CardData, FuelBandData, RateData, SurchargeData
from invoices.rating.records import Charge, Shipment
from invoices.rating.weights import ZERO, rounded_quantity, units_charged

_NO_CENTS = frozenset(["JPY", "KRW", "CLP", "VND", "ISK", "XOF", "XAF", "PYG", "UGX"])
_ALWAYS = frozenset(
    ["always", "mandatory", "all shipments", "every shipment", "per shipment", "immer", "alle sendungen", "siempre",
     "todos los envíos", "obligatorio", "toujours", "obligatoire"]
)  # fmt: skip


def freight_charges(
    rate: RateData, quantity: Decimal | None, shipment: Shipment, card: CardData, weight: Decimal | None,
    lane: Sequence[RateData], weight_how: str,
) -> list[Charge] | None:  # fmt: skip
    """What the rate gives, within its minimum and maximum; None where the shipment does not say how much it has of
    the rate's unit."""
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
                    f"{heavier[1]} (deficit weight: rated as {plain(bound)})",
                    dict(other.source),
                )
    if rate.minimum is not None and value < rate.minimum:
        value, how = rate.minimum, f"minimum {plain(rate.minimum)} (instead of {how})"
    if rate.maximum is not None and value > rate.maximum:
        value, how = rate.maximum, f"maximum {plain(rate.maximum)} (instead of {how})"
    if weight_how and rate.break_basis == "weight":
        how = f"{how}; {weight_how}"
    return [Charge("FRT", "Freight", _rounded(value, currency), how, source)]


def _amount(
    rate: RateData, quantity: Decimal | None, shipment: Shipment, card: CardData, weight: Decimal | None
) -> tuple[Decimal, str] | None:
    base = rate.base_charge or ZERO
    prefix = f"{plain(base)} + " if rate.base_charge else ""
    if rate.excess_only:
        over = max((quantity or ZERO) - (rate.break_from or ZERO), ZERO)
        over = rounded_quantity(over, rate.increment, rate.rounding or "up")
        return (
            base + rate.value * over,
            f"{prefix}{plain(rate.value)} × {plain(over)} {rate.unit} above {plain(rate.break_from)}",
        )
    if rate.unit == "flat":
        return base + rate.value, f"{prefix}{plain(rate.value)} flat"
    units = units_charged(rate, shipment, weight, card.weight_unit or "kg")
    if units is None:
        return None
    return base + rate.value * units, f"{prefix}{plain(rate.value)} × {plain(units)} {rate.unit}"


def extra_charges(
    freight: Sequence[Charge], rate: RateData, shipment: Shipment, card: CardData, day: Date, weight: Decimal | None
) -> list[Charge]:
    """The surcharges that apply to a shipment, then fuel. A percentage may be taken of what stands before it."""
    currency = rate.currency or card.currency
    freight_sum = sum((charge.amount for charge in freight), ZERO)
    charges = list(freight)
    for surcharge in _applying(card.surcharges, shipment, day):
        charges.append(_surcharge(surcharge, shipment, card, rate, charges, freight_sum, weight, currency))
    fuel = _fuel(card.fuel, shipment, day, charges, freight_sum, currency)
    if fuel is not None:
        charges.append(fuel)
    return charges[len(freight) :]


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
        amount, how = base * surcharge.value / 100, f"{plain(surcharge.value)} % of {plain(base)}"
    elif surcharge.basis == "per_unit":
        as_rate = RateData(value=surcharge.value, unit=surcharge.unit)
        units = units_charged(as_rate, shipment, weight, card.weight_unit or "kg")
        units = Decimal(1) if units is None else units
        amount, how = surcharge.value * units, f"{plain(surcharge.value)} × {plain(units)} {surcharge.unit}"
    else:
        amount, how = surcharge.value, f"{plain(surcharge.value)} flat"
    if surcharge.minimum is not None and amount < surcharge.minimum:
        amount, how = surcharge.minimum, f"minimum {plain(surcharge.minimum)} (instead of {how})"
    if surcharge.maximum is not None and amount > surcharge.maximum:
        amount, how = surcharge.maximum, f"maximum {plain(surcharge.maximum)} (instead of {how})"
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
        how = f"{plain(band.percent)} % of {plain(base)}" + (f" at index {plain(index)}" if index is not None else "")
        return Charge("FSC", "Fuel surcharge", _rounded(base * band.percent / 100, currency), how, dict(band.source))
    return None


def _rounded(amount: Decimal, currency: str) -> Decimal:
    """To the currency's smallest unit, half up, as carriers bill."""
    places = Decimal(1) if currency in _NO_CENTS else Decimal("0.01")
    return amount.quantize(places, ROUND_HALF_UP)


def plain(value: Decimal | None) -> str:
    if value is None:
        return "0"
    return format(value.normalize() + ZERO, "f") if value != value.to_integral() else str(value.to_integral())
