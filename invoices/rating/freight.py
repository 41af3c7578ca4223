"""The freight of a shipment by the rates of its lane: break, excess, next break, minimum, class mix. Pure, Decimal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from invoices.rate_records import RateData, RuleData
from invoices.rate_records.bases import AXES, basis_of
from invoices.rating.records import Shipment
from invoices.rating.rulebook import of_kind, same_class
from invoices.rating.units import Weight, axis_quantity, contains, contains_second, steps_of, units_charged, units_of
from invoices.rating.weights import ZERO, convert_weight, plain


@dataclass(frozen=True, slots=True)
class Amount:
    """Money with its arithmetic and the cells of its figures; ``rate`` is the one that the price came from."""

    value: Decimal
    how: str
    rate: RateData
    source: dict[str, Any] = field(default_factory=dict)


def quantities(rate: RateData, shipment: Shipment, weight: Weight) -> tuple[Decimal | None, Decimal | None]:
    """What the shipment has on both axes of a rate's breaks; None where it does not say it, or there is no axis."""
    first = axis_quantity(rate.break_basis or "weight", rate.break_unit, shipment, weight)
    second = axis_quantity(rate.break2_basis, rate.break2_unit, shipment, weight) if rate.break2_basis else None
    return first, second


def missing_axis(rate: RateData, first: Decimal | None, second: Decimal | None) -> str:
    """The axis of a break that the shipment says nothing of; empty where it says enough."""
    if rate.break_basis and first is None and (rate.break_from is not None or rate.break_to is not None):
        return rate.break_basis
    if rate.break2_basis and second is None and (rate.break2_from is not None or rate.break2_to is not None):
        return rate.break2_basis
    return ""


def in_break(rate: RateData, first: Decimal | None, second: Decimal | None, lane: Sequence[RateData]) -> bool:
    return contains(rate, first, lane) and contains_second(rate, second, lane)


def freight_amount(
    rate: RateData, shipment: Shipment, weight: Weight, lane: Sequence[RateData], rules: Sequence[RuleData] = ()
) -> Amount | None:
    """What a rate gives, or the next break where it is cheaper and the card does not forbid it, within minimum and
    maximum; None where the shipment does not say how much it has of the rate's unit."""
    quantity, second = quantities(rate, shipment, weight)
    found = rate_amount(rate, shipment, weight, lane, quantity)
    if found is None:
        return None
    for heavier in _next_breaks(rate, quantity, second, lane, rules):
        bound = heavier.break_from or ZERO
        at_bound = Weight(convert_weight(bound, heavier.break_unit or weight.unit, weight.unit), weight.unit)
        other = rate_amount(heavier, shipment, at_bound, lane, bound)
        if other is not None and other.value < found.value:
            unit = heavier.break_unit or weight.unit
            found = Amount(
                other.value, f"{other.how} (deficit weight: rated as {plain(bound)} {unit})", rate, other.source
            )
    return _within_bounds(found)


def rate_amount(
    rate: RateData, shipment: Shipment, weight: Weight, lane: Sequence[RateData], quantity: Decimal | None
) -> Amount | None:
    """The price by a rate alone, for ``quantity`` on the axis of its break."""
    source = dict(rate.source)
    if rate.excess_only:
        return _excess(rate, shipment, lane, quantity or ZERO, weight)
    base = rate.base_charge or ZERO
    prefix = f"{plain(base)} + " if rate.base_charge else ""
    if rate.unit == "flat":
        return Amount(base + rate.value, f"{prefix}{plain(rate.value)} flat", rate, source)
    if rate.unit == "percent":
        if shipment.declared_value is None or rate.applies_to not in ("goods_value", ""):
            return None
        value = rate.value * shipment.declared_value / 100
        how = f"{prefix}{plain(rate.value)} % of {plain(shipment.declared_value)}"
        return Amount(base + value, how, rate, source)
    units = units_charged(rate.unit, steps_of(rate), shipment, weight)
    if units is None:
        return None
    return Amount(base + rate.value * units, f"{prefix}{plain(rate.value)} × {plain(units)} {rate.unit}", rate, source)


def _excess(
    rate: RateData, shipment: Shipment, lane: Sequence[RateData], quantity: Decimal, weight: Weight
) -> Amount | None:
    start = rate.break_from or ZERO
    source = dict(rate.source)
    base, said = rate.base_charge, plain(rate.base_charge)
    if base is None:
        below = price_at(start, rate, shipment, weight, lane)
        base, said = (below.value, plain(below.value)) if below is not None else (ZERO, "")
        if below is not None and "value" in below.source:
            source.setdefault("base_charge", below.source["value"])
    basis = basis_of(rate.unit)
    over = max(quantity - start, ZERO)
    axis = AXES.get(rate.break_basis or "weight")
    if basis is not None and axis is not None and basis.quantity == axis.quantity:
        if basis.quantity == "weight":
            over = convert_weight(over, rate.break_unit or weight.unit, basis.measure)
        units = units_of(basis, steps_of(rate), over)
    elif rate.unit == "flat":
        units = Decimal(1) if over else ZERO
    else:
        return None
    prefix = f"{said} + " if base else ""
    how = f"{prefix}{plain(rate.value)} × {plain(units)} {rate.unit} above {plain(start)}"
    return Amount(base + rate.value * units, how, rate, source)


