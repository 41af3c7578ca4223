"""Small invoices as text, each different, of which rules alone leave something open: a model is needed for them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

_GOODS = (
    "Copper pipe 15 mm",
    "Ball valve",
    "Pallet wrap",
    "Toner black",
    "Desk lamp",
    "Coffee beans 1 kg",
    "Wall anchor",
)
_NAMES = ("Northfield", "Halden", "Briar", "Corvane", "Tilling", "Ostrava", "Merrow")


def invoice_text(number: int) -> str:
    """One invoice; the same number gives the same text."""
    rng = random.Random(number)
    lines = [(rng.choice(_GOODS), rng.randint(1, 40), rng.randint(99, 9900)) for _ in range(rng.randint(2, 6))]
    net = sum(quantity * price for _, quantity, price in lines)
    tax = round(net * 0.2)
    seller = f"{rng.choice(_NAMES)} {rng.choice(('Trading', 'Supplies', 'Tools'))} Ltd"
    rows = [
        f"{name}  |  {quantity}  |  {price / 100:.2f}  |  {quantity * price / 100:.2f}"
        for name, quantity, price in lines
    ]
    return "\n".join(
        [
            seller,
            f"{rng.randint(1, 200)} Mill Lane, Leeds",
            "",
            "INVOICE",
            f"Invoice No: B-{number:06}",
            f"Date: 2026-{rng.randint(1, 10):02}-{rng.randint(1, 28):02}",
            "Bill to: Lowland Foods Ltd",
            "",
            "Description  |  Qty  |  Unit price  |  Amount",
            *rows,
            "",
            f"Subtotal: {net / 100:.2f} GBP",
            f"VAT 20%: {tax / 100:.2f} GBP",
            f"Total: {(net + tax) / 100:.2f} GBP",
        ]
    )


def write_invoices(folder: Path, count: int, *, first: int = 0) -> Iterator[Path]:
    """Files of invoices, a thousand to a folder."""
    for number in range(first, first + count):
        path = folder / f"{number // 1000:04}" / f"invoice_{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(invoice_text(number))
        yield path
