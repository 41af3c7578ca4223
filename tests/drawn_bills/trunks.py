"""Loads, containers and air waybills on paper: a truckload invoice, drayage, a forwarder's invoice, a cargo register."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from reportlab.lib.pagesizes import A4, LETTER, landscape

from samples.bills.books import Charge, Parcel, cents
from tests.drawn_bills.books import D, Drawn, Paper, again, bill_of, charge_again, dearer, tariff, unknown


def bluegrass() -> Drawn:
    """One load: line haul, fuel by the mile, detention by the hour with its sum wrong, a lumper's receipt."""
    of = tariff(
        "Bluegrass Van Lines Trucking", "USD", "lb", round_up="", loads={"LEXINGTON KY 40511-DALLAS TX 75236": "1985.00"},
        per_mile={"Fuel surcharge": "0.46"}, per_hour={"Detention": "55.00"}, surcharges={"Lumper fee": "180.00"},
    )  # fmt: skip
    bill = bill_of("bluegrass_load.pdf", of, "BG-40771", date(2026, 7, 22))
    one = Parcel("L88120", date(2026, 7, 17), "TL", "", D(38400), D(38400), "lb", origin="LEXINGTON KY 40511",
                 destination="DALLAS TX 75236", reference="PO 77120")  # fmt: skip
    one.charges = [Charge("Line haul", D("1985.00")), Charge("Fuel surcharge 874 mi @ 0.46", D("402.04"), "fuel"),
                   Charge("Detention 3.0 hrs @ 55.00", D("195.00"), "accessorial"), Charge("Lumper fee", D("225.00"), "accessorial")]  # fmt: skip
    bill.parcels.append(one)
    bill.wrong("overcharged", "arithmetic", one, "Detention 3.0 hrs @ 55.00", D("195.00"), D("165.00"))
    bill.wrong("overcharged", "accessorial", one, "Lumper fee", D("225.00"), D("180.00"))
    page = Paper(bill.number, LETTER, top=50)
    page.row((50, bill.carrier), (-560, "FREIGHT INVOICE"), bold=True, size=13, step=16)
    page.row((50, "1200 Old Frankfort Pike, Lexington KY 40510"), (-560, f"Invoice # {bill.number}"))
    page.row(
        (50, "Bill to: Example Beverage Co., 400 Main St, Dallas TX 75201"), (-560, f"Invoice date {bill.day:%m/%d/%Y}")
    )
    page.row((-560, "Terms Net 30"), step=24)
    page.row((50, f"Load # {one.number}"), (200, f"Ship date {one.day:%m/%d/%Y}"), (360, "PO 77120"), bold=True)
    page.row((50, f"Shipper: Example Beverage Co., {one.origin}"), (310, f"Consignee: Acme Stores, {one.destination}"))
    page.row((50, "Equipment 53' dry van"), (200, "Weight 38,400 lbs"), (360, "Miles 874"), step=20)
    for charge in one.charges:
        page.row((50, charge.name), (-560, f"{charge.amount:,.2f}"), size=9.5)
    page.row((380, "Total due USD"), (-560, f"${bill.net:,.2f}"), bold=True)
    return Drawn([bill], page.done())


