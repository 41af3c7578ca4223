"""Shipments priced from a tariff's own tables, errors planted in them, and the files that they are written to."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

import xlsxwriter
from reportlab.lib.pagesizes import A4

from samples.bills.books import Bill, Charge, Parcel, cents
from samples.bills.ltl import rated
from samples.sheet import Sheet

D = Decimal
Row = Sequence[object]


@dataclass
class Drawn:
    """A file with the bills in it (mostly one) and the bills of the same carrier that came before it."""

    bills: list[Bill]
    data: bytes
    before: list[Bill] = field(default_factory=list)

    @property
    def file(self) -> str:
        return self.bills[0].file


def tariff(carrier: str, currency: str, unit: str, **more: Any) -> dict[str, Any]:
    rest: dict[str, Any] = {
        "carrier": carrier, "currency": currency, "weight_unit": unit, "valid_from": "2026-01-01",
        "valid_to": "2026-12-31", "divisor": "", "length_unit": "", "round_up": "1", "surcharges": {},
    }  # fmt: skip
    return rest | more


def bill_of(file: str, of: dict[str, Any], number: str, day: date) -> Bill:
    return Bill(file, file.rsplit(".", 1)[0] + "_card.xlsx", of["carrier"], number, day, of["currency"], [], of)


def parcel(
    bill: Bill, number: str, day: date, service: str, zone: str, weight: str, *extra: str, **values: Any
) -> Parcel:
    """A parcel billed as its zone table says."""
    of = bill.tariff
    whole = int(D(weight).to_integral_value(ROUND_CEILING))
    freight = D(of["services"][service][zone][str(whole)])
    one = Parcel(number, day, service, zone, D(weight), D(whole), of["weight_unit"], **values)
    return _add(bill, one, freight, D(of["fuel"][service]), extra)


def by_area(bill: Bill, number: str, day: date, place: str, weight: str, *extra: str, **values: Any) -> Parcel:
    """A shipment billed by its postcode area and weight."""
    of, kilos = bill.tariff, D(weight)
    freight = D(next(price for top, price in of["areas"][place[:2]].items() if kilos <= D(top)))
    one = Parcel(number, day, "", "", kilos, kilos, "kg", destination=place, **values)
    return _add(bill, one, freight, D(of["fuel_flat"]), extra)


def _add(bill: Bill, one: Parcel, freight: Decimal, percent: Decimal, extra: Iterable[str]) -> Parcel:
    words = bill.tariff["words"]
    one.charges = [Charge(words[0], freight), Charge(words[1], cents(freight * percent / 100), "fuel")]
    one.charges += [Charge(name, D(bill.tariff["surcharges"][name]), "accessorial") for name in extra]
    bill.parcels.append(one)
    return one


def by_class(
    bill: Bill, number: str, day: date, lane: str, class_: str, pounds: int, *extra: str, **more: Any
) -> Parcel:
    """A freight bill by class, less discount, with the minimum and fuel on what is left."""
    of = bill.tariff
    gross, off, _, _ = rated(of, lane, class_, pounds)
    net, words, codes = gross - off, of["words"], of["codes"]
    one = Parcel(number, day, "LTL", "", D(pounds), D(pounds), "lb", freight_class=class_, origin=of["from"],
                 destination=of["ends"][lane], **more)  # fmt: skip
    one.charges = [Charge(words[0], gross), Charge(words[1], -off, "discount", codes.get(words[1], ""))]
    if net < D(of["minimum"]):
        one.charges.append(Charge(words[3], D(of["minimum"]) - net, "adjustment"))
        net = D(of["minimum"])
    one.charges.append(Charge(words[2], cents(net * D(of["percent"]) / 100), "fuel", codes.get(words[2], "")))
    one.charges += [Charge(name, D(of["surcharges"][name]), "accessorial", codes.get(name, "")) for name in extra]
    bill.parcels.append(one)
    return one


# --- errors ---


def dearer(bill: Bill, one: Parcel, at: int, amount: str, cause: str = "") -> None:
    """A charge at another price than the card's."""
    charge = one.charges[at]
    cause = cause or {"fuel": "fuel", "accessorial": "accessorial"}.get(charge.kind, "wrong_rate")
    code = "overcharged" if D(amount) > charge.amount else "undercharged"
    bill.wrong(code, cause, one, charge.name, D(amount), charge.amount)
    charge.amount = D(amount)


