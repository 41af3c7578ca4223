"""The eighth set as lists: German groupage, French air waybills, EDI, texts of couriers."""

from __future__ import annotations

from datetime import date

from reportlab.lib.pagesizes import A4, landscape

from samples.bills.books import Charge, Parcel, cents
from samples.bills.ltl import class_table
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
from tests.drawn_bills.carriers_papers import mixed


def schwarzach() -> Drawn:
    """German groupage: position numbers, the toll by postcode area and a floater of its own line under each shipment."""
    places = {"01": 5, "10": 4, "28": 3, "40": 2, "70": 0, "90": 1}
    toll = {area: str(D("2.10") + D("0.65") * far) for area, far in places.items()}
    of = tariff("Spedition Schwarzach GmbH & Co. KG", "EUR", "kg", country="DE", language="de", fuel_flat="11.5", areas=area_table("29.50", "5.60", "9.10", places, (100, 300, 700, 1500)), toll=toll,
                words=("Fracht", "Dieselfloater 11,5 %"), surcharges={"Avis": "4.90", "Hebebühne": "24.00", "Gefahrgut": "18.50", "Palettentausch": "3.50"})  # fmt: skip
    bill = bill_of("schwarzach_sammelrechnung.pdf", of, "SR 2026-0917", date(2026, 3, 31))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        got = by_area(
            bill,
            f"{4407120 + 13 * n}",
            date(2026, 3, 5 + 4 * n),
            place,
            kilos,
            *extra,
            reference=f"LS {8810 + n}",
            origin="97359 Schwarzach",
            pieces=n,
        )
        got.charges.insert(1, Charge("Maut", D(toll[place[:2]]), "accessorial", "MAUT"))
        return got

    one(1, "01067 Dresden", "280", "Avis")
    dear = one(2, "28195 Bremen", "640")
    freight_of(bill, dear, dear.charges[0].amount + D("8.80"), "11.5", "wrong_rate")
    dearer(bill, one(3, "70173 Stuttgart", "95", "Hebebühne"), 3, "29.00")
    dearer(bill, one(4, "90402 Nürnberg", "1450", "Palettentausch"), 1, "5.90")
    unknown(bill, one(5, "40210 Düsseldorf", "210", "Gefahrgut"), "Energiekostenzuschlag", "6.40")
    charge_again(bill, one(6, "10115 Berlin", "75", "Avis"), 3)
    bill.tax = cents(bill.net * D("0.19"))
    page = Paper(bill.number, A4, top=50, bottom=770)
    page.row((50, bill.carrier), bold=True, size=13, step=16)
    page.row((50, "Am Hafen 2 · 97359 Schwarzach am Main · USt-IdNr. DE811128135"), step=20)
    page.row((50, "Muster Maschinenbau AG, 97070 Würzburg"), (-545, f"Sammelrechnung Nr. {bill.number}"))
    page.row((-545, f"Rechnungsdatum {bill.day:%d.%m.%Y}"), step=22)
    page.row(
        (50, "Pos."),
        (80, "Sendung"),
        (140, "Datum"),
        (200, "Empfänger"),
        (320, "Colli"),
        (-385, "kg"),
        (400, "Leistung"),
        (-545, "EUR"),
        bold=True,
    )
    for n, each in enumerate(bill.parcels, 1):
        page.room(14 * len(each.charges) + 10)
        for at, charge in enumerate(each.charges):
            facts = (
                [
                    (50, str(n)),
                    (80, each.number),
                    (140, f"{each.day:%d.%m.%y}"),
                    (200, each.destination),
                    (320, str(each.pieces)),
                    (-385, comma(each.billed, 0)),
                ]
                if at == 0
                else []
            )
            page.row(*facts, (400, charge.name), (-545, comma(charge.amount)))
        page.row((400, "Summe Sendung"), (-545, comma(each.total)), bold=True, step=16)
    for label, amount in (
        ("Summe netto", bill.net),
        ("zzgl. 19 % MwSt.", bill.tax),
        ("Rechnungsbetrag", bill.net + bill.tax),
    ):
        page.row((400, label), (-545, comma(amount)), bold=True)
    return Drawn([bill], page.done())


