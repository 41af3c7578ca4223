"""An eighth set, drawn after the rules of the seventh: data files as carriers export them, every kind of error in them."""

from __future__ import annotations

from datetime import date

from samples.bills.books import Charge, Parcel, cents
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
    csv_file,
    dearer,
    freight_of,
    parcel,
    tariff,
    unknown,
    workbook,
)


def corvid() -> Drawn:
    """Billing data of 250 fields without a header: adjustments, a correction of an address twice, a late fee of no parcel."""
    of = tariff(
        "Corvid Parcel Service", "USD", "lb", divisor="139", length_unit="in",
        services={"Ground Commercial": zone_table("8.35", "0.66", "0.41", range(2, 9), 70), "Next Day Air": zone_table("31.00", "4.40", "1.70", range(102, 109), 50)},
        fuel={"Ground Commercial": "19.50", "Next Day Air": "21.25"}, words=("", "Fuel Surcharge"),
        surcharges={"Residential Surcharge": "5.95", "Delivery Area Surcharge": "4.25", "Address Correction Ground": "22.50", "Large Package Surcharge": "95.00"},
    )  # fmt: skip
    bill = bill_of("corvid_billing.csv", of, "0000E8821F126", date(2026, 3, 28))

    def one(n: int, service: str, zone: str, pounds: str, *extra: str) -> Parcel:
        got = parcel(bill, f"1ZE8821F03{91200440 + 37 * n}", date(2026, 3, 16 + n % 6), service, zone, pounds, *extra,
                     reference=f"SO-{5510 + n}", destination=f"FRESNO CA 9370{n % 10}")  # fmt: skip
        got.charges[0].name = service
        return got

    twice = one(1, "Ground Commercial", "4", "11.0", "Residential Surcharge")
    freight_of(
        bill,
        one(2, "Ground Commercial", "3", "24.6"),
        D(of["services"]["Ground Commercial"]["5"]["25"]),
        "19.50",
        "wrong_zone",
    )
    moved = one(3, "Ground Commercial", "6", "4.2", "Address Correction Ground")
    charge_again(bill, moved, 2)
    dim = one(4, "Next Day Air", "104", "6.0")  # 15 x 11 x 9 / 139 = 10.7
    dim.dims, dim.billed, price = (15, 11, 9), D(19), of["services"]["Next Day Air"]["104"]
    dim.charges[0].amount, dim.charges[1].amount = D(price["11"]), cents(D(price["11"]) * D("0.2125"))
    freight_of(bill, dim, D(price["19"]), "21.25", "dimensional_weight")
    dearer(bill, one(5, "Next Day Air", "102", "2.7"), 1, "9.99")
    dearer(bill, one(6, "Ground Commercial", "8", "61", "Large Package Surcharge"), 2, "120.00")
    unknown(bill, one(7, "Ground Commercial", "2", "8.8"), "Prohibited Item Fee", "150.00", "PIF")
    again(bill, twice)
    late = Parcel("", bill.day, "", "", D(0), D(0))
    late.charges = [Charge("Late Payment Fee", D("14.20"), "accessorial", "LPS")]
    bill.parcels.append(late)
    bill.wrong("charge_not_on_card", "accessorial", late, "Late Payment Fee", D("14.20"), D("0.00"))
    rows: list[Row] = []
    for each in bill.parcels:
        for charge in each.charges:
            gross = cents(charge.amount / D("0.62")) if charge.kind == "freight" else charge.amount
            cells: dict[int, object] = {
                1: "2.1", 2: "E8821F", 3: "0000E8821F", 4: "US", 5: bill.day.isoformat(), 6: bill.number, 7: "E", 8: "3", 10: "USD", 11: bill.net,
                12: each.day.isoformat(), 14: each.number, 16: each.reference, 18: "P/P" if each.number else "", 19: 1 if charge.kind == "freight" else 0, 21: each.number,
                27: each.actual, 28: "L", 29: each.billed, 30: "L", 31: "PKG", 33: " x".join(f"  {side}.0" for side in each.dims) if each.dims else "",
                34: each.zone.zfill(3) if each.zone else "", 35: "SHP" if each.number else "MIS", 36: "WWS" if each.number else "SVCH",
                44: {"freight": "FRT", "fuel": "FSC"}.get(charge.kind, "ACC" if each.number else "MSC"), 45: charge.code or ("003" if charge.kind == "freight" else ""),
                46: charge.name, 47: 1, 48: "USD", 49: gross, 50: 0, 51: "USD", 52: gross - charge.amount, 53: charge.amount, 68: "SAMPLE GOODS CO", 71: "RENO", 72: "NV",
                73: "89502", 74: "US", 76: "TEST", 79: "FRESNO", 80: "CA", 81: each.destination[-5:], 82: "US"}  # fmt: skip
            if not each.number:
                cells |= dict.fromkeys((14, 16, 19, 21, 27, 28, 29, 30, 31, 71, 72, 73, 74, 76, 79, 80, 82), "")
            rows.append([cells.get(at, "") for at in range(1, 251)])
    return Drawn([bill], csv_file(rows))


