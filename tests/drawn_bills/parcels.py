"""Parcel bills as data files: a headed file of charges in another order, wide pairs in euros, two invoices in one."""

from __future__ import annotations

from datetime import date

from samples.bills.books import Bill, Charge, Parcel, cents
from samples.bills.parcels import zone_table
from tests.drawn_bills.books import (
    D,
    Drawn,
    Row,
    again,
    amount_named,
    bill_of,
    charge_again,
    comma,
    csv_file,
    dearer,
    freight_of,
    parcel,
    tariff,
    unknown,
)


def meadowlark() -> Drawn:
    """Headed billing data with its columns in an order of its own, a row a charge, incentives beside net amounts."""
    of = tariff(
        "Meadowlark Parcel", "USD", "lb", divisor="139", length_unit="in",
        services={
            "Ground Residential": zone_table("8.10", "0.71", "0.37", range(2, 9), 60),
            "2nd Day Air": zone_table("16.40", "1.90", "1.12", range(2, 9), 40),
        },
        fuel={"Ground Residential": "18.25", "2nd Day Air": "18.25"}, words=("", "Fuel Surcharge"),
        surcharges={"Residential Surcharge": "5.65", "Address Correction Ground": "21.00", "Extended Area Surcharge": "7.10"},
    )  # fmt: skip
    bill = bill_of("meadowlark_detail.csv", of, "00007741C9", date(2026, 8, 15))

    def one(n: int, service: str, zone: str, pounds: str, *extra: str) -> Parcel:
        got = parcel(bill, f"1Z7741C9037{n:07d}", date(2026, 8, 3 + n), service, zone, pounds, *extra,
                     reference=f"SO{41000 + n}", destination=f"TULSA OK 7410{n % 10}")  # fmt: skip
        got.charges[0].name = service
        return got

    first = one(1, "Ground Residential", "5", "7.4", "Residential Surcharge")
    zone = one(2, "Ground Residential", "4", "22.1")
    freight_of(bill, zone, D(of["services"]["Ground Residential"]["6"]["23"]), "18.25", "wrong_zone")
    dim = one(3, "2nd Day Air", "3", "9.0")  # 14 x 12 x 10 / 139 = 12.1
    dim.dims = (14, 12, 10)
    dim.billed, price = D(21), of["services"]["2nd Day Air"]["3"]
    dim.charges[0].amount, dim.charges[1].amount = D(price["13"]), cents(D(price["13"]) * D("0.1825"))
    freight_of(bill, dim, D(price["21"]), "18.25", "dimensional_weight")
    moved = one(4, "Ground Residential", "7", "3.3", "Address Correction Ground")
    charge_again(bill, moved, 2)
    dearer(bill, one(5, "Ground Residential", "2", "15.8", "Residential Surcharge"), 2, "6.45")
    unknown(bill, one(6, "2nd Day Air", "8", "1.2"), "Paper Invoice Surcharge", "2.00", "PIS")
    dearer(bill, one(7, "Ground Residential", "6", "40", "Extended Area Surcharge"), 1, "9.99")
    again(bill, first)
    gone = Parcel("1Z7741C9030009911", date(2026, 7, 29), "", "4", D(0), D(0), reference="SO40881")
    gone.charges = [Charge("Void Ground Residential", D("-14.77"), "credit", "003")]
    bill.parcels.append(gone)
    bill.calm(gone, "a voided label is a credit")
    head = ["Invoice Number", "Invoice Date", "Invoice Currency Code", "Invoice Amount", "Account Number",
            "Net Amount", "Incentive Amount", "Basis Value", "Charge Description", "Charge Description Code",
            "Charge Classification Code", "Tracking Number", "Lead Shipment Number", "Transaction Date", "Zone",
            "Billed Weight", "Billed Weight Unit of Measure", "Entered Weight", "Entered Weight Unit of Measure",
            "Package Dimensions", "Package Quantity", "Shipment Reference Number 1", "Sender City", "Sender State",
            "Sender Postal", "Receiver Name", "Receiver City", "Receiver State", "Receiver Postal",
            "Receiver Country or Territory", "Bill Option Code"]  # fmt: skip
    rows: list[Row] = [head]
    for each in bill.parcels:
        for charge in each.charges:
            gross = cents(charge.amount * D("1.4")) if charge.kind == "freight" else charge.amount
            dims = " x ".join(f"{side}.0" for side in each.dims) if each.dims else ""
            class_ = {"freight": "FRT", "fuel": "FSC", "credit": "FRT"}.get(charge.kind, "ACC")
            rows.append([
                bill.number, f"{bill.day:%m/%d/%Y}", "USD", bill.net, "0000C97741", charge.amount, gross - charge.amount,
                gross, charge.name, charge.code, class_, each.number, each.number, f"{each.day:%m/%d/%Y}",
                each.zone.zfill(3), each.billed, "L", each.actual, "L", dims, 1 if charge.kind == "freight" else 0,
                each.reference, "WICHITA", "KS", "67202", "SAMPLE", *each.destination.rsplit(" ", 2),
                *[""] * (0 if each.destination else 2), "US", "P/P",
            ])  # fmt: skip
    return Drawn([bill], csv_file(rows))