def provence() -> Drawn:
    """French air forwarder: a list of waybills (LTA) with its charges in columns, spaces as thousands."""
    of = tariff("Provence Fret Aérien SAS", "EUR", "kg", round_up="", air={"JFK": [["0", "4.60"], ["45", "3.90"], ["100", "3.35"], ["300", "2.95"]], "DXB": [["0", "3.70"], ["45", "3.10"], ["100", "2.65"], ["300", "2.25"]]},
                minimum={"JFK": "95.00", "DXB": "80.00"}, per_kg={"Surcharge carburant": "1.05", "Sûreté": "0.16"}, surcharges={"Frais de LTA": "26.00", "Douane export": "48.00"}, **{"from": "MRS"})  # fmt: skip
    bill = bill_of("provence_lta.pdf", of, "FA-2026-0612", date(2026, 6, 30))

    def one(n: int, to: str, kilos: str, *extra: str) -> Parcel:
        weight = D(kilos)
        best = min(max(weight, D(start)) * D(rate) for start, rate in of["air"][to])
        got = Parcel(
            f"057-{4418020 + 11 * n:08d}",
            date(2026, 6, 2 + 3 * n),
            "",
            "",
            weight,
            weight,
            "kg",
            origin="MRS",
            destination=to,
            pieces=n,
        )
        got.charges = [Charge("Fret aérien", cents(max(best, D(of["minimum"][to])))), Charge("Surcharge carburant", cents(weight * D("1.05")), "fuel"), Charge("Sûreté", cents(weight * D("0.16")), "accessorial"),
                       *(Charge(name, D(of["surcharges"][name]), "accessorial") for name in ("Frais de LTA", *extra))]  # fmt: skip
        bill.parcels.append(got)
        return got

    one(1, "JFK", "412", "Douane export")
    dear = one(2, "DXB", "96")
    dearer(bill, dear, 0, str(dear.charges[0].amount + D("14.60")), "wrong_rate")
    dearer(bill, one(3, "JFK", "18"), 3, "34.00")
    dearer(bill, one(4, "DXB", "330", "Douane export"), 1, "379.50")
    unknown(bill, one(5, "JFK", "140"), "Frais de dossier", "15.00")
    again(bill, bill.parcels[0])
    names = ["Fret aérien", "Surcharge carburant", "Sûreté", "Frais de LTA", "Douane export", "Frais de dossier"]
    page = Paper(bill.number, landscape(A4), top=40, bottom=540)
    page.row((40, bill.carrier), (-800, f"Facture n° {bill.number}"), bold=True, size=12, step=15)
    page.row(
        (40, "Aéroport Marseille Provence, 13700 Marignane"), (-800, f"Date de facture : {bill.day:%d/%m/%Y}"), step=24
    )
    page.row((40, "N° LTA"), (125, "Date vol"), (185, "Dép."), (220, "Dest."), (-290, "Colis"), (-350, "Poids taxable"), (-420, "Fret"), (-490, "Carburant"), (-545, "Sûreté"), (-600, "LTA"),
             (-665, "Douane"), (-730, "Dossier"), (-800, "Total HT"), bold=True, size=8)  # fmt: skip
    xs = (-420, -490, -545, -600, -665, -730)

    def french(value: object) -> str:
        return f"{value:,.2f}".replace(",", " ").replace(".", ",")

    for each in bill.parcels:
        cells = [
            (x, french(got)) for x, name in zip(xs, names, strict=True) if (got := amount_named(each, name)) is not None
        ]
        page.row(
            (40, each.number),
            (125, f"{each.day:%d/%m/%Y}"),
            (185, each.origin),
            (220, each.destination),
            (-290, str(each.pieces)),
            (-350, french(each.billed)),
            *cells,
            (-800, french(each.total)),
            size=8,
        )
    page.row((-730, "Total HT exonéré de TVA (art. 262 II)"), (-800, french(bill.net)), bold=True, step=14)
    page.row((-730, "Net à payer EUR"), (-800, french(bill.net)), bold=True)
    return Drawn([bill], page.done())


