"""What a rate card is, as plain data: what readers make, the rules check, the database keeps and rating uses. Pure.

Money is ``Decimal`` in the card's (or the rate's) currency. Terms after OTM RATE_GEO and X12.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Inclusive = Literal["upper", "lower", "both"]
Rounding = Literal["", "up", "nearest"]
Basis = Literal["flat", "percent", "per_unit"]


@dataclass(slots=True)
class RateData:
    """One price. ``value`` is charged per ``unit`` (``flat``, ``kg``, ``100kg``, ``cwt``, ``lb``, ``m3``, ``km``,
    ``mile``, ``piece``, ``pallet``, ``container``), on top of ``base_charge``, within ``minimum`` and ``maximum``.

    ``break_inclusive`` says which side of (break_from, break_to) belongs to the break. With ``excess_only`` the value
    is for what exceeds ``break_from`` ("each additional kg"). ``source`` names the cell or box of each value.
    """

    value: Decimal
    unit: str = "flat"
    service: str = ""
    service_code: str = ""
    origin: str = ""
    destination: str = ""
    zone: str = ""
    equipment: str = ""
    freight_class: str = ""
    break_basis: str = ""
    break_from: Decimal | None = None
    break_to: Decimal | None = None
    break_inclusive: Inclusive = "upper"
    break_unit: str = ""
    base_charge: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    increment: Decimal | None = None
    rounding: Rounding = ""
    excess_only: bool = False
    currency: str = ""
    transit_days: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class ZoneData:
    """Which zone a place belongs to, for a service. ``first`` and ``last`` are postal codes or their first characters,
    or a place's name in ``first`` alone. ``side`` says whether the place is where shipments go or come from."""

    zone: str
    first: str = ""
    last: str = ""
    country: str = ""
    side: Literal["destination", "origin"] = "destination"
    service: str = ""
    source: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class SurchargeData:
    """An amount on top. ``value`` is money (``flat``), percent of ``applies_to``, or money per ``unit``."""

    name: str
    value: Decimal
    basis: Basis = "flat"
    code: str = ""
    unit: str = ""
    applies_to: str = ""
    condition: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    currency: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class FuelBandData:
    """Fuel surcharge in percent of ``base`` while the index lies in [``index_from``, ``index_to``); a single band
    without bounds is a plain percentage."""

    percent: Decimal
    index_name: str = ""
    index_from: Decimal | None = None
    index_to: Decimal | None = None
    base: str = "freight"
    valid_from: date | None = None
    valid_to: date | None = None
    source: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class CardData:
    """A carrier's prices for a customer over a time. ``evidence`` names the source of each header value."""

    carrier_name: str = ""
    carrier_code: str = ""
    customer: str = ""
    contract: str = ""
    mode: str = ""
    service: str = ""
    currency: str = ""
    weight_unit: str = ""
    dimension_unit: str = ""
    dimensional_divisor: Decimal | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    date_basis: str = "ship_date"
    rates: list[RateData] = field(default_factory=list)
    zones: list[ZoneData] = field(default_factory=list)
    surcharges: list[SurchargeData] = field(default_factory=list)
    fuel: list[FuelBandData] = field(default_factory=list)
    evidence: dict[str, Any] = field(default_factory=dict)


HEADER_FIELDS = (
    "carrier_name", "carrier_code", "customer", "contract", "mode", "service", "currency", "weight_unit",
    "dimension_unit", "dimensional_divisor", "valid_from", "valid_to", "date_basis",
)  # fmt: skip
