"""Five more bills, drawn after the rules were mended by the others: Polish, Brazilian, Australian, American, Austrian."""

from __future__ import annotations

from datetime import date

from reportlab.lib.pagesizes import A4, landscape

from samples.bills.books import Parcel, cents
from samples.bills.ltl import class_table
from samples.bills.parcels import zone_table
from samples.bills.roads import area_table
from tests.drawn_bills.books import (
    D,
    Drawn,
    Paper,
    Row,
    again,
    amount_named,
    bill_of,
    by_area,
    by_class,
    charge_again,
    comma,
    csv_file,
    dearer,
    discount_of,
    freight_of,
    parcel,
    tariff,
    unknown,
    workbook,
)


def sokol() -> Drawn:
    """Polish courier, a workbook: zone and service, net and gross with VAT in columns of each row."""
    of = tariff(
        "Sokół Kurier Sp. z o.o.", "PLN", "kg",
        services={"Krajowa": zone_table("13.20", "1.90", "0.55", range(1, 5), 32), "Międzynarodowa": zone_table("41.00", "7.50", "2.20", range(1, 7), 32)},
        fuel={"Krajowa": "12.5", "Międzynarodowa": "16.0"}, words=("Opłata podstawowa", "Dopłata paliwowa"),
        surcharges={"Pobranie": "4.50", "Ubezpieczenie": "2.20", "Doręczenie w sobotę": "15.00", "Przesyłka niestandardowa": "22.00"},
    )  # fmt: skip
    bill = bill_of("sokol_zestawienie.xlsx", of, "FV/2026/06/1184", date(2026, 6, 30))

    def one(n: int, service: str, zone: str, kilos: str, *extra: str) -> Parcel:
        return parcel(bill, f"SK{7710440 + 17 * n}PL", date(2026, 6, 2 + 3 * n), service, zone, kilos, *extra,
                      reference=f"ZAM/{400 + n}", destination="30-001 Kraków")  # fmt: skip

    first = one(1, "Krajowa", "1", "4.2", "Pobranie")
    freight_of(bill, one(2, "Krajowa", "2", "11"), D(of["services"]["Krajowa"]["3"]["11"]), "12.5", "wrong_zone")
    dearer(bill, one(3, "Międzynarodowa", "4", "7.7", "Ubezpieczenie"), 2, "3.40")
    week = one(4, "Międzynarodowa", "2", "19")
    dearer(bill, week, 1, str(cents(week.charges[0].amount * D("0.175"))))
    unknown(bill, one(5, "Krajowa", "4", "30.5", "Przesyłka niestandardowa"), "Opłata drogowa", "1.10")
    dearer(bill, one(6, "Krajowa", "1", "2", "Doręczenie w sobotę"), 2, "18.00")
    again(bill, first)
    bill.tax = cents(bill.net * D("0.23"))
    names = ["Opłata podstawowa", "Dopłata paliwowa", *of["surcharges"], "Opłata drogowa"]
    rows: list[Row] = [["Sokół Kurier Sp. z o.o.", "", "NIP 5252248481"], [f"Zestawienie do faktury nr {bill.number}"],
                       ["Data wystawienia", f"{bill.day:%d.%m.%Y}", "", "Waluta", "PLN"], [],
                       ["Lp.", "Nr listu przewozowego", "Data nadania", "Usługa", "Strefa", "Waga [kg]", "Kod poczt. odbiorcy",
                        "Miejscowość", "Nr zamówienia", *names, "Wartość netto"]]  # fmt: skip
    for n, each in enumerate(bill.parcels, 1):
        rows.append([n, each.number, f"{each.day:%d.%m.%Y}", each.service, int(each.zone), each.billed,
                     *each.destination.split(" ", 1), each.reference, *(amount_named(each, name) for name in names), each.total])  # fmt: skip
    gap = [""] * (len(rows[4]) - 2)
    rows += [[*gap, "Razem netto", bill.net], [*gap, "VAT 23%", bill.tax], [*gap, "Razem brutto", bill.net + bill.tax]]
    return Drawn([bill], workbook(rows, "Zestawienie"))


