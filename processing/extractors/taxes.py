"""The VAT breakdown (BG-23): lines whose numbers obey base × rate = tax."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from invoices.values.numbers import find_numbers
from processing.extraction import Fields, FieldValue
from processing.extractors.amounts import CENT, Amount
from processing.extractors.grid import Grid, Piece, Span, read_value

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


def with_single_rate(rows: list[Fields], taxes: list[Amount], totals: Fields) -> list[Fields]:
    """The breakdown of a document that states one rate beside its tax ("VAT 20 %: 12.00"): its base is the net total,
    when base × rate gives the tax."""
    if rows or "subtotal" not in totals or "tax_amount" not in totals:
        return rows
    net, tax = totals["subtotal"].value, totals["tax_amount"].value
    for amount in taxes:
        if amount.rate is None or amount.value != tax or not isinstance(net, Decimal) or not isinstance(tax, Decimal):
            continue
        if abs((net * amount.rate / 100) - tax) <= CENT * 2:
            percent = re.search(r"\d{1,2}(?:[.,]\d{1,3})?\s*%", amount.span.piece.text)
            where = amount.span.piece if percent else None
            rate = (
                read_value(Span(where, percent.start(), percent.end()), amount.rate)
                if where is not None and percent is not None
                else FieldValue(amount.rate, f"{amount.rate}%", "rules", None, derived_from="tax_amount")
            )
            return [{"rate": rate, "base": totals["subtotal"], "amount": totals["tax_amount"]}]
    return rows


def tax_sum(rows: list[Fields]) -> Decimal | None:
    amounts = [row["amount"].value for row in rows]
    return sum((a for a in amounts if isinstance(a, Decimal)), Decimal(0)) if amounts else None
