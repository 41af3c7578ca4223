"""A third set, all on paper, drawn after the rules were mended by the first two: eight layouts of blocks and lists."""

from __future__ import annotations

from datetime import date

from reportlab.lib.pagesizes import A4, LETTER

from samples.bills.books import Charge, Parcel, cents
from samples.bills.ltl import class_table
from samples.bills.parcels import zone_table
from samples.bills.roads import area_table
from tests.drawn_bills.books import (
    D,
    Drawn,
    Paper,
    again,
    bill_of,
    by_area,
    by_class,
    charge_again,
    comma,
    dearer,
    discount_of,
    freight_of,
    parcel,
    tariff,
    unknown,
)


def redstone() -> Drawn:
    """One freight bill a page, as LTL carriers mail them: a form with labels above values, and a table of charges."""
    ends = {"805-871": "ALBUQUERQUE NM 87107", "805-641": "KANSAS CITY MO 64120"}
    of = tariff(
        "Redstone Motor Lines", "USD", "lb", classes={"50": "50", "70": "70", "85": "85", "100": "100", "125": "125"},
        lanes=class_table("52.20", {"805-871": "1.00", "805-641": "1.20"}), ends=ends, discount="69.0", minimum="110.00", percent="27.0",
        fuel_flat="27.0", fuel_base="net freight", codes={}, words=("Freight", "Discount 69.0%", "Fuel surcharge 27.0%", "Minimum charge"),
        surcharges={"Liftgate delivery": "76.00", "Inside delivery": "92.00", "Notify consignee": "21.00"}, **{"from": "FORT COLLINS CO 80524"},
    )  # fmt: skip
    bill = bill_of("redstone_bills.pdf", of, "RML-40991", date(2026, 9, 25))

    def one(n: int, lane: str, class_: str, pounds: int, *extra: str) -> Parcel:
        return by_class(
            bill,
            f"7004{4100 + 13 * n}",
            date(2026, 9, 10 + n),
            lane,
            class_,
            pounds,
            *extra,
            reference=f"BL-77{n}0",
            pieces=n,
        )

    one(1, "805-871", "85", 1650, "Notify consignee")
    discount_of(bill, one(2, "805-641", "70", 2900), "62")
    dearer(bill, one(3, "805-871", "125", 700, "Liftgate delivery"), 3, "95.00")
    unknown(bill, one(4, "805-641", "50", 7000), "Congestion charge", "18.00")
    one(5, "805-871", "100", 190)

    page = Paper(bill.number, LETTER, top=40, bottom=740)
    for at, each in enumerate(bill.parcels):
        if at:
            page.sheet.new_page()
            page.y = 40
        page.row((40, bill.carrier), (-570, "FREIGHT BILL"), bold=True, size=13, step=16)
        page.row(
            (40, "PO Box 771, Denver CO 80201"), (-570, f"Invoice {bill.number}  page {at + 1} of {len(bill.parcels)}")
        )
        page.row((40, "Bill to: Example Fabrication LLC"), (-570, f"Invoice date {bill.day:%m/%d/%Y}"), step=24)
        page.row((40, "PRO number"), (160, "Ship date"), (260, "B/L number"), (360, "Terms"), bold=True, size=7)
        page.row((40, each.number), (160, f"{each.day:%m/%d/%Y}"), (260, each.reference), (360, "Prepaid"), step=18)
        page.row((40, "Shipper"), (310, "Consignee"), bold=True, size=7)
        page.row((40, "Example Fabrication LLC"), (310, "Acme Works"))
        page.row((40, each.origin), (310, each.destination), step=20)
        page.row(
            (40, "Pieces"),
            (90, "Description"),
            (-340, "Weight lb"),
            (-390, "Class"),
            (-480, "Rate"),
            (-570, "Charges"),
            bold=True,
        )
        for charge in each.charges:
            goods = charge.kind == "freight"
            page.row((40, str(each.pieces) if goods else ""), (90, charge.name), (-340, f"{each.billed:,}" if goods else ""),
                     (-390, each.freight_class if goods else ""), (-570, f"{charge.amount:,.2f}" if charge.amount > 0 else f"{-charge.amount:,.2f}-"))  # fmt: skip
        page.row((390, "Total this bill"), (-570, f"{each.total:,.2f}"), bold=True, step=20)
    page.row((390, "Invoice total USD"), (-570, f"{bill.net:,.2f}"), bold=True)
    return Drawn([bill], page.done())


