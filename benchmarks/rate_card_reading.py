"""How many labelled rows of rate cards are found by rules alone, as they came and drawn as workbook and as PDF.

``python -m benchmarks.rate_card_reading SET_DIR [--quick]``: SET_DIR holds ``expected.json`` and ``documents/``.
A row counts when a rate with its price stands under all of its keys. Without SET_DIR a set of made-up cards is read.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from benchmarks.rate_card_drawing import draw_pdf, draw_workbook, grid_of
from benchmarks.rate_card_set import write_set
from invoices.rate_records import CardData, RateData
from processing.ratecards import read_rate_card
from processing.readers import media_types
from processing.readers.registry import read_content

FORMATS = ("as it came", "xlsx", "pdf ruled", "pdf plain")


def rows_found(card: CardData, rows: list[dict[str, Any]]) -> list[bool]:
    by_value: dict[Decimal, list[RateData]] = defaultdict(list)
    for rate in card.rates:
        by_value[rate.value].append(rate)
    return [_found(card, by_value, row) for row in rows]


def _found(card: CardData, by_value: dict[Decimal, list[RateData]], row: dict[str, Any]) -> bool:
    price = row.get("price", row.get("base_rate", row.get("rate")))
    if price is not None:
        return any(_agrees(card, rate, row) for rate in by_value.get(Decimal(str(price)), ()))
    if "dest_from" in row:
        wanted = row.get("zone", row.get("value"))
        zones = [
            zone.zone
            for zone in card.zones
            if (zone.first, zone.last) == (row["dest_from"], row["dest_to"])
            and zone.service == row.get("service", zone.service)
        ]
        return wanted in zones if wanted is not None else not zones  # no zone: not served
    amount = Decimal(str(row["value"]).split()[0])
    name = " ".join(row["name"].split())
    return any(s.code == row["code"] and s.name == name and s.value == amount for s in card.surcharges)


def _agrees(card: CardData, rate: RateData, row: dict[str, Any]) -> bool:
    texts = {
        "zone": rate.zone,
        "zone_label": rate.zone,
        "service_name": rate.service,
        "service_code": rate.service_code,
        "country_codes": rate.destination,
        "currency": rate.currency or card.currency,
        "transit_days": rate.transit_days,
    }
    if any(name in row and text.replace(" ", "") != str(row[name]).replace(" ", "") for name, text in texts.items()):
        return False
    numbers = {"min_weight": rate.break_from, "max_weight": rate.break_to, "weight_max": rate.break_to}
    if any(name in row and number != _decimal(row[name]) for name, number in numbers.items()):
        return False
    return "weight_max" in row or "weight_label" not in row or rate.equipment == row["weight_label"]


def _decimal(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def measure(folder: Path, *, formats: tuple[str, ...], verbose: bool = False) -> dict[str, float]:
    cards = json.loads((folder / "expected.json").read_text())
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for form in formats:
            right = total = 0
            started = time.perf_counter()
            for card in cards:
                path = folder / "documents" / card["file"]
                drawn, media_type = _drawn(path, form, Path(temporary))
                found = rows_found(
                    read_rate_card(read_content(drawn.read_bytes(), media_type)).card, card["expected"]["rows"]
                )
                right += sum(found)
                total += len(found)
                if verbose or not all(found):
                    print(f"  {form:<11} {card['file']:<48} {sum(found):>6} of {len(found)}")
            share = right / total if total else 1.0
            print(f"{form:<11} {right:>7} of {total} rows, {100 * share:.2f} %")
            name = form.replace(" ", "_")
            figures[f"{name}_share"] = round(share, 5)
            figures[f"{name}_seconds"] = round(time.perf_counter() - started, 2)
    return figures


def _drawn(path: Path, form: str, folder: Path) -> tuple[Path, str]:
    if form == "as it came":
        return path, media_types.CSV if path.suffix == ".csv" else media_types.XLSX
    if form == "xlsx":
        target = folder / f"{path.stem}.xlsx"
        draw_workbook(grid_of(path), target)
        return target, media_types.XLSX
    target = folder / f"{path.stem}-{form[4:]}.pdf"
    draw_pdf(grid_of(path), target, ruled=form == "pdf ruled")
    return target, media_types.PDF


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set_dir", nargs="?", type=Path)
    parser.add_argument("--quick", action="store_true", help="only as they came and as workbook")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    formats = FORMATS[:2] if args.quick else FORMATS
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.set_dir or write_set(Path(temporary))
        figures = measure(folder, formats=formats, verbose=args.verbose)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
