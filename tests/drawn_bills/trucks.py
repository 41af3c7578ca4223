"""American freight: a statement of PROs on paper, EDI 210 of other variants, and a file of corrections."""

from __future__ import annotations

from datetime import date

from reportlab.lib.pagesizes import LETTER

from samples.bills.books import Charge, Parcel, cents
from samples.bills.ltl import class_table
from tests.drawn_bills.books import (
    D,
    Drawn,
    Paper,
    Row,
    again,
    bill_of,
    by_class,
    csv_file,
    dearer,
    discount_of,
    tariff,
    unknown,
)

_CLASSES = {"50": "50", "60": "60", "70": "70", "85": "85", "100": "85", "125": "125"}


def _ltl(carrier: str, start: str, ends: dict[str, str], base: str, **more: object) -> dict[str, object]:
    lanes = {lane: str(1 + D("0.17") * n) for n, lane in enumerate(ends)}
    return tariff(
        carrier, "USD", "lb", **{"classes": _CLASSES, "lanes": class_table(base, lanes), "ends": ends, "from": start,
                                 "codes": {}, "minimum": "109.00"} | more,
    )  # fmt: skip


def ironwood() -> Drawn:
    """Several PROs a page: a line of numbers, parties side by side, goods with class and rate, then what lowers and
    raises them."""
    of = _ltl(
        "Ironwood Freight System", "TOLEDO OH 43607",
        {"436-606": "CHICAGO IL 60638", "436-152": "PITTSBURGH PA 15205", "436-641": "KANSAS CITY MO 64120"}, "58.40",
        discount="70.0", percent="28.5", fuel_flat="28.5", fuel_base="net freight",
        words=("AUTO PARTS NOI", "DISCOUNT", "FUEL SURCHARGE", "MINIMUM CHARGE ADJUSTMENT"),
        surcharges={"LIFTGATE DELIVERY": "79.00", "RESIDENTIAL DELIVERY": "118.00", "CONSTRUCTION SITE": "96.00"},
    )  # fmt: skip
    bill = bill_of("ironwood_statement.pdf", of, "IW-2231907", date(2026, 5, 15))

    def one(n: int, lane: str, class_: str, pounds: int, *extra: str) -> Parcel:
        return by_class(bill, f"442-{118203 + 41 * n}-{n}", date(2026, 5, 3 + n), lane, class_, pounds, *extra,
                        reference=f"B{60120 + n}", pieces=n + 1)  # fmt: skip

    first = one(1, "436-606", "85", 1420)
    discount_of(bill, one(2, "436-152", "70", 2610), "65")
    dearer(bill, one(3, "436-641", "125", 810, "LIFTGATE DELIVERY"), 3, "94.00")
    one(4, "436-606", "60", 260)  # at the minimum
    unknown(bill, one(5, "436-152", "85", 5200), "SORT AND SEGREGATE", "65.00")
    wrong = one(6, "436-641", "100", 3300, "RESIDENTIAL DELIVERY")  # FAK: 100 is rated as 85
    full = cents(D(of["lanes"]["436-641"]["100"]["5000"]) * 33)
    net, right = full - cents(full * D("0.7")), wrong.charges[0].amount + wrong.charges[1].amount
    follows = cents(net * D("0.285"))
    bill.wrong("overcharged", "wrong_class", wrong, "freight", net, right)
    bill.wrong("overcharged", "wrong_class", wrong, "fuel", follows, wrong.charges[2].amount)
    wrong.charges[0].amount, wrong.charges[1].amount, wrong.charges[2].amount = full, -cents(full * D("0.7")), follows
    again(bill, first, netted=True)

    def head(page: Paper) -> None:
        page.y = 40
        page.row((36, "IRONWOOD FREIGHT SYSTEM"), (-576, "FREIGHT STATEMENT"), bold=True, size=13, step=15)
        page.row((36, "PO BOX 1180 TOLEDO OH 43601"), (-576, f"STATEMENT NUMBER {bill.number}"))
        page.row((36, "BILL TO: EXAMPLE ASSEMBLY INC"), (-576, f"STATEMENT DATE {bill.day:%m/%d/%y}"), step=20)

    page = Paper(bill.number, LETTER, head, top=40, bottom=740)
    for each in bill.parcels:
        page.room(40 + 11 * len(each.charges))
        page.row((36, f"PRO NUMBER {each.number}"), (190, f"DATE {each.day:%m/%d/%y}"), (290, f"BOL {each.reference}"),
                 (400, f"PO {each.reference[1:]}7"), (500, "PREPAID"), bold=True)  # fmt: skip
        page.row((36, f"SHIPPER EXAMPLE ASSEMBLY, {each.origin}"), (310, f"CONSIGNEE ACME, {each.destination}"), size=8)
        page.row(
            (36, "PIECES"),
            (90, "DESCRIPTION"),
            (-330, "CLASS"),
            (-400, "WEIGHT"),
            (-480, "RATE"),
            (-576, "CHARGES"),
            size=7,
        )
        for charge in each.charges:
            is_goods = charge.kind == "freight"
            shown = f"({-charge.amount:,.2f})" if charge.amount < 0 else f"{charge.amount:,.2f}"
            more = "70.00 %" if charge.kind == "discount" else "28.50 %" if charge.kind == "fuel" else ""
            page.row((36, str(each.pieces) if is_goods else ""), (90, charge.name),
                     (-330, each.freight_class if is_goods else ""), (-400, f"{each.billed:,}" if is_goods else ""),
                     (-480, f"{charge.amount / (each.billed or 1) * 100:,.2f}" if is_goods else more), (-576, shown), step=11)  # fmt: skip
        page.row((330, "TOTAL CHARGES"), (-576, f"{each.total:,.2f}"), bold=True, step=18)
    page.row(
        (36, f"{len(bill.parcels)} SHIPMENTS"),
        (330, "PLEASE PAY THIS AMOUNT USD"),
        (-576, f"{bill.net:,.2f}"),
        bold=True,
    )
    return Drawn([bill], page.done())


