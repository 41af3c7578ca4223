"""The rows of a rate card: prices, zones, charges on top, fuel bands, rules, and the card that holds them. Pure.

Money is ``Decimal`` in the card's (or the row's) currency. Terms after OTM RATE_GEO and X12.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from invoices.rate_records.conditions import Applies, Condition
from invoices.rate_records.rules import RuleData

Inclusive = Literal["upper", "lower", "both"]
Rounding = Literal["", "up", "nearest", "down"]
Basis = Literal["flat", "percent", "per_unit", "table"]


@dataclass(slots=True)
class RateData:
    """One price of the freight or, where ``charge`` names one, a row of a tabulated charge (toll by weight and
    distance, ad valorem by region). ``value`` is charged per ``unit`` (``bases.BASES``; percent of ``applies_to``), on
    top of ``base_charge``, within ``minimum`` and ``maximum`` in money and ``minimum_units`` and ``maximum_units``.

    ``origin``, ``destination`` are places (``rate_records.places``) or zones. A break is about ``break_basis``
    (``bases.AXES``), a second one about ``break2_basis``; ``break_inclusive`` says which side of (from, to) belongs to
    it. With ``excess_only`` the value is for what exceeds ``break_from`` ("each additional kg"), on top of
    ``base_charge`` or, without one, of the lane's price at ``break_from``. ``increment`` is in kg, lb, km … of the
    unit. ``source`` names the cell or box of each value.
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
    charge: str = ""
    applies_to: str = ""
    break2_basis: str = ""
    break2_from: Decimal | None = None
    break2_to: Decimal | None = None
    break2_inclusive: Inclusive = "upper"
    break2_unit: str = ""
    minimum_units: Decimal | None = None
    maximum_units: Decimal | None = None
    free_units: Decimal | None = None
    conditions: list[Condition] = field(default_factory=list)
    source: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class ZoneData:
    """Which zone a place belongs to, for a service. ``first`` and ``last`` are postal codes or their first characters,
    or a place's name in ``first`` alone (also a prefix "BT*", a region, a UN/LOCODE or IATA code, a zone of another
    row). ``side`` says whether the place is where shipments go or come from. ``origin`` (a place or a zone of the
    origin side) makes the row a cell of a matrix: it holds for shipments from there only."""

    zone: str
    first: str = ""
    last: str = ""
    country: str = ""
    side: Literal["destination", "origin"] = "destination"
    service: str = ""
    origin: str = ""
    source: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class SurchargeData:
    """A charge on top of the freight. ``value`` is money (``flat``), percent of ``applies_to``, or money per ``unit``;
    with the basis ``table`` the rates whose ``charge`` is this one's code or name price it.

    ``kind`` is that of design (accessorial, fuel, tax, …), ``meaning`` what it is in the trade (``charges.MEANINGS``:
    toll, insurance, residential, …). ``applies``: ``always`` where all ``conditions`` hold, ``asked`` for shipments
    that name it, ``included`` in the freight, ``on_request`` without a price; empty: the words of ``condition`` tell.
    ``sequence`` orders the charges (freight comes first, fuel is 500, tax the last); equal ones keep the card's order.
    """

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
    kind: str = ""
    meaning: str = ""
    applies: Applies = ""
    increment: Decimal | None = None
    rounding: Rounding = ""
    minimum_units: Decimal | None = None
    maximum_units: Decimal | None = None
    free_units: Decimal | None = None
    sequence: int = 0
    conditions: list[Condition] = field(default_factory=list)
    source: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class FuelBandData:
    """Fuel surcharge in percent of ``base`` while the index lies in [``index_from``, ``index_to``); a single band
    without bounds is a plain percentage. With a ``unit`` (km, mile, kg, …) ``percent`` is money per unit instead.
    Above ``index_from`` each started ``index_step`` adds ``percent_step`` ("each further 0.05: 1 % more")."""

    percent: Decimal
    index_name: str = ""
    index_from: Decimal | None = None
    index_to: Decimal | None = None
    base: str = "freight"
    valid_from: date | None = None
    valid_to: date | None = None
    unit: str = ""
    index_step: Decimal | None = None
    percent_step: Decimal | None = None
    minimum: Decimal | None = None
    service: str = ""
    equipment: str = ""
    currency: str = ""
    source: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class CardData:
    """A carrier's prices for a customer over a time. ``evidence`` names the source of each header value.

    ``account`` is the customer's number with the carrier, ``tariff_type`` general, contract or spot, ``direction``
    export, import, domestic or third_country. A file with several carriers, services, directions, currencies or
    validities gives several cards of one source.
    """

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
    account: str = ""
    tariff_type: str = ""
    direction: str = ""
    rates: list[RateData] = field(default_factory=list)
    zones: list[ZoneData] = field(default_factory=list)
    surcharges: list[SurchargeData] = field(default_factory=list)
    fuel: list[FuelBandData] = field(default_factory=list)
    rules: list[RuleData] = field(default_factory=list)
    evidence: dict[str, Any] = field(default_factory=dict)


HEADER_FIELDS = (
    "carrier_name", "carrier_code", "customer", "contract", "mode", "service", "currency", "weight_unit",
    "dimension_unit", "dimensional_divisor", "valid_from", "valid_to", "date_basis", "account", "tariff_type",
    "direction",
)  # fmt: skip
