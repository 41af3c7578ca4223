"""European parcel carriers: an express file of triples of columns, and a workbook of one row a charge."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import xlsxwriter

from samples.bills.books import Bill, Charge, Parcel, cents
from samples.bills.parcels import price, zone_table

D = Decimal


def aquila() -> Bill:
    """European express carrier; a line of the whole invoice, then one a shipment, extra charges in numbered triples."""
    zones = range(1, 7)
    tariff = {
        "carrier": "Aquila Express",
        "currency": "EUR",
        "weight_unit": "kg",
        "divisor": "5000",
        "length_unit": "cm",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "round_up": "1",
        "services": {
            "EXPRESS WORLDWIDE": zone_table("18.40", "5.10", "2.35", zones, 30),
            "ECONOMY SELECT": zone_table("11.20", "2.90", "1.15", zones, 40),
        },
        "surcharges": {
            "REMOTE AREA DELIVERY": "24.00",
            "ADDRESS CORRECTION": "12.00",
            "DUTY TAX PAID": "17.00",
            "GOGREEN PLUS": "0.90",
        },
        "fuel": {"EXPRESS WORLDWIDE": "21.5", "ECONOMY SELECT": "14.0"},
    }
    bill = Bill(
        "aquila_express.csv",
        "aquila_card.xlsx",
        "Aquila Express",
        "MUCR000481120",
        date(2026, 6, 12),
        "EUR",
        [],
        tariff,
    )

    def parcel(n: int, service: str, zone: str, actual: str, extra: tuple[str, ...] = ()) -> Parcel:
        weight = int(D(actual).to_integral_value("ROUND_CEILING"))
        freight = price(tariff, service, zone, weight)
        one = Parcel(
            f"55{n:02d}81403{n}",
            date(2026, 6, 1) + timedelta(days=n % 9),
            service,
            zone,
            D(actual),
            D(weight),
            "kg",
            reference=f"LS-{200 + n}",
            origin="MUNICH",
            destination="GOTHENBURG",
            pieces=1 + n % 2,
        )
        one.charges = [Charge("Weight Charge", freight)]
        one.charges.append(Charge("FUEL SURCHARGE", cents(freight * D(tariff["fuel"][service]) / 100), "fuel", "FF"))
        one.charges += [Charge(name, D(tariff["surcharges"][name]), "accessorial", name[:2]) for name in extra]
        bill.parcels.append(one)
        return one

    parcel(1, "EXPRESS WORLDWIDE", "2", "3.4")
    parcel(2, "ECONOMY SELECT", "3", "11.0", ("REMOTE AREA DELIVERY",))
    dear = parcel(3, "EXPRESS WORLDWIDE", "4", "0.6")
    right, fuel = dear.charges[0].amount, dear.charges[1].amount
    wrong = price(tariff, "EXPRESS WORLDWIDE", "5", 1)
    dear.charges[0].amount, dear.charges[1].amount = wrong, cents(wrong * D("0.215"))
    bill.wrong("overcharged", "wrong_zone", dear, "Weight Charge", wrong, right)
    bill.wrong("overcharged", "wrong_zone", dear, "FUEL SURCHARGE", dear.charges[1].amount, fuel)
    parcel(4, "EXPRESS WORLDWIDE", "6", "7.9", ("GOGREEN PLUS",))
    high = parcel(5, "ECONOMY SELECT", "1", "24.5")
    right = high.charges[1].amount
    high.charges[1].amount = cents(high.charges[0].amount * D("0.165"))
    bill.wrong("overcharged", "fuel", high, "FUEL SURCHARGE", high.charges[1].amount, right)
    unknown = parcel(6, "EXPRESS WORLDWIDE", "1", "2.0")
    unknown.charges.append(Charge("EMERGENCY SITUATION", D("4.30"), "accessorial", "CR"))
    bill.wrong("charge_not_on_card", "accessorial", unknown, "EMERGENCY SITUATION", D("4.30"), D("0.00"))
    twice = parcel(7, "ECONOMY SELECT", "5", "15.2", ("ADDRESS CORRECTION",))
    twice.charges.append(Charge("ADDRESS CORRECTION", D("12.00"), "accessorial", "AD"))
    bill.twice(twice, ("ADDRESS CORRECTION", D("12.00")))
    parcel(8, "EXPRESS WORLDWIDE", "3", "29.1", ("DUTY TAX PAID",))
    return bill


def aquila_csv(bill: Bill) -> bytes:
    """Semicolons, a line of the invoice (I), lines of shipments (S), seven numbered groups of extra charges."""
    head = [
        "Line Type",
        "Invoice Number",
        "Invoice Date",
        "Billing Account",
        "Billing Account Name",
        "Shipment Number",
        "Shipment Date",
        "Shipment Reference 1",
        "Product",
        "Product Name",
        "Pieces",
        "Orig Name",
        "Orig Country Code",
        "Dest Name",
        "Dest Country Code",
        "Zone",
        "Cust Scale Weight (kg)",
        "Weight (kg)",
        "Currency",
        "Total Amount",
        "Weight Charge",
        "Total Extra Charges (XC)",
    ]
    for n in range(1, 8):
        head += [f"XC{n} Code", f"XC{n} Name", f"XC{n} Charge"]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    first = [
        "I",
        bill.number,
        f"{bill.day:%Y%m%d}",
        "145220",
        "BEISPIEL OPTIK GMBH",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "EUR",
        str(bill.net),
        "",
        "",
    ]
    writer.writerow([*first, *[""] * 21])
    for one in bill.parcels:
        others = one.charges[1:]
        row = [
            "S",
            bill.number,
            f"{bill.day:%Y%m%d}",
            "145220",
            "BEISPIEL OPTIK GMBH",
            one.number,
            f"{one.day:%Y%m%d}",
            one.reference,
            "P" if one.service.startswith("EXP") else "W",
            one.service,
            str(one.pieces),
            one.origin,
            "DE",
            one.destination,
            "SE",
            one.zone,
            str(one.actual),
            str(one.billed),
            "EUR",
            str(one.total),
            str(one.charges[0].amount),
            str(sum(c.amount for c in others)),
        ]
        for n in range(7):
            row += [others[n].code, others[n].name, str(others[n].amount)] if n < len(others) else ["", "", ""]
        writer.writerow(row)
    return out.getvalue().encode()


def harbour() -> Bill:
    """British carrier, a workbook with a title, a row a charge and a total below."""
    tariff = {
        "carrier": "Harbour Parcels Ltd",
        "currency": "GBP",
        "weight_unit": "kg",
        "divisor": "",
        "length_unit": "",
        "valid_from": "2026-02-01",
        "valid_to": "2027-01-31",
        "round_up": "1",
        "services": {
            "Next Day": zone_table("5.10", "1.90", "0.32", range(1, 5), 30),
            "Economy 48": zone_table("3.95", "1.20", "0.24", range(1, 5), 30),
        },
        "surcharges": {"Saturday Delivery": "9.50", "Out of Gauge": "14.00", "Return to Sender": "6.20"},
        "fuel": {"Next Day": "8.5", "Economy 48": "8.5"},
    }
    bill = Bill(
        "harbour_lines.xlsx",
        "harbour_card.xlsx",
        "Harbour Parcels Ltd",
        "HP/26/00918",
        date(2026, 3, 31),
        "GBP",
        [],
        tariff,
    )

    def parcel(n: int, service: str, zone: str, weight: int, extra: tuple[str, ...] = ()) -> Parcel:
        freight = price(tariff, service, zone, weight)
        one = Parcel(
            f"HPGB{770100 + n}",
            date(2026, 3, 2 + n),
            service,
            zone,
            D(weight),
            D(weight),
            "kg",
            reference=f"SO{n:04d}",
            destination=f"Leeds LS{n} 4AB",
        )
        one.charges = [
            Charge("Carriage", freight, code="CAR"),
            Charge("Fuel", cents(freight * D("0.085")), "fuel", "FSC"),
        ]
        one.charges += [Charge(name, D(tariff["surcharges"][name]), "accessorial", name[:3].upper()) for name in extra]
        bill.parcels.append(one)
        return one

    parcel(1, "Next Day", "1", 4)
    parcel(2, "Next Day", "3", 12, ("Saturday Delivery",))
    dear = parcel(3, "Economy 48", "2", 20)
    right, fuel = dear.charges[0].amount, dear.charges[1].amount
    dear.charges[0].amount = right + D("0.75")
    dear.charges[1].amount = cents(dear.charges[0].amount * D("0.085"))
    bill.wrong("overcharged", "wrong_rate", dear, "Carriage", dear.charges[0].amount, right)
    bill.wrong("overcharged", "wrong_rate", dear, "Fuel", dear.charges[1].amount, fuel)
    fee = parcel(4, "Economy 48", "4", 9, ("Out of Gauge",))
    fee.charges[2].amount = D("17.50")
    bill.wrong("overcharged", "accessorial", fee, "Out of Gauge", D("17.50"), D("14.00"))
    parcel(5, "Next Day", "2", 30)
    unknown = parcel(6, "Next Day", "1", 2)
    unknown.charges.append(Charge("Energy Levy", D("0.65"), "accessorial", "ENL"))
    bill.wrong("charge_not_on_card", "accessorial", unknown, "Energy Levy", D("0.65"), D("0.00"))
    bill.tax = cents(bill.net * D("0.2"))
    return bill


def harbour_xlsx(bill: Bill) -> bytes:
    """Title, heads in the fourth row, a row a charge, net, VAT and total at the end."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Invoice detail")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write(0, 0, bill.carrier)
        sheet.write(1, 0, "Invoice number")
        sheet.write(1, 1, bill.number)
        sheet.write(1, 3, "Invoice date")
        sheet.write_datetime(1, 4, _moment(bill.day), day)
        heads = (
            "Consignment",
            "Despatched",
            "Service",
            "Zone",
            "Weight (kg)",
            "Customer ref",
            "Delivered to",
            "Code",
            "Charge",
            "Amount (GBP)",
        )
        for column, head in enumerate(heads):
            sheet.write(3, column, head)
        row = 4
        for one in bill.parcels:
            for charge in one.charges:
                sheet.write(row, 0, one.number)
                sheet.write_datetime(row, 1, _moment(one.day), day)
                for column, value in (
                    (2, one.service),
                    (3, one.zone),
                    (5, one.reference),
                    (6, one.destination),
                    (7, charge.code),
                    (8, charge.name),
                ):
                    sheet.write(row, column, value)
                sheet.write_number(row, 4, float(one.billed or 0))
                sheet.write_number(row, 9, float(charge.amount))
                row += 1
        for label, amount in (("Net total", bill.net), ("VAT 20 %", bill.tax), ("Invoice total", bill.net + bill.tax)):
            row += 1
            sheet.write(row, 8, label)
            sheet.write_number(row, 9, float(amount))
    return out.getvalue()


def _moment(day: date) -> Any:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  # a cell of a sheet knows no zone
