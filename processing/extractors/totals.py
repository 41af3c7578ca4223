"""The document's totals (BG-22): by labels, by heads of total tables, and by the arithmetic that they must obey."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from invoices.values.currencies import find_currencies
from invoices.values.numbers import NumberMatch, find_numbers
from processing.extraction import Fields, FieldValue
from processing.extractors.grid import Grid, Piece, Span, overlap, place_of
from processing.extractors.labels import Hit

KINDS = (
    "subtotal", "tax_amount", "total_amount", "amount_due", "amount_paid", "discount_total", "charge_total", "rounding",
)  # fmt: skip
TOLERANCE = Decimal("0.02")
CENT = Decimal("0.01")
# A whole number without a currency beside it is an amount up to here; longer ones are article numbers and the like.
MAX_BARE = 10_000_000
# Coins: 0.05 in most countries, 0.10 in some, 0.50 in the Nordic ones.
MAX_ROUNDING = Decimal("0.50")
# A word behind a weak label ("Total") that keeps its meaning; any other word makes it a total of something else.
_QUALIFIERS = re.compile(
    r"^[\s:.\-–=*()]*(?:\(?(?:in|en|em|w)?\s*(?:[A-Z]{3}|[€$£]|RM|Rs\.?|euros?|dollars?)\)?|\(?(?:incl|inkl|inc|includes?|included|inclusive|including|einschl|excl|exkl|exclusive|ex|zzgl|brutto|netto|gross|net|plus|rm|due)\b.*"
    r"|\(?[\d.,\s]*%.*|(?:on|von|auf|de|sur|su|sobre|van|of|at|à|@|over)\b.*|\([^)]*\)|für .*|for this .*)?[\s:.\-–=*]*$",
    re.I,
)
_STUCK = re.compile(r"(?<![A-Za-z\d.,-])[A-Z]{1,2}(?=\d{1,5}[.,]\d{2}(?!\d))")
_BETWEEN = re.compile(
    r"^\W*(?:includes?|included|including|inclusive|incl|inc|inkl|einschl|excludes?|excluding|exclusive|excl|exkl|ex|of|the|all|before|after)(?:\W+(?:of|the|all))?\W*$",
    re.I,
)
_EXCLUSIVE = re.compile(
    r"\b(?:excl|exkl|exclusive|excluding|exclusief|ex|without|ohne|hors|sin|senza|zonder|sem|bez|before|ht|net|netto|zzgl)\b\.?",
    re.I,
)
_INCLUSIVE = re.compile(
    r"\b(?:includes|included|incl|inkl|inc|including|inclusive|inclusief|einschl|ttc|comprise|incluido|inclusa|incluso|brutto|gross|with)\b\.?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A money amount that a label names, or one that stands free (``kind`` "")."""

    kind: str
    value: Decimal
    span: Span
    strength: float
    rate: Decimal | None = None
    derived_from: str = ""
    line_text: str = ""
    label: str = ""

    @property
    def position(self) -> tuple[int, float]:
        return self.span.piece.page, self.span.piece.box[1]


def money_in(
    piece: Piece, separator: str | None, start: int = 0, end: int | None = None
) -> list[tuple[NumberMatch, Span]]:
    """The amounts in a part of a piece: numbers that are no percentages, and have two decimals or a currency or stand
    alone."""
    end = len(piece.text) if end is None else end
    text = piece.text[start:end]
    if piece.ocr:  # "RM3.00" read as "M3.00" or "FM3.00": letters that touch an amount are a currency misread
        text = _STUCK.sub(lambda m: " " * len(m[0]), text)
    numbers = find_numbers(text, decimal_separator=separator)
    found = []
    for number in numbers:
        after = text[number.end :].lstrip()
        if after.startswith("%") or number.decimals > 4:
            continue
        around = text[number.start : number.end] + after[:4]
        bare = len(numbers) == 1 and number.value < MAX_BARE and not any(c.isalpha() for c in text)
        if number.decimals in (2, 3) or bare or find_currencies(around):
            found.append((number, Span(piece, start + number.start, start + number.end)))
    return found


