"""What is audited, by what, and what comes of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Protocol
from uuid import UUID

from invoices.rate_records import CardData
from invoices.rating import Shipment
from invoices.records import ChargeKind, LineData

FindingCode = Literal["overcharged", "undercharged", "billed_twice", "charge_not_on_card", "not_rated"]
Cause = Literal[
    "wrong_rate", "wrong_zone", "wrong_class", "discount", "minimum", "deficit_weight", "dimensional_weight", "fuel",
    "accessorial", "duplicate", "arithmetic", "tax", "no_price",
]  # fmt: skip
# Those that cost money if nobody looks: each is a review reason too.
AUDIT_REASONS: tuple[FindingCode, ...] = ("overcharged", "billed_twice", "charge_not_on_card")


@dataclass(frozen=True, slots=True)
class BilledCharge:
    """One line of the invoice, counted from 0, and what it is for. ``amount`` is net."""

    position: int
    kind: ChargeKind
    amount: Decimal
    line: LineData

    @property
    def name(self) -> str:
        return (self.line.description or self.line.service or self.line.charge_code or "").strip()


@dataclass(frozen=True, slots=True)
class BilledShipment:
    """The lines of one shipment. ``readings`` are the ways in which it can be understood (a place with and without its
    region), the likeliest first; they are tried until one has a price."""

    day: date
    tracking_number: str
    charges: tuple[BilledCharge, ...]
    readings: tuple[Shipment, ...]

    def of_kind(self, kind: ChargeKind) -> list[BilledCharge]:
        return [charge for charge in self.charges if charge.kind == kind]


@dataclass(frozen=True, slots=True)
class FindingData:
    """One difference between a charge billed and the charge that the rate card gives. ``lines`` are positions from 0;
    ``expected`` is None where no card gives a price; ``how`` is the card's arithmetic and ``source`` the cells of its
    figures; ``other`` is the invoice that has billed the same."""

    code: FindingCode
    charge: ChargeKind
    lines: tuple[int, ...]
    billed: Decimal
    expected: Decimal | None
    currency: str
    message: str
    charge_code: str = ""
    description: str = ""
    tracking_number: str = ""
    how: str = ""
    source: Mapping[str, Any] = field(default_factory=dict)
    card: UUID | None = None
    other: UUID | None = None
    cause: Cause | None = None
    shipment: int | None = None

    @property
    def difference(self) -> Decimal | None:
        """What was billed too much; negative where it was too little."""
        return None if self.expected is None else self.billed - self.expected

    @property
    def field(self) -> str:
        """The field of the invoice that it is about, as review reasons name it."""
        return f"line_items[{self.lines[0]}].amount"


@dataclass(frozen=True, slots=True)
class Sent:
    """What tells that a charge was billed before: of which shipment, for what, how much."""

    tracking_number: str
    charge: str
    amount: Decimal


class Prices(Protocol):
    """Where the cards come from."""

    @property
    def known(self) -> bool:
        """Whether the vendor has any rate card."""

    def cards(self, shipment: Shipment, day: date) -> Sequence[tuple[UUID, CardData]]:
        """The vendor's cards that hold on the day, with the rates that may fit the shipment."""

    def fuel_index(self, card: CardData, day: date) -> Decimal | None:
        """The index of the card's fuel table for a shipment of the day, by the series that is kept; None without."""

    def why_none(self, shipment: Shipment, day: date) -> str:
        """A sentence that says why none of them gives a price."""

    def earlier_lines(self, tracking_numbers: Sequence[str]) -> Mapping[str, Sequence[LineData]]:
        """What other invoices of the vendor billed before for these shipments, by the folded number: all lines of the
        latest that is no correction itself."""

    def sent_before(self, tracking_numbers: Sequence[str]) -> Mapping[Sent, tuple[UUID, str]]:
        """The charges for these shipments on other invoices of the vendor: their invoice and its number."""
