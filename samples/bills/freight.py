"""Freight of other carriers: an LTL register, a German Speditionsrechnung, EDI, air waybills and bills of lading."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from reportlab.lib.pagesizes import LETTER

from samples.bills.abroad import again, dearer, extra
from samples.bills.books import Bill, Charge, Parcel, cents
from samples.bills.ltl import class_table, rated
from samples.bills.roads import area_table, german
from samples.sheet import Sheet

D = Decimal
_FUEL = [[str(D("3.40") + D("0.10") * n), str(D("3.50") + D("0.10") * n), str(D("23.5") + n)] for n in range(9)]


def _class_freight(bill: Bill, one: Parcel, lane: str, percent: str) -> None:
    """Freight by class, less discount, and fuel on what is left."""
    tariff = bill.tariff
    gross, off, _, _ = rated(tariff, lane, one.freight_class, int(one.billed or 0))
    net = gross - off
    words, codes = tariff["words"], tariff["charge_codes"]
    one.charges = [Charge(words[0], gross, code=codes[0]), Charge(words[1], -off, "discount", codes[1])]
    if net < D(tariff["minimum"]):
        one.charges.append(Charge("Minimum charge adjustment", D(tariff["minimum"]) - net, "adjustment", "AMC"))
        net = D(tariff["minimum"])
    one.charges.append(Charge(words[2], cents(net * D(percent) / 100), "fuel", codes[2]))


def _at_discount(bill: Bill, one: Parcel, discount: str, percent: str, cause: str = "discount") -> None:
    """Bills a shipment at another discount, and the fuel that follows."""
    gross, off, fuel = one.charges[:3]
    wrong = cents(gross.amount * D(discount) / 100)
    fuel_wrong = cents((gross.amount - wrong) * D(percent) / 100)
    bill.wrong("overcharged", cause, one, "freight", gross.amount - wrong, gross.amount + off.amount)
    bill.wrong("overcharged", cause, one, "fuel", fuel_wrong, fuel.amount)
    off.amount, fuel.amount = -wrong, fuel_wrong


def tidewater() -> Bill:
    """A register of freight bills: a line a PRO, its charges below, discounts in brackets."""
    tariff = {
        "carrier": "Blue Heron Motor Freight, Inc.",
        "currency": "USD",
        "weight_unit": "lb",
        "valid_from": "2026-01-12",
        "valid_to": "2027-01-11",
        "discount": "74.0",
        "minimum": "105.00",
        "classes": {"50": "70", "60": "70", "70": "70", "85": "85", "100": "100", "125": "125"},
        "lanes": class_table("61.30", {"293-303": "1.00", "293-372": "1.08", "293-191": "1.41"}),
        "fuel_bands": _FUEL,
        "fuel_index": "DOE diesel",
        "fuel_base": "net freight",
        "surcharges": {
            "Liftgate at delivery": "78.00",
            "Notify before delivery": "24.00",
            "Residential stop": "102.00",
            "Overlength": "88.00",
        },
        "codes": {
            "Liftgate at delivery": "LGD",
            "Notify before delivery": "NBD",
            "Residential stop": "RSD",
            "Overlength": "OVL",
        },
        "words": ("Linehaul", "Customer discount", "Fuel surcharge (DOE index 3.92)"),
        "charge_codes": ("", "", ""),
    }
    bill = Bill(
        "blue_heron_register.pdf",
        "blue_heron_card.xlsx",
        tariff["carrier"],
        "BH-88140",
        date(2026, 3, 20),
        "USD",
        [],
        tariff,
    )
    ends = {"293-303": "ATLANTA GA 30336", "293-372": "NASHVILLE TN 37211", "293-191": "PHILADELPHIA PA 19148"}

    def one(n: int, lane: str, freight_class: str, pounds: int, more: tuple[str, ...] = ()) -> Parcel:
        parcel = Parcel(
            f"340{71822 + 11 * n}",
            date(2026, 3, 8 + n),
            "LTL",
            "",
            D(pounds),
            D(pounds),
            "lb",
            reference=f"{55010 + n}",
            origin="SPARTANBURG SC 29303",
            destination=ends[lane],
            freight_class=freight_class,
            pieces=1 + n % 4,
        )
        _class_freight(bill, parcel, lane, "28.5")
        parcel.charges += [Charge(name, D(tariff["surcharges"][name]), "accessorial") for name in more]
        bill.parcels.append(parcel)
        return parcel

    one(1, "293-303", "85", 1310, ("Notify before delivery",))
    _at_discount(bill, one(2, "293-372", "100", 2260), "70", "28.5")
    dearer(bill, one(3, "293-191", "70", 840, ("Liftgate at delivery",)), -1, "96.00")
    first = one(4, "293-303", "60", 350)
    extra(bill, one(5, "293-191", "125", 5400), "Driver unload", "150.00")
    dearer(bill, one(6, "293-372", "85", 3700, ("Residential stop",)), 2, "402.18")
    again_ltl(bill, first)
    return bill


def again_ltl(bill: Bill, one: Parcel) -> None:
    copy = Parcel(**{**one.__dict__, "charges": [Charge(**charge.__dict__) for charge in one.charges]})
    bill.parcels.append(copy)
    fuel = next(charge.amount for charge in copy.charges if charge.kind == "fuel")
    freight = sum((c.amount for c in copy.charges if c.kind in ("freight", "discount", "adjustment")), D(0))
    others = [(c.name, c.amount) for c in copy.charges if c.kind == "accessorial"]
    bill.twice(copy, ("freight", freight), ("fuel", fuel), *others)


def register_pdf(bill: Bill) -> bytes:
    out = io.BytesIO()
    page = Sheet(out, title=bill.number, size=LETTER)
    page.text(40, 40, bill.carrier, size=14, bold=True)
    page.text(40, 55, "1180 Asheville Highway, Spartanburg SC 29303", size=8)
    page.text(572, 40, "FREIGHT BILL REGISTER", size=12, bold=True, align="right")
    page.text(572, 56, f"Invoice number: {bill.number}", align="right")
    page.text(572, 68, f"Invoice date: {bill.day:%m/%d/%Y}", align="right")
    page.text(40, 84, "Bill to: Sample Valve Works, Spartanburg SC 29303")
    y = 112.0

    def heads(y: float) -> None:
        for x, text, align in (
            (40, "PRO Number", "left"),
            (105, "Ship date", "left"),
            (160, "BOL", "left"),
            (200, "Origin", "left"),
            (325, "Destination", "left"),
            (450, "Class", "left"),
            (510, "Weight lb", "right"),
            (572, "Amount", "right"),
        ):
            page.text(x, y, text, size=7.5, bold=True, align=align)

    heads(y)
    for one in bill.parcels:
        if y > 680:
            page.new_page()
            y = 60.0
            heads(y)
        y += 16
        for x, text, align in (
            (40, one.number, "left"),
            (105, f"{one.day:%m/%d/%Y}", "left"),
            (160, one.reference, "left"),
            (200, one.origin, "left"),
            (325, one.destination, "left"),
            (450, one.freight_class, "left"),
            (510, f"{one.billed:,}", "right"),
        ):
            page.text(x, y, text, size=8, align=align, bold=x == 40)
        for charge in one.charges:
            y += 11
            page.text(200, y, charge.name, size=8)
            shown = f"({-charge.amount:,.2f})" if charge.amount < 0 else f"{charge.amount:,.2f}"
            page.text(572, y, shown, size=8, align="right")
        y += 11
        page.text(450, y, "PRO total", size=8, bold=True)
        page.text(572, y, f"{one.total:,.2f}", size=8, bold=True, align="right")
    y += 24
    page.text(450, y, "Total due USD", bold=True)
    page.text(572, y, f"{bill.net:,.2f}", bold=True, align="right")
    page.save()
    return out.getvalue()


def eiderland() -> Bill:
    """German general cargo in blocks: a head line a Sendung, positions below; its card is a workbook."""
    areas = {"01": 4, "10": 3, "24": 0, "30": 1, "50": 3, "80": 5}
    tariff = {
        "carrier": "Eiderland Spedition GmbH & Co. KG",
        "currency": "EUR",
        "weight_unit": "kg",
        "country": "DE",
        "language": "de",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "areas": area_table("34.20", "5.15", "10.60", areas, (100, 250, 500, 750, 1000, 1500)),
        "toll": {area: str(cents(D("1.90") + D("0.95") * far)) for area, far in areas.items()},
        "fuel_flat": "8.4",
        "fuel_base": "freight",
        "surcharges": {
            "Avis": "3.80",
            "Hebebühne": "21.00",
            "Gefahrgutzuschlag": "17.50",
            "Samstagszustellung": "45.00",
        },
    }
    bill = Bill(
        "eiderland.pdf", "eiderland_card.xlsx", tariff["carrier"], "2026/30871", date(2026, 5, 31), "EUR", [], tariff
    )

    def one(n: int, postal: str, town: str, kilos: str, more: tuple[str, ...] = ()) -> Parcel:
        weight = D(kilos)
        freight = D(next(amount for top, amount in tariff["areas"][postal[:2]].items() if weight <= D(top)))
        parcel = Parcel(
            f"{4471200 + 31 * n}",
            date(2026, 5, 4 + 3 * n),
            "Stückgut",
            "",
            weight,
            weight,
            "kg",
            reference=f"LS-{9080 + n}",
            origin="24103 Kiel",
            destination=f"{postal} {town}",
            pieces=n,
        )
        parcel.charges = [
            Charge("Fracht", freight),
            Charge("Maut", D(tariff["toll"][postal[:2]]), "accessorial"),
            Charge("Dieselzuschlag", cents(freight * D("0.084")), "fuel"),
            *(Charge(name, D(tariff["surcharges"][name]), "accessorial") for name in more),
        ]
        bill.parcels.append(parcel)
        return parcel

    one(1, "30159", "Hannover", "220", ("Avis",))
    dearer(bill, one(2, "80331", "München", "640"), 2, "14.90")
    dear = one(3, "50667", "Köln", "480")
    fuel, wrong = dear.charges[2].amount, D(tariff["areas"]["50"]["750"])
    bill.wrong("overcharged", "wrong_rate", dear, "Fracht", wrong, dear.charges[0].amount)
    dear.charges[0].amount, dear.charges[2].amount = wrong, cents(wrong * D("0.084"))
    bill.wrong("overcharged", "wrong_rate", dear, "Dieselzuschlag", dear.charges[2].amount, fuel)
    dearer(bill, one(4, "01067", "Dresden", "95", ("Hebebühne",)), 3, "27.50")
    dearer(bill, one(5, "10115", "Berlin", "1210"), 1, "7.25")
    extra(bill, one(6, "24937", "Flensburg", "140"), "Palettentauschgebühr", "6.40")
    again(bill, one(7, "30449", "Hannover", "55", ("Gefahrgutzuschlag",)))
    bill.tax = cents(bill.net * D("0.19"))
    return bill


def blocks_pdf(bill: Bill) -> bytes:
    out = io.BytesIO()
    page = Sheet(out, title=bill.number)
    page.text(50, 46, bill.carrier, size=13, bold=True)
    page.text(50, 61, "Am Skandinaviendamm 40 · 24109 Kiel · USt-IdNr. DE811907980", size=8)
    page.text(50, 92, "Muster Pumpen GmbH, Werftstraße 9, 24143 Kiel")
    page.text(545, 92, f"Rechnungs-Nr. {bill.number}", align="right")
    page.text(545, 105, f"Rechnungsdatum: {bill.day:%d.%m.%Y}", align="right")
    page.text(50, 124, "Speditionsrechnung", size=12, bold=True)
    y = 150.0
    for one in bill.parcels:
        if y > 700:
            page.new_page()
            y = 60.0
        page.text(50, y, f"Sendung {one.number}", bold=True)
        page.text(150, y, f"Datum {one.day:%d.%m.%Y}")
        page.text(250, y, f"Lieferschein {one.reference}")
        page.text(380, y, f"{one.pieces} Packstücke")
        page.text(470, y, f"{german(one.billed or D(0), 0)} kg")
        y += 13
        page.text(64, y, f"von {one.origin} nach {one.destination}", size=9)
        for charge in one.charges:
            y += 12
            page.text(64, y, charge.name)
            page.text(545, y, german(charge.amount), align="right")
        y += 12
        page.text(380, y, "Summe Sendung", bold=True)
        page.text(545, y, german(one.total), align="right", bold=True)
        y += 20
    for label, amount in (
        ("Nettobetrag", bill.net),
        ("19 % MwSt.", bill.tax),
        ("Rechnungsbetrag EUR", bill.net + bill.tax),
    ):
        page.text(380, y, label, bold=True)
        page.text(545, y, german(amount), bold=True, align="right")
        y += 14
    page.save()
    return out.getvalue()


def juniper() -> Bill:
    """Freight bills as EDI of another carrier: charges with special charge codes, no names, a minimum."""
    tariff = {
        "carrier": "Juniper Basin Freight LLC",
        "currency": "USD",
        "weight_unit": "lb",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "discount": "66.5",
        "minimum": "118.00",
        "classes": {"50": "50", "60": "60", "70": "70", "85": "85", "100": "85", "125": "125"},
        "lanes": class_table("57.90", {"891-841": "1.00", "891-802": "1.22"}),
        "fuel_bands": _FUEL,
        "fuel_index": "DOE diesel",
        "fuel_base": "net freight",
        "surcharges": {"Liftgate": "72.00", "Inside delivery": "85.00", "Limited access": "64.00"},
        "codes": {"Liftgate": "LFT", "Inside delivery": "IDL", "Limited access": "LAD"},
        "words": ("Line haul", "Discount", "Fuel surcharge 27.5 % DOE 3.85"),
        "charge_codes": ("400", "DSC", "FUE"),
    }
    bill = Bill(
        "juniper_210.edi", "juniper_card.xlsx", tariff["carrier"], "J4450218", date(2026, 2, 27), "USD", [], tariff
    )
    ends = {"891-841": "SALT LAKE CITY UT 84104", "891-802": "DENVER CO 80216"}

    def one(n: int, lane: str, freight_class: str, pounds: int, more: tuple[str, ...] = ()) -> Parcel:
        parcel = Parcel(
            f"445021{80 + n}",
            date(2026, 2, 16 + n),
            "LTL",
            "",
            D(pounds),
            D(pounds),
            "lb",
            reference=f"SO{1207 + n}",
            origin="LAS VEGAS NV 89115",
            destination=ends[lane],
            freight_class=freight_class,
            pieces=n,
        )
        _class_freight(bill, parcel, lane, "27.5")
        parcel.charges += [
            Charge(name, D(tariff["surcharges"][name]), "accessorial", tariff["codes"][name]) for name in more
        ]
        bill.parcels.append(parcel)
        return parcel

    one(1, "891-841", "70", 640, ("Liftgate",))
    _at_discount(bill, one(2, "891-802", "125", 1800), "60", "27.5")
    dearer(bill, one(3, "891-841", "85", 3050, ("Inside delivery",)), -1, "110.00")
    unknown = one(4, "891-802", "50", 900)
    unknown.charges.append(Charge("Sorting", D("55.00"), "accessorial", "SRT"))
    bill.wrong("charge_not_on_card", "accessorial", unknown, "Sorting", D("55.00"), D("0.00"))
    dearer(bill, one(5, "891-841", "60", 2400), 2, "199.90")
    one(6, "891-802", "85", 210)
    return bill


_ISA = "ISA|00|          |00|          |02|JBFL           |01|004411220      |260227|0410|U|00401|"


def juniper_edi(bill: Bill) -> bytes:
    """One 210 a freight bill, element separator |, charges with their names in L1 as far as they have one."""
    control = int("".join(filter(str.isdigit, bill.number)))
    segments = [
        f"{_ISA}{control:09d}|0|P|:",
        f"GS|IM|JBFL|004411220|{bill.day:%Y%m%d}|0410|{control}|X|004010",
    ]
    for n, one in enumerate(bill.parcels, 1):
        amounts = [int(charge.amount * 100) for charge in one.charges]
        city, state, postal = one.destination.rsplit(" ", 2)
        own = [
            f"ST|210|{n:04d}",
            f"B3|B|{one.number}|{one.reference}|TP|L|{bill.day:%Y%m%d}|{sum(amounts)}||||JBFL",
            "C3|USD",
            f"N9|PO|{one.reference}",
            f"G62|11|{one.day:%Y%m%d}",
            "N1|SH|SAMPLE DRILLING|25|1",
            "N3|4100 SMILEY RD",
            "N4|LAS VEGAS|NV|89115|US",
            "N1|CN|ACME WELLS",
            f"N4|{city}|{state}|{postal}|US",
            "N1|BT|SAMPLE DRILLING",
            f"N1|RI|{bill.carrier.upper()}",
        ]
        for line, (charge, amount) in enumerate(zip(one.charges, amounts, strict=True), 1):
            own.append(f"LX|{line}")
            if line == 1:
                own += [
                    f"L5|1|DRILL PARTS|{one.freight_class.replace('.', '')}|Z",
                    f"L0|1|||{one.billed}|B|||{one.pieces}|PCS||L",
                ]
            named = f"||||{charge.name.upper()}" if charge.kind != "freight" else ""
            own.append(f"L1|{line}|||{amount}||||{charge.code}{named}")
            if line == 1:
                own.append(f"L7|1||||||{one.freight_class}")
        own.append(f"L3|{one.billed}|B|||{sum(amounts)}")
        segments += [*own, f"SE|{len(own) + 1}|{n:04d}"]
    segments += [f"GE|{len(bill.parcels)}|{control}", f"IEA|1|{control:09d}"]
    return "\n".join(f"{segment}~" for segment in segments).encode()


def stratus() -> Bill:
    """An airline's list of waybills, a workbook; its card is a PDF."""
    tariff: dict[str, Any] = {
        "carrier": "Stratus Air Cargo Ltd",
        "currency": "EUR",
        "weight_unit": "kg",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "from": "FRA",
        "air": {
            "ORD": [["0", "3.95"], ["45", "3.30"], ["100", "2.85"], ["300", "2.40"], ["500", "2.15"]],
            "SIN": [["0", "4.60"], ["45", "3.85"], ["100", "3.40"], ["300", "2.95"], ["500", "2.70"]],
            "GRU": [["0", "5.15"], ["45", "4.40"], ["100", "3.95"], ["300", "3.45"], ["500", "3.20"]],
        },
        "minimum": {"ORD": "80.00", "SIN": "90.00", "GRU": "95.00"},
        "per_kg": {"Fuel surcharge": "0.92", "Security surcharge": "0.15"},
        "surcharges": {"AWB fee": "18.00", "Handling": "32.00"},
    }
    bill = Bill(
        "stratus_awbs.xlsx", "stratus_card.pdf", tariff["carrier"], "SAC-10447", date(2026, 4, 30), "EUR", [], tariff
    )

    def one(n: int, to: str, kilos: str) -> Parcel:
        weight = D(kilos)
        best = min(max(weight, D(start)) * D(rate) for start, rate in tariff["air"][to])
        parcel = Parcel(
            f"233-{7700410 + 11 * n:08d}",
            date(2026, 4, 2 + 4 * n),
            "General cargo",
            "",
            weight,
            weight,
            "kg",
            origin="FRA",
            destination=to,
            pieces=2 * n,
        )
        parcel.charges = [
            Charge("Air freight", cents(max(best, D(tariff["minimum"][to])))),
            *(
                Charge(name, cents(weight * D(rate)), "fuel" if "Fuel" in name else "accessorial")
                for name, rate in tariff["per_kg"].items()
            ),
            *(Charge(name, D(amount), "accessorial") for name, amount in tariff["surcharges"].items()),
        ]
        bill.parcels.append(parcel)
        return parcel

    one(1, "ORD", "128")
    dear = one(2, "SIN", "290")
    assert dear.charges[0].amount == D("885.00")  # 300 kg at 2.95
    dearer(bill, dear, 0, "986.00", "deficit_weight")
    dearer(bill, one(3, "GRU", "61.5"), 1, "67.65")
    dearer(bill, one(4, "ORD", "540"), 4, "40.00")
    one(5, "SIN", "14")
    again(bill, one(6, "GRU", "310"))
    return bill


