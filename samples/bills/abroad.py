"""Parcel carriers of other countries, with other names of columns: repeated pairs, numbered pairs, a row a charge."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

import xlsxwriter

from samples.bills.books import Bill, Charge, Parcel, cents
from samples.bills.parcels import price, zone_table
from samples.bills.roads import area_table, german

D = Decimal


def parcel_of(
    bill: Bill,
    n: int,
    number: str,
    service: str,
    zone: str,
    kilos: str,
    extra: tuple[str, ...] = (),
    *,
    day: date,
    **values: Any,
) -> Parcel:
    """A shipment billed as the card says."""
    tariff = bill.tariff
    weight = int(D(kilos).to_integral_value(ROUND_CEILING))
    freight = price(tariff, service, zone, weight)
    one = Parcel(number, day, service, zone, D(kilos), D(weight), tariff["weight_unit"], **values)
    one.charges = [
        Charge(tariff["words"]["freight"], freight),
        Charge(tariff["words"]["fuel"], cents(freight * D(tariff["fuel"][service]) / 100), "fuel"),
        *(Charge(name, D(tariff["surcharges"][name]), "accessorial") for name in extra),
    ]
    bill.parcels.append(one)
    return one


def rated_as(bill: Bill, one: Parcel, zone: str, weight: int, cause: str) -> None:
    """Bills a shipment as if it had this zone and weight: the freight and the fuel that follows."""
    freight, fuel = one.charges[:2]
    wrong = price(bill.tariff, one.service, zone, weight)
    fuel_wrong = cents(wrong * D(bill.tariff["fuel"][one.service]) / 100)
    bill.wrong("overcharged", cause, one, freight.name, wrong, freight.amount)
    bill.wrong("overcharged", cause, one, fuel.name, fuel_wrong, fuel.amount)
    freight.amount, fuel.amount = wrong, fuel_wrong


def again(bill: Bill, one: Parcel) -> None:
    """Bills a shipment a second time."""
    copy = Parcel(**{**one.__dict__, "charges": [Charge(**charge.__dict__) for charge in one.charges]})
    bill.parcels.append(copy)
    bill.twice(copy, *((charge.name, charge.amount) for charge in copy.charges))


def extra(bill: Bill, one: Parcel, name: str, amount: str) -> None:
    """A charge that nobody agreed."""
    one.charges.append(Charge(name, D(amount), "accessorial"))
    bill.wrong("charge_not_on_card", "accessorial", one, name, D(amount), D("0.00"))


def dearer(bill: Bill, one: Parcel, at: int, amount: str, cause: str = "wrong_rate") -> None:
    """A charge at another price than the card's."""
    charge = one.charges[at]
    kind = "fuel" if charge.kind == "fuel" else "accessorial" if charge.kind == "accessorial" else cause
    code = "overcharged" if D(amount) > charge.amount else "undercharged"
    bill.wrong(code, kind, one, charge.name, D(amount), charge.amount)
    charge.amount = D(amount)


def laurentide() -> Bill:
    """Canadian parcels: pairs of one name, kilograms, tax in a column of its own."""
    tariff = {
        "carrier": "Laurentide Courier Inc.",
        "currency": "CAD",
        "weight_unit": "kg",
        "divisor": "",
        "length_unit": "",
        "valid_from": "2026-02-01",
        "valid_to": "2027-01-31",
        "round_up": "1",
        "services": {
            "Regional Ground": zone_table("8.10", "1.05", "0.61", range(1, 7), 30),
            "Overnight": zone_table("15.20", "2.40", "1.35", range(1, 7), 25),
        },
        "surcharges": {
            "Residential delivery": "3.25",
            "Signature": "4.50",
            "Remote point": "14.00",
            "Non-conveyable piece": "11.75",
        },
        "fuel": {"Regional Ground": "19.25", "Overnight": "24.50"},
        "words": {"freight": "Base charge", "fuel": "Fuel"},
    }
    bill = Bill(
        "laurentide.csv", "laurentide_card.xlsx", tariff["carrier"], "LC5590217", date(2026, 5, 22), "CAD", [], tariff
    )

    def one(n: int, service: str, zone: str, kilos: str, more: tuple[str, ...] = ()) -> Parcel:
        return parcel_of(
            bill,
            n,
            f"LC30077{410 + 7 * n}CA",
            service,
            zone,
            kilos,
            more,
            day=date(2026, 5, 4 + n),
            reference=f"WO-{3300 + n}",
            destination=f"{('Sherbrooke', 'Regina', 'Halifax')[n % 3]}",
        )

    first = one(1, "Regional Ground", "2", "4.2", ("Residential delivery",))
    rated_as(bill, one(2, "Regional Ground", "3", "11"), "4", 11, "wrong_zone")
    one(3, "Overnight", "5", "2.6", ("Signature",))
    dearer(bill, one(4, "Overnight", "1", "7"), 1, "6.90")
    dearer(bill, one(5, "Regional Ground", "6", "18.4", ("Remote point",)), 2, "17.50")
    extra(bill, one(6, "Regional Ground", "1", "9"), "Demand surcharge", "2.10")
    two = one(7, "Overnight", "3", "1", ("Residential delivery",))
    two.charges.append(Charge("Residential delivery", D("3.25"), "accessorial"))
    bill.wrong("billed_twice", "duplicate", two, "Residential delivery", D("3.25"), D("0.00"))
    one(8, "Regional Ground", "4", "29.5", ("Non-conveyable piece",))
    again(bill, first)
    bill.prints_total = False
    return bill