def labelled_amounts(grid: Grid, separator: str | None, skip_lines: set[int]) -> list[Amount]:
    """The amounts beside, behind or below the labels of totals, from all lines but those of the items."""
    found: list[Amount] = []
    for line_index, line in enumerate(grid.lines):
        if line_index in skip_lines:
            continue
        heads = [(p, h) for p in line for h in _own_hits(p) if h.name in KINDS]
        if not heads:
            continue
        in_line = _in_line(grid, line, heads, separator)
        if (not in_line and len({h.name for _, h in heads}) >= 2) or (
            len(heads) >= 1 and not in_line and len(line) >= 3
        ):
            found += _under_heads(grid, line, heads, separator, skip_lines)
        elif not in_line:
            found += _next_line(grid, heads, separator, skip_lines)
        found += in_line
    return found


def _own_hits(piece: Piece) -> list[Hit]:
    """The labels of a piece; in "Total including GST 6%" the second one only qualifies the first."""
    kept: list[Hit] = []
    for hit in piece.hits:
        if kept and hit.name == "tax_amount" and _BETWEEN.match(piece.text[kept[-1].end : hit.start]):
            continue
        kept.append(hit)
    return kept


def _in_line(grid: Grid, line: list[Piece], heads: list[tuple[Piece, Hit]], separator: str | None) -> list[Amount]:
    found = []
    for index, (piece, hit) in enumerate(heads):
        following = next((h for h in _own_hits(piece) if h.start >= hit.end), None)
        inline_end = following.start if following else len(piece.text)
        amounts = money_in(piece, separator, hit.end, inline_end)
        stop = heads[index + 1][0] if index + 1 < len(heads) and heads[index + 1][0] is not piece else None
        if not amounts and following is not None and index + 1 < len(heads) and heads[index + 1][0] is piece:
            continue
        if not amounts or (hit.name == "tax_amount"):
            for other in line[piece.order + 1 :]:
                if other is stop or (other.label is not None and other.label.name not in {"tax_amount", "currency"}):
                    break
                more = money_in(other, separator)
                amounts += more
                # The block beside may be another one: the value of a label stands next to it, not behind a wide gap.
                if more and other.order + 1 < len(line) and line[other.order + 1].label is not None:
                    break
        if not amounts:
            continue
        number, span = amounts[-1]
        label_rest = piece.text[hit.end : inline_end if amounts[0][1].piece is not piece else amounts[0][1].start]
        strength = _strength(piece, hit, label_rest)
        if strength <= 0:
            continue
        found.append(
            Amount(_kind(hit.name, piece.text), number.value, span, strength, _rate(piece.text), label=piece.text)
        )
    return found


def _strength(piece: Piece, hit: Hit, rest: str) -> float:
    strength = float(hit.label.strength)
    if hit.label.strength < 3 and not _QUALIFIERS.match(rest):
        strength -= 1.5
    if not hit.first:
        strength -= 0.5 if hit.label.strength == 3 else 1.2
    if len(piece.tokens) > 12:
        strength -= 1.0
    return strength


def _kind(name: str, text: str) -> str:
    """ "Total" with "excl. VAT" behind it is the net amount, with "incl." the gross one."""
    if name == "total_amount" and _EXCLUSIVE.search(text) and not _INCLUSIVE.search(text):
        return "subtotal"
    if name == "subtotal" and _INCLUSIVE.search(text) and not _EXCLUSIVE.search(text):
        return "total_amount"
    return name


def _rate(text: str) -> Decimal | None:
    match = re.search(r"(\d{1,2}(?:[.,]\d{1,3})?)\s*%", text)
    return Decimal(match[1].replace(",", ".")) if match else None


def _under_heads(
    grid: Grid, line: list[Piece], heads: list[tuple[Piece, Hit]], separator: str | None, skip: set[int]
) -> list[Amount]:
    """A table of totals: a line of heads over lines of amounts; the last line that fills all columns is the sum."""
    found = []
    for piece, hit in heads:
        if not hit.first:
            continue
        last: tuple[NumberMatch, Span] | None = None
        bottom = piece.box[3]
        for index in range(piece.line + 1, min(piece.line + 12, len(grid.lines))):
            following = grid.lines[index]
            if (
                following[0].page != piece.page
                or index in skip
                or min(p.box[1] for p in following) - bottom > 3.5 * piece.height
            ):
                break
            inside = [p for p in following if overlap(piece.box[0] - 12, piece.box[2] + 12, p.box[0], p.box[2]) > 0]
            amounts = [a for p in inside for a in money_in(p, separator)]
            if any(p.label is not None and p.label.name in KINDS for p in following) and not amounts:
                break
            if len(amounts) == 1:
                last, bottom = amounts[0], max(p.box[3] for p in following)
        if last is not None:
            found.append(Amount(_kind(hit.name, piece.text), last[0].value, last[1], hit.label.strength - 0.6))
    return found


