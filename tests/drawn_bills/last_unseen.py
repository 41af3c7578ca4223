"""A ninth set, drawn after the rules of the eighth: eight files and papers, scored first as they were drawn."""

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


def kittiwake() -> Drawn:
    """A wide export that went through a spreadsheet program: repeated headings got numbers behind a point."""
    of = tariff("Kittiwake Express", "USD", "lb", divisor="139", length_unit="in", services={"Home": zone_table("9.20", "0.70", "0.44", range(2, 9), 70)}, fuel={"Home": "17.0"},
                words=("Transportation Charge", "Fuel Surcharge"), surcharges={"Residential": "5.30", "Extended Delivery Area": "8.10", "Address Correction": "18.00"})  # fmt: skip
    bill = bill_of("kittiwake_export.csv", of, "550918273", date(2026, 7, 20))

    def one(n: int, zone: str, pounds: str, *extra: str) -> Parcel:
        return parcel(bill, f"{78812004400 + 57 * n}", date(2026, 7, 6 + n), "Home", zone, pounds, *extra, reference=f"R{n}", destination="BOISE ID 83709")  # fmt: skip

    first = one(1, "4", "8", "Residential")
    freight_of(bill, one(2, "5", "20"), D(of["services"]["Home"]["7"]["20"]), "17.0", "wrong_zone")
    charge_again(bill, one(3, "3", "11", "Address Correction"), 2)
    dearer(bill, one(4, "8", "33", "Extended Delivery Area"), 2, "11.20")
    unknown(bill, one(5, "6", "5"), "Demand - Residential", "1.95")
    again(bill, first)
    head: Row = ["Invoice Number", "Invoice Date", "Tracking ID", "Ship Date", "Service Type", "Zone", "Actual Wgt", "Rated Wgt", "Wgt UOM", "Cust Ref", "Recipient City", "Recipient State", "Recipient Zip", "Net Charge",
                 *(f"Charge {part}{'' if n == 0 else f'.{n}'}" for n in range(6) for part in ("Description", "Amount"))]  # fmt: skip
    rows: list[Row] = [head]
    for each in bill.parcels:
        pairs = [text for c in each.charges for text in (c.name, c.amount)]
        rows.append([bill.number, f"{bill.day:%m/%d/%Y}", each.number, f"{each.day:%m/%d/%Y}", each.service, each.zone, each.actual, each.billed, "LBS", each.reference,
                     *each.destination.rsplit(" ", 2), each.total, *pairs, *[""] * (12 - len(pairs))])  # fmt: skip
    bill.prints_total = False
    return Drawn([bill], csv_file(rows))


def _stueck(file: str, number: str, day: date) -> tuple[Drawn, dict[str, str]]:
    places = {"20": 4, "30": 3, "50": 2, "80": 1, "04": 3}
    toll = {area: str(D("1.90") + D("0.70") * far) for area, far in places.items()}
    of = tariff("Kraichgau Logistik GmbH", "EUR", "kg", country="DE", language="de", fuel_flat="9.0", areas=area_table("27.00", "5.20", "8.30", places, (100, 300, 800, 1500)), toll=toll,
                words=("Frachtentgelt", "Dieselzuschlag"), surcharges={"Avisierung": "5.20", "Ladebordwand": "26.00", "Gefahrgutzuschlag": "17.00"})  # fmt: skip
    bill = bill_of(file, of, number, day)

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        got = by_area(bill, f"KL-{880100 + 17 * n}", date(2026, 5, 2 + 4 * n), place, kilos, *extra, reference=f"A{n}77", origin="75015 Bretten", pieces=n)  # fmt: skip
        got.charges.insert(2, Charge("Mautzuschlag", D(toll[place[:2]]), "accessorial", "MAUT"))
        return got

    one(1, "20095 Hamburg", "240", "Avisierung")
    dear = one(2, "50667 Köln", "720")
    freight_of(bill, dear, dear.charges[0].amount + D("12.10"), "9.0", "wrong_rate")
    dearer(bill, one(3, "80331 München", "90", "Ladebordwand"), 3, "31.00")
    dearer(bill, one(4, "30159 Hannover", "1400"), 2, "6.50")
    unknown(bill, one(5, "04109 Leipzig", "260", "Gefahrgutzuschlag"), "Kleinmengenzuschlag", "7.50")
    again(bill, bill.parcels[0])
    bill.tax = cents(bill.net * D("0.19"))
    return Drawn([bill], b""), toll


