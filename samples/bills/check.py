"""Compares a run over ``documents/`` with the answers: ``python -m samples.bills.check RESULTS_JSON``.

The cards of ``cards/`` are imported before. Exit status 0 when every bill gave all its charges, each in its shipment,
its total, and exactly the findings of its planted errors; a bill that names no carrier is held back for it, and finds
nothing before a person has said it.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

EXPECTED = Path(__file__).parent / "expected.json"


def differences(result: Mapping[str, Any], answer: Mapping[str, Any]) -> Iterator[str]:
    """What of one entry of ``results.json`` is other than its answer, each as a line for people."""
    invoice = result.get("invoice") or {}
    shipments = invoice.get("shipments") or []
    found = sorted(
        (
            shipments[line["shipment"]]["tracking_number"],
            Decimal(line["amount"]),
            (line["description"] or "").casefold(),
        )
        for line in invoice.get("line_items") or []
        if line["shipment"] is not None
    )
    wanted = sorted(
        (line["tracking_number"], Decimal(line["amount"]), line["description"].casefold())
        for line in answer["line_items"]
    )
    if found != wanted:
        yield f"{len(found)} charges, {len(wanted)} expected, {sum(each in wanted for each in found)} of them right"
    if Decimal(invoice.get("total_amount") or 0) != Decimal(answer["total_amount"] or 0):
        yield f"total {invoice.get('total_amount')}, expected {answer['total_amount']}"
    yield from _findings(result, answer, named=bool(invoice.get("vendor_name")))
    codes = {reason["code"] for reason in result.get("review") or []}
    if "charges_do_not_add_up" in codes:
        yield "its charges do not add up"


def _findings(result: Mapping[str, Any], answer: Mapping[str, Any], *, named: bool) -> Iterator[str]:
    def keys(findings: Any) -> list[tuple[str, str, Decimal]]:
        return sorted((f["code"], f["tracking_number"], Decimal(f["difference"])) for f in findings)

    wanted = keys(answer["findings"]) if named else []
    found = keys(f for f in result.get("findings") or [] if f["code"] != "not_rated")
    missed, false = [each for each in wanted if each not in found], [each for each in found if each not in wanted]
    if missed:
        yield f"{len(missed)} of {len(wanted)} planted errors were not found, the first {missed[0]}"
    if false:
        yield f"{len(false)} findings of what is right, the first {false[0]}"
    fields = {reason["field"] for reason in result.get("review") or [] if reason["code"] == "missing_field"}
    if not named and "vendor_name" not in fields:
        yield "it names no carrier and is not held back for it"


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Usage: python -m samples.bills.check RESULTS_JSON", file=sys.stderr)
        return 2
    results = {entry["file"]: entry for entry in json.loads(Path(arguments[0]).read_text())}
    answers = json.loads(EXPECTED.read_text())
    wrong = 0
    total = sum(len(entry.get("findings") or []) for entry in results.values())
    for answer in answers:
        result = results.get(answer["file"])
        found = ["missing"] if result is None else list(differences(result, answer))
        wrong += bool(found)
        for line in found:
            print(f"{answer['file']}: {line}", file=sys.stderr)
    print(f"{len(answers) - wrong} of {len(answers)} carriers' bills came out as expected, with {total} findings.")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