def lakeshore() -> Drawn:
    """American parcels on paper: a line a parcel, its surcharges as lines below with their amounts, no sum of each."""
    of = tariff(
        "Lakeshore Parcel", "USD", "lb", services={"Ground": zone_table("7.75", "0.66", "0.31", range(2, 9), 50)}, fuel={"Ground": "15.0"},
        words=("Ground", "Fuel Surcharge"), surcharges={"Residential": "4.85", "Delivery Area": "3.60", "Address Correction": "17.50"},
    )  # fmt: skip
    bill = bill_of("lakeshore_detail.pdf", of, "0077-LS-311", date(2026, 7, 11))

    def one(n: int, zone: str, pounds: str, *extra: str) -> Parcel:
        return parcel(bill, f"LS99001{n:06d}", date(2026, 7, 1 + n), "Ground", zone, pounds, *extra, reference=f"R{n}")

    one(1, "4", "12", "Residential")
    dearer(bill, one(2, "3", "8"), 0, "13.99")
    bill.findings[-1]["cause"] = "wrong_rate"
    charge_again(bill, one(3, "6", "25", "Address Correction"), 2)
    dearer(bill, one(4, "8", "3", "Delivery Area"), 2, "4.40")
    unknown(bill, one(5, "5", "41"), "Peak Demand", "1.75")
    again(bill, one(6, "2", "30", "Residential"))
    page = Paper(bill.number, LETTER, top=40, bottom=740)
    page.row((40, bill.carrier), (-570, f"Invoice Number {bill.number}"), bold=True, size=12, step=15)
    page.row((40, "Shipment detail"), (-570, f"Invoice Date {bill.day:%B %d, %Y}"), step=22)
    page.row(
        (40, "Ship Date"),
        (110, "Tracking Number"),
        (230, "Service"),
        (-330, "Zone"),
        (-390, "Weight (lb)"),
        (410, "Charge"),
        (-570, "Amount"),
        bold=True,
    )
    for each in bill.parcels:
        page.room(13 * len(each.charges))
        for at, charge in enumerate(each.charges):
            facts = [
                (40, f"{each.day:%m/%d/%Y}"),
                (110, each.number),
                (230, each.service),
                (-330, each.zone),
                (-390, str(each.billed)),
            ]
            page.row(*(facts if at == 0 else []), (410, charge.name), (-570, f"{charge.amount:,.2f}"), step=12)
    page.row((410, "Total charges USD"), (-570, f"{bill.net:,.2f}"), bold=True)
    return Drawn([bill], page.done())


