"""The charges of one shipment beside those of the cards' quotes. Pure, Decimal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from invoices.auditing.places import counted_by, weight_unit_of
from invoices.auditing.records import BilledCharge, BilledShipment, FindingData, Prices
from invoices.auditing.shipments import unit_is_said
from invoices.auditing.wording import folded, is_fuel, money, named_surcharge
from invoices.rate_records import CardData, SurchargeData
from invoices.rating import Charge, Quote, Shipment, quote
from invoices.records import ChargeKind

ZERO = Decimal(0)
CENT = Decimal("0.01")
FREIGHT, FUEL = "FRT", "FSC"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One price of a shipment: by which card, and which of the billed lines name which of its charges."""

    card_id: UUID
    card: CardData
    shipment: Shipment
    quote: Quote
    named: dict[int, SurchargeData]

    def charge(self, code: str) -> Charge | None:
        return next((charge for charge in self.quote.charges if charge.code == code), None)

    def surcharge(self, wanted: SurchargeData) -> Charge | None:
        return next((c for c in self.quote.charges if (c.code, c.name) == (wanted.code, wanted.name)), None)


def candidates_for(billed: BilledShipment, prices: Prices, currency: str) -> list[Candidate]:
    """The prices of the first reading that has any; where lines name a service, only that one's."""
    said = unit_is_said(billed)
    for reading in billed.readings:
        found: list[Candidate] = []
        for card_id, card in prices.cards(reading, billed.day):
            if said or not reading.pieces or (card.weight_unit or "kg") == reading.weight_unit:
                found += _by_card(billed, reading, card_id, card, currency)
        if found:
            text = f" {folded(' '.join(charge.name for charge in billed.of_kind('freight')))} "
            meant = [c for c in found if c.quote.service and f" {folded(c.quote.service)} " in text]
            return meant or found
    return []


def _by_card(
    billed: BilledShipment, reading: Shipment, card_id: UUID, card: CardData, currency: str
) -> Iterable[Candidate]:
    holding = [
        s for s in card.surcharges
        if not (s.valid_from and billed.day < s.valid_from) and not (s.valid_to and billed.day > s.valid_to)
    ]  # fmt: skip
    named: dict[int, SurchargeData] = {}
    for charge in billed.charges:
        if charge.kind == "freight":
            continue
        own = [s for s in holding if is_fuel(s)] if charge.kind == "fuel" else holding
        found = own[0] if charge.kind == "fuel" and len(own) == 1 else named_surcharge(charge.line, own)
        if found is not None:
            named[charge.position] = found
    asked = replace(reading, accessorials=frozenset(s.name or s.code for s in named.values()))
    for each in quote(asked, [card], billed.day).quotes:
        if not currency or not each.currency or each.currency == currency:
            yield Candidate(card_id, card, asked, each, named)


def differences(billed: BilledShipment, candidate: Candidate) -> list[FindingData]:
    """What differs from one price. Each line counts once."""
    found = [_freight(billed, candidate), _fuel(billed, candidate)]
    by_surcharge: dict[int, list[BilledCharge]] = {}
    for charge in billed.of_kind("accessorial"):
        surcharge = candidate.named.get(charge.position)
        if surcharge is None:
            found.append(not_on_card(charge, billed, candidate))
        else:
            by_surcharge.setdefault(id(surcharge), []).append(charge)
    found += [_accessorial(charges, billed, candidate) for charges in by_surcharge.values()]
    return [finding for finding in found if finding is not None]


def _freight(billed: BilledShipment, candidate: Candidate) -> FindingData | None:
    charges = billed.of_kind("freight")
    expected = candidate.charge(FREIGHT)
    if expected is None or not charges:
        return None
    allowed = [expected.amount]
    if candidate.quote.rate.unit == "flat":
        allowed += _multiplied(expected.amount, charges)
    if len(charges) == len(billed.charges):
        # Nothing else is billed: the price may be all-in.
        fuel = candidate.charge(FUEL)
        allowed += [candidate.quote.total, expected.amount + (fuel.amount if fuel else ZERO)]
    return compared("freight", charges, allowed, expected.how, expected, billed, candidate)


def _multiplied(amount: Decimal, charges: Sequence[BilledCharge]) -> list[Decimal]:
    """A line of three equal parcels or trips may cost three times the price; one of three pallets or 3 kg does not."""
    line = charges[0].line
    quantity = line.quantity if len(charges) == 1 and not (counted_by(line.unit) or weight_unit_of(line.unit)) else None
    if quantity is None or quantity <= 1 or quantity != quantity.to_integral() or quantity > 10_000:
        return []
    return [amount * quantity]


