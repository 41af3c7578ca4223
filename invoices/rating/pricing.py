"""What a shipment costs by rate cards, or why none of a card's rates fits. Pure, Decimal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from decimal import Decimal
from functools import lru_cache

from invoices.rate_records import CardData, RateData, RuleData
from invoices.rate_records.charges import folded_name
from invoices.rate_records.series import IndexValue
from invoices.rating.charges import Bill, add_extras, unknown_accessorials
from invoices.rating.conditions import holds
from invoices.rating.freight import Amount, freight_amount, in_break, missing_axis, mixed_class_amount, quantities
from invoices.rating.fuel_index import same_index, value_on
from invoices.rating.holding import card_day, outranked, why_not_for
from invoices.rating.lanes import Lane, why_no_lane
from invoices.rating.left_out import not_included
from invoices.rating.money import rounded, sums
from invoices.rating.records import Charge, NoQuote, Quote, Quotes, Shipment, in_order
from invoices.rating.rulebook import applying, in_force, of_kind, rated_class, same_class
from invoices.rating.units import Weight
from invoices.rating.weights import ZERO, chargeable_weight, convert_weight, plain

_BASES = {"ldm": "loading metres", "value": "value of the goods", "piece": "pieces", "pallet": "number of pallets"}


def quote(
    shipment: Shipment, cards: Sequence[CardData], date: Date, *, series: Sequence[IndexValue] = ()
) -> Quotes:  # fmt: skip
    """The price of a shipment by each card and service that fits, with every charge. A shipment that states no fuel
    index is rated by the ``series`` of the card's rule."""
    quotes: list[Quote] = []
    refusals: list[NoQuote] = []
    for index, card in enumerate(cards):
        day = card_day(card, shipment, date)
        found = _by_card(index, card, _with_index(card, shipment, day, series), day)
        if isinstance(found, NoQuote):
            refusals.append(found)
        else:
            quotes.extend(found)
    quotes, replaced = outranked(quotes, cards, shipment)
    return Quotes(in_order(quotes), (*refusals, *replaced))


def index_named(card: CardData, rule: RuleData | None) -> str:
    """The fuel index of a card: that of its rule, else the one that its bands name; empty where there is none."""
    if rule is not None and rule.index_name:
        return rule.index_name
    named = {band.index_name for band in card.fuel if band.index_name}
    return next(iter(named)) if len(named) == 1 else ""


def _with_index(card: CardData, shipment: Shipment, day: Date, series: Sequence[IndexValue]) -> Shipment:
    if not series or not card.fuel or shipment.fuel_index is not None:
        return shipment
    rule = of_kind(in_force(card.rules, day), "fuel_index")
    name = index_named(card, rule)
    if not name:
        return shipment
    values = [value for value in series if same_index(value.index_name, name)]
    return replace(shipment, fuel_index=value_on(values, day, rule.lag if rule is not None else ""))


def candidates(
    index: int, card: CardData, rates: Sequence[RateData], shipment: Shipment, day: Date
) -> list[RateData] | NoQuote:
    """Those of a card's rates that hold on the day for the service, equipment and class asked for, or why none does."""

    def refuse(code: str, message: str) -> NoQuote:
        return NoQuote(index, card.carrier_name, code, message)

    if (card.valid_from and day < card.valid_from) or (card.valid_to and day > card.valid_to):
        return refuse("not_valid", f"The card is valid from {card.valid_from or '…'} to {card.valid_to or '…'}.")
    rates = [rate for rate in rates if not rate.charge]
    holding = [r for r in rates if not (r.valid_from and day < r.valid_from) and not (r.valid_to and day > r.valid_to)]
    if rates and not holding:
        return refuse("not_valid", f"No rate of the card is valid on {day}.")
    if shipment.service:
        holding = _of_service(shipment.service, holding, card)
        if not holding:
            return refuse("no_service", f"The card has no rate for the service {shipment.service}.")
    if shipment.equipment:
        holding = [r for r in holding if not r.equipment or _same(shipment.equipment, r.equipment)]
        if not holding:
            return refuse("no_equipment", f"The card has no rate for the equipment {shipment.equipment}.")
    classes = _classes(shipment, card, day)
    if classes:
        holding = [r for r in holding if not r.freight_class or any(same_class(r.freight_class, c) for c in classes)]
        if not holding:
            asked = " and ".join(sorted(_asked_classes(shipment)))
            return refuse("no_class", f"The card has no rate for the freight class {asked}.")
    if not shipment.equipment and any(not r.equipment for r in holding):
        holding = [r for r in holding if not r.equipment]
    return holding


