"""What a person decides about a rate card, and what a person corrects in its header."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from common.errors import InvalidState, NotFound, VersionConflict
from common.storable import unturned
from invoices.events import rate_card_rejected, tell_prices_changed, tell_rate_card
from invoices.models import RateCard, RateCardChange
from invoices.rate_records import HEADER_FIELDS
from invoices.services.locking import lock_vendor

Status = RateCard.Status
# A header field that was missing and is now there settles these reasons.
_SETTLED = ("card_field_missing", "validity_missing", "validity_reversed")


@transaction.atomic
def activate_rate_card(
    *, card_id: UUID, by: AbstractBaseUser, revision: int | None = None, why: str = ""
) -> RateCard:  # fmt: skip
    """Accept a card that was held for review; the version before is superseded. One with a blocking reason needs
    ``why``, which is kept. Raises NotFound, VersionConflict, InvalidState."""
    record = locked_card(card_id, revision)
    if record.status != Status.NEEDS_REVIEW:
        raise InvalidState(f"The card is {record.get_status_display()} already.")
    blocking = [reason.message for reason in record.reasons.all() if reason.blocking]
    if blocking and not why.strip():
        raise InvalidState(f"State why you use it despite this warning: {blocking[0]}")
    _decide(record, Status.ACTIVE, by=by, why=why)
    supersede_predecessor(record)
    tell_rate_card("ready", record)
    lock_vendor(record.carrier_name)
    tell_prices_changed(record)
    return record


@transaction.atomic
def reject_rate_card(*, card_id: UUID, by: AbstractBaseUser, revision: int | None = None, why: str = "") -> RateCard:
    """Refuse a card: it is kept and never used. Raises NotFound, VersionConflict, InvalidState."""
    record = locked_card(card_id, revision)
    if record.status != Status.NEEDS_REVIEW:
        raise InvalidState(f"The card is {record.get_status_display()} already.")
    _decide(record, Status.REJECTED, by=by, why=why)
    rate_card_rejected.send(sender=RateCard, card=record)
    return record


@transaction.atomic
def supersede_rate_card(
    *, card_id: UUID, by: AbstractBaseUser, revision: int | None = None, why: str = ""
) -> RateCard:  # fmt: skip
    """Take an active card out of use without a successor. Raises NotFound, VersionConflict, InvalidState."""
    record = locked_card(card_id, revision)
    if record.status != Status.ACTIVE:
        raise InvalidState(f"Only an active card can be superseded; this one is {record.get_status_display()}.")
    _decide(record, Status.SUPERSEDED, by=by, why=why)
    lock_vendor(record.carrier_name)
    tell_prices_changed(record)
    return record


@transaction.atomic
def correct_rate_card(
    *, card_id: UUID, by: AbstractBaseUser, changes: Mapping[str, Any], revision: int | None = None, why: str = ""
) -> RateCard:
    """Change values of the header (names of HEADER_FIELDS), with their history. A reason that only said that a value
    was missing goes with it. Raises NotFound, VersionConflict, InvalidState."""
    record = locked_card(card_id, revision)
    if record.status in (Status.REJECTED, Status.SUPERSEDED):
        raise InvalidState(f"The card is {record.get_status_display()}; it can no longer be changed.")
    wanted = {name: unturned(value) if isinstance(value, str) else value for name, value in changes.items()}
    changed = {
        name: value for name, value in wanted.items() if name in HEADER_FIELDS and value != getattr(record, name)
    }
    if not changed:
        return record
    for name, value in changed.items():
        RateCardChange.objects.create(
            card=record, field=name, old=_text(getattr(record, name)), new=_text(value), why=why.strip()[:500],
            changed_by_id=by.pk,
        )  # fmt: skip
        setattr(record, name, value)
    if record.valid_from and record.valid_to and record.valid_to < record.valid_from:
        raise InvalidState("The card would end before it starts.")
    try:
        record.clean_fields(exclude=["owner", "evidence", "mapping", "offers", "supersedes"])
    except ValidationError as error:
        raise InvalidState("; ".join(error.messages)) from error
    record.evidence = {name: place for name, place in record.evidence.items() if name not in changed}
    record.revision += 1
    record.save(update_fields=[*changed, "evidence", "revision", "updated_at"])
    settled = [name for name, value in changed.items() if value not in (None, "")]
    record.reasons.filter(code__in=_SETTLED, field__in=settled).delete()
    if record.status == Status.ACTIVE:
        lock_vendor(record.carrier_name)
        tell_prices_changed(record)
    return record


def supersede_predecessor(record: RateCard) -> None:
    """The active version before is no longer used. Joins the caller's transaction."""
    if record.supersedes_id is None:
        return
    RateCard.objects.filter(id=record.supersedes_id, status=Status.ACTIVE).update(
        status=Status.SUPERSEDED, revision=F("revision") + 1
    )


def locked_card(card_id: UUID, revision: int | None) -> RateCard:
    """The card, locked until the transaction ends. Raises NotFound, VersionConflict where ``revision`` is another."""
    record = RateCard.objects.select_for_update(no_key=True).filter(id=card_id).first()
    if record is None:
        raise NotFound
    if revision is not None and record.revision != revision:
        raise VersionConflict
    return record


def _decide(record: RateCard, status: RateCard.Status, *, by: AbstractBaseUser, why: str) -> None:
    RateCardChange.objects.create(
        card=record, field="status", old=record.status, new=status, why=why.strip()[:500], changed_by_id=by.pk
    )
    record.status = status
    record.revision += 1
    record.save(update_fields=["status", "revision", "updated_at"])


def _text(value: Any) -> str:
    return "" if value is None else str(value)[:300]
