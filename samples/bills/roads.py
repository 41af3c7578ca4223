"""European hauliers and a forwarder: lists of shipments on paper, in German, French and English."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

from reportlab.lib.pagesizes import A4, landscape

from samples.bills.books import Bill, Charge, Parcel, cents
from samples.sheet import Sheet

D = Decimal


def german(value: Decimal, places: int = 2) -> str:
    return f"{value:,.{places}f}".replace(",", "_").replace(".", ",").replace("_", ".")


def french(value: Decimal, places: int = 2) -> str:
    return f"{value:,.{places}f}".replace(",", " ").replace(".", ",")


def area_table(
    base: str, per_zone: str, per_break: str, areas: dict[str, int], tops: tuple[int, ...]
) -> dict[str, Any]:
    """Area → weight up to → price a shipment."""
    return {
        area: {
            str(top): str(cents(D(base) + D(per_zone) * far + D(per_break) * n * (1 + D("0.15") * far)))
            for n, top in enumerate(tops)
        }
        for area, far in areas.items()
    }


def _by_area(tariff: dict[str, Any], postal: str, weight: Decimal) -> Decimal:
    table = tariff["areas"][postal[:2]]
    return D(next(price for top, price in table.items() if weight <= D(top)))


def weserland() -> Bill:
    """German general cargo: freight by postcode area and weight, toll and diesel floater in columns of their own."""
    areas = {"10": 2, "20": 1, "28": 0, "40": 2, "60": 3, "70": 4, "80": 5, "90": 4}
    tariff = {
        "carrier": "Weserland Spedition GmbH",
        "currency": "EUR",
        "weight_unit": "kg",
        "country": "DE",
        "language": "de",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "areas": area_table("38.50", "4.80", "11.20", areas, (100, 200, 300, 500, 750, 1000, 1500, 2000, 2500)),
        "toll": {area: str(cents(D("2.10") + D("0.85") * far)) for area, far in areas.items()},
        "fuel_flat": "9.5",
        "fuel_base": "freight",
        "surcharges": {"Avisierung": "4.50", "Hebebühne": "18.00", "Gefahrgut": "22.00"},
    }
    bill = Bill(
        "weserland_liste.pdf",
        "weserland_card.xlsx",
        "Weserland Spedition GmbH",
        "26-04711",
        date(2026, 5, 4),
        "EUR",
        [],
        tariff,
    )

    def row(n: int, postal: str, town: str, weight: str, extra: str = "") -> Parcel:
        kilos = D(weight)
        freight = _by_area(tariff, postal, kilos)
        one = Parcel(
            f"WL26{40210 + 3 * n}",
            date(2026, 4, 13 + n % 14),
            "Stückgut",
            "",
            kilos,
            kilos,
            "kg",
            reference=f"LS {88100 + n}",
            origin="28195 Bremen",
            destination=f"{postal} {town}",
        )
        one.charges = [
            Charge("Fracht", freight),
            Charge("Maut", D(tariff["toll"][postal[:2]]), "accessorial"),
            Charge("Diesel", cents(freight * D("0.095")), "fuel"),
        ]
        one.charges += [Charge(extra, D(tariff["surcharges"][extra]), "accessorial")] if extra else []
        bill.parcels.append(one)
        return one

    row(1, "80331", "München", "86")
    row(2, "20095", "Hamburg", "412.5", "Avisierung")
    dear = row(3, "60311", "Frankfurt", "950")
    right, fuel = dear.charges[0].amount, dear.charges[2].amount
    dear.charges[0].amount = right + D("12.40")
    dear.charges[2].amount = cents(dear.charges[0].amount * D("0.095"))
    bill.wrong("overcharged", "wrong_rate", dear, "Fracht", dear.charges[0].amount, right)
    bill.wrong("overcharged", "wrong_rate", dear, "Diesel", dear.charges[2].amount, fuel)
    row(4, "10115", "Berlin", "1480")
    row(5, "70173", "Stuttgart", "205", "Hebebühne")
    high = row(6, "40213", "Düsseldorf", "640")
    fuel = high.charges[2].amount
    high.charges[2].amount = cents(high.charges[0].amount * D("0.12"))
    bill.wrong("overcharged", "fuel", high, "Diesel", high.charges[2].amount, fuel)
    toll = row(7, "90402", "Nürnberg", "77")
    right = toll.charges[1].amount
    toll.charges[1].amount = right + D("3.15")
    bill.wrong("overcharged", "accessorial", toll, "Maut", toll.charges[1].amount, right)
    row(8, "28203", "Bremen", "2310")
    first = bill.parcels[1]
    copy = Parcel(**{**first.__dict__, "charges": [Charge(**c.__dict__) for c in first.charges]})
    bill.parcels.append(copy)
    bill.twice(copy, *((c.name, c.amount) for c in copy.charges))
    bill.tax = cents(bill.net * D("0.19"))
    return bill


def weserland_pdf(bill: Bill) -> bytes:
    """A landscape list: a row a shipment, its charges in columns, a sum below each column."""
    out = io.BytesIO()
    sheet = Sheet(out, title=bill.number, size=landscape(A4))
    sheet.text(40, 40, bill.carrier, size=14, bold=True)
    sheet.text(40, 56, "Güterbahnhof 7 · 28195 Bremen · USt-IdNr. DE296553470", size=8)
    sheet.text(40, 84, "Muster Armaturen GmbH, Industrieweg 3, 28309 Bremen", size=9)
    sheet.text(40, 116, "Rechnung", size=13, bold=True)
    sheet.text(600, 84, f"Rechnungsnummer {bill.number}")
    sheet.text(600, 97, f"Rechnungsdatum {bill.day:%d.%m.%Y}")
    xs = {
        "Datum": 40,
        "Sendungsnr.": 100,
        "Referenz": 175,
        "PLZ": 240,
        "Empfangsort": 280,
        "kg": 415,
        "Fracht": 480,
        "Maut": 540,
        "Diesel": 600,
        "Sonstiges": 700,
        "Gesamt": 800,
    }
    right = ("kg", "Fracht", "Maut", "Diesel", "Sonstiges", "Gesamt")
    y = 144.0
    for name, x in xs.items():
        sheet.text(x, y, name, size=8, bold=True, align="right" if name in right else "left")
    for one in bill.parcels:
        y += 14
        postal, town = one.destination.split(" ", 1)
        other = one.charges[3] if len(one.charges) > 3 else None
        cells = {
            "Datum": f"{one.day:%d.%m.%y}",
            "Sendungsnr.": one.number,
            "Referenz": one.reference,
            "PLZ": postal,
            "Empfangsort": town,
            "kg": german(one.billed or D(0), 1),
            "Fracht": german(one.charges[0].amount),
            "Maut": german(one.charges[1].amount),
            "Diesel": german(one.charges[2].amount),
            "Sonstiges": f"{other.name} {german(other.amount)}" if other else "",
            "Gesamt": german(one.total),
        }
        for name, text in cells.items():
            sheet.text(xs[name], y, text, size=8, align="right" if name in right else "left")
    y += 20
    for label, amount in (
        ("Summe netto", bill.net),
        ("zzgl. 19 % MwSt.", bill.tax),
        ("Rechnungsbetrag EUR", bill.net + bill.tax),
    ):
        sheet.text(600, y, label, size=9, bold=label.startswith("Rech"))
        sheet.text(800, y, german(amount), size=9, align="right", bold=label.startswith("Rech"))
        y += 14
    sheet.text(40, 560, "Zahlbar innerhalb 14 Tagen ohne Abzug.", size=8)
    sheet.save()
    return out.getvalue()


def rhodanienne() -> Bill:
    """French haulier: price by department and weight, a fuel index foot, a statement of consignments."""
    departments = {"13": 1, "31": 3, "33": 4, "44": 5, "59": 5, "67": 3, "69": 0, "75": 3}
    tariff = {
        "carrier": "Transports Rhodanienne SAS",
        "currency": "EUR",
        "weight_unit": "kg",
        "country": "FR",
        "language": "fr",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "areas": area_table("31.00", "5.60", "9.40", departments, (50, 100, 200, 300, 500, 800, 1000, 1500)),
        "fuel_flat": "7.8",
        "fuel_base": "freight",
        "surcharges": {"Prise de rendez-vous": "6.00", "Hayon": "25.00", "Matières dangereuses": "19.50"},
    }
    bill = Bill(
        "rhodanienne_releve.pdf",
        "rhodanienne_card.xlsx",
        "Transports Rhodanienne SAS",
        "FA260512-88",
        date(2026, 5, 12),
        "EUR",
        [],
        tariff,
    )

    def row(n: int, postal: str, town: str, weight: str, extra: str = "") -> Parcel:
        kilos = D(weight)
        freight = _by_area(tariff, postal, kilos)
        one = Parcel(
            f"RH{510300 + 17 * n}",
            date(2026, 4, 20 + n % 9),
            "Messagerie",
            "",
            kilos,
            kilos,
            "kg",
            reference=f"BL{4400 + n}",
            origin="69007 Lyon",
            destination=f"{postal} {town}",
            pieces=n,
        )
        one.charges = [Charge("Transport", freight), Charge("Surcharge gazole", cents(freight * D("0.078")), "fuel")]
        one.charges += [Charge(extra, D(tariff["surcharges"][extra]), "accessorial")] if extra else []
        bill.parcels.append(one)
        return one

    row(1, "13002", "Marseille", "74")
    row(2, "31000", "Toulouse", "260", "Hayon")
    dear = row(3, "59000", "Lille", "690")
    right, fuel = dear.charges[0].amount, dear.charges[1].amount
    wrong = _by_area(tariff, "59000", D(900))
    dear.charges[0].amount, dear.charges[1].amount = wrong, cents(wrong * D("0.078"))
    bill.wrong("overcharged", "wrong_rate", dear, "Transport", wrong, right)
    bill.wrong("overcharged", "wrong_rate", dear, "Surcharge gazole", dear.charges[1].amount, fuel)
    row(4, "75011", "Paris", "41")
    fee = row(5, "44000", "Nantes", "505", "Prise de rendez-vous")
    fee.charges[2].amount = D("9.00")
    bill.wrong("overcharged", "accessorial", fee, "Prise de rendez-vous", D("9.00"), D("6.00"))
    unknown = row(6, "67000", "Strasbourg", "120")
    unknown.charges.append(Charge("Frais de gestion sûreté", D("2.20"), "accessorial"))
    bill.wrong("charge_not_on_card", "accessorial", unknown, "Frais de gestion sûreté", D("2.20"), D("0.00"))
    row(7, "33000", "Bordeaux", "1490")
    bill.tax = cents(bill.net * D("0.2"))
    return bill


def rhodanienne_pdf(bill: Bill) -> bytes:
    """A block a consignment: a line that names it, then its charges one below the other, then its sum."""
    out = io.BytesIO()
    sheet = Sheet(out, title=bill.number, font="Times-Roman")
    sheet.text(50, 46, bill.carrier, size=15, bold=True)
    sheet.text(50, 62, "12 quai du Rhône, 69007 Lyon · TVA FR40303265045", size=8)
    sheet.text(545, 46, f"Facture n° {bill.number}", size=11, align="right", bold=True)
    sheet.text(545, 62, f"Date : {bill.day:%d/%m/%Y}", align="right")
    sheet.text(300, 90, "Exemple Robinetterie SARL, 8 rue des Ateliers, 69007 Lyon", size=9)
    y = 120.0
    for one in bill.parcels:
        if y > 730:
            sheet.new_page()
            y = 60.0
        sheet.text(50, y, f"Récépissé {one.number} du {one.day:%d/%m/%Y}", bold=True)
        sheet.text(250, y, f"Réf. {one.reference}")
        sheet.text(330, y, f"{one.pieces} colis")
        sheet.text(390, y, f"{german(one.billed or D(0), 0)} kg")
        y += 13
        sheet.text(62, y, f"De {one.origin} à {one.destination}", size=9)
        for charge in one.charges:
            y += 12
            sheet.text(62, y, charge.name, size=9)
            sheet.text(545, y, french(charge.amount), size=9, align="right")
        y += 12
        sheet.text(330, y, f"Total récépissé {one.number}", size=9, bold=True)
        sheet.text(545, y, french(one.total), size=9, bold=True, align="right")
        y += 20
    for label, amount in (("Total HT", bill.net), ("TVA 20 %", bill.tax), ("Total TTC EUR", bill.net + bill.tax)):
        sheet.text(330, y, label, size=10, bold=True)
        sheet.text(545, y, french(amount), size=10, bold=True, align="right")
        y += 14
    sheet.save()
    return out.getvalue()


def meridian() -> Bill:
    """A forwarder's bill: house air waybills with air freight by weight break, handling and security."""
    tariff = {
        "carrier": "Meridian Forwarding Ltd",
        "currency": "GBP",
        "weight_unit": "kg",
        "valid_from": "2026-03-01",
        "valid_to": "2026-12-31",
        "from": "LHR",
        "air": {
            "NRT": [["0", "5.10"], ["45", "4.35"], ["100", "3.90"], ["300", "3.55"]],
            "JFK": [["0", "3.40"], ["45", "2.95"], ["100", "2.60"], ["300", "2.25"]],
            "DXB": [["0", "2.95"], ["45", "2.50"], ["100", "2.15"], ["300", "1.90"]],
        },
        "minimum": {"NRT": "95.00", "JFK": "75.00", "DXB": "70.00"},
        "per_kg": {"Fuel surcharge": "0.85", "Security surcharge": "0.12"},
        "surcharges": {"Airline handling": "28.00", "Export clearance": "45.00", "AWB fee": "15.00"},
    }
    bill = Bill(
        "meridian_awbs.pdf",
        "meridian_card.xlsx",
        "Meridian Forwarding Ltd",
        "MF-20988",
        date(2026, 6, 30),
        "GBP",
        [],
        tariff,
    )

    def waybill(n: int, to: str, kilos: str) -> Parcel:
        weight = D(kilos)
        breaks = [(D(a), D(b)) for a, b in tariff["air"][to]]
        prices = [max(weight, start) * rate for start, rate in breaks]
        freight = cents(max(D(tariff["minimum"][to]), min(prices)))
        one = Parcel(
            f"MFL-{880 + n}",
            date(2026, 6, 3 + 3 * n),
            "Air freight",
            "",
            weight,
            weight,
            "kg",
            reference=f"176-4410 {2210 + n}",
            origin="LHR",
            destination=to,
            pieces=n + 1,
        )
        one.charges = [Charge("Air freight", freight)]
        one.charges += [
            Charge(name, cents(weight * D(rate)), "fuel" if "Fuel" in name else "accessorial")
            for name, rate in tariff["per_kg"].items()
        ]
        one.charges += [Charge(name, D(amount), "accessorial") for name, amount in tariff["surcharges"].items()]
        bill.parcels.append(one)
        return one

    waybill(1, "JFK", "62")
    dear = waybill(2, "NRT", "310")
    right = dear.charges[0].amount
    dear.charges[0].amount = cents(D("3.90") * 310)
    bill.wrong("overcharged", "wrong_rate", dear, "Air freight", dear.charges[0].amount, right)
    waybill(3, "DXB", "88.5")
    fee = waybill(4, "JFK", "140")
    fee.charges[3].amount = D("34.00")
    bill.wrong("overcharged", "accessorial", fee, "Airline handling", D("34.00"), D("28.00"))
    waybill(5, "DXB", "12")
    return bill


