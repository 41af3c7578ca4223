"""Cases of rate cards: the card that comes out, and what shipments cost by it after a person answered and approved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.case_compare import Miss, Outcome, Row, folded, number, same
from benchmarks.case_product import Answer, Product, is_ready, reasons_of
from benchmarks.case_rates import (
    freight_rates,
    fuel_percent,
    matrix_stands,
    named_rows,
    rate_standing,
    services_in,
    surcharge_stands,
    term_stands,
    volume_factor_stands,
    zone_stands,
)

# What a card that was read by nobody would be called on a quote: words for one thing in several languages.
_SAME_THING = {"toll": ("toll", "maut", "péage", "peaje", "pedágio", "pedaggio"), "fuel": ("fuel", "diesel")}
_CONFLICT = re.compile(r"duplicate|conflict|contradict|twice|two prices|same key")
_HEADER = {"carrier": "carrier_name", "volumetric_divisor": "dimensional_divisor", "volumetric": "dimensional_divisor"}


def run_card(outcome: Outcome, product: Product, path: Path, expected: Row) -> None:
    entries = product.imported("rate_cards", path)
    outcome.reasons += [f"{path.name}: {reason}" for entry in entries for reason in reasons_of(entry)]
    found = [entry.get("rate_cards") or [entry["rate_card"]] for entry in entries if entry.get("rate_card")]
    card = merged([card for cards in found for card in cards])
    ready = bool(entries) and all(map(is_ready, entries))
    before = len(outcome.misses)
    compare_card(outcome, path.name, card, expected, outcome.reasons)
    if expected.get("quotes"):
        _approve(product, expected.get("answers") or {}, outcome, path.name)
        _quotes(outcome, product, path.name, expected, ready=ready)
    outcome.judge(ready, outcome.misses[before:])


def merged(cards: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One document of the cards that a file gave: the header of the first, the rows of all."""
    if len(cards) < 2:
        return cards[0] if cards else {}
    tables = {name for card in cards for name in card if isinstance(card[name], list)}
    rows = {name: [row for card in cards for row in card.get(name) or ()] for name in tables}
    return {**cards[0], **rows}


def compare_card(outcome: Outcome, where: str, card: Row, expected: Row, reasons: Sequence[str]) -> None:
    """Header and counts count as ``values``; rates, zones, surcharges, fuel and terms as ``checks``."""
    for name in ("carrier", "carrier_code", "currency", "valid_from", "valid_to", "volumetric_divisor", "volumetric"):
        if name in expected:
            found = card.get(_HEADER.get(name, name))
            right = bool(card) and _header_agrees(card, name, found, expected[name])
            outcome.expect("values", right, Miss(where, name, found, expected[name] or "nothing (asked)"))
    for table, rows in (("rates", freight_rates(card)), ("zones", card.get("zones") or ())):
        if f"{table}_count" in expected:
            miss = Miss(where, f"number of {table}", len(rows), expected[f"{table}_count"])
            outcome.expect("values", len(rows) == expected[f"{table}_count"], miss)
    checks = expected.get("checks") or ()
    for check in checks:
        right = rate_standing(card, check, services=services_in(checks)) is not None
        outcome.expect("checks", right, Miss(where, "rate", _like(card, check), _plain(check)))
    for place, zone in expected.get("zone_checks") or ():
        outcome.expect("checks", zone_stands(card, place, zone), Miss(where, "zone", None, f"{place} in {zone}"))
    for row in expected.get("zones") or ():
        for part in row["postal"].split(","):
            right = zone_stands(card, part.strip(), row["zone"])
            outcome.expect("checks", right, Miss(where, "zone", None, f"{part.strip()} in {row['zone']}"))
    for label in expected.get("surcharges") or ():
        _surcharge(outcome, where, card, label, reasons)
    _fuel_and_terms(outcome, where, card, expected)
    if "must_report" in expected:
        prices = re.findall(r"\d+\.\d\d", expected["must_report"])
        own = [folded(reason) for reason in reasons if where in reason]
        right = any(all(price in reason for price in prices) or _CONFLICT.search(reason) for reason in own)
        outcome.expect("checks", right, Miss(where, "reason", None, expected["must_report"]))


def _header_agrees(card: Row, name: str, found: Any, expected: Any) -> bool:
    if expected is None:
        return found in (None, "")
    if name.startswith("volumetric"):
        return volume_factor_stands(card, expected)
    if name == "carrier":
        names = [re.sub(r"\(.*\)", "", expected), *re.findall(r"\((.*?)(?: on .*)?\)", expected)]
        return folded(found) in {folded(each) for each in names}
    return same(name, found, expected)


