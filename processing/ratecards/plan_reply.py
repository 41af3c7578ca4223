"""What a model answers for a rate card: where tables are, what their columns mean and what sentences change, in as few
words as can be. Pure.

Counted with the o200k tokenizer: a list of eight columns takes about 60 tokens as strings ("B weight_from kg"), 150 as
objects with named properties; a rule takes 11 as a string and 26 as an object. ``docs/rate-card-plan.md`` has the whole
grammar.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from processing.errors import InvalidOutput
from processing.llm.json_reply import parse_reply
from processing.ratecards.plan_grammar import (
    KEY_MEANINGS,
    ROLES,
    VALUE_NAMES,
    ColumnSpec,
    Pointer,
    RowSpec,
    RuleSpec,
    column_spec,
    pointer_of,
    row_spec,
    rule_spec,
)

SCHEMA_NAME = "rate_card_plan"
KINDS = ("rates", "zones", "surcharges", "fuel")
_MOST_TABLES, _MOST_LINES, _MOST_CHARACTERS = 200, 200, 400
MOST_SHOWN = 8
_TEXTS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


PLAN_SCHEMA: dict[str, Any] = _object(
    {
        "show": _TEXTS,
        "values": _TEXTS,
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
        "rules": _TEXTS,
    }
)


@dataclass(slots=True)
class ReplyTable:
    """``keys`` are of cells outside of the table that hold for all of its rows; the address ``above`` is that of the
    title of each range. Columns are those of the first range: one beside it is read by the same, shifted."""

    at: list[str]
    header: int
    kind: str
    keys: list[Pointer]
    columns: list[ColumnSpec]
    rows: list[RowSpec] = field(default_factory=list)


@dataclass(slots=True)
class PlanReply:
    """A reply; ``problems`` are the parts of it that could not be understood, told in sentences. ``keys`` hold for all
    tables of prices; ``show`` are ranges that the model asks to see before it plans; ``ignore`` and ``ask`` are (range,
    why) and (range, question)."""

    values: list[Pointer]
    tables: list[ReplyTable]
    keys: list[Pointer] = field(default_factory=list)
    truncated: bool = False
    problems: list[str] = field(default_factory=list)
    text: str = ""
    method: str = "llm"
    rules: list[RuleSpec] = field(default_factory=list)
    ignore: list[tuple[str, str]] = field(default_factory=list)
    ask: list[tuple[str, str]] = field(default_factory=list)
    show: list[str] = field(default_factory=list)


def read_plan_reply(text: str, truncated: bool) -> PlanReply:
    """The plan in a reply's text. Raises InvalidOutput where there is none."""
    parsed = parse_reply(text)
    show = _lines(parsed.data.get("show"))[:MOST_SHOWN]
    tables = parsed.data.get("tables", [] if show else None)
    if not isinstance(tables, list):
        raise InvalidOutput("The reply names no tables.", partial_text=text)
    reply = PlanReply([], [], truncated=truncated or parsed.truncated, text=text, show=show)
    named = [f"{name} {value}" for name in VALUE_NAMES if isinstance(value := parsed.data.get(name), str)]
    for line in [*named, *_lines(parsed.data.get("values"))]:
        pointer = pointer_of(line, frozenset(VALUE_NAMES) | KEY_MEANINGS)
        if pointer is not None:
            (reply.values if pointer.name in VALUE_NAMES else reply.keys).append(pointer)
        elif "!" not in line:  # what is named besides is read as a sentence, if at all
            reply.problems.append(
                f"values: “{line[:60]}” is no “NAME ADDRESS” with a NAME of {', '.join(VALUE_NAMES)}."
            )
    for number, table in enumerate(tables[:_MOST_TABLES], start=1):
        found = _table(table, number, reply) if isinstance(table, dict) else None
        if found is not None:
            reply.tables.append(found)
    for line in _lines(parsed.data.get("rules")):
        address, _, rest = line.partition(" ")
        kind, _, words = rest.strip().partition(" ")
        if kind in ("ignore", "ask"):
            (reply.ignore if kind == "ignore" else reply.ask).append((address, words.strip("\"' ")))
            continue
        rule = rule_spec(line)
        if rule is not None:
            reply.rules.append(rule)
        else:
            reply.problems.append(f"rules: “{line[:80]}” is no “ADDRESS KIND figures”.")
    reply.ignore += [_parted(line) for line in _lines(parsed.data.get("ignore"))]
    reply.ask += [_parted(line) for line in _lines(parsed.data.get("ask"))]
    if reply.truncated:
        reply.problems.append("The reply was cut at its output limit: name ranges of columns, and tables once.")
    return reply


def _lines(value: Any) -> list[str]:
    """Texts of a list; an object in their place counts as its values, one after the other."""
    items = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    lines = (" ".join(_words_of(item)) if isinstance(item, dict) else item for item in items[:_MOST_LINES])
    return [line.strip()[:_MOST_CHARACTERS] for line in lines if isinstance(line, str) and line.strip()]


def _words_of(item: dict[str, Any]) -> Iterable[str]:
    for value in item.values():
        if isinstance(value, list):
            yield from (str(each) for each in value)
        elif isinstance(value, dict):
            yield from (f"{name}={each}" for name, each in value.items())
        elif value is not None:
            yield str(value)


def _parted(line: str) -> tuple[str, str]:
    address, _, rest = line.partition(" ")
    return address, rest.strip()


def _table(data: dict[str, Any], number: int, reply: PlanReply) -> ReplyTable | None:
    ranges = _lines(data.get("at"))
    header, kind, columns = data.get("header"), data.get("kind"), data.get("columns")
    if not ranges or kind not in KINDS or not isinstance(columns, list):
        if not reply.truncated:
            reply.problems.append(f"Table {number} has no range, no kind of {', '.join(KINDS)}, or no columns.")
        return None
    keys: list[Pointer] = []
    for line in _lines(data.get("keys")):
        pointer = pointer_of(line, KEY_MEANINGS)
        if pointer is None:
            told = f"the key “{line[:60]}” is no “MEANING ADDRESS”: a key points at a cell outside of the table"
            reply.problems.append(f"Table {number} ({ranges[0]}): {told}.")
        else:
            keys.append(pointer)
    specs: list[ColumnSpec] = []
    rows: list[RowSpec] = []
    for text in [*_lines(columns), *_lines(data.get("rows"))]:
        if text[:1].isdigit():
            row = row_spec(text)
            if row is not None:
                rows.append(row)
            else:
                told = f"the row “{text[:60]}” is none of {', '.join(sorted(ROLES))}"
                reply.problems.append(f"Table {number} ({ranges[0]}): {told}.")
            continue
        spec = column_spec(text)
        if spec is None:
            reply.problems.append(f"Table {number} ({ranges[0]}): “{text[:60]}” does not say what a column means.")
        else:
            specs.append(spec)
    count = header if isinstance(header, int) and not isinstance(header, bool) else 1
    return ReplyTable([a[:80] for a in ranges], max(0, min(count, 10)), str(kind), keys, specs, rows)