def meridian_pdf(bill: Bill) -> bytes:
    """One table: a row of the waybill, then its charges indented, amounts in the last column."""
    out = io.BytesIO()
    sheet = Sheet(out, title=bill.number)
    sheet.text(50, 44, bill.carrier, size=14, bold=True)
    sheet.text(50, 60, "Unit 4, Heston Gate, Hounslow TW5 9NB · VAT GB 340 7784 12", size=8)
    sheet.text(545, 44, "INVOICE", size=14, bold=True, align="right")
    sheet.text(545, 62, f"Invoice number: {bill.number}", align="right")
    sheet.text(545, 75, f"Invoice date: {bill.day:%d %B %Y}", align="right")
    sheet.text(50, 92, "Sample Instruments plc, 2 Mill Lane, Reading RG1 8AA")
    y = 125.0
    for x, text, align in (
        (50, "HAWB", "left"),
        (110, "MAWB", "left"),
        (200, "Flight date", "left"),
        (270, "From", "left"),
        (305, "To", "left"),
        (370, "Pieces", "right"),
        (440, "Chargeable kg", "right"),
        (545, "Amount GBP", "right"),
    ):
        sheet.text(x, y, text, size=8, bold=True, align=align)
    for one in bill.parcels:
        y += 18
        for x, text, align in (
            (50, one.number, "left"),
            (110, one.reference, "left"),
            (200, f"{one.day:%d/%m/%Y}", "left"),
            (270, one.origin, "left"),
            (305, one.destination, "left"),
            (370, str(one.pieces), "right"),
            (440, f"{one.billed:.1f}", "right"),
        ):
            sheet.text(x, y, text, size=8.5, align=align, bold=x == 50)
        for charge in one.charges:
            y += 12
            sheet.text(110, y, charge.name, size=8.5)
            sheet.text(545, y, f"{charge.amount:,.2f}", size=8.5, align="right")
        y += 12
        sheet.text(440, y, f"Total {one.number}", size=8.5, align="right", bold=True)
        sheet.text(545, y, f"{one.total:,.2f}", size=8.5, align="right", bold=True)
    y += 24
    sheet.text(440, y, "Invoice total GBP", size=10, bold=True, align="right")
    sheet.text(545, y, f"{bill.net:,.2f}", size=10, bold=True, align="right")
    sheet.text(50, y + 24, "Zero-rated for VAT: international freight transport.", size=8)
    sheet.save()
    return out.getvalue()