def osprey() -> Drawn:
    """The wide export: dashes in numbers, discounts among the pairs, pieces under a master number, tax on a domestic parcel."""
    of = tariff(
        "Osprey Ground", "USD", "lb", divisor="139", length_unit="in", services={"OS Ground": zone_table("10.10", "0.80", "0.52", range(2, 9), 80)}, fuel={"OS Ground": "18.00"},
        words=("Transportation Charge", "Fuel Surcharge"), parcel_discount="30.0",
        surcharges={"Residential": "5.55", "DAS Comm": "4.15", "Address Correction": "19.00", "Direct Signature": "6.35", "AHS - Dimensions": "31.00"},
    )  # fmt: skip
    bill = bill_of("osprey_all_columns.csv", of, "9-411-77204", date(2026, 5, 11))

    def one(n: int, zone: str, pounds: str, *extra: str, off: str = "0.30") -> Parcel:
        got = parcel(
            bill,
            f"{399000441200 + 113 * n}",
            date(2026, 5, 2 + n),
            "OS Ground",
            zone,
            pounds,
            *extra,
            reference=f"PO {8800 + n}",
            destination="AUSTIN TX 78744",
        )
        gross = got.charges[0].amount
        right, less = cents(gross * D("0.30")), cents(gross * D(off))
        fuels = [cents((gross - each) * D("0.18")) for each in (right, less)]
        got.charges.insert(1, Charge("Earned Discount", -less, "discount"))
        got.charges[2].amount = fuels[1]
        if less != right:
            bill.wrong("overcharged", "discount", got, "freight", gross - less, gross - right)
            bill.wrong("overcharged", "discount", got, "Fuel Surcharge", fuels[1], fuels[0])
        return got

    first = one(1, "3", "9", "Residential")
    one(2, "5", "31", "DAS Comm", off="0.22")
    charge_again(bill, one(3, "7", "14", "Address Correction"), 3)
    dearer(bill, one(4, "2", "55", "AHS - Dimensions"), 3, "36.50")
    unknown(bill, one(5, "8", "6"), "Peak - Ground Residential", "2.65")
    dearer(bill, one(6, "4", "27", "Direct Signature"), 2, "7.77")
    taxed = one(7, "6", "12")
    taxed.charges.append(Charge("State Sales Tax", D("1.64"), "tax"))
    bill.wrong("charge_not_on_card", "tax", taxed, "State Sales Tax", D("1.64"), D("0.00"))
    again(bill, first, netted=True)
    pairs = ["Tracking ID Charge Description", "Tracking ID Charge Amount"]
    head = ["Bill to Account Number", "Invoice Date", "Invoice Number", "Store ID", "Original Amount Due", "Current Balance", "Payor", "Ground Tracking ID Prefix",
            "Express or Ground Tracking ID", "Transportation Charge Amount", "Net Charge Amount", "Service Type", "Ground Service", "Shipment Date", "POD Delivery Date",
            "POD Delivery Time", "Actual Weight Amount", "Actual Weight Units", "Rated Weight Amount", "Rated Weight Units", "Number of Pieces", "Bundle Number", "Meter Number",
            "TDMasterTrackingID", "Service Packaging", "Dim Length", "Dim Width", "Dim Height", "Dim Divisor", "Dim Unit", "Recipient Name", "Recipient City", "Recipient State",
            "Recipient Zip Code", "Recipient Country/Territory", "Shipper City", "Shipper State", "Shipper Zip Code", "Original Customer Reference", "Zone Code", "Cost Allocation",
            *pairs * 20, "Shipment Notes"]  # fmt: skip
    rows: list[Row] = [head]
    for each in bill.parcels:
        rest = [text for c in each.charges[1:] for text in (c.name, c.amount)]
        town, state, postal = each.destination.rsplit(" ", 2)
        rows.append(["4410-9921-0", f"{bill.day:%Y%m%d}", bill.number, "", bill.net, bill.net, "Shipper", "", each.number, each.charges[0].amount, each.total, "OS Ground", "", f"{each.day:%Y%m%d}",
                     f"{each.day:%Y%m%d}", "1142", each.actual, "lbs", each.billed, "lbs", 1, "", "", "", "Customer Packaging", *[""] * 5, "TEST", town, state, postal, "US", "TULSA", "OK",
                     "74107", each.reference, each.zone.zfill(2), "", *rest, *[""] * (40 - len(rest)), ""])  # fmt: skip
    return Drawn([bill], csv_file(rows))


