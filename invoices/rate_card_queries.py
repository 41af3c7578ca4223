"""Reads of rate cards: the card as one document, what changed between versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from invoices.models import RateCard
from invoices.rate_records import HEADER_FIELDS

_KEYS = "service service_code origin destination zone equipment freight_class break_from break_to unit".split()  # noqa: SIM905


def card_document(card: RateCard) -> dict[str, Any]:
    """The standardized card as one JSON document: header, rates, zones, surcharges and fuel bands. What a row does not
    say is left out; numbers are strings without needless zeros."""
    header = {name: _json(getattr(card, name)) for name in HEADER_FIELDS}
    return {
        "id": str(card.id),
        "status": card.status,
        "card_version": card.card_version,
        "supersedes": str(card.supersedes_id) if card.supersedes_id else None,
        **dict(header.items()),
        "rates": list(_rows(card.rates.all())),
        "zones": list(_rows(card.zones.all())),
        "surcharges": list(_rows(card.surcharges.all())),
        "fuel": list(_rows(card.fuel_bands.all())),
    }


def _rows(rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    model: type[Model] = rows.model
    names = [f.attname for f in model._meta.concrete_fields if f.name not in ("id", "card", "position")]
    for values in rows.order_by("position").values_list(*names).iterator(chunk_size=5_000):
        row = {name: _json(value) for name, value in zip(names, values, strict=True)}
        yield {name: value for name, value in row.items() if value not in (None, "", False, {})}


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        plain = value.normalize()
        return format(plain, "f")
    return value.isoformat() if hasattr(value, "isoformat") else value


@dataclass(frozen=True, slots=True)
class RateChange:
    """One lane and break in two versions. ``percent`` is None where it is new or gone."""

    key: dict[str, Any]
    old: Decimal | None
    new: Decimal | None
    percent: Decimal | None


def compare_cards(*, old_id: UUID, new_id: UUID, limit: int = 1_000) -> list[RateChange]:
    """What changed from one version to the next, the largest changes first; equal prices are left out."""
    same = " AND ".join(f"a.{key} IS NOT DISTINCT FROM b.{key}" for key in _KEYS if key.startswith("break"))
    joined = " AND ".join([*(f"a.{key} = b.{key}" for key in _KEYS if not key.startswith("break")), same])
    keys = ", ".join(f"COALESCE(a.{key}, b.{key})" for key in _KEYS)
    # The names of the columns are our own; only the ids come from outside.
    statement = f"""
        SELECT {keys}, a.value, b.value,
               CASE WHEN a.value <> 0 THEN round((b.value - a.value) * 100 / a.value, 2) END AS percent
        FROM (SELECT * FROM invoices_rate WHERE card_id = %s) a
        FULL OUTER JOIN (SELECT * FROM invoices_rate WHERE card_id = %s) b ON {joined}
        WHERE a.value IS DISTINCT FROM b.value
        ORDER BY abs(COALESCE((b.value - a.value) / NULLIF(a.value, 0), 'infinity')) DESC, 1, 5, 8
        LIMIT %s"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [old_id, new_id, limit])
        rows = cursor.fetchall()
    width = len(_KEYS)
    return [
        RateChange(
            {name: value for name, value in zip(_KEYS, row[:width], strict=True) if value not in ("", None)},
            row[width], row[width + 1], row[width + 2],
        )
        for row in rows
    ]  # fmt: skip