def price_at(
    bound: Decimal, rate: RateData, shipment: Shipment, weight: Weight, lane: Sequence[RateData]
) -> Amount | None:
    """The lane's price of a quantity at which a row of excess starts: of the break that ends there, else holds it."""
    _, second = quantities(rate, shipment, weight)
    rows = [
        row for row in lane
        if not row.excess_only and _same_row(row, rate) and contains_second(row, second, lane)
    ]  # fmt: skip
    ending = [row for row in rows if row.break_to == bound] or [r for r in rows if contains(r, bound, rows)]
    if not ending:
        return None
    at_bound = Weight(convert_weight(bound, rate.break_unit or weight.unit, weight.unit), weight.unit)
    found = rate_amount(ending[0], shipment, at_bound, lane, bound)
    return None if found is None else _within_bounds(found)


def _same_row(one: RateData, other: RateData) -> bool:
    """Whether two rates differ in their break alone."""
    return (one.origin, one.destination, one.zone, one.freight_class, one.break_basis, one.currency) == (
        other.origin, other.destination, other.zone, other.freight_class, other.break_basis, other.currency,
    )  # fmt: skip


def _next_breaks(
    rate: RateData, quantity: Decimal | None, second: Decimal | None, lane: Sequence[RateData],
    rules: Sequence[RuleData],
) -> Iterable[RateData]:  # fmt: skip
    if rate.break_basis != "weight" or rate.excess_only or quantity is None:
        return []
    rule = next((r for r in reversed(rules) if r.kind in ("next_break", "deficit_weight")), None)
    if rule is not None and rule.choice.casefold() in ("no", "off"):
        return []
    # Without a rule: what carriers do where prices are per weight, and do not where they are flat (SMC3, TACT 3.9).
    if rate.unit == "flat" and rule is None:
        return []
    return [
        other for other in lane
        if not other.excess_only and other.break_from is not None and other.break_from > quantity
        and (other.unit != "flat" or rule is not None) and _same_row(other, rate)
        and contains_second(other, second, lane)
    ]  # fmt: skip


def _within_bounds(amount: Amount) -> Amount:
    rate = amount.rate
    value, how = amount.value, amount.how
    if rate.minimum is not None and value < rate.minimum:
        value, how = rate.minimum, f"minimum {plain(rate.minimum)} (instead of {how})"
    if rate.maximum is not None and value > rate.maximum:
        value, how = rate.maximum, f"maximum {plain(rate.maximum)} (instead of {how})"
    return Amount(value, how, rate, amount.source)


def mixed_class_amount(
    by_class: Mapping[str, Decimal], lane: Sequence[RateData], weight: Weight, rules: Sequence[RuleData]
) -> Amount | None:
    """Several classes on one bill: each weight at its class's rate in the break of the whole weight. Deficit weight:
    what is missing to a heavier break counts at the lowest of these rates (NMFC item 640; SMC3). ``by_class`` holds
    weights in the card's unit; None where a class has no price per weight in the break."""
    total = sum(by_class.values(), ZERO)
    rule = of_kind(rules, "deficit_weight") or of_kind(rules, "next_break")
    bounds = {total}
    if rule is None or rule.choice.casefold() not in ("no", "off"):
        bounds |= {
            bound for rate in lane
            if rate.break_basis == "weight" and rate.break_from is not None
            and (bound := convert_weight(rate.break_from, rate.break_unit or weight.unit, weight.unit)) > total
        }  # fmt: skip
    best: Amount | None = None
    for bound in sorted(bounds):
        found = _mixed_at(by_class, lane, Weight(bound, weight.unit), bound - total)
        if found is not None and (best is None or found.value < best.value):
            best = found
    return None if best is None else _within_bounds(best)


def _mixed_at(
    by_class: Mapping[str, Decimal], lane: Sequence[RateData], weight: Weight, deficit: Decimal
) -> Amount | None:
    value, parts, prices = ZERO, [], []
    chosen: RateData | None = None
    for freight_class, own in by_class.items():
        rows = [rate for rate in lane if same_class(rate.freight_class, freight_class)]
        rate = next((r for r in rows if contains(r, weight.into(r.break_unit or weight.unit), rows)), None)
        basis = basis_of(rate.unit) if rate is not None else None
        if rate is None or basis is None or basis.quantity != "weight" or rate.excess_only:
            return None
        per_unit = rate.value * convert_weight(Decimal(1), weight.unit, basis.measure) / basis.per
        value += own * per_unit
        parts.append(f"class {freight_class}: {plain(own)} {weight.unit} × {plain(rate.value)}/{rate.unit}")
        prices.append((per_unit, rate))
        chosen = chosen or rate
    if chosen is None:
        return None
    if deficit > 0:
        lowest, rate = min(prices, key=lambda found: found[0])
        value += deficit * lowest
        parts.append(f"deficit {plain(deficit)} {weight.unit} × {plain(rate.value)}/{rate.unit}")
    source = {f"class {c}": rate.source.get("value") for c, (_, rate) in zip(by_class, prices, strict=True)}
    return Amount(value, "; ".join(parts), chosen, {**chosen.source, **source})