def lumen() -> Drawn:
    """Express: lines of invoices and shipments, extra charges with tax and discount columns, VAT on an export."""
    of = tariff(
        "Lumen Express", "EUR", "kg", divisor="5000", length_unit="cm",
        services={"EXPRESS WORLDWIDE": zone_table("28.00", "5.20", "2.70", range(1, 8), 40), "EXPRESS 12:00": zone_table("36.00", "6.10", "3.20", range(1, 8), 40)},
        fuel={"EXPRESS WORLDWIDE": "22.75", "EXPRESS 12:00": "22.75"}, words=("Weight Charge", "FUEL SURCHARGE"),
        surcharges={"REMOTE AREA DELIVERY": "25.00", "SHIPMENT INSURANCE": "15.00", "GO GREEN PLUS": "2.40", "ADDRESS CORRECTION": "11.00"},
    )  # fmt: skip
    codes = {
        "FUEL SURCHARGE": "FF",
        "REMOTE AREA DELIVERY": "OO",
        "SHIPMENT INSURANCE": "II",
        "GO GREEN PLUS": "FE",
        "ADDRESS CORRECTION": "MA",
        "EMERGENCY SITUATION": "CR",
    }
    bill = bill_of("lumen_express.csv", of, "LEJR000771204", date(2026, 2, 13))

    def one(n: int, service: str, zone: str, kilos: str, *extra: str) -> Parcel:
        return parcel(
            bill,
            f"{6610448120 + 31 * n}",
            date(2026, 2, 2 + n),
            service,
            zone,
            kilos,
            *extra,
            reference=f"RE{n}/26",
            origin="LEIPZIG",
            destination="OSLO",
        )

    first = one(1, "EXPRESS WORLDWIDE", "2", "4.5", "GO GREEN PLUS")
    freight_of(
        bill, one(2, "EXPRESS 12:00", "3", "9"), D(of["services"]["EXPRESS 12:00"]["4"]["9"]), "22.75", "wrong_zone"
    )
    dim = one(3, "EXPRESS WORLDWIDE", "5", "7.5")  # 40 x 30 x 35 / 5000 = 8.4
    dim.dims, dim.billed, price = (40, 30, 35), D(14), of["services"]["EXPRESS WORLDWIDE"]["5"]
    dim.charges[0].amount, dim.charges[1].amount = D(price["9"]), cents(D(price["9"]) * D("0.2275"))
    freight_of(bill, dim, D(price["14"]), "22.75", "dimensional_weight")
    dearer(bill, one(4, "EXPRESS WORLDWIDE", "7", "22", "REMOTE AREA DELIVERY"), 2, "31.00")
    dearer(bill, one(5, "EXPRESS 12:00", "1", "3", "SHIPMENT INSURANCE"), 1, "13.13")
    unknown(bill, one(6, "EXPRESS WORLDWIDE", "6", "11"), "EMERGENCY SITUATION", "7.70", "CR")
    again(bill, first)
    for each in bill.parcels:
        for charge in each.charges[1:]:
            charge.code = codes[charge.name]
    head = ["Line Type", "Billing Source", "Original Invoice Number", "Invoice Number", "Station Code", "Invoice Identifier", "Invoice Type", "Invoice Date", "Payment Terms", "Due Date",
            "Parent Account", "Billing Account", "Billing Account Name", "Shipment Number", "Shipment Date", "Country Specific Label", "Shipment Reference 1", "Shipment Reference 2",
            "Product", "Product Name", "Pieces", "Origin", "Orig Name", "Orig Country Code", "Destination", "Dest Name", "Dest Country Code", "DHL Scale Weight (A)", "Cust Scale Weight (B)",
            "Cust Vol Weight (W)", "Weight (kg)", "Length", "Width", "Height", "Zone", "Currency", "Total amount (excl. VAT)", "Total amount (incl. VAT)", "Tax Code", "Total Tax", "Weight Charge",
            "Weight Tax (VAT)", "Other Charges 1", "Other Charges 1 Amount", "Discount 1", "Discount 1 Amount", "Total Extra Charges (XC)", "Total Extra Charges Tax"]  # fmt: skip
    for n in range(1, 10):
        head += [
            f"XC{n} Code",
            f"XC{n} Name",
            f"XC{n} Charge",
            f"XC{n} Tax Code",
            f"XC{n} Tax",
            f"XC{n} Discount",
            f"XC{n} Total",
        ]
    at = {name: n for n, name in enumerate(head)}
    first_line: list[object] = [""] * len(head)
    for name, value in (("Line Type", "I"), ("Invoice Number", bill.number), ("Invoice Type", "D"), ("Invoice Date", f"{bill.day:%Y%m%d}"), ("Billing Account Name", "BEISPIEL GERAETE GMBH"),
                        ("Currency", "EUR"), ("Total amount (excl. VAT)", bill.net), ("Total amount (incl. VAT)", bill.net), ("Total Tax", "0.00")):  # fmt: skip
        first_line[at[name]] = value
    rows: list[Row] = [head, first_line]
    for each in bill.parcels:
        row = list(first_line)
        values = {"Line Type": "S", "Shipment Number": each.number, "Shipment Date": f"{each.day:%Y%m%d}", "Shipment Reference 1": each.reference, "Product": "P" if "WORLD" in each.service else "T",
                  "Product Name": each.service, "Pieces": 1, "Origin": "LEJ", "Orig Name": each.origin, "Orig Country Code": "DE", "Destination": "OSL", "Dest Name": each.destination,
                  "Dest Country Code": "NO", "Cust Scale Weight (B)": each.actual, "Weight (kg)": each.billed, "Zone": each.zone, "Total amount (excl. VAT)": each.total,
                  "Total amount (incl. VAT)": each.total, "Tax Code": "Z", "Weight Charge": each.charges[0].amount, "Weight Tax (VAT)": "0.00",
                  "Total Extra Charges (XC)": each.total - each.charges[0].amount, "Total Extra Charges Tax": "0.00"}  # fmt: skip
        if each.dims:
            values |= dict(zip(("Length", "Width", "Height"), each.dims, strict=True))
        for n, charge in enumerate(each.charges[1:], 1):
            values |= {
                f"XC{n} Code": charge.code,
                f"XC{n} Name": charge.name,
                f"XC{n} Charge": charge.amount,
                f"XC{n} Tax": "0.00",
                f"XC{n} Total": charge.amount,
            }
        for name, value in values.items():
            row[at[name]] = value
        rows.append(row)
    return Drawn([bill], csv_file(rows, ";"))