def kraichgau() -> Drawn:
    """German groupage as CSV: toll and diesel in columns of their own, sums with tax in rows below."""
    drawn, _ = _stueck("kraichgau_sendungen.csv", "KL26-0512", date(2026, 5, 31))
    bill = drawn.bills[0]
    names = ["Frachtentgelt", "Dieselzuschlag", "Mautzuschlag", *bill.tariff["surcharges"], "Kleinmengenzuschlag"]
    rows: list[Row] = [["Kraichgau Logistik GmbH"], [f"Rechnungsnr.: {bill.number}", "", f"Rechnungsdatum: {bill.day:%d.%m.%Y}"], [],
                       ["Sendungsnr.", "Abholdatum", "Ihre Ref.", "Abs. PLZ", "Abs. Ort", "Empf. PLZ", "Empf. Ort", "Anz. Packst.", "Bruttogew. kg", "Frachtpfl. Gew. kg", *names, "Netto gesamt"]]  # fmt: skip
    for each in bill.parcels:
        rows.append([each.number, f"{each.day:%d.%m.%Y}", each.reference, *each.origin.split(" ", 1), *each.destination.split(" ", 1), each.pieces, comma(each.actual, 0), comma(each.billed, 0),
                     *("" if (got := amount_named(each, name)) is None else comma(got) for name in names), comma(each.total)])  # fmt: skip
    gap = [""] * (len(rows[3]) - 2)
    rows += [[*gap, "Nettobetrag", comma(bill.net)], [*gap, "19% MwSt", comma(bill.tax)], [*gap, "Bruttobetrag EUR", comma(bill.net + bill.tax)]]  # fmt: skip
    return Drawn([bill], csv_file(rows, ";", "cp1252"))


def mazovia() -> Drawn:
    """Polish haulier on paper: a block a consignment note with its sum."""
    places = {"00": 1, "30": 2, "50": 3, "80": 4}
    of = tariff("Mazovia Transport Sp. z o.o.", "PLN", "kg", country="PL", fuel_flat="12.0", areas=area_table("88.00", "19.00", "31.00", places, (100, 300, 700, 1500)), words=("Przewóz", "Dopłata paliwowa"),
                surcharges={"Winda": "60.00", "Awizacja": "12.00", "Zwrot dokumentów": "9.00"})  # fmt: skip
    bill = bill_of("mazovia_faktura.pdf", of, "FS 118/08/2026", date(2026, 8, 31))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(bill, f"LP{260800 + 13 * n}", date(2026, 8, 3 + 5 * n), place, kilos, *extra, reference=f"ZL{n}", origin="05-800 Pruszków", pieces=n)  # fmt: skip

    one(1, "30-001 Kraków", "90", "Awizacja")
    dear = one(2, "50-001 Wrocław", "640")
    freight_of(bill, dear, dear.charges[0].amount + D("24.00"), "12.0", "wrong_rate")
    dearer(bill, one(3, "80-001 Gdańsk", "1200", "Winda"), 2, "75.00")
    unknown(bill, one(4, "00-001 Warszawa", "220"), "Opłata za wjazd", "18.00")
    charge_again(bill, one(5, "30-005 Kraków", "50", "Zwrot dokumentów"), 2)
    bill.findings[-1]["cause"] = "duplicate"
    bill.parcels[-1].pieces = 1
    bill.tax = cents(bill.net * D("0.23"))
    page = Paper(bill.number, A4, top=50, bottom=760)
    page.row((50, bill.carrier), (-545, f"Faktura VAT nr {bill.number}"), bold=True, size=12, step=15)
    page.row((50, "ul. Przejazdowa 4, 05-800 Pruszków, NIP 5342217710"), (-545, f"Data wystawienia: {bill.day:%d.%m.%Y}"), step=24)  # fmt: skip
    for each in bill.parcels:
        page.room(80)
        page.row((50, f"List przewozowy nr {each.number}"), (220, f"z dnia {each.day:%d.%m.%Y}"), (350, f"Zlecenie {each.reference}"), bold=True)  # fmt: skip
        page.row((50, f"Nadanie: {each.origin}"), (220, f"Dostawa: {each.destination}"), (400, f"{each.pieces} pal."), (460, f"{comma(each.billed, 0)} kg"))  # fmt: skip
        for charge in each.charges:
            page.row((70, charge.name), (-545, comma(charge.amount)))
        page.row((70, "Razem list"), (-545, comma(each.total)), bold=True, step=18)
    for label, amount in (("Razem netto", bill.net), ("VAT 23%", bill.tax), ("Razem brutto PLN", bill.net + bill.tax)):
        page.row((350, label), (-545, comma(amount)), bold=True)
    return Drawn([bill], page.done())


