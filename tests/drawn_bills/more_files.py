"""A fourth set, data files again, drawn after the rules were mended by the first three: Swedish, Czech, Mexican, American."""

from __future__ import annotations

from datetime import date

from samples.bills.books import Parcel, cents
from samples.bills.ltl import class_table
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
    by_class,
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


def falun() -> Drawn:
    """Swedish haulier, a workbook with a row a consignment."""
    places = {"11": 1, "21": 4, "41": 3, "58": 2, "75": 0, "90": 5}
    of = tariff(
        "Falu Frakt AB", "SEK", "kg", country="SE", fuel_flat="14.5",
        areas=area_table("210.00", "38.00", "64.00", places, (50, 100, 250, 500, 1000)), words=("Frakt", "Drivmedelstillägg"),
        surcharges={"Avisering": "45.00", "Bakgavellyft": "190.00", "Farligt gods": "150.00"},
    )  # fmt: skip
    bill = bill_of("falu_specifikation.xlsx", of, "640118", date(2026, 9, 30))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(
            bill,
            f"{7330004410 + 13 * n}",
            date(2026, 9, 1 + 4 * n),
            place,
            kilos,
            *extra,
            reference=f"O{n}55",
            pieces=n,
        )

    one(1, "11122 Stockholm", "86", "Avisering")
    dear = one(2, "41104 Göteborg", "420")
    freight_of(bill, dear, dear.charges[0].amount + D("52.00"), "14.5", "wrong_rate")
    dearer(bill, one(3, "21120 Malmö", "240", "Bakgavellyft"), 2, "235.00")
    unknown(bill, one(4, "90325 Umeå", "77"), "Miljöavgift", "12.00")
    again(bill, one(5, "75320 Uppsala", "905", "Farligt gods"))
    bill.tax = cents(bill.net * D("0.25"))
    names = ["Frakt", "Drivmedelstillägg", *of["surcharges"], "Miljöavgift"]
    rows: list[Row] = [["Falu Frakt AB", "", "Org.nr 556677-8899"], ["Fakturanr", bill.number, "Fakturadatum", f"{bill.day:%Y-%m-%d}"], [],
                       ["Fraktsedelsnr", "Avs.datum", "Godsmärke", "Mottagarort", "Postnr", "Kolli", "Fraktdragande vikt (kg)", *names, "Summa SEK"]]  # fmt: skip
    for each in bill.parcels:
        postal, town = each.destination.split(" ", 1)
        rows.append([each.number, f"{each.day:%Y-%m-%d}", each.reference, town, postal, each.pieces, each.billed,
                     *(amount_named(each, name) for name in names), each.total])  # fmt: skip
    gap = [""] * (len(rows[3]) - 2)
    rows += [[], [*gap, "Netto", bill.net], [*gap, "Moms 25%", bill.tax], [*gap, "Att betala SEK", bill.net + bill.tax]]
    return Drawn([bill], workbook(rows, "Specifikation"))


def vltava() -> Drawn:
    """Czech parcels, semicolons and decimal commas."""
    of = tariff(
        "Vltava Balíky s.r.o.", "CZK", "kg", services={"Balík Firma": zone_table("86.00", "14.00", "3.10", range(1, 5), 32)}, fuel={"Balík Firma": "9.5"},
        words=("Základní cena", "Palivový příplatek"), surcharges={"Dobírka": "35.00", "Pojištění": "18.00", "Ranní doručení": "95.00"},
    )  # fmt: skip
    bill = bill_of("vltava_zasilky.csv", of, "2260441", date(2026, 3, 31))

    def one(n: int, zone: str, kilos: str, *extra: str) -> Parcel:
        return parcel(
            bill,
            f"VB{10044100 + 9 * n}CZ",
            date(2026, 3, 2 + 3 * n),
            "Balík Firma",
            zone,
            kilos,
            *extra,
            reference=f"OBJ{n}",
            destination="11000 Praha",
        )

    first = one(1, "1", "4.4", "Dobírka")
    freight_of(bill, one(2, "2", "9"), D(of["services"]["Balík Firma"]["3"]["9"]), "9.5", "wrong_zone")
    dearer(bill, one(3, "4", "21", "Ranní doručení"), 2, "120.00")
    unknown(bill, one(4, "1", "2"), "Mýtný poplatek", "6.00")
    dearer(bill, one(5, "3", "15", "Pojištění"), 1, "19.99")
    again(bill, first)
    names = ["Základní cena", "Palivový příplatek", *of["surcharges"], "Mýtný poplatek"]
    rows: list[Row] = [
        [
            "Číslo faktury",
            "Datum faktury",
            "Číslo zásilky",
            "Datum podání",
            "Služba",
            "Zóna",
            "Hmotnost (kg)",
            "PSČ",
            "Město",
            *names,
            "Celkem bez DPH",
            "Měna",
        ]
    ]
    for each in bill.parcels:
        rows.append([bill.number, f"{bill.day:%d.%m.%Y}", each.number, f"{each.day:%d.%m.%Y}", each.service, each.zone, comma(each.billed, 1), *each.destination.split(" ", 1),
                     *("" if (got := amount_named(each, name)) is None else comma(got) for name in names), comma(each.total), "CZK"])  # fmt: skip
    bill.prints_total = False
    return Drawn([bill], csv_file(rows, ";"))