def freight_of(bill: Bill, one: Parcel, amount: Decimal, percent: str, cause: str) -> None:
    """Another freight, and the fuel that follows it."""
    freight, fuel = one.charges[0], next(charge for charge in one.charges if charge.kind == "fuel")
    follows = cents(amount * D(percent) / 100)
    bill.wrong("overcharged", cause, one, freight.name, amount, freight.amount)
    if follows != fuel.amount:
        bill.wrong("overcharged", cause, one, fuel.name, follows, fuel.amount)
    freight.amount, fuel.amount = amount, follows


def discount_of(bill: Bill, one: Parcel, percent: str) -> None:
    """Another discount than agreed, and the fuel that follows."""
    gross, off = one.charges[:2]
    fuel = next(charge for charge in one.charges if charge.kind == "fuel")
    wrong = cents(gross.amount * D(percent) / 100)
    follows = cents((gross.amount - wrong) * D(bill.tariff["percent"]) / 100)
    bill.wrong("overcharged", "discount", one, "freight", gross.amount - wrong, gross.amount + off.amount)
    bill.wrong("overcharged", "discount", one, "fuel", follows, fuel.amount)
    off.amount, fuel.amount = -wrong, follows


def unknown(bill: Bill, one: Parcel, name: str, amount: str, code: str = "") -> None:
    """A charge that nobody agreed."""
    one.charges.append(Charge(name, D(amount), "accessorial", code))
    bill.wrong("charge_not_on_card", "accessorial", one, name, D(amount), D("0.00"))


def copy_of(one: Parcel) -> Parcel:
    return Parcel(**{**one.__dict__, "charges": [Charge(**charge.__dict__) for charge in one.charges]})


def again(bill: Bill, one: Parcel, *, netted: bool = False) -> None:
    """Bills a shipment a second time; ``netted``: freight and what lowers it are one finding."""
    bill.parcels.append(copy_of(one))
    if not netted:
        bill.twice(one, *((charge.name, charge.amount) for charge in one.charges))
        return
    parts = [c for c in one.charges if c.kind in ("freight", "discount", "adjustment")]
    bill.twice(one, ("freight", sum((c.amount for c in parts), D(0))))
    bill.twice(one, *((c.name, c.amount) for c in one.charges if c not in parts))


def charge_again(bill: Bill, one: Parcel, at: int) -> None:
    """One charge stands twice."""
    charge = one.charges[at]
    one.charges.append(Charge(**charge.__dict__))
    bill.twice(one, (charge.name, charge.amount))


# --- files ---


def comma(value: Decimal | None, places: int = 2) -> str:
    text = f"{value if value is not None else D(0):,.{places}f}"
    return text.replace(",", "_").replace(".", ",").replace("_", ".")


def amount_named(one: Parcel, name: str) -> Decimal | None:
    """The sum of the charges of a name; None where there is none."""
    own = [charge.amount for charge in one.charges if charge.name == name]
    return sum(own, D(0)) if own else None


def csv_file(rows: Iterable[Row], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def workbook(rows: Iterable[Row], name: str = "Sheet1") -> bytes:
    """Numbers as numbers, days as days."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, dated = book.add_worksheet(name), book.add_format({"num_format": "dd/mm/yyyy"})
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, dated)  # type: ignore[arg-type]
                elif isinstance(value, Decimal):
                    sheet.write_number(at, column, float(value))
                elif value not in ("", None):
                    sheet.write(at, column, value)
    return out.getvalue()


@dataclass
class Paper:
    """A page that begins anew at its end. A row is texts at their place; a number is a right edge."""

    title: str
    size: tuple[float, float] = A4
    head: Callable[[Paper], None] | None = None
    top: float = 120
    bottom: float = 760

    def __post_init__(self) -> None:
        self.out = io.BytesIO()
        self.sheet = Sheet(self.out, title=self.title, size=self.size)
        self.y = self.top
        if self.head:
            self.head(self)

    def row(self, *texts: tuple[float, str], step: float = 12, bold: bool = False, size: float = 8.5) -> None:
        """Texts at x; a negative x is the right edge."""
        for x, text in texts:
            if text:
                self.sheet.text(abs(x), self.y, text, size=size, bold=bold, align="right" if x < 0 else "left")
        self.y += step

    def room(self, points: float) -> None:
        if self.y + points > self.bottom:
            self.sheet.new_page()
            self.y = self.top
            if self.head:
                self.head(self)

    def done(self) -> bytes:
        self.sheet.save()
        return self.out.getvalue()