def sawtooth() -> Drawn:
    """EDI: rates with qualifiers in L1, names in L5, other reference qualifiers, no L3 amount in one, one set a balance
    due of a PRO of the last file."""
    of = _ltl(
        "Sawtooth Transportation", "BOISE ID 83705", {"837-972": "PORTLAND OR 97218", "837-981": "SEATTLE WA 98108"},
        "51.75", discount="68.0", percent="24.0", fuel_flat="24.0", fuel_base="net freight",
        words=("PUMPS", "DISCOUNT", "FUEL SURCHARGE", "MINIMUM CHARGE"),
        surcharges={"LIFTGATE": "61.00", "APPOINTMENT": "28.00", "INSIDE DELIVERY": "88.00"},
        codes={"DISCOUNT": "DSC", "FUEL SURCHARGE": "FUE", "LIFTGATE": "LFT", "APPOINTMENT": "APT", "INSIDE DELIVERY": "IDL"},
    )  # fmt: skip
    before = bill_of("sawtooth_august.edi", of, "7700", date(2026, 8, 7))
    old = by_class(before, "90031170", date(2026, 8, 3), "837-972", "70", 1340)
    bill = bill_of("sawtooth_210.edi", of, "STWH-260814", date(2026, 8, 14))

    def one(n: int, lane: str, class_: str, pounds: int, *extra: str) -> Parcel:
        return by_class(bill, f"900312{40 + n}", date(2026, 8, 9 + n), lane, class_, pounds, *extra,
                        reference=f"SW{n}4410", pieces=n)  # fmt: skip

    one(1, "837-972", "85", 1900, "LIFTGATE")
    discount_of(bill, one(2, "837-981", "125", 700), "60")
    dearer(bill, one(3, "837-972", "60", 4100, "APPOINTMENT"), 3, "45.00")
    unknown(bill, one(4, "837-981", "70", 2600), "RECONSIGNMENT", "75.00", "REC")
    balance = Parcel(old.number, old.day, "LTL", "", old.actual, old.billed, "lb", freight_class="70", origin=old.origin,
                     destination=old.destination, reference="SW04410")  # fmt: skip
    balance.charges = [Charge("PUMPS", D("38.00"))]
    bill.parcels.append(balance)
    bill.wrong("overcharged", "wrong_rate", balance, "PUMPS", D("38.00"), D("0.00"))
    segments = ["ISA*00*          *00*          *02*STWH           *01*551209871      *260814*0600*U*00401*000260814*0*P*>",
                f"GS*IM*STWH*551209871*{bill.day:%Y%m%d}*0600*260814*X*004010"]  # fmt: skip
    for n, each in enumerate(bill.parcels, 1):
        pence = [int(charge.amount * 100) for charge in each.charges]
        city, state, postal = each.destination.rsplit(" ", 2)
        kind = "BD" if each is balance else ""
        own = [f"ST*210*{n:04d}", f"B3**{each.number}*{each.reference}*PP*L*{bill.day:%Y%m%d}*{sum(pence)}*{kind}*{each.day:%Y%m%d}*035*STWH",
               "C3*USD", f"N9*BM*{each.reference}", f"N9*CN*{each.number}", f"N9*PO*4500{n}", f"G62*86*{each.day:%Y%m%d}",
               "R3*STWH*B**LT", "N1*SF*EXAMPLE PUMPS", "N4*BOISE*ID*83705", "N1*ST*ACME", f"N4*{city}*{state}*{postal}",
               "N1*RE*SAWTOOTH TRANSPORTATION"]  # fmt: skip
        for at, (charge, amount) in enumerate(zip(each.charges, pence, strict=True), 1):
            own += [f"LX*{at}", f"L5*{at}*{charge.name}"]
            if at == 1:
                own += [f"L0*{at}***{each.billed}*G***{each.pieces}*PLT**L",
                        f"L1*{at}*{charge.amount / (each.billed or 1) * 100:.2f}*PH*{amount}",
                        f"L7*{at}*STWH*500****{each.freight_class}"]  # fmt: skip
            else:
                own.append(f"L1*{at}*0*FR*{amount}****{charge.code}")
        if n != 3:
            own.append(f"L3*{each.billed}*G***{sum(pence)}")
        segments += [*own, f"SE*{len(own) + 1}*{n:04d}"]
    segments += [f"GE*{len(bill.parcels)}*260814", "IEA*1*000260814"]
    bill.prints_total = True
    return Drawn([bill], "".join(f"{segment}~" for segment in segments).encode(), [before])


