"""From what a reply says of a column to the column of a plan: its labels, unit, currency and parts. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from invoices.rate_records.bases import basis_of
from processing.content.records import Cell, Row
from processing.ratecards.axes import column_label
from processing.ratecards.charge_columns import base_in, is_started, name_of_charge
from processing.ratecards.grid import Grid, parse_range
from processing.ratecards.headers import Header
from processing.ratecards.labels import currency_in, parse_break, price_unit, unit_beside, weight_unit
from processing.ratecards.place_parts import country_code, with_parts
from processing.ratecards.plan import ColumnPlan
from processing.ratecards.plan_grammar import PLACE_PARTS, QUANTITIES, ColumnSpec
from processing.ratecards.sheets import source_of
from processing.ratecards.vocabulary import CLASS_LABEL, ZONE_LABEL
from processing.ratecards.zone_labels import zone_and_places
from processing.readers.blocks import column_letters

VALUES = frozenset(
    ["price", "minimum", "maximum", "base_charge", "charge", "charge_minimum", "percent", "fuel_percent"]
)  # fmt: skip
# "Documents up to 2.0 kg" is the service Documents.
WEIGHTS_OF = re.compile(
    r"\s*\(?(?:up to|from|over|hasta|bis|ab|jusqu['’]?[àa]|"
    r"desde|de|até|fino a|>|≤|<)\s*\d[\d.,]*\s*(?:kgs?|lbs?|g)\b.*$",
    re.I,
)
_LABEL = re.compile(r"^[^:\d]{2,30}:\s*(?=\S)")
_LABELLED_KEYS = frozenset({"service", "carrier", "equipment", "charge", "season", "mode", "direction"})
_QUANTITY_AXES = {"count": "break", "volume": "break", "value": "break"}
_MONEY_OF = frozenset({"goods_value", "freight", "tariff", "total", "fuel"})


@dataclass(frozen=True, slots=True)
class Labels:
    """The texts that head a column: the one of the axis last, and the cells that they stand in."""

    own: Cell | None
    outer: Cell | None
    full: str


def labels_of(column: int, spec: ColumnSpec, header: Header, grid: Grid) -> Labels:
    parts = header.parts.get(column, [])
    full = header.full(column)[:120] if parts else ""
    if not spec.rows and not spec.shift:
        return Labels(parts[-1] if parts else None, parts[-2] if len(parts) > 1 else None, full)
    at = column + spec.shift
    rows = spec.rows or tuple(_numbers_of(header, grid)[-1:])
    found = [_spanning(grid, row, at, spec.left + spec.shift) for row in rows]
    outer = found[0] if len(found) > 1 else None
    return Labels(found[-1] if found else None, outer, full or (found[-1].text[:120] if found and found[-1] else ""))


def _numbers_of(header: Header, grid: Grid) -> list[int]:
    numbers = {row.number for row in header.rows}
    return [label for label, row in zip(grid.labels, grid.rows, strict=True) if row.number in numbers]


def _spanning(grid: Grid, row: int, column: int, left: int) -> Cell | None:
    """The cell above a column: its own, else the nearest to its left in the run, as a merged cell stands."""
    index = grid.index_of(row)
    if index is None:
        return None
    before = [cell for cell in grid.rows[index].cells if left <= cell.column <= column]
    return before[-1] if before else None


def column_plan(column: int, spec: ColumnSpec, labels: Labels, grid: Grid, kind: str) -> ColumnPlan | str:
    """The column, or in a sentence what is wrong with it."""
    meaning, part = meaning_and_part(spec.meaning)
    own, full = labels.own, labels.full
    letters = column_letters(column)
    priced = meaning in VALUES
    plan = ColumnPlan(
        column, meaning, full or (own.text[:120] if own else ""),
        unit=spec.unit or (_unit_of(full) if priced else weight_unit(full)),
        currency=spec.currency or (currency_in(full) if priced and len(full) < 60 else ""),
        header_source=source_of(own.place) if own is not None else None,
        factor=spec.factor, part=part, label=spec.country, half=spec.half, role=spec.role, why=spec.why,
    )  # fmt: skip
    if meaning in ("charge", "charge_minimum"):
        return _charge(plan, spec, labels, grid)
    if not spec.axes:
        return plan
    axis = _QUANTITY_AXES.get(spec.axes[-1], spec.axes[-1])
    if own is None:
        return f"column {letters} has no label in the header: in which row do they stand (row=N)?"
    if len(spec.axes) == 2 and labels.outer is None:
        return f"column {letters} has one label in the header and {'/'.join(spec.axes)} needs two (row=UPPER/LOWER)."
    label, places = axis_label(axis, own.text)
    if axis == "break":
        found = parse_break(label)
        if found is not None and found.shape == "minimum" and not spec.role:
            return replace(plan, meaning="minimum")
        if found is None and (above := parse_break(full)) is not None and above.shape == "additional":
            label = full
        elif found is None:
            label = break_within(label)
        plan = replace(plan, unit=spec.unit or unit_beside(full))
    if spec.unit == "" and axis != "break":
        plan = replace(plan, unit=price_unit(full) or "")
    outer = labels.outer
    return replace(
        plan, axis=axis, label=label, places=places,
        outer_axis=spec.axes[0] if len(spec.axes) == 2 else "",
        outer_label=_outer_label(spec.axes[0], outer.text) if len(spec.axes) == 2 and outer is not None else "",
    )  # fmt: skip


def meaning_and_part(meaning: str) -> tuple[str, str]:
    """``origin_postcode`` is the part postcode of an origin, ``country`` alone of a destination."""
    side, _, rest = meaning.partition("_")
    if side == "origin" and rest in PLACE_PARTS:
        return "origin", PLACE_PARTS[rest]
    if meaning in PLACE_PARTS:
        return "destination", PLACE_PARTS[meaning]
    stem, _, end = meaning.partition("_")
    if stem in QUANTITIES and end in ("from", "to", ""):
        return f"weight_{end}" if end else "break", ""
    return meaning, ""


def break_within(text: str) -> str:
    """The part of a label that is a break: of "Frete mínimo (até 20 kg)" what stands in brackets, of "Rate 0-100 kg"
    its end; the label itself where no part is one."""
    inner = re.search(r"[(\[]([^)\]]*\d[^)\]]*)[)\]]", text)
    words = text.split()
    parts = [inner[1]] if inner else []
    parts += [" ".join(words[start:]) for start in range(1, len(words))]
    parts += [" ".join(words[:end]) for end in range(len(words) - 1, 0, -1)]
    return next((part for part in parts if any(map(str.isdigit, part)) and parse_break(part) is not None), text)


def _outer_label(axis: str, text: str) -> str:
    """A service above its zones is called as it is written: "Economy (2-3 days)"."""
    return " ".join(text.split()) if axis == "service" else axis_label(axis, text)[0]


def _unit_of(full: str) -> str:
    return price_unit(full) or ""


def _charge(plan: ColumnPlan, spec: ColumnSpec, labels: Labels, grid: Grid) -> ColumnPlan | str:
    """A charge of its own: its name in its header or in the cell that is named, and what a percentage is of."""
    own, outer = labels.own, labels.outer
    name = outer.text if outer is not None else own.text if own is not None else ""
    if spec.name:
        at = parse_range(spec.name)
        cell = grid.cell(at.top, at.left) if at is not None else None
        if cell is None:
            return f"column {column_letters(plan.column)}: the cell {spec.name} of the charge's name is empty."
        name = cell.text
    if plan.meaning == "charge_minimum":
        return replace(plan, label=spec.of)  # settled once all columns are known
    name = " ".join(name.split())[:120]
    if outer is None and not spec.name:
        name = name_of_charge(name)
    if not name:
        return f"column {column_letters(plan.column)}: nothing says how the charge is called (name=CELL)."
    unit = spec.unit or ("percent" if "%" in plan.header else price_unit(plan.header) or "flat")
    base = spec.of or (base_in(plan.header) if unit == "percent" else "")
    if unit == "percent" and not base:
        return f"column {column_letters(plan.column)}: what is the percentage of (of=goods_value, of=freight, …)?"
    return replace(plan, label=name, unit=unit, applies_to=base if unit == "percent" else "",
                   started=spec.started or is_started(plan.header))  # fmt: skip


def key_text(meaning: str, text: str) -> str:
    """How a key that stands outside of its table is called: "Documents up to 2.0 kg" is the service Documents."""
    if meaning in _LABELLED_KEYS:
        text = _LABEL.sub("", text) or text  # "Vettore: Trasporti Campione S.r.l."
    if meaning == "service":
        return WEIGHTS_OF.sub("", text).strip(" ,:–-") or text
    return axis_label(meaning, text)[0]


def title_above(grid: Grid, top: int) -> str | None:
    """The address in its sheet of the title of a table: the nearest row of one cell above it."""
    index = next((i for i, label in enumerate(grid.labels) if label >= top), len(grid.labels))
    for at in range(index - 1, max(index - 4, -1), -1):
        cells = grid.rows[at].cells
        if len(cells) == 1:
            return f"{column_letters(cells[0].column)}{grid.labels[at]}"
    return None


def notes_above(grid: Grid, top: int) -> str:
    """The texts of the rows of one cell above a table, the nearest last; another table ends them."""
    index = next((i for i, label in enumerate(grid.labels) if label >= top), len(grid.labels))
    texts: list[str] = []
    for row in reversed(grid.rows[max(0, index - 12) : index]):
        if len(row.cells) > 2:
            break
        texts.insert(0, row.cells[0].text)
    return "\n".join(texts)


def axis_label(axis: str, text: str) -> tuple[str, str]:
    """How a label is called, and the postcodes beside it: "Zone 4" heads zone 4, "Zone 2 PLZ 20 – 25" with these."""
    plain = " ".join(text.split())
    if axis == "zone":
        zone, places = zone_and_places(plain)
        if zone:
            return zone, places
        match = ZONE_LABEL.match(plain)
        return (match[1] if match and match[1] else plain), ""
    if axis == "freight_class" and (match := CLASS_LABEL.match(plain)):
        return match[1].replace(",", "."), ""
    if axis in ("equipment", "service"):
        return column_label(plain), ""
    if axis in ("origin", "destination") and len(plain) > 3:
        return country_code(plain) or plain, ""
    return (name_of_charge(plain) if axis == "charge" else plain), ""


def settle_columns(columns: Sequence[ColumnPlan], rows: Sequence[Row]) -> tuple[list[ColumnPlan], list[str]]:
    """The columns of a table together: parts of places, minimums of their charges, labels that must differ."""
    problems: list[str] = []
    out = list(columns)
    if not any(c.part for c in out):
        out = with_parts(out, rows[:40])
    charges = {column_letters(c.column): c.label for c in out if c.meaning == "charge"}
    out = [replace(c, part="country") if _holds_countries(c, rows) else c for c in out]
    _spread_countries(out)
    before = ""
    for index, column in enumerate(out):
        if column.meaning == "charge":
            before = column.label
        elif column.meaning == "charge_minimum":
            of = charges.get(column.label.upper(), column.label if column.label in charges.values() else before)
            if not of:
                problems.append(f"column {column_letters(column.column)} is the minimum of no charge (of=COLUMN).")
            out[index] = replace(column, label=of)
    for index, column in enumerate(out):
        if column.meaning == "charge" and column.applies_to.upper() in charges:
            out[index] = replace(column, applies_to=charges[column.applies_to.upper()])
    keys: dict[tuple[str, str, str, str], str] = {}
    for column in out:
        if not column.axis or column.role:
            continue
        key = (column.axis, column.label, column.outer_axis, column.outer_label)
        letters = column_letters(column.column)
        if key in keys:
            told = f"columns {keys[key]} and {letters} have the same label “{column.label[:30]}”"
            problems.append(f"{told}: name the row of the labels (row=N) or the axis above (price/UPPER/LOWER).")
            break
        keys[key] = letters
    return out, problems


def _holds_countries(column: ColumnPlan, rows: Sequence[Row]) -> bool:
    """Whether a column of places holds nothing but names of countries."""
    if column.meaning not in ("origin", "destination") or column.part or column.axis:
        return False
    texts = [cell.text for row in rows[:40] if (cell := row.cell_at(column.column)) is not None]
    return bool(texts) and all(len(text) > 3 and country_code(text) for text in texts)


def _spread_countries(columns: list[ColumnPlan]) -> None:
    """A country that is said of one column holds for all that make a place with it."""
    for side in ("origin", "destination"):
        own = [c for c in columns if c.meaning.startswith(side) and not c.axis]
        country = next((c.label for c in own if c.label), "")
        for index, column in enumerate(columns):
            if country and column in own and (column.part or column.meaning != side):
                columns[index] = replace(column, label=country)


def basis_of_table(specs: Sequence[ColumnSpec], columns: Sequence[ColumnPlan]) -> tuple[str, str]:
    """What the breaks of a table are about, and in which unit; "" where it has none."""
    weighs = [c for c in columns if c.meaning in ("break", "weight_from", "weight_to") or c.axis == "break"]
    if not weighs:
        return "", ""
    units = [
        s.unit for s in specs if s.unit and meaning_and_part(s.meaning)[0] in ("break", "weight_from", "weight_to")
    ]
    unit = next(iter(units), "") or next((c.unit for c in weighs if c.axis != "break" and c.unit), "")
    unit = unit or next((s.bounds for s in specs if s.bounds), "")
    for column in weighs:
        if not unit and column.axis == "break" and (found := parse_break(column.label)) is not None:
            unit = found.unit
    stems = {name.partition("_")[0] for s in specs for name in (s.meaning, *s.axes)}
    by_unit = {"pallet": "pallet", "piece": "piece", "container": "container", "m3": "volume", "ldm": "ldm"}
    if "value" in stems:
        return "value", ""
    if "volume" in stems:
        return "volume", unit or "m3"
    if "count" in stems:
        return by_unit.get(unit, "piece"), unit if unit in by_unit else "piece"
    return by_unit.get(unit, "weight"), unit


def base_name(of: str) -> str:
    """What a percentage is of, as the charge model names it."""
    return of if of in _MONEY_OF or "+" in of else base_in(of) or of


def unit_known(unit: str) -> bool:
    return basis_of(unit) is not None
