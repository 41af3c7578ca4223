"""The document's totals (BG-22): by labels, by heads of total tables, and by the arithmetic that they must obey."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from processing.content.extraction import FieldValue
from processing.extractors.header.amounts import CENT, KINDS, TOLERANCE, Amount
from processing.extractors.header.due import before_payments, retained_before_tax, settle_due, total_before_withholding
from processing.extractors.header.settled import Totals, as_field, strongest

# Coins: 0.05 in most countries, 0.10 in some, 0.50 in the Nordic ones.
MAX_ROUNDING = Decimal("0.50")
MAX_AMOUNTS = 400
Amounts = tuple[Decimal, Decimal]


def solve(
    found: list[Amount], free: list[Amount], *, rates: Sequence[Amounts] = (), line_sum: Decimal | None = None
) -> Totals:
    """The totals that labels and arithmetic agree on: net + tax = gross (BR-CO-15) is looked for among all candidates;
    without it the strongest label counts, the lowest on the last page of equals. ``rates`` are base and amount of each
    row of the breakdown."""
    found, free = _ends(found), _ends(free)
    tax_sum = sum((tax for _, tax in rates), Decimal(0)) if rates else None
    by_kind = {kind: [a for a in found if a.kind == kind and a.strength > 0] for kind in KINDS}
    totals = Totals({})
    grosses = by_kind["total_amount"] + [
        Amount("total_amount", a.value, a.span, a.strength - 1.0)
        for a in by_kind["amount_due"]
        if a.value or not by_kind["total_amount"]  # what is paid has nothing due
    ]
    found = _without_rows(found, rates, grosses)
    nets, taxes = ([a for a in found if a.kind == kind and a.strength > 0] for kind in ("subtotal", "tax_amount"))
    taxes = _tax_candidates(taxes, tax_sum)
    agreed = _best_triple(nets, taxes, grosses) or _tax_of_parts(nets, by_kind["tax_amount"], grosses)
    net: Amount | None
    tax: Amount | None
    gross: Amount | None
    if agreed is not None:
        net, tax, gross = agreed
        totals.confirmed = True
    else:
        net, tax, gross = strongest(nets), strongest(taxes), before_payments(by_kind) or strongest(grosses)
        if gross is None:
            gross, totals.conflict = _net_called_gross(nets, by_kind["tax_amount"], free)
        if gross is None:  # a receipt of a payment may name nothing but what was paid
            gross = strongest(a for a in by_kind["amount_paid"] if a.strength >= 2 and a.value > 0)
        if (
            net is None
            and gross is not None
            and (above := _gross_below(gross, by_kind["tax_amount"], free)) is not None
        ):
            net, tax, gross = above
        labelled = by_kind["total_amount"] or grosses
        labelled = [a for a in labelled if net is None or a.span.piece is not net.span.piece]
        top = [a for a in labelled if gross and a.strength >= gross.strength - 0.25]
        totals.conflict = totals.conflict or len({abs(a.value) for a in top}) > 1
        net, tax, totals.confirmed = _complete(net, tax, gross, free, line_sum)
    for name, amount in (("subtotal", net), ("tax_amount", tax), ("total_amount", gross)):
        if amount is not None:
            totals.fields[name] = as_field(amount)
    _others(totals, by_kind, gross)
    _net_called_discount(totals, by_kind)
    _confirm_with_charges(totals)
    _round(totals, by_kind, free)
    retained_before_tax(totals, by_kind, line_sum)
    total_before_withholding(totals, by_kind)
    settle_due(totals, by_kind, free)
    return totals


def _without_rows(found: list[Amount], rates: Sequence[Amounts], grosses: list[Amount]) -> list[Amount]:
    """What was found, where several rates together make a labelled total: with their sums, and without what one row of
    the breakdown says, whose net and tax make but a part of it."""
    if len(rates) < 2 or not found:
        return found
    base, tax = (sum(parts, Decimal(0)) for parts in zip(*rates, strict=True))
    whole = next((a for a in grosses if a.value == base + tax), None)
    if whole is None:
        return found
    parts = {value for row in rates for value in row} - {base, tax}
    sums = [
        Amount(kind, value, whole.span, 1.0, derived_from="taxes")
        for kind, value in (("subtotal", base), ("tax_amount", tax))
        if not any(a.kind == kind and a.value == value for a in found)
    ]
    return [a for a in found if a.kind not in {"subtotal", "tax_amount"} or a.value not in parts] + sums


def _ends(amounts: list[Amount]) -> list[Amount]:
    """The first and last of very many: what adds up is looked for among pairs, and totals stand at an end."""
    return amounts if len(amounts) <= MAX_AMOUNTS else amounts[: MAX_AMOUNTS // 4] + amounts[-MAX_AMOUNTS * 3 // 4 :]


def _gross_below(gross: Amount, taxes: list[Amount], free: list[Amount]) -> tuple[Amount, Amount, Amount] | None:
    """A "total" over the line of its tax, with their sum without a label below both: that total is the net one."""
    for tax in taxes:
        if tax.value <= 0 or tax.position <= gross.position or not _plausible(gross, tax):
            continue
        for amount in _standing(free, gross.value + tax.value, other_than=gross, before=gross):
            if amount.position > tax.position:
                return gross, tax, Amount("total_amount", amount.value, amount.span, gross.strength)
    return None


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


def _net_called_discount(totals: Totals, by_kind: dict[str, list[Amount]]) -> None:
    """ "Less discount: 1,436.00" may name what is left: where it is the total without its tax, it is the net amount."""
    found, total, tax = (totals.fields.get(n) for n in ("discount_total", "total_amount", "tax_amount"))
    if found is None or total is None or not isinstance(total.value, Decimal) or not isinstance(found.value, Decimal):
        return
    rest = total.value - (tax.value if tax is not None and isinstance(tax.value, Decimal) else Decimal(0))
    if tax is None or found.value != rest:
        return
    totals.fields["subtotal"] = found
    del totals.fields["discount_total"]
    others = [a for a in by_kind["discount_total"] if abs(a.value) != found.value and a.strength >= 1.5]
    if (chosen := strongest(others)) is not None:
        field = as_field(chosen)
        totals.fields["discount_total"] = FieldValue(abs(chosen.value), field.raw, "rules", field.place)


def _round(totals: Totals, by_kind: dict[str, list[Amount]], free: list[Amount]) -> None:
    """Cash is rounded (BT-114). Where net and tax give the total before rounding, that is the total (BT-112) and the
    rounded one is to be paid; a slip without net and tax has but one total, the rounded one."""
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
    if totals.confirmed and {"subtotal", "tax_amount"} <= totals.fields.keys():
        return
    for amount in free:
        if amount.value == total.value + rounding.value:
            totals.fields["total_amount"] = as_field(amount)
            return


def _tax_candidates(amounts: list[Amount], tax_sum: Decimal | None) -> list[Amount]:
    """The tax amounts, those first that equal the sum of the breakdown."""
    return [
        Amount(a.kind, a.value, a.span, a.strength + 1.0)
        if tax_sum is not None and abs(a.value - tax_sum) <= CENT
        else a
        for a in amounts
    ]


def _best_triple(
    nets: list[Amount], taxes: list[Amount], grosses: list[Amount]
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
                # Of a total before and after rounding, the one that adds up to the cent is BT-112.
                score += 1.5 if abs(net.value) + abs(tax.value) == abs(gross.value) else 0.0
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
        if net is None and (pair := _unlabelled_pair(free, gross)) is not None:
            return pair[0], pair[1], True
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
        line = [a for a in free if a.span.piece.line == amount.span.piece.line][:12]
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
    # The last line of sums above the total holds both, each under its head.
    page, top = gross.position
    over = [a for a in free if a.position[0] == page and a.position[1] < top]
    last = max((a.span.piece.line for a in over), default=-1)
    line = [a for a in over if a.span.piece.line == last]
    if len(line) == 2 and _adds_up(line[0], line[1], gross) and line[1].value:
        return line[0], line[1]
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
        chosen = strongest(candidates)
        if chosen is None:
            continue
        field = as_field(chosen)
        if kind in {"discount_total", "amount_paid"}:
            field = FieldValue(abs(chosen.value), field.raw, "rules", field.place)
        totals.fields[kind] = field