def _next_line(grid: Grid, heads: list[tuple[Piece, Hit]], separator: str | None, skip: set[int]) -> list[Amount]:
    """A label whose amount stands alone under it, or on the next line at the right (till slips, narrow columns)."""
    piece, hit = heads[-1]
    rest = piece.text[hit.end :]
    if not hit.first or hit.label.strength < 2 or not _QUALIFIERS.match(rest) or piece.line + 1 >= len(grid.lines):
        return []
    index = piece.line + 1
    following = grid.lines[index]
    if index in skip or following[0].page != piece.page or following[0].box[1] - piece.box[3] > 2.0 * piece.height:
        return []
    if any(p.hits for p in following) or len(following) != 1 or following[0].box[2] < piece.box[0]:
        return []
    amounts = money_in(following[0], separator)
    if len(amounts) != 1 or len(following[0].text) > 20:
        return []
    return [Amount(_kind(hit.name, piece.text), amounts[0][0].value, amounts[0][1], hit.label.strength - 0.8)]


def free_amounts(grid: Grid, separator: str | None, skip_lines: set[int]) -> list[Amount]:
    """Every amount with two decimals outside of the item lines."""
    return [
        Amount("", number.value, span, 0.0, line_text=" ".join(p.text for p in line))
        for index, line in enumerate(grid.lines)
        if index not in skip_lines
        for piece in line
        for number, span in money_in(piece, separator)
        if number.decimals == 2
    ]


@dataclass(slots=True)
class Totals:
    """What was settled on, with whether the arithmetic confirms it and whether the evidence contradicts itself."""

    fields: Fields
    confirmed: bool = False
    conflict: bool = False


def solve(
    found: list[Amount], free: list[Amount], *, tax_sum: Decimal | None = None, line_sum: Decimal | None = None
) -> Totals:
    """The totals that labels and arithmetic agree on: net + tax = gross (BR-CO-15) is looked for among all candidates;
    without it the strongest label counts, the lowest on the last page of equals."""
    by_kind = {kind: [a for a in found if a.kind == kind and a.strength > 0] for kind in KINDS}
    totals = Totals({})
    grosses = by_kind["total_amount"] + [
        Amount("total_amount", a.value, a.span, a.strength - 1.0) for a in by_kind["amount_due"]
    ]
    nets, taxes = by_kind["subtotal"], _tax_candidates(by_kind["tax_amount"], tax_sum)
    triple = _best_triple(nets, taxes, grosses, by_kind)
    if triple is not None:
        net, tax, gross = triple
        totals.confirmed = True
    else:
        gross = _strongest(grosses)
        if gross is None:
            gross, totals.conflict = _net_called_gross(nets, by_kind["tax_amount"], free)
        tax = _strongest(taxes)
        net = _strongest(nets)
        labelled = by_kind["total_amount"] or grosses
        top = [a for a in labelled if gross and a.strength >= gross.strength - 0.25]
        totals.conflict = totals.conflict or len({abs(a.value) for a in top}) > 1
        parts = _tax_of_parts(nets, by_kind["tax_amount"], grosses)
        if parts is not None:
            net, tax, gross = parts
            totals.confirmed, totals.conflict = True, False
        else:
            net, tax, totals.confirmed = _complete(net, tax, gross, free, found, line_sum)
    for name, amount in (("subtotal", net), ("tax_amount", tax), ("total_amount", gross)):
        if amount is not None:
            totals.fields[name] = _as_field(amount)
    _others(totals, by_kind, gross)
    _confirm_with_charges(totals)
    _round(totals, free)
    return totals


