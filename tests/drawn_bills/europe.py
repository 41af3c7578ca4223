"""European hauliers' bills as data files: German, French, Italian, Spanish, Dutch and British."""

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
    charge_again,
    comma,
    csv_file,
    dearer,
    freight_of,
    parcel,
    tariff,
    unknown,
    workbook,
)


def rheinpaket() -> Drawn:
    """German parcels in a workbook: toll, energy and island surcharges in columns, sums and VAT below."""
    of = tariff(
        "Rheinpaket Logistik GmbH", "EUR", "kg", language="de",
        services={"Paket National": zone_table("4.35", "0.00", "0.14", range(1, 2), 31),
                  "Paket Europa": zone_table("11.20", "2.40", "0.42", range(1, 6), 31)},
        fuel={"Paket National": "5.5", "Paket Europa": "5.5"}, words=("Paketpreis", "Energiezuschlag"),
        surcharges={"Mautzuschlag": "0.19", "Inselzuschlag": "13.50", "Sperrgutzuschlag": "21.00", "Altersprüfung": "1.60"},
    )  # fmt: skip
    bill = bill_of("rheinpaket_juli.xlsx", of, "R-2026-071183", date(2026, 7, 31))

    def one(n: int, service: str, zone: str, kilos: str, place: str, *extra: str) -> Parcel:
        return parcel(bill, f"0034043{8100200 + 31 * n:08d}", date(2026, 7, 1 + 2 * n), service, zone, kilos,
                      "Mautzuschlag", *extra, reference=f"LS-{5510 + n}", destination=place)  # fmt: skip

    first = one(1, "Paket National", "1", "2.4", "50667 Köln")
    dearer(bill, one(2, "Paket National", "1", "17.3", "26548 Norderney", "Inselzuschlag"), 3, "18.90")
    freight_of(bill, wide := one(3, "Paket Europa", "2", "8.8", "1012 Amsterdam"),
               D(of["services"]["Paket Europa"]["3"]["9"]), "5.5", "wrong_zone")  # fmt: skip
    assert wide.charges[0].kind == "freight"
    dearer(bill, one(4, "Paket National", "1", "5", "20095 Hamburg"), 2, "0.29")
    unknown(bill, one(5, "Paket Europa", "4", "11.1", "28001 Madrid"), "Peakzuschlag", "0.75")
    again(bill, first)
    one(6, "Paket National", "1", "30.5", "01067 Dresden", "Sperrgutzuschlag")
    names = ["Paketpreis", "Mautzuschlag", "Energiezuschlag", "Inselzuschlag", "Sperrgutzuschlag", "Peakzuschlag"]
    bill.tax = cents(bill.net * D("0.19"))
    rows: list[Row] = [
        ["Rheinpaket Logistik GmbH", "", "", "Einzelverbindungsnachweis zur Rechnung"],
        ["Rechnungsnummer:", bill.number, "", "Rechnungsdatum:", f"{bill.day:%d.%m.%Y}"], [],
        ["Paketscheinnummer", "Einlieferung", "Produkt", "Zone", "Gewicht (kg)", "PLZ", "Ort", "Kundenreferenz", *names,
         "Nettobetrag EUR"],
    ]  # fmt: skip
    for each in bill.parcels:
        postal, town = each.destination.split(" ", 1)
        rows.append([each.number, each.day, each.service, int(each.zone), each.billed, postal, town, each.reference,
                     *(amount_named(each, name) for name in names), each.total])  # fmt: skip
    gap = [""] * 12
    rows += [[], [*gap, "", "Summe netto", bill.net], [*gap, "", "zzgl. 19 % USt.", bill.tax],
             [*gap, "", "Gesamtbetrag", bill.net + bill.tax]]  # fmt: skip
    return Drawn([bill], workbook(rows, "EVN"))