def laurentide_csv(bill: Bill) -> bytes:
    pairs = ("Item Charge Type", "Item Charge Value")
    head = [
        "Invoice No",
        "Invoice Date",
        "Currency",
        "Waybill Number",
        "Pick up Date",
        "Service Level",
        "Rate Zone",
        "Scale Weight (kg)",
        "Billed Weight (kg)",
        "Customer Reference",
        "Consignee City",
        *pairs * 8,
        "Shipment Total",
    ]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for one in bill.parcels:
        cells = [text for charge in one.charges for text in (charge.name, str(charge.amount))]
        writer.writerow(
            [
                bill.number,
                f"{bill.day:%Y-%m-%d}",
                "CAD",
                one.number,
                f"{one.day:%Y-%m-%d}",
                one.service,
                one.zone,
                one.actual,
                one.billed,
                one.reference,
                one.destination,
                *cells,
                *[""] * (16 - len(cells)),
                one.total,
            ]
        )
    return out.getvalue().encode()


def alpenpost() -> Bill:
    """Austrian parcels: German headings, decimal commas, numbered pairs of charges."""
    tariff = {
        "carrier": "Tauern Paketdienst GmbH",
        "currency": "EUR",
        "weight_unit": "kg",
        "divisor": "",
        "length_unit": "",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "round_up": "1",
        "language": "de",
        "services": {
            "Inland Paket": zone_table("4.20", "0.75", "0.18", range(1, 4), 31),
            "Europa Paket": zone_table("9.80", "2.10", "0.55", range(1, 6), 31),
        },
        "surcharges": {
            "Samstagszustellung": "7,50".replace(",", "."),
            "Sperrgut": "12.00",
            "Nachnahme": "5.40",
            "Rücksendung": "4.10",
        },
        "fuel": {"Inland Paket": "6.5", "Europa Paket": "11.0"},
        "words": {"freight": "Fracht", "fuel": "Dieselzuschlag"},
    }
    bill = Bill(
        "tauern.csv", "tauern_card.xlsx", tariff["carrier"], "RE-2026-77120", date(2026, 6, 3), "EUR", [], tariff
    )

    def one(n: int, service: str, zone: str, kilos: str, more: tuple[str, ...] = ()) -> Parcel:
        return parcel_of(
            bill,
            n,
            f"0095{5520 + 13 * n}7781",
            service,
            zone,
            kilos,
            more,
            day=date(2026, 5, 11 + n),
            reference=f"AB {61200 + n}",
            destination=("6020 Innsbruck", "4020 Linz", "80331 München")[n % 3],
        )

    one(1, "Inland Paket", "1", "3.4")
    one(2, "Inland Paket", "2", "12.8", ("Samstagszustellung",))
    rated_as(bill, one(3, "Europa Paket", "2", "6.1"), "2", 12, "wrong_rate")
    dearer(bill, one(4, "Europa Paket", "4", "21"), 1, "5.90")
    dearer(bill, one(5, "Inland Paket", "3", "30.2", ("Sperrgut",)), 2, "16.00")
    extra(bill, one(6, "Inland Paket", "1", "1.1"), "Energiekostenpauschale Lager", "0.85")
    copy = one(7, "Europa Paket", "1", "8", ("Nachnahme",))
    one(8, "Inland Paket", "2", "19.5", ("Rücksendung",))
    again(bill, copy)
    bill.prints_total = False
    return bill


