"""Who looks after an invoice. That is no change of the invoice: its version stays, and nobody's work is in the way."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from common.errors import InvalidState
from common.roles import Role, has_role
from invoices.models import Invoice
from invoices.services.locking import locked_invoice
from invoices.services.writing import keep_change


@transaction.atomic
def assign_invoice(*, invoice_id: UUID, by: AbstractBaseUser, to: Any, only_if_free: bool = False) -> Invoice:
    """Give the invoice to a reviewer, from whoever had it. With ``only_if_free`` one that another person has is
    refused: two who take invoices from one queue never take the same. Raises NotFound, InvalidState."""
    record = locked_invoice(invoice_id, None)
    if not has_role(to, Role.REVIEWER):
        raise InvalidState("Invoices are assigned to reviewers.")
    if only_if_free and record.assignee_id not in (None, to.pk):
        raise InvalidState("Someone else has taken this invoice.")
    return _give(record, to, by=by)


@transaction.atomic
def unassign_invoice(*, invoice_id: UUID, by: AbstractBaseUser) -> Invoice:
    """Put the invoice back into the queue of all. Raises NotFound."""
    return _give(locked_invoice(invoice_id, None), None, by=by)


def _give(record: Invoice, to: Any, *, by: AbstractBaseUser) -> Invoice:
    old = record.assignee
    if (old.pk if old else None) != (to.pk if to else None):
        record.assignee = to
        record.save(update_fields=["assignee", "updated_at"])
        new = to.get_username() if to else None
        keep_change(record, field="assignee", old=old.get_username() if old else None, new=new, by=by)
    return record
