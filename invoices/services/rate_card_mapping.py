"""The history of how a card is read, where a person said it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from common.errors import InvalidState
from invoices.models import RateCard, RateCardChange
from invoices.rate_records import HEADER_FIELDS, CardData


@transaction.atomic
def note_mapping(*, card: RateCard, by: AbstractBaseUser, changes: Iterable[tuple[str, str, str]], why: str) -> None:
    """Keep which columns a person gave another meaning: (column, before, now). Raises InvalidState where the card is
    not read again."""
    record = RateCard.objects.select_for_update(no_key=True).get(id=card.id)
    if record.status in (RateCard.Status.REJECTED, RateCard.Status.SUPERSEDED):
        raise InvalidState(f"The card is {record.get_status_display()}; it cannot be read again.")
    RateCardChange.objects.bulk_create(
        RateCardChange(
            card=record, field="mapping", old=f"{column}: {before}"[:300], new=now[:300], why=why.strip()[:500],
            changed_by_id=by.pk,
        )
        for column, before, now in changes
    )  # fmt: skip


def keep_typed_values(record: RateCard, card: CardData) -> None:
    """What a person typed into the header stays when the document is read again."""
    typed = record.changes.filter(field__in=HEADER_FIELDS).values_list("field", flat=True)
    values: Mapping[str, Any] = {name: getattr(record, name) for name in typed}
    for name, value in values.items():
        setattr(card, name, value)
        card.evidence.pop(name, None)