def _of_service(wanted: str, rates: list[RateData], card: CardData) -> list[RateData]:
    """Of the service by its name or code; else of the one whose name begins with it ("Documents" of "Documents up to
    2.0 KG")."""
    exact = [rate for rate in rates if _same(wanted, rate.service, rate.service_code, card.service)]
    if exact:
        return exact
    key = folded_name(wanted)
    begins = [rate for rate in rates if folded_name(rate.service).startswith(f"{key} ")]
    return begins if len({rate.service for rate in begins}) == 1 else []


def _asked_classes(shipment: Shipment) -> set[str]:
    own = {piece.freight_class for piece in shipment.pieces if piece.freight_class}
    return own or ({shipment.freight_class} if shipment.freight_class else set())


def _classes(shipment: Shipment, card: CardData, day: Date) -> set[str]:
    asked = _asked_classes(shipment)
    if not asked or not card.rules:
        return asked
    rules = in_force(card.rules, day)
    return {rated_class(rules, each)[0] for each in asked}


def _same(wanted: str, *names: str) -> bool:
    key = _compact(wanted)
    return key in [_compact(name) for name in names if name]


@lru_cache(maxsize=4096)
def _compact(text: str) -> str:
    return text.casefold().replace(" ", "")


def _by_card(index: int, card: CardData, shipment: Shipment, day: Date) -> list[Quote] | NoQuote:
    why = why_not_for(index, card, shipment)
    if why is not None:
        return why
    rates = candidates(index, card, card.rates, shipment, day)
    if isinstance(rates, NoQuote):
        return rates
    refused = why_no_accessorial(index, card, shipment, day)
    if refused is not None:
        return refused
    lane = Lane(card.zones, shipment.origin, shipment.destination, shipment.zone)
    matched = [(match, rate) for rate in rates if (match := _match(lane, rate)) is not None]
    if not matched:
        return NoQuote(index, card.carrier_name, "no_lane", why_no_lane(rates, lane, shipment.zone))
    return _ByCard(index, card, shipment, day, lane, in_force(card.rules, day)).price(matched)


def why_no_accessorial(index: int, card: CardData, shipment: Shipment, day: Date) -> NoQuote | None:
    """A shipment that asks for a charge that the card does not know has no price; None where it knows all."""
    unknown = unknown_accessorials(card, shipment, day) if shipment.accessorials else []
    if not unknown:
        return None
    text = f"The card has no charge {' and no charge '.join(unknown)}."
    return NoQuote(index, card.carrier_name, "no_accessorial", text)


def _match(lane: Lane, rate: RateData) -> tuple[int, int] | None:
    found = lane.match(rate.origin, rate.destination, rate.zone, rate.service)
    # Rates that name a class, where all else is equal, are narrower.
    return None if found is None else (found[0] + bool(rate.freight_class), found[1])


