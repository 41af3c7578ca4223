"""A small labelled set of made-up rate cards: a matrix, a list in German, a chart of zones, surcharges."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def write_set(folder: Path) -> Path:
    """Writes ``documents/*.csv`` and ``expected.json`` into a folder and gives it."""
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    cards = {"matrix.csv": _matrix(), "lanes.csv": _lanes(), "zones.csv": _zones(), "surcharges.csv": _surcharges()}
    expected = []
    for name, (grid, rows) in cards.items():
        with (folder / "documents" / name).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(grid)
        expected.append({"file": name, "expected": {"rows": rows}})
    (folder / "expected.json").write_text(json.dumps(expected))
    return folder


def _matrix() -> tuple[list[list[Any]], list[Row]]:
    zones = range(2, 9)
    grid: list[list[Any]] = [["Weight up to (lb)", *(f"Zone {zone}" for zone in zones)]]
    rows: list[Row] = []
    for weight in range(1, 151):
        prices = [f"{6 + zone * 0.8 + weight * (0.3 + zone * 0.02):.2f}" for zone in zones]
        grid.append([weight, *prices])
        for zone, price in zip(zones, prices, strict=True):
            rows.append({"price": price, "zone": str(zone), "weight_max": weight})
    return grid, rows


def _lanes() -> tuple[list[list[Any]], list[Row]]:
    grid: list[list[Any]] = [["Leistung", "Zone", "Gewicht von", "Gewicht bis", "Preis", "Währung", "Laufzeit"]]
    rows: list[Row] = []
    for service in ("Standard", "Eilgut"):
        for zone in range(1, 21):
            for low, high in ((0, 50), (50, 100), (100, 300), (300, 1000)):
                price = f"{20 + zone * 3.1 + high * 0.11 + len(service):.2f}"
                grid.append([service, f"Zone {zone}", low, high, price, "EUR", 1 + zone % 3])
                keys = {
                    "service_name": service,
                    "zone_label": f"Zone {zone}",
                    "currency": "EUR",
                    "transit_days": 1 + zone % 3,
                }
                rows.append({"price": price, "min_weight": low, "max_weight": high, **keys})
    return grid, rows


def _zones() -> tuple[list[list[Any]], list[Row]]:
    services = ("Ground", "Two Day", "Overnight")
    grid: list[list[Any]] = [["ZONE CHART"], ["Dest. ZIP", *services]]
    rows: list[Row] = []
    for n in range(0, 990, 11):
        places = (f"{n:03}", f"{n + 10:03}")
        zones = [str(base + n // 110) for base in (2, 202, 102)]
        grid.append(["-".join(places), *zones])
        for service, zone in zip(services, zones, strict=True):
            rows.append({"dest_from": places[0], "dest_to": places[1], "service": service, "zone": zone})
    return grid, rows


def _surcharges() -> tuple[list[list[Any]], list[Row]]:
    names = ("Liftgate", "Residential delivery", "Signature", "Saturday delivery", "Address correction", "Oversize")
    grid: list[list[Any]] = [["Code", "Surcharge", "Amount"]]
    rows: list[Row] = []
    for n, name in enumerate(names):
        code, value = f"S{n + 10}", f"{3.5 + n * 4.25:.2f}"
        grid.append([code, name, value])
        rows.append({"code": code, "name": name, "value": value})
    return grid, rows