def bocage() -> Drawn:
    """French groupage, Latin-1 and semicolons; abbreviated headings."""
    places = {"14": 0, "35": 1, "44": 2, "59": 3, "67": 5, "76": 1}
    of = tariff(
        "Transports du Bocage SAS", "EUR", "kg", country="FR", language="fr", fuel_flat="11.4",
        areas=area_table("29.00", "5.20", "8.60", places, (50, 100, 250, 500, 1000)), words=("Port", "Surch. gazole"),
        surcharges={"Sûreté": "0.95", "Prise de RDV": "6.80", "Hayon": "24.00", "Contre-remboursement": "11.00"},
    )  # fmt: skip
    bill = bill_of("bocage_releve.csv", of, "FA2026-0458", date(2026, 5, 31))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(bill, f"26{700411 + 23 * n}", date(2026, 5, 2 + 3 * n), place, kilos, "Sûreté", *extra,
                       reference=f"CDE{880 + n}", origin="14000 Caen", pieces=n)  # fmt: skip

    one(1, "35000 Rennes", "86")
    dear = one(2, "67000 Strasbourg", "412", "Prise de RDV")
    freight_of(bill, dear, dear.charges[0].amount + D("14.30"), "11.4", "wrong_rate")
    week = one(3, "59000 Lille", "33")
    dearer(bill, week, 1, str(cents(week.charges[0].amount * D("0.128"))))
    dearer(bill, one(4, "44000 Nantes", "240", "Hayon"), 3, "31.50")
    unknown(bill, one(5, "76000 Rouen", "905"), "Frais de gestion", "2.90")
    again(bill, one(6, "14100 Lisieux", "51", "Contre-remboursement"))
    names = ["Port", "Surch. gazole", "Sûreté", "Prise de RDV", "Hayon", "Contre-remboursement", "Frais de gestion"]
    rows: list[Row] = [["N° facture", "Date facture", "N° récép.", "Dt départ", "Réf. client", "Destinataire", "CP dest.",
                        "Ville dest.", "Nb colis", "Pds taxé (kg)", *names, "Total HT"]]  # fmt: skip
    for each in bill.parcels:
        rows.append([bill.number, f"{bill.day:%d/%m/%Y}", each.number, f"{each.day:%d/%m/%Y}", each.reference, "EXEMPLE SA",
                     *each.destination.split(" ", 1), each.pieces, comma(each.billed),
                     *("" if (got := amount_named(each, name)) is None else comma(got) for name in names),
                     comma(each.total)])  # fmt: skip
    bill.prints_total = False
    return Drawn([bill], csv_file(rows, ";", "cp1252"))


def adriatica() -> Drawn:
    """Italian courier's summary of shipments: real and taxed weight, fixed fee, fuel, cash on delivery, net."""
    places = {"20": 2, "40": 1, "00": 3, "80": 4, "47": 0, "60": 1}
    of = tariff(
        "Adriatica Corrieri S.r.l.", "EUR", "kg", country="IT", fuel_flat="8.75",
        areas=area_table("7.10", "1.15", "2.85", places, (3, 10, 20, 50, 100, 300)), words=("Nolo", "Suppl. carburante"),
        surcharges={"Diritto fisso": "0.60", "Contrassegno": "5.50", "Assicurazione": "3.20", "Consegna al piano": "15.00"},
    )  # fmt: skip
    bill = bill_of("adriatica_riepilogo.csv", of, "1187/F", date(2026, 6, 30))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(bill, f"AC{20410 + 7 * n}IT", date(2026, 6, 1 + 4 * n), place, kilos, "Diritto fisso", *extra,
                       reference=f"DDT {300 + n}", pieces=1)  # fmt: skip

    one(1, "20121 Milano", "9.5")
    dearer(bill, one(2, "00184 Roma", "44", "Assicurazione"), 3, "4.60")
    dear = one(3, "80121 Napoli", "18.2", "Contrassegno")
    freight_of(bill, dear, D(of["areas"]["80"]["50"]), "8.75", "wrong_rate")
    charge_again(bill, one(4, "40121 Bologna", "2.2", "Contrassegno"), 3)
    unknown(bill, one(5, "60121 Ancona", "70"), "Oneri amministrativi", "1.50")
    again(bill, one(6, "47921 Rimini", "260", "Consegna al piano"))
    bill.tax = cents(bill.net * D("0.22"))
    names = ["Nolo", "Diritto fisso", "Suppl. carburante", "Assicurazione", "Consegna al piano", "Oneri amministrativi"]
    rows: list[Row] = [["Adriatica Corrieri S.r.l. - Riepilogo spedizioni"], [f"Fattura n. {bill.number} del {bill.day:%d/%m/%Y}"], [],
                       ["Num. spedizione", "Data sped.", "Destinatario", "CAP", "Località", "Rif. mittente", "Colli",
                        "Peso tassato kg", *names, "Contrassegno 1", "Contrassegno 2", "Imponibile"]]  # fmt: skip
    for each in bill.parcels:
        cash = [c.amount for c in each.charges if c.name == "Contrassegno"]
        amounts = [amount_named(each, name) for name in names] + [*cash, None, None][:2]
        rows.append([each.number, f"{each.day:%d/%m/%Y}", "ESEMPIO SPA", *each.destination.split(" ", 1), each.reference, each.pieces,
                     comma(each.billed, 1), *("" if got is None else comma(got) for got in amounts), comma(each.total)])  # fmt: skip
    rows += [[], ["Totale imponibile", *[""] * 15, comma(bill.net)], ["IVA 22%", *[""] * 15, comma(bill.tax)],
             ["Totale fattura EUR", *[""] * 15, comma(bill.net + bill.tax)]]  # fmt: skip
    return Drawn([bill], csv_file(rows, ";"))