def nederlek() -> Drawn:
    """Dutch haulier, a workbook: two weeks with their sums between, tolls beside fuel, a discount that is too small."""
    places = {"10": 1, "30": 2, "50": 3, "65": 4, "97": 5}
    of = tariff(
        "Nederlek Transport B.V.", "EUR", "kg", country="NL", fuel_flat="8.4", areas=area_table("24.00", "4.80", "7.70", places, (75, 200, 500, 1000)),
        words=("Vrachtprijs", "Brandstoftoeslag"), surcharges={"Wachttijd": "27.50", "Laadklep": "14.00", "Tijdslevering": "19.00", "Retourpallets": "6.00"},
    )  # fmt: skip
    bill = bill_of("nederlek_weekstaat.xlsx", of, "26-40712", date(2026, 6, 21))

    def one(n: int, place: str, kilos: str, *extra: str) -> Parcel:
        return by_area(
            bill,
            f"NLK{26440 + 7 * n}",
            date(2026, 6, 7 + n),
            place,
            kilos,
            *extra,
            reference=f"ORD {300 + n}",
            origin="2931 Krimpen",
            pieces=n,
        )

    first = one(1, "1011 Amsterdam", "60", "Laadklep")
    dear = one(2, "3011 Rotterdam", "430")
    freight_of(bill, dear, dear.charges[0].amount + D("11.20"), "8.4", "wrong_rate")
    dearer(bill, one(3, "5011 Tilburg", "180", "Wachttijd"), 2, "41.25")
    unknown(bill, one(4, "6511 Nijmegen", "820"), "Milieutoeslag", "4.95")
    dearer(bill, one(5, "9711 Groningen", "990", "Tijdslevering"), 1, "9.90")
    again(bill, first)
    bill.tax = cents(bill.net * D("0.21"))
    names = ["Vrachtprijs", "Brandstoftoeslag", *of["surcharges"], "Milieutoeslag"]
    rows: list[Row] = [["Nederlek Transport B.V.", "", "", "Factuurnummer", bill.number], ["Debiteur", "10442", "", "Factuurdatum", bill.day], [],
                       ["Vrachtbrief", "Laaddatum", "Uw referentie", "Laadplaats", "Postcode lossen", "Losplaats", "Colli", "Gewicht", *names, "Totaal"]]  # fmt: skip
    for week, own in (("Week 24", bill.parcels[:3]), ("Week 25", bill.parcels[3:])):
        rows.append([week])
        for each in own:
            postal, town = each.destination.split(" ", 1)
            rows.append(
                [
                    each.number,
                    each.day,
                    each.reference,
                    "Krimpen",
                    postal,
                    town,
                    each.pieces,
                    each.billed,
                    *(amount_named(each, name) for name in names),
                    each.total,
                ]
            )
        rows.append([f"Subtotaal {week}", *[""] * (7 + len(names)), sum((each.total for each in own), D(0))])
    gap = [""] * (7 + len(names))
    rows += [
        [],
        [*gap, "Totaal excl. btw", bill.net],
        [*gap, "21% btw", bill.tax],
        [*gap, "Te voldoen EUR", bill.net + bill.tax],
    ]
    return Drawn([bill], workbook(rows, "Weekstaat"))


SET = (corvid, osprey, lumen, nederlek)
