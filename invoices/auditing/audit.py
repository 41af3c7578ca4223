"""An invoice beside the rate cards of its carrier. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from invoices.auditing.bill_audit import audit_bill
from invoices.auditing.comparing import (
    CENT,
    FUEL,
    ZERO,
    Candidate,
    candidates_for,
    differences,
    not_on_card,
)
from invoices.auditing.doubts import MISREAD, SCATTERED, held_back, is_misread, is_scattered
from invoices.auditing.records import BilledCharge, BilledShipment, FindingData, Prices, Sent
from invoices.auditing.shipments import shipments_of
from invoices.auditing.wording import charge_key, money, named_surcharge
from invoices.rating.weights import plain
from invoices.records import LINE_FIELDS, InvoiceData, LineData

_AUDITED = ("invoice", "corrected_invoice", "self_billed_invoice", None, "")


def audit_invoice(invoice: InvoiceData, prices: Prices) -> list[FindingData]:
    """Every charge that differs, in the order of the lines. A credit note is not audited; nor is what bills no
    shipment, or a vendor of whom there is no card, but for charges that were billed before."""
    if invoice.document_type not in _AUDITED:
        return []
    if invoice.shipments and any(line.shipment is not None for line in invoice.line_items):
        return audit_bill(invoice, prices)
    shipments, loose = shipments_of(invoice)
    if not shipments:
        return []
    currency = invoice.currency or ""
    if prices.known and is_misread(invoice):
        return [_not_rated(MISREAD, shipments, currency)]
    findings, repeated = _billed_twice(shipments, prices, invoice)
    if prices.known:
        shipments = [kept for each in shipments if (kept := _without(each, repeated)) is not None]
        claims = _rated(shipments, loose, prices, currency)
        doubted = is_scattered(claims, len(shipments), invoice)
        findings += [held_back(SCATTERED, claims, currency)] if doubted else claims
    return sorted(findings, key=lambda finding: finding.lines)


def _rated(
    shipments: Sequence[BilledShipment], loose: Sequence[BilledCharge], prices: Prices, currency: str
) -> list[FindingData]:
    findings: list[FindingData] = []
    chosen: list[Candidate] = []
    refused: dict[str, list[BilledShipment]] = defaultdict(list)
    for billed in shipments:
        found = candidates_for(billed, prices, currency)
        if not found:
            refused[prices.why_none(billed.readings[0], billed.day)].append(billed)
            continue
        candidate, differing = _fairest(billed, found)
        chosen.append(candidate)
        findings += differing
    if chosen:
        findings += _for_all(loose, chosen, complete=not refused)
    return findings + [_not_rated(why, those, currency) for why, those in refused.items()]


def _fairest(billed: BilledShipment, candidates: Sequence[Candidate]) -> tuple[Candidate, list[FindingData]]:
    """The price by which the carrier billed least too much. Where several could be meant, what lies below one of them
    proves nothing."""
    best: tuple[tuple[Decimal, Decimal], Candidate, list[FindingData]] | None = None
    for candidate in candidates:
        found = differences(billed, candidate)
        gaps = [finding.difference or ZERO for finding in found]
        rank = (sum((gap for gap in gaps if gap > 0), ZERO), sum((abs(gap) for gap in gaps), ZERO))
        if best is None or rank < best[0]:
            best = (rank, candidate, found)
    assert best is not None
    _, candidate, found = best
    if len({each.quote.total for each in candidates}) > 1:
        found = [finding for finding in found if finding.code != "undercharged"]
    return candidate, found


def _for_all(loose: Sequence[BilledCharge], chosen: Sequence[Candidate], *, complete: bool) -> list[FindingData]:
    """Charges for the invoice as a whole beside the sum over its shipments."""
    findings: list[FindingData | None] = []
    fuel = [charge for charge in loose if charge.kind == "fuel"]
    if fuel:
        findings.append(_fuel_for_all(fuel, chosen, complete=complete))
    for charge in loose:
        if charge.kind != "accessorial":
            continue
        named = [(c, s) for c in chosen if (s := named_surcharge(charge.line, c.card.surcharges)) is not None]
        if not named:
            findings.append(not_on_card(charge, None, chosen[0]))
            continue
        candidate, surcharge = named[0]
        if surcharge.basis != "flat":
            continue  # of what it is a share, or how many units there are, is not said
        most = surcharge.value * max(len(chosen), int(charge.line.quantity or 1))
        if charge.amount > most + CENT and complete:
            how = f"{plain(surcharge.value)} flat, {plain(most / surcharge.value)} times at most" if most else "0"
            findings.append(_above([charge], most, how, candidate, dict(surcharge.source)))
    return [finding for finding in findings if finding is not None]


def _fuel_for_all(
    charges: Sequence[BilledCharge], chosen: Sequence[Candidate], *, complete: bool
) -> FindingData | None:  # fmt: skip
    if not any(candidate.card.fuel for candidate in chosen):
        known = any(named_surcharge(charge.line, c.card.surcharges) for charge in charges for c in chosen)
        return None if known else not_on_card(charges[0], None, chosen[0], charges)
    expected = [candidate.charge(FUEL) for candidate in chosen]
    if not complete or any(charge is None for charge in expected):
        return None
    total = sum((charge.amount for charge in expected if charge), ZERO)
    if sum((charge.amount for charge in charges), ZERO) <= total + CENT * len(chosen):
        return None
    first = next(charge for charge in expected if charge)
    how = first.how if len(chosen) == 1 else f"fuel of {len(chosen)} shipments"
    return _above(charges, total, how, chosen[0], first.source)


def _above(
    charges: Sequence[BilledCharge], expected: Decimal, how: str, candidate: Candidate, source: dict[str, object]
) -> FindingData:  # fmt: skip
    billed = sum((charge.amount for charge in charges), ZERO)
    currency = candidate.quote.currency
    return FindingData(
        code="overcharged", charge=charges[0].kind, lines=tuple(charge.position for charge in charges), billed=billed,
        expected=expected, currency=currency,
        message=f"“{charges[0].name[:80]}” is billed at {money(billed, currency)}; "
        f"the rate card of {candidate.quote.carrier} gives {money(expected, currency)} ({how}).",
        charge_code=charges[0].line.charge_code or "", description=charges[0].name, how=how, source=source,
        card=candidate.card_id,
    )  # fmt: skip


def _not_rated(why: str, shipments: Sequence[BilledShipment], currency: str) -> FindingData:
    charges = [charge for billed in shipments for charge in billed.of_kind("freight")]
    one = shipments[0] if len(shipments) == 1 else None
    many = "" if one else f"{len(shipments)} shipments: "
    return FindingData(
        code="not_rated", charge="freight", lines=tuple(charge.position for charge in charges),
        billed=sum((charge.amount for charge in charges), ZERO), expected=None, currency=currency,
        message=many + why, description=charges[0].name, tracking_number=one.tracking_number if one else "",
    )  # fmt: skip


def _billed_twice(
    shipments: Sequence[BilledShipment], prices: Prices, invoice: InvoiceData
) -> tuple[list[FindingData], set[int]]:  # fmt: skip
    """Charges of a shipment that this invoice or another one of the vendor bills already, and their lines. One with the
    same number is a suspected duplicate as a whole: that is said elsewhere, once."""
    numbered = [(each.tracking_number, charge) for each in shipments if each.tracking_number for charge in each.charges]
    if not numbered:
        return [], set()
    before = prices.sent_before(list(dict.fromkeys(number for number, _ in numbered)))
    first: dict[tuple[object, ...], int] = {}
    findings = []
    for number, charge in numbered:
        if charge.amount <= 0:
            continue
        sent = before.get(Sent(number.casefold(), charge_key(charge.line), charge.amount))
        same = first.setdefault(_whole(charge.line), charge.position)
        if sent is not None and sent[1].casefold() != (invoice.invoice_number or "").casefold():
            where, other = f"invoice {sent[1]}", sent[0]
        elif same != charge.position:
            where, other = f"line {same + 1} of this invoice", None
        else:
            continue
        findings.append(
            FindingData(
                code="billed_twice", charge=charge.kind, lines=(charge.position,), billed=charge.amount, expected=ZERO,
                currency=invoice.currency or "", charge_code=charge.line.charge_code or "", description=charge.name,
                tracking_number=number, other=other,
                message=f"“{charge.name[:80]}” of shipment {number} was billed with the same amount by {where}.",
            )
        )  # fmt: skip
    return findings, {finding.lines[0] for finding in findings}


def _whole(line: LineData) -> tuple[object, ...]:
    return tuple(getattr(line, name) for name in LINE_FIELDS if name != "line_number")


def _without(billed: BilledShipment, positions: set[int]) -> BilledShipment | None:
    """The shipment without lines that need not be compared; None where no freight is left."""
    if not positions:
        return billed
    left = tuple(charge for charge in billed.charges if charge.position not in positions)
    kept = replace(billed, charges=left)
    return kept if kept.of_kind("freight") else None