def portside() -> Drawn:
    """Drayage: a block a container, chassis and storage by the day."""
    of = tariff(
        "Portside Drayage Co", "USD", "lb", round_up="", loads={"USLGB-92337 Fontana": "485.00", "USLGB-92880 Corona": "515.00"},
        fuel_flat="34.0", per_day={"Chassis": "42.00", "Yard storage": "35.00"},
        surcharges={"Pre-pull": "125.00", "Chassis split": "90.00", "Pier pass": "37.50"},
    )  # fmt: skip
    bill = bill_of("portside_containers.pdf", of, "PD-11982", date(2026, 9, 18))

    def one(n: int, number: str, to: str, days: int, *extra: str) -> Parcel:
        got = Parcel(number, date(2026, 9, 2 + 2 * n), "Dray", "", None, None, "lb", origin="USLGB", destination=to,
                     reference=f"MB{4410 + n}")  # fmt: skip
        base = D(of["loads"][f"USLGB-{to}"])
        got.charges = [Charge("Drayage base rate", base), Charge("Fuel surcharge 34%", cents(base * D("0.34")), "fuel"),
                       Charge(f"Chassis {days} days @ 42.00", D(42 * days).quantize(D("0.01")), "accessorial"),
                       *(Charge(name, D(of["surcharges"][name]), "accessorial") for name in extra)]  # fmt: skip
        bill.parcels.append(got)
        return got

    one(1, "TGHU4481203", "92337 Fontana", 3, "Pier pass")
    dearer(bill, one(2, "MSKU7719022", "92880 Corona", 2, "Pre-pull"), 3, "150.00")
    days = one(3, "OOLU3310476", "92337 Fontana", 4)
    days.charges[2].name = "Chassis 4 days @ 48.00"
    dearer(bill, days, 2, "192.00")
    dear = one(4, "TCLU9904417", "92880 Corona", 1, "Chassis split", "Pier pass")
    fuel = dear.charges[1].amount
    dearer(bill, dear, 0, "560.00")
    dear.charges[1].amount = cents(D("560") * D("0.34"))
    bill.wrong("overcharged", "wrong_rate", dear, "Fuel surcharge 34%", dear.charges[1].amount, fuel)
    unknown(bill, one(5, "HLXU2210945", "92337 Fontana", 2), "Clean truck fee", "20.00")
    charge_again(bill, one(6, "CMAU5518820", "92880 Corona", 5, "Pier pass"), 3)
    page = Paper(bill.number, LETTER, top=50, bottom=740)
    page.row((50, bill.carrier), (-560, "INVOICE"), bold=True, size=13, step=16)
    page.row((50, "2201 W Anaheim St, Long Beach CA 90813"), (-560, f"Invoice number {bill.number}"))
    page.row((50, "Bill to: Example Imports LLC, Ontario CA 91761"), (-560, f"Date {bill.day:%m/%d/%Y}"), step=24)
    for each in bill.parcels:
        page.room(40 + 11 * len(each.charges))
        page.row(
            (50, f"Container {each.number}"),
            (200, f"Delivered {each.day:%m/%d/%Y}"),
            (340, f"MBL {each.reference}"),
            bold=True,
        )
        page.row((50, f"From {each.origin} to {each.destination}"), size=8)
        for charge in each.charges:
            page.row((64, charge.name), (-560, f"{charge.amount:,.2f}"), step=11)
        page.row((400, "Container total"), (-560, f"{each.total:,.2f}"), bold=True, step=18)
    page.row((400, "Amount due USD"), (-560, f"{bill.net:,.2f}"), bold=True)
    return Drawn([bill], page.done())


def antares() -> Drawn:
    """A forwarder's invoice of one bill of lading: a list of containers, charges with quantity and rate."""
    of = tariff(
        "Antares Forwarding Ltd", "USD", "kg", round_up="",
        ocean={"CNNGB-GBFXT": {"20GP": "1690", "40GP": "2870", "40HC": "2940"}, "INNSA-GBFXT": {"20GP": "1505", "40GP": "2610", "40HC": "2660"}},
        per_container={"BAF": "285", "THC destination": "210", "ISPS": "12"}, per_bill={"Documentation fee": "60"},
        surcharges={"Customs clearance": "75"},
    )  # fmt: skip
    bill = bill_of("antares_bl.pdf", of, "AF-77120-26", date(2026, 4, 14))
    one = Parcel(
        "ANTX4410772",
        date(2026, 3, 9),
        "FCL",
        "",
        None,
        None,
        "kg",
        origin="CNNGB",
        destination="GBFXT",
        reference="TLLU4410021",
    )
    rows = [("Ocean freight 2 x 40HC", "freight", 2, "2940.00"), ("BAF", "fuel", 2, "315.00"), ("THC destination", "accessorial", 2, "210.00"),
            ("ISPS", "accessorial", 2, "12.00"), ("Documentation fee", "accessorial", 1, "60.00"),
            ("Customs clearance", "accessorial", 1, "75.00"), ("Port congestion surcharge", "accessorial", 2, "90.00")]  # fmt: skip
    one.charges = [Charge(name, (D(rate) * n).quantize(D("0.01")), kind) for name, kind, n, rate in rows]
    bill.parcels.append(one)
    bill.wrong("overcharged", "fuel", one, "BAF", D("630.00"), D("570.00"))
    bill.wrong("charge_not_on_card", "accessorial", one, "Port congestion surcharge", D("180.00"), D("0.00"))
    page = Paper(bill.number, A4, top=50)
    page.row((50, bill.carrier), (-545, "INVOICE"), bold=True, size=13, step=16)
    page.row((50, "Trimley House, Felixstowe IP11 3TG · VAT GB 448 1120 77"), (-545, f"Invoice No {bill.number}"))
    page.row((50, "Example Homeware Ltd, Leeds LS9 0PS"), (-545, f"Invoice date {bill.day:%d %b %Y}"), step=24)
    page.row(
        (50, f"B/L No {one.number}"), (220, "Vessel NORTHERN STAR 026W"), (420, f"ETD {one.day:%d %b %Y}"), bold=True
    )
    page.row((50, "From CNNGB to GBFXT"))
    page.row((50, "Containers: TLLU4410021 40HC, TLLU4410038 40HC"), step=20)
    page.row((50, "Charge"), (-330, "Qty"), (-420, "Rate"), (-545, "Amount USD"), bold=True)
    for (name, _, n, rate), charge in zip(rows, one.charges, strict=True):
        page.row((50, name), (-330, str(n)), (-420, f"{D(rate):,.2f}"), (-545, f"{charge.amount:,.2f}"))
    page.row((380, "Total USD"), (-545, f"{bill.net:,.2f}"), bold=True)
    return Drawn([bill], page.done())