def _confirm_with_charges(totals: Totals) -> None:
    """Net − discount + charges + tax = gross confirms a net total that was stated before discounts."""
    parts = {k: f.value for k, f in totals.fields.items() if isinstance(f.value, Decimal)}
    if {"subtotal", "total_amount"} <= parts.keys():
        computed = parts["subtotal"] - parts.get("discount_total", Decimal(0)) + parts.get("charge_total", Decimal(0))
        if abs(computed + parts.get("tax_amount", Decimal(0)) - parts["total_amount"]) <= TOLERANCE:
            totals.confirmed, totals.conflict = True, False


def _net_called_gross(nets: list[Amount], taxes: list[Amount], free: list[Amount]) -> tuple[Amount | None, bool]:
    """Till slips call the sum to pay "net total": it is gross where its tax goes out of it, or where no tax is stated;
    True where neither shows it."""
    for amount in sorted(nets, key=lambda a: -a.value):
        if not re.search(r"\bnett?\b", amount.label, re.I):
            continue
        parts = [
            t
            for t in taxes
            if t.value and _standing(free, abs(amount.value) - abs(t.value), other_than=amount, before=amount)
        ]
        again = _standing(free, abs(amount.value), other_than=amount, before=amount)
        return Amount("total_amount", amount.value, amount.span, amount.strength - 0.5), not (
            parts or not taxes or again
        )
    return None, False


def _round(totals: Totals, free: list[Amount]) -> None:
    """Cash is rounded (BT-114): where the total after rounding stands on the page, that is the total that was charged."""
    rounding, total = totals.fields.get("rounding"), totals.fields.get("total_amount")
    if (
        rounding is None
        or total is None
        or not isinstance(total.value, Decimal)
        or not isinstance(rounding.value, Decimal)
    ):
        return
    if not rounding.value or abs(rounding.value) > MAX_ROUNDING:
        return
    for amount in free:
        if amount.value == total.value + rounding.value:
            totals.fields["total_amount"] = _as_field(amount)
            return


def _as_field(amount: Amount) -> FieldValue:
    span = amount.span
    if amount.derived_from:
        return FieldValue(amount.value, "", "rules", None, derived_from=amount.derived_from)
    return FieldValue(amount.value, span.text, "rules", place_of(span.piece, span.start, span.end))


def _strongest(amounts: Iterable[Amount]) -> Amount | None:
    return max(amounts, key=lambda a: (a.strength, *a.position), default=None)


def _tax_candidates(amounts: list[Amount], tax_sum: Decimal | None) -> list[Amount]:
    """The tax amounts, those first that equal the sum of the breakdown."""
    return [
        Amount(a.kind, a.value, a.span, a.strength + 1.0)
        if tax_sum is not None and abs(a.value - tax_sum) <= CENT
        else a
        for a in amounts
    ]


def _best_triple(
    nets: list[Amount], taxes: list[Amount], grosses: list[Amount], by_kind: dict[str, list[Amount]]
) -> tuple[Amount, Amount, Amount] | None:
    best: tuple[float, tuple[int, float], tuple[Amount, Amount, Amount]] | None = None
    for gross in grosses[:40]:
        for net in nets[:40]:
            for tax in taxes[:40]:
                if tax.span.piece is net.span.piece and tax.span.start == net.span.start:
                    continue
                if abs(abs(net.value) + abs(tax.value) - abs(gross.value)) > TOLERANCE or not _plausible(net, tax):
                    continue
                score = gross.strength + net.strength + tax.strength
                if best is None or (score, gross.position) > (best[0], best[1]):
                    best = (score, gross.position, (net, tax, gross))
    return best[2] if best else None


def _tax_of_parts(
    nets: list[Amount], taxes: list[Amount], grosses: list[Amount]
) -> tuple[Amount, Amount, Amount] | None:
    """Taxes that are stated by rate or by authority (CGST and SGST) and only together make gross from net."""
    parts = {(a.position, a.value): a for a in taxes if a.value}
    total = sum((abs(a.value) for a in parts.values()), Decimal(0))
    if len(parts) < 2:
        return None
    for gross in grosses:
        for net in nets:
            if abs(abs(net.value) + total - abs(gross.value)) <= TOLERANCE:
                first = next(iter(parts.values()))
                return net, Amount("tax_amount", total, first.span, 1.0, derived_from="taxes"), gross
    return None


