"""The bases of charges and the axes of breaks: what each counts, in which unit, and how it is said. The one table that
rating, the store, the export, the pages and the readers share. Pure.

Terms after OTM RATE_GEO_COST (charge unit, charge multiplier), SMC3 (hundredweight, minimum charge) and IATA TACT
(M, N, Q rates, revenue ton).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

POUND_KG = Decimal("0.45359237")  # exact by definition (1959)

Quantity = Literal[
    "one", "bill", "weight", "volume", "revenue_tons", "loading_metres", "pallets", "pieces", "containers", "teu",
    "distance", "weight_distance", "stops", "minutes", "days", "money",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChargeBasis:
    """``unit`` is its name in a record. ``quantity`` is what of the shipment is counted, in ``measure`` (kg, lb, m3,
    km, …); the price is for ``per`` of it. ``wording`` is how a person reads it."""

    unit: str
    quantity: Quantity
    wording: str
    measure: str = ""
    per: Decimal = Decimal(1)


def _bases(*bases: ChargeBasis) -> dict[str, ChargeBasis]:
    return {basis.unit: basis for basis in bases}


BASES: dict[str, ChargeBasis] = _bases(
    ChargeBasis("flat", "one", "per shipment"),
    ChargeBasis("bill", "bill", "per bill of lading, air waybill or other transport document"),
    ChargeBasis("kg", "weight", "per kg", "kg"),
    ChargeBasis("100kg", "weight", "per 100 kg", "kg", Decimal(100)),
    ChargeBasis("t", "weight", "per tonne", "kg", Decimal(1000)),
    ChargeBasis("g", "weight", "per gram", "g"),
    ChargeBasis("lb", "weight", "per lb", "lb"),
    ChargeBasis("oz", "weight", "per ounce", "oz"),
    ChargeBasis("cwt", "weight", "per 100 lb (hundredweight)", "lb", Decimal(100)),
    ChargeBasis("m3", "volume", "per m³", "m3"),
    ChargeBasis("wm", "revenue_tons", "per revenue ton (W/M: the greater of tonnes and m³)", "rt"),
    ChargeBasis("ldm", "loading_metres", "per loading metre", "ldm"),
    ChargeBasis("pallet", "pallets", "per pallet"),
    ChargeBasis("piece", "pieces", "per piece"),
    ChargeBasis("container", "containers", "per container"),
    ChargeBasis("teu", "teu", "per TEU (twenty-foot equivalent)"),
    ChargeBasis("km", "distance", "per km", "km"),
    ChargeBasis("mile", "distance", "per mile", "mile"),
    ChargeBasis("tkm", "weight_distance", "per tonne and km", "tkm"),
    ChargeBasis("stop", "stops", "per stop"),
    ChargeBasis("minute", "minutes", "per minute", "minute"),
    ChargeBasis("hour", "minutes", "per hour", "minute", Decimal(60)),
    ChargeBasis("day", "days", "per day", "day"),
    ChargeBasis("percent", "money", "percent of its base", "", Decimal(100)),
)
"""Unit → basis. ``100kg`` with another number of kg or lb (``50kg``, ``1000lb``) is understood by ``basis_of``."""

PERCENT_BASES: dict[str, str] = {
    "freight": "the freight, after discount and minimum",
    "tariff": "the freight by the tariff, before discount",
    "goods_value": "the value of the goods",
    "total": "all charges before this one",
    "fuel": "the fuel surcharge",
}
"""What a percentage may be taken of (``applies_to``), besides the code or name of another charge. Several are joined by
"+": ``freight+fuel``."""


@dataclass(frozen=True, slots=True)
class BreakAxis:
    """What a break is about. ``units``: those that it may be stated in, the first where none is said."""

    name: str
    quantity: Quantity
    wording: str
    units: tuple[str, ...] = ("",)


AXES: dict[str, BreakAxis] = {
    axis.name: axis
    for axis in (
        BreakAxis("weight", "weight", "weight", ("kg", "lb", "g", "oz", "t")),
        BreakAxis("volume", "volume", "volume", ("m3",)),
        BreakAxis("ldm", "loading_metres", "loading metres", ("ldm",)),
        BreakAxis("pallet", "pallets", "number of pallets"),
        BreakAxis("piece", "pieces", "number of pieces"),
        BreakAxis("container", "containers", "number of containers"),
        BreakAxis("distance", "distance", "distance", ("km", "mile")),
        BreakAxis("value", "money", "value of the goods"),
    )
}
"""Break axis → what it counts. Both axes of a rate are taken from here."""


def basis_of(unit: str) -> ChargeBasis | None:
    """The basis of a unit, also of ``50kg``, ``1000lb`` or ``30minute``; None where the unit is not known."""
    known = BASES.get(unit)
    if known is not None:
        return known
    number = unit.rstrip("klgbminute")
    measure = unit[len(number) :]
    if measure == "minute" and number.isdecimal() and int(number) > 0:
        return ChargeBasis(unit, "minutes", f"per {number} minutes", "minute", Decimal(number))
    if measure in ("kg", "lb") and number.isdecimal() and int(number) > 0:
        return ChargeBasis(unit, "weight", f"per {number} {measure}", measure, Decimal(number))
    return None


def wording_of(unit: str) -> str:
    """How a person reads a unit: "per 100 kg"."""
    basis = basis_of(unit)
    return basis.wording if basis else f"per {unit}"