def tamarack() -> Drawn:
    """A file of corrections: rebills less what was billed, a balance due, a charge of the last bill again, a credit."""
    of = _ltl(
        "Tamarack LTL", "ST PAUL MN 55114", {"551-532": "MILWAUKEE WI 53218", "551-462": "INDIANAPOLIS IN 46241"}, "49.90",
        discount="66.0", percent="22.0", fuel_flat="22.0", fuel_base="net freight",
        words=("Freight charge", "Customer discount", "Fuel surcharge", "Minimum charge adjustment"),
        surcharges={"Liftgate": "74.00", "Notification": "19.00", "Limited access": "81.00"},
    )  # fmt: skip
    before = bill_of("tamarack_first.csv", of, "TM-50011", date(2026, 6, 5))
    olds = [by_class(before, f"7781{40 + n}", date(2026, 6, 1 + n), lane, class_, pounds, *extra) for n, lane, class_, pounds, extra in (
        (1, "551-532", "85", 1200, ()), (2, "551-462", "70", 2300, ("Liftgate",)), (3, "551-532", "60", 3900, ()),
        (4, "551-462", "125", 650, ("Notification",)))]  # fmt: skip
    bill = bill_of("tamarack_adjustments.csv", of, "TM-50102", date(2026, 6, 26))

    def of_old(old: Parcel, *charges: Charge) -> Parcel:
        one = Parcel(old.number, old.day, "LTL", "", old.actual, old.billed, "lb", freight_class=old.freight_class,
                     origin=old.origin, destination=old.destination, charges=list(charges))  # fmt: skip
        bill.parcels.append(one)
        return one

    rebill = of_old(olds[0], *(Charge(**c.__dict__) for c in olds[0].charges))
    rebill.charges += [Charge("Notification", D("19.00"), "accessorial"),
                       Charge("Less previously billed TM-50011", -olds[0].total, "adjustment")]  # fmt: skip
    bill.calm(rebill, "a rebill less what was billed before")
    twice = of_old(olds[1], Charge("Liftgate", D("74.00"), "accessorial"))
    bill.twice(twice, ("Liftgate", D("74.00")))
    due = of_old(olds[2], Charge("Balance due freight", D("41.50"), "adjustment"))
    bill.wrong("overcharged", "wrong_rate", due, "Balance due freight", D("41.50"), D("0.00"))
    back = of_old(olds[3], Charge("Credit for notification", D("-19.00"), "credit"))
    bill.calm(back, "a credit")
    by_class(bill, "778160", date(2026, 6, 18), "551-532", "70", 980, "Limited access")
    discount_of(bill, by_class(bill, "778161", date(2026, 6, 19), "551-462", "85", 1750), "60")
    rows: list[Row] = [["Statement", "Statement Date", "PRO", "Pickup", "Origin City", "Origin State", "Origin Zip", "Dest City",
                        "Dest State", "Dest Zip", "Class", "Weight (lbs)", "Charge", "Amount USD"]]  # fmt: skip
    for each in bill.parcels:
        for charge in each.charges:
            rows.append([bill.number, f"{bill.day:%m/%d/%Y}", each.number, f"{each.day:%m/%d/%Y}", *each.origin.rsplit(" ", 2),
                         *each.destination.rsplit(" ", 2), each.freight_class, each.billed, charge.name, charge.amount])  # fmt: skip
    bill.prints_total = False
    return Drawn([bill], csv_file(rows), [before])
