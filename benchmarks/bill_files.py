"""Carriers' bills through the whole product, each with its rate card as a file: what of the planted errors is found.

usage: python -m benchmarks.bill_files [--quick] [--only NAME] [--drawn]

Cards are imported by rules and approved as a person would who checked them; a carrier that a card or bill does not name
is answered. A finding counts where its code, shipment and difference are those of a planted error; every other claim is
false. ``--only``: of the bills whose file begins so; ``--drawn``: those of
``tests/drawn_bills`` instead of the samples. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.case_product import Product, own_world, reasons_of
from benchmarks.machine import print_result
from samples.bills.draw import draw_bills
from tests.drawn_bills.files import write_drawn

CLAIMS = ("overcharged", "undercharged", "billed_twice", "charge_not_on_card")


def run(folder: Path, *, only: str = "", drawn: bool = False) -> dict[str, object]:
    write_drawn(folder) if drawn else draw_bills(folder)
    answers = [each for each in json.loads((folder / "expected.json").read_text()) if each["file"].startswith(only)]
    started = time.perf_counter()
    with own_world():
        product = Product()
        for card in sorted({answer["card"] for answer in answers}):
            _approve(product, folder / "cards" / card, answers)
        figures = [_one(product, folder / "documents" / answer["file"], answer) for answer in answers]
    keys = ("planted", "found", "false", "lines_right", "lines")
    sums = {key: sum(each[key] for each in figures) for key in keys}
    whole = sum(each["found"] == each["planted"] and not each["false"] for each in figures)
    return {"bills": len(figures), "whole": whole, **sums, "seconds": round(time.perf_counter() - started, 1)}


def _approve(product: Product, path: Path, answers: list[dict[str, Any]]) -> None:
    said = [reason for entry in product.imported("rate_cards", path) for reason in reasons_of(entry)]
    for card in product.listed("rate-cards/"):
        one = product.get(f"rate-cards/{card['id']}/").body
        if one.get("status") == "active":
            continue
        if not one.get("carrier_name"):
            said.append("its carrier was answered")
            name = next(answer["vendor_name"] for answer in answers if answer["card"] == path.name)
            product.patch(f"rate-cards/{card['id']}/", {"carrier_name": name, "why": "As the agreement says."})
        answer = product.post(f"rate-cards/{card['id']}/approve/", {"why": "Checked against the agreement."})
        if not answer.ok:
            said.append(answer.complaint)
    for text in said:
        print(f"  card {path.name}: {text[:200]}")


def _one(product: Product, path: Path, answer: dict[str, Any]) -> dict[str, int]:
    entries = product.imported("invoices", path)
    invoices = [entry["invoice"] for entry in entries if entry.get("invoice")]
    for invoice in invoices:
        _answer(product, invoice, answer)
    lines = [line for invoice in invoices for line in invoice["line_items"]]
    wanted = sorted((Decimal(line["amount"]), line["tracking_number"]) for line in answer["line_items"])
    have = sorted((Decimal(line["amount"] or 0), str(line["tracking_number"])) for line in lines)
    right = sum(1 for _ in _common(have, wanted))
    ids = [invoice.get("id") for invoice in invoices]
    found = [each for each in product.listed("findings/") if each["invoice"] in ids] if ids[:1] != [None] else []
    left = [each for each in found if each["code"] in CLAIMS]
    missed = []
    for planted in answer["findings"]:
        match = next((each for each in left if _same(each, planted)), None)
        if match is None:
            missed.append(planted)
        else:
            left.remove(match)
    planted = len(answer["findings"])
    total = invoices[0]["total_amount"] if invoices else None
    print(f"{path.name:<26} lines {right}/{len(wanted)}  findings {planted - len(missed)}/{planted}  false {len(left)}"
          f"  total {'right' if total == answer['total_amount'] else total}")  # fmt: skip
    for each in missed:
        print(f"  missed {each['code']} {each['charge']} of {each['tracking_number']}: {each['difference']}"
              f" ({each['cause']})")  # fmt: skip
    for each in left:
        print(f"  false  {each['code']} {each['tracking_number']} {each['message'][:220]}")
    for each in found:
        if each["code"] not in CLAIMS:
            print(f"  {each['code']} {each['tracking_number']} {each['message'][:220]}")
    for entry in entries:
        for text in reasons_of(entry):
            if not text.startswith(CLAIMS):
                print(f"  reason {text[:200]}")
    return {"planted": planted, "found": planted - len(missed), "false": len(left), "lines": len(wanted),
            "lines_right": right}  # fmt: skip


def _answer(product: Product, invoice: dict[str, Any], answer: dict[str, Any]) -> None:
    """What a bill does not say, a person answers."""
    wanted = {name: answer[name] for name in ("vendor_name", "currency") if not invoice.get(name)}
    for row in product.listed("invoices/"):
        if row["invoice_number"] == invoice["invoice_number"]:
            invoice["id"] = row["id"]
    if wanted and "id" in invoice:
        product.patch(f"invoices/{invoice['id']}/", {**wanted, "why": "As the agreement says."})


def _same(found: dict[str, Any], planted: dict[str, Any]) -> bool:
    return (
        found["code"] == planted["code"]
        and found["tracking_number"] == planted["tracking_number"]
        and found["difference"] is not None
        and Decimal(found["difference"]) == Decimal(planted["difference"])
    )


def _common(one: list[tuple[Decimal, str]], other: list[tuple[Decimal, str]]) -> Iterator[tuple[Decimal, str]]:
    left = list(other)
    for each in one:
        if each in left:
            left.remove(each)
            yield each


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="the parcel bill alone")
    parser.add_argument("--only", default="")
    parser.add_argument("--drawn", action="store_true")
    args = parser.parse_args()
    logging.disable(logging.INFO)  # of each request
    with tempfile.TemporaryDirectory(prefix="bills-") as name:
        print_result(**run(Path(name), only="kestrel" if args.quick else args.only, drawn=args.drawn))


if __name__ == "__main__":
    main()