def platte() -> Drawn:
    """EDI 210: two classes on a freight bill, the discount a line of its own, another separator and lines between."""
    ends = {"685-802": "DENVER CO 80216", "685-631": "ST LOUIS MO 63147"}
    of = tariff(
        "Platte Valley Freight", "USD", "lb", classes={"50": "50", "60": "60", "70": "70", "85": "85", "100": "100", "125": "125"}, lanes=class_table("50.90", {"685-802": "1.00", "685-631": "1.18"}),
        ends=ends, discount="70.0", minimum="98.00", percent="26.0", fuel_flat="26.0", fuel_base="net freight", codes={"DISCOUNT": "DSC", "FUEL SURCHARGE": "405", "LIFTGATE": "LFT", "NOTIFICATION": "NFY"},
        words=("MACHINE PARTS", "DISCOUNT", "FUEL SURCHARGE", "MINIMUM CHARGE"), surcharges={"LIFTGATE": "72.00", "NOTIFICATION": "18.00"}, **{"from": "LINCOLN NE 68501"},
    )  # fmt: skip
    bill = bill_of("platte_210.edi", of, "PVFR-990812", date(2026, 8, 12))

    def one(n: int, lane: str, class_: str, pounds: int, *extra: str) -> Parcel:
        return by_class(
            bill, f"5518{2040 + n}", date(2026, 8, 3 + n), lane, class_, pounds, *extra, reference=f"PV{n}771", pieces=n
        )

    mixed(bill, "55182000", date(2026, 8, 3), "685-802", (("60", 1300), ("100", 350)), "LIFTGATE", reference="PV0771")
    discount_of(bill, one(1, "685-631", "85", 2700), "63")
    dearer(bill, one(2, "685-802", "70", 940, "NOTIFICATION"), 3, "25.00")
    unknown(bill, one(3, "685-631", "50", 5200), "SINGLE SHIPMENT", "40.00", "SSC")
    again(bill, one(4, "685-802", "125", 660), netted=True)
    for each in bill.parcels:
        for charge in each.charges:
            charge.code = charge.code or of["codes"].get(charge.name, "")
    lines = [
        "ISA|00|          |00|          |02|PVFR           |ZZ|EXAMPLEAP      |260812|0410|U|00401|000990812|0|P|:",
        f"GS|IM|PVFR|EXAMPLEAP|{bill.day:%Y%m%d}|0410|990812|X|004010",
    ]
    for n, each in enumerate(bill.parcels, 1):
        pence = [int(charge.amount * 100) for charge in each.charges]
        city, state, postal = each.destination.rsplit(" ", 2)
        classes = each.freight_class.split(", ")
        own = [f"ST|210|{n:04d}", f"B3||{each.number}|{each.reference}|TP|L|{bill.day:%Y%m%d}|{sum(pence)}||{each.day:%Y%m%d}|035|PVFR", "C3|USD", f"N9|BM|{each.reference}", f"N9|CN|{each.number}",
               f"G62|86|{each.day:%Y%m%d}", "N1|SH|EXAMPLE MACHINERY", "N4|LINCOLN|NE|68501", "N1|CN|ACME", f"N4|{city}|{state}|{postal}", "N1|BT|EXAMPLE AP", "N1|RE|PLATTE VALLEY FREIGHT"]  # fmt: skip
        for at, (charge, amount) in enumerate(zip(each.charges, pence, strict=True), 1):
            own.append(f"LX|{at}")
            own.append(f"L5|{at}|{charge.name}||N" if charge.kind == "freight" else f"L5|{at}|{charge.name}")
            if charge.kind == "freight":
                pounds = charge.gross or each.billed or D(1)
                own += [
                    f"L0|{at}|||{pounds}|G|||1|SKD||L",
                    f"L1|{at}|{charge.amount / pounds * 100:.2f}|CW|{amount}",
                    f"L7|{at}|PVFR 500|||||{classes[min(at, len(classes)) - 1]}",
                ]
            else:
                own.append(f"L1|{at}|||{amount}||||{charge.code}||||{charge.name}")
        own.append(f"L3|{each.billed}|G|||{sum(pence)}")
        lines += [*own, f"SE|{len(own) + 1}|{n:04d}"]
    lines += [f"GE|{len(bill.parcels)}|990812", "IEA|1|000990812"]
    return Drawn([bill], "".join(f"{line}~\r\n" for line in lines).encode())