def levante() -> Drawn:
    """Spanish haulier, a workbook with a row a shipment."""
    places = {"46": 0, "28": 2, "08": 2, "41": 4, "48": 4, "03": 1}
    of = tariff(
        "Transportes Levante S.L.", "EUR", "kg", country="ES", fuel_flat="9.9",
        areas=area_table("11.50", "2.30", "4.10", places, (10, 25, 50, 100, 250, 500)), words=("Portes", "Recargo combustible"),
        surcharges={"Reexpedición": "9.40", "Seguro": "2.10", "Entrega con cita": "12.00", "Plataforma elevadora": "27.00"},
    )  # fmt: skip
    bill = bill_of("levante_albaranes.xlsx", of, "F/26/3310", date(2026, 3, 31))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(bill, f"46{11820 + 13 * n}", date(2026, 3, 1 + 4 * n), place, kilos, *extra,
                       reference=f"PED-{70 + n}", pieces=2)  # fmt: skip

    one(1, "28013 Madrid", "22", "Seguro")
    dear = one(2, "41001 Sevilla", "96.5")
    freight_of(bill, dear, dear.charges[0].amount + D("7.35"), "9.9", "wrong_rate")
    dearer(bill, one(3, "08002 Barcelona", "180", "Entrega con cita"), 2, "16.50")
    unknown(bill, one(4, "03001 Alicante", "8"), "Gastos de gestión", "1.80")
    week = one(5, "48001 Bilbao", "410", "Plataforma elevadora")
    dearer(bill, week, 1, str(cents(week.charges[0].amount * D("0.125"))))
    again(bill, one(6, "46980 Paterna", "14", "Reexpedición"))
    bill.tax = cents(bill.net * D("0.21"))
    names = ["Portes", "Recargo combustible", *of["surcharges"], "Gastos de gestión"]
    rows: list[Row] = [["Transportes Levante S.L.", "", "CIF B46118200"], [f"Factura nº {bill.number}", "", f"Fecha: {bill.day:%d/%m/%Y}"], [],
                       ["Fecha", "Albarán", "S/Ref.", "C.P.", "Población", "Bultos", "Kgs", *names, "Total"]]  # fmt: skip
    for each in bill.parcels:
        rows.append([each.day, int(each.number), each.reference, *each.destination.split(" ", 1), each.pieces, each.billed,
                     *(amount_named(each, name) for name in names), each.total])  # fmt: skip
    rows += [[], ["Base imponible", *[""] * 12, bill.net], ["IVA 21 %", *[""] * 12, bill.tax],
             ["Total factura", *[""] * 12, bill.net + bill.tax]]  # fmt: skip
    return Drawn([bill], workbook(rows, "Albaranes"))


