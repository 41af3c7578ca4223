"""Writes of rate cards. Each function is one transaction or joins the caller's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db import connection, models, transaction

from common.errors import InvalidState
from common.storable import shown, unturned
from invoices.events import tell_prices_changed, tell_rate_card
from invoices.models import FuelBand, Rate, RateCard, RateCardReason, Surcharge, TariffRule, Zone
from invoices.rate_records import HEADER_FIELDS, CardData
from invoices.rating.refusals import offers_of
from invoices.rating.settling import settle_excess
from invoices.records import Method, ReviewReason
from invoices.rules.rate_cards import check_rate_card, check_version
from invoices.services.copy_format import copy_lines
from invoices.services.locking import lock_vendor
from invoices.services.rate_card_decisions import supersede_predecessor
from invoices.services.rate_card_mapping import keep_typed_values
from invoices.services.rate_card_ranges import leave_out_of_range
from invoices.services.rate_card_rules import keep_set_aside

_LINES_AT_ONCE = 2_000  # some 500 kB


@dataclass(frozen=True, slots=True)
class ReadRateCard:
    """What the pipeline read, ready to be recorded. ``mapping`` is the plan by which the cells were read."""

    card: CardData
    reasons: Sequence[ReviewReason]
    method: Method
    sha256: str
    mapping: dict[str, Any]


@transaction.atomic
def record_rate_card(*, read: ReadRateCard, owner_id: int | None, existing: RateCard | None = None) -> RateCard:
    """Store a card with all its rows and review reasons, as the next version of the card that it follows.

    A card without reasons is active at once and supersedes the one before. An ``existing`` card is replaced; one that
    a person has rejected, or that was superseded, is refused with InvalidState.
    """
    card = read.card
    _unturn(card)
    out_of_range = leave_out_of_range(card)
    settle_excess(card.rates, weight_unit=card.weight_unit or "kg")
    record = existing or RateCard(owner_id=owner_id)
    if existing is not None:
        record = RateCard.objects.select_for_update(no_key=True).get(id=existing.id)
        if record.status in (RateCard.Status.REJECTED, RateCard.Status.SUPERSEDED):
            raise InvalidState("The card was rejected or superseded; it cannot be read again.")
        keep_typed_values(record, card)
    for name in HEADER_FIELDS:
        setattr(record, name, _fitting(RateCard, name, getattr(card, name)))
    reversed_dates = card.valid_from and card.valid_to and card.valid_to < card.valid_from
    if reversed_dates:
        record.valid_to = None  # told by a reason; the books hold no card that ends before it starts
    before = None
    if existing is None:
        _lock_carrier(record)
        before = card_before(record)
    keep_set_aside(card, existing, before)
    reasons = [*out_of_range, *check_rate_card(card), *read.reasons]
    if before is not None:
        reasons += check_version(card, before_from=before.valid_from, version=before.card_version)
    record.source_sha256, record.method = read.sha256, read.method
    record.evidence, record.mapping = card.evidence, read.mapping
    record.rate_count, record.offers = len(card.rates), _texts(offers_of(card.rates), unturned)
    record.status = RateCard.Status.NEEDS_REVIEW if reasons else RateCard.Status.ACTIVE
    record.revision += existing is not None
    if before is not None:
        record.supersedes, record.card_version = before, before.card_version + 1
    record.save()
    if record.status == RateCard.Status.ACTIVE:
        supersede_predecessor(record)
    for rows in (record.rates, record.zones, record.surcharges, record.fuel_bands, record.rules, record.reasons):
        rows.all().delete()
    _copy(Rate, record, card.rates)
    _copy(Zone, record, card.zones)
    _copy(Surcharge, record, card.surcharges)
    _copy(FuelBand, record, card.fuel)
    _copy(TariffRule, record, card.rules)
    _copy_reasons(record, reasons)
    tell_rate_card("needs_review" if reasons else "ready", record)
    if record.status == RateCard.Status.ACTIVE:
        lock_vendor(record.carrier_name)
        tell_prices_changed(record)
    return record


@transaction.atomic
def record_rate_cards(
    *, reads: Sequence[ReadRateCard], owner_id: int | None, existing: RateCard | None = None
) -> RateCard:
    """Store the cards of one list, one for each carrier, and return the first; the others are its ``parts``. Read
    again, each carrier's card is replaced; one that a person has rejected, or that was superseded, stays as it is."""
    first = record_rate_card(read=reads[0], owner_id=owner_id, existing=existing)
    known = {part.carrier_name.casefold(): part for part in first.parts.all()}
    for read in reads[1:]:
        _unturn(read.card)
        part = known.get(read.card.carrier_name.casefold())
        if part is not None and part.status in (RateCard.Status.REJECTED, RateCard.Status.SUPERSEDED):
            continue
        record = record_rate_card(read=read, owner_id=owner_id, existing=part)
        RateCard.objects.filter(id=record.id).update(part_of=first)
    return first