@dataclass(slots=True)
class _ByCard:
    """The pricing of one shipment by one card. ``rules`` are those in force on the day."""

    index: int
    card: CardData
    shipment: Shipment
    day: Date
    lane: Lane
    rules: Sequence[RuleData]
    problem: NoQuote | None = None

    def price(self, matched: list[tuple[tuple[int, int], RateData]]) -> list[Quote] | NoQuote:
        services: dict[tuple[str, str, str], list[tuple[tuple[int, int], RateData]]] = {}
        for match, rate in matched:
            services.setdefault((rate.service, rate.service_code, rate.equipment), []).append((match, rate))
        quotes = []
        weight = self._weight(self.rules)
        for (service, _, equipment), rows in services.items():
            best = max(match for match, _ in rows)
            own = [rate for match, rate in rows if match == best]
            found = self._by_service(service, equipment, own, weight)
            if found is not None:
                quotes.append(found)
        if quotes:
            return quotes
        said = f"{plain(weight.value)} {weight.unit}"
        return self.problem or self._refused("no_break", f"No break of the lane covers {said}.")

    def _by_service(self, service: str, equipment: str, own: list[RateData], weight: Weight) -> Quote | None:
        shipment = self.shipment
        rules = self.rules
        if rules:
            rules = applying(
                rules, self.lane, service=service, equipment=equipment, freight_class=shipment.freight_class
            )
            weight = self._weight(rules)
        refused = of_kind(rules, "on_request")
        if refused is not None:
            said = refused.words or "The card has no price for this: it is on request."
            self.problem = self.problem or self._refused("on_request", said)
            return None
        own_service = service or shipment.service or self.card.service
        own_equipment = equipment or shipment.equipment
        if (own_service, own_equipment) != (shipment.service, shipment.equipment):
            shipment = replace(shipment, service=own_service, equipment=own_equipment)
        if own and any(rate.conditions for rate in own):
            own = [r for r in own if holds(r.conditions, shipment, self.lane, self.day, weight)]
        amount = self._freight(own, shipment, weight, rules)
        if amount is None:
            return None
        return self._finished(amount, shipment, weight, rules)

    def _freight(
        self, own: list[RateData], shipment: Shipment, weight: Weight, rules: Sequence[RuleData]
    ) -> Amount | None:
        by_class = self._by_class(weight)
        if len(by_class) > 1:
            found = mixed_class_amount(by_class, own, weight, rules)
            if found is None:
                self._lacks("no_class", "The card prices these freight classes not together.")
            return found
        fitting = []
        for rate in own:
            first, second = quantities(rate, shipment, weight)
            axis = missing_axis(rate, first, second)
            if axis:
                self._lacks("no_quantity", f"The shipment does not state its {_BASES.get(axis, axis)}.")
            elif in_break(rate, first, second, own):
                fitting.append(rate)
        classes = {rate.freight_class for rate in fitting if rate.freight_class}
        if len(classes) > 1:
            said = ", ".join(sorted(classes)[:12])
            self._lacks("no_class", f"The price depends on the freight class ({said}); the shipment says none.")
            return None
        best: Amount | None = None
        for rate in fitting:
            amount = freight_amount(rate, shipment, weight, own, rules)
            if amount is None:
                self._lacks("no_quantity", f"The shipment does not state its quantity in {rate.unit}.")
            elif best is None or amount.value < best.value:
                best = amount
        return best

    def _by_class(self, weight: Weight) -> dict[str, Decimal]:
        """Class as rated → weight, where pieces say their own class."""
        found: dict[str, Decimal] = {}
        for piece in self.shipment.pieces:
            if not piece.freight_class:
                return {}
            own, _ = rated_class(self.rules, piece.freight_class)
            mass = convert_weight(piece.weight * piece.count, self.shipment.weight_unit, weight.unit)
            found[own] = found.get(own, ZERO) + mass
        return found

    def _weight(self, rules: Sequence[RuleData]) -> Weight:
        found = chargeable_weight(self.shipment, self.card, rules)
        return Weight(found.billed, self.card.weight_unit or "kg", found.how)

    def _finished(self, amount: Amount, shipment: Shipment, weight: Weight, rules: Sequence[RuleData]) -> Quote:
        card, rate = self.card, amount.rate
        currency = rate.currency or card.currency
        bill = Bill(card, shipment, self.lane, self.day, weight, currency, rules)
        how = f"{amount.how}; {weight.how}" if weight.how and rate.break_basis == "weight" else amount.how
        mapped, by_rule = rated_class(rules, shipment.freight_class) if rules else ("", None)
        if by_rule is not None and not same_class(mapped, shipment.freight_class):
            how = f"{how}; class {shipment.freight_class} is rated as {mapped}"
        if by_rule is not None:
            bill.shipment = replace(shipment, freight_class=mapped)
        _add_freight(bill, amount, how)
        add_extras(bill)
        total, others = sums(bill.charges, currency)
        return Quote(
            self.index, card.carrier_name, rate.service or card.service, currency, tuple(bill.charges), total,
            weight.value, weight.unit, rate, tuple(bill.missing), others, not_included(card, shipment, self.day),
        )  # fmt: skip

    def _lacks(self, code: str, text: str) -> None:
        self.problem = self.problem or self._refused(code, text)

    def _refused(self, code: str, text: str) -> NoQuote:
        return NoQuote(self.index, self.card.carrier_name, code, text)


def _add_freight(bill: Bill, amount: Amount, how: str) -> None:
    """The tariff freight, then what the rules make of it: increase, discount, absolute minimum."""
    rules, currency = bill.rules, bill.currency
    value = amount.value
    source = dict(amount.source)
    for rule in rules:
        if rule.kind == "general_rate_increase" and rule.value is not None:
            value, how = value * (1 + rule.value / 100), f"({how}) + {plain(rule.value)} %"
            source |= {f"increase {key}": cell for key, cell in rule.source.items()}
    step = of_kind([rule for rule in rules if not rule.charge], "price_rounding")
    gross = rounded(value, currency, step)
    bill.add(Charge("FRT", "Freight", gross, how, source, "freight", currency))
    net = gross
    for rule in rules:
        if rule.kind == "discount" and rule.value is not None and not rule.charge:
            less = rounded(net * (1 - rule.value / 100), currency, step)
            how = f"{plain(rule.value)} % off {plain(net)}"
            bill.add(Charge("DISC", rule.name or "Discount", less - net, how, dict(rule.source), "discount"))
            net = less
    floors = [r for r in rules if r.kind == "absolute_minimum_charge" and r.value is not None and not r.charge]
    floor = max(floors, key=lambda rule: rule.value or ZERO, default=None)
    if floor is not None and floor.value is not None and net < floor.value:
        how = f"absolute minimum charge {plain(floor.value)} instead of {plain(net)}"
        name = floor.name or "Absolute minimum charge"
        bill.add(Charge("AMC", name, floor.value - net, how, dict(floor.source), "adjustment"))