def havel() -> Drawn:
    """German haulier: Sendung blocks with a dotted line of facts and the sum at the right of the last charge."""
    places = {"10": 0, "20": 2, "30": 2, "50": 4, "70": 4, "80": 5}
    of = tariff(
        "Havelland Transporte KG", "EUR", "kg", country="DE", language="de", fuel_flat="7.8",
        areas=area_table("31.00", "4.40", "8.80", places, (100, 250, 500, 1000, 2000)), words=("Transportkosten", "Dieselfloater"),
        surcharges={"Neutralitätszuschlag": "6.00", "Terminzustellung": "14.50", "Ladehilfsmittel": "3.20"},
    )  # fmt: skip
    bill = bill_of("havelland.pdf", of, "2026-11807", date(2026, 8, 14))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(
            bill,
            f"HT{88010 + 7 * n}",
            date(2026, 8, 2 + n),
            place,
            kilos,
            *extra,
            reference=f"{7700 + n}",
            origin="14467 Potsdam",
            pieces=n,
        )

    one(1, "20457 Hamburg", "320", "Ladehilfsmittel")
    dear = one(2, "50667 Köln", "980")
    freight_of(bill, dear, dear.charges[0].amount + D("15.00"), "7.8", "wrong_rate")
    dearer(bill, one(3, "80331 München", "140", "Terminzustellung"), 2, "19.50")
    unknown(bill, one(4, "30159 Hannover", "75"), "Bearbeitungsgebühr", "4.00")
    week = one(5, "70173 Stuttgart", "1900", "Neutralitätszuschlag")
    dearer(bill, week, 1, str(cents(week.charges[0].amount * D("0.098"))))
    bill.tax = cents(bill.net * D("0.19"))
    page = Paper(bill.number, A4, top=50, bottom=770)
    page.row((50, bill.carrier), bold=True, size=13, step=16)
    page.row((50, "Hafenstraße 3 · 14467 Potsdam · USt-IdNr. DE136695976"), step=20)
    page.row((50, "Muster Möbel GmbH, 14482 Potsdam"), (-545, f"Rechnung {bill.number}"))
    page.row((-545, f"Datum: {bill.day:%d.%m.%Y}"), step=24)
    for each in bill.parcels:
        page.room(60)
        page.row(
            (50, f"Sendungs-Nr.: {each.number}"),
            (190, f"vom {each.day:%d.%m.%Y}"),
            (300, f"Lieferschein: {each.reference}"),
            bold=True,
        )
        page.row(
            (50, f"Von: {each.origin}"),
            (200, f"Nach: {each.destination}"),
            (350, f"{each.pieces} Colli"),
            (430, f"{comma(each.billed, 0)} kg"),
        )
        for charge in each.charges:
            page.row((70, charge.name), (-545, f"{comma(charge.amount)} €"))
        page.row((430, "Zwischensumme"), (-545, f"{comma(each.total)} €"), step=18)
    for label, amount in (("Nettosumme", bill.net), ("USt. 19 %", bill.tax), ("Gesamtbetrag EUR", bill.net + bill.tax)):
        page.row((400, label), (-545, f"{comma(amount)} €"), bold=True)
    return Drawn([bill], page.done())


def meseta() -> Drawn:
    """Spanish list on paper with a page of its own for totals, decimal commas, abbreviations."""
    places = {"28": 0, "08": 3, "41": 2, "46": 1, "48": 2}
    of = tariff(
        "Meseta Express S.A.", "EUR", "kg", country="ES", fuel_flat="11.2",
        areas=area_table("9.20", "2.10", "3.30", places, (5, 10, 25, 50, 100)), words=("Portes", "Combust."),
        surcharges={"Reembolso": "4.10", "Seguro": "1.50"},
    )  # fmt: skip
    bill = bill_of("meseta_expediciones.pdf", of, "A26/00871", date(2026, 2, 27))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(
            bill, f"28{700100 + 3 * n}", date(2026, 2, 2 + n % 20), place, kilos, *extra, reference=f"P{n}", pieces=1
        )

    for n in range(1, 26):
        got = one(n, ("08001 Barcelona", "41001 Sevilla", "46001 Valencia", "48001 Bilbao")[n % 4], str(D("3.5") * n), *(("Reembolso",) if n % 3 == 0 else ()),
                  *(("Seguro",) if n % 5 == 0 else ()))  # fmt: skip
        if n == 6:
            dearer(bill, got, 2, "5.60")
        if n == 11:
            freight_of(bill, got, got.charges[0].amount + D("4.40"), "11.2", "wrong_rate")
        if n == 17:
            dearer(bill, got, 1, str(cents(got.charges[0].amount * D("0.14"))))
    again(bill, bill.parcels[7])
    bill.tax = cents(bill.net * D("0.21"))

    def head(page: Paper) -> None:
        page.y = 40
        page.row((40, bill.carrier), (-555, f"Factura {bill.number}"), bold=True, size=12, step=14)
        page.row((40, "CIF A28104882 · Madrid"), (-555, f"Fecha factura {bill.day:%d/%m/%Y}"), step=20)
        page.row((40, "Expedición"), (105, "Fecha"), (165, "CP"), (200, "Destino"), (-300, "Kgs"), (-360, "Portes"), (-415, "Combust."), (-470, "Reemb."),
                 (-515, "Seguro"), (-555, "Total"), bold=True, size=7.5)  # fmt: skip

    page = Paper(bill.number, A4, head, top=40, bottom=420)
    for each in bill.parcels:
        page.room(13)
        postal, town = each.destination.split(" ", 1)
        named = {c.name: comma(c.amount) for c in each.charges}
        page.row((40, each.number), (105, f"{each.day:%d/%m/%Y}"), (165, postal), (200, town), (-300, comma(each.billed, 1)), (-360, named["Portes"]),
                 (-415, named["Combust."]), (-470, named.get("Reembolso", "")), (-515, named.get("Seguro", "")), (-555, comma(each.total)))  # fmt: skip
    for one_ in bill.parcels:
        for charge in one_.charges:
            charge.name = "Reemb." if charge.name == "Reembolso" else charge.name
    for label, amount in (
        ("Base imponible", bill.net),
        ("IVA 21%", bill.tax),
        ("Total factura EUR", bill.net + bill.tax),
    ):
        page.row((400, label), (-555, comma(amount)), bold=True)
    return Drawn([bill], page.done())


