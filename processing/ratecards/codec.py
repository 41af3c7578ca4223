"""A card that was read, as JSON and back: column by column, since most columns of most cards hold one value. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from invoices.rate_records import HEADER_FIELDS, CardData, FuelBandData, RateData, RuleData, SurchargeData, ZoneData
from invoices.records import ReviewReason
from processing.ratecards.plan import Coverage, plan_from_json, plan_to_json
from processing.ratecards.read import CardReading
from processing.ratecards.shape import shape_from_json, shape_to_json

T = TypeVar("T", RateData, ZoneData, SurchargeData, FuelBandData, RuleData)
_DECIMALS = frozenset(
    ["value", "break_from", "break_to", "base_charge", "minimum", "maximum", "increment", "percent", "index_from",
     "index_to", "dimensional_divisor", "break2_from", "break2_to", "minimum_units", "maximum_units", "free_units",
     "index_step", "percent_step"]
)  # fmt: skip
_OWN = frozenset({"source", "conditions"})  # of each row: one object that rows share could be changed for all
_DATES = frozenset({"valid_from", "valid_to"})


def reading_to_json(reading: CardReading) -> bytes:
    card = reading.card
    body = {
        "header": {name: _plain(getattr(card, name)) for name in HEADER_FIELDS},
        "evidence": card.evidence,
        "rates": _columns(RateData, card.rates),
        "zones": _columns(ZoneData, card.zones),
        "surcharges": _columns(SurchargeData, card.surcharges),
        "fuel": _columns(FuelBandData, card.fuel),
        "rules": _columns(RuleData, card.rules),
        "plan": plan_to_json(reading.plan),
        "coverage": asdict(reading.coverage),
        "problems": reading.problems,
        "questions": reading.questions,
        "shape": shape_to_json(reading.shape) if reading.shape is not None else None,
        "memory": reading.memory,
        "reasons": [[r.code, r.field, r.message, r.blocking] for r in reading.reasons],
    }
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode(errors="replace")


def reading_from_json(data: bytes) -> CardReading:
    """The inverse. ValueError, TypeError, KeyError and ArithmeticError say that it is none."""
    body = json.loads(data)
    card = CardData(**{name: _back(name)(value) for name, value in body["header"].items()}, evidence=body["evidence"])
    # Columns are let go as they are used: a card of 100,000 rates is there once, not twice.
    card.rates = _rows(RateData, body.pop("rates"))
    card.zones = _rows(ZoneData, body.pop("zones"))
    card.surcharges = _rows(SurchargeData, body.pop("surcharges"))
    card.fuel = _rows(FuelBandData, body.pop("fuel"))
    card.rules = _rows(RuleData, body.pop("rules"))
    reasons = [ReviewReason(*reason) for reason in body["reasons"]]
    shape = shape_from_json(body["shape"]) if body["shape"] is not None else None
    problems, questions = ([str(text) for text in body[name]] for name in ("problems", "questions"))
    plan = plan_from_json(body["plan"])
    return CardReading(card, plan, Coverage(**body["coverage"]), reasons, problems, questions, shape, body["memory"])


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _columns(kind: type[T], rows: Sequence[T]) -> dict[str, Any]:
    """Each column as a list, or as one value where all rows agree."""
    out: dict[str, Any] = {"count": len(rows)}
    for column in fields(kind):
        values = [getattr(row, column.name) for row in rows]
        if column.name not in _OWN and values and all(value == values[0] for value in values):
            out[column.name] = {"all": _plain(values[0])}
        else:
            out[column.name] = [_plain(value) for value in values]
    return out


def _back(name: str) -> Callable[[Any], Any]:
    if name in _DECIMALS:
        known: dict[str, Decimal] = {}

        def decimal(text: Any) -> Decimal | None:
            if text is None:
                return None
            value = known.get(text)
            if value is None:
                value = known[text] = Decimal(text)
            return value

        return decimal
    if name in _DATES:
        return lambda text: None if text is None else date.fromisoformat(text)
    return lambda value: value


def _rows(kind: type[T], columns: dict[str, Any]) -> list[T]:
    count = int(columns["count"])
    made: list[list[Any]] = []
    for column in fields(kind):
        values = columns.pop(column.name)
        back = _back(column.name)
        made.append([back(values["all"])] * count if isinstance(values, dict) else [back(value) for value in values])
    return [kind(*row) for row in zip(*made, strict=True)] if count else []