def azteca() -> Drawn:
    """Mexican parcels: subtotal, VAT and total of each row."""
    of = tariff(
        "Azteca Mensajería S.A. de C.V.", "MXN", "kg", services={"Terrestre": zone_table("95.00", "22.00", "6.50", range(1, 7), 40)}, fuel={"Terrestre": "13.0"},
        words=("Tarifa base", "Cargo por combustible"), surcharges={"Zona extendida": "140.00", "Seguro": "28.00", "Recolección": "60.00"},
    )  # fmt: skip
    bill = bill_of("azteca_guias.csv", of, "FAC-88120", date(2026, 7, 15))

    def one(n: int, zone: str, kilos: str, *extra: str) -> Parcel:
        return parcel(
            bill,
            f"AZ{660044120 + 7 * n}",
            date(2026, 7, 1 + 2 * n),
            "Terrestre",
            zone,
            kilos,
            *extra,
            reference=f"PED{n}",
            destination="Monterrey",
        )

    one(1, "2", "5", "Seguro")
    dearer(bill, one(2, "5", "12", "Zona extendida"), 2, "175.00")
    freight_of(bill, one(3, "3", "20"), D(of["services"]["Terrestre"]["3"]["28"]), "13.0", "wrong_rate")
    unknown(bill, one(4, "1", "2"), "Manejo especial", "35.00")
    again(bill, one(5, "6", "33", "Recolección"))
    names = ["Tarifa base", "Cargo por combustible", *of["surcharges"], "Manejo especial"]
    rows: list[Row] = [["Factura", "Fecha factura", "Guía", "Fecha de envío", "Tipo de servicio", "Zona", "Peso cobrado (kg)", "Ciudad destino", "Referencia", *names,
                        "Subtotal", "IVA 16%", "Total MXN"]]  # fmt: skip
    for each in bill.parcels:
        tax = cents(each.total * D("0.16"))
        rows.append([bill.number, f"{bill.day:%d/%m/%Y}", each.number, f"{each.day:%d/%m/%Y}", each.service, each.zone, each.billed, each.destination, each.reference,
                     *(amount_named(each, name) for name in names), each.total, tax, each.total + tax])  # fmt: skip
    bill.prints_total = False
    return Drawn([bill], csv_file(rows))