def _plausible(net: Amount, tax: Amount) -> bool:
    return abs(tax.value) <= abs(net.value) * Decimal("0.5") + CENT


def _complete(
    net: Amount | None,
    tax: Amount | None,
    gross: Amount | None,
    free: list[Amount],
    found: list[Amount],
    line_sum: Decimal | None,
) -> tuple[Amount | None, Amount | None, bool]:
    """Net and tax where only some of the three have a label: the missing one must stand on the page."""
    if gross is None:
        return net, tax, False
    if tax is not None and _plausible(gross, tax):
        wanted = abs(gross.value) - abs(tax.value)
        for amount in _standing(free, wanted, other_than=gross, before=gross):
            return Amount("subtotal", amount.value, amount.span, 1.0), tax, True
        if net is None and wanted == abs(gross.value):
            return Amount("subtotal", gross.value, gross.span, 0.5), tax, True
        return net, tax, False
    if net is not None and abs(net.value) < abs(gross.value):
        wanted = abs(gross.value) - abs(net.value)
        for amount in _standing(free, wanted, other_than=gross, before=gross):
            if wanted <= abs(net.value) * Decimal("0.35"):
                return net, Amount("tax_amount", amount.value, amount.span, 1.0), True
    if net is None and (pair := _unlabelled_pair(free, gross)) is not None:
        return pair[0], pair[1], True
    if net is not None and line_sum is not None and abs(net.value - line_sum) <= TOLERANCE:
        return net, None, abs(net.value) == abs(gross.value)
    return net, None, net is not None and abs(net.value) == abs(gross.value)


def _unlabelled_pair(free: list[Amount], gross: Amount) -> tuple[Amount, Amount] | None:
    """Net and tax without labels of ours: beside the gross total in a line of sums, or on the two lines above it with a
    percentage between."""
    for amount in free:
        if abs(amount.value) != abs(gross.value):
            continue
        line = [a for a in free if a.span.piece.line == amount.span.piece.line]
        for net in line:
            for tax in line:
                if net is not tax and amount not in (net, tax) and _adds_up(net, tax, gross) and tax.value:
                    return net, tax
        page, top = amount.position
        above = sorted((a for a in free if a.position[0] == page and a.position[1] < top), key=lambda a: a.position)[
            -2:
        ]
        if len(above) == 2 and _adds_up(above[0], above[1], gross) and "%" in above[1].line_text:
            return above[0], above[1]
    return None


def _adds_up(net: Amount, tax: Amount, gross: Amount) -> bool:
    whole = abs(abs(net.value) + abs(tax.value) - abs(gross.value)) <= TOLERANCE
    return whole and abs(tax.value) <= abs(net.value) * Decimal("0.35")


def _standing(free: list[Amount], wanted: Decimal, *, other_than: Amount, before: Amount) -> list[Amount]:
    """The free amounts of a value, the nearest before another amount first."""
    same = [
        a for a in free
        if abs(abs(a.value) - wanted) <= CENT / 2
        and not (a.span.piece is other_than.span.piece and a.span.start == other_than.span.start)
    ]  # fmt: skip
    return sorted(same, key=lambda a: (a.position > before.position, -a.position[0], -a.position[1]))


def _others(totals: Totals, by_kind: dict[str, list[Amount]], gross: Amount | None) -> None:
    for kind in ("amount_due", "amount_paid", "rounding", "discount_total", "charge_total"):
        candidates = [a for a in by_kind[kind] if a.strength >= 1.5]
        if kind == "rounding":
            candidates = [a for a in candidates if abs(a.value) <= MAX_ROUNDING]
        if gross is not None and kind in {"discount_total", "charge_total", "amount_paid"}:
            candidates = [a for a in candidates if kind == "amount_paid" or abs(a.value) < abs(gross.value)]
        chosen = _strongest(candidates)
        if chosen is None:
            continue
        field = _as_field(chosen)
        if kind in {"discount_total", "amount_paid"}:
            field = FieldValue(abs(chosen.value), field.raw, "rules", field.place)
        totals.fields[kind] = field
