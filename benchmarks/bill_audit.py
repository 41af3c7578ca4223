"""A simulated year of carriers' bills, read from their files and audited: what of the planted errors is found.

usage: python -m benchmarks.bill_audit [--quick] [--bills N] [--shipments N]

Half of the bills are wide CSV files of parcels, half EDI of less-than-truckload. Errors of each kind are planted in 3 %
of the shipments by a generator that works with the tariffs' own tables; a finding counts where its code, shipment and
difference are those of a planted error. Recall is by cause, precision over all claims. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from decimal import Decimal
from uuid import UUID, uuid4

from benchmarks.machine import print_result
from invoices.auditing import FindingData, audit_invoice
from invoices.auditing.records import Sent
from invoices.auditing.wording import charge_key
from invoices.records import InvoiceData
from processing.extractors.rules import extract_by_rules
from processing.readers.detect import detect_media_type
from processing.readers.registry import read_content
from samples.bills.books import Bill
from samples.bills.ltl import ridgeline_edi
from samples.bills.parcels import kestrel_csv
from samples.bills.year import year
from tests.invoices.bill_cards import OwnPrices, card_of

Key = tuple[str, str, Decimal]


class Tally:
    """Planted, found and false, by cause."""

    def __init__(self) -> None:
        self.planted: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.false: Counter[str] = Counter()
        self.other_cause = 0
        self.shown: list[str] = []

    def add(self, bill: Bill, findings: list[FindingData]) -> None:
        left = [f for f in findings if f.code not in ("not_rated",)]
        for planted in bill.findings:
            cause = planted["cause"]
            self.planted[cause] += 1
            key = (planted["code"], planted["tracking_number"], Decimal(planted["difference"]))
            match = next((f for f in left if (f.code, f.tracking_number, f.difference) == key), None)
            if match is None:
                self._show(f"missed {bill.file} {planted}")
                continue
            self.found[cause] += 1
            self.other_cause += match.cause != cause
            left.remove(match)
        for finding in left:
            self.false[finding.cause or finding.code] += 1
            self._show(f"false  {bill.file} {finding.tracking_number} {finding.code} {finding.message}")

    def _show(self, text: str) -> None:
        if len(self.shown) < 12:
            self.shown.append(text[:220])


def read(bill: Bill) -> InvoiceData:
    data = kestrel_csv(bill) if bill.file.endswith(".csv") else ridgeline_edi(bill)
    content = read_content(data, detect_media_type(data, filename=bill.file))
    return extract_by_rules(content, filename=bill.file).to_invoice()


def run(*, bills: int, shipments: int) -> dict[str, object]:
    tally, cards, sent = Tally(), {}, {}
    audited = lines = wrong_sums = 0
    reading = auditing = 0.0
    for bill in year(bills=bills, shipments=shipments):
        carrier = bill.carrier
        if carrier not in cards:
            cards[carrier], sent[carrier] = card_of(bill.tariff), {}
        started = time.perf_counter()
        invoice = read(bill)
        reading += time.perf_counter() - started
        started = time.perf_counter()
        prices = OwnPrices(cards[carrier], sent[carrier])
        tally.add(bill, audit_invoice(invoice, prices))
        auditing += time.perf_counter() - started
        audited += len(invoice.shipments)
        lines += len(invoice.line_items)
        wrong_sums += sum((line.amount or Decimal(0) for line in invoice.line_items), Decimal(0)) != bill.net
        _remember(invoice, sent[carrier])
    planted, found, false = (sum(each.values()) for each in (tally.planted, tally.found, tally.false))
    print(f"{'cause':<22}{'planted':>9}{'found':>9}{'recall':>9}{'false':>8}")
    for cause in sorted({*tally.planted, *tally.false}):
        recall = tally.found[cause] / tally.planted[cause] if tally.planted[cause] else 1
        print(f"{cause:<22}{tally.planted[cause]:>9}{tally.found[cause]:>9}{recall:>9.4f}{tally.false[cause]:>8}")
    for text in tally.shown:
        print(f"  {text}")
    lowest = min((tally.found[cause] / number for cause, number in tally.planted.items()), default=1.0)
    return {
        "bills": bills, "shipments": audited, "lines": lines, "bills_whose_lines_miss_the_total": wrong_sums,
        "planted": planted, "found": found, "false": false,
        "precision": round(found / (found + false), 5) if found + false else 1.0,
        "recall": round(found / planted, 5) if planted else 1.0, "lowest_recall_of_a_cause": round(lowest, 5),
        "named_another_cause": tally.other_cause, "reading_seconds": round(reading, 2),
        "auditing_seconds": round(auditing, 2),
        "audit_ms_per_shipment": round(1000 * auditing / max(audited, 1), 3),
    }  # fmt: skip


def _remember(invoice: InvoiceData, sent: dict[Sent, tuple[UUID, str]]) -> None:
    """What other invoices of the carrier find billed before."""
    key = uuid4()
    for line in invoice.line_items:
        if line.tracking_number and line.amount and line.amount > 0:
            of = Sent(line.tracking_number.casefold(), charge_key(line), line.amount)
            sent[of] = (key, invoice.invoice_number or "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="10 bills of 60 shipments")
    parser.add_argument("--bills", type=int, default=200)
    parser.add_argument("--shipments", type=int, default=300, help="on each bill (%(default)s)")
    args = parser.parse_args()
    bills, shipments = (10, 60) if args.quick else (args.bills, args.shipments)
    print_result(**run(bills=bills, shipments=shipments))


if __name__ == "__main__":
    main()
