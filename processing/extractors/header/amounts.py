"""Money amounts beside, behind or below the labels of totals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from invoices.values.currencies import find_currencies
from invoices.values.numbers import NumberMatch, find_numbers
from processing.extractors.header import names
from processing.extractors.header.grid import Grid, Piece, Span, overlap
from processing.extractors.words.labels import Hit

KINDS = (
    "subtotal", "tax_amount", "total_amount", "amount_due", "amount_paid", "discount_total", "charge_total", "rounding",
    "withholding_amount", "previous_balance",
)  # fmt: skip
TOLERANCE = Decimal("0.02")
CENT = Decimal("0.01")
# A whole number without a currency beside it is an amount up to here; longer ones are article numbers and the like.
MAX_BARE = 10_000_000
# A word behind a weak label ("Total") that keeps its meaning; any other word makes it a total of something else.
_QUALIFIERS = re.compile(
    r"^[\s:.\-–=*()]*(?:\(?(?:in|en|em|w)?\s*(?:[A-Z]{3}|[€$£]|RM|Rs\.?|euros?|dollars?)\)?"
    r"|\(?(?:incl|inkl|inc|includes?|included|inclusive|including|einschl|excl|exkl|exclusive|ex|zzgl|brutto|netto|gross"
    r"|net|plus|rm|due)\b.*"
    r"|\(?[\d.,\s]*%.*|(?:on|von|auf|de|sur|su|sobre|van|of|at|à|@|over)\b.*|\([^)]*\)"
    r"|für .*|(?:for )?this (?:invoice|bill|month|period|statement|claim)\b.*|for this .*)?[\s:.\-–=*]*$",
    re.I,
)
_STUCK = re.compile(r"(?<![A-Za-z\d.,-])[A-Z]{1,2}(?=\d{1,5}[.,]\d{2}(?!\d))")
_BETWEEN = re.compile(
    r"^\W*(?:[A-Z]{3}\W+)?(?:includes?|included|including|inclusive|incl|inc|inkl|einschl|excludes?|excluding|exclusive|excl|exkl|ex|of|the|all|before|after)(?:\W+(?:of|the|all))?\W*$",
    re.I,
)
_RECKONED_FROM = re.compile(
    r"(?:[×x*]|(?<![^\W\d_])(?:su|sur|sobre|von|of|on|auf|over|di|de|af|av|od|z|ze|fra|op|van|от))\s*(?:[A-Z]{3}|[€$£])?\s*$",
    re.I,
)
# "Net 30": terms of payment and no sum.
_NET_DAYS = re.compile(
    r"net(?:to)?\W*(?:7|10|14|15|20|21|30|45|60|90)(?:\s*(?:days?|tagen?|dagen|dagar|dage))?\W*", re.I
)
_ROW_OF_SUMS = frozenset({"total_amount", "subtotal", "amount_due"})
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
        heads = [(p, h) for p in line for h in _own_hits(p) if h.name in KINDS and not _is_early(p, h)]
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
        between = piece.text[kept[-1].end : hit.start] if kept else ""
        own = piece.text[hit.start : hit.end]  # "inkl. MwSt." is a label by itself, too
        if kept and hit.name == "tax_amount" and (
            _BETWEEN.match(between) or (_INCLUSIVE.match(own) and not any(c.isdigit() for c in between))
        ):  # fmt: skip
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
        beside_base = bool(amounts) and (_is_base(piece, amounts[-1][1]) or _rate(piece.text) is not None)
        if not amounts or beside_base or (hit.name == "tax_amount"):
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
        amounts = _without_base(piece, amounts)
        number, span = amounts[-1]
        label_rest = piece.text[hit.end : inline_end if amounts[0][1].piece is not piece else amounts[0][1].start]
        strength = _strength(piece, hit, label_rest)
        if strength <= 0:
            continue
        found.append(
            Amount(_kind(hit.name, piece.text), number.value, span, strength, _rate(piece.text), label=piece.text)
        )
    return found


def _without_base(piece: Piece, amounts: list[tuple[NumberMatch, Span]]) -> list[tuple[NumberMatch, Span]]:
    """Without an amount further right that is no result of the rate ("Less 20 % of labour 4,103.00 | -820.60"): where
    the label's own text has an amount, what follows counts only if it is that amount times the rate."""
    inline = [a for a in amounts if a[1].piece is piece]
    rate = _rate(piece.text)
    if not inline or len(inline) == len(amounts) or rate is None or _is_base(piece, inline[-1][1]):
        return amounts
    product = abs(inline[-1][0].value) * rate / 100
    return amounts if abs(product - abs(amounts[-1][0].value)) <= TOLERANCE else inline


def _is_early(piece: Piece, hit: Hit) -> bool:
    """Whether a sum is none of the totals: what a discount for early payment leaves ("… 2 % Skonto: …, Zahlbetrag
    6.488,38"), or the days of the terms of payment."""
    if _NET_DAYS.fullmatch(piece.text, hit.start):
        return True
    in_sentence = hit.name in {"amount_due", "total_amount"} and len(piece.tokens) > 6
    return in_sentence and names.speaks_of_discount(piece.text)


def _is_base(piece: Piece, span: Span) -> bool:
    """Whether an amount behind a label only says what the amount further right is reckoned from: "20 % on 5,110.00",
    "(11 × 96.00)"."""
    before = piece.text[: span.start]
    return before.count("(") > before.count(")") or _RECKONED_FROM.search(before) is not None


def sums_in_line(grid: Grid, separator: str | None, skip_lines: set[int]) -> list[Amount]:
    """The net, tax and gross sum where all three stand on one line of totals: the first two add up to the third."""
    found: list[Amount] = []
    for index, line in enumerate(grid.lines):
        named = any(h.name in _ROW_OF_SUMS and h.first for p in line for h in p.hits)
        if index in skip_lines or not named or len(line) < 3:
            continue
        amounts = [amount for piece in line for amount in money_in(piece, separator)]
        for (net, at_net), (tax, at_tax), (gross, at_gross) in zip(amounts, amounts[1:], amounts[2:], strict=False):
            if tax.value and net.value + tax.value == gross.value and abs(tax.value) <= abs(net.value) / 2:
                found += [
                    Amount("subtotal", net.value, at_net, 2.6),
                    Amount("tax_amount", tax.value, at_tax, 2.6),
                    Amount("total_amount", gross.value, at_gross, 2.6),
                ]
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
            kind, strength = _kind(hit.name, piece.text), hit.label.strength - 0.6
            found.append(Amount(kind, last[0].value, last[1], strength, _rate(piece.text)))
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
