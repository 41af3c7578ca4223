"""Extraction as JSON and back, for the way between processes. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple
from datetime import date
from decimal import Decimal
from typing import Any

from invoices.records import Place, ReviewReason, Value
from processing.content.extraction import SHARED_FACTS, Extraction, Fields, FieldValue


def extraction_to_json(extraction: Extraction) -> bytes:
    """Every value with its type, so that the way back is exact."""
    body = {
        "method": extraction.method,
        "fields": _fields(extraction.fields),
        "lines": [_fields(line) for line in _own_fields(extraction)],
        "taxes": [_fields(tax) for tax in extraction.taxes],
        "shipments": [_fields(shipment) for shipment in extraction.shipments],
        "shipment_of": extraction.shipment_of,
        "reasons": [astuple(reason) for reason in extraction.reasons],
    }
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def extraction_from_json(data: bytes) -> Extraction:
    """The inverse of ``extraction_to_json``. Raises ValueError, TypeError or KeyError for what is none."""
    body = json.loads(data.decode("utf-8", "surrogatepass"))
    shipments = [_fields_back(shipment) for shipment in body["shipments"]]
    shipment_of = list(body["shipment_of"])
    lines = [_fields_back(line) for line in body["lines"]]
    if shipment_of:
        shared = [{name: row[name] for name in SHARED_FACTS if name in row} for row in shipments]
        lines = [
            line if at is None else {**shared[at], **line} for at, line in zip(shipment_of, lines, strict=True)
        ]  # fmt: skip
    return Extraction(
        method=body["method"],
        fields=_fields_back(body["fields"]),
        lines=lines,
        taxes=[_fields_back(tax) for tax in body["taxes"]],
        shipments=shipments,
        shipment_of=shipment_of,
        reasons=[ReviewReason(*reason) for reason in body["reasons"]],
    )


def _own_fields(extraction: Extraction) -> Iterator[Fields]:
    """The lines without what they only repeat of their shipments: a bill of tens of thousands crosses in a fraction."""
    if not extraction.shipment_of:
        yield from extraction.lines
        return
    for at, line in zip(extraction.shipment_of, extraction.lines, strict=True):
        own = {} if at is None else extraction.shipments[at]
        yield {name: value for name, value in line.items() if name not in SHARED_FACTS or own.get(name) is not value}


def _fields(fields: Fields) -> dict[str, Any]:
    return {name: _value(value) for name, value in fields.items()}


def _value(field: FieldValue) -> list[Any]:
    place = None if field.place is None else [field.place.page, field.place.box, field.place.cell, field.place.path]
    kind = "d" if isinstance(field.value, date) else "n" if isinstance(field.value, Decimal) else "t"
    return [kind, str(field.value), field.raw, field.method, place, field.derived_from]


def _fields_back(fields: dict[str, Any]) -> Fields:
    return {name: _value_back(*value) for name, value in fields.items()}


def _value_back(kind: str, text: str, raw: str, method: Any, place: list[Any] | None, derived_from: str) -> FieldValue:
    value: Value = date.fromisoformat(text) if kind == "d" else Decimal(text) if kind == "n" else text
    where = None
    if place is not None:
        page, box, cell, path = place
        where = Place(page=page, box=None if box is None else tuple(box), cell=cell, path=path)
    return FieldValue(value=value, raw=raw, method=method, place=where, derived_from=derived_from)
