"""Reads of rate cards: the card as one document, what changed between versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Model, QuerySet

from common.errors import NotFound
from common.roles import sees_everything
from invoices.models import RateCard
from invoices.rate_records import HEADER_FIELDS

_KEYS = "service service_code origin destination zone equipment freight_class break_from break_to unit".split()  # noqa: SIM905


def cards_seen_by(user: Any) -> QuerySet[RateCard]:
    """The cards that this user may see: own ones, or all for staff and admins. The one place that decides it."""
    if not getattr(user, "is_authenticated", False):
        return RateCard.objects.none()
    cards = RateCard.objects.all() if sees_everything(user) else RateCard.objects.filter(owner_id=user.pk)
    return cards.annotate(successor_id=F("superseded_by__id"))


def card_of(user: Any, card_id: UUID) -> RateCard:
    """Raises NotFound, also for what is not the user's."""
    card = cards_seen_by(user).filter(id=card_id).first()
    if card is None:
        raise NotFound
    return card


def whole_card(user: Any, card_id: UUID) -> RateCard:
    """With surcharges, fuel, reasons and history at hand, and ``zone_count``. Raises NotFound."""
    cards = cards_seen_by(user).prefetch_related("surcharges", "fuel_bands", "rules", "reasons", "changes__changed_by")
    card = cards.annotate(zone_count=Count("zones")).filter(id=card_id).first()
    if card is None:
        raise NotFound
    return card


def card_document(card: RateCard) -> dict[str, Any]:
    """The standardized card as one JSON document: header, rates, zones, surcharges, fuel bands and rules. What a row
    does not say is left out; numbers are strings without needless zeros."""
    return {
        **card_header(card),
        "rates": list(card_rows(card.rates.all())),
        "zones": list(card_rows(card.zones.all())),
        "surcharges": list(card_rows(card.surcharges.all())),
        "fuel": list(card_rows(card.fuel_bands.all())),
        "rules": list(card_rows(card.rules.all())),
    }


def card_header(card: RateCard) -> dict[str, Any]:
    """The card without its rows."""
    return {
        "id": str(card.id),
        "status": card.status,
        "card_version": card.card_version,
        "supersedes": str(card.supersedes_id) if card.supersedes_id else None,
        **{name: _json(getattr(card, name)) for name in HEADER_FIELDS},
    }


def card_rows(rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """Rows of a table as the standardized card has them, in the card's order."""
    model: type[Model] = rows.model
    own = [f for f in model._meta.concrete_fields if f.name not in ("id", "card", "position")]
    names = [f.attname for f in own if not f.generated]
    for values in rows.order_by("position").values_list(*names).iterator(chunk_size=5_000):
        row = {name: _json(value) for name, value in zip(names, values, strict=True)}
        if not row.get("break2_basis"):
            row.pop("break2_inclusive", None)  # says nothing without a second axis
        yield {name: value for name, value in row.items() if value not in (None, "", False, {}, [])}


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        plain = value.normalize()
        return format(plain, "f")
    return value.isoformat() if hasattr(value, "isoformat") else value


_SAME = " AND ".join(
    f"a.{key} IS NOT DISTINCT FROM b.{key}" if key.startswith("break") else f"a.{key} = b.{key}" for key in _KEYS
)
_PAIRED = f"""(SELECT * FROM invoices_rate WHERE card_id = %s) a
    FULL OUTER JOIN (SELECT * FROM invoices_rate WHERE card_id = %s) b ON {_SAME}"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class RateChange:
    """One lane and break in two versions. ``percent`` is None where it is new or gone."""

    key: dict[str, Any]
    old: Decimal | None
    new: Decimal | None
    percent: Decimal | None


def compare_cards(*, old_id: UUID, new_id: UUID, limit: int = 1_000) -> list[RateChange]:
    """What changed from one version to the next, the largest changes first; equal prices are left out."""
    keys = ", ".join(f"COALESCE(a.{key}, b.{key})" for key in _KEYS)
    # The names of the columns are our own; only the ids come from outside.
    statement = f"""
        SELECT {keys}, a.value, b.value,
               CASE WHEN a.value <> 0 THEN round((b.value - a.value) * 100 / a.value, 2) END AS percent
        FROM {_PAIRED}
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


def comparison_summary(*, old_id: UUID, new_id: UUID) -> dict[str, Any]:
    """How many prices are the same, raised, lowered, added and gone, and by how much they changed on average."""
    statement = f"""
        SELECT count(*) FILTER (WHERE a.value = b.value), count(*) FILTER (WHERE b.value > a.value),
               count(*) FILTER (WHERE b.value < a.value), count(*) FILTER (WHERE a.value IS NULL),
               count(*) FILTER (WHERE b.value IS NULL),
               round(avg((b.value - a.value) * 100 / NULLIF(a.value, 0)), 2)
        FROM {_PAIRED}"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [old_id, new_id])
        row = cursor.fetchone() or ()
    names = ("same", "raised", "lowered", "added", "gone", "average_percent")
    return dict(zip(names, row, strict=True))


def versions_of(card: RateCard, *, limit: int = 20) -> list[RateCard]:
    """The card, those that it follows and those that follow it, the newest first."""
    found = [card]
    while len(found) < limit and (after := RateCard.objects.filter(supersedes=found[0]).first()) is not None:
        found.insert(0, after)
    while len(found) < limit and (before := found[-1].supersedes) is not None:
        found.append(before)
    return found
