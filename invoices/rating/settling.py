"""What a card's rates leave to be found in other rows, written into each: the price below a row of excess. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from invoices.rate_records import RateData
from invoices.rating.freight import rate_amount
from invoices.rating.records import Shipment
from invoices.rating.units import Weight, contains
from invoices.rating.weights import ZERO, convert_weight


def settle_excess(rates: Sequence[RateData], *, weight_unit: str) -> None:
    """Gives each row of excess without a base the price of its lane at the quantity where it starts, so that it is
    priced without the rows below it, which a quote over stored cards does not load."""
    open_rows = [rate for rate in rates if rate.excess_only and rate.base_charge is None and not rate.charge]
    if not open_rows:
        return
    wanted = {_lane(rate) for rate in open_rows}
    lanes: dict[tuple[object, ...], list[RateData]] = defaultdict(list)
    for rate in rates:
        if not rate.excess_only and not rate.charge and (key := _lane(rate)) in wanted:
            lanes[key].append(rate)
    for rate in open_rows:
        below = _below(rate, lanes[_lane(rate)], weight_unit)
        if below is None:
            continue
        rate.base_charge, cell = below
        if cell is not None:
            rate.source = {**rate.source, "base_charge": cell}


def _below(rate: RateData, rows: Sequence[RateData], weight_unit: str) -> tuple[Decimal, object] | None:
    start = rate.break_from or ZERO
    own = [row for row in rows if row.break_to == start] or [row for row in rows if contains(row, start, rows)]
    if not own:
        return None
    row = own[0]
    weight = Weight(convert_weight(start, rate.break_unit or weight_unit, weight_unit), weight_unit)
    amount = rate_amount(row, Shipment(), weight, rows, start)
    if amount is None:
        return None
    value = amount.value if row.minimum is None else max(amount.value, row.minimum)
    return value if row.maximum is None else min(value, row.maximum), row.source.get("value")


def _lane(rate: RateData) -> tuple[object, ...]:
    return (
        rate.service, rate.service_code, rate.origin, rate.destination, rate.zone, rate.equipment, rate.freight_class,
        rate.currency, rate.valid_from, rate.valid_to, rate.break_basis, rate.break2_basis, rate.break2_from,
        rate.break2_to,
    )  # fmt: skip
