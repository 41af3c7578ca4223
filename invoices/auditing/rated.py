"""The charges of a bill's shipments beside what the rate cards give. Pure, Decimal.

Doubt is the carrier's: where several services, places or prices could be meant, the one by which least is claimed
counts, and what lies below one of them proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from invoices.auditing.bills import Billed, can_be_measured, readings, sum_of
from invoices.auditing.causes import cause_of_freight
from invoices.auditing.counted import counted_in, is_miscounted, printed_product
from invoices.auditing.due import is_not_due, not_due
from invoices.auditing.places import weight_unit_of
from invoices.auditing.records import BilledCharge, Cause, FindingData, Prices
from invoices.auditing.unpriced import code_of, named_charges, unknown, without_price
from invoices.auditing.wording import folded, money
from invoices.rate_records import CardData, SurchargeData
from invoices.rate_records.charges import meaning_of
from invoices.rating import Charge, Quote, Shipment, quote

ZERO, CENT = Decimal(0), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One price of a shipment by one card. ``named``: line → the charges of the card that it may be; ``measured``: by
    what it weighs and measures instead of the weight that was charged."""

    card_id: UUID
    card: CardData
    shipment: Shipment
    quote: Quote
    named: dict[int, list[SurchargeData]]
    measured: bool = False

    @property
    def fuel(self) -> Charge | None:
        return next((charge for charge in self.quote.charges if charge.kind == "fuel"), None)

    def price_of(self, wanted: SurchargeData) -> Charge | None:
        return next((c for c in self.quote.charges if (c.code, c.name) == (wanted.code, wanted.name)), None)


def rate(billed: Billed, prices: Prices, currency: str) -> tuple[list[FindingData], Candidate | None, str]:
    """What differs, by which price, and why there is none: a sentence, or empty."""
    best: tuple[tuple[Decimal, Decimal], Candidate, list[FindingData]] | None = None
    found = _candidates(billed, prices, currency)
    totals = {each.quote.freight for each in found}
    for candidate in found:
        differing = _differences(billed, candidate, prices)
        gaps = [finding.difference or ZERO for finding in differing]
        rank = (sum((gap for gap in gaps if gap > 0), ZERO), sum((abs(gap) for gap in gaps), ZERO))
        if best is None or rank < best[0]:
            best = (rank, candidate, differing)
    if best is None:
        asked = _in_units(readings(billed, weight=billed.data.billed_weight, dims=False)[-1], billed)
        said = next((each for each in asked if _is_of_unit(each, billed, prices)), asked[0])
        return without_price(billed, prices), None, prices.why_none(said, billed.day)
    _, candidate, differing = best
    if len(totals) > 1:
        differing = [each for each in differing if each.code != "undercharged"]
    return differing, candidate, ""


def _candidates(billed: Billed, prices: Prices, currency: str) -> list[Candidate]:
    data = billed.data
    charged = _quoted(billed, prices, currency, readings(billed, weight=_weight(billed), dims=False), measured=False)
    if not can_be_measured(data):
        return charged
    own = _quoted(billed, prices, currency, readings(billed, weight=None, dims=True), measured=True)
    # Of what was measured only a lower price of the same service counts: a carrier may have charged less than it could.
    return [next((each for each in own if _is_cheaper(each, other)), other) for other in charged]


def _is_cheaper(measured: Candidate, charged: Candidate) -> bool:
    """Whether it is the same service of the same card, at a lower price by the measured weight."""
    same = measured.card_id == charged.card_id and measured.quote.service == charged.quote.service
    return same and bool(measured.card.dimensional_divisor) and measured.quote.freight < charged.quote.freight


def _weight(billed: Billed) -> Decimal | None:
    return billed.data.billed_weight if billed.data.billed_weight is not None else billed.data.actual_weight


def _quoted(
    billed: Billed, prices: Prices, currency: str, ways: Sequence[Shipment], *, measured: bool
) -> list[Candidate]:
    """The prices of the first reading that has any; of several services those whose names have most in common with the
    one that the bill names."""
    for way in ways:
        found: list[Candidate] = []
        for asked in _in_units(way, billed):
            for card_id, card in prices.cards(asked, billed.day):
                if asked is way or (card.weight_unit or "kg") == asked.weight_unit:
                    found += _by_card(billed, asked, card_id, card, currency, prices, measured=measured)
        if found:
            return _meant(billed, found)
    return []


