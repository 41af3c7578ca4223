"""A carrier's bill with its shipments beside the carrier's rate cards. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from invoices.auditing.bills import Billed, billed_shipments, sum_of
from invoices.auditing.counted import is_miscounted, miscounted
from invoices.auditing.doubts import (
    MISREAD,
    NO_FREIGHT,
    SCATTERED,
    UNTOLD,
    held_back,
    in_other_words,
    is_misread,
    is_scattered,
)
from invoices.auditing.fuel_names import name_fuel
from invoices.auditing.netted import differences_of
from invoices.auditing.rated import Candidate, rate
from invoices.auditing.records import BilledCharge, FindingData, Prices
from invoices.auditing.repeated import repeated
from invoices.auditing.taxes import untaxed
from invoices.auditing.unpriced import unknown, without_price
from invoices.auditing.wording import matching_surcharges
from invoices.rating import Shipment
from invoices.records import InvoiceData, ShipmentData

# Past this many shipments of one reason a person reads their number, not each of them.
_MOST_NOT_RATED = 50


def audit_bill(invoice: InvoiceData, prices: Prices) -> list[FindingData]:
    """Every charge that differs, in the order of the lines."""
    shipments, loose = billed_shipments(invoice)
    if not shipments:
        return []
    currency = invoice.currency or ""
    if prices.known and is_misread(invoice):
        return _not_rated(MISREAD, shipments, currency, apart=False)
    findings, taken = repeated(shipments, prices, invoice)
    if prices.known:
        lefts = [_without(each, taken) for each in shipments]
        name_fuel(lefts, prices, currency)
        chosen: list[Candidate] = []
        refused: dict[str, list[Billed]] = defaultdict(list)
        # Lane by lane: rates that are kept from one shipment to the next are read once, however many the card has.
        untold = _freight_is_untold(lefts)
        claims: list[FindingData] = []
        for left in sorted(lefts, key=_lane):
            if not left.charges:
                continue
            if left.only_difference:
                differing, why = differences_of(left, prices, currency)
                claims += differing
                if why:
                    refused[why].append(left)
                continue
            if not left.moves:
                if untold:
                    refused[NO_FREIGHT].append(left)
                else:
                    claims += without_price(left, prices)
                continue
            differing, candidate, why = rate(left, prices, currency)
            claims += differing
            if candidate is not None:
                chosen.append(candidate)
            elif why:
                refused[why].append(left)
        findings += _sure(claims, lefts, chosen, prices, invoice)
        findings += untaxed(shipments, currency)
        findings += _miscounted(shipments, findings, currency)
        findings += [each for charge in loose if (each := _of_all(charge, chosen)) is not None]
        for why, those in refused.items():
            findings += _not_rated(why, sorted(those, key=lambda billed: billed.position), currency)
    return sorted(findings, key=lambda finding: finding.lines)


def _freight_is_untold(lefts: Sequence[Billed]) -> bool:
    """Whether most shipments that weigh something have charges, but none that is told as freight."""
    weighed = [each for each in lefts if each.charges and not each.corrects and each.data.billed_weight is not None]
    return len(weighed) > 1 and sum(not each.moves for each in weighed) * 2 > len(weighed)


def _sure(
    claims: list[FindingData],
    lefts: Sequence[Billed],
    chosen: Sequence[Candidate],
    prices: Prices,
    invoice: InvoiceData,
) -> list[FindingData]:
    """The claims that a misreading does not explain better, and one finding for those that it does."""
    currency = invoice.currency or ""
    moved = [each for each in lefts if each.moves]
    if is_scattered(claims, len(moved), invoice):
        return [held_back(SCATTERED, claims, currency)]
    named = {(s.code, s.name) for each in chosen for own in each.named.values() for s in own}
    day = moved[0].day if moved else date.max
    cards = dict([(each.card_id, each.card) for each in chosen] or prices.cards(Shipment(), day)).values()
    unnamed = [s for card in cards for s in card.surcharges if (s.code, s.name) not in named]
    lacks_fuel = any(card.fuel for card in cards) and not any(each.of_kind("fuel") for each in moved)
    claims, held = in_other_words(claims, len(moved), unnamed, lacks_fuel=lacks_fuel)
    return claims + ([held_back(UNTOLD, held, currency)] if held else [])


def _lane(billed: Billed) -> tuple[str, ...]:
    data = billed.data
    lane = (data.service, data.zone, data.origin, data.destination, data.equipment, data.freight_class)
    return tuple(text or "" for text in lane)


def _miscounted(shipments: Sequence[Billed], findings: Sequence[FindingData], currency: str) -> list[FindingData]:
    """Charges that are above what they say themselves, where nothing else was found of them."""
    found = {position for finding in findings for position in finding.lines if finding.code != "not_rated"}
    return [
        miscounted(charge, number=billed.number, shipment=billed.position, currency=currency)
        for billed in shipments
        for charge in billed.charges
        if charge.position not in found and is_miscounted(charge)
    ]


def _without(billed: Billed, taken: set[int]) -> Billed:
    left = [charge for charge in billed.charges if charge.position not in taken]
    return replace(billed, charges=left)


def _of_all(charge: BilledCharge, chosen: Sequence[Candidate]) -> FindingData | None:
    """A charge for the bill as a whole that no card of its shipments has."""
    if charge.kind != "accessorial" or not chosen:
        return None
    if any(matching_surcharges(charge.line, each.card.surcharges) for each in chosen):
        return None
    first = chosen[0]
    if not first.card.surcharges:
        return None
    found = unknown(charge, Billed(0, ShipmentData(), date.max, [charge]), first.card, first.card_id)
    return None if found is None else replace(found, shipment=None)


def _not_rated(why: str, those: Sequence[Billed], currency: str, *, apart: bool = True) -> list[FindingData]:
    groups = [[each] for each in those] if apart and len(those) <= _MOST_NOT_RATED else [list(those)]
    found = []
    for group in groups:
        charges = [charge for billed in group for charge in billed.freight or billed.charges]
        one = group[0] if len(group) == 1 else None
        many = "" if one else f"{len(group)} shipments: "
        found.append(
            FindingData(
                code="not_rated", charge="freight", lines=tuple(charge.position for charge in charges),
                billed=sum_of(charges), expected=None, currency=currency, message=many + why,
                description=charges[0].name, tracking_number=one.number if one else "", cause="no_price",
                shipment=one.position if one else None,
            )
        )  # fmt: skip
    return found
