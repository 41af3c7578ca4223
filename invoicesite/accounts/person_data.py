"""A person's data: what is there, given out, and erased but for what the law has kept.

Every column that names an account is in one of the two lists below; one that is in neither is told by a test.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

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
from invoicesite.accounts.models import DataRequest
from processing.models import BudgetChange

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


def keep_request(*, user: User, action: DataRequest.Action, why: str, told: Told) -> DataRequest:
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
