"""Audit of a long carrier's bill against a large card in the database: seconds and memory.

usage: python -m benchmarks.bill_speed [--quick] [--shipments N] [--rates N] [--file LINES]

A parcel card of services × zones × weights; a bill of parcels with freight, fuel and an accessorial each, three per
cent of them billed too high. What is measured is the whole assessment of a stored invoice: rules, books, audit and
findings written. ``--quick``: 1,000 shipments and 25,000 rates. ``--file``: a data file of so many charges from its
submission through the pipeline to its page. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import resource
import tempfile
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "invoicesite.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.machine import Machine, print_result, use_storage_of  # noqa: E402
from invoices.models import Finding, InvoiceLine, RateCard, Surcharge  # noqa: E402
from invoices.records import InvoiceData, LineData, ShipmentData  # noqa: E402
from invoices.services.recording import ReadInvoice, record_invoice  # noqa: E402
from processing.pipeline.run import run_job  # noqa: E402
from processing.services.documents import JobOptions, submit_document  # noqa: E402
from tests.databases import own_database  # noqa: E402

D = Decimal
CARRIER = "Longhaul Parcel Service"
_RATES = """
    INSERT INTO invoices_rate (card_id, position, origin, destination, zone, break_from, break_to, value,
        break_inclusive, break_unit, unit, service, service_code, equipment, freight_class, break_basis, rounding,
        excess_only, currency, transit_days, source)
    SELECT %s, (s * 50 + z) * 500 + w, '', '', z::text, w, w + 1, 3 + z * 0.40 + w * 0.31 + s,
           'upper', 'lb', 'flat', 'Service ' || s, '', '', '', 'weight', '', false, '', '', '{{"value": "Rates!C7"}}'
    FROM generate_series(0, {services}) s, generate_series(0, 49) z, generate_series(0, 499) w"""


def make_card(rates: int) -> None:
    services = max(1, rates // 25_000)
    with transaction.atomic(), connection.cursor() as cursor:
        card = RateCard.objects.create(
            carrier_name=CARRIER, mode="parcel", currency="USD", weight_unit="lb", status="active",
            valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), rate_count=services * 25_000,
            offers=[[f"Service {n}", "", "", "", None, None] for n in range(services)],
        )  # fmt: skip
        cursor.execute(_RATES.format(services=services - 1), [card.id])
        Surcharge.objects.create(card=card, position=0, name="Fuel surcharge", basis="percent", value=D(15),
                                 applies_to="freight", kind="fuel", applies="always")  # fmt: skip
        Surcharge.objects.create(card=card, position=1, name="Residential delivery", basis="flat", value=D("4.95"),
                                 applies="asked")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE invoices_rate")


def make_bill(shipments: int, services: int) -> tuple[InvoiceData, int]:
    """The bill, and how many of its charges are too high."""
    chance, wrong = random.Random(11), 0
    invoice = InvoiceData(invoice_number="LP-1", vendor_name=CARRIER, currency="USD", invoice_date=date(2026, 6, 30),
                          document_type="invoice")  # fmt: skip
    for n in range(shipments):
        service, zone, weight = chance.randrange(services), chance.randrange(50), chance.randint(1, 500)
        number = f"LP{n:09d}"
        freight = (3 + zone * D("0.40") + (weight - 1) * D("0.31") + service).quantize(D("0.01"))
        fuel = (freight * D("0.15")).quantize(D("0.01"), "ROUND_HALF_UP")
        if chance.random() < 0.03:
            freight += D("1.37")
            wrong += 1
        invoice.shipments.append(
            ShipmentData(
                tracking_number=number, ship_date=date(2026, 6, 1) + timedelta(days=n % 28), zone=str(zone),
                service=f"Service {service}", billed_weight=D(weight), weight_unit="lb",
            )
        )  # fmt: skip
        for name, amount, kind in (("Freight", freight, "freight"), ("Fuel surcharge", fuel, "fuel"),
                                   ("Residential delivery", D("4.95"), "accessorial")):  # fmt: skip
            invoice.line_items.append(
                LineData(description=name, amount=amount, charge_kind=kind, shipment=n, tracking_number=number)
            )
    invoice.total_amount = sum((line.amount or D(0) for line in invoice.line_items), D(0))
    return invoice, wrong


def data_file(invoice: InvoiceData) -> bytes:
    """The bill as a carrier sends it: a row a shipment, its charges in columns."""
    out = io.StringIO()
    writer = csv.writer(out)
    names = ("Freight", "Fuel surcharge", "Residential delivery")
    writer.writerow(["Invoice Number", "Invoice Date", "Currency", "Carrier", "Tracking Number", "Ship Date", "Service",
                     "Zone", "Billed Weight (lb)", *names, "Net Charge"])  # fmt: skip
    for each, at in zip(invoice.shipments, range(0, len(invoice.line_items), 3), strict=True):
        amounts = [line.amount or D(0) for line in invoice.line_items[at : at + 3]]
        writer.writerow([invoice.invoice_number, "06/30/2026", "USD", CARRIER, each.tracking_number, each.ship_date,
                         each.service, each.zone, each.billed_weight, *amounts, sum(amounts)])  # fmt: skip
    return out.getvalue().encode()


def run_file(*, lines: int) -> dict[str, object]:
    """A data file of so many charges from its submission to its page: seconds and memory of the worker."""
    with own_database(), tempfile.TemporaryDirectory(prefix="bill-") as name:
        use_storage_of(Machine(Path(name), {"STORAGE_URL": Path(name).as_uri()}))
        make_card(25_000)
        data = data_file(make_bill(lines // 3, 1)[0])
        user = User.objects.create_superuser("bills")
        options = JobOptions(policy="rules")
        submission = submit_document(data=data, filename="bill.csv", owner_id=user.pk, options=options)
        before = megabytes()
        started, cpu = time.perf_counter(), time.process_time()
        run_job(submission.job.id)
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        more = megabytes() - before
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        opened = []
        for _ in range(4):  # the first also compiles templates
            at = time.process_time()
            answer = client.get(reverse("result", args=[submission.document.pk]))
            opened.append(time.process_time() - at)
        stored = InvoiceLine.objects.count()
    return {
        "lines": stored, "file_megabytes": round(len(data) / 1e6, 1), "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1), "more_megabytes": round(more, 1), "page_cpu_ms": round(1000 * min(opened)),
        "page_kilobytes": round(len(answer.content) / 1000),
    }  # fmt: skip


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(*, shipments: int, rates: int) -> dict[str, object]:
    with own_database():
        make_card(rates)
        invoice, wrong = make_bill(shipments, max(1, rates // 25_000))
        before = megabytes()
        started, cpu = time.perf_counter(), time.process_time()
        record_invoice(read=ReadInvoice(invoice, {}, [], "rules", "0" * 64), owner_id=None)
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        found = Finding.objects.filter(code="overcharged").count()
    return {
        "shipments": shipments, "rates": rates, "planted": wrong, "found": found, "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1), "more_megabytes": round(megabytes() - before, 1),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--shipments", type=int, default=10_000)
    parser.add_argument("--rates", type=int, default=100_000)
    parser.add_argument("--file", type=int, metavar="LINES", help="a data file through the pipeline instead")
    args = parser.parse_args()
    if args.file:
        print_result(**run_file(lines=args.file))
        return
    shipments, rates = (1_000, 25_000) if args.quick else (args.shipments, args.rates)
    print_result(**run(shipments=shipments, rates=rates))


if __name__ == "__main__":
    main()