def serrana() -> Drawn:
    """Brazilian haulier's list of CT-e with weight freight, ad valorem, GRIS and toll."""
    of = tariff(
        "Transportadora Serrana Ltda", "BRL", "kg",
        services={"Rodoviário": zone_table("38.00", "9.50", "0.85", range(1, 6), 200, step=10)},
        fuel={"Rodoviário": "6.0"}, words=("Frete peso", "Combustível"),
        surcharges={"Pedágio": "7.20", "GRIS": "5.00", "TDE": "45.00", "Reentrega": "32.00"},
    )  # fmt: skip
    bill = bill_of("serrana_ctes.csv", of, "0041877", date(2026, 5, 20))

    def one(n: int, zone: str, kilos: str, *extra: str) -> Parcel:
        weight = D(kilos)
        got = parcel(bill, f"{330410 + 7 * n}", date(2026, 5, 3 + 2 * n), "Rodoviário", zone, kilos, "Pedágio", "GRIS", *extra,
                     reference=f"NF {9100 + n}", destination="Curitiba", pieces=1)  # fmt: skip
        got.billed = weight
        return got

    one(1, "2", "80")
    dearer(bill, one(2, "3", "140", "TDE"), 4, "60.00")
    dear = one(3, "1", "50")
    freight_of(bill, dear, dear.charges[0].amount + D("11.00"), "6.0", "wrong_rate")
    unknown(bill, one(4, "5", "200"), "Taxa de coleta", "12.00")
    dearer(bill, one(5, "4", "30"), 2, "9.90")
    again(bill, one(6, "2", "110", "Reentrega"))
    names = ["Frete peso", "Combustível", *of["surcharges"], "Taxa de coleta"]
    rows: list[Row] = [["Fatura", "Emissão fatura", "Nº CT-e", "Data emissão", "Modalidade", "Zona", "Nota fiscal", "Destino",
                        "Volumes", "Peso taxado (kg)", *names, "Valor total"]]  # fmt: skip
    for each in bill.parcels:
        rows.append([bill.number, f"{bill.day:%d/%m/%Y}", each.number, f"{each.day:%d/%m/%Y}", each.service, each.zone, each.reference,
                     each.destination, each.pieces, comma(each.billed),
                     *("" if (got := amount_named(each, name)) is None else comma(got) for name in names), comma(each.total)])  # fmt: skip
    bill.prints_total = False
    return Drawn([bill], csv_file(rows, ";", "cp1252"))


