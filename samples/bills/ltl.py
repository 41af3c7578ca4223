"""American less-than-truckload carriers: a printed statement, a balance-due bill after it, and an X12 210 file."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

from reportlab.lib.pagesizes import LETTER

from samples.bills.books import Bill, Charge, Parcel, cents
from samples.sheet import Sheet

D = Decimal
_BREAKS = (("500", "L5C"), ("1000", "M5C"), ("2000", "M1M"), ("5000", "M2M"), ("10000", "M5M"))


def class_table(base: str, lanes: dict[str, str]) -> dict[str, dict[str, dict[str, str]]]:
    """Lane → class → the pounds below which a price per hundredweight holds."""
    falls = {"500": "1.00", "1000": "0.81", "2000": "0.66", "5000": "0.57", "10000": "0.46"}
    classes = {"50": "0.72", "60": "0.81", "70": "0.90", "85": "1.00", "100": "1.12", "125": "1.37"}
    return {
        lane: {
            freight_class: {below: str(cents(D(base) * D(far) * D(share) * D(fall))) for below, fall in falls.items()}
            for freight_class, share in classes.items()
        }
        for lane, far in lanes.items()
    }


def rated(tariff: dict[str, Any], lane: str, freight_class: str, weight: int) -> tuple[Decimal, Decimal, int, Decimal]:
    """Gross freight by the class table with deficit weight, the discount, the weight charged and the price per cwt."""
    own = tariff["classes"].get(freight_class, freight_class)
    prices = tariff["lanes"][lane][own]
    limits = [int(below) for below in prices]
    at = next(i for i, below in enumerate(limits) if weight < below)
    rate = D(prices[str(limits[at])])
    gross, charged = cents(rate * weight / 100), weight
    if at + 1 < len(limits):
        higher = D(prices[str(limits[at + 1])])
        raised = cents(higher * limits[at] / 100)
        if raised < gross:
            gross, charged, rate = raised, limits[at], higher
    return gross, cents(gross * D(tariff["discount"]) / 100), charged, rate


def prairie() -> Bill:
    """A statement with a discount of its own line, a minimum, FAK, deficit weight and fuel by the index."""
    tariff = {
        "carrier": "Prairie Freight Lines, LLC",
        "currency": "USD",
        "weight_unit": "lb",
        "valid_from": "2026-02-01",
        "valid_to": "2027-01-31",
        "tariff": "PFLN 700",
        "discount": "71.0",
        "minimum": "112.00",
        "classes": {"50": "60", "60": "60", "70": "60", "85": "85", "100": "85", "125": "125"},
        "lanes": class_table("54.20", {"681-554": "1.00", "681-750": "1.34", "681-802": "1.12"}),
        "fuel_bands": [
            [str(D("3.20") + D("0.05") * n), str(D("3.25") + D("0.05") * n), str(D("22.0") + D("0.5") * n)]
            for n in range(20)
        ],
        "fuel_index": "DOE diesel",
        "fuel_base": "net freight",
        "surcharges": {
            "Liftgate service": "82.00",
            "Inside delivery": "95.00",
            "Limited access": "68.00",
            "Appointment": "35.00",
        },
        "codes": {"Liftgate service": "LFT", "Inside delivery": "IND", "Limited access": "LTA", "Appointment": "APT"},
    }
    bill = Bill(
        "prairie_statement.pdf",
        "prairie_card.xlsx",
        "Prairie Freight Lines, LLC",
        "ST-60318",
        date(2026, 4, 17),
        "USD",
        [],
        tariff,
    )

    def freight_bill(n: int, lane: str, freight_class: str, weight: int, extra: tuple[str, ...] = ()) -> Parcel:
        gross, off, charged, rate = rated(tariff, lane, freight_class, weight)
        net = gross - off
        to = {"681-554": "MINNEAPOLIS MN 55407", "681-750": "PLANO TX 75024", "681-802": "DENVER CO 80216"}[lane]
        one = Parcel(
            f"58104{n}-{(n * 7) % 10}",
            date(2026, 4, 6 + n % 5),
            "LTL",
            "",
            D(weight),
            D(weight),
            "lb",
            reference=f"BL{9100 + n}",
            origin="OMAHA NE 68137",
            destination=to,
            freight_class=freight_class,
            pieces=1 + n % 3,
        )
        as_weight = f" as {charged:,} lb" if charged != weight else ""
        one.charges = [
            Charge(f"Freight charge {weight:,} lb{as_weight} at {rate} cwt", gross, code="FRT"),
            Charge(f"Less discount {tariff['discount']} %", -off, "discount", "DIS"),
        ]
        if net < D(tariff["minimum"]):
            one.charges.append(Charge("Minimum charge adjustment", D(tariff["minimum"]) - net, "adjustment", "MIN"))
            net = D(tariff["minimum"])
        one.charges.append(Charge("Fuel surcharge 28.5 % (DOE 3.87)", cents(net * D("0.285")), "fuel", "FSC"))
        one.charges += [
            Charge(name, D(tariff["surcharges"][name]), "accessorial", tariff["codes"][name]) for name in extra
        ]
        bill.parcels.append(one)
        return one

    def reprice(one: Parcel, gross: Decimal, off: Decimal) -> tuple[Decimal, Decimal]:
        """Puts a wrong gross and discount on a bill; gives net freight and fuel as they are billed."""
        one.charges[0].amount, one.charges[1].amount = gross, -off
        one.charges[2].amount = cents((gross - off) * D("0.285"))
        return gross - off, one.charges[2].amount

    first = freight_bill(1, "681-554", "70", 420)
    freight_bill(2, "681-750", "85", 1480, ("Liftgate service",))
    # Discount of 68 % instead of 71 %.
    less = freight_bill(3, "681-802", "100", 2600)
    gross, off, _, _ = rated(tariff, "681-802", "100", 2600)
    right, fuel = gross - off, less.charges[2].amount
    billed, fuel_billed = reprice(less, gross, cents(gross * D("0.68")))
    less.charges[1].name = "Less discount 68.0 %"
    bill.wrong("overcharged", "discount", less, "freight", billed, right)
    bill.wrong("overcharged", "discount", less, "fuel", fuel_billed, fuel)
    # Class 125 is billed for freight of class 100, which is rated as 85.
    wrong = freight_bill(4, "681-554", "100", 3100)
    gross, off, _, _ = rated(tariff, "681-554", "100", 3100)
    right, fuel = gross - off, wrong.charges[2].amount
    dear, dear_off, _, rate = rated(tariff, "681-554", "125", 3100)
    billed, fuel_billed = reprice(wrong, dear, dear_off)
    wrong.charges[0].name = f"Freight charge 3,100 lb at {rate} cwt"
    bill.wrong("overcharged", "wrong_class", wrong, "freight", billed, right)
    bill.wrong("overcharged", "wrong_class", wrong, "fuel", fuel_billed, fuel)
    # 940 lb as 1,000 lb is cheaper.
    deficit = freight_bill(5, "681-750", "85", 940)
    gross, off, charged, _ = rated(tariff, "681-750", "85", 940)
    assert charged == 1000
    right, fuel = gross - off, deficit.charges[2].amount
    rate = D(tariff["lanes"]["681-750"]["85"]["1000"])
    full = cents(rate * 940 / 100)
    billed, fuel_billed = reprice(deficit, full, cents(full * D("0.71")))
    deficit.charges[0].name = f"Freight charge 940 lb at {rate} cwt"
    bill.wrong("overcharged", "deficit_weight", deficit, "freight", billed, right)
    bill.wrong("overcharged", "deficit_weight", deficit, "fuel", fuel_billed, fuel)
    fee = freight_bill(6, "681-802", "60", 1750, ("Appointment",))
    fee.charges[-1].amount = D("48.00")
    bill.wrong("overcharged", "accessorial", fee, "Appointment", D("48.00"), D("35.00"))
    unknown = freight_bill(7, "681-554", "85", 6200)
    unknown.charges.append(Charge("Sort and segregate", D("140.00"), "accessorial", "SEG"))
    bill.wrong("charge_not_on_card", "accessorial", unknown, "Sort and segregate", D("140.00"), D("0.00"))
    again = Parcel(**{**first.__dict__, "charges": [Charge(**c.__dict__) for c in first.charges]})
    bill.parcels.append(again)
    freight = sum((c.amount for c in again.charges if c.kind != "fuel"), D(0))
    bill.twice(again, ("freight", freight), ("fuel", again.charges[-1].amount))
    bill.calm(first, "discount and minimum are netted with the freight")
    return bill


def prairie_pdf(bill: Bill) -> bytes:
    """A frame a freight bill: number and parties above, a table of charges; CR behind what lowers it."""
    out = io.BytesIO()
    sheet = Sheet(out, title=bill.number, size=LETTER)

    def head(y: float) -> float:
        sheet.text(40, 34, bill.carrier.upper(), size=13, bold=True)
        sheet.text(40, 50, "9820 Giles Road, Omaha NE 68138", size=8)
        sheet.text(572, 34, "STATEMENT OF FREIGHT BILLS", size=11, bold=True, align="right")
        sheet.text(572, 50, f"Invoice No. {bill.number}", align="right")
        sheet.text(572, 62, f"Invoice date {bill.day:%m/%d/%Y}", align="right")
        sheet.text(40, 74, "Bill to: Sample Tool and Die Co., Omaha NE 68137", size=9)
        sheet.text(572, 74, "Payment due in 30 days", size=8, align="right")
        return y

    y = head(100)
    for one in bill.parcels:
        if y > 640:
            sheet.new_page()
            y = head(100)
        sheet.text(40, y, f"Freight bill {one.number}", bold=True)
        sheet.text(190, y, f"B/L {one.reference}")
        sheet.text(290, y, f"Pickup {one.day:%m/%d/%Y}")
        sheet.text(420, y, "Terms PREPAID")
        y += 12
        sheet.text(40, y, f"Shipper: Sample Tool and Die Co., {one.origin}", size=8)
        sheet.text(310, y, f"Consignee: Acme Parts, {one.destination}", size=8)
        y += 13
        for x, text, align in (
            (40, "Pcs", "left"),
            (75, "Commodity", "left"),
            (175, "Class", "left"),
            (250, "Pounds", "right"),
            (265, "Code", "left"),
            (300, "Charge description", "left"),
            (572, "Amount", "right"),
        ):
            sheet.text(x, y, text, size=7.5, bold=True, align=align)
        y += 11
        for n, charge in enumerate(one.charges):
            if n == 0:
                sheet.text(40, y, str(one.pieces), size=8.5)
                sheet.text(75, y, "MACHINED PARTS", size=8.5)
                sheet.text(175, y, one.freight_class, size=8.5)
                sheet.text(250, y, f"{one.billed:,}", size=8.5, align="right")
            sheet.text(265, y, charge.code, size=8.5)
            sheet.text(300, y, charge.name, size=8.5)
            shown = f"{abs(charge.amount):,.2f}" + (" CR" if charge.amount < 0 else "")
            sheet.text(572 if charge.amount >= 0 else 586, y, shown, size=8.5, align="right")
            y += 11
        sheet.text(300, y, f"Freight bill total {one.number}", size=8.5, bold=True)
        sheet.text(572, y, f"{one.total:,.2f}", size=8.5, bold=True, align="right")
        y += 22
    sheet.text(300, y, f"{len(bill.parcels)} freight bills")
    sheet.text(460, y, "Amount due USD", bold=True, align="right")
    sheet.text(572, y, f"{bill.total if bill.total is not None else bill.net:,.2f}", bold=True, align="right")
    sheet.save()
    return out.getvalue()


def prairie_balance(first: Bill) -> Bill:
    """The bill that corrects one of the statement: the same PRO, less what was billed before."""
    old = first.parcels[5]
    bill = Bill(
        "prairie_balance_due.pdf", first.card, first.carrier, "ST-60477", date(2026, 5, 1), "USD", [], first.tariff
    )
    one = Parcel(**{**old.__dict__, "charges": []})
    one.charges = [Charge(**charge.__dict__) for charge in old.charges[:3]]
    one.charges.append(Charge("Appointment", D("35.00"), "accessorial", "APT"))
    one.charges.append(Charge("Previously billed", -old.total, "adjustment", "PRV"))
    bill.parcels.append(one)
    bill.calm(one, "a corrected bill: the same PRO, less what was billed before, is no duplicate")
    return bill


# --- X12 210 ---


def ridgeline() -> Bill:
    """Three freight bills as EDI, one with a wrong accessorial and one with a wrong discount."""
    tariff = {
        "carrier": "Ridgeline Motor Express",
        "currency": "USD",
        "weight_unit": "lb",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "tariff": "RIDG 100",
        "discount": "60.0",
        "minimum": "95.00",
        "classes": {},
        "lanes": class_table("48.60", {"303-372": "1.00", "303-282": "0.85"}),
        "fuel_flat": "26.0",
        "fuel_base": "net freight",
        "surcharges": {"Residential delivery": "110.00", "Liftgate": "65.00"},
        "codes": {"Residential delivery": "RES", "Liftgate": "LFT"},
    }
    bill = Bill(
        "ridgeline_210.edi",
        "ridgeline_card.xlsx",
        "Ridgeline Motor Express",
        "R77120451",
        date(2026, 7, 8),
        "USD",
        [],
        tariff,
    )

    def freight_bill(n: int, lane: str, freight_class: str, weight: int, extra: tuple[str, ...] = ()) -> Parcel:
        gross, off, _, _ = rated(tariff, lane, freight_class, weight)
        to = {"303-372": "NASHVILLE TN 37211", "303-282": "CHARLOTTE NC 28208"}[lane]
        one = Parcel(
            f"7712045{n}",
            date(2026, 7, 1 + n),
            "LTL",
            "",
            D(weight),
            D(weight),
            "lb",
            reference=f"BOL77{n}",
            origin="ATLANTA GA 30336",
            destination=to,
            freight_class=freight_class,
            pieces=n,
        )
        one.charges = [
            Charge("Line haul", gross, code="400"),
            Charge("Discount", -off, "discount", "DSC"),
            Charge("Fuel surcharge", cents((gross - off) * D("0.26")), "fuel", "FUE"),
        ]
        one.charges += [
            Charge(name, D(tariff["surcharges"][name]), "accessorial", tariff["codes"][name]) for name in extra
        ]
        bill.parcels.append(one)
        return one

    freight_bill(1, "303-372", "70", 1200)
    fee = freight_bill(2, "303-282", "85", 2400, ("Residential delivery",))
    fee.charges[-1].amount = D("135.00")
    bill.wrong("overcharged", "accessorial", fee, "Residential delivery", D("135.00"), D("110.00"))
    less = freight_bill(3, "303-372", "100", 4000, ("Liftgate",))
    gross, off = less.charges[0].amount, -less.charges[1].amount
    wrong_off = cents(gross * D("0.55"))
    less.charges[1].amount = -wrong_off
    fuel, less.charges[2].amount = less.charges[2].amount, cents((gross - wrong_off) * D("0.26"))
    bill.wrong("overcharged", "discount", less, "freight", gross - wrong_off, gross - off)
    bill.wrong("overcharged", "discount", less, "fuel", less.charges[2].amount, fuel)
    return bill


_ISA = "ISA*00*          *00*          *02*RIDG           *ZZ*SAMPLETOOL     *260708*0915*U*00401*{control:09d}*0*P*>"


def ridgeline_edi(bill: Bill) -> bytes:
    """One interchange with a 210 a freight bill (ASC X12 004010): B3, N9, G62, N1 loops, LX, L5, L0, L1, L7, L3."""
    control = int("".join(filter(str.isdigit, bill.number))) % 10**9
    segments = [
        _ISA.format(control=control),
        f"GS*IM*RIDG*SAMPLETOOL*{bill.day:%Y%m%d}*0915*{control}*X*004010",
    ]
    for n, one in enumerate(bill.parcels, 1):
        cents_of = [int(charge.amount * 100) for charge in one.charges]
        city, state, postal = one.destination.rsplit(" ", 2)
        own = [
            f"ST*210*{n:04d}",
            f"B3**R{one.number}*{one.reference}*PP**{bill.day:%Y%m%d}*{sum(cents_of)}**{one.day:%Y%m%d}*035*RIDG",
            "C3*USD",
            f"N9*CN*{one.number}",
            f"N9*BM*{one.reference}",
            f"G62*86*{one.day:%Y%m%d}",
            f"N1*CA*{bill.carrier.upper()}",
            "N1*SH*SAMPLE TOOL AND DIE",
            "N4*ATLANTA*GA*30336",
            "N1*CN*ACME PARTS",
            f"N4*{city}*{state}*{postal}",
            "LX*1",
            "L5*1*MACHINED PARTS",
            f"L0*1***{one.billed}*G***{one.pieces}*PLT",
        ]
        for charge, amount in zip(one.charges, cents_of, strict=True):
            name = f"****{charge.name.upper()}" if charge.kind != "freight" else ""
            own.append(f"L1*1***{amount}****{charge.code}{name}")
        own += [f"L7*1******{one.freight_class}", f"L3*{one.billed}*G***{sum(cents_of)}******{one.pieces}"]
        segments += [*own, f"SE*{len(own) + 1}*{n:04d}"]
    segments += [f"GE*{len(bill.parcels)}*{control}", f"IEA*1*{control:09d}"]
    return ("~\n".join(segments) + "~\n").encode()
