"""In what the weights, breaks and prices of a table are, by its headers and the notes above it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from processing.content.records import Row
from processing.ratecards.figures import without_dates
from processing.ratecards.labels import parse_break, price_unit, unit_named, weight_unit
from processing.ratecards.plan import ColumnPlan
from processing.ratecards.vocabulary import PALLET_SIZE, WEIGHTS, folded

_CONTAINER = re.compile(r"^(?:20|40|45)(?!\d)")
# "250 kg/m³" says how heavy a cubic metre counts, not what prices are by.
_SUM = re.compile(
    r"(?:US\$|R\$|[€$£]|\b(?:EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|BRL|INR|AUD|CAD|CNY|HKD|SGD))\s?\d|"
    r"\d[.,]\d\d\b(?!\s*(?:kg|%|m³))|\d\s?[€$£]"
)
_WEIGHT_OF_SPACE = re.compile(r"\d[\d.,' ]*\s*kgs?\s*(?:/|per|pro|je|par|por)\s*[\w³]+", re.I)
_PALLETS = frozenset(["pallet", "pallets", "palette", "paletten", "palets", "palet", "palettes", "bancali", "bancale"])
_WEIGHT_WORD = re.compile(
    r"(?:^|\b)(?:weight|gewicht|waga|wagi|peso|poids|vikt|vaegt|vaekt|vekt|paino|agirlik|hmotnost|vaha|suly|greutate|"
    r"desi|tezina|svars|kaal|svoris)"
)
# Shops price by the sum of the order.
_ORDER_VALUE = {"subtotal", "order", "cart", "bestellwert", "warenkorb", "warenkorbwert", "commande", "pedido",
                "ordine", "orderwaarde", "bestelwaarde"}  # fmt: skip


def weights_in(columns: Sequence[ColumnPlan], headers: str, context: str) -> str:
    for column in columns:
        if column.meaning in WEIGHTS and column.unit:
            return column.unit
        if column.axis == "break" and (found := parse_break(column.label)) and found.unit in ("kg", "lb", "oz", "g"):
            return found.unit
    return weight_unit(headers) or weight_unit(context)


def prices_by(columns: Sequence[ColumnPlan], context: str, sizes: Sequence[str] = ()) -> str:
    """What prices are charged by where their headers do not say: the note above, else what is customary."""
    for line in reversed(context.split("\n")):
        plain = without_dates(_WEIGHT_OF_SPACE.sub(" ", line))
        said = (
            price_unit(plain) if unit_named(plain) and not _SUM.search(plain) else None
        )  # "minimum 92.00 per shipment" is another price
        if said == "piece" and any(column.axis == "equipment" for column in columns):
            return "container"  # "per unit" above containers and trailers
        if said:
            return said
    axes = {column.axis for column in columns if column.meaning == "price"}
    meanings = {column.meaning for column in columns}
    if "equipment" in axes or "equipment" in meanings:
        sized = [c.label for c in columns if c.axis == "equipment"] or sizes
        if sized and all(PALLET_SIZE.match(label) for label in sized):
            return "pallet"
        return "container" if sized and all(_CONTAINER.match(label) for label in sized) else "flat"
    breaks = [b for c in columns if c.axis == "break" and (b := parse_break(c.label)) is not None]
    if "freight_class" in meanings | axes and breaks:
        return "cwt"
    if any(c.label.startswith(("+", "-")) or b.shape == "normal" for c in columns if c.axis == "break"
           for b in [parse_break(c.label)] if b is not None):  # fmt: skip
        return "kg"
    return "flat"


def breaks_by(columns: Sequence[ColumnPlan], headers: str) -> str:
    own = [c.header for c in columns if c.meaning in WEIGHTS or c.axis == "break"]
    words = set(folded(" ".join(own) or headers).split())
    if words & _PALLETS or any(word.startswith(("europal", "eurpal", "pallplats")) for word in words):
        return "pallet"
    if words & {"ldm", "lademeter"}:
        return "ldm"
    if words & {"cbm", "m3", "volume", "volumen"}:
        return "volume"
    if words & {"pieces", "pcs", "colli", "stuck", "items", "articles", "artikel", "articulos", "artikelanzahl"}:
        return "piece"
    if words & _ORDER_VALUE:
        return "value"
    return "weight" if any(c.meaning in WEIGHTS or c.axis == "break" for c in columns) else ""


def is_weighed(columns: Sequence[ColumnPlan], sample: Sequence[Row]) -> bool:
    """Whether a break names a unit of weight in its header or cells, or its header the weight itself."""
    own = [column for column in columns if column.axis == "break" or column.meaning in WEIGHTS]
    if any(column.unit in ("kg", "lb") or weight_unit(column.header) for column in own):
        return True
    if any(_WEIGHT_WORD.search(folded(column.header)) for column in own):
        return True
    cells = [cell.text for row in sample for column in own if (cell := row.cell_at(column.column)) is not None]
    return sum(bool(weight_unit(text)) for text in cells) * 2 > len(cells)
