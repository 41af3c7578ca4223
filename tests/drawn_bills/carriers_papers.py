"""The eighth set on paper, as text and as EDI: statements by PRO, groupage, lists of forwarders and of air waybills."""

from __future__ import annotations

from datetime import date

from reportlab.lib.pagesizes import A4, LETTER, landscape

from samples.bills.books import Bill, Charge, Parcel, cents
from samples.bills.ltl import class_table, rated
from samples.bills.parcels import zone_table
from samples.bills.roads import area_table
from tests.drawn_bills.books import (
    D,
    Drawn,
    Paper,
    again,
    amount_named,
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


def mixed(
    bill: Bill, number: str, day: date, lane: str, goods: tuple[tuple[str, int], ...], *extra: str, reference: str
) -> Parcel:
    """A freight bill of several classes: each weight at its class, in the break of all together."""
    of, total = bill.tariff, sum(pounds for _, pounds in goods)
    one = Parcel(number, day, "LTL", "", D(total), D(total), "lb", freight_class=", ".join(each for each, _ in goods),
                 origin=of["from"], destination=of["ends"][lane], reference=reference, pieces=len(goods))  # fmt: skip
    for each, pounds in goods:
        prices = of["lanes"][lane][of["classes"].get(each, each)]
        rate = D(next(price for below, price in prices.items() if total < int(below)))
        one.charges.append(Charge(of["words"][0], cents(rate * pounds / 100), gross=D(pounds)))
    gross = sum((charge.amount for charge in one.charges), D(0))
    off = cents(gross * D(of["discount"]) / 100)
    one.charges += [Charge(of["words"][1], -off, "discount"), Charge(of["words"][2], cents((gross - off) * D(of["percent"]) / 100), "fuel"),
                    *(Charge(name, D(of["surcharges"][name]), "accessorial") for name in extra)]  # fmt: skip
    bill.parcels.append(one)
    return one


def blackhawk() -> Drawn:
    """LTL statement by PRO: several classes on a PRO, a class that the card rates lower, deficit weight not given."""
    ends = {"612-553": "ST PAUL MN 55304", "612-482": "DETROIT MI 48214"}
    of = tariff(
        "Blackhawk Motor Freight", "USD", "lb", classes={"50": "50", "60": "60", "70": "70", "85": "70", "100": "100", "125": "125"},
        lanes=class_table("55.10", {"612-553": "1.00", "612-482": "1.22"}), ends=ends, discount="66.0", minimum="105.00", percent="31.0", fuel_flat="31.0",
        fuel_base="net freight", codes={}, words=("PLASTIC ARTICLES", "LESS DISCOUNT 66.0%", "FUEL SURCHARGE", "MINIMUM CHARGE ADJ"),
        surcharges={"LIFTGATE DELIVERY": "84.00", "APPOINTMENT": "32.00", "LIMITED ACCESS": "73.00"}, **{"from": "ROCK ISLAND IL 61201"},
    )  # fmt: skip
    bill = bill_of("blackhawk_statement.pdf", of, "S-118820", date(2026, 10, 9))

    def one(n: int, lane: str, class_: str, pounds: int, *extra: str) -> Parcel:
        return by_class(
            bill,
            f"018-{440120 + 17 * n}",
            date(2026, 10, n),
            lane,
            class_,
            pounds,
            *extra,
            reference=f"BH{7100 + n}",
            pieces=n,
        )

    several = mixed(
        bill, "018-440101", date(2026, 10, 1), "612-553", (("70", 900), ("125", 450)), "APPOINTMENT", reference="BH7001"
    )
    dearer(bill, several, 4, "45.00")
    discount_of(bill, one(1, "612-482", "100", 2250), "60")
    moved = one(2, "612-553", "85", 1600, "LIFTGATE DELIVERY")  # rated as 70 on the card, billed at 85
    right, fuel = moved.charges[0].amount + moved.charges[1].amount, moved.charges[2].amount
    plain = of | {"classes": {}}
    gross, off, _, _ = rated(plain, "612-553", "85", 1600)
    moved.charges[0].amount, moved.charges[1].amount, moved.charges[2].amount = (
        gross,
        -off,
        cents((gross - off) * D("0.31")),
    )
    bill.wrong("overcharged", "wrong_class", moved, "freight", gross - off, right)
    bill.wrong("overcharged", "wrong_class", moved, "fuel", moved.charges[2].amount, fuel)
    short = one(3, "612-482", "60", 960)  # cheaper as 1,000 lb
    right, fuel = short.charges[0].amount + short.charges[1].amount, short.charges[2].amount
    gross = cents(D(of["lanes"]["612-482"]["60"]["1000"]) * 960 / 100)
    off = cents(gross * D("0.66"))
    short.charges[0].amount, short.charges[1].amount, short.charges[2].amount = (
        gross,
        -off,
        cents((gross - off) * D("0.31")),
    )
    bill.wrong("overcharged", "deficit_weight", short, "freight", gross - off, right)
    bill.wrong("overcharged", "deficit_weight", short, "fuel", short.charges[2].amount, fuel)
    low = one(4, "612-553", "50", 240)  # at the minimum of 105.00, billed with 119.00
    low.charges[2].amount += D("14.00")
    before = low.charges[3].amount
    low.charges[3].amount = cents(D("119") * D("0.31"))
    bill.wrong("overcharged", "minimum", low, "freight", D("119.00"), D("105.00"))
    bill.wrong("overcharged", "minimum", low, "fuel", low.charges[3].amount, before)
    unknown(bill, one(5, "612-482", "125", 700), "SORT AND SEGREGATE", "48.00")
    again(bill, one(6, "612-553", "70", 3100, "LIMITED ACCESS"), netted=True)
    page = Paper(bill.number, LETTER, top=50, bottom=740)
    page.row((40, bill.carrier), (-570, "STATEMENT OF FREIGHT BILLS"), bold=True, size=12, step=15)
    page.row((40, "4400 44th Ave, Moline IL 61265"), (-570, f"Statement no. {bill.number}"))
    page.row((40, "Bill to: Example Plastics Inc"), (-570, f"Statement date {bill.day:%m/%d/%Y}"), step=22)
    for each in bill.parcels:
        page.room(90)
        page.row(
            (40, f"PRO {each.number}"),
            (170, f"Pickup {each.day:%m/%d/%Y}"),
            (290, f"BOL {each.reference}"),
            (400, "Terms: 3rd Party"),
            bold=True,
        )
        page.row(
            (40, f"Shipper: Example Plastics, {each.origin}"),
            (300, f"Consignee: Acme Retail, {each.destination}"),
            step=14,
        )
        page.row(
            (40, "HU"),
            (70, "Description"),
            (-300, "Class"),
            (-370, "Weight"),
            (-450, "Rate/cwt"),
            (-570, "Amount"),
            bold=True,
            size=7.5,
        )
        goods = [charge for charge in each.charges if charge.kind == "freight"]
        classes = each.freight_class.split(", ")
        for charge in each.charges:
            amount = f"{charge.amount:,.2f}" if charge.amount > 0 else f"({-charge.amount:,.2f})"
            if charge.kind != "freight":
                page.row((70, charge.name), (-570, amount))
                continue
            pounds = charge.gross or each.billed or D(1)
            page.row(
                (40, "1"),
                (70, charge.name),
                (-300, classes[goods.index(charge)]),
                (-370, f"{pounds:,}"),
                (-450, f"{charge.amount / pounds * 100:.2f}"),
                (-570, amount),
            )
        page.row((400, f"Total PRO {each.number}"), (-570, f"{each.total:,.2f}"), bold=True, step=20)
    page.row((400, "Statement total USD"), (-570, f"{bill.net:,.2f}"), bold=True)
    return Drawn([bill], page.done())


def almeria() -> Drawn:
    """Spanish forwarder: a list of shipments in landscape, places of both ends, a total with tax below."""
    places = {"28": 1, "08": 2, "41": 0, "46": 1, "15": 4}
    of = tariff("Almería Forwarding S.L.", "EUR", "kg", country="ES", fuel_flat="9.8", areas=area_table("18.50", "3.90", "6.40", places, (50, 150, 400, 1000)), words=("Flete", "Rec. combustible"),
                surcharges={"Gestión aduana": "38.00", "Seguro mercancía": "7.25", "Plataforma elevadora": "22.00"})  # fmt: skip
    bill = bill_of("almeria_relacion.pdf", of, "F26-1187", date(2026, 4, 15))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(
            bill,
            f"ALM-{60440 + 3 * n}",
            date(2026, 4, 1 + n),
            place,
            kilos,
            *extra,
            reference=f"PED{n}01",
            origin="04001 Almería",
            pieces=n,
        )

    first = one(1, "28020 Madrid", "130", "Seguro mercancía")
    dear = one(2, "08012 Barcelona", "380")
    freight_of(bill, dear, dear.charges[0].amount + D("17.30"), "9.8", "wrong_rate")
    dearer(bill, one(3, "41001 Sevilla", "45", "Plataforma elevadora"), 2, "33.00")
    dearer(bill, one(4, "15001 La Coruña", "920", "Gestión aduana"), 1, "14.44")
    unknown(bill, one(5, "46001 Valencia", "60"), "Peaje urbano", "5.50")
    again(bill, first)
    bill.tax = cents(bill.net * D("0.21"))
    names = ["Flete", "Rec. combustible", *of["surcharges"], "Peaje urbano"]
    page = Paper(bill.number, landscape(A4), top=40, bottom=540)
    page.row((40, bill.carrier), (-800, f"FACTURA Nº {bill.number}"), bold=True, size=12, step=15)
    page.row((40, "C/ del Puerto 4, 04002 Almería · NIF B04118822"), (-800, f"Fecha de factura: {bill.day:%d/%m/%Y}"))
    page.row((40, "Cliente: Muebles Ejemplo S.A."), step=20)
    xs = (-470, -530, -590, -645, -700, -750)
    page.row((40, "Nº expedición"), (110, "Fecha"), (165, "Origen"), (215, "Destino"), (300, "Ref. cliente"), (-375, "Bultos"), (-415, "Kg"), (-470, "Flete"), (-530, "Combust."), (-590, "Aduana"),
             (-645, "Seguro"), (-700, "Plataf."), (-750, "Peaje"), (-800, "Total"), bold=True, size=7.5)  # fmt: skip
    for each in bill.parcels:
        cells = [
            (x, comma(got)) for x, name in zip(xs, names, strict=True) if (got := amount_named(each, name)) is not None
        ]
        page.row((40, each.number), (110, f"{each.day:%d/%m/%Y}"), (165, each.origin.split(" ", 1)[1]), (215, each.destination), (300, each.reference), (-375, str(each.pieces)), (-415, comma(each.billed, 0)),
                 *cells, (-800, comma(each.total)), size=7.5)  # fmt: skip
    for label, amount in (
        ("Base imponible", bill.net),
        ("IVA 21 %", bill.tax),
        ("TOTAL FACTURA EUR", bill.net + bill.tax),
    ):
        page.row((600, label), (-800, comma(amount)), bold=True)
    return Drawn([bill], page.done())


def appennino() -> Drawn:
    """Italian courier on paper: a row a shipment with the price, surcharges in rows below it, subtotals a shipment."""
    of = tariff("Corriere Appennino S.p.A.", "EUR", "kg", services={"Nazionale": zone_table("7.10", "1.30", "0.38", range(1, 6), 60)}, fuel={"Nazionale": "6.9"}, words=("Nolo", "Adeguamento carburante"),
                surcharges={"Contrassegno": "5.20", "Consegna su appuntamento": "8.00", "Giacenza": "12.50"})  # fmt: skip
    bill = bill_of("appennino_distinta.pdf", of, "2026/VE/004418", date(2026, 11, 16))

    def one(n: int, zone: str, kilos: str, *extra: str) -> Parcel:
        return parcel(
            bill,
            f"BO{7712000 + 41 * n}",
            date(2026, 11, 1 + 2 * n),
            "Nazionale",
            zone,
            kilos,
            *extra,
            reference=f"DDT {n}40",
            destination="40121 Bologna",
            pieces=1,
        )

    one(1, "1", "12", "Contrassegno")
    freight_of(bill, one(2, "2", "33"), D(of["services"]["Nazionale"]["4"]["33"]), "6.9", "wrong_zone")
    dearer(bill, one(3, "5", "55", "Giacenza"), 2, "18.75")
    charge_again(bill, one(4, "3", "8", "Consegna su appuntamento"), 2)
    unknown(bill, one(5, "4", "21"), "Supplemento località disagiate", "3.10")
    dearer(bill, one(6, "1", "41"), 1, "2.95")
    bill.tax = cents(bill.net * D("0.22"))
    page = Paper(bill.number, A4, top=50, bottom=760)
    page.row((40, bill.carrier), (-555, "FATTURA"), bold=True, size=13, step=16)
    page.row(
        (40, "Via Emilia 118, 40026 Imola (BO) - P.IVA 02114480375"),
        (-555, f"N. {bill.number} del {bill.day:%d/%m/%Y}"),
    )
    page.row((40, "Spett.le Esempio Ceramiche S.r.l."), step=22)
    page.row(
        (40, "Lettera di vettura"),
        (130, "Data"),
        (190, "Destinatario"),
        (310, "Zona"),
        (-370, "Peso kg"),
        (390, "Descrizione"),
        (-555, "Importo"),
        bold=True,
        size=8,
    )
    for each in bill.parcels:
        page.room(14 * len(each.charges) + 10)
        for n, charge in enumerate(each.charges):
            facts = (
                [
                    (40, each.number),
                    (130, f"{each.day:%d/%m/%Y}"),
                    (190, each.destination),
                    (310, each.zone),
                    (-370, comma(each.billed, 0)),
                ]
                if n == 0
                else []
            )
            page.row(*facts, (390, charge.name), (-555, comma(charge.amount)), size=8)
        page.row((390, "Totale spedizione"), (-555, comma(each.total)), bold=True, size=8, step=14)
    for label, amount in (
        ("Imponibile", bill.net),
        ("IVA 22%", bill.tax),
        ("Totale da pagare EUR", bill.net + bill.tax),
    ):
        page.row((390, label), (-555, comma(amount)), bold=True)
    return Drawn([bill], page.done())


SET = (blackhawk, almeria, appennino)