def _surcharge(outcome: Outcome, where: str, card: Row, label: Row, reasons: Sequence[str]) -> None:
    said = any(folded(label["name"]) in folded(reason) for reason in reasons)
    rows = named_rows({**card, "rates": []})
    alike = [
        f"{row.get('name')} {row.get('value')}" for row in rows if folded(label["name"]) in folded(row.get("name"))
    ]
    have = alike[0] if alike else None
    for region, value in (label.get("by_region") or {}).items():
        right = surcharge_stands(card, label, region=region, value=value)
        outcome.expect("checks", right, Miss(where, "surcharge", have, f"{label['name']} {region}: {value}"))
    for check in label.get("checks") or ():
        right = matrix_stands(card, label, check)
        miss = Miss(where, "second table", have, f"{label['name']} {check}")
        if not outcome.expect("checks", right, miss) and "named as not read" in label.get("what", "") and said:
            outcome.accept("checks", miss)
    if "value" in label:
        right = surcharge_stands(card, label)
        outcome.expect("checks", right, Miss(where, "surcharge", have, _plain(label)))


def _fuel_and_terms(outcome: Outcome, where: str, card: Row, expected: Row) -> None:
    fuel = expected.get("fuel") or {}
    if "bands" in fuel:
        count = len(card.get("fuel") or ())
        outcome.expect("checks", count == fuel["bands"], Miss(where, "fuel bands", count, fuel["bands"]))
    for index, percent in fuel.get("checks") or ():
        found = fuel_percent(card, index)
        right = found is not None and found == number(percent)
        outcome.expect("checks", right, Miss(where, f"fuel at {index}", found, percent))
    for name, said in (expected.get("terms") or {}).items():
        outcome.expect("checks", term_stands(card, name, said), Miss(where, name, None, said))


def _approve(product: Product, answers: Mapping[str, Any], outcome: Outcome, where: str) -> None:
    """What a person does with a card: answers what it asks, and approves it with a word where something stands
    against it."""
    for card in list(product.listed("rate-cards/")):
        path = f"rate-cards/{card['id']}/"
        for name, value in answers.items():
            answer = product.patch(path, {name: value})
            if not answer.ok:
                outcome.misses.append(Miss(where, f"answer {name}", answer.complaint, value))
        if product.get(path).body.get("status") != "active":
            answer = product.post(f"{path}approve/", {"why": "Checked against the carrier's document."})
            if not answer.ok:
                outcome.misses.append(Miss(where, "approval", answer.complaint, "an active card"))


def _quotes(outcome: Outcome, product: Product, where: str, expected: Row, *, ready: bool) -> None:
    """A quote that differs is acceptable where the label accepts a card that waits, or a quote that says what it
    lacks."""
    for position, quote in enumerate(expected["quotes"], 1):
        body = {name: quote[name] for name in ("shipment", "date") if name in quote}
        answer = product.post("rate-cards/quote/", body)
        found, said = _price(answer)
        miss = Miss(where, f"quote {position}", found.get("total") or said, quote["total"] or "refused")
        if outcome.expect("quotes", answer.ok and _quote_right(found, quote), miss):
            continue
        if _acceptable(found, quote, expected, outcome.reasons, ready=ready):
            outcome.accept("quotes", miss)


def _price(answer: Answer) -> tuple[Row, str]:
    """The first quote (the cheapest), and what was said in the place of one."""
    if not answer.ok:
        return {}, answer.complaint
    result = answer.body["results"][0]
    refusals = "; ".join(str(each.get("message")) for each in result.get("refusals") or ())
    return (result["quotes"][0] if result["quotes"] else {}), refusals or "no quote"


def _quote_right(found: Row, quote: Row) -> bool:
    if quote["total"] is None:
        return not found
    return (
        bool(found)
        and same("amount", found.get("total"), quote["total"])
        and all(says_lacking(found, thing) for thing in quote.get("incomplete") or ())
    )


def says_lacking(found: Row, thing: str) -> bool:
    """Whether a quote names what it could not price, beside the charges that it did."""
    said = folded({name: value for name, value in found.items() if name not in ("charges", "rate", "source")})
    return any(word in said for word in _SAME_THING.get(thing, (folded(thing),)))


def _acceptable(found: Row, quote: Row, expected: Row, reasons: Sequence[str], *, ready: bool) -> bool:
    """A quote that names what it lacks, or a card that waits for a reason that names one of its terms."""
    if "acceptable" not in expected:
        return False
    if "freight" in quote:  # the freight is exact, and what is missing of the rest is said
        freight = [c for c in found.get("charges") or () if same("amount", c.get("amount"), quote["freight"])]
        return bool(freight) and bool(found.get("incomplete"))
    if ready:
        return bool(found.get("incomplete")) or not found
    figures = {str(number(said)) for said in (expected.get("terms") or {}).values() if number(said) is not None}
    words = {word for name in expected.get("terms") or () for word in folded(name).split("_")[:1]}
    named = folded(" ".join(reasons))
    return not words or any(each in named for each in figures | words)


def _like(card: Row, check: Row) -> str | None:
    """The rates that have the price, for the table."""
    value = number(check["value"])
    rates = [rate for rate in card.get("rates") or () if number(rate.get("value")) == value]
    shown = ("service", "freight_class", "origin", "destination", "zone", "break_from", "break_to", "unit", "minimum")
    texts = [" ".join(f"{name}={rate[name]}" for name in shown if name in rate) for rate in rates[:2]]
    return " | ".join(texts) or None


def _plain(label: Row) -> str:
    return " ".join(
        f"{name}={value}" for name, value in label.items() if value is not None and name not in ("note", "bounds")
    )
