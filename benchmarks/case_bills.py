"""Cases of carriers' bills: charges and totals that come out, and what the audit finds against the card."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.case_compare import Miss, Outcome, Row, field_agrees, folded, form, labelled, number, paired, same
from benchmarks.case_product import Entry, Product, is_ready, reasons_of

CLAIMS = frozenset(["overcharged", "undercharged", "billed_twice", "charge_not_on_card"])


def run_bill(outcome: Outcome, product: Product, folder: Path, bill: Path, expected: Row) -> None:
    """Imports the card and then the bill; what a bill cannot say (carrier, currency) a person answers from the
    card."""
    card_file = folder / str(expected["card"]).split()[0]
    for entry in product.imported("rate_cards", card_file):
        outcome.reasons += [f"{card_file.name}: {reason}" for reason in reasons_of(entry)]
    cards = list(product.listed("rate-cards/"))
    for card in cards:
        if product.get(f"rate-cards/{card['id']}/").body.get("status") != "active":
            answer = product.post(f"rate-cards/{card['id']}/approve/", {"why": "Checked against the agreement."})
            if not answer.ok:
                outcome.misses.append(Miss(card_file.name, "approval", answer.complaint, "an active card"))
    if "card_rates_count" in expected:
        count = sum(card.get("rate_count") or 0 for card in cards)
        miss = Miss(card_file.name, "number of rates", count, expected["card_rates_count"])
        outcome.expect("values", count == expected["card_rates_count"], miss)
    entries = product.imported("invoices", bill)
    outcome.reasons += [f"{bill.name}: {reason}" for entry in entries for reason in reasons_of(entry)]
    before = len(outcome.misses)
    compare_bill(outcome, bill.name, _joined([entry["invoice"] for entry in entries if entry.get("invoice")]), expected)
    _answer(product, cards, expected)
    compare_findings(outcome, bill.name, list(product.listed("findings/")), expected)
    outcome.judge(bool(entries) and all(map(is_ready, entries)), outcome.misses[before:])


def _joined(invoices: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One bill of the documents that a file gave; the lines of all."""
    if len(invoices) < 2:
        return invoices[0] if invoices else {}
    return {**invoices[0], "line_items": [line for each in invoices for line in each.get("line_items") or ()]}


def _answer(product: Product, cards: Sequence[Entry], expected: Row) -> None:
    if not cards:
        return
    for invoice in list(product.listed("invoices/")):
        path = f"invoices/{invoice['id']}/"
        have = product.get(path).body
        wanted = {"vendor_name": cards[0].get("carrier_name"), "currency": cards[0].get("currency")}
        changes = {name: value for name, value in wanted.items() if value and not have.get(name)}
        if changes:
            product.patch(path, {**changes, "why": "As on the carrier's rate card."})


def compare_bill(outcome: Outcome, where: str, found: Row, expected: Row) -> None:
    """Header and charges. A line is taken by its tracking number, amount and description."""
    for name in ("invoice_number", "invoice_date", "currency", "total_amount", "vendor_name"):
        wanted = expected.get(name)
        if wanted is None or (
            name == "vendor_name" and " " in str(wanted) and str(wanted).startswith("stands nowhere")
        ):
            continue
        outcome.expect("values", field_agrees(name, found, expected), Miss(where, name, found.get(name), wanted))
    lines = charges_of(found)
    if "shipments" in expected:
        keys = {folded(line.get("tracking_number")) for line in lines} - {""}
        unit = Miss(where, "number of shipments", len(keys), expected["shipments"])
        outcome.expect("values", len(keys) == expected["shipments"], unit)
    wanted_lines = expected.get("line_items") or ()
    pairs, left = paired(lines, wanted_lines, charge_agrees)
    for i, j in pairs:
        wanted = wanted_lines[j]
        place = f"{where} {wanted.get('tracking_number')} {wanted.get('description')}"
        if i is None:
            outcome.misses.append(Miss(place, "charge", None, wanted.get("amount")))
            outcome.figures["values"] += len(labelled(wanted))
            continue
        for name in labelled(wanted):
            right = charge_agrees(name, lines[i], wanted)
            outcome.expect("values", right, Miss(place, name, lines[i].get(name), wanted[name]))
    for i in left:
        said = f"{lines[i].get('tracking_number')} {lines[i].get('description')} {lines[i].get('amount')}"
        outcome.misses.append(Miss(where, "charge", said, "no such charge"))


def charges_of(found: Row) -> list[Row]:
    """The lines of a bill, each with what its shipment says where the line itself does not."""
    shipments = found.get("shipments") or []
    lines: list[Row] = []
    for line in found.get("line_items") or ():
        at = line.get("shipment")
        shipment = shipments[at] if isinstance(at, int) and 0 <= at < len(shipments) else {}
        lines.append({**shipment, **{name: value for name, value in line.items() if value not in (None, "")}})
    return lines


def charge_agrees(name: str, found: Row, expected: Row) -> bool:
    """``Falcrest Ground / Ground`` names a service and its product: either will do. ``class 70`` may be a field."""
    if field_agrees(name, found, expected):
        return True
    wanted, have = folded(expected.get(name)), folded(found.get(name))
    if name == "service":
        if wanted.startswith("class "):
            return folded(found.get("freight_class")).removeprefix("class ") == wanted.removeprefix("class ")
        return bool(have) and have in {part.strip() for part in wanted.split("/")}
    if name == "zone":
        return number(have) is not None and number(have) == number(wanted)
    return name == "weight_unit" and have.rstrip("s") == wanted.rstrip("s")


def compare_findings(outcome: Outcome, where: str, found: Sequence[Row], expected: Row) -> None:
    """By code, tracking number and difference. One that needs what a bill may not say, or that the label accepts, is
    acceptable where the audit says that it did not rate the shipment; what is claimed beyond the label is false."""
    left = [finding for finding in found if finding.get("code") in CLAIMS]
    unrated = {
        form("tracking_number", each.get("tracking_number")) for each in found if each.get("code") == "not_rated"
    }
    for wanted in expected.get("findings") or ():
        match = next((each for each in left if _same_finding(each, wanted)), None)
        said = f"{wanted['code']} {wanted['charge']} of {wanted['tracking_number']}: {wanted['difference']}"
        if match is not None:
            left.remove(match)
        miss = Miss(where, "finding", None, said)
        if outcome.expect("findings", match is not None, miss):
            continue
        weaker = "needs" in wanted or ("acceptable" in expected and wanted["code"] == "overcharged")
        if weaker and form("tracking_number", wanted["tracking_number"]) in unrated:
            outcome.accept("findings", miss)
    for each in left:
        said = (
            f"{each.get('code')} {each.get('description')} of {each.get('tracking_number')}: {each.get('difference')}"
        )
        outcome.misses.append(Miss(where, "finding", said, "no such finding"))
        outcome.figures["findings_false"] += 1
    if "claim_total" in expected:
        claims = [each for each in found if each.get("code") in CLAIMS - {"undercharged"}]
        total = sum((number(each.get("difference")) or Decimal(0) for each in claims), Decimal(0))
        right = same("amount", total, expected["claim_total"])
        outcome.expect("values", right, Miss(where, "sum of the claims", total, expected["claim_total"]))


def _same_finding(found: Row, wanted: Row) -> bool:
    return (
        found.get("code") == wanted["code"]
        and same("tracking_number", found.get("tracking_number"), wanted["tracking_number"])
        and same("difference", found.get("difference"), wanted["difference"])
    )
