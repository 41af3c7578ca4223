"""A seventh set, drawn after the rules were mended by the six: Croatian, Lithuanian and American data files."""

from __future__ import annotations

from datetime import date

from samples.bills.books import Parcel, cents
from samples.bills.parcels import zone_table
from samples.bills.roads import area_table
from tests.drawn_bills.books import (
    D,
    Drawn,
    Row,
    again,
    amount_named,
    bill_of,
    by_area,
    comma,
    csv_file,
    dearer,
    freight_of,
    parcel,
    tariff,
    unknown,
    workbook,
)


def velebit() -> Drawn:
    """Croatian haulier, a workbook with a letterhead, both places of each shipment, sums with tax below."""
    places = {"10": 1, "21": 3, "31": 2, "51": 2, "20": 5}
    of = tariff(
        "Velebit Prijevoz d.o.o.", "EUR", "kg", country="HR", fuel_flat="10.5",
        areas=area_table("22.00", "5.30", "8.10", places, (50, 150, 400, 900)),
        words=("Prijevoz", "Dodatak za gorivo"), surcharges={"Utovarna rampa": "24.00", "Najava": "6.00", "Otkupnina": "9.50"},
    )  # fmt: skip
    bill = bill_of("velebit_obracun.xlsx", of, "2231-1-1", date(2026, 10, 31))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(
            bill,
            f"VP{40021170 + 9 * n}",
            date(2026, 10, 5 + 4 * n),
            place,
            kilos,
            *extra,
            reference=f"NAR{n}",
            pieces=n,
        )

    one(1, "10000 Zagreb", "44", "Najava")
    dear = one(2, "21000 Split", "310", "Utovarna rampa")
    freight_of(bill, dear, dear.charges[0].amount + D("14.00"), "10.5", "wrong_rate")
    dearer(bill, one(3, "31000 Osijek", "95", "Otkupnina"), 2, "12.50")
    unknown(bill, one(4, "20000 Dubrovnik", "720"), "Cestarina", "18.70")
    again(bill, one(5, "51000 Rijeka", "130"))
    bill.tax = cents(bill.net * D("0.25"))
    names = ["Prijevoz", "Dodatak za gorivo", *of["surcharges"], "Cestarina"]
    head: Row = [
        "R.br.",
        "Tovarni list",
        "Datum utovara",
        "Mjesto utovara",
        "Poštanski broj primatelja",
        "Mjesto primatelja",
        "Koleta",
        "Težina kg",
        *names,
        "Iznos bez PDV-a",
    ]
    rows: list[Row] = [
        ["Velebit Prijevoz d.o.o."],
        ["Račun broj", bill.number, "Datum računa", f"{bill.day:%d.%m.%Y.}"],
        [],
        head,
    ]
    for n, each in enumerate(bill.parcels, 1):
        postal, town = each.destination.split(" ", 1)
        rows.append(
            [
                n,
                each.number,
                f"{each.day:%d.%m.%Y.}",
                "Karlovac",
                postal,
                town,
                each.pieces,
                each.billed,
                *(amount_named(each, name) for name in names),
                each.total,
            ]
        )
    gap = [""] * (len(head) - 2)
    rows += [
        [*gap, "Osnovica", bill.net],
        [*gap, "PDV 25 %", bill.tax],
        [*gap, "Ukupno za platiti EUR", bill.net + bill.tax],
    ]
    return Drawn([bill], workbook(rows, "Obračun"))


