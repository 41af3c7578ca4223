"""A sixth set, drawn before the rules were tried on it: tables in languages and words that no list of headings has."""

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


def pakend() -> Drawn:
    """Estonian haulier: a row a consignment, net, tax and gross behind."""
    places = {"10": 1, "20": 2, "51": 3, "80": 4, "93": 5}
    of = tariff(
        "Pakend Veod OÜ", "EUR", "kg", country="EE", fuel_flat="9.4",
        areas=area_table("18.00", "4.40", "7.30", places, (30, 100, 300, 800)),
        words=("Veotasu", "Kütuselisa"), surcharges={"Tagaluuk": "21.00", "Kindlustus": "6.50", "Ooteaeg": "30.00"},
    )  # fmt: skip
    bill = bill_of("pakend_aruanne.csv", of, "A-260917", date(2026, 9, 30))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(
            bill,
            f"EE{771200 + 31 * n}VD",
            date(2026, 9, 4 + 4 * n),
            place,
            kilos,
            *extra,
            reference=f"T-{n}81",
            pieces=n,
        )

    first = one(1, "10111 Tallinn", "22", "Kindlustus")
    dear = one(2, "51007 Tartu", "260")
    freight_of(bill, dear, dear.charges[0].amount + D("9.10"), "9.4", "wrong_rate")
    dearer(bill, one(3, "80010 Pärnu", "540", "Tagaluuk"), 2, "27.00")
    unknown(bill, one(4, "93811 Kuressaare", "75"), "Praamipilet", "16.40")
    one(5, "20304 Narva", "98", "Ooteaeg")
    again(bill, first)
    names = ["Veotasu", "Kütuselisa", *of["surcharges"], "Praamipilet"]
    rows: list[Row] = [
        [
            "Arve",
            "Arve kuupäev",
            "Saatelehe nr",
            "Kuupäev",
            "Tellimus",
            "Saaja",
            "Indeks",
            "Linn",
            "Kohti",
            "Arvestuslik kaal (kg)",
            *names,
            "Käibemaksuta",
            "KM 24%",
            "Tasuda EUR",
        ]
    ]
    for each in bill.parcels:
        tax = cents(each.total * D("0.24"))
        rows.append([bill.number, f"{bill.day:%d.%m.%Y}", each.number, f"{each.day:%d.%m.%Y}", each.reference, "Näidis OÜ", *each.destination.split(" ", 1), each.pieces,
                     comma(each.billed, 1), *("" if (got := amount_named(each, name)) is None else comma(got) for name in names), comma(each.total), comma(tax), comma(each.total + tax)])  # fmt: skip
    bill.prints_total = False
    return Drawn([bill], csv_file(rows, ";"))


def nusantara() -> Drawn:
    """Indonesian parcels, a workbook: whole rupiah, letterhead above, the sum below."""
    table = {
        zone: {top: f"{round(D(price) * 1000, -2):.0f}" for top, price in own.items()}
        for zone, own in zone_table("14", "6", "2.5", range(1, 6), 30).items()
    }
    of = tariff("PT Nusantara Kurir", "IDR", "kg", services={"Reguler": table}, fuel={"Reguler": "5"}, words=("Ongkos kirim", "Biaya BBM"),
                surcharges={"Asuransi": "7500", "Pengepakan kayu": "45000", "Jemput barang": "12000"})  # fmt: skip
    bill = bill_of("nusantara_rincian.xlsx", of, "NSK260744", date(2026, 7, 31))

    def one(n: int, zone: str, kilos: str, *extra: str) -> Parcel:
        got = parcel(
            bill,
            f"NSK{88201145 + 13 * n}",
            date(2026, 7, 3 + 4 * n),
            "Reguler",
            zone,
            kilos,
            *extra,
            reference=f"P{n}",
            destination="Surabaya",
        )
        got.charges[1].amount = got.charges[1].amount.quantize(D(1))
        return got

    one(1, "1", "3", "Asuransi")
    dearer(bill, one(2, "4", "12", "Pengepakan kayu"), 2, "60000")
    unknown(bill, one(3, "2", "8"), "Biaya parkir", "5000")
    one(4, "5", "20", "Jemput barang")
    again(bill, one(5, "3", "6"))
    names = ["Ongkos kirim", "Biaya BBM", *of["surcharges"], "Biaya parkir"]
    head: Row = [
        "No. Resi",
        "Tgl kirim",
        "Layanan",
        "Zona",
        "Berat tertagih (kg)",
        "Kota tujuan",
        *names,
        "Jumlah (Rp)",
    ]
    rows: list[Row] = [
        ["PT Nusantara Kurir"],
        ["Nomor tagihan", bill.number, "Tanggal", f"{bill.day:%d/%m/%Y}"],
        [],
        head,
    ]
    for each in bill.parcels:
        rows.append(
            [
                each.number,
                f"{each.day:%d/%m/%Y}",
                each.service,
                each.zone,
                each.billed,
                each.destination,
                *(amount_named(each, name) for name in names),
                each.total,
            ]
        )
    rows += [[], [*[""] * (len(head) - 2), "Jumlah total", bill.net]]
    return Drawn([bill], workbook(rows, "Rincian"))