def polder() -> Drawn:
    """Dutch parcels, a row a charge; the shipment's facts stand in its first row only."""
    of = tariff(
        "Polder Koeriers B.V.", "EUR", "kg", services={"Pakket NL": zone_table("5.25", "0.90", "0.22", range(1, 4), 30)},
        fuel={"Pakket NL": "7.2"}, words=("Vracht", "Brandstoftoeslag"),
        surcharges={"Avondlevering": "2.95", "Retour": "4.75", "Handtekening": "1.35", "Adrescorrectie": "8.50"},
    )  # fmt: skip
    bill = bill_of("polder_specificatie.csv", of, "2026.04417", date(2026, 10, 5))

    def one(n: int, zone: str, kilos: str, *extra: str) -> Parcel:
        return parcel(bill, f"3SPLD{66120440 + 19 * n}", date(2026, 9, 20 + n), "Pakket NL", zone, kilos, *extra,
                      reference=f"ORD{n:04d}", destination="3511 AB Utrecht")  # fmt: skip

    one(1, "1", "3.1", "Handtekening")
    dear = one(2, "3", "17")
    freight_of(bill, dear, D(of["services"]["Pakket NL"]["3"]["24"]), "7.2", "wrong_rate")
    charge_again(bill, one(3, "2", "6", "Adrescorrectie"), 2)
    dearer(bill, one(4, "1", "11.8", "Avondlevering"), 2, "3.95")
    unknown(bill, one(5, "2", "1"), "Piektoeslag", "0.40")
    again(bill, one(6, "3", "29", "Retour"))
    bill.tax = cents(bill.net * D("0.21"))
    rows: list[Row] = [[f"Factuur {bill.number}", f"Factuurdatum {bill.day:%d-%m-%Y}", "Polder Koeriers B.V."], [],
                       ["Zendingnummer", "Datum", "Dienst", "Zone", "Gewicht (kg)", "Referentie", "Postcode", "Plaats",
                        "Omschrijving", "Bedrag"]]  # fmt: skip
    for each in bill.parcels:
        for at, charge in enumerate(each.charges):
            facts = [each.number, f"{each.day:%d-%m-%Y}", each.service, each.zone, comma(each.billed, 1), each.reference,
                     "3511 AB", "Utrecht"]  # fmt: skip
            rows.append([*(facts if at == 0 else [""] * 8), charge.name, comma(charge.amount)])
    rows += [[*[""] * 8, "Totaal excl. btw", comma(bill.net)], [*[""] * 8, "21% btw", comma(bill.tax)],
             [*[""] * 8, "Totaal te betalen EUR", comma(bill.net + bill.tax)]]  # fmt: skip
    return Drawn([bill], csv_file(rows, ";"))


def pennine() -> Drawn:
    """British pallet network: carriage by postcode area and weight, a day and fuel column, VAT below."""
    places = {"LS": 0, "BS": 3, "EH": 4, "CF": 3, "NR": 2, "TR": 5}
    of = tariff(
        "Pennine Pallet Network Ltd", "GBP", "kg", country="GB", fuel_flat="6.4",
        areas=area_table("31.00", "4.75", "12.00", places, (250, 500, 750, 1000)), words=("Carriage", "Fuel surcharge"),
        surcharges={"Tail lift": "9.50", "AM delivery": "14.00", "Booking in": "4.25", "Failed delivery": "22.00"},
    )  # fmt: skip
    bill = bill_of("pennine_consignments.xlsx", of, "INV-88204", date(2026, 2, 28))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(bill, f"PPN{904410 + n}", date(2026, 2, 2 + 3 * n), place, kilos, *extra,
                       reference=f"PO{n}77", pieces=1)  # fmt: skip

    one(1, "LS9 0PS", "220")
    dearer(bill, one(2, "BS11 9HS", "640", "Tail lift"), 2, "12.50")
    dear = one(3, "EH12 9DN", "480", "AM delivery")
    freight_of(bill, dear, dear.charges[0].amount + D("8.00"), "6.4", "wrong_rate")
    unknown(bill, one(4, "CF24 5PJ", "990"), "Congestion levy", "5.00")
    again(bill, one(5, "TR15 1SZ", "300", "Booking in"))
    low = one(6, "NR3 2BS", "700", "Tail lift")
    low.charges[1].amount -= D("0.85")
    bill.wrong("undercharged", "fuel", low, "Fuel surcharge", low.charges[1].amount, low.charges[1].amount + D("0.85"))
    bill.tax = cents(bill.net * D("0.2"))
    names = ["Carriage", "Tail lift", "AM delivery", "Booking in", "Congestion levy", "Fuel surcharge"]
    rows: list[Row] = [["Pennine Pallet Network Ltd", "", "", "", "VAT Reg GB 811 4402 19"], ["Invoice", bill.number], ["Tax point", bill.day],
                       [], ["Docket", "Coll. date", "Customer ref", "Delivery postcode", "Spaces", "Weight kg", *names, "Net"]]  # fmt: skip
    for each in bill.parcels:
        rows.append([each.number, each.day, each.reference, each.destination, each.pieces, each.billed,
                     *(amount_named(each, name) for name in names), each.total])  # fmt: skip
    rows += [
        [],
        [*[""] * 11, "Net", bill.net],
        [*[""] * 11, "VAT @ 20%", bill.tax],
        [*[""] * 11, "Total GBP", bill.net + bill.tax],
    ]
    return Drawn([bill], workbook(rows, "Consignments"))