def alpenpost_csv(bill: Bill) -> bytes:
    head = [
        "Rechnungsnummer",
        "Rechnungsdatum",
        "Währung",
        "Sendungsnummer",
        "Versanddatum",
        "Produkt",
        "Tarifzone",
        "Gewicht kg",
        "Referenz",
        "Empfangsort",
        "Fracht",
    ]
    for n in range(1, 5):
        head += [f"Aufschlag {n} Bezeichnung", f"Aufschlag {n} Betrag"]
    head.append("Gesamtbetrag")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(head)
    for one in bill.parcels:
        cells = [text for charge in one.charges[1:] for text in (charge.name, german(charge.amount))]
        writer.writerow(
            [
                bill.number,
                f"{bill.day:%d.%m.%Y}",
                "EUR",
                one.number,
                f"{one.day:%d.%m.%Y}",
                one.service,
                one.zone,
                german(one.billed or D(0), 1),
                one.reference,
                one.destination,
                german(one.charges[0].amount),
                *cells,
                *[""] * (8 - len(cells)),
                german(one.total),
            ]
        )
    return out.getvalue().encode()


def dauphin() -> Bill:
    """French haulier, a workbook with a row a charge; its card is a CSV with decimal commas."""
    departments = {"01": 1, "13": 3, "21": 2, "38": 0, "54": 4, "69": 1, "75": 4, "84": 2}
    tariff = {
        "carrier": "Messageries Dauphin SARL",
        "currency": "EUR",
        "weight_unit": "kg",
        "country": "FR",
        "language": "fr",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "areas": area_table("24.00", "4.35", "7.90", departments, (50, 100, 200, 300, 500, 800)),
        "fuel_flat": "9.2",
        "fuel_base": "freight",
        "surcharges": {"Livraison sur rendez-vous": "8.00", "Hayon élévateur": "22.00", "Taxe sûreté": "1.10"},
    }
    bill = Bill(
        "dauphin.xlsx", "dauphin_card.csv", tariff["carrier"], "F26-06118", date(2026, 6, 30), "EUR", [], tariff
    )

    def one(n: int, postal: str, town: str, kilos: str, more: tuple[str, ...] = ()) -> Parcel:
        weight = D(kilos)
        table = tariff["areas"][postal[:2]]
        freight = D(next(amount for top, amount in table.items() if weight <= D(top)))
        parcel = Parcel(
            f"MD{88120 + 9 * n}",
            date(2026, 6, 1 + 2 * n),
            "Messagerie",
            "",
            weight,
            weight,
            "kg",
            reference=f"BL {7000 + n}",
            origin="38000 Grenoble",
            destination=f"{postal} {town}",
            pieces=n,
        )
        parcel.charges = [
            Charge("Transport", freight),
            Charge("Surcharge gazole", cents(freight * D("0.092")), "fuel"),
            *(Charge(name, D(tariff["surcharges"][name]), "accessorial") for name in more),
        ]
        bill.parcels.append(parcel)
        return parcel

    one(1, "69003", "Lyon", "84", ("Taxe sûreté",))
    dear = one(2, "75012", "Paris", "310")
    fuel = dear.charges[1].amount
    dearer(bill, dear, 0, str(dear.charges[0].amount + D("9.60")))
    dear.charges[1].amount = cents(dear.charges[0].amount * D("0.092"))
    bill.wrong("overcharged", "wrong_rate", dear, "Surcharge gazole", dear.charges[1].amount, fuel)
    one(3, "13010", "Marseille", "47", ("Livraison sur rendez-vous",))
    dearer(bill, one(4, "54000", "Nancy", "640"), 1, "12.00")
    dearer(bill, one(5, "21000", "Dijon", "195", ("Hayon élévateur",)), 2, "29.00")
    extra(bill, one(6, "01000", "Bourg-en-Bresse", "72"), "Frais de dossier", "3.50")
    again(bill, one(7, "84000", "Avignon", "256"))
    bill.tax = cents(bill.net * D("0.2"))
    return bill


def dauphin_xlsx(bill: Bill) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Détail")
        sheet.write(0, 0, bill.carrier)
        sheet.write(1, 0, f"Facture n° {bill.number} du {bill.day:%d/%m/%Y}")
        heads = (
            "N° expédition",
            "Date expédition",
            "Votre référence",
            "CP",
            "Ville",
            "Poids",
            "Colis",
            "Libellé",
            "Montant HT",
        )
        for column, text in enumerate(heads):
            sheet.write(3, column, text)
        at = 4
        for one in bill.parcels:
            postal, town = one.destination.split(" ", 1)
            for charge in one.charges:
                values = (
                    one.number,
                    f"{one.day:%d/%m/%Y}",
                    one.reference,
                    postal,
                    town,
                    float(one.billed or 0),
                    one.pieces,
                    charge.name,
                    float(charge.amount),
                )
                for column, value in enumerate(values):
                    sheet.write(at, column, value)
                at += 1
        for label, amount in (("Total HT", bill.net), ("TVA 20 %", bill.tax), ("Total TTC EUR", bill.net + bill.tax)):
            at += 1
            sheet.write(at, 7, label)
            sheet.write(at, 8, float(amount))
    return out.getvalue()
