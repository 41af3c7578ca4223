"""The VAT breakdown (BG-23): lines whose numbers obey base × rate = tax."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from invoices.values.numbers import find_numbers
from processing.content.extraction import Fields, FieldValue
from processing.extractors.header.amounts import CENT, Amount
from processing.extractors.header.grid import Grid, Piece, Span, read_value

MAX_NUMBERS = 12  # of a line: a row of a breakdown has five or so
MAX_RATE = Decimal(30)
_CATEGORY = re.compile(r"\((S|Z|E|AE|K|G|O)\)")
_TAX_HEAD = re.compile(r"\b(?:ust|mwst|vat|tax|tva|iva|btw|gst|steuer\w*|moms|igic|imposta|impuesto|taxe)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Number:
    value: Decimal
    span: Span
    percent: bool
    decimals: int


def tax_rows(grid: Grid, separator: str | None, skip_lines: set[int]) -> list[Fields]:
    """The rows of the breakdown, in order, each rate once. Only rows that the arithmetic proves are read."""
    rows: list[Fields] = []
    seen: set[tuple[Decimal, Decimal]] = set()
    for index, line in enumerate(grid.lines):
        if index in skip_lines or len(line) > 10:
            continue
        numbers = _numbers(line, separator)
        if len(numbers) > MAX_NUMBERS:
            continue
        speaks = any(h.name in {"tax_amount", "vat_id"} for p in line for h in p.hits) or any(
            n.percent for n in numbers
        )
        if not speaks and not _under_tax_head(grid, index):
            continue
        found = _triple(numbers, speaks)
        if found is None:
            continue
        rate, base, tax = found
        if (rate.value, base.value) in seen:
            continue
        seen.add((rate.value, base.value))
        row: Fields = {
            "rate": read_value(rate.span, rate.value),
            "base": read_value(base.span, base.value),
            "amount": read_value(tax.span, tax.value),
        }
        _add_category(row, line, rate.value)
        rows.append(row)
    return rows


def _add_category(row: Fields, line: list[Piece], rate: Decimal) -> None:
    for piece in line:
        if match := _CATEGORY.search(piece.text):
            row["category"] = read_value(Span(piece, match.start(1), match.end(1)), match[1])
            return
    if rate > 0:
        row["category"] = FieldValue("S", "", "rules", None, derived_from="rate")


def _numbers(line: list[Piece], separator: str | None) -> list[_Number]:
    found = []
    for piece in line:
        for number in find_numbers(piece.text, decimal_separator=separator):
            percent = piece.text[number.end :].lstrip().startswith("%") or piece.text[: number.start].rstrip().endswith(
                "%"
            )
            found.append(_Number(number.value, Span(piece, number.start, number.end), percent, number.decimals))
    return found


def _under_tax_head(grid: Grid, index: int) -> bool:
    for line in grid.lines[max(0, index - 4) : index]:
        if (
            len(line) >= 2
            and sum(bool(_TAX_HEAD.search(p.text)) for p in line) >= 1
            and not any(n.decimals == 2 for p in line for n in find_numbers(p.text))
        ):
            return True
    return False


def _triple(numbers: list[_Number], speaks: bool) -> tuple[_Number, _Number, _Number] | None:
    rates = [n for n in numbers if n.percent] or [n for n in numbers if n.decimals <= 2 and 0 <= n.value <= MAX_RATE]
    amounts = [n for n in numbers if not n.percent and n.decimals == 2]
    for rate in rates:
        for base in amounts:
            for tax in amounts:
                if base is tax or rate in (base, tax) or base.value == 0 or rate.value > MAX_RATE:
                    continue
                expected = (base.value * rate.value / 100).quantize(CENT, ROUND_HALF_UP)
                exact = abs(expected - tax.value) <= CENT
                if exact and (rate.value > 0 or (tax.value == 0 and speaks) or len(amounts) == 2):
                    return rate, base, tax
    return None


def completed(rows: list[Fields], taxes: list[Amount], totals: Fields, lines: list[Fields]) -> list[Fields]:
    """The breakdown of a document that has no table of it: each tax that is stated by itself ("CGST 9 %: 90.00"), or
    the one rate that the tax line ("VAT 20 %: 12.00") or the lines print, with the base that the arithmetic proves."""
    if rows or "tax_amount" not in totals:
        return rows
    if totals["tax_amount"].derived_from == "taxes":
        return _stated_parts(taxes)
    tax = totals["tax_amount"]
    if not isinstance(tax.value, Decimal):
        return rows
    if not tax.value:
        return _free_of_tax(taxes, totals, tax)
    for amount in taxes:
        if amount.rate is None or amount.value != tax.value:
            continue
        for base in _bases(totals):
            if isinstance(base.value, Decimal) and abs(base.value * amount.rate / 100 - tax.value) <= CENT * 2:
                return [{"category": _standard(), "rate": _rate_field(amount), "base": base, "amount": tax}]
        total = totals.get("total_amount")
        if total is not None and isinstance(total.value, Decimal):
            inside = total.value * amount.rate / (100 + amount.rate)
            if abs(inside - tax.value) <= CENT:  # the base, which is not printed, would prove nothing
                return [{"category": _standard(), "rate": _rate_field(amount), "amount": tax}]
    return _of_lines(lines, tax)


def _free_of_tax(taxes: list[Amount], totals: Fields, tax: FieldValue) -> list[Fields]:
    """The one row of a document that states a tax of nothing ("VAT 0 %: 0.00", "VAT, reverse charge: 0.00")."""
    stated = next((a for a in taxes if not a.value and not a.rate), None)
    if stated is None or "subtotal" not in totals or any(a.value for a in taxes):
        return []
    rate = (
        _rate_field(stated)
        if stated.rate is not None
        else FieldValue(Decimal(0), "", "rules", None, derived_from="tax_amount")
    )
    return [{"rate": rate, "base": totals["subtotal"], "amount": tax}]


def _standard() -> FieldValue:
    return FieldValue("S", "", "rules", None, derived_from="rate")


def _rate_field(amount: Amount) -> FieldValue:
    piece, rate = amount.span.piece, amount.rate or Decimal(0)
    for match in re.finditer(r"\d{1,2}(?:[.,]\d{1,3})?\s*%", piece.text):
        return read_value(Span(piece, match.start(), match.end()), rate)
    return FieldValue(rate, f"{rate}%", "rules", None, derived_from="tax_amount")


def _bases(totals: Fields) -> list[FieldValue]:
    """What the tax may be reckoned from: the net total, before or after what is taken off and added below it."""
    net = totals.get("subtotal")
    if net is None or not isinstance(net.value, Decimal):
        return []
    found = [net]
    parts: dict[str, Decimal] = {}
    for name, sign in (("discount_total", -1), ("charge_total", 1)):
        field = totals.get(name)
        if field is not None and isinstance(field.value, Decimal):
            parts[name] = sign * abs(field.value)
    for names in (tuple(parts), *((name,) for name in parts)):
        if names:
            value = net.value + sum((parts[name] for name in names), Decimal(0))
            found.append(FieldValue(value, "", "rules", None, derived_from=", ".join(("subtotal", *names))))
    return found


def _stated_parts(taxes: list[Amount]) -> list[Fields]:
    seen: dict[tuple[tuple[int, float], Decimal], Fields] = {}
    for amount in taxes:
        if amount.value and (amount.position, amount.value) not in seen:
            row = {"amount": read_value(amount.span, amount.value)}
            if amount.rate is not None:
                row["rate"] = _rate_field(amount)
            seen[(amount.position, amount.value)] = row
    return list(seen.values())


def _of_lines(lines: list[Fields], tax: FieldValue) -> list[Fields]:
    """The one rate above zero that the lines print: its base is the sum of its lines, when that gives the tax."""
    rates = {row["tax_rate"].value for row in lines if "tax_rate" in row and row["tax_rate"].value}
    if len(rates) != 1:
        return []
    rate = rates.pop()
    taxed = [row for row in lines if "tax_rate" in row and row["tax_rate"].value == rate and "amount" in row]
    base = sum((row["amount"].value for row in taxed if isinstance(row["amount"].value, Decimal)), Decimal(0))
    if not isinstance(rate, Decimal) or not isinstance(tax.value, Decimal):
        return []
    if abs(base * rate / 100 - tax.value) > CENT * max(2, len(taxed)):
        return []
    field = FieldValue(base, "", "rules", None, derived_from="line_items")
    return [{"category": _standard(), "rate": taxed[0]["tax_rate"], "base": field, "amount": tax}]


def rate_for_lines(rows: list[Fields], lines: list[Fields], totals: Fields) -> None:
    """Gives the lines the one rate of the document (BT-152), when its base holds them all."""
    if len(rows) != 1 or "base" not in rows[0] or "rate" not in rows[0] or any("tax_rate" in row for row in lines):
        return
    base, line_sum = rows[0]["base"].value, Decimal(0)
    for row in lines:
        amount = row["amount"].value if "amount" in row else None
        if not isinstance(amount, Decimal):
            return
        line_sum += amount
    parts = [
        f.value for n in ("discount_total", "charge_total") if (f := totals.get(n)) and isinstance(f.value, Decimal)
    ]
    slack = sum((abs(p) for p in parts), Decimal(0))
    if not isinstance(base, Decimal) or abs(base - line_sum) > slack + CENT * 2:
        return
    for row in lines:
        row["tax_rate"] = FieldValue(rows[0]["rate"].value, "", "rules", None, derived_from="taxes")


def amounts_of(rows: list[Fields]) -> list[tuple[Decimal, Decimal]]:
    """Base and tax of each row of the breakdown."""
    pairs = [(row["base"].value, row["amount"].value) for row in rows]
    return [(base, tax) for base, tax in pairs if isinstance(base, Decimal) and isinstance(tax, Decimal)]