def garonne() -> Drawn:
    """French statement, a workbook: a row a charge, the shipment only in its first row, a sum of each."""
    of = tariff("Garonne Messagerie SARL", "EUR", "kg", services={"Messagerie 24h": zone_table("9.10", "1.40", "0.36", range(1, 6), 60)}, fuel={"Messagerie 24h": "10.5"},
                words=("Prix de transport", "Indexation gazole"), surcharges={"Hayon": "18.00", "Rendez-vous": "6.50", "Matières dangereuses": "14.00"})  # fmt: skip
    bill = bill_of("garonne_releve.xlsx", of, "RF-2026-771", date(2026, 9, 30))

    def one(n: int, zone: str, kilos: str, *extra: str) -> Parcel:
        return parcel(bill, f"GM{4410900 + 7 * n}", date(2026, 9, 3 + 4 * n), "Messagerie 24h", zone, kilos, *extra, reference=f"BL{n}", destination="31000 Toulouse")  # fmt: skip

    one(1, "2", "14", "Hayon")
    freight_of(bill, one(2, "1", "40"), D(of["services"]["Messagerie 24h"]["3"]["40"]), "10.5", "wrong_zone")
    dearer(bill, one(3, "5", "55", "Rendez-vous"), 2, "9.75")
    unknown(bill, one(4, "4", "22"), "Participation éco", "1.30")
    charge_again(bill, one(5, "3", "31", "Matières dangereuses"), 2)
    bill.tax = cents(bill.net * D("0.2"))
    rows: list[Row] = [["Garonne Messagerie SARL"], ["Facture n°", bill.number, "", "Date", bill.day], [],
                       ["N° expédition", "Date enlèvement", "Prestation", "Zone", "Poids (kg)", "CP dest.", "Ville dest.", "Libellé", "Montant HT"]]  # fmt: skip
    for each in bill.parcels:
        for n, charge in enumerate(each.charges):
            facts: Row = [each.number, each.day, each.service, each.zone, each.billed, *each.destination.split(" ", 1)]
            rows.append([*(facts if n == 0 else [""] * 7), charge.name, charge.amount])
        rows.append([*[""] * 7, f"Total {each.number}", each.total])
    rows += [[*[""] * 7, "Total HT", bill.net], [*[""] * 7, "TVA 20 %", bill.tax], [*[""] * 7, "Total TTC EUR", bill.net + bill.tax]]  # fmt: skip
    return Drawn([bill], workbook(rows, "Relevé"))


