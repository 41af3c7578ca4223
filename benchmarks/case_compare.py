"""How a value that came out is compared with the one that must, and what a case adds up to. Pure.

Numbers are compared as numbers (money to the cent), dates in ISO form, texts without case, outer punctuation and
repeated space, identifiers without any space. ``<field>_alternatives`` beside a value lists further right ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

CENT = Decimal("0.01")
MONEY = frozenset(
    ["subtotal", "discount_total", "charge_total", "tax_amount", "total_amount", "rounding", "amount_paid",
     "withholding_amount", "previous_balance", "cash_discount_amount", "amount_due", "amount", "difference"]
)  # fmt: skip
NUMBERS = frozenset(["quantity", "unit_price", "tax_rate", "discount", "billed_weight"])
IDENTIFIERS = frozenset(
    ["vendor_tax_id", "buyer_tax_id", "iban", "bic", "invoice_number", "purchase_order", "tracking_number"]
)
# Without one of these a document is wrong; without another value it is incomplete.
CORE = frozenset(["vendor_name", "invoice_number", "invoice_date", "currency", "total_amount"])
_WHOLE_ROWS = frozenset(["line", "charge", "document", "finding", "rate", "quote"])
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference: where, which field, what came out and what must."""

    where: str
    field: str
    found: Any
    expected: Any

    @property
    def wrong(self) -> bool:
        """Whether it is more than a value that is missing beside right ones."""
        return self.found not in (None, "", 0) or self.field in CORE or self.field.split()[0] in _WHOLE_ROWS

    def __str__(self) -> str:
        return f"{self.where}: {self.field}: came out {_short(self.found)}, must be {_short(self.expected)}"


@dataclass(slots=True)
class Outcome:
    """What became of one case. ``figures`` counts ``values``, ``values_right`` and the like; ``reasons`` are the review
    reasons and errors that stood against its documents."""

    name: str
    figures: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    accepted: list[Miss] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def expect(self, what: str, right: bool, miss: Miss) -> bool:
        """Counts one ``what`` (values, checks, quotes, findings); what is not right is a difference."""
        self.figures[what] += 1
        if right:
            self.figures[f"{what}_right"] += 1
        else:
            self.misses.append(miss)
        return right

    def accept(self, what: str, miss: Miss) -> None:
        """A difference that the label accepts because the product says that it lacks something."""
        self.figures[f"{what}_acceptable"] += 1
        self.accepted.append(miss)

    def judge(self, ready: bool, misses: Sequence[Miss]) -> None:
        """Counts a document; one that was ready without a reason may not have missed anything."""
        self.figures["documents"] += 1
        counted = [miss for miss in misses if miss not in self.accepted]
        if ready and counted:
            self.figures["passed_wrongly" if any(miss.wrong for miss in counted) else "passed_incomplete"] += 1

    @property
    def right(self) -> int:
        return sum(self.figures[f"{what}_right"] for what in ("values", "checks", "quotes", "findings"))

    @property
    def verdict(self) -> str:
        """``whole``: nothing differs. ``wrong``: nothing is right, or something wrong stood there without a reason."""
        if not self.misses:
            return "whole"
        return "wrong" if self.figures["passed_wrongly"] or not self.right else "part"


def number(value: Any) -> Decimal | None:
    """The number a value holds, also ``1.200 %``, ``8,50 €``, ``12,5`` and ``98.00 after discount``; None without."""
    if isinstance(value, bool) or value is None:
        return None
    found = re.match(r"\s*[-+−]?\d[\d.,]*", str(value))
    if found is None:
        return None
    text = found.group().strip().replace("−", "-").rstrip(".,")
    if re.fullmatch(r"[-+]?\d+,\d+", text):  # a comma alone is decimal, unless exactly three digits follow a thousand
        text = text.replace(",", "" if re.fullmatch(r"[-+]?[1-9]\d{0,2},\d{3}", text) else ".")
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def folded(value: Any) -> str:
    text = unicodedata.normalize("NFKC", "" if value is None else str(value)).casefold()
    return re.sub(r"\s+", " ", re.sub(r"\s*[‐-―]\s*", "-", text)).strip(" .,;:|-_'\"")


def form(name: str, value: Any) -> str | Decimal | None:
    """The comparable form of a field's value; None where there is none."""
    if value is None or not str(value).strip():
        return None
    if name in MONEY | NUMBERS:
        try:
            return Decimal(str(value)).quantize(CENT if name in MONEY else Decimal("0.0001"), ROUND_HALF_UP)
        except InvalidOperation:
            return f"not a number: {value}"
    text = folded(value)
    return re.sub(r"\s+", "", text) if name in IDENTIFIERS else text


def same(name: str, found: Any, expected: Any, alternatives: Iterable[Any] = ()) -> bool:
    return form(name, found) in {form(name, value) for value in (expected, *alternatives)}


Agrees = Callable[[str, Row, Row], bool]


def field_agrees(name: str, found: Row, expected: Row) -> bool:
    return same(name, found.get(name), expected.get(name), expected.get(f"{name}_alternatives", ()))


def labelled(row: Row) -> list[str]:
    """The fields that a label holds."""
    return [name for name in row if not name.endswith("_alternatives") and name not in ("note", "lane_printed")]


def paired(
    found: Sequence[Row], expected: Sequence[Row], agrees: Agrees = field_agrees
) -> tuple[list[tuple[int | None, int]], list[int]]:
    """Pairs found with expected rows so that most fields agree, among equals those at the same position. Gives the
    pair of each expected row (None: it did not come out), and the found rows that are left over."""
    ranked = sorted(
        (
            (-sum(agrees(name, one, other) for name in labelled(other)), abs(i - j), i, j)
            for i, one in enumerate(found)
            for j, other in enumerate(expected)
        )
    )
    pair_of: dict[int, int] = {}
    used: set[int] = set()
    for hits, _, i, j in ranked:
        if hits and i not in used and j not in pair_of:
            used.add(i)
            pair_of[j] = i
    return [(pair_of.get(j), j) for j in range(len(expected))], [i for i in range(len(found)) if i not in used]


def _short(value: Any) -> str:
    text = "nothing" if value in (None, "") else str(value)
    return text if len(text) <= 110 else f"{text[:107]}…"