def heimdal() -> Drawn:
    """Icelandic parcels: a row a charge, with the sum of each parcel in its rows."""
    of = tariff("Heimdal Flutningar hf.", "EUR", "kg", services={"Almenn": zone_table("9.20", "1.60", "0.55", range(1, 5), 30)}, fuel={"Almenn": "8.5"},
                words=("Flutningsgjald", "Eldsneytisgjald"), surcharges={"Heimkeyrsla": "4.90", "Trygging": "2.20"})  # fmt: skip
    bill = bill_of("heimdal_gjold.csv", of, "HF-40217", date(2026, 11, 15))

    def one(n: int, zone: str, kilos: str, *extra: str) -> Parcel:
        return parcel(
            bill,
            f"HF{660120 + 7 * n}IS",
            date(2026, 11, 2 + 2 * n),
            "Almenn",
            zone,
            kilos,
            *extra,
            reference=f"V{n}",
            destination="Akureyri",
        )

    one(1, "1", "4", "Heimkeyrsla")
    dearer(bill, one(2, "3", "11", "Trygging"), 2, "3.40")
    unknown(bill, one(3, "2", "7"), "Umhverfisgjald", "1.10")
    again(bill, one(4, "4", "19", "Heimkeyrsla"))
    rows: list[Row] = [
        ["Reikningur", "Sendingarnúmer", "Dags.", "Þjónusta", "Svæði", "Gjaldþyngd kg", "Lýsing", "Upphæð EUR"]
    ]
    for each in bill.parcels:
        for charge in each.charges:
            rows.append(
                [
                    bill.number,
                    each.number,
                    f"{each.day:%d.%m.%Y}",
                    each.service,
                    each.zone,
                    comma(each.billed, 1),
                    charge.name,
                    comma(charge.amount),
                ]
            )
    bill.prints_total = False
    return Drawn([bill], csv_file(rows, ";"))


def bluff() -> Drawn:
    """American regional parcels in words of their own."""
    of = tariff("Bluff City Courier", "USD", "lb", services={"Sameday": zone_table("11.10", "1.90", "0.48", range(1, 6), 50)}, fuel={"Sameday": "14"},
                words=("Move $", "Energy $"), surcharges={"Stairs $": "8.00", "Wait $": "20.00", "After hours $": "35.00"})  # fmt: skip
    bill = bill_of("bluff_runs.csv", of, "88-2207", date(2026, 2, 28))

    def one(n: int, zone: str, pounds: str, *extra: str) -> Parcel:
        return parcel(
            bill,
            f"R{1100450 + 3 * n}",
            date(2026, 2, 2 + 3 * n),
            "Sameday",
            zone,
            pounds,
            *extra,
            reference=f"J{n}",
            destination="Memphis",
        )

    one(1, "2", "14", "Stairs $")
    freight_of(bill, one(2, "3", "20"), D(of["services"]["Sameday"]["3"]["33"]), "14", "wrong_rate")
    dearer(bill, one(3, "5", "41", "Wait $"), 2, "28.00")
    unknown(bill, one(4, "1", "5"), "Lift $", "9.50")
    one(5, "4", "30", "After hours $")
    names = ["Move $", "Energy $", *of["surcharges"], "Lift $"]
    rows: list[Row] = [["Run Sheet", "Job", "Job Day", "Level", "Ring", "Lbs Charged", "Drop", *names, "Job $"]]
    for each in bill.parcels:
        rows.append(
            [
                bill.number,
                each.number,
                f"{each.day:%m/%d/%Y}",
                each.service,
                each.zone,
                each.billed,
                each.destination,
                *(amount_named(each, name) for name in names),
                each.total,
            ]
        )
    bill.prints_total = False
    return Drawn([bill], csv_file(rows))


SET = (pakend, nusantara, heimdal, bluff)
