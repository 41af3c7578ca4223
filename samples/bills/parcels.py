"""American parcel carriers: a wide file of repeated pairs, and a file of 250 fields without a header."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from samples.bills.books import Bill, Charge, Parcel, cents

D = Decimal


def zone_table(base: str, per_zone: str, per_unit: str, zones: range, top: int, step: int = 1) -> dict[str, Any]:
    """Zone → weight → price, in the shape that a card prints."""
    return {
        str(zone): {
            str(weight): str(
                cents(
                    D(base)
                    + D(per_zone) * (zone - zones.start)
                    + D(per_unit) * weight * (1 + D("0.11") * (zone - zones.start))
                )
            )
            for weight in range(step, top + 1, step)
        }
        for zone in zones
    }


def price(tariff: dict[str, Any], service: str, zone: str, weight: int) -> Decimal:
    return D(tariff["services"][service][zone][str(weight)])


# --- Kestrel: a row a package, repeated pairs of columns ---


def kestrel() -> Bill:
    """United States parcel carrier; dimensional weight, duplicates, a fee that nobody agreed."""
    tariff = {
        "carrier": "Kestrel Parcel Service",
        "currency": "USD",
        "weight_unit": "lb",
        "divisor": "139",
        "length_unit": "in",
        "valid_from": "2026-01-05",
        "valid_to": "2026-12-31",
        "round_up": "1",
        "services": {
            "Kestrel Ground": zone_table("7.40", "0.62", "0.33", range(2, 9), 40),
            "Kestrel Two Day": zone_table("14.10", "1.45", "0.95", range(2, 9), 30),
        },
        "surcharges": {
            "Residential Delivery": "4.95",
            "Address Correction": "18.50",
            "Signature Required": "6.10",
            "Delivery Area Surcharge": "3.85",
            "Additional Handling": "19.75",
        },
        "fuel": {"Kestrel Ground": "16.25", "Kestrel Two Day": "14.50"},
    }
    bill = Bill(
        "kestrel_wide.csv",
        "kestrel_card.xlsx",
        "Kestrel Parcel Service",
        "K-4471902",
        date(2026, 4, 20),
        "USD",
        [],
        tariff,
    )

    def parcel(n: int, service: str, zone: str, actual: str, extra: tuple[str, ...] = (), **values: Any) -> Parcel:
        weight = int(D(actual).to_integral_value("ROUND_CEILING"))
        freight = price(tariff, service, zone, weight)
        one = Parcel(
            f"1K9904{n:06d}",
            date(2026, 4, 6) + timedelta(days=n % 5),
            service,
            zone,
            D(actual),
            D(weight),
            reference=f"ORD-{7000 + n}",
            destination=f"PORTLAND OR 9720{n % 10}",
            **values,
        )
        one.charges = [Charge("Transportation Charge", freight)]
        one.charges += [Charge(name, D(tariff["surcharges"][name]), "accessorial") for name in extra]
        one.charges.append(Charge("Fuel Surcharge", cents(freight * D(tariff["fuel"][service]) / 100), "fuel"))
        bill.parcels.append(one)
        return one

    parcel(1, "Kestrel Ground", "4", "6.2")
    parcel(2, "Kestrel Ground", "2", "11.0", ("Residential Delivery",))
    dear = parcel(3, "Kestrel Ground", "5", "17.4")
    _dearer(bill, dear, "1.80", D("16.25"), "wrong_rate")
    parcel(4, "Kestrel Two Day", "6", "3.1", ("Signature Required",))
    # 16 x 12 x 9 / 139 = 12.43: 13 lb; billed as 22.
    heavy = parcel(5, "Kestrel Ground", "3", "12.6", dims=(16, 12, 9))
    right = price(tariff, "Kestrel Ground", "3", 13)
    heavy.billed = D(22)
    wrong = price(tariff, "Kestrel Ground", "3", 22)
    heavy.charges[0].amount = wrong
    heavy.charges[1].amount = cents(wrong * D("0.1625"))
    bill.wrong("overcharged", "dimensional_weight", heavy, "Transportation Charge", wrong, right)
    bill.wrong(
        "overcharged",
        "dimensional_weight",
        heavy,
        "Fuel Surcharge",
        heavy.charges[1].amount,
        cents(right * D("0.1625")),
    )
    # 24 x 18 x 10 / 139 = 31.1: 32 lb by dimensions, as billed.
    large = parcel(6, "Kestrel Ground", "7", "14.0", dims=(24, 18, 10))
    large.billed = D(32)
    large.charges[0].amount = price(tariff, "Kestrel Ground", "7", 32)
    large.charges[1].amount = cents(large.charges[0].amount * D("0.1625"))
    bill.calm(large, "dimensional weight is right: 24 x 18 x 10 / 139 = 31.1, 32 lb")
    twice = parcel(7, "Kestrel Ground", "8", "4.9", ("Delivery Area Surcharge",))
    twice.charges.insert(2, Charge("Delivery Area Surcharge", D("3.85"), "accessorial"))
    bill.twice(twice, ("Delivery Area Surcharge", D("3.85")))
    unknown = parcel(8, "Kestrel Ground", "4", "9.3")
    unknown.charges.insert(1, Charge("Peak Season Demand Fee", D("2.40"), "accessorial"))
    bill.wrong("charge_not_on_card", "accessorial", unknown, "Peak Season Demand Fee", D("2.40"), D("0.00"))
    fuel = parcel(9, "Kestrel Two Day", "3", "7.8")
    before = fuel.charges[1].amount
    fuel.charges[1].amount = cents(fuel.charges[0].amount * D("0.1850"))
    bill.wrong("overcharged", "fuel", fuel, "Fuel Surcharge", fuel.charges[1].amount, before)
    off = parcel(10, "Kestrel Ground", "6", "8.8")
    net = off.charges[0].amount
    off.charges[0].amount = net + D("2.75")
    off.charges.insert(1, Charge("Earned Discount", D("-2.75"), "discount"))
    bill.calm(off, "gross less the discount is the card's price")
    again = bill.parcels[0]
    copy = Parcel(**{**again.__dict__, "charges": [Charge(**c.__dict__) for c in again.charges]})
    bill.parcels.append(copy)
    bill.twice(copy, ("Transportation Charge", copy.charges[0].amount), ("Fuel Surcharge", copy.charges[1].amount))
    late = Parcel("1K9903000771", date(2026, 3, 30), "Kestrel Ground", "", D(0), D(0), reference="ORD-6120")
    late.charges = [Charge("Address Correction", D("18.50"), "accessorial")]
    bill.parcels.append(late)
    bill.calm(late, "address correction is on the card; nothing was moved")
    back = Parcel("1K9903000502", date(2026, 3, 27), "Kestrel Two Day", "3", D("2.0"), D(2), reference="ORD-6099")
    back.charges = [Charge("Guaranteed Service Refund", D("-18.90"), "credit")]
    bill.parcels.append(back)
    bill.calm(back, "a credit")
    return bill


def _dearer(bill: Bill, parcel: Parcel, by: str, percent: Decimal, cause: str) -> None:
    """Freight above the card, and the fuel that follows it."""
    right, fuel = parcel.charges[0].amount, parcel.charges[-1].amount
    parcel.charges[0].amount = right + D(by)
    parcel.charges[-1].amount = cents(parcel.charges[0].amount * percent / 100)
    bill.wrong("overcharged", cause, parcel, parcel.charges[0].name, parcel.charges[0].amount, right)
    if parcel.charges[-1].amount != fuel:
        bill.wrong("overcharged", cause, parcel, parcel.charges[-1].name, parcel.charges[-1].amount, fuel)


def kestrel_csv(bill: Bill) -> bytes:
    """One row a package; the first charge has columns of its own, the others stand in twelve pairs of one name."""
    pairs, net = 12, str(bill.net)
    head = [
        "Account",
        "Invoice No",
        "Invoice Date",
        "Invoice Total",
        "Carrier",
        "Tracking Number",
        "Ship Date",
        "Service",
        "Zone",
        "Actual Weight",
        "Actual Weight Unit",
        "Billed Weight",
        "Billed Weight Unit",
        "Length",
        "Width",
        "Height",
        "Dim Units",
        "Pieces",
        "Reference 1",
        "Recipient City",
        "Recipient State",
        "Recipient Postal Code",
        "Transportation Charge",
        "Net Charge",
    ]
    head += ["Charge Description", "Charge Amount"] * pairs + ["Notes"]
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    for one in bill.parcels:
        city, state, postal = ([*one.destination.rsplit(" ", 2), "", "", ""])[:3] if one.destination else ("", "", "")
        freight = next((c.amount for c in one.charges if c.kind == "freight"), None)
        dims = [str(side) for side in one.dims] if one.dims else ["", "", ""]
        row = [
            "88-1204",
            bill.number,
            f"{bill.day:%m/%d/%Y}",
            net,
            bill.carrier,
            one.number,
            f"{one.day:%m/%d/%Y}",
            one.service,
            one.zone,
            str(one.actual),
            "LB",
            str(one.billed),
            "LB",
            *dims,
            "IN" if one.dims else "",
            str(one.pieces),
            one.reference,
            city,
            state,
            postal,
            "" if freight is None else str(freight),
            str(one.total),
        ]
        others = [c for c in one.charges if c.kind != "freight"]
        for n in range(pairs):
            row += [others[n].name, str(others[n].amount)] if n < len(others) else ["", ""]
        writer.writerow([*row, ""])
    return out.getvalue().encode()


# --- Summit: 250 fields without a header, a row a charge ---


def summit() -> Bill:
    """A file in the layout of UPS billing data: published price, incentive and net in one row."""
    tariff = {
        "carrier": "Summit Courier",
        "currency": "USD",
        "weight_unit": "lb",
        "divisor": "166",
        "length_unit": "in",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "round_up": "1",
        "services": {
            "Ground Commercial": zone_table("6.90", "0.58", "0.41", range(2, 9), 50),
            "3 Day Select": zone_table("9.80", "1.10", "0.72", range(2, 9), 40),
        },
        "surcharges": {
            "Residential Surcharge": "5.20",
            "Address Correction Ground": "19.00",
            "Large Package": "62.00",
            "Delivery Confirmation Signature": "5.75",
        },
        "fuel": {"Ground Commercial": "15.75", "3 Day Select": "15.75"},
    }
    bill = Bill(
        "summit_billing.csv", "summit_card.xlsx", "Summit Courier", "000A71W2210", date(2026, 5, 30), "USD", [], tariff
    )

    def parcel(n: int, service: str, zone: str, actual: str, extra: tuple[str, ...] = ()) -> Parcel:
        weight = int(D(actual).to_integral_value("ROUND_CEILING"))
        net = price(tariff, service, zone, weight)
        one = Parcel(
            f"1Z7A71W203{n:08d}",
            date(2026, 5, 18) + timedelta(days=n % 6),
            service,
            zone,
            D(actual),
            D(weight),
            reference=f"PO {3300 + n}",
            destination=f"BOISE ID 8370{n % 10}",
        )
        one.charges = [
            Charge(service, net, "freight", "003" if service.startswith("G") else "012", gross=cents(net * D("1.6")))
        ]
        one.charges += [Charge(name, D(tariff["surcharges"][name]), "accessorial", name[:3].upper()) for name in extra]
        one.charges.append(Charge("Fuel Surcharge", cents(net * D("0.1575")), "fuel", "FSC"))
        bill.parcels.append(one)
        return one

    parcel(1, "Ground Commercial", "5", "12.3")
    parcel(2, "Ground Commercial", "4", "3.0", ("Residential Surcharge",))
    dear = parcel(3, "3 Day Select", "6", "8.4")
    _dearer(bill, dear, "2.15", D("15.75"), "wrong_rate")
    low = parcel(4, "Ground Commercial", "7", "21.0")
    right = low.charges[0].amount
    low.charges[0].amount = right - D("1.10")
    low.charges[0].gross = right * 2
    bill.wrong("undercharged", "wrong_rate", low, "Ground Commercial", low.charges[0].amount, right)
    fee = parcel(5, "Ground Commercial", "3", "6.6", ("Delivery Confirmation Signature",))
    fee.charges[1].amount = D("7.25")
    bill.wrong("overcharged", "accessorial", fee, "Delivery Confirmation Signature", D("7.25"), D("5.75"))
    zone = parcel(6, "Ground Commercial", "2", "30.0")
    parcel(7, "3 Day Select", "2", "1.0")
    unknown = parcel(8, "Ground Commercial", "8", "2.2")
    unknown.charges.insert(1, Charge("Missing PLD Fee", D("1.75"), "accessorial", "NPF"))
    bill.wrong("charge_not_on_card", "accessorial", unknown, "Missing PLD Fee", D("1.75"), D("0.00"))
    copy = Parcel(**{**zone.__dict__, "charges": [Charge(**c.__dict__) for c in zone.charges]})
    bill.parcels.append(copy)
    bill.twice(copy, *((c.name, c.amount) for c in copy.charges))
    late = Parcel("1Z7A71W20200008871", date(2026, 5, 11), "", "", D(0), D(0), reference="PO 3101")
    late.charges = [Charge("Address Correction Ground", D("19.00"), "accessorial", "ADC")]
    bill.parcels.append(late)
    bill.calm(late, "address correction is on the card")
    return bill


def summit_csv(bill: Bill, *, header: bool = False) -> bytes:
    """250 fields by position: 5 invoice date, 6 number, 10 currency, 11 amount, 12 day, 21 tracking, 27 and 29 weights,
    34 zone, 35 category, 36 its detail, 44 class of charge, 45 code, 46 description, 52 incentive, 53 net."""
    out = io.StringIO()
    writer = csv.writer(out)
    rows = []
    for one in bill.parcels:
        for n, charge in enumerate(one.charges):
            adjustment = "Correction" in charge.name
            cells = {
                1: "2.1",
                2: "A71W22",
                3: "0000A71W22",
                4: "US",
                5: bill.day.isoformat(),
                6: bill.number,
                7: "E",
                8: "1",
                10: "USD",
                11: str(bill.net),
                12: one.day.isoformat(),
                14: one.number,
                16: one.reference,
                18: "P/P",
                19: "1" if n == 0 else "0",
                21: one.number,
                27: str(one.actual),
                28: "L",
                29: str(one.billed),
                30: "L",
                31: "PKG",
                34: one.zone.zfill(3) if one.zone else "",
                35: "ADJ" if adjustment else "SHP",
                36: "ADC" if adjustment else "WWS",
                44: {"freight": "FRT", "fuel": "FSC"}.get(charge.kind, "ACC"),
                45: charge.code,
                46: charge.name,
                47: "1",
                48: "USD",
                49: str(charge.gross or charge.amount),
                50: "0",
                51: "USD",
                52: str((charge.gross or charge.amount) - charge.amount),
                53: str(charge.amount),
                68: "CASCADE OUTDOOR GOODS",
                71: "TACOMA",
                72: "WA",
                73: "98402",
                74: "US",
                75: "TEST RECEIVER",
                79: "BOISE",
                80: "ID",
                81: one.destination[-5:],
                82: "US",
            }
            rows.append([cells.get(position, "") for position in range(1, 251)])
    info = ["", *rows[0][1:]]
    info[0], info[20], info[34], info[43], info[45], info[52], info[51], info[48] = (
        "2.1",
        bill.parcels[0].number,
        "INF",
        "INF",
        "Shipper number validated",
        "0.00",
        "0.00",
        "0.00",
    )
    rows.insert(1, info)
    if header:
        writer.writerow(UPS_NAMES)
    writer.writerows(rows)
    return out.getvalue().encode()


UPS_NAMES = [f"Field {n}" for n in range(1, 251)]
