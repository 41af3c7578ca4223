"""What a model answers for a rate card: where tables are and what their columns mean, in as few words as can be. Pure.

Counted with the o200k tokenizer: a list of eight columns takes about 60 tokens as strings ("B weight_from kg"), 150 as
objects with named properties; the header takes about 60.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from invoices.rate_records.bases import BASES
from invoices.values.currencies import CODES
from processing.errors import InvalidOutput
from processing.llm.json_reply import parse_reply
from processing.ratecards.grid import column_index

SCHEMA_NAME = "rate_card_plan"
KINDS = ("rates", "zones", "surcharges", "fuel")
VALUE_NAMES = ("carrier", "customer", "contract", "currency", "weight_unit", "valid_from", "valid_to")
AXES = frozenset(
    ["zone", "origin", "destination", "service", "equipment", "freight_class", "break", "service_code"]
)  # fmt: skip
MEANINGS = frozenset(
    ["carrier", "service", "service_code", "origin", "origin_from", "origin_to", "destination", "destination_from",
     "destination_to", "zone", "lane", "equipment", "freight_class", "break", "weight_from", "weight_to", "price",
     "minimum", "maximum", "base_charge", "currency", "weight_unit", "unit", "transit_days", "valid_from", "valid_to",
     "surcharge", "code", "percent", "condition", "applies_to", "fuel_from", "fuel_to", "fuel_percent", "ignore"]
)  # fmt: skip
UNITS = frozenset(BASES) - {"percent"}
_MOST_TABLES = 200
_COLUMNS = re.compile(r"^\$?([A-Za-z]{1,3})(?:\s*[:-]\s*\$?([A-Za-z]{1,3}))?$")

_TEXT_OR_NULL: dict[str, Any] = {"type": ["string", "null"]}
_TEXTS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


PLAN_SCHEMA: dict[str, Any] = _object(
    {
        **dict.fromkeys(VALUE_NAMES, _TEXT_OR_NULL),
        "tables": {
            "type": "array",
            "items": _object(
                {
                    "at": _TEXTS,
                    "header": {"type": "integer"},
                    "kind": {"type": "string", "enum": list(KINDS)},
                    "keys": _TEXTS,
                    "columns": _TEXTS,
                }
            ),
        },
    }
)


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """``B:I price/service/zone kg EUR *0.01``: columns (0-based), meaning, axes from the top, unit, currency."""

    left: int
    right: int
    meaning: str
    axes: tuple[str, ...] = ()
    unit: str = ""
    currency: str = ""
    factor: str = ""


@dataclass(slots=True)
class ReplyTable:
    """``keys`` are (meaning, address) of cells outside of the table that hold for all of its rows."""

    at: list[str]
    header: int
    kind: str
    keys: list[tuple[str, str]]
    columns: list[ColumnSpec]


@dataclass(slots=True)
class PlanReply:
    """A reply; ``problems`` are the parts of it that could not be understood, told in sentences."""

    values: dict[str, str]
    tables: list[ReplyTable]
    truncated: bool = False
    problems: list[str] = field(default_factory=list)
    text: str = ""
    method: str = "llm"


def read_plan_reply(text: str, truncated: bool) -> PlanReply:
    """The plan in a reply's text. Raises InvalidOutput where there is none."""
    parsed = parse_reply(text)
    tables = parsed.data.get("tables")
    if not isinstance(tables, list):
        raise InvalidOutput("The reply names no tables.", partial_text=text)
    reply = PlanReply({}, [], truncated or parsed.truncated, text=text)
    for name in VALUE_NAMES:
        value = parsed.data.get(name)
        if isinstance(value, str) and value.strip():
            reply.values[name] = value.strip()[:60]
    for number, table in enumerate(tables[:_MOST_TABLES], start=1):
        found = _table(table, number, reply) if isinstance(table, dict) else None
        if found is not None:
            reply.tables.append(found)
    if reply.truncated:
        reply.problems.append("The reply was cut at its output limit: name ranges of columns, and tables once.")
    return reply


def _table(data: dict[str, Any], number: int, reply: PlanReply) -> ReplyTable | None:
    at = data.get("at")
    ranges = [at] if isinstance(at, str) else [a for a in at if isinstance(a, str)] if isinstance(at, list) else []
    header, kind, columns = data.get("header"), data.get("kind"), data.get("columns")
    if not ranges or kind not in KINDS or not isinstance(columns, list):
        if not reply.truncated:
            reply.problems.append(f"Table {number} has no range, no kind of {', '.join(KINDS)}, or no columns.")
        return None
    keys: list[tuple[str, str]] = []
    for key in data.get("keys") or ():
        meaning, _, address = str(key).strip().partition(" ")
        if meaning in AXES and address:
            keys.append((meaning, address.strip()))
    specs: list[ColumnSpec] = []
    for text in columns:
        spec = column_spec(str(text))
        if spec is None:
            reply.problems.append(f"Table {number}: “{str(text)[:60]}” does not say what a column means.")
        else:
            specs.append(spec)
    rows = header if isinstance(header, int) and not isinstance(header, bool) else 1
    return ReplyTable([a[:80] for a in ranges], max(0, min(rows, 10)), str(kind), keys, specs)


def column_spec(text: str) -> ColumnSpec | None:
    """One column or run of columns, or None where it is not understood."""
    columns, _, rest = text.strip().replace("=", " ").partition(" ")
    match = _COLUMNS.match(columns)
    meaning, *words = rest.replace(",", " ").split() or [""]
    meaning, *axes = meaning.casefold().split("/")
    if match is None or meaning not in MEANINGS or any(axis not in AXES for axis in axes) or len(axes) > 2:
        return None
    left = column_index(match[1].upper())
    right = column_index((match[2] or match[1]).upper())
    unit = currency = factor = ""
    for word in words:
        plain = word.strip("()")
        if plain.casefold() in UNITS:
            unit = plain.casefold()
        elif plain.upper() in CODES and plain.isupper():
            currency = plain
        elif plain[:1] in "*x×" and _factor(plain[1:]):
            factor = _factor(plain[1:])
        elif plain.casefold() not in ("per", "each", "in"):
            return None
    return ColumnSpec(min(left, right), max(left, right), meaning, tuple(axes), unit, currency, factor)


def _factor(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return ""
    return text if value.is_finite() and Decimal("0.000001") <= value <= Decimal(1_000_000) else ""