def ligerienne() -> Drawn:
    """French courier, a text of fixed columns: a line a charge below the line of the parcel, sums behind."""
    of = tariff("Ligérienne Coursiers", "EUR", "kg", services={"J+1": zone_table("8.60", "1.10", "0.42", range(1, 5), 40)}, fuel={"J+1": "13.0"}, words=("Transport", "Surcharge gazole"),
                surcharges={"Contre-remboursement": "6.00", "Livraison avant 10h": "9.50", "Assurance": "1.80"})  # fmt: skip
    bill = bill_of("ligerienne_detail.txt", of, "LC260418", date(2026, 4, 30))

    def one(n: int, zone: str, kilos: str, *extra: str) -> Parcel:
        return parcel(
            bill,
            f"LG{55120 + 9 * n}FR",
            date(2026, 4, 2 + 4 * n),
            "J+1",
            zone,
            kilos,
            *extra,
            reference=f"CMD{n}",
            destination="44000 Nantes",
        )

    one(1, "1", "6", "Assurance")
    freight_of(bill, one(2, "2", "18"), D(of["services"]["J+1"]["3"]["18"]), "13.0", "wrong_zone")
    dearer(bill, one(3, "4", "31", "Livraison avant 10h"), 2, "12.00")
    unknown(bill, one(4, "3", "11"), "Frais de gestion", "2.20")
    again(bill, one(5, "1", "22", "Contre-remboursement"))
    bill.tax = cents(bill.net * D("0.2"))
    lines = ["LIGERIENNE COURSIERS                                        Facture N° LC260418", f"12 quai de la Fosse 44000 Nantes                            Date facture {bill.day:%d/%m/%Y}", "",
             f"{'Récépissé':<12}{'Date':<12}{'CP':<7}{'Ville':<14}{'Zone':>5}{'Poids kg':>10}  {'Prestation':<24}{'Montant HT':>12}", "-" * 96]  # fmt: skip
    for each in bill.parcels:
        for n, charge in enumerate(each.charges):
            facts = (
                f"{each.number:<12}{each.day:%d/%m/%Y}  {'44000':<7}{'Nantes':<14}{each.zone:>5}{comma(each.billed, 1):>10}"
                if n == 0
                else " " * 60
            )
            lines.append(f"{facts}  {charge.name:<24}{comma(charge.amount):>12}")
    lines += [
        "-" * 96,
        f"{'Total HT':>84}{comma(bill.net):>12}",
        f"{'TVA 20 %':>84}{comma(bill.tax):>12}",
        f"{'Net à payer EUR':>84}{comma(bill.net + bill.tax):>12}",
    ]
    return Drawn([bill], "\n".join(lines).encode("cp1252"))


def baltyk() -> Drawn:
    """Polish courier, a text file with tabs: real and volumetric weight beside the charged one."""
    of = tariff("Bałtyk Kurier Sp. z o.o.", "PLN", "kg", services={"Kurier24": zone_table("13.90", "2.60", "0.72", range(1, 5), 32)}, fuel={"Kurier24": "12.5"},
                words=("Opłata podstawowa", "Opłata paliwowa"), surcharges={"Pobranie": "4.50", "Ubezpieczenie": "2.90", "Element niestandardowy": "28.00"})  # fmt: skip
    bill = bill_of("baltyk_specyfikacja.txt", of, "FV/2026/05/0871", date(2026, 5, 31))

    def one(n: int, zone: str, kilos: str, *extra: str) -> Parcel:
        return parcel(
            bill,
            f"00{69012200450 + 23 * n}",
            date(2026, 5, 3 + 4 * n),
            "Kurier24",
            zone,
            kilos,
            *extra,
            reference=f"ZAM{n}",
            destination="80-001 Gdańsk",
        )

    first = one(1, "1", "4", "Pobranie")
    freight_of(bill, one(2, "3", "17"), D(of["services"]["Kurier24"]["3"]["26"]), "12.5", "wrong_rate")
    dearer(bill, one(3, "2", "9", "Element niestandardowy"), 2, "35.00")
    dearer(bill, one(4, "4", "30", "Ubezpieczenie"), 1, "8.88")
    unknown(bill, one(5, "1", "2"), "Opłata drogowa", "0.95")
    again(bill, first)
    bill.tax = cents(bill.net * D("0.23"))
    names = ["Opłata podstawowa", "Opłata paliwowa", *of["surcharges"], "Opłata drogowa"]
    lines = ["Bałtyk Kurier Sp. z o.o.  NIP 5252248481", f"Specyfikacja do faktury nr {bill.number} z dnia {bill.day:%d.%m.%Y}", "",
             "\t".join(["Lp.", "Nr listu przewozowego", "Data nadania", "Usługa", "Strefa", "Kod odbiorcy", "Miasto odbiorcy", "Waga rzeczywista", "Waga gabarytowa", "Waga do rozliczenia (kg)", *names, "Wartość netto"])]  # fmt: skip
    for n, each in enumerate(bill.parcels, 1):
        postal, town = each.destination.split(" ", 1)
        lines.append("\t".join([str(n), each.number, f"{each.day:%d.%m.%Y}", each.service, each.zone, postal, town, comma(each.actual, 1), comma(D("0.8"), 1), comma(each.billed, 1),
                                *(comma(got) if (got := amount_named(each, name)) is not None else "" for name in names), comma(each.total)]))  # fmt: skip
    lines += [
        "",
        f"Razem netto\t{comma(bill.net)}",
        f"VAT 23%\t{comma(bill.tax)}",
        f"Do zapłaty PLN\t{comma(bill.net + bill.tax)}",
    ]
    return Drawn([bill], "\r\n".join(lines).encode())


SET = (schwarzach, provence, platte, ligerienne, baltyk)
