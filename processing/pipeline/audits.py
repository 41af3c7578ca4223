"""Stored invoices are audited again when the prices of their carrier change. The row of the card says that it is due;
the queue only wakes a worker."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, transaction

from common.errors import InvoicesiteError
from invoices.audit_prices import invoices_priced_by
from invoices.models import RateCard
from invoices.services.findings import audit_again
from processing.queueing import BATCH, enqueue

log = structlog.get_logger(__name__)

AUDIT = "processing.tasks.audit"
# A worker is not kept longer from its jobs; the rest goes on in the next task.
SECONDS_A_TASK = 20.0
_AT_ONCE = 200
_LOCK = 0xA0D1


def wake_audit(**_: Any) -> None:
    """Signal ``prices_changed``: in the transaction of the change, or with Redis after it."""
    _enqueue()


def audit_due_cards(*, after: tuple[UUID, UUID] | None = None, seconds: float = SECONDS_A_TASK) -> int:
    """Audit the invoices of the cards that are due, one card after the other; gives how many invoices changed.

    ``after``: the card and the invoice at which the task before stopped. Beside another audit it does nothing; what
    dies in the middle is begun again by the schedule, and finding the same twice changes nothing."""
    until = time.monotonic() + seconds
    total = 0
    while (card := _next_card(after)) is not None:
        last = after[1] if after and after[0] == card.pk else None
        changed = 0
        for invoice_id in _invoices_of(card, last):
            try:
                changed += _audited_alone(invoice_id)
            except _NotAlone:
                return total + changed
            if time.monotonic() > until:
                _enqueue((card.pk, invoice_id))
                return total + changed
        # A card that was changed meanwhile stays due.
        done = RateCard.objects.filter(pk=card.pk, revision=card.revision, updated_at=card.updated_at)
        done.update(audit_due=False)
        log.info("audited_by_card", rate_card=str(card.pk), changed=changed)
        total, after = total + changed, None
    return total


class _NotAlone(Exception):
    """Somebody else audits at this moment."""


@transaction.atomic
def _audited_alone(invoice_id: UUID) -> bool:
    """Under a lock of this transaction: one of the session would stay behind on a connection that a pooler hands on.
    Raises _NotAlone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise _NotAlone
    return _audited(invoice_id)


def _audited(invoice_id: UUID) -> bool:
    try:
        return audit_again(invoice_id=invoice_id)
    except InvoicesiteError as error:
        log.warning("audit_failed", invoice=str(invoice_id), code=error.code)
    except Exception:
        # One invoice that cannot be audited must not keep the others from it.
        log.exception("audit_failed", invoice=str(invoice_id))
    return False


def _next_card(after: tuple[UUID, UUID] | None) -> RateCard | None:
    due = RateCard.objects.filter(audit_due=True).order_by("id")
    return (due.filter(pk=after[0]).first() if after else None) or due.first()


def _invoices_of(card: RateCard, last: UUID | None) -> Iterator[UUID]:
    invoices = invoices_priced_by(card).order_by("id")
    while ids := list(
        (invoices.filter(id__gt=last) if last else invoices).values_list("id", flat=True)[:_AT_ONCE]
    ):  # fmt: skip
        yield from ids
        last = ids[-1]


def _enqueue(after: tuple[UUID, UUID] | None = None) -> None:
    enqueue(AUDIT, *(str(each) for each in after or ()), lane=BATCH)