def stratus_xlsx(bill: Bill) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("CASS")
        for at, text in enumerate(
            (
                bill.carrier,
                f"Invoice number {bill.number}",
                f"Invoice date {bill.day:%d %b %Y}",
                "Bill to: Muster Messtechnik GmbH, 60549 Frankfurt",
            )
        ):
            sheet.write(at, 0, text)
        heads = [
            "AWB No",
            "Flight date",
            "Origin",
            "Dest",
            "Pcs",
            "Chargeable weight kg",
            *(charge.name for charge in bill.parcels[0].charges),
            "Total EUR",
        ]
        for column, text in enumerate(heads):
            sheet.write(5, column, text)
        for at, one in enumerate(bill.parcels, 6):
            values = [
                one.number,
                f"{one.day:%d %b %Y}",
                one.origin,
                one.destination,
                one.pieces,
                float(one.billed or 0),
                *(float(charge.amount) for charge in one.charges),
                float(one.total),
            ]
            for column, value in enumerate(values):
                sheet.write(at, column, value)
        sheet.write(at + 2, 0, "Invoice total EUR")
        sheet.write(at + 2, len(heads) - 1, float(bill.net))
    return out.getvalue()


def caravel() -> Bill:
    """A shipping line's bill: a block a bill of lading, charges by container."""
    tariff: dict[str, Any] = {
        "carrier": "Caravel Ocean Line S.A.",
        "currency": "USD",
        "weight_unit": "kg",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "ocean": {
            "CNSHA-DEHAM": {"20GP": "1450", "40GP": "2380", "40HC": "2430"},
            "CNSHA-ESVLC": {"20GP": "1320", "40GP": "2190", "40HC": "2240"},
            "VNSGN-DEHAM": {"20GP": "1610", "40GP": "2660", "40HC": "2710"},
        },
        "per_container": {"BAF": "315", "THC destination": "245", "ISPS": "14"},
        "per_bill": {"B/L fee": "55"},
        "surcharges": {"Telex release": "40"},
    }
    bill = Bill(
        "caravel_bls.pdf", "caravel_card.xlsx", tariff["carrier"], "INV-260418", date(2026, 5, 8), "USD", [], tariff
    )

    def one(n: int, lane: str, size: str, more: tuple[str, ...] = ()) -> Parcel:
        start, end = lane.split("-")
        parcel = Parcel(
            f"CVLU26{40711 + 13 * n}",
            date(2026, 4, 3 + 5 * n),
            "FCL",
            "",
            None,
            None,
            "kg",
            reference=f"TCNU{4410020 + n}",
            origin=start,
            destination=end,
        )
        parcel.charges = [
            Charge(f"Ocean freight 1 x {size}", D(tariff["ocean"][lane][size]).quantize(D("0.01"))),
            *(
                Charge(name, D(amount).quantize(D("0.01")), "fuel" if name == "BAF" else "accessorial")
                for name, amount in tariff["per_container"].items()
            ),
            Charge("B/L fee", D("55.00"), "accessorial"),
            *(Charge(name, D(tariff["surcharges"][name]).quantize(D("0.01")), "accessorial") for name in more),
        ]
        bill.parcels.append(parcel)
        return parcel

    one(1, "CNSHA-DEHAM", "40HC")
    dearer(bill, one(2, "CNSHA-ESVLC", "20GP"), 0, "1450.00")
    dearer(bill, one(3, "VNSGN-DEHAM", "40HC", ("Telex release",)), 2, "275.00")
    extra(bill, one(4, "CNSHA-DEHAM", "40GP"), "Equipment imbalance surcharge", "120.00")
    again(bill, one(5, "CNSHA-DEHAM", "20GP"))
    return bill