def wattle() -> Drawn:
    """Australian connotes: dead and cubic weight beside the chargeable one, GST in a column after the total without."""
    places = {"20": 1, "30": 0, "40": 2, "50": 2, "60": 4, "70": 3}
    of = tariff(
        "Wattle Freight Pty Ltd", "AUD", "kg", country="AU", fuel_flat="18.6",
        areas=area_table("14.50", "6.20", "5.40", places, (25, 50, 100, 250, 500)), words=("Base freight", "Fuel levy"),
        surcharges={"Tailgate": "38.00", "Residential": "11.00", "Futile pickup": "45.00", "Dangerous goods": "29.00"},
    )  # fmt: skip
    bill = bill_of("wattle_connotes.csv", of, "WF220417", date(2026, 10, 31))

    def made(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(
            bill, f"WAT{5500120 + n}", date(2026, 10, 4 + 3 * n), place, kilos, *extra, reference=f"SO-{n}12", pieces=1
        )

    made(1, "2000 SYDNEY", "44")
    dearer(bill, made(2, "4006 BRISBANE", "96", "Tailgate"), 2, "52.00")
    dear = made(3, "6000 PERTH", "310", "Residential")
    freight_of(bill, dear, dear.charges[0].amount + D("22.00"), "18.6", "wrong_rate")
    charge_again(bill, made(4, "5000 ADELAIDE", "18", "Residential"), 2)
    unknown(bill, made(5, "7000 HOBART", "230"), "Bass Strait levy", "16.00")
    again(bill, made(6, "3000 MELBOURNE", "480", "Dangerous goods"))
    bill.tax = cents(bill.net * D("0.1"))
    rows: list[Row] = [["Wattle Freight Pty Ltd", "ABN 51 824 753 556"], ["Tax Invoice", bill.number, "Date", f"{bill.day:%d/%m/%Y}"], [],
                       ["Con Note", "Despatch Date", "Sender Ref", "Receiver Suburb", "Receiver P/Code", "Items", "Dead Wt", "Cubic Wt",
                        "Chargeable Wt (kg)", "Base freight", "Fuel levy", "Other charge 1", "Other charge 1 amt", "Other charge 2",
                        "Other charge 2 amt", "Total ex GST", "GST"]]  # fmt: skip
    for each in bill.parcels:
        postal, town = each.destination.split(" ", 1)
        more = [text for c in each.charges[2:] for text in (c.name, c.amount)]
        rows.append([each.number, f"{each.day:%d/%m/%Y}", each.reference, town, postal, each.pieces, each.billed, "0.0", each.billed,
                     each.charges[0].amount, each.charges[1].amount, *more, *[""] * (4 - len(more)), each.total,
                     cents(each.total * D("0.1"))])  # fmt: skip
    rows += [
        [],
        ["Total ex GST", *[""] * 14, bill.net],
        ["GST 10%", *[""] * 14, bill.tax],
        ["Total AUD inc GST", *[""] * 14, bill.net + bill.tax],
    ]
    return Drawn([bill], csv_file(rows))


def chinook() -> Drawn:
    """LTL as a data file, a row a PRO: gross, discount and net freight side by side, fuel, accessorials by code."""
    ends = {"972-981": "SEATTLE WA 98108", "972-837": "BOISE ID 83705"}
    of = tariff(
        "Chinook Motor Freight", "USD", "lb", classes={"50": "50", "70": "70", "85": "85", "100": "100", "125": "125"},
        lanes=class_table("47.10", {"972-981": "1.00", "972-837": "1.26"}), ends=ends, discount="67.0", minimum="99.00", percent="25.5",
        fuel_flat="25.5", fuel_base="net freight", codes={"Liftgate": "LG", "Limited access": "LA", "Residential": "RS"},
        words=("Gross charges", "Discount", "FSC", "Minimum adj"), surcharges={"Liftgate": "69.00", "Limited access": "77.00", "Residential": "105.00"},
        **{"from": "PORTLAND OR 97218"},
    )  # fmt: skip
    bill = bill_of("chinook_pros.csv", of, "CMF0099120", date(2026, 8, 28))

    def one(n: int, lane: str, class_: str, pounds: int, *extra: str) -> Parcel:
        return by_class(
            bill,
            f"{61200440 + 11 * n}",
            date(2026, 8, 10 + n),
            lane,
            class_,
            pounds,
            *extra,
            reference=f"BOL{n}",
            pieces=n,
        )

    one(1, "972-981", "70", 1900, "Liftgate")
    discount_of(bill, one(2, "972-837", "100", 2400), "60")
    dearer(bill, one(3, "972-981", "85", 3300, "Residential"), 3, "125.00")
    low = one(4, "972-837", "125", 900)
    dearer(bill, low, 2, str(low.charges[2].amount + D("9.00")))
    unknown(bill, one(5, "972-981", "50", 6200), "High cost delivery", "35.00", "HC")
    again(bill, one(6, "972-837", "85", 1500, "Limited access"), netted=True)
    rows: list[Row] = [["Inv No", "Inv Date", "PRO No", "P/U Date", "BOL", "Shipper City", "Shipper ST", "Shipper Zip", "Cons City", "Cons ST",
                        "Cons Zip", "Pcs", "Wgt", "Class", "Gross Charges", "Discount", "FSC", "Acc1 Desc", "Acc1 Amt", "Acc2 Desc", "Acc2 Amt",
                        "Amt Due"]]  # fmt: skip
    for each in bill.parcels:
        gross, off, fuel, *rest = each.charges
        more = [text for c in rest for text in (c.name, c.amount)]
        rows.append([bill.number, f"{bill.day:%m/%d/%Y}", each.number, f"{each.day:%m/%d/%Y}", each.reference, *each.origin.rsplit(" ", 2),
                     *each.destination.rsplit(" ", 2), each.pieces, each.billed, each.freight_class, gross.amount, off.amount, fuel.amount,
                     *more, *[""] * (4 - len(more)), each.total])  # fmt: skip
    bill.prints_total = False
    return Drawn([bill], csv_file(rows))


def enns() -> Drawn:
    """Austrian groupage on paper, landscape: headings in two lines, a shipment a line, further charges below it."""
    places = {"10": 3, "40": 0, "50": 1, "60": 3, "80": 2, "90": 3}
    of = tariff(
        "Enns Spedition GmbH", "EUR", "kg", country="AT", language="de", fuel_flat="8.2",
        areas=area_table("33.00", "5.10", "9.30", places, (100, 250, 500, 1000, 2000)), words=("Fracht", "Dieselzuschlag"),
        surcharges={"Avisogebühr": "5.50", "Hebebühne": "21.00", "ADR-Zuschlag": "25.00"},
    )  # fmt: skip
    bill = bill_of("enns_abrechnung.pdf", of, "AR-26/0877", date(2026, 4, 30))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(
            bill, f"EN{260400 + 9 * n}", date(2026, 4, 3 + 4 * n), place, kilos, *extra, reference=f"L{n}881", pieces=n
        )

    one(1, "1030 Wien", "240", "Avisogebühr")
    dear = one(2, "6020 Innsbruck", "870")
    freight_of(bill, dear, dear.charges[0].amount + D("9.90"), "8.2", "wrong_rate")
    dearer(bill, one(3, "8010 Graz", "1640", "Hebebühne"), 2, "28.00")
    unknown(bill, one(4, "5020 Salzburg", "95"), "Citymaut", "3.00")
    again(bill, one(5, "9020 Klagenfurt", "410", "ADR-Zuschlag"))
    bill.tax = cents(bill.net * D("0.2"))
    page = Paper(bill.number, landscape(A4), top=50, bottom=540)
    page.row((40, bill.carrier), (-800, "Frachtabrechnung"), bold=True, size=12, step=15)
    page.row((40, "Donaustraße 8, 4470 Enns · UID ATU12345675"), (-800, f"Rechnung Nr. {bill.number}"))
    page.row((40, "Muster Metall GmbH, 4020 Linz"), (-800, f"Rechnungsdatum {bill.day:%d.%m.%Y}"), step=24)
    page.row(
        (40, "Sendungs-"),
        (120, "Lade-"),
        (190, "PLZ"),
        (230, "Empfangs-"),
        (-400, "Pack-"),
        (-480, "frachtpfl."),
        (500, "Leistung"),
        (-800, "Betrag"),
        bold=True,
    )
    page.row(
        (40, "nummer"),
        (120, "datum"),
        (230, "ort"),
        (-400, "stücke"),
        (-480, "Gewicht kg"),
        (-800, "EUR"),
        bold=True,
        step=16,
    )
    for each in bill.parcels:
        page.room(14 * len(each.charges))
        postal, town = each.destination.split(" ", 1)
        for at, charge in enumerate(each.charges):
            facts = [(40, each.number), (120, f"{each.day:%d.%m.%Y}"), (190, postal), (230, town), (-400, str(each.pieces)),
                     (-480, comma(each.billed, 0))]  # fmt: skip
            page.row(*(facts if at == 0 else []), (500, charge.name), (-800, comma(charge.amount)), step=13)
    for label, amount in (("Summe netto", bill.net), ("20 % USt.", bill.tax), ("Rechnungsbetrag", bill.net + bill.tax)):
        page.row((500, label), (-800, comma(amount)), bold=True)
    return Drawn([bill], page.done())