def _in_units(way: Shipment, billed: Billed) -> list[Shipment]:
    """The reading in the unit that the bill names; one that names none is in that of the card."""
    if weight_unit_of(billed.data.weight_unit):
        return [way]
    return [
        replace(way, weight_unit=unit, dimension_unit=length) for unit, length in (("kg", "cm"), ("lb", "in"))
    ]  # fmt: skip


def _is_of_unit(asked: Shipment, billed: Billed, prices: Prices) -> bool:
    return any((card.weight_unit or "kg") == asked.weight_unit for _, card in prices.cards(asked, billed.day))


def _by_card(
    billed: Billed, way: Shipment, card_id: UUID, card: CardData, currency: str, prices: Prices, *, measured: bool
) -> Iterable[Candidate]:
    named = named_charges(billed, card)
    asked = replace(way, accessorials=frozenset(s.name or s.code for each in named.values() for s in each))
    index = prices.fuel_index(card, billed.day)
    if index is not None:
        asked = replace(asked, fuel_index=index)
    for each in quote(asked, [card], billed.day).quotes:
        if not currency or not each.currency or each.currency == currency:
            yield Candidate(card_id, card, asked, each, named, measured)


def _meant(billed: Billed, found: list[Candidate]) -> list[Candidate]:
    words = set(folded(billed.data.service or "").split())
    names = [set(folded(each.quote.service).split()) for each in found]
    common = [len(words & name) for name in names]
    most = max(common)
    if not most:
        return found
    return [each for each, shared in zip(found, common, strict=True) if shared == most]


def _differences(billed: Billed, candidate: Candidate, prices: Prices) -> list[FindingData]:
    found: list[FindingData | None] = []
    freight = _freight(billed, candidate, prices)
    found.append(freight)
    found.append(_fuel(billed, candidate, freight))
    by_surcharge: dict[tuple[str, str], list[BilledCharge]] = {}
    for charge in billed.of_kind("accessorial"):
        own = candidate.named.get(charge.position)
        if own:
            by_surcharge.setdefault((own[0].code, own[0].name), []).append(charge)
        elif candidate.card.surcharges:
            found.append(unknown(charge, billed, candidate.card, candidate.card_id))
    found += [_accessorial(charges, billed, candidate) for charges in by_surcharge.values()]
    return [finding for finding in found if finding is not None]


def _freight(billed: Billed, candidate: Candidate, prices: Prices) -> FindingData | None:
    charges = billed.freight
    if not charges or any(c.kind == "freight" and c.currency not in ("", candidate.quote.currency)
                          for c in candidate.quote.charges):  # fmt: skip
        return None
    expected = candidate.quote.freight
    allowed = [expected]
    if candidate.quote.rate.unit == "flat" and candidate.quote.rate.equipment and candidate.shipment.containers > 1:
        allowed = [expected * candidate.shipment.containers]  # the price of a size is that of one container
    if len(charges) == len(billed.charges):
        # Nothing else is billed: the price may be all-in.
        fuel = candidate.fuel
        allowed += [candidate.quote.total, expected + (fuel.amount if fuel else ZERO)]
    parts = [c for c in candidate.quote.charges if c.kind in ("freight", "discount", "adjustment")]
    how = "; ".join(part.how for part in parts)
    source = {
        f"{part.code} {name}" if len(parts) > 1 else name: cell for part in parts for name, cell in part.source.items()
    }
    cause = cause_of_freight(billed, prices, candidate.shipment, candidate.quote, measured=candidate.measured)
    return _compared(charges, allowed, how, source, billed, candidate, cause)


def _fuel(billed: Billed, candidate: Candidate, freight: FindingData | None) -> FindingData | None:
    charges = billed.of_kind("fuel")
    if not charges:
        return None
    named = [s for charge in charges for s in candidate.named.get(charge.position, ())]
    own = candidate.fuel
    options = [own] if own is not None and not named else [c for s in named if (c := candidate.price_of(s)) is not None]
    if not options and own is not None:
        options = [own]
    if not options and named:
        options = _options(charges, named, billed, candidate)
    if not options:
        if not candidate.card.fuel and not named and candidate.card.surcharges:
            return unknown(charges[0], billed, candidate.card, candidate.card_id, charges)
        options = _by_every_band(billed, candidate)
        if not options:
            return None
        highest = max(options, key=lambda charge: charge.amount)
        found = _compared(
            charges, [c.amount for c in options], highest.how, highest.source, billed, candidate, "fuel"
        )  # fmt: skip
        # Which band holds is not on the bill: only what is above all of them is surely wrong.
        return found if found is not None and found.code == "overcharged" else None
    highest = max(options, key=lambda charge: charge.amount)
    cause: Cause = "fuel"
    if freight is not None and freight.cause is not None and freight.expected and highest.amount:
        follows = highest.amount / freight.expected * freight.billed
        if abs(follows - sum_of(charges)) <= CENT * 2:
            cause = freight.cause
    return _compared(charges, [c.amount for c in options], highest.how, highest.source, billed, candidate, cause)


