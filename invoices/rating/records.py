"""What is priced and what its price is made of. Pure, Decimal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from invoices.rate_records import RateData
from invoices.rate_records.places import Location
from invoices.rating.weights import ZERO, Piece

FREIGHT_KINDS = frozenset({"freight", "discount", "adjustment"})


@dataclass(frozen=True, slots=True)
class Shipment:
    """What is to be priced. Weights in ``weight_unit`` (kg, lb), lengths in ``dimension_unit`` (cm, in).

    ``accessorials`` are codes or names of the surcharges that apply; ``fuel_index`` is the index of the card's fuel
    bands at the date; ``distance`` is in ``distance_unit`` (km, mile). ``declared_value`` is the value of the goods in
    the card's currency. ``counts`` are quantities by unit (stop, minute, day, bill, teu), ``attributes`` answers to
    keys that the model has no word for (``other:<name>``). ``account`` is the payer's number with the carrier.
    ``order_date`` and ``invoice_date`` count for cards that hold by them.
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
    declared_value: Decimal | None = None
    dangerous_goods: bool = False
    stackable: bool = True
    direction: str = ""
    payer: str = ""
    account: str = ""
    counts: tuple[tuple[str, Decimal], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    order_date: date | None = None
    invoice_date: date | None = None

    @property
    def piece_count(self) -> Decimal | None:
        return Decimal(sum(piece.count for piece in self.pieces)) if self.pieces else None


@dataclass(frozen=True, slots=True)
class Charge:
    """One amount of a quote. ``how`` is its arithmetic for a person; ``source`` the cells of the figures used; ``kind``
    as in design: freight, discount, adjustment, accessorial, fuel, tax, …"""

    code: str
    name: str
    amount: Decimal
    how: str
    source: dict[str, Any] = field(default_factory=dict)
    kind: str = "accessorial"
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A price by one rate of one card (``card`` is its index in the cards given). ``incomplete`` names what the card
    charges and could not be priced: ``total`` is the rest. ``others`` are sums in other currencies than ``currency``:
    they are not in the total."""

    card: int
    carrier: str
    service: str
    currency: str
    charges: tuple[Charge, ...]
    total: Decimal
    billed_weight: Decimal | None
    weight_unit: str
    rate: RateData
    incomplete: tuple[str, ...] = ()
    others: tuple[tuple[str, Decimal], ...] = ()
    not_included: tuple[str, ...] = ()

    @property
    def freight(self) -> Decimal:
        """After discount and minimum."""
        return sum((c.amount for c in self.charges if c.kind in FREIGHT_KINDS), ZERO)


@dataclass(frozen=True, slots=True)
class NoQuote:
    """Why a card gives no price: ``code`` is ``not_valid``, ``no_service``, ``no_lane``, ``no_equipment``,
    ``no_class``, ``no_break``, ``no_quantity``, ``no_accessorial``, ``on_request``, ``other_account``,
    ``other_card_holds``."""

    card: int
    carrier: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Quotes:
    """All quotes, the cheapest first within each currency, and the cards that gave none."""

    quotes: tuple[Quote, ...]
    refusals: tuple[NoQuote, ...]

    @property
    def best(self) -> Quote | None:
        """The cheapest; None also where prices are in several currencies, which have no order."""
        if len({quote.currency for quote in self.quotes}) > 1:
            return None
        return self.quotes[0] if self.quotes else None


def in_order(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """By currency, the cheapest first; a quote that lacks a charge comes after one that is whole."""
    return tuple(sorted(quotes, key=lambda q: (q.currency, bool(q.incomplete), q.total, q.card, q.service)))
