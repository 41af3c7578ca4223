"""Charges that a card does not know, and those of shipments whose freight has no price. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from invoices.auditing.bills import Billed, sum_of
from invoices.auditing.records import BilledCharge, FindingData, Prices
from invoices.auditing.wording import folded, is_fuel, matching_surcharges, money
from invoices.rate_records import CardData, SurchargeData
from invoices.rating import Shipment

ZERO, CENT = Decimal(0), Decimal("0.01")


def named_charges(billed: Billed, card: CardData) -> dict[int, list[SurchargeData]]:
    """Line → the charges of the card that it may name; several where its words fit them alike."""
    holding = [
        s for s in card.surcharges
        if not (s.valid_from and billed.day < s.valid_from) and not (s.valid_to and billed.day > s.valid_to)
    ]  # fmt: skip
    service = billed.data.service or ""
    named: dict[int, list[SurchargeData]] = {}
    for charge in billed.charges:
        if charge.kind == "freight":
            continue
        if charge.kind == "fuel":
            found = _of_service([s for s in holding if is_fuel(s)], service)
        else:
            found = matching_surcharges(charge.line, [s for s in holding if not is_fuel(s)])
        found = found or matching_surcharges(charge.line, holding)  # one side may know by code what the other names
        if found:
            named[charge.position] = found
    return named


def _of_service(surcharges: list[SurchargeData], service: str) -> list[SurchargeData]:
    """Those whose name has most words of the service ("Fuel surcharge, Ground")."""
    words = set(folded(service).split())
    common = [len(words & set(folded(each.name).split())) for each in surcharges]
    most = max(common, default=0)
    return [each for each, shared in zip(surcharges, common, strict=True) if shared == most]


def unknown(
    charge: BilledCharge, billed: Billed, card: CardData, card_id: UUID, charges: Sequence[BilledCharge] = ()
) -> FindingData | None:
    """A charge that the card does not know; none where it lowers the bill."""
    charges = charges or [charge]
    amount = sum_of(charges)
    if amount <= 0:
        return None
    return FindingData(
        code="charge_not_on_card", charge=charge.kind, lines=tuple(each.position for each in charges), billed=amount,
        expected=ZERO, currency=card.currency,
        message=f"“{charge.name[:80]}” is billed at {money(amount, card.currency)}; "
        f"the rate card of {card.carrier_name} has no such charge.",
        charge_code=code_of(charges), description=charge.name, tracking_number=billed.number, card=card_id,
        cause="fuel" if charge.kind == "fuel" else "accessorial", shipment=billed.position,
    )  # fmt: skip


def without_price(billed: Billed, prices: Prices) -> list[FindingData]:
    """What can be said of the other charges where the freight has no price, or nothing was moved: a fixed price that is
    passed, or a charge that no card of the carrier has."""
    cards = [(card_id, card) for card_id, card in prices.cards(Shipment(), billed.day) if card.surcharges]
    found: list[FindingData] = []
    for charge in billed.of_kind("accessorial"):
        if charge.amount <= 0 or not cards:
            continue
        options = [
            (surcharge, card_id, card)
            for card_id, card in cards
            for surcharge in named_charges(billed, card).get(charge.position, ())
        ]
        if not options:
            own = unknown(charge, billed, cards[0][1], cards[0][0])
            found += [own] if own is not None else []
            continue
        if any(surcharge.basis != "flat" for surcharge, _, _ in options):
            continue
        surcharge, card_id, card = max(options, key=lambda option: option[0].value)
        pieces = max(billed.data.pieces or Decimal(1), Decimal(1))
        if charge.amount > surcharge.value * pieces + CENT:
            text = money(surcharge.value, card.currency)
            found.append(
                FindingData(
                    code="overcharged", charge="accessorial", lines=(charge.position,), billed=charge.amount,
                    expected=surcharge.value, currency=card.currency,
                    message=f"“{charge.name[:80]}” is billed at {money(charge.amount, card.currency)}; "
                    f"the rate card of {card.carrier_name} gives {text} ({surcharge.value.normalize():f} flat).",
                    charge_code=code_of([charge]), description=charge.name, tracking_number=billed.number,
                    how=f"{surcharge.value.normalize():f} flat", source=dict(surcharge.source), card=card_id,
                    cause="accessorial", shipment=billed.position,
                )
            )  # fmt: skip
    return found


def code_of(charges: Sequence[BilledCharge]) -> str:
    return next((charge.line.charge_code for charge in charges if charge.line.charge_code), "")
