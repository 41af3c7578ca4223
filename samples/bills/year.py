"""A year of carriers' bills with errors planted by chance, for measuring the audit. Deterministic by its seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from samples.bills import ltl, parcels
from samples.bills.books import Bill, Charge, Parcel, cents

D = Decimal
_SHARE = 0.03  # of the shipments, for each kind of error


def year(*, bills: int, shipments: int, seed: int = 7) -> Iterator[Bill]:
    """Parcel bills and less-than-truckload bills in turn, a week apart; ``shipments`` on each. A part of what is billed
    twice comes on a later bill than the first."""
    draw = random.Random(seed)
    books: tuple[_Parcels, _Truckloads] = (_Parcels(draw), _Truckloads(draw))
    for n in range(bills):
        yield books[n % 2].bill(n, date(2026, 2, 2) + timedelta(days=6 * (n % 50)), shipments)


class _Parcels:
    """Zones and weights, dimensional weight, percentages of fuel by service."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.tariff = parcels.kestrel().tariff
        self.before: list[Parcel] = []

    def bill(self, n: int, day: date, shipments: int) -> Bill:
        issued, number = day + timedelta(days=9), f"K-{5_000_000 + n}"
        bill = Bill(f"year_{n:03d}.csv", "", self.tariff["carrier"], number, issued, "USD", [], self.tariff)
        for k in range(shipments):
            one = self._parcel(n, k, day)
            bill.parcels.append(one)
            _plant(self.draw, bill, one, self._errors(bill, one))
        _repeat(self.draw, bill, self.before)
        self.before = [*bill.parcels[: shipments // 2]]
        return bill

    def _parcel(self, n: int, k: int, day: date) -> Parcel:
        draw, tariff = self.draw, self.tariff
        service = draw.choice(list(tariff["services"]))
        table = tariff["services"][service]
        zone = draw.choice(list(table))
        top = max(map(int, table[zone]))
        actual = D(draw.randrange(10, top * 10 - 40)) / 10
        dims = None
        weight = int(actual.to_integral_value("ROUND_CEILING"))
        if draw.random() < 0.4:
            dims = (draw.randrange(6, 18), draw.randrange(5, 14), draw.randrange(3, 12))
            by_size = D(dims[0] * dims[1] * dims[2]) / D(tariff["divisor"])
            weight = max(weight, int(by_size.to_integral_value("ROUND_CEILING")))
        weight = min(weight, top)
        if dims and D(dims[0] * dims[1] * dims[2]) / D(tariff["divisor"]) > top:
            dims = None
        one = Parcel(f"1Y{n:03d}{k:06d}", day + timedelta(days=k % 6), service, zone, actual, D(weight), "lb", dims,
                     f"ORD-{n}-{k}", destination="PORTLAND OR 97201")  # fmt: skip
        freight = parcels.price(tariff, service, zone, weight)
        one.charges = [Charge("Transportation Charge", freight)]
        for name in draw.sample(list(tariff["surcharges"]), draw.choice([0, 0, 1, 2])):
            one.charges.append(Charge(name, D(tariff["surcharges"][name]), "accessorial"))
        one.charges.append(Charge("Fuel Surcharge", cents(freight * D(tariff["fuel"][service]) / 100), "fuel"))
        return one

    def _errors(self, bill: Bill, one: Parcel) -> dict[str, Callable[[], bool]]:
        percent = D(self.tariff["fuel"][one.service])
        table = self.tariff["services"][one.service]

        def reprice(amount: Decimal, cause: str) -> bool:
            freight, fuel = one.charges[0], one.charges[-1]
            right, right_fuel = freight.amount, fuel.amount
            if amount - right <= D("0.05"):
                return False
            freight.amount, fuel.amount = amount, cents(amount * percent / 100)
            bill.wrong("overcharged", cause, one, freight.name, amount, right)
            if fuel.amount - right_fuel > D("0.01"):
                bill.wrong("overcharged", cause, one, fuel.name, fuel.amount, right_fuel)
            return True

        def zone() -> bool:
            higher = [each for each in table if each > one.zone]
            if not higher:
                return False
            return reprice(D(table[self.draw.choice(higher)][str(one.billed)]), "wrong_zone")

        def weight() -> bool:
            if one.dims is None or int(one.billed or 0) + 6 > max(map(int, table[one.zone])):
                return False
            one.billed = (one.billed or D(0)) + 6
            return reprice(D(table[one.zone][str(one.billed)]), "dimensional_weight")

        def fuel() -> bool:
            own = one.charges[-1]
            right = own.amount
            own.amount = cents(one.charges[0].amount * (percent + 3) / 100)
            bill.wrong("overcharged", "fuel", one, own.name, own.amount, right)
            return True

        return {
            "wrong_rate": lambda: reprice(one.charges[0].amount + D("1.13"), "wrong_rate"),
            "wrong_zone": zone, "dimensional_weight": weight, "fuel": fuel,
            "accessorial_price": lambda: _dearer_accessorial(bill, one),
            "unknown_charge": lambda: _unknown_charge(bill, one),
            "twice_in_one": lambda: _twice_in_one(bill, one),
        }  # fmt: skip


class _Truckloads:
    """Classes and lanes, a discount, a minimum, deficit weight, fuel of the net freight."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.tariff = ltl.ridgeline().tariff | {"classes": {"50": "60", "60": "60", "70": "60", "85": "85", "100": "85",
                                                            "125": "125"}}  # fmt: skip
        self.before: list[Parcel] = []

    def bill(self, n: int, day: date, shipments: int) -> Bill:
        bill = Bill(f"year_{n:03d}.edi", "", self.tariff["carrier"], f"R{n:07d}", day + timedelta(days=9), "USD", [],
                    self.tariff)  # fmt: skip
        for k in range(shipments):
            one = self._freight_bill(n, k, day)
            bill.parcels.append(one)
            _plant(self.draw, bill, one, self._errors(bill, one))
        _repeat(self.draw, bill, self.before)
        self.before = [*bill.parcels[: shipments // 2]]
        return bill

    def _freight_bill(self, n: int, k: int, day: date) -> Parcel:
        draw, tariff = self.draw, self.tariff
        lane = draw.choice(list(tariff["lanes"]))
        freight_class = draw.choice(list(tariff["classes"]))
        weight = draw.randrange(180, 7800, 20)
        to = {"303-372": "NASHVILLE TN 37211", "303-282": "CHARLOTTE NC 28208"}[lane]
        one = Parcel(f"77{n:03d}{k:05d}", day + timedelta(days=k % 6), "LTL", lane, D(weight), D(weight), "lb",
                     reference=f"BOL{n}{k}", origin="ATLANTA GA 30336", destination=to)  # fmt: skip
        one.freight_class = freight_class
        gross, off, _, _ = ltl.rated(tariff, lane, freight_class, weight)
        self._charge(one, gross, off)
        for name in draw.sample(list(tariff["surcharges"]), draw.choice([0, 0, 1])):
            one.charges.append(Charge(name, D(tariff["surcharges"][name]), "accessorial", tariff["codes"][name]))
        return one

    def _charge(self, one: Parcel, gross: Decimal, off: Decimal, *, minimum: bool = True) -> Decimal:
        """Puts freight, discount, minimum and fuel first; gives the net freight."""
        net, floor = gross - off, D(self.tariff["minimum"])
        extra = [charge for charge in one.charges if charge.kind == "accessorial"]
        one.charges = [Charge("Line haul", gross, code="400"), Charge("Discount", -off, "discount", "DSC")]
        if minimum and net < floor:
            one.charges.append(Charge("Minimum charge", floor - net, "adjustment", "MIN"))
            net = floor
        one.charges.append(Charge("Fuel surcharge", cents(net * D(self.tariff["fuel_flat"]) / 100), "fuel", "FUE"))
        one.charges += extra
        return net

    def _errors(self, bill: Bill, one: Parcel) -> dict[str, Callable[[], bool]]:
        tariff, weight = self.tariff, int(one.billed or 0)
        gross, off, charged, _ = ltl.rated(tariff, one.zone, one.freight_class, weight)
        right = max(gross - off, D(tariff["minimum"]))
        right_fuel = next(charge.amount for charge in one.charges if charge.kind == "fuel")

        def reprice(gross: Decimal, off: Decimal, cause: str) -> bool:
            if max(gross - off, D(tariff["minimum"])) - right <= D("0.10"):
                return False
            net = self._charge(one, gross, off)
            fuel = next(charge.amount for charge in one.charges if charge.kind == "fuel")
            bill.wrong("overcharged", cause, one, "freight", net, right)
            if fuel - right_fuel > D("0.01"):
                bill.wrong("overcharged", cause, one, "fuel", fuel, right_fuel)
            return True

        def deficit() -> bool:
            if charged == weight:
                return False
            own = tariff["classes"].get(one.freight_class, one.freight_class)
            prices = tariff["lanes"][one.zone][own]
            rate = D(next(price for below, price in prices.items() if weight < int(below)))
            full = cents(rate * weight / 100)
            return reprice(full, cents(full * D(tariff["discount"]) / 100), "deficit_weight")

        def other_class() -> bool:
            own = tariff["classes"].get(one.freight_class, one.freight_class)
            if charged != weight or own == "125":
                return False
            dear, dear_off, at, _ = ltl.rated(tariff | {"classes": {}}, one.zone, "125", weight)
            return at == weight and reprice(dear, dear_off, "wrong_class")

        return {
            "discount": lambda: reprice(gross, cents(gross * (D(tariff["discount"]) - 4) / 100), "discount"),
            "deficit_weight": deficit, "wrong_class": other_class,
            "accessorial_price": lambda: _dearer_accessorial(bill, one),
            "unknown_charge": lambda: _unknown_charge(bill, one),
        }  # fmt: skip


def _plant(draw: random.Random, bill: Bill, one: Parcel, errors: dict[str, Callable[[], bool]]) -> None:
    """One error at most on a shipment, each kind as often as the others."""
    names = list(errors)
    at = draw.random()
    if at < _SHARE * len(names):
        errors[names[int(at / _SHARE)]]()


def _dearer_accessorial(bill: Bill, one: Parcel) -> bool:
    own = next((charge for charge in one.charges if charge.kind == "accessorial"), None)
    if own is None:
        return False
    right = own.amount
    own.amount = right + D("2.35")
    bill.wrong("overcharged", "accessorial", one, own.name, own.amount, right)
    return True


def _unknown_charge(bill: Bill, one: Parcel) -> bool:
    one.charges.append(Charge("Facility improvement contribution", D("3.20"), "accessorial", "FIC"))
    bill.wrong("charge_not_on_card", "accessorial", one, "Facility improvement contribution", D("3.20"), D("0.00"))
    return True


def _twice_in_one(bill: Bill, one: Parcel) -> bool:
    own = next((charge for charge in one.charges if charge.kind == "accessorial"), None)
    if own is None:
        return False
    one.charges.append(Charge(own.name, own.amount, own.kind, own.code))
    bill.twice(one, (own.name, own.amount))
    return True


def _repeat(draw: random.Random, bill: Bill, before: list[Parcel]) -> None:
    """Shipments billed again: of this bill, and of the one before."""
    wrong: set[Any] = {finding["tracking_number"] for finding in bill.findings}
    for source in (list(bill.parcels), before):
        clean = [parcel for parcel in source if parcel.number not in wrong]
        for old in draw.sample(clean, min(len(clean), max(1, int(len(source) * _SHARE / 2)) if clean else 0)):
            copy = Parcel(**{**old.__dict__, "charges": [Charge(**charge.__dict__) for charge in old.charges]})
            bill.parcels.append(copy)
            wrong.add(copy.number)
            _note_twice(bill, copy)


def _note_twice(bill: Bill, copy: Parcel) -> None:
    freight = sum((c.amount for c in copy.charges if c.kind in ("freight", "discount", "adjustment")), D(0))
    fuel = sum((c.amount for c in copy.charges if c.kind == "fuel"), D(0))
    bill.twice(copy, ("freight", freight), ("fuel", fuel))
    for charge in copy.charges:
        if charge.kind == "accessorial":
            bill.twice(copy, (charge.name, charge.amount))
