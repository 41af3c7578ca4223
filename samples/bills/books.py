"""What a bill is before it is written down: shipments with charges, and the answers to what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")


def cents(value: Decimal | str | int) -> Decimal:
    return Decimal(value).quantize(CENT, ROUND_HALF_UP)


@dataclass
class Charge:
    """One amount; ``gross`` where a discount was taken off in the same row of the bill."""

    name: str
    amount: Decimal
    kind: str = "freight"
    code: str = ""
    gross: Decimal | None = None


@dataclass
class Parcel:
    """A shipment and what is billed for it."""

    number: str
    day: date
    service: str = ""
    zone: str = ""
    actual: Decimal | None = None
    billed: Decimal | None = None
    unit: str = "lb"
    dims: tuple[int, int, int] | None = None
    reference: str = ""
    origin: str = ""
    destination: str = ""
    freight_class: str = ""
    pieces: int = 1
    charges: list[Charge] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum((charge.amount for charge in self.charges), Decimal(0))


@dataclass
class Bill:
    """A carrier's bill with its answers. ``tariff`` is what the card says, as plain data."""

    file: str
    card: str
    carrier: str
    number: str
    day: date
    currency: str
    parcels: list[Parcel]
    tariff: dict[str, Any]
    findings: list[dict[str, str]] = field(default_factory=list)
    quiet: list[dict[str, str]] = field(default_factory=list)
    total: Decimal | None = None
    tax: Decimal = Decimal(0)
    prints_total: bool = True

    @property
    def net(self) -> Decimal:
        return sum((parcel.total for parcel in self.parcels), Decimal(0))

    @property
    def asked(self) -> Decimal | None:
        """What the file itself asks for; None where it prints no total."""
        total = self.total if self.total is not None else self.net + self.tax
        return total if self.prints_total else None

    def wrong(self, code: str, cause: str, parcel: Parcel, charge: str, billed: Decimal, expected: Decimal) -> None:
        """Notes an error that was planted."""
        self.findings.append(
            {
                "code": code,
                "cause": cause,
                "tracking_number": parcel.number,
                "charge": charge,
                "billed": str(billed),
                "expected": str(expected),
                "difference": str(billed - expected),
            }
        )

    def twice(self, parcel: Parcel, *groups: tuple[str, Decimal]) -> None:
        """The charges of a shipment that are billed a second time."""
        for charge, billed in groups:
            self.wrong("billed_twice", "duplicate", parcel, charge, billed, Decimal("0.00"))

    def calm(self, parcel: Parcel, why: str) -> None:
        """A shipment that looks odd and is right."""
        self.quiet.append({"tracking_number": parcel.number, "why": why})

    def answer(self) -> dict[str, Any]:
        """As ``expected.json`` of a case has it."""
        return {
            "file": self.file,
            "card": self.card,
            "vendor_name": self.carrier,
            "invoice_number": self.number,
            "invoice_date": self.day.isoformat(),
            "currency": self.currency,
            "shipments": len({parcel.number for parcel in self.parcels}),
            "total_amount": None if self.asked is None else str(self.asked),
            "line_items": [
                {
                    "tracking_number": parcel.number,
                    "description": charge.name,
                    "amount": str(charge.amount),
                    "ship_date": parcel.day.isoformat(),
                    "kind": charge.kind,
                }
                for parcel in self.parcels
                for charge in parcel.charges
            ],
            "findings": self.findings,
            "no_finding": self.quiet,
            "tariff": self.tariff,
        }
