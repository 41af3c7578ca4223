"""What is to be paid (BT-115): less what was paid or is withheld, without what earlier bills left open."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from processing.content.extraction import Fields, FieldValue
from processing.extractors.header.amounts import Amount
from processing.extractors.header.settled import Totals, as_field, strongest


def settle_due(totals: Totals, by_kind: dict[str, list[Amount]], free: list[Amount]) -> None:
    """What is to be paid (BT-115): a second total that is the first one rounded, and what is withheld, which the buyer
    pays to the state, counts as paid."""
    fields = totals.fields
    total, due = fields.get("total_amount"), fields.get("amount_due")
    if total is None or not isinstance(total.value, Decimal):
        return
    rounding = fields.get("rounding")
    step = rounding.value if rounding is not None and isinstance(rounding.value, Decimal) else Decimal(0)
    if due is None and step:
        rounded = [a for a in by_kind["total_amount"] if a.value == total.value + step]
        if (chosen := strongest(rounded)) is not None:
            fields["amount_due"] = due = as_field(chosen)
    if due is not None and isinstance(due.value, Decimal) and _leave_old_balance(fields, due.value, by_kind):
        return
    if due is None or not isinstance(due.value, Decimal):
        return
    missing = total.value + step - due.value
    if not due.value and missing > 0 and "amount_paid" not in fields:
        _paid_in_full(fields, missing, by_kind, free)
    if "amount_paid" in fields:
        _sum_payments(fields, missing, by_kind)
        return
    parts = {(a.position, a.value): a for a in by_kind["withholding_amount"]}
    withheld = [a for a in parts.values() if abs(a.value) == missing]
    if missing > 0 and (kept := strongest(withheld)) is not None:
        field = as_field(kept)
        fields["withholding_amount"] = replace(field, value=abs(kept.value))
    elif missing > 0 and sum((abs(a.value) for a in parts.values()), Decimal(0)) == missing:
        fields["withholding_amount"] = FieldValue(missing, "", "rules", None, derived_from="withheld amounts")


def before_payments(by_kind: dict[str, list[Amount]]) -> Amount | None:
    """The total from which a payment leaves what is due, where all three stand below each other: 1,845.00, less payment
    1,000.00, balance due 845.00."""
    for due in by_kind["amount_due"]:
        for paid in by_kind["amount_paid"]:
            for total in by_kind["total_amount"]:
                in_order = total.position <= paid.position <= due.position
                if in_order and paid.value and due.value > 0 and total.value - abs(paid.value) == due.value:
                    return total
    return None


_LINES_BESIDE = 2


def _paid_in_full(fields: Fields, total: Decimal, by_kind: dict[str, list[Amount]], free: list[Amount]) -> None:
    """What was paid, where nothing is due any more: the total once more, beside the amount due."""
    lines = {(a.span.piece.page, a.span.piece.line) for a in by_kind["amount_due"] if not a.value}
    own = fields["total_amount"].place
    for amount in free:
        page, at = amount.span.piece.page, amount.span.piece.line
        near = any(page == other and 0 <= line - at <= _LINES_BESIDE for other, line in lines)
        if near and abs(amount.value) == total and as_field(amount).place != own:
            fields["amount_paid"] = replace(as_field(amount), value=total)
            return


def _sum_payments(fields: Fields, missing: Decimal, by_kind: dict[str, list[Amount]]) -> None:
    """Several payments in advance, each with its date: together they are what is missing from the amount due."""
    paid = {(a.position, a.value): abs(a.value) for a in by_kind["amount_paid"] if a.value}
    if len(paid) > 1 and fields["amount_paid"].value != missing and sum(paid.values(), Decimal(0)) == missing:
        fields["amount_paid"] = FieldValue(missing, "", "rules", None, derived_from="payments")


def total_before_withholding(totals: Totals, by_kind: dict[str, list[Amount]]) -> None:
    """Where the only total printed is what is left to pay after something is withheld, net and tax make the total
    (BT-112), which is not printed."""
    fields = totals.fields
    net, tax, total = (fields.get(name) for name in ("subtotal", "tax_amount", "total_amount"))
    if net is None or tax is None or total is None or "withholding_amount" in fields:
        return
    if not (isinstance(net.value, Decimal) and isinstance(tax.value, Decimal) and isinstance(total.value, Decimal)):
        return
    whole = net.value + tax.value
    kept = [a for a in by_kind["withholding_amount"] if a.value and whole - abs(a.value) == total.value]
    if not kept:
        return
    fields["amount_due"] = total
    fields["withholding_amount"] = replace(as_field(kept[-1]), value=abs(kept[-1].value))
    fields["total_amount"] = FieldValue(whole, "", "rules", None, derived_from="subtotal, tax_amount")
    totals.confirmed, totals.conflict = True, False


def retained_before_tax(totals: Totals, by_kind: dict[str, list[Amount]], line_sum: Decimal | None) -> None:
    """What is kept back before the tax is reckoned (retention of a construction contract) lowers the net amount like a
    discount: lines - retention = net."""
    net = totals.fields.get("subtotal")
    if net is None or line_sum is None or not isinstance(net.value, Decimal) or "discount_total" in totals.fields:
        return
    for kept in by_kind["withholding_amount"]:
        if kept.value and line_sum - abs(kept.value) == net.value:
            totals.fields["discount_total"] = replace(as_field(kept), value=abs(kept.value))
            return


def _leave_old_balance(fields: Fields, due: Decimal, by_kind: dict[str, list[Amount]]) -> bool:
    """Where the sum to pay holds what is left of earlier bills, this document's own part of it is its total; what was
    paid on the earlier bills is no payment of this one. True where it was so."""
    total, paid = fields["total_amount"], fields.get("amount_paid")
    assert isinstance(total.value, Decimal)
    if paid is not None and due == total.value and any(a.value == paid.value for a in by_kind["previous_balance"]):
        del fields["amount_paid"]  # the last bill was paid, and this one is due whole
        return False
    old = [a for a in by_kind["previous_balance"] if a.value > 0 and a.value == due - total.value]
    if not old:
        return False
    fields["amount_due"] = FieldValue(total.value, total.raw, "rules", total.place, total.derived_from)
    fields["previous_balance"] = as_field(old[-1])
    fields.pop("amount_paid", None)
    return True
