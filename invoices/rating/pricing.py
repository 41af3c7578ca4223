"""What a shipment costs by rate cards, or why none of a card's rates fits. Pure, Decimal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date as Date
from decimal import Decimal

from invoices.rate_records import CardData, RateData
from invoices.rating.charges import extra_charges, freight_charges, plain
from invoices.rating.lanes import Lane, why_no_lane
from invoices.rating.records import Charge, NoQuote, Quote, Quotes, Shipment
from invoices.rating.weights import ZERO, billed_weight, contains, quantity_of

_BASES = {"ldm": "loading metres"}


def quote(shipment: Shipment, cards: Sequence[CardData], date: Date) -> Quotes:
    """The price of a shipment by each card and service that fits, with every charge."""
    quotes: list[Quote] = []
    refusals: list[NoQuote] = []
    for index, card in enumerate(cards):
        found = _by_card(index, card, shipment, date)
        if isinstance(found, NoQuote):
            refusals.append(found)
        else:
            quotes.extend(found)
    return Quotes(tuple(sorted(quotes, key=lambda q: (q.total, q.card, q.service))), tuple(refusals))


def candidates(
    index: int, card: CardData, rates: Sequence[RateData], shipment: Shipment, day: Date
) -> list[RateData] | NoQuote:
    """Those of a card's rates that hold on the day for the service, equipment and class asked for, or why none does."""

    def refuse(code: str, message: str) -> NoQuote:
        return NoQuote(index, card.carrier_name, code, message)

    if (card.valid_from and day < card.valid_from) or (card.valid_to and day > card.valid_to):
        return refuse("not_valid", f"The card holds from {card.valid_from or '…'} to {card.valid_to or '…'}.")
    holding = [r for r in rates if not (r.valid_from and day < r.valid_from) and not (r.valid_to and day > r.valid_to)]
    if rates and not holding:
        return refuse("not_valid", f"No rate of the card holds on {day}.")
    for code, text, wanted in (
        ("no_service", "service", shipment.service),
        ("no_equipment", "equipment", shipment.equipment),
        ("no_class", "freight class", shipment.freight_class),
    ):
        if wanted:
            holding = [rate for rate in holding if _matches(code, wanted, rate, card)]
            if not holding:
                return refuse(code, f"The card has no rate for the {text} {wanted}.")
    if not shipment.equipment and any(not r.equipment for r in holding):
        holding = [r for r in holding if not r.equipment]
    return holding


def _by_card(index: int, card: CardData, shipment: Shipment, day: Date) -> list[Quote] | NoQuote:
    rates = candidates(index, card, card.rates, shipment, day)
    if isinstance(rates, NoQuote):
        return rates
    lane = Lane(card.zones, shipment.origin, shipment.destination, shipment.zone)
    fitting = [rate for rate in rates if lane.fits(rate)]
    if not fitting:
        return NoQuote(index, card.carrier_name, "no_lane", why_no_lane(rates, lane, shipment.zone))
    return _by_lanes(
        index, card, shipment, day, fitting, lambda code, text: NoQuote(index, card.carrier_name, code, text)
    )


def _matches(code: str, wanted: str, rate: RateData, card: CardData) -> bool:
    if code == "no_service":
        return _same(wanted, rate.service, rate.service_code, card.service)
    own = rate.equipment if code == "no_equipment" else rate.freight_class
    return not own or _same(wanted, own)


def _same(wanted: str, *names: str) -> bool:
    key = wanted.casefold().replace(" ", "")
    return any(name and name.casefold().replace(" ", "") == key for name in names)


def _by_lanes(
    index: int,
    card: CardData,
    shipment: Shipment,
    day: Date,
    lanes: list[RateData],
    refuse: Callable[[str, str], NoQuote],
) -> list[Quote] | NoQuote:
    weight = billed_weight(
        shipment.pieces, weight_unit=shipment.weight_unit, dimension_unit=shipment.dimension_unit,
        to_unit=card.weight_unit or "kg", divisor=card.dimensional_divisor, mode=card.mode,
        card_dimension_unit=card.dimension_unit,
    )  # fmt: skip
    quotes: list[Quote] = []
    problem = ""
    services: dict[tuple[str, str, str], list[RateData]] = {}
    for rate in lanes:
        services.setdefault((rate.service, rate.service_code, rate.equipment), []).append(rate)
    for own in services.values():
        if len(own) > 1:
            precisions = [_precision(rate) for rate in own]
            most = max(precisions)
            own = [rate for rate, precision in zip(own, precisions, strict=True) if precision == most]
        fitting = []
        for rate in own:
            quantity = quantity_of(rate, shipment, weight.billed, card.weight_unit or "kg")
            if rate.break_basis and quantity is None:
                needed = _BASES.get(rate.break_basis, rate.break_basis)
                problem = problem or f"The shipment says no {needed}, which the break needs."
            elif contains(rate, quantity, own):
                fitting.append((rate, quantity))
        best: tuple[Decimal, RateData, list[Charge]] | None = None
        for rate, quantity in fitting:
            charges = freight_charges(rate, quantity, shipment, card, weight.billed, own, weight.how)
            if charges is None:
                problem = problem or f"The shipment does not say how much of the unit {rate.unit} it has."
                continue
            amount = sum((charge.amount for charge in charges), ZERO)
            if best is None or amount < best[0]:
                best = (amount, rate, charges)
        if best is not None:
            quotes.append(_finished(index, card, shipment, day, best[1], best[2], weight.billed))
    if quotes:
        return quotes
    if problem:
        return refuse("no_quantity", problem)
    return refuse("no_break", f"No break of the lane holds {plain(weight.billed)} {card.weight_unit or 'kg'}.")


def _precision(rate: RateData) -> int:
    return bool(rate.origin) + bool(rate.destination) + bool(rate.zone) + bool(rate.freight_class)


def _finished(
    index: int, card: CardData, shipment: Shipment, day: Date, rate: RateData, freight: list[Charge],
    weight: Decimal | None,
) -> Quote:  # fmt: skip
    charges = (*freight, *extra_charges(freight, rate, shipment, card, day, weight))
    return Quote(
        index,
        card.carrier_name,
        rate.service or card.service,
        rate.currency or card.currency,
        charges,
        sum((charge.amount for charge in charges), ZERO),
        weight,
        card.weight_unit or "kg",
        rate,
    )