def borealis() -> Drawn:
    """Wide pairs in euros, semicolons and decimal commas; a discount among the pairs."""
    of = tariff(
        "Borealis Express", "EUR", "kg", divisor="5000", length_unit="cm",
        services={
            "International Priority": zone_table("21.00", "3.60", "2.05", range(1, 8), 40),
            "International Economy": zone_table("15.50", "2.80", "1.60", range(1, 8), 40),
        },
        fuel={"International Priority": "17.75", "International Economy": "17.75"},
        words=("Transportation Charge", "Fuel Surcharge"),
        surcharges={"Out of Delivery Area": "24.00", "Residential Delivery": "4.80", "Clearance Entry Fee": "12.50"},
    )  # fmt: skip
    bill = bill_of("borealis_weekly.csv", of, "7-331-90412", date(2026, 9, 7))

    def one(n: int, service: str, zone: str, kilos: str, *extra: str, **more: object) -> Parcel:
        return parcel(bill, f"88124400{3100 + 17 * n}", date(2026, 8, 20 + n), service, zone, kilos, *extra,
                      reference=f"P{900 + n}", destination="Wien", **more)  # fmt: skip

    off = one(1, "International Priority", "3", "4.5", "Clearance Entry Fee")
    off.charges[0].amount += D("11.20")
    off.charges.insert(1, Charge("Performance Pricing", D("-11.20"), "discount"))
    bill.calm(off, "gross less the discount is the card's price")
    less = one(2, "International Economy", "5", "12")
    right = less.charges[0].amount
    less.charges[0].amount += D("9.00")
    less.charges.insert(1, Charge("Discount", D("-4.00"), "discount"))
    bill.wrong("overcharged", "wrong_rate", less, "freight", right + 5, right)
    fuel = less.charges[2]
    bill.wrong("overcharged", "wrong_rate", less, "Fuel Surcharge", cents((right + 5) * D("0.1775")), fuel.amount)
    fuel.amount = cents((right + 5) * D("0.1775"))
    dim = one(3, "International Priority", "2", "6.2", dims=(40, 30, 25))  # 6 kg: 6.2 weighs more
    dim.billed, price = D(12), of["services"]["International Priority"]["2"]
    freight_of(bill, dim, D(price["12"]), "17.75", "dimensional_weight")
    large = one(4, "International Economy", "1", "3.0", dims=(60, 50, 30))  # 18 kg
    large.billed, large.charges[0].amount = D(18), D(of["services"]["International Economy"]["1"]["18"])
    large.charges[1].amount = cents(large.charges[0].amount * D("0.1775"))
    bill.calm(large, "60 x 50 x 30 / 5000 is 18 kg")
    week = one(5, "International Priority", "7", "30")
    dearer(bill, week, 1, str(cents(week.charges[0].amount * D("0.1950"))))
    dearer(bill, one(6, "International Economy", "4", "2", "Out of Delivery Area"), 2, "28.50")
    unknown(bill, one(7, "International Priority", "6", "8"), "Demand Surcharge", "3.30")
    again(bill, one(8, "International Economy", "2", "21", "Residential Delivery"))
    pairs = ["Tracking ID Charge Description", "Tracking ID Charge Amount"]
    head = ["Consolidated Account Number", "Invoice Date", "Invoice Number", "Original Amount Due", "Current Balance",
            "Payor", "Ground Tracking ID Prefix", "Express or Ground Tracking ID", "Transportation Charge Amount",
            "Net Charge Amount", "Currency Code", "Service Type", "Shipment Date", "Actual Weight Amount",
            "Actual Weight Units", "Rated Weight Amount", "Rated Weight Units", "Number of Pieces", "Dim Length",
            "Dim Width", "Dim Height", "Dim Unit", "Dim Divisor", "Zone Code", "Original Customer Reference",
            "Recipient City", "Recipient Country/Territory", *pairs * 8]  # fmt: skip
    rows: list[Row] = [head]
    for each in bill.parcels:
        rest = [text for c in each.charges[1:] for text in (c.name, comma(c.amount))]
        rows.append([
            "2201-9981-0", f"{bill.day:%Y%m%d}", bill.number.replace("-", ""), comma(bill.net), comma(bill.net), "Shipper",
            "", each.number, comma(each.charges[0].amount), comma(each.total), "EUR", each.service,
            f"{each.day:%Y%m%d}", comma(each.actual, 1), "kgs", comma(each.billed, 1), "kgs", "1",
            *(each.dims or ("", "", "")), "cm" if each.dims else "", "5000" if each.dims else "", each.zone.zfill(2),
            each.reference, each.destination, "AT", *rest, *[""] * (16 - len(rest)),
        ])  # fmt: skip
    bill.number = bill.number.replace("-", "")
    return Drawn([bill], csv_file(rows, ";"))


