"""Data files of carriers that have no header: which column is what, one record a layout. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from processing.content.records import Row


@dataclass(frozen=True, slots=True)
class Layout:
    """``columns``: meaning (as headings have it) → position from 0. ``fits`` tells a row of the file by its cells.
    ``skip``: column → values whose rows are no charge."""

    name: str
    columns: dict[str, tuple[int, ...]]
    fits: Callable[[Row], bool]
    skip: dict[int, frozenset[str]]


_CLASSES = frozenset({"FRT", "ACC", "FSC", "TAX", "MSC", "INF", "BRK", "GOV", "DTY", "EXM", "VAT"})
_MONEY = re.compile(r"-?\d+(\.\d+)?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}|\d{8}")


def _is_ups(row: Row) -> bool:
    cells = {cell.column: cell.text for cell in row.cells}
    return (
        cells.get(43, "") in _CLASSES
        and _ISO_DAY.fullmatch(cells.get(4, "")) is not None
        and _MONEY.fullmatch(cells.get(52, "")) is not None
        and bool(cells.get(5))
    )


# UPS Billing Data, 250 fields (the public data dictionary counts them from 1).
UPS = Layout(
    name="ups_billing_data",
    columns={
        "invoice_date": (4,), "invoice_number": (5,), "currency": (9,), "total_amount": (10,), "ship_date": (11,),
        "lead_number": (13,), "references": (15, 16, 21), "payer": (17,), "pieces": (18,), "tracking_number": (20,),
        "actual_weight": (26,), "actual_unit": (27,), "billed_weight": (28,), "weight_unit": (29,), "dims": (32,),
        "zone": (33,), "charge_class": (43,), "charge_code": (44,), "charge_name": (45,), "incentive": (51,),
        "amount": (52,), "origin": (70,), "origin_region": (71,), "origin_postal": (72,), "origin_country": (73,),
        "destination": (78,), "destination_region": (79,), "destination_postal": (80,), "destination_country": (81,),
    },
    fits=_is_ups,
    skip={43: frozenset({"INF"})},
)  # fmt: skip

LAYOUTS: tuple[Layout, ...] = (UPS,)


def layout_of(rows: Sequence[Row]) -> Layout | None:
    """The layout that nine of ten of the first rows fit."""
    sample = rows[:50]
    if not sample:
        return None
    return next((each for each in LAYOUTS if sum(map(each.fits, sample)) >= 0.9 * len(sample)), None)