def nemunas() -> Drawn:
    """Lithuanian parcels: a row a charge, amounts with a comma."""
    of = tariff("Nemuno Siuntos UAB", "EUR", "kg", services={"Namai": zone_table("4.10", "0.90", "0.31", range(1, 5), 30)}, fuel={"Namai": "7.0"},
                words=("Siuntimo kaina", "Kuro priedas"), surcharges={"Draudimas": "1.50", "Pristatymas vakare": "3.20"})  # fmt: skip
    bill = bill_of("nemunas_eilutes.csv", of, "NS 009871", date(2026, 4, 30))

    def one(n: int, zone: str, kilos: str, *extra: str) -> Parcel:
        return parcel(
            bill,
            f"{71100450 + 21 * n}LT",
            date(2026, 4, 3 + 4 * n),
            "Namai",
            zone,
            kilos,
            *extra,
            reference=f"U{n}",
            destination="Kaunas",
        )

    one(1, "1", "3", "Draudimas")
    freight_of(bill, one(2, "2", "9"), D(of["services"]["Namai"]["3"]["9"]), "7.0", "wrong_zone")
    dearer(bill, one(3, "4", "16", "Pristatymas vakare"), 2, "4.80")
    unknown(bill, one(4, "3", "22"), "Salos mokestis", "5.00")
    again(bill, one(5, "2", "12", "Draudimas"))
    rows: list[Row] = [
        [
            "Sąskaitos nr.",
            "Sąskaitos data",
            "Siuntos nr.",
            "Išsiuntimo data",
            "Paslauga",
            "Zona",
            "Svoris (kg)",
            "Gavėjo miestas",
            "Mokesčio pavadinimas",
            "Suma EUR",
        ]
    ]
    for each in bill.parcels:
        for charge in each.charges:
            rows.append(
                [
                    bill.number,
                    f"{bill.day:%Y-%m-%d}",
                    each.number,
                    f"{each.day:%Y-%m-%d}",
                    each.service,
                    each.zone,
                    comma(each.billed, 1),
                    each.destination,
                    charge.name,
                    comma(charge.amount),
                ]
            )
    bill.prints_total = False
    return Drawn([bill], csv_file(rows, ";"))


def cactus() -> Drawn:
    """American courier: gross, discount and net freight beside each other in short words, sum of the row."""
    of = tariff("Cactus Express", "USD", "lb", services={"CX Day": zone_table("9.90", "1.10", "0.41", range(2, 8), 50)}, fuel={"CX Day": "16.5"},
                words=("Net", "FSC"), surcharges={"Resi": "4.75", "Signature": "5.50", "Oversize": "60.00"})  # fmt: skip
    bill = bill_of("cactus_ap.csv", of, "CX-771402", date(2026, 6, 12))

    def one(n: int, zone: str, pounds: str, *extra: str) -> Parcel:
        return parcel(
            bill,
            f"CX{5512044 + 17 * n}",
            date(2026, 6, 1 + 2 * n),
            "CX Day",
            zone,
            pounds,
            *extra,
            reference=f"PO{n}",
            destination="TUCSON AZ 85701",
        )

    one(1, "3", "7", "Resi")
    freight_of(bill, one(2, "4", "15"), D(of["services"]["CX Day"]["4"]["24"]), "16.5", "wrong_rate")
    dearer(bill, one(3, "7", "44", "Oversize"), 2, "72.00")
    unknown(bill, one(4, "2", "3", "Signature"), "Paper Inv", "2.00")
    again(bill, one(5, "5", "21"))
    names = ["FSC", *of["surcharges"], "Paper Inv"]
    rows: list[Row] = [
        [
            "Inv",
            "InvDate",
            "PkgTrkNum",
            "PUDate",
            "Svc",
            "Zn",
            "BillWtLb",
            "DestCity",
            "DestSt",
            "DestZIP",
            "Gross",
            "Disc",
            "Net",
            *names,
            "PkgTotal",
        ]
    ]
    for each in bill.parcels:
        gross = cents(each.charges[0].amount * D("1.25"))
        rows.append([bill.number, f"{bill.day:%m/%d/%Y}", each.number, f"{each.day:%m/%d/%Y}", each.service, each.zone, each.billed, *each.destination.rsplit(" ", 2), gross,
                     each.charges[0].amount - gross, each.charges[0].amount, *(amount_named(each, name) for name in names), each.total])  # fmt: skip
    bill.prints_total = False
    return Drawn([bill], csv_file(rows))


SET = (velebit, nemunas, cactus)