def _by_every_band(billed: Billed, candidate: Candidate) -> list[Charge]:
    found = []
    for band in candidate.card.fuel:
        index = band.index_from if band.index_from is not None else band.index_to
        asked = replace(candidate.shipment, fuel_index=index)
        for each in quote(asked, [candidate.card], billed.day).quotes:
            if each.rate is candidate.quote.rate:
                found += [charge for charge in each.charges if charge.kind == "fuel"]
    return found


def _accessorial(charges: list[BilledCharge], billed: Billed, candidate: Candidate) -> FindingData | None:
    named = candidate.named[charges[0].position]
    if all(is_not_due(each, billed, candidate.card) for each in named):
        return not_due(charges, named[0], billed, candidate.card_id, candidate.card)
    options = _options(charges, named, billed, candidate)
    if not options:
        return None  # neither the shipment nor the charge says how much of its unit it has
    highest = max(options, key=lambda charge: charge.amount)
    allowed = [charge.amount for charge in options]
    amount, pieces = sum_of(charges), billed.data.pieces or Decimal(1)
    for charge in options:
        # Each piece may have its own; an address is corrected once.
        times = amount / charge.amount if charge.amount > 0 else ZERO
        if 1 < times <= pieces and times == times.to_integral() and meaning_of(charge.name) != "address_correction":
            return None
    cause: Cause = "arithmetic" if _is_card_price_miscounted(charges, highest) else "accessorial"
    return _compared(charges, allowed, highest.how, highest.source, billed, candidate, cause)


def _options(
    charges: Sequence[BilledCharge], named: Sequence[SurchargeData], billed: Billed, candidate: Candidate
) -> list[Charge]:
    """The prices of the charges that are meant: by the quote, else by the quantity in the words of the only charge."""
    options = [c for s in named if (c := candidate.price_of(s)) is not None]
    counted = counted_in(charges[0].name) if len(charges) == 1 else None
    if options or counted is None:
        return options
    asked = counted.shipment(candidate.shipment)
    for each in quote(asked, [candidate.card], billed.day).quotes:
        if each.rate is candidate.quote.rate:
            again = replace(candidate, quote=each)
            options += [c for s in named if (c := again.price_of(s)) is not None]
    return options


def _is_card_price_miscounted(charges: Sequence[BilledCharge], right: Charge) -> bool:
    """Whether the price of the card was multiplied wrongly: its own words come to what the card gives."""
    return len(charges) == 1 and is_miscounted(charges[0]) and printed_product(charges[0]) == right.amount


def _compared(
    charges: Sequence[BilledCharge], allowed: Sequence[Decimal], how: str, source: dict[str, object], billed: Billed,
    candidate: Candidate, cause: Cause | None,
) -> FindingData | None:  # fmt: skip
    """None where the amount is one of those allowed, or between them."""
    amount = sum_of(charges)
    slack = CENT * len(charges)
    if any(abs(amount - each) <= slack for each in allowed) or min(allowed) < amount < max(allowed):
        return None
    over = amount > max(allowed)
    expected = max(allowed) if over else min(allowed)
    currency = candidate.quote.currency
    more = f" with {len(charges) - 1} more" if len(charges) > 1 else ""
    name = charges[0].name or charges[0].kind
    return FindingData(
        code="overcharged" if over else "undercharged", charge=charges[0].kind,
        lines=tuple(charge.position for charge in charges), billed=amount, expected=expected, currency=currency,
        message=f"“{name[:80]}”{more} is billed at {money(amount, currency)}; "
        f"the rate card of {candidate.quote.carrier} gives {money(expected, currency)} ({how}).",
        charge_code=code_of(charges), description=name, tracking_number=billed.number, how=how, source=source,
        card=candidate.card_id, cause=cause, shipment=billed.position,
    )  # fmt: skip