def granite() -> Drawn:
    """LTL, a workbook with a row a charge, where each row repeats the total of its PRO."""
    ends = {"038-021": "BOSTON MA 02127", "038-122": "ALBANY NY 12205"}
    of = tariff(
        "Granite State Freight", "USD", "lb", classes={"50": "50", "70": "70", "85": "85", "100": "100", "125": "125"},
        lanes=class_table("44.00", {"038-021": "1.00", "038-122": "1.15"}), ends=ends, discount="64.0", minimum="95.00", percent="23.0",
        fuel_flat="23.0", fuel_base="net freight", codes={}, words=("Base freight", "Discount", "Fuel surcharge", "Minimum adjustment"),
        surcharges={"Liftgate": "66.00", "Inside pickup": "58.00", "Reweigh": "20.00"}, **{"from": "MANCHESTER NH 03801"},
    )  # fmt: skip
    bill = bill_of("granite_charges.xlsx", of, "GSF-6120", date(2026, 10, 9))

    def one(n: int, lane: str, class_: str, pounds: int, *extra: str) -> Parcel:
        return by_class(
            bill, f"3390{410 + 7 * n}", date(2026, 10, 1 + n), lane, class_, pounds, *extra, reference=f"B{n}", pieces=n
        )

    one(1, "038-021", "85", 1100, "Liftgate")
    discount_of(bill, one(2, "038-122", "70", 2200), "58")
    dearer(bill, one(3, "038-021", "100", 4100, "Inside pickup"), 3, "75.00")
    unknown(bill, one(4, "038-122", "50", 700), "Toll", "8.00")
    again(bill, one(5, "038-021", "125", 1800, "Reweigh"), netted=True)
    rows: list[Row] = [["Granite State Freight"], ["Invoice", bill.number, "", "Invoice Date", bill.day], [],
                       ["Pro Number", "Ship Date", "BOL", "Origin Zip", "Destination Zip", "Class", "Weight", "Pieces", "Charge Type", "Charge Amount", "Pro Total"]]  # fmt: skip
    for each in bill.parcels:
        for charge in each.charges:
            rows.append([each.number, each.day, each.reference, each.origin[-5:], each.destination[-5:], each.freight_class, each.billed, each.pieces, charge.name,
                         charge.amount, each.total])  # fmt: skip
    rows += [[], [*[""] * 8, "Invoice Total USD", bill.net]]
    return Drawn([bill], workbook(rows, "Charges"))


def pelican() -> Drawn:
    """American parcels: published, discount and net freight side by side, accessorials by code and amount."""
    of = tariff(
        "Pelican Logistics", "USD", "lb", services={"PLG Ground": zone_table("8.05", "0.69", "0.35", range(2, 9), 60), "PLG Air": zone_table("19.10", "2.20", "1.30", range(2, 9), 60)},
        fuel={"PLG Ground": "17.0", "PLG Air": "21.5"}, words=("Net Freight", "Fuel"),
        surcharges={"Residential Delivery": "5.10", "Saturday Delivery": "16.00", "Large Package": "75.00"},
        codes={"Residential Delivery": "RES", "Saturday Delivery": "SAT", "Large Package": "LPS"},
    )  # fmt: skip
    bill = bill_of("pelican_export.csv", of, "PL2026-0811", date(2026, 8, 11))

    def one(n: int, service: str, zone: str, pounds: str, *extra: str) -> Parcel:
        got = parcel(
            bill,
            f"PLG{9904410 + n}X",
            date(2026, 8, 1 + n),
            service,
            zone,
            pounds,
            *extra,
            reference=f"A{n}",
            destination="TAMPA FL 33602",
        )
        for charge in got.charges:
            charge.code = of["codes"].get(charge.name, "")
        return got

    one(1, "PLG Ground", "4", "11", "Residential Delivery")
    freight_of(bill, one(2, "PLG Air", "3", "6"), D(of["services"]["PLG Air"]["3"]["14"]), "21.5", "wrong_rate")
    dearer(bill, one(3, "PLG Ground", "8", "48", "Large Package"), 2, "90.00")
    unknown(bill, one(4, "PLG Air", "5", "2"), "Private Residence Verification", "3.00", "PRV2")
    again(bill, one(5, "PLG Ground", "2", "20", "Saturday Delivery"))
    head = ["Cust #", "Inv #", "Inv Dt", "Trk #", "Ship Dt", "Svc Desc", "Zn", "Act Wt", "Bill Wt", "Wt Unit", "Rcvr City", "Rcvr ST", "Rcvr Zip",
            "Published Charge", "Disc", "Net Freight", "Fuel", "Acc Code 1", "Acc Desc 1", "Acc Amt 1", "Acc Code 2", "Acc Desc 2", "Acc Amt 2", "Total Chg"]  # fmt: skip
    rows: list[Row] = [head]
    for each in bill.parcels:
        gross = cents(each.charges[0].amount * D("1.5"))
        more = [text for c in each.charges[2:] for text in (c.code, c.name, c.amount)]
        rows.append(["C-11", bill.number, f"{bill.day:%m/%d/%Y}", each.number, f"{each.day:%m/%d/%Y}", each.service, each.zone, each.actual, each.billed, "LB",
                     *each.destination.rsplit(" ", 2), gross, gross - each.charges[0].amount, each.charges[0].amount, each.charges[1].amount, *more,
                     *[""] * (6 - len(more)), each.total])  # fmt: skip
    bill.prints_total = False
    return Drawn([bill], csv_file(rows))


SET = (falun, vltava, azteca, granite, pelican)
