"""The tariffs of the drawn bills as the files that carriers send: workbooks, CSV and PDF, in their languages."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import xlsxwriter

from samples.sheet import Sheet

Tariff = dict[str, Any]
Rows = list[list[str | float]]

_WORDS = {
    "en": {
        "valid": "Valid from {0} to {1}, prices in {2}",
        "up to": "Weight up to ({0})",
        "zone": "Zone {0}",
        "rates": "rates 2026",
        "surcharges": "Surcharges",
        "heads": ("Surcharge", "Amount", "Unit"),
        "shipment": "per shipment",
        "fuel": "Fuel surcharge {0}",
        "of freight": "of the transportation charge",
        "area": "Postcode",
        "per kg": "per kg",
        "container": "per container",
        "bill": "per B/L",
    },
    "de": {
        "valid": "Gültig vom {0} bis {1}, Preise in {2}",
        "up to": "Gewicht bis ({0})",
        "zone": "Zone {0}",
        "rates": "Preise 2026",
        "surcharges": "Zuschläge",
        "heads": ("Zuschlag", "Betrag", "Einheit"),
        "shipment": "pro Sendung",
        "fuel": "Dieselzuschlag {0}",
        "of freight": "auf die Fracht",
        "area": "PLZ",
        "per kg": "pro kg",
        "container": "pro Container",
        "bill": "pro B/L",
    },
    "fr": {
        "valid": "Valable du {0} au {1}, prix en {2}",
        "up to": "Poids jusqu'à ({0})",
        "zone": "Zone {0}",
        "rates": "tarifs 2026",
        "surcharges": "Suppléments",
        "heads": ("Supplément", "Montant", "Unité"),
        "shipment": "par expédition",
        "fuel": "Surcharge gazole {0}",
        "of freight": "du transport",
        "area": "Département",
        "per kg": "par kg",
        "container": "par conteneur",
        "bill": "par B/L",
    },
}


def card_file(tariff: Tariff, name: str) -> bytes:
    """The tariff as the file of this name: its kind is that of the extension."""
    sheets = _sheets(tariff)
    if name.endswith(".csv"):
        return _csv(sheets)
    return _pdf(tariff, sheets) if name.endswith(".pdf") else _workbook(sheets)


def _sheets(tariff: Tariff) -> list[tuple[str, Rows]]:
    words = _WORDS[tariff.get("language", "en")]
    rates = next(make(tariff, words) for key, make in _RATES.items() if key in tariff)
    return [*rates, (str(words["surcharges"]), _surcharges(tariff, words))]


def _top(tariff: Tariff, words: dict[str, Any], about: str = "") -> Rows:
    title = f"{tariff['carrier']} – {about} {words['rates']}".replace("  ", " ")
    valid = words["valid"].format(tariff["valid_from"], tariff["valid_to"], tariff["currency"])
    return [[title], [valid], []]


def _by_zone(tariff: Tariff, words: dict[str, Any]) -> Iterable[tuple[str, Rows]]:
    for service, table in tariff["services"].items():
        zones = list(table)
        rows = _top(tariff, words, service)
        rows.append([words["up to"].format(tariff["weight_unit"]), *(words["zone"].format(zone) for zone in zones)])
        rows += [[float(weight), *(float(table[zone][weight]) for zone in zones)] for weight in table[zones[0]]]
        if tariff.get("divisor"):
            unit = tariff["weight_unit"]
            rows += [[], [f"Dimensional divisor {tariff['divisor']}; weights are rounded up to the next {unit}."]]
        yield service, rows


def _by_class(tariff: Tariff, words: dict[str, Any]) -> Iterable[tuple[str, Rows]]:
    by_class: dict[str, list[str]] = {}
    for own, rated in tariff["classes"].items():
        by_class.setdefault(rated, []).append(own)
    faks = [
        f"FAK: class {own[0]} is rated as class {rated}."
        if len(own) == 1
        else f"FAK: classes {own[0]} through {own[-1]} are rated as class {rated}."
        for rated, own in by_class.items()
        if own != [rated]
    ]
    yield (
        "Agreement",
        [
            *_top(tariff, words)[:2],
            [f"Discount: {tariff['discount']} % off the class rates."],
            [f"Absolute minimum charge: ${tariff['minimum']} after discount."],
            *([text] for text in faks),
            ["Deficit weight: where the charge at the next higher weight break is lower, the lower charge applies."],
            *(
                [["Fuel surcharge: by the table on sheet Fuel, per cent of the net freight charge after discount."]]
                if "fuel_bands" in tariff
                else []
            ),
            ["Charges that are not listed on sheet Surcharges may not be billed."],
        ],
    )
    rows: Rows = [["Class rates in dollars per CWT, weights in pounds"], []]
    limits = list(next(iter(next(iter(tariff["lanes"].values())).values())))
    below = [f"< {limits[0]}", *(f"{low} – {int(high) - 1}" for low, high in pairwise(limits))]
    rows.append(["Origin ZIP3", "Destination ZIP3", "Class", *below])
    for lane, classes in tariff["lanes"].items():
        for freight_class, prices in classes.items():
            rows.append([*lane.split("-"), float(freight_class), *map(float, prices.values())])
    yield "Class rates", rows
    if "fuel_bands" not in tariff:
        return
    fuel: Rows = [[f"Fuel surcharge – {tariff['fuel_index']}"], [], ["At least", "But less than", "LTL %"]]
    yield "Fuel", fuel + [[float(low), float(high), f"{percent} %"] for low, high, percent in tariff["fuel_bands"]]


def _by_area(tariff: Tariff, words: dict[str, Any]) -> Iterable[tuple[str, Rows]]:
    areas = tariff["areas"]
    tops = list(next(iter(areas.values())))
    heads = [f"{_UP_TO[tariff.get('language', 'en')]} {top} kg" for top in tops]
    rows = [*_top(tariff, words), [f"{words['area']} {tariff['country']}", *heads]]
    rows += [[area, *(float(price) for price in prices.values())] for area, prices in areas.items()]
    yield str(words["rates"]), rows
    if "toll" in tariff:
        yield (
            "Maut",
            [
                [f"{words['area']} {tariff['country']}", "Maut je Sendung"],
                *([area, float(price)] for area, price in tariff["toll"].items()),
            ],
        )


_UP_TO = {"en": "up to", "de": "bis", "fr": "jusqu'à"}


def _by_air_break(tariff: Tariff, words: dict[str, Any]) -> Iterable[tuple[str, Rows]]:
    starts = [start for start, _ in next(iter(tariff["air"].values()))][1:]
    rows = _top(tariff, words, "air freight")
    rows.append(["Origin", "Destination", "Min", "-45", *(f"+{start}" for start in starts)])
    for to, breaks in tariff["air"].items():
        rows.append([tariff["from"], to, float(tariff["minimum"][to]), *(float(price) for _, price in breaks)])
    rows += [[], [f"Rates in {tariff['currency']} per kg chargeable weight."]]
    yield "Air freight", rows


def _by_container(tariff: Tariff, words: dict[str, Any]) -> Iterable[tuple[str, Rows]]:
    sizes = list(next(iter(tariff["ocean"].values())))
    rows = [*_top(tariff, words, "ocean freight"), ["POL", "POD", *sizes]]
    rows += [
        [*lane.split("-"), *(float(price) for price in prices.values())] for lane, prices in tariff["ocean"].items()
    ]
    yield "Ocean freight", rows


_RATES = {
    "services": _by_zone,
    "lanes": _by_class,
    "areas": _by_area,
    "air": _by_air_break,
    "ocean": _by_container,
}


def _surcharges(tariff: Tariff, words: dict[str, Any]) -> Rows:
    codes = tariff.get("codes", {})
    rows: Rows = [["Code", *words["heads"]] if codes else list(words["heads"])]
    units = (
        ("surcharges", words["shipment"]),
        ("per_kg", words["per kg"]),
        ("per_container", words["container"]),
        ("per_bill", words["bill"]),
    )
    for key, unit in units:
        for name, amount in tariff.get(key, {}).items():
            rows.append([*([codes.get(name, "")] if codes else []), name, float(amount), str(unit)])
    fuel = dict(tariff.get("fuel", {}))
    if "fuel_flat" in tariff:
        fuel = {"": tariff["fuel_flat"]}
    for service, percent in fuel.items():
        name = words["fuel"].format(service).strip()
        rows.append([*([""] if codes else []), name, f"{percent} %", str(words["of freight"])])
    return rows


def _workbook(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name[:31])
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write(at, column, value)
    return out.getvalue()


def _csv(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    for _, rows in sheets:
        for row in rows:
            writer.writerow([f"{value:.2f}".replace(".", ",") if isinstance(value, float) else value for value in row])
        writer.writerow([])
    return out.getvalue().encode()


def _pdf(tariff: Tariff, sheets: Sequence[tuple[str, Rows]]) -> bytes:
    out = io.BytesIO()
    page = Sheet(out, title=tariff["carrier"])
    y = 50.0
    for _, rows in sheets:
        for row in rows:
            if y > 780:
                page.new_page()
                y = 50.0
            wide = len(row) > 1
            for column, value in enumerate(row):
                text = f"{value:,.2f}" if isinstance(value, float) else value
                page.text(
                    50 + 75 * column + (110 if column and len(row) == 3 else 0), y, text, size=8.5 if wide else 10
                )
            y += 14
        y += 10
    page.save()
    return out.getvalue()