def zephyr() -> Drawn:
    """An air cargo register in landscape: other charges by their IATA codes in columns, two pages."""
    of = tariff(
        "Zephyr Cargo AG", "CHF", "kg", round_up="", air={
            "JFK": [["0", "4.10"], ["45", "3.55"], ["100", "3.05"], ["300", "2.70"]],
            "DXB": [["0", "3.20"], ["45", "2.75"], ["100", "2.35"], ["300", "2.05"]],
            "NRT": [["0", "5.60"], ["45", "4.90"], ["100", "4.35"], ["300", "3.95"]],
        }, minimum={"JFK": "85.00", "DXB": "70.00", "NRT": "110.00"},
        per_kg={"MYC": "0.88", "SCC": "0.14"}, surcharges={"AWC": "21.00"}, **{"from": "ZRH"},
    )  # fmt: skip
    bill = bill_of("zephyr_register.pdf", of, "ZC 2026-0331", date(2026, 3, 31))

    def one(n: int, to: str, kilos: str) -> Parcel:
        weight = D(kilos)
        best = min(max(weight, D(start)) * D(rate) for start, rate in of["air"][to])
        got = Parcel(
            f"724-{4410220 + 11 * n:08d}",
            date(2026, 3, 1 + n),
            "",
            "",
            weight,
            weight,
            "kg",
            origin="ZRH",
            destination=to,
            pieces=n,
        )
        got.charges = [Charge("Weight charge", cents(max(best, D(of["minimum"][to])))), Charge("MYC", cents(weight * D("0.88")), "fuel"),
                       Charge("SCC", cents(weight * D("0.14")), "accessorial"), Charge("AWC", D("21.00"), "accessorial")]  # fmt: skip
        bill.parcels.append(got)
        return got

    for n in range(1, 20):
        got = one(n, ("JFK", "DXB", "NRT")[n % 3], str(D(30) + D("37.5") * n))
        if n == 4:
            dearer(bill, got, 0, str(got.charges[0].amount + D("18.00")))
        if n == 9:
            dearer(bill, got, 1, str(cents((got.billed or Decimal(0)) * D("0.98"))))
        if n == 14:
            dearer(bill, got, 3, "27.50")
    again(bill, bill.parcels[4])

    def head(page: Paper) -> None:
        page.y = 40
        page.row((40, bill.carrier), (-800, f"Invoice {bill.number}"), bold=True, size=12, step=15)
        page.row((40, "Frachtstrasse 7, 8058 Zürich-Flughafen"), (-800, f"Date {bill.day:%d.%m.%Y}"))
        page.row((40, "Beispiel Uhren AG, 2502 Biel"), step=22)
        page.row((40, "AWB"), (130, "Date"), (200, "Orig"), (240, "Dest"), (-310, "Pcs"), (-380, "Chg wt kg"), (-470, "Weight charge"),
                 (-550, "MYC"), (-620, "SCC"), (-690, "AWC"), (-800, "Total CHF"), bold=True)  # fmt: skip

    page = Paper(bill.number, landscape(A4), head, top=40, bottom=420)
    for each in bill.parcels:
        page.room(14)
        page.row((40, each.number), (130, f"{each.day:%d.%m.%Y}"), (200, each.origin), (240, each.destination), (-310, str(each.pieces)),
                 (-380, f"{each.billed:,.1f}"), *((x, f"{c.amount:,.2f}") for x, c in zip((-470, -550, -620, -690), each.charges, strict=True)),
                 (-800, f"{each.total:,.2f}"))  # fmt: skip
    page.row((-690, "Net due CHF"), (-800, f"{bill.net:,.2f}"), bold=True)
    return Drawn([bill], page.done())
