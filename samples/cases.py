"""The samples themselves: who invoices whom for what, in which layout, and what is expected beside the values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from invoices.records import InvoiceData, LineData
from samples import companies as who
from samples.books import Sample, goods, line, make_invoice
from samples.cases_continent import dutch_and_swiss, german_and_austrian, romance


def all_samples() -> list[Sample]:
    """Every sample in the order of its file name."""
    return [*german_and_austrian(), *english(), *romance(), *dutch_and_swiss(), *awkward(), parcels()]


def english() -> list[Sample]:
    outfitter = make_invoice(
        who.US_OUTFITTER,
        who.BUYER_US,
        number="INV-48213",
        issued="2024-08-22",
        due="2024-09-21",
        currency="USD",
        order="PO-7731",
        discount="96.00",
        shipping="38.50",
        lines=[
            line("Two-person tent, alpine", "6", "249.00", "8.25", code="TNT-A2"),
            line("Sleeping pad, insulated, regular length with repair kit", "12", "54.95", "8.25", code="PAD-R"),
            line("Trail first aid kit", "3", "32.00", "8.25", code="FAK-3"),
            line("Water filter cartridge", "10", "18.75", "8.25", code="WFC"),
        ],
    )
    # Printed before discount and shipping, as is usual there; the net of all (BT-109) is right as well.
    net_of_all, outfitter.subtotal = outfitter.subtotal, goods(outfitter)
    supplies = make_invoice(
        who.US_SUPPLY,
        who.BUYER_US2,
        number="100457",
        issued="2024-03-05",
        due="2024-04-04",
        currency="USD",
        lines=[
            line("Copy paper, case", "4", "41.99", "7.5"),
            line("Exam room pens, box of 50", "6", "12.25", "7.5"),
            line("Label printer", "1", "189.00", "7.5"),
        ],
    )
    freight = make_invoice(
        who.US_FREIGHT,
        who.BUYER_US2,
        number="GLC-220914",
        issued="2024-10-09",
        due="2024-10-24",
        currency="USD",
        order="4500091277",
        lines=[
            line("Linehaul Toledo OH to Topeka KS, 3 pallets", "1", "1184.00"),
            line("Fuel surcharge", "1", "248.64"),
            line("Liftgate delivery", "1", "75.00"),
        ],
    )
    freight.tax_amount = None
    freight.subtotal = None
    prints = make_invoice(
        who.UK_PRINT,
        who.BUYER_UK,
        number="TPW/3391",
        issued="2024-06-14",
        due="2024-07-14",
        currency="GBP",
        order="PMT-0288",
        lines=[
            line("Exhibition catalogue, 64 pages, perfect bound", "500", "4.18", "0"),
            line("A1 foamex display panel", "14", "32.50", "20"),
            line("Artwork amendments", "3.5", "45.00", "20"),
        ],
    )
    credit = make_invoice(
        who.UK_PRINT,
        who.BUYER_UK,
        number="TPW/CN/0117",
        issued="2024-07-02",
        currency="GBP",
        kind="credit_note",
        lines=[line("A1 foamex display panel, damaged in transit", "2", "32.50", "20")],
    )
    credit.iban = None  # nothing to pay, no account on the page
    consulting = make_invoice(
        who.UK_CONSULT,
        who.BUYER_UK,
        number="2024-061",
        issued="2024-04-30",
        due="2024-05-30",
        currency="GBP",
        lines=[
            line("Structural survey, west gallery", "16", "92.50", "20"),
            line("Report and drawings", "9", "92.50", "20"),
            line("Travel, rail", "1", "64.30", "20"),
        ],
    )
    return [
        Sample(
            "05_outfitter_discount_shipping.pdf",
            "banner",
            who.US_OUTFITTER,
            who.BUYER_US,
            outfitter,
            "en",
            "us",
            alternatives={"subtotal": [str(net_of_all)]},
        ),
        Sample("06_office_supply.txt", "plain_us", who.US_SUPPLY, who.BUYER_US2, supplies, "en", "us"),
        Sample("07_cartage.pdf", "typewriter", who.US_FREIGHT, who.BUYER_US2, freight, "en", "us"),
        Sample("08_print_works.pdf", "remittance", who.UK_PRINT, who.BUYER_UK, prints, "en", "gb"),
        Sample(
            "09_print_works_credit_note.pdf",
            "remittance",
            who.UK_PRINT,
            who.BUYER_UK,
            credit,
            "en",
            "gb",
            extra={"refers_to": "TPW/3391"},
        ),
        Sample("10_consulting.txt", "plain_gb", who.UK_CONSULT, who.BUYER_UK, consulting, "en", "gb"),
        long_invoice(),
    ]


def long_invoice() -> Sample:
    """Sixty items on three pages."""
    parts = ["Gate valve", "Hose clamp", "Impeller", "Sea strainer", "Shaft anode", "Bilge float switch"]
    kinds = ["bronze", "stainless", "nickel plated", "galvanised", "nitrile lined"]
    lines: list[LineData] = []
    for position in range(60):
        size, price = 15 + 5 * (position % 8), Decimal(345 + 187 * position % 4100) / 100
        text = f"{parts[position % 6]} {size} mm, {kinds[position % 5]}"
        lines.append(line(text, str(1 + position * 7 % 24), str(price), "23", code=f"SM-{1040 + 13 * position}"))
    invoice = make_invoice(
        who.IE_PARTS,
        who.BUYER_IE,
        lines,
        number="SI-0093417",
        issued="2024-11-04",
        due="2024-12-04",
        order="AFS/24/1182",
    )
    return Sample("11_sixty_items.pdf", "ledger", who.IE_PARTS, who.BUYER_IE, invoice, "en", "ie")


def awkward() -> list[Sample]:
    """What must reach a person: wrong totals, a copy under another name, an invoice sent again, a damaged file."""
    wrong = make_invoice(
        who.WERKZEUG,
        who.BUYER_DE,
        number="RE-2024-01990",
        issued="2024-10-02",
        due="2024-11-01",
        delivered="2024-09-30",
        lines=[
            line("Wendeschneidplatte beschichtet", "50", "8.95", "19", unit="Stk", code="WSP-50"),
            line("Reduzierhülse MK3/MK2", "2", "18.60", "19", unit="Stk", code="RH-32"),
        ],
    )
    wrong.total_amount = (wrong.total_amount or Decimal(0)) + 90
    first = {sample.file: sample for sample in [*german_and_austrian(), *romance()]}
    original, sent_again = first["01_werkzeugbau.pdf"], first["14_olivar.pdf"]
    return [
        Sample(
            "20_wrong_total.pdf", "window_envelope", who.WERKZEUG, who.BUYER_DE, wrong, "de", review=("total_mismatch",)
        ),
        replace(original, file="21_werkzeugbau_copy.pdf", copy_of=original.file, review=("suspected_duplicate",)),
        replace(
            sent_again, file="22_olivar_sent_again.pdf", extra={"stamp": "DUPLICADO"}, review=("suspected_duplicate",)
        ),
        Sample(
            "23_damaged.pdf",
            "truncated",
            who.WERKZEUG,
            who.BUYER_DE,
            InvoiceData(),
            "de",
            status="failed",
            error="corrupt_file",
            copy_of=original.file,
        ),
    ]


def parcels() -> Sample:
    """A carrier's invoice beside its card, ``rate_cards/northgale_parcel.xlsx``: one parcel to zone 2 is billed
    at the price of zone 4, 8.42 instead of 6.34, and the card knows no Saturday delivery; all else is as agreed."""
    rows = [
        ("NG-70041", "2026-03-03", "1", "1.8", "Parcel", "4.75"),
        ("NG-70042", "2026-03-03", "3", "4.2", "Parcel", "7.38"),
        ("NG-70043", "2026-03-04", "2", "4.6", "Parcel", "8.42"),
        ("NG-70043", "2026-03-04", "2", "4.6", "Residential delivery", "1.25"),
        ("NG-70044", "2026-03-05", "1", "0.9", "Parcel", "4.20"),
        ("NG-70044", "2026-03-05", "1", "0.9", "Saturday delivery", "6.50"),
        ("NG-70045", "2026-03-06", "3", "9.4", "Parcel", "8.07"),
    ]
    lines = [
        LineData(
            tracking_number=number, ship_date=date.fromisoformat(shipped), zone=zone, billed_weight=Decimal(weight),
            weight_unit="kg", description=text, amount=Decimal(amount), tax_rate=Decimal(19),
        )
        for number, shipped, zone, weight, text, amount in rows
    ]  # fmt: skip
    invoice = make_invoice(
        who.NORTHGALE, who.BUYER_DE, lines, number="NGP-26-03118", issued="2026-03-09", due="2026-03-23"
    )
    for each in invoice.line_items:
        each.tax_rate = None  # stands below the lines, once for all
    return Sample(
        "24_northgale_parcels.pdf", "consignments", who.NORTHGALE, who.BUYER_DE, invoice, "en", "ie",
        review=("charge_not_on_card", "overcharged"),
    )  # fmt: skip
