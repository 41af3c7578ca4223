"""A fifth set, data files, drawn after the rules were mended by four: Finnish, Hungarian, Turkish, Romanian, and freight
of several classes on one PRO as a file and as EDI."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from samples.bills.books import Charge, Parcel, cents
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
    comma,
    csv_file,
    dearer,
    freight_of,
    parcel,
    tariff,
    unknown,
    workbook,
)


def kuusamo() -> Drawn:
    """Finnish haulier: a row a consignment, its sum before tax, the sums of the file below."""
    places = {"00": 1, "20": 2, "33": 2, "40": 3, "90": 4, "96": 6}
    of = tariff(
        "Kuusamon Kuljetus Oy", "EUR", "kg", country="FI", fuel_flat="11.8",
        areas=area_table("24.00", "6.10", "9.80", places, (40, 100, 300, 700, 1500)),
        words=("Rahti", "Polttoainelisä"), surcharges={"Nostolava": "28.00", "Aikatilaus": "15.00", "Kylmäkuljetus": "34.00"},
    )  # fmt: skip
    bill = bill_of("kuusamo_erittely.csv", of, "20261144", date(2026, 10, 31))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(bill, f"JJFI{65011 + 17 * n}", date(2026, 10, 3 + 4 * n), place, kilos, *extra,
                       reference=f"T{n}90", pieces=n)  # fmt: skip

    first = one(1, "00520 Helsinki", "64", "Aikatilaus")
    dear = one(2, "33100 Tampere", "255")
    freight_of(bill, dear, dear.charges[0].amount + D("11.50"), "11.8", "wrong_rate")
    dearer(bill, one(3, "90570 Oulu", "610", "Nostolava"), 2, "36.00")
    unknown(bill, one(4, "96200 Rovaniemi", "31"), "Saaristolisä", "19.00")
    dearer(bill, one(5, "40100 Jyväskylä", "140", "Kylmäkuljetus"), 1, "9.99")
    again(bill, first)
    bill.tax = cents(bill.net * D("0.255"))
    names = ["Rahti", "Polttoainelisä", *of["surcharges"], "Saaristolisä"]
    rows: list[Row] = [["Laskunumero", "Laskun pvm", "Lähetysnumero", "Lähetyspäivä", "Viite", "Vastaanottaja", "Postinumero", "Postitoimipaikka",
                        "Kollit", "Rahdituspaino kg", *names, "Yhteensä veroton"]]  # fmt: skip
    for each in bill.parcels:
        rows.append([bill.number, f"{bill.day:%d.%m.%Y}", each.number, f"{each.day:%d.%m.%Y}", each.reference, "Esimerkki Oy", *each.destination.split(" ", 1),
                     each.pieces, comma(each.billed, 1), *("" if (got := amount_named(each, name)) is None else comma(got) for name in names), comma(each.total)])  # fmt: skip
    gap = [""] * (len(rows[0]) - 2)
    rows += [[*gap, "Veroton yhteensä", comma(bill.net)], [*gap, "ALV 25,5 %", comma(bill.tax)],
             [*gap, "Maksettava EUR", comma(bill.net + bill.tax)]]  # fmt: skip
    return Drawn([bill], csv_file(rows, ";"))


def tisza() -> Drawn:
    """Hungarian parcels: a row a charge, whole forints, the parcel's facts in each row."""
    of = tariff(
        "Tisza Csomag Kft.", "HUF", "kg", services={"Üzleti csomag": _whole(zone_table("1450", "210", "62", range(1, 5), 32))},
        fuel={"Üzleti csomag": "10"}, words=("Szállítási díj", "Üzemanyag felár"),
        surcharges={"Utánvét": "590", "Biztosítás": "340", "Szombati kézbesítés": "1900"},
    )  # fmt: skip
    bill = bill_of("tisza_tetelek.csv", of, "TC-2026/04412", date(2026, 5, 31))

    def one(n: int, zone: str, kilos: str, *extra: str) -> Parcel:
        got = parcel(bill, f"TC{4410200 + 11 * n}HU", date(2026, 5, 4 + 3 * n), "Üzleti csomag", zone, kilos, *extra,
                     reference=f"R{n}7", destination="1117 Budapest")  # fmt: skip
        got.charges[1].amount = got.charges[1].amount.quantize(D(1))
        return got

    one(1, "1", "4", "Utánvét")
    zoned = one(2, "2", "10")
    dear = D(of["services"]["Üzleti csomag"]["3"]["10"])
    bill.wrong("overcharged", "wrong_zone", zoned, "Szállítási díj", dear, zoned.charges[0].amount)
    bill.wrong("overcharged", "wrong_zone", zoned, "Üzemanyag felár", dear / 10, zoned.charges[1].amount)
    zoned.charges[0].amount, zoned.charges[1].amount = dear, dear / 10
    dearer(bill, one(3, "4", "20", "Szombati kézbesítés"), 2, "2400")
    unknown(bill, one(4, "3", "7"), "Útdíj", "120")
    one(5, "2", "15", "Biztosítás")
    again(bill, one(6, "1", "9", "Utánvét"))
    rows: list[Row] = [["Számlaszám", "Számla kelte", "Csomagszám", "Feladás dátuma", "Szolgáltatás", "Zóna", "Súly (kg)", "Irányítószám", "Település",
                        "Díjtétel megnevezése", "Nettó összeg", "Pénznem"]]  # fmt: skip
    for each in bill.parcels:
        for charge in each.charges:
            rows.append([bill.number, f"{bill.day:%Y.%m.%d}", each.number, f"{each.day:%Y.%m.%d}", each.service, each.zone, each.billed, *each.destination.split(" ", 1),
                         charge.name, f"{charge.amount:.0f}", "HUF"])  # fmt: skip
    bill.prints_total = False
    return Drawn([bill], csv_file(rows, ";"))