def lading_pdf(bill: Bill) -> bytes:
    out = io.BytesIO()
    page = Sheet(out, title=bill.number)
    page.text(50, 46, bill.carrier, size=14, bold=True)
    page.text(50, 61, "Avenida del Puerto 12, 46023 Valencia · VAT ESA46103834", size=8)
    page.text(545, 46, "INVOICE", size=14, bold=True, align="right")
    page.text(545, 62, f"Invoice no. {bill.number}", align="right")
    page.text(545, 75, f"Invoice date {bill.day:%d %b %Y}", align="right")
    page.text(50, 92, "Sample Furniture GmbH, Am Sandtorkai 2, 20457 Hamburg")
    y = 124.0
    for one in bill.parcels:
        if y > 700:
            page.new_page()
            y = 60.0
        page.text(50, y, f"B/L No. {one.number}", bold=True)
        page.text(200, y, f"On board {one.day:%d %b %Y}")
        page.text(330, y, f"Container {one.reference}")
        y += 13
        page.text(62, y, f"From {one.origin} to {one.destination}")
        for charge in one.charges:
            y += 12
            page.text(62, y, charge.name)
            page.text(545, y, f"{charge.amount:,.2f}", align="right")
        y += 12
        page.text(400, y, "Total B/L", bold=True)
        page.text(545, y, f"{one.total:,.2f}", bold=True, align="right")
        y += 20
    page.text(400, y, "Invoice total USD", bold=True)
    page.text(545, y, f"{bill.net:,.2f}", bold=True, align="right")
    page.save()
    return out.getvalue()