def norrland() -> Drawn:
    """Air waybills of a forwarder: a block of two columns each, charges to the left, their sums to the right."""
    of = tariff(
        "Norrland Airfreight AB", "EUR", "kg", round_up="", air={"JFK": [["0", "4.40"], ["45", "3.70"], ["100", "3.20"], ["300", "2.80"]],
        "HKG": [["0", "5.20"], ["45", "4.50"], ["100", "3.90"], ["300", "3.45"]]}, minimum={"JFK": "90.00", "HKG": "105.00"},
        per_kg={"Fuel surcharge": "0.95", "Security fee": "0.18"}, surcharges={"AWB fee": "24.00", "Export customs": "45.00"}, **{"from": "ARN"},
    )  # fmt: skip
    bill = bill_of("norrland_awbs.pdf", of, "NA-260611", date(2026, 6, 11))

    def one(n: int, to: str, kilos: str, *extra: str) -> Parcel:
        weight = D(kilos)
        best = min(max(weight, D(start)) * D(rate) for start, rate in of["air"][to])
        got = Parcel(
            f"117-{8800410 + 11 * n:08d}",
            date(2026, 6, 1 + n),
            "",
            "",
            weight,
            weight,
            "kg",
            origin="ARN",
            destination=to,
            pieces=n,
        )
        got.charges = [Charge("Air freight", cents(max(best, D(of["minimum"][to])))), Charge("Fuel surcharge", cents(weight * D("0.95")), "fuel"),
                       Charge("Security fee", cents(weight * D("0.18")), "accessorial"), *(Charge(name, D(of["surcharges"][name]), "accessorial") for name in ("AWB fee", *extra))]  # fmt: skip
        bill.parcels.append(got)
        return got

    one(1, "JFK", "132")
    dear = one(2, "HKG", "88")
    dearer(bill, dear, 0, str(dear.charges[0].amount + D("20.00")), "wrong_rate")
    dearer(bill, one(3, "JFK", "410", "Export customs"), 4, "60.00")
    dearer(bill, one(4, "HKG", "51"), 1, "61.20")
    unknown(bill, one(5, "JFK", "75"), "Terminal handling", "30.00")
    page = Paper(bill.number, A4, top=50, bottom=760)
    page.row((50, bill.carrier), (-545, "INVOICE"), bold=True, size=13, step=16)
    page.row((50, "Cargo City, 190 45 Stockholm-Arlanda"), (-545, f"Invoice no. {bill.number}"))
    page.row((-545, f"Invoice date {bill.day:%Y-%m-%d}"), step=22)
    for each in bill.parcels:
        page.room(90)
        page.row((50, f"AWB {each.number}"), (200, f"Flight date {each.day:%Y-%m-%d}"), bold=True)
        page.row(
            (50, f"From {each.origin} to {each.destination}"),
            (200, f"{each.pieces} pcs"),
            (280, f"Chargeable weight {each.billed} kg"),
        )
        for charge in each.charges:
            page.row((50, charge.name), (-340, f"EUR {charge.amount:,.2f}"))
        page.row((50, "Total AWB"), (-340, f"EUR {each.total:,.2f}"), bold=True, step=18)
    page.row((50, "Amount to pay"), (-340, f"EUR {bill.net:,.2f}"), bold=True)
    return Drawn([bill], page.done())


SET = (redstone, lakeshore, havel, meseta, norrland)