def card_before(record: RateCard) -> RateCard | None:
    """The latest card of the same carrier, customer, contract, mode and service that no other follows yet."""
    if not record.carrier_name and not record.carrier_code:
        return None
    same = {name: getattr(record, name) for name in ("carrier_code", "contract", "mode", "service")}
    cards = RateCard.objects.filter(
        **same,
        carrier_name__iexact=record.carrier_name,
        customer__iexact=record.customer,
        owner_id=record.owner_id,
        superseded_by__isnull=True,
    )
    return (
        cards.exclude(status=RateCard.Status.REJECTED)
        .exclude(id=record.id)
        .order_by("-card_version", "-created_at")
        .first()
    )


def _lock_carrier(record: RateCard) -> None:
    """Two versions that are recorded at the same moment must see each other: the second waits here."""
    with connection.cursor() as cursor:
        key = f"{record.carrier_name.casefold()}|{record.carrier_code}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7042))", [key])


def _copy(model: type[models.Model], card: RateCard, rows: Sequence[Any]) -> None:
    """Rows by COPY in its text format, some thousand lines at a time: a fifth of what INSERT takes, and half of what
    rows take that are adapted value by value. Columns that no row says anything in are left to their defaults."""
    if not rows:
        return
    own = [f for f in model._meta.concrete_fields if f.name not in ("id", "card", "position") and not f.generated]
    own = [field for field in own if not _unsaid(field, rows)]
    columns = ", ".join(["card_id", "position", *(f'"{f.column}"' for f in own)])
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as copy,
    ):
        lines = copy_lines(rows, [(f.name, getattr(f, "max_length", None)) for f in own], first=str(card.id))
        while block := "".join(islice(lines, _LINES_AT_ONCE)):
            copy.write(block.encode(errors="replace"))


def _unsaid(field: models.Field[Any, Any], rows: Sequence[Any]) -> bool:
    if field.has_db_default():
        default = field.get_default()
    elif field.null:
        default = None
    else:
        return False
    return all(value == default for value in map(attrgetter(field.name), rows))


def _copy_reasons(record: RateCard, reasons: Iterable[ReviewReason]) -> None:
    unique = {(reason.code, reason.field): reason for reason in reasons}
    RateCardReason.objects.bulk_create(
        RateCardReason(
            card=record, position=i, code=reason.code, field=reason.field[:100], message=shown(reason.message),
            blocking=reason.blocking,
        )
        for i, reason in enumerate(unique.values())
    )  # fmt: skip


def _unturn(card: CardData) -> None:
    """Values of the header without bidi controls (rows lose theirs where they are written), and what is shown of the
    document with them written out."""
    for name in HEADER_FIELDS:
        value = getattr(card, name)
        if isinstance(value, str):
            setattr(card, name, unturned(value))
    card.evidence = _texts(card.evidence, shown)


def _texts(value: Any, made: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {key: _texts(item, made) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(item, made) for item in value]
    return made(value) if isinstance(value, str) else value


def _fitting(model: type[models.Model], name: str, value: Any) -> Any:
    limit = getattr(model._meta.get_field(name), "max_length", None)
    return value[:limit] if isinstance(value, str) and limit else value