def _whole(table: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Prices in tens: a share of a tenth has no fraction."""
    return {zone: {top: f"{round(D(price), -1):.0f}" for top, price in own.items()} for zone, own in table.items()}


def boga() -> Drawn:
    """Turkish haulier, a workbook with letterhead above and sums below; quantity and price columns beside the freight."""
    places = {"06": 2, "16": 1, "34": 0, "35": 3, "42": 4}
    of = tariff(
        "Boğa Nakliyat A.Ş.", "TRY", "kg", country="TR", fuel_flat="16.0",
        areas=area_table("640.00", "155.00", "240.00", places, (100, 250, 500, 1000)),
        words=("Navlun", "Yakıt farkı"), surcharges={"Hamaliye": "350.00", "Sigorta": "90.00", "Randevulu teslimat": "180.00"},
    )  # fmt: skip
    bill = bill_of("boga_dokum.xlsx", of, "BGA2026000001187", date(2026, 6, 30))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(bill, f"{88120440 + 23 * n}", date(2026, 6, 2 + 5 * n), place, kilos, *extra,
                       reference=f"IRS{n}", pieces=2 * n)  # fmt: skip

    one(1, "34710 Istanbul", "88", "Sigorta")
    dear = one(2, "06370 Ankara", "410", "Hamaliye")
    freight_of(bill, dear, dear.charges[0].amount + D("300.00"), "16.0", "wrong_rate")
    dearer(bill, one(3, "35410 Izmir", "730", "Randevulu teslimat"), 2, "260.00")
    unknown(bill, one(4, "16140 Bursa", "190"), "Köprü geçişi", "75.00")
    again(bill, one(5, "42060 Konya", "480"))
    bill.tax = cents(bill.net * D("0.20"))
    names = ["Navlun", "Yakıt farkı", *of["surcharges"], "Köprü geçişi"]
    head: Row = [
        "İrsaliye no",
        "Sevk tarihi",
        "Alıcı şehir",
        "Posta kodu",
        "Koli adedi",
        "Ücrete esas ağırlık (kg)",
        "Birim fiyat",
        *names,
        "Tutar",
    ]
    rows: list[Row] = [
        ["Boğa Nakliyat A.Ş.", "", "Vergi no 1234567890"],
        ["Fatura no", bill.number, "Fatura tarihi", f"{bill.day:%d.%m.%Y}"],
        [],
        head,
    ]
    for each in bill.parcels:
        postal, town = each.destination.split(" ", 1)
        rows.append([each.number, f"{each.day:%d.%m.%Y}", town, postal, each.pieces, each.billed, cents(each.charges[0].amount / (each.billed or 1)),
                     *(amount_named(each, name) for name in names), each.total])  # fmt: skip
    gap = [""] * (len(head) - 2)
    rows += [
        [],
        [*gap, "Ara toplam", bill.net],
        [*gap, "KDV %20", bill.tax],
        [*gap, "Genel toplam TRY", bill.net + bill.tax],
    ]
    return Drawn([bill], workbook(rows, "Döküm"))


def carpati() -> Drawn:
    """Romanian parcels: net, tax and gross of each row, a line of the sums at the end."""
    of = tariff(
        "Carpați Curier SRL", "RON", "kg", services={"Standard": zone_table("16.50", "2.90", "1.15", range(1, 6), 40)}, fuel={"Standard": "12.5"},
        words=("Tarif transport", "Taxă combustibil"), surcharges={"Ramburs": "6.00", "Asigurare": "4.50", "Livrare sâmbăta": "15.00"},
    )  # fmt: skip
    bill = bill_of("carpati_awb.csv", of, "CCR 118204", date(2026, 8, 31))

    def one(n: int, zone: str, kilos: str, *extra: str) -> Parcel:
        return parcel(bill, f"5500{81200 + 19 * n}", date(2026, 8, 2 + 4 * n), "Standard", zone, kilos, *extra,
                      reference=f"C{n}12", destination="Cluj-Napoca")  # fmt: skip

    first = one(1, "2", "6", "Ramburs")
    freight_of(bill, one(2, "3", "14"), D(of["services"]["Standard"]["3"]["19"]), "12.5", "wrong_rate")
    dearer(bill, one(3, "5", "30", "Livrare sâmbăta"), 2, "22.00")
    unknown(bill, one(4, "1", "3"), "Taxă urbană", "3.50")
    dearer(bill, one(5, "4", "22", "Asigurare"), 1, "15.10")
    again(bill, first)
    names = ["Tarif transport", "Taxă combustibil", *of["surcharges"], "Taxă urbană"]
    rows: list[Row] = [["Nr. factură", "Data facturii", "AWB", "Data expedierii", "Serviciu", "Zonă", "Greutate taxabilă (kg)", "Localitate destinatar", "Referință",
                        *names, "Valoare fără TVA", "TVA 21%", "Total cu TVA"]]  # fmt: skip
    net = tax = D(0)
    for each in bill.parcels:
        own = cents(each.total * D("0.21"))
        net, tax = net + each.total, tax + own
        rows.append([bill.number, f"{bill.day:%d.%m.%Y}", each.number, f"{each.day:%d.%m.%Y}", each.service, each.zone, comma(each.billed, 1), each.destination, each.reference,
                     *("" if (got := amount_named(each, name)) is None else comma(got) for name in names), comma(each.total), comma(own), comma(each.total + own)])  # fmt: skip
    rows.append([*[""] * 8, "TOTAL RON", *[""] * len(names), comma(net), comma(tax), comma(net + tax)])
    bill.tax = tax
    return Drawn([bill], csv_file(rows, ";"))


# --- several classes on one PRO ---


def _mixed(of: dict[str, object], lane: str, goods: tuple[tuple[str, int], ...]) -> list[Decimal]:
    """The gross freight of each class: by the weight of all goods together."""
    whole = sum(pounds for _, pounds in goods)
    table: dict[str, dict[str, str]] = of["lanes"][lane]  # type: ignore[index]
    return [
        cents(D(next(price for below, price in table[own].items() if whole < int(below))) * pounds / 100)
        for own, pounds in goods
    ]


def _mixed_bill(
    file: str, carrier: str, number: str, day: date, base: str, first: int, words: tuple[str, str]
) -> Drawn:
    """Freight bills of one to three classes each. The goods stand in the texts of the shipment's first charges."""
    ends = {"452-606": "CHICAGO IL 60638", "452-303": "ATLANTA GA 30336"}
    of = tariff(
        carrier, "USD", "lb", classes={"50": "50", "60": "60", "70": "70", "85": "85", "100": "100", "125": "125"},
        lanes=class_table(base, {"452-606": "1.00", "452-303": "1.21"}), ends=ends, discount="67.0", minimum="99.00", percent="26.0",
        fuel_flat="26.0", fuel_base="net freight", words=words,
        surcharges={"Liftgate delivery": "72.00", "Limited access": "85.00", "Notify before delivery": "18.00"},
        codes={"Liftgate delivery": "LFT", "Limited access": "LTD", "Notify before delivery": "NFY", words[0]: "DSC", words[1]: "FUE"},
        **{"from": "CINCINNATI OH 45241"},
    )  # fmt: skip
    bill = bill_of(file, of, number, day)

    def one(n: int, lane: str, goods: tuple[tuple[str, int], ...], *extra: str, percent: str = "67.0") -> Parcel:
        whole = D(sum(pounds for _, pounds in goods))
        made = Parcel(f"{first + 37 * n}", date(day.year, day.month, 1 + n), "LTL", "", whole, whole, "lb", reference=f"BL{n}33", pieces=n,
                      origin="CINCINNATI OH 45241", destination=ends[lane], freight_class="+".join(f"{c}:{w}" for c, w in goods))  # fmt: skip
        gross = _mixed(of, lane, goods)
        off, right = (-cents(sum(gross) * D(each) / 100) for each in (percent, "67.0"))
        fuel, right_fuel = (cents((sum(gross) + each) * D("0.26")) for each in (off, right))
        made.charges = [Charge(f"Goods of class {own}", amount) for (own, _), amount in zip(goods, gross, strict=True)]
        made.charges += [Charge(words[0], off, "discount", "DSC"), Charge(words[1], fuel, "fuel", "FUE")]
        made.charges += [Charge(name, D(of["surcharges"][name]), "accessorial", of["codes"][name]) for name in extra]
        if off != right:
            bill.wrong("overcharged", "discount", made, "freight", sum(gross) + off, sum(gross) + right)
            bill.wrong("overcharged", "discount", made, "fuel", fuel, right_fuel)
        bill.parcels.append(made)
        return made

    one(1, "452-606", (("70", 640), ("125", 520)), "Liftgate delivery")
    one(2, "452-303", (("60", 1500), ("100", 900), ("85", 350)), percent="61.0")
    dearer(bill, single := one(3, "452-606", (("85", 1230),), "Limited access"), 3, "110.00")
    mixed = one(4, "452-303", (("50", 2200), ("125", 410)), "Notify before delivery")
    unknown(bill, mixed, "Sort and segregate", "60.00", "SEG")
    assert single.charges[3].name == "Limited access"
    again(bill, one(5, "452-606", (("70", 980), ("85", 600))), netted=True)
    return Drawn([bill], b"")


def scioto() -> Drawn:
    """A file with a row a charge: goods have class, weight and rate in their row, what follows has none."""
    drawn = _mixed_bill(
        "scioto_detail.csv",
        "Scioto Valley Freight",
        "SVF-88104",
        date(2026, 4, 24),
        "47.30",
        70114205,
        ("Less discount", "Fuel surcharge"),
    )
    bill = drawn.bills[0]
    rows: list[Row] = [
        [
            "Invoice No",
            "Invoice Date",
            "Pro No",
            "Pickup Date",
            "BOL No",
            "Origin Zip",
            "Dest Zip",
            "Pcs",
            "Class",
            "Weight Lbs",
            "Rate/Cwt",
            "Description",
            "Charges",
        ]
    ]
    for each in bill.parcels:
        goods = [pair.split(":") for pair in each.freight_class.split("+")]
        for at, charge in enumerate(each.charges):
            own, pounds = goods[at] if at < len(goods) else ("", "")
            rate = cents(charge.amount / D(pounds) * 100) if pounds else ""
            rows.append([bill.number, f"{bill.day:%m/%d/%Y}", each.number, f"{each.day:%m/%d/%Y}", each.reference, each.origin[-5:], each.destination[-5:],
                         each.pieces if pounds else "", own, pounds, rate, charge.name, charge.amount])  # fmt: skip
        rows.append([bill.number, f"{bill.day:%m/%d/%Y}", each.number, *[""] * 8, "PRO TOTAL", each.total])
    rows.append(["", "", "", *[""] * 8, "INVOICE TOTAL USD", bill.net])
    return Drawn([bill], csv_file(rows))


def mesabi() -> Drawn:
    """EDI 210 with a lading line a class, rates per hundredweight, and the discount as a line below."""
    drawn = _mixed_bill(
        "mesabi_210.edi",
        "Mesabi Motor Freight",
        "MSBI-260619",
        date(2026, 6, 19),
        "50.10",
        6100244,
        ("DISCOUNT", "FUEL SURCHARGE"),
    )
    bill = drawn.bills[0]
    segments = ["ISA*00*          *00*          *02*MSBI           *ZZ*EXAMPLEASM     *260619*0715*U*00401*000260619*0*P*>",
                f"GS*IM*MSBI*EXAMPLEASM*{bill.day:%Y%m%d}*0715*19*X*004010"]  # fmt: skip
    for n, each in enumerate(bill.parcels, 1):
        goods = [pair.split(":") for pair in each.freight_class.split("+")]
        pence = [int(charge.amount * 100) for charge in each.charges]
        city, state, postal = each.destination.rsplit(" ", 2)
        own = [f"ST*210*{n:04d}", f"B3*B*{each.number}*{each.reference}*PP**{bill.day:%Y%m%d}*{sum(pence)}**{each.day:%Y%m%d}*035*MSBI",
               "C3*USD", f"N9*PO*45{n}00", f"G62*11*{each.day:%Y%m%d}", "N1*SH*EXAMPLE ASSEMBLY*25*77120", "N3*40 RIVER RD", "N4*CINCINNATI*OH*45241",
               "N1*CN*ACME RETAIL", f"N4*{city}*{state}*{postal}", "N1*BT*EXAMPLE ASSEMBLY", f"N1*RI*{bill.carrier.upper()}"]  # fmt: skip
        for at, (charge, amount) in enumerate(zip(each.charges, pence, strict=True), 1):
            own.append(f"LX*{at}")
            if at <= len(goods):
                class_, pounds = goods[at - 1]
                own += [f"L5*{at}*{charge.name.upper()}*{class_}0{at}*N", f"L0*{at}*{charge.amount / D(pounds) * 100:.2f}*CW*{pounds}*G***{each.pieces}*PLT**L",
                        f"L1*{at}*{charge.amount / D(pounds) * 100:.2f}*PH*{amount}", f"L7*{at}*MSBI*{n}0****{class_}"]  # fmt: skip
            else:
                own += [f"L5*{at}*{charge.name.upper()}", f"L1*{at}***{amount}****{charge.code}"]
        own.append(f"L3*{each.billed}*B***{sum(pence)}******{each.pieces}*L")
        segments += [*own, f"SE*{len(own) + 1}*{n:04d}"]
    segments += [f"GE*{len(bill.parcels)}*19", "IEA*1*000260619"]
    return Drawn([bill], "".join(f"{segment}~\n" for segment in segments).encode())


SET = (kuusamo, tisza, boga, carpati, scioto, mesabi)