def umpqua() -> Drawn:
    """American LTL, one PRO after the other in short lines: weight and class on the line of the goods."""
    ends = {"974-941": "OAKLAND CA 94107", "974-981": "SEATTLE WA 98108"}
    of = tariff("Umpqua Freight Lines", "USD", "lb", classes={"50": "50", "60": "60", "70": "70", "85": "85", "100": "100", "125": "125"}, lanes=class_table("48.70", {"974-941": "1.00", "974-981": "0.92"}),
                ends=ends, discount="67.5", minimum="101.00", percent="27.5", fuel_flat="27.5", fuel_base="net freight", codes={}, words=("Linehaul", "Discount 67.5%", "Fuel 27.5%", "Min charge adj"),
                surcharges={"Liftgate": "70.00", "Call before delivery": "16.00", "Trade show": "140.00"}, **{"from": "EUGENE OR 97402"})  # fmt: skip
    bill = bill_of("umpqua_pros.pdf", of, "U-40981", date(2026, 6, 30))

    def one(n: int, lane: str, class_: str, pounds: int, *extra: str) -> Parcel:
        return by_class(bill, f"77{40310 + 19 * n}", date(2026, 6, 14 + n), lane, class_, pounds, *extra, reference=f"UM{n}55", pieces=n)  # fmt: skip

    one(1, "974-941", "70", 1750, "Call before delivery")
    discount_of(bill, one(2, "974-981", "100", 2260), "61")
    dearer(bill, one(3, "974-941", "85", 610, "Liftgate"), 3, "88.00")
    unknown(bill, one(4, "974-981", "60", 5100), "Lumper", "95.00")
    again(bill, one(5, "974-941", "125", 1200, "Trade show"), netted=True)
    page = Paper(bill.number, LETTER, top=50, bottom=740)
    page.row((40, bill.carrier), (-570, f"INVOICE {bill.number}"), bold=True, size=12, step=15)
    page.row((40, "PO Box 220, Eugene OR 97440"), (-570, f"Date: {bill.day:%m/%d/%Y}"), step=22)
    for each in bill.parcels:
        page.room(100)
        page.row((40, f"Pro# {each.number}"), (150, f"BOL# {each.reference}"), (270, f"Ship date {each.day:%m/%d/%Y}"), bold=True)  # fmt: skip
        page.row((40, f"Origin: {each.origin}"), (270, f"Destination: {each.destination}"))
        page.row((40, f"{each.pieces} skids {each.billed:,} lbs class {each.freight_class}"), step=14)
        for charge in each.charges:
            text = f"{charge.amount:,.2f}" if charge.amount > 0 else f"-{-charge.amount:,.2f}"
            page.row((60, charge.name), (-570, text))
        page.row((400, "Pro total"), (-570, f"{each.total:,.2f}"), bold=True, step=18)
    page.row((400, "Balance due USD"), (-570, f"{bill.net:,.2f}"), bold=True)
    return Drawn([bill], page.done())


def lombarda() -> Drawn:
    """Italian haulier, a text with pipes."""
    places = {"20": 0, "10": 2, "40": 2, "00": 4}
    of = tariff("Lombarda Autotrasporti S.r.l.", "EUR", "kg", country="IT", fuel_flat="7.2", areas=area_table("16.00", "3.70", "5.50", places, (50, 150, 400, 900)), words=("Nolo", "Adeg. gasolio"),
                surcharges={"Sponda idraulica": "22.00", "Preavviso": "3.50", "Contrassegno": "5.00"})  # fmt: skip
    bill = bill_of("lombarda_spedizioni.txt", of, "418/2026", date(2026, 4, 30))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(bill, f"LA{260400 + 11 * n}", date(2026, 4, 2 + 5 * n), place, kilos, *extra, reference=f"DDT{n}", pieces=1)  # fmt: skip

    one(1, "20121 Milano", "44", "Preavviso")
    dear = one(2, "10121 Torino", "320")
    freight_of(bill, dear, dear.charges[0].amount + D("6.60"), "7.2", "wrong_rate")
    dearer(bill, one(3, "40121 Bologna", "880", "Sponda idraulica"), 2, "29.00")
    unknown(bill, one(4, "00184 Roma", "130"), "Ztl centro", "8.00")
    again(bill, bill.parcels[0])
    bill.tax = cents(bill.net * D("0.22"))
    names = ["Nolo", "Adeg. gasolio", *of["surcharges"], "Ztl centro"]
    lines = ["Lombarda Autotrasporti S.r.l. - Monza", f"Fattura n. {bill.number} del {bill.day:%d/%m/%Y}", "",
             " | ".join(["N. spedizione", "Data", "Rif.", "CAP", "Destinazione", "Colli", "Peso tassato kg", *names, "Totale"])]  # fmt: skip
    for each in bill.parcels:
        lines.append(" | ".join([each.number, f"{each.day:%d/%m/%Y}", each.reference, *each.destination.split(" ", 1), str(each.pieces), comma(each.billed, 0),
                                 *(comma(got) if (got := amount_named(each, name)) is not None else "-" for name in names), comma(each.total)]))  # fmt: skip
    lines += ["", f"Imponibile: {comma(bill.net)}", f"IVA 22%: {comma(bill.tax)}", f"Totale fattura EUR: {comma(bill.net + bill.tax)}"]  # fmt: skip
    return Drawn([bill], "\n".join(lines).encode())


SET = (kittiwake, kraichgau, mazovia, garonne, umpqua, lombarda)
