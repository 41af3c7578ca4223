"""What is priced and what its price is made of. Pure, Decimal."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from invoices.rate_records import RateData
from invoices.rate_records.places import Location
from invoices.rating.weights import Piece


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
