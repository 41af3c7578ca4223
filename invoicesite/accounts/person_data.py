"""A person's data: what is there, given out, and erased but for what the law has kept.

Every column that names an account is in one of the two lists below; one that is in neither is told by a test.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from social_django.models import Code

from common.errors import InvalidState
from invoices.models import Invoice
from invoices.queries import history_of, invoice_data
from invoices.records import plain_json
from invoices.services.erasing import erase_mentions, invoices_mentioning
from invoicesite.accounts.models import DataRequest
from processing.models import BudgetChange, Document

ERASED = (
    "accounts.ApiKey.owner", "accounts.Identity.user", "auth.User_groups.user", "auth.User_user_permissions.user",
    "invoices.InvoiceViewer.user", "invoices.SavedView.user", "processing.IdempotentRequest.user",
    "processing.UploadDay.owner", "social_django.UserSocialAuth.user", "token_blacklist.OutstandingToken.user",
    "webhooks.CallbackSecret.owner", "webhooks.Subscription.owner",
)  # fmt: skip
_BOOKS = "books and records, kept as long as the law asks; they name the person by number alone"
KEPT = {
    "invoices.Invoice.owner": _BOOKS,
    "invoices.Invoice.decided_by": _BOOKS,
    "invoices.Invoice.assignee": _BOOKS,
    "invoices.Invoice.first_approved_by": _BOOKS,
    "invoices.InvoiceReason.accepted_by": _BOOKS,
    "invoices.InvoiceChange.changed_by": _BOOKS,
    "invoices.Finding.decided_by": _BOOKS,
    "invoices.RateCard.owner": _BOOKS,
    "invoices.RateCardChange.changed_by": _BOOKS,
    "invoices.VendorChange.changed_by": _BOOKS,
    "invoices.VendorMemory.forgotten_by": _BOOKS,
    "invoices.VendorLesson.taught_by": _BOOKS,
    "processing.Document.owner": _BOOKS,
    "processing.Batch.owner": _BOOKS,
    "processing.LayoutPlan.owner": _BOOKS,
    "processing.InboundSource.owner": _BOOKS,
    "processing.BudgetChange.user": _BOOKS,
    "processing.HoldChange.changed_by": _BOOKS,
    "admin.LogEntry.user": _BOOKS,
    "accounts.DataRequest.person": "tells that the data were given out or erased",
    "webhooks.Event.owner": "deleted 30 days after it was told",
}
# What is no information about the person but opens a door.
_SECRETS = frozenset(["password", "secret", "previous_secret", "digest", "token", "jti", "extra_data", "key"])


@dataclass(slots=True)
class Told:
    """How many rows of a kind were given out, erased, or kept, the last with the reason."""

    rows: dict[str, int] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)


def columns_naming_accounts() -> set[str]:
    """``app.Model.field`` of every foreign key to an account."""
    return {
        f"{model._meta.label}.{column.name}"
        for model in apps.get_models(include_auto_created=True)
        for column in model._meta.concrete_fields
        if column.is_relation and column.related_model is User and not model._meta.proxy
    }


def person_lines(user: User, told: Told) -> Iterator[str]:
    """One JSON object a line: the account first, then every row that names it, without secrets."""
    yield _line("auth.User", user)
    for name in (*ERASED, *KEPT):
        rows = _rows(name, user)
        told.rows[name] = 0
        for row in rows.iterator():
            told.rows[name] += 1
            yield _line(name, row)
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        for entry in model.objects.filter(username=user.get_username()):
            yield _line(model._meta.label, entry)


@transaction.atomic
def erase_person(*, user: User, why: str) -> Told:
    """Erase what an account says of its person, and close it. What is kept names a number that nobody answers to.
    Raises InvalidState for the last one who may administer."""
    admins = User.objects.filter(is_superuser=True, is_active=True)
    if user.is_superuser and user.is_active and not admins.exclude(pk=user.pk).exists():
        raise InvalidState("This is the last superuser: make another one first.")
    told, name = Told(), user.get_username()
    for column in ERASED:
        told.rows[column] = _rows(column, user).delete()[1].get(column.rpartition(".")[0], 0)
    for column, reason in KEPT.items():
        if count := _rows(column, user).count():
            told.rows[column], told.kept[column] = count, reason
    told.rows["sessions.Session"] = _end_sessions(user)
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        told.rows[model._meta.label] = model.objects.filter(username__in={name, user.email} - {""}).delete()[0]
    if user.email:
        Code.objects.filter(email__iexact=user.email).delete()
    nobody = f"erased-{user.pk}"
    BudgetChange.objects.filter(models.Q(user=user) | models.Q(username=name)).update(username=nobody)
    about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    about.update(object_repr=nobody, change_message="")
    user.username, user.email, user.first_name, user.last_name = nobody, "", "", ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    keep_request(user=user, action=DataRequest.Action.ERASE, why=why, told=told)
    return told


def mention_lines(text: str, told: Told) -> Iterator[str]:
    """One JSON object an invoice that names a person by a text: its values, and the changes in which it stands."""
    told.rows["invoices.Invoice"] = 0
    for invoice_id in invoices_mentioning(text):
        invoice = Invoice.objects.get(pk=invoice_id)
        told.rows["invoices.Invoice"] += 1
        changes = [
            {"field": row.field, "old": row.old, "new": row.new, "why": row.why, "at": row.changed_at}
            for row in history_of(invoice)
            if text.casefold() in json.dumps([row.old, row.new, row.why], ensure_ascii=False).casefold()
        ]
        values = {"kind": "invoices.Invoice", "id": invoice_id, "invoice": plain_json(invoice_data(invoice))}
        yield json.dumps({**values, "changes": changes}, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n"


def erase_mentioned(*, text: str, why: str) -> Told:
    """Erase a person whom documents name from every invoice whose document went at the end of its retention; what the
    law still keeps is told with the reason."""
    told = Told()
    for invoice_id in invoices_mentioning(text):
        kept = _why_kept(invoice_id)
        if kept:
            told.rows[f"invoices.Invoice {invoice_id}"], told.kept[f"invoices.Invoice {invoice_id}"] = 1, kept
        else:
            erase_mentions(invoice_id=invoice_id, text=text, by=None, why=why)
            told.rows["invoices.Invoice"] = told.rows.get("invoices.Invoice", 0) + 1
    keep_request(user=None, action=DataRequest.Action.ERASE, why=why, told=told)
    return told


def _why_kept(invoice_id: UUID) -> str:
    document = Document.objects.select_related("parent").filter(invoice=invoice_id).first()
    if document is None:
        return "its document is not known, so that its retention is not, either"
    if document.legal_hold or (document.parent is not None and document.parent.legal_hold):
        return "on legal hold"
    return "" if document.purged_at else "books and records: the retention of its document has not ended"


def keep_request(*, user: User | None, action: DataRequest.Action, why: str, told: Told) -> DataRequest:
    """Write down that a person's data were given out or erased."""
    rows = {name: count for name, count in told.rows.items() if count}
    return DataRequest.objects.create(person=user, action=action, why=why, told={"rows": rows, "kept": told.kept})


def _rows(name: str, user: User) -> models.QuerySet[Any]:
    label, _, column = name.rpartition(".")
    rows: models.QuerySet[Any] = apps.get_model(label)._default_manager.filter(**{column: user})
    return rows.order_by("pk")


def _end_sessions(user: User) -> int:
    mine = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    return Session.objects.filter(pk__in=mine).delete()[0]


def _line(kind: str, row: models.Model) -> str:
    values = {
        column.attname: getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if column.name not in _SECRETS and not isinstance(column, models.BinaryField) and column.name != "search"
    }
    return json.dumps({"kind": kind, **values}, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n"