def _fuel(billed: BilledShipment, candidate: Candidate) -> FindingData | None:
    charges = billed.of_kind("fuel")
    if not charges:
        return None
    named = next((s for c in charges if (s := candidate.named.get(c.position))), None)
    expected = candidate.charge(FUEL) or (candidate.surcharge(named) if named else None)
    if expected is not None:
        return compared("fuel", charges, [expected.amount], expected.how, expected, billed, candidate)
    if not candidate.card.fuel:
        return not_on_card(charges[0], billed, candidate, charges)
    by_index = _fuel_by_index(billed, candidate)
    if not by_index:
        return None
    highest = max(by_index, key=lambda charge: charge.amount)
    amounts = [charge.amount for charge in by_index]
    finding = compared("fuel", charges, amounts, highest.how, highest, billed, candidate)
    # Which band holds is not on the invoice: only what is above all of them is surely wrong.
    return finding if finding is not None and finding.code == "overcharged" else None


def _fuel_by_index(billed: BilledShipment, candidate: Candidate) -> list[Charge]:
    found = []
    for band in candidate.card.fuel:
        index = band.index_from if band.index_from is not None else band.index_to
        asked = replace(candidate.shipment, fuel_index=index)
        for each in quote(asked, [candidate.card], billed.day).quotes:
            if each.rate is candidate.quote.rate:
                found += [charge for charge in each.charges if charge.code == FUEL]
    return found


def _accessorial(charges: list[BilledCharge], billed: BilledShipment, candidate: Candidate) -> FindingData | None:
    surcharge = candidate.named[charges[0].position]
    expected = candidate.surcharge(surcharge)
    if expected is None:
        return None
    allowed = [expected.amount]
    if surcharge.basis == "flat":
        allowed += _multiplied(expected.amount, charges)
    return compared("accessorial", charges, allowed, expected.how, expected, billed, candidate)


def compared(
    kind: ChargeKind, charges: Sequence[BilledCharge], allowed: Sequence[Decimal], how: str, source: Charge,
    billed: BilledShipment, candidate: Candidate,
) -> FindingData | None:  # fmt: skip
    """None where the amount is one of those allowed, or between them."""
    amount = sum((charge.amount for charge in charges), ZERO)
    slack = CENT * len(charges)
    if any(abs(amount - each) <= slack for each in allowed) or min(allowed) < amount < max(allowed):
        return None
    over = amount > max(allowed)
    expected = max(allowed) if over else min(allowed)
    currency = candidate.quote.currency
    message = (
        f"{_said(kind, charges)} is billed at {money(amount, currency)}; "
        f"the rate card of {candidate.quote.carrier} gives {money(expected, currency)} ({how})."
    )
    return FindingData(
        code="overcharged" if over else "undercharged", charge=kind, lines=tuple(c.position for c in charges),
        billed=amount, expected=expected, currency=currency, message=message, charge_code=_code(charges),
        description=charges[0].name, tracking_number=billed.tracking_number, how=how, source=source.source,
        card=candidate.card_id,
    )  # fmt: skip


def not_on_card(
    charge: BilledCharge, billed: BilledShipment | None, candidate: Candidate, charges: Sequence[BilledCharge] = ()
) -> FindingData | None:
    """A charge that the card does not know; none where it lowers the invoice."""
    charges = charges or [charge]
    amount = sum((each.amount for each in charges), ZERO)
    if amount <= 0:
        return None
    currency = candidate.quote.currency
    message = (
        f"{_said(charge.kind, charges)} is billed at {money(amount, currency)}; "
        f"the rate card of {candidate.quote.carrier} has no such charge."
    )
    return FindingData(
        code="charge_not_on_card", charge=charge.kind, lines=tuple(c.position for c in charges), billed=amount,
        expected=ZERO, currency=currency, message=message, charge_code=_code(charges), description=charge.name,
        tracking_number=billed.tracking_number if billed else "", card=candidate.card_id,
    )  # fmt: skip


def _said(kind: ChargeKind, charges: Sequence[BilledCharge]) -> str:
    name = charges[0].name or {"freight": "Freight", "fuel": "Fuel", "accessorial": "A charge"}[kind]
    return f"“{name[:80]}”" if len(charges) == 1 else f"“{name[:80]}” and {len(charges) - 1} more"


def _code(charges: Sequence[BilledCharge]) -> str:
    return next((charge.line.charge_code for charge in charges if charge.line.charge_code), "")