def harrier() -> Drawn:
    """A month's file of two weekly invoices, a row a parcel; the second bills a parcel of the first again."""
    of = tariff(
        "Harrier Regional Delivery", "USD", "lb", services={"Overnight": zone_table("5.95", "0.80", "0.28", range(1, 6), 50)},
        fuel={"Overnight": "11.5"}, words=("Base Rate", "Fuel"),
        surcharges={"Residential": "1.95", "Signature": "3.25", "Oversize": "14.00"},
    )  # fmt: skip
    bills = [bill_of("harrier_june.csv", of, f"HR-20260{n}", date(2026, 6, 7 * n)) for n in (1, 2)]

    def one(bill: Bill, n: int, zone: str, pounds: str, *extra: str) -> Parcel:
        return parcel(bill, f"HRD00{55100 + 3 * n}", date(2026, 6, n), "Overnight", zone, pounds, *extra,
                      destination=f"8950{n % 10}")  # fmt: skip

    first, second = bills
    kept = one(first, 1, "2", "11", "Residential")
    dearer(first, one(first, 2, "3", "24", "Signature"), 2, "4.10")
    unknown(first, one(first, 3, "1", "2"), "Weekend Hold", "6.00")
    one(second, 8, "5", "48", "Oversize")
    dearer(second, one(second, 9, "4", "7.5"), 1, "2.22")
    copied = parcel(second, kept.number, kept.day, "Overnight", "2", "11", "Residential", destination=kept.destination)
    second.twice(copied, *((charge.name, charge.amount) for charge in copied.charges))
    names = ["Base Rate", "Fuel", "Residential", "Signature", "Oversize", "Weekend Hold"]
    rows: list[Row] = [["Inv #", "Inv Date", "Airbill", "Ship Dt", "Svc", "Zn", "Wt (lb)", "Dest Zip", *names, "Total"]]
    for bill in bills:
        for each in bill.parcels:
            amounts = [amount_named(each, name) for name in names]
            rows.append([bill.number, f"{bill.day:%m/%d/%y}", each.number, f"{each.day:%m/%d/%y}", each.service, each.zone,
                         each.billed, each.destination, *amounts, each.total])  # fmt: skip
        bill.prints_total = False
    return Drawn(bills, csv_file(rows))


def trackpoint() -> Drawn:
    """Post by the piece: postage, one kind of extra service with its fee, the total of the piece."""
    of = tariff(
        "Trackpoint Mail", "USD", "lb", services={"Priority": zone_table("6.10", "0.55", "0.48", range(1, 9), 30)},
        fuel={"Priority": "0"}, words=("Postage", "Fuel"),
        surcharges={"Adult Signature": "9.05", "Nonstandard Length": "4.00", "Insurance": "2.75"},
    )  # fmt: skip
    bill = bill_of("trackpoint_pieces.csv", of, "TPM-88041", date(2026, 4, 30))

    def one(n: int, zone: str, pounds: str, *extra: str) -> Parcel:
        got = parcel(bill, f"92055901{755477000 + n:014d}", date(2026, 4, 10 + n), "Priority", zone, pounds, *extra,
                     destination=f"6060{n}")  # fmt: skip
        del got.charges[1]
        return got

    one(1, "1", "2")
    dearer(bill, one(2, "4", "9", "Adult Signature"), 1, "9.75")
    dearer(bill, one(3, "6", "14"), 0, "22.50")
    unknown(bill, one(4, "8", "3"), "Noncompliance Fee", "0.25")
    one(5, "3", "1", "Insurance")
    again(bill, one(6, "5", "20", "Nonstandard Length"))
    rows: list[Row] = [["Trackpoint Mail"], ["Invoice", bill.number, "Invoice Date", f"{bill.day:%B %d, %Y}"], [],
                       ["Piece ID", "Mailing Date", "Mail Class", "Rate Zone", "Rated Weight (lb)", "Destination ZIP",
                        "Postage", "Extra Service", "Extra Service Fee", "Piece Total"]]  # fmt: skip
    for each in bill.parcels:
        more = each.charges[1] if len(each.charges) > 1 else None
        rows.append([each.number, f"{each.day:%m/%d/%Y}", each.service, each.zone, each.billed, each.destination,
                     each.charges[0].amount, more.name if more else "", more.amount if more else "", each.total])  # fmt: skip
    rows += [[], ["Total pieces", len(bill.parcels), "", "", "", "", "", "", "Amount Due USD", f"${bill.net}"]]
    return Drawn([bill], csv_file(rows))
