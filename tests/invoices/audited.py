"""A carrier's card and an invoice of its for tests, as the pipeline records them: audited when the invoice is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal as D
from typing import Any

from django.contrib.auth.models import User

from invoices.models import Invoice, RateCard
from invoices.records import InvoiceData, LineData
from tests.invoices.books import invoice, record
from tests.invoices.rate_cards import parcel_card, stored

CARRIER = "Blitz Paket"
_NUMBERS = ("billed_weight", "quantity", "unit_price", "discount")


def carrier_card(owner: User | None = None, **changes: Any) -> RateCard:
    """The active card of "Blitz Paket": zones 1 and 2, up to 1 kg for 4.50 and up to 2 kg for 5.20 (a euro more in zone
    2), residential delivery for 1.15, fuel 10 %; valid from 2026-01-01."""
    return stored(parcel_card(**{"carrier_name": CARRIER, **changes}), owner=owner)


def line(description: str, amount: str, **values: Any) -> LineData:
    values |= {name: D(values[name]) for name in _NUMBERS if name in values}
    return LineData(description=description, amount=D(amount), **values)


def parcel(amount: str, *, number: str, weight: str = "1.5", zone: str = "1", **values: Any) -> LineData:
    """The freight of one parcel; on the card of ``carrier_card`` it costs 5.20 without fuel."""
    return line(
        "Parcel", amount, billed_weight=weight, weight_unit="kg", zone=zone, tracking_number=number, **values
    )  # fmt: skip


def default_lines() -> list[LineData]:
    """P1 as on the card (0, 1), P2 1.70 too dear (2, 3), for which Saturday costs 8.00 that the card does not know (4),
    and P1 once more (5)."""
    return [
        parcel("5.20", number="P1"),
        line("Fuel surcharge", "0.52", tracking_number="P1"),
        parcel("6.90", number="P2"),
        line("Fuel surcharge", "0.52", tracking_number="P2"),
        line("Saturday delivery", "8.00", tracking_number="P2"),
        parcel("5.20", number="P1"),
    ]


def carrier_data(number: str = "B-1", lines: Sequence[LineData] | None = None, **changes: Any) -> InvoiceData:
    """What is read of an invoice of "Blitz Paket GmbH"; its totals are those of the lines."""
    rows = default_lines() if lines is None else list(lines)
    total = sum((row.amount or D(0) for row in rows), D(0))
    values: dict[str, Any] = {
        "vendor_name": f"{CARRIER} GmbH", "invoice_date": date(2026, 3, 2), "line_items": rows, "subtotal": total,
        "tax_amount": None, "taxes": [], "total_amount": total,
    }  # fmt: skip
    return invoice(number, **{**values, **changes})


def carrier_invoice(owner: User | None = None, lines: Sequence[LineData] | None = None, **changes: Any) -> Invoice:
    """An invoice of the carrier, recorded and so audited by the cards that are stored; ``number`` is its number, the
    other changes are fields. With the usual lines it has three findings: P2 ``overcharged``, Saturday
    ``charge_not_on_card``, P1 ``billed_twice``."""
    number = changes.pop("number", "B-1")
    return record(carrier_data(number, lines, **changes), owner_id=owner.pk if owner else None)
