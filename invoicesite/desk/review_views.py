"""What the scripts of the review page ask: try out, save, decide, read what was pointed at, say who is here.

Each view takes and gives JSON and calls one service. Errors are ``{"code", "message"}``, where fields are wrong with
``"errors": [{"field", "message"}]``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from common.admin.people import person
from common.errors import InvalidFields, InvoicesiteError, NotFound, VersionConflict
from common.roles import Role, has_role
from invoices.models import Finding, Invoice, InvoiceLine, InvoiceTax
from invoices.records import HEADER_FIELDS, LINE_FIELDS, TAX_FIELDS
from invoices.services.assignment import assign_invoice, unassign_invoice
from invoices.services.corrections import correct_invoice, preview_correction
from invoices.services.decisions import (
    accept_reason,
    approve_invoice,
    reject_invoice,
    reopen_invoice,
    withdraw_acceptance,
)
from invoices.services.findings import decide_finding
from invoices.values.fields import BadValue
from invoicesite.desk import presence
from invoicesite.desk.review_answers import Answer, decision_of, preview_of, state_of
from invoicesite.desk.review_page import typed_value
from invoicesite.desk.review_reading import conventions_of, read_pointed

Body = Mapping[str, Any]
View = Callable[[HttpRequest, UUID, Body], Answer]
MAX_BODY_BYTES = 4_000_000  # ten thousand lines with long descriptions


class BadRequest(InvoicesiteError):
    code = "malformed_request"
    http_status = 400
    default_message = "The request could not be read."


def urls(wrap: Callable[[Any], Any], next_url: Callable[[HttpRequest, Invoice], str]) -> list[URLPattern]:
    """The addresses under an invoice; ``next_url`` gives the page of the invoice that follows in the queue."""

    def decided(service: Callable[..., Invoice], *names: str) -> View:
        def view(request: HttpRequest, invoice_id: UUID, body: Body) -> Answer:
            # What comes next is looked up before: afterwards this one is no longer in the queue.
            next_page = next_url(request, _invoice(invoice_id))
            given = {name: _text(body, name) for name in names}
            with transaction.atomic():
                version = _saved(request, invoice_id, body)
                invoice = service(invoice_id=invoice_id, by=person(request), version=version, **given)
            return {**decision_of(invoice), "next": next_page}

        return view

    def skip(request: HttpRequest, invoice_id: UUID, body: Body) -> Answer:
        return {"next": next_url(request, _invoice(invoice_id))}

    views: dict[str, View] = {
        "state": state,
        "preview": preview,
        "save": save,
        "approve": decided(approve_invoice, "override"),
        "reject": decided(reject_invoice, "why"),
        "reopen": reopen,
        "accept": accept,
        "withdraw": withdraw,
        "finding": finding,
        "assign": assign,
        "read": read,
        "here": here,
        "skip": skip,
    }
    return [
        path(f"<uuid:invoice_id>/review/{name}/", wrap(_as_json(view)), name=f"invoices_invoice_{name}")
        for name, view in views.items()
    ]


def _as_json(view: View) -> Callable[..., JsonResponse]:
    @require_POST
    @wraps(view)
    def answer(request: HttpRequest, invoice_id: UUID) -> JsonResponse:
        if not has_role(request.user, Role.REVIEWER):
            raise PermissionDenied
        try:
            return JsonResponse(view(request, invoice_id, _body(request)))
        except InvalidFields as error:
            fields = [{"field": e.field, "code": e.code, "message": e.message} for e in error.errors]
            return _error(error, errors=fields)
        except VersionConflict as error:
            return _error(error, now=state_of(_invoice(invoice_id)))
        except InvoicesiteError as error:
            return _error(error)

    return answer


def _error(error: InvoicesiteError, **more: Any) -> JsonResponse:
    return JsonResponse({"code": error.code, "message": error.message, **more}, status=error.http_status)


def _body(request: HttpRequest) -> Body:
    if len(request.body) > MAX_BODY_BYTES:
        raise BadRequest("The request is too large.")
    try:
        body = json.loads(request.body or b"{}")
    except ValueError as error:
        raise BadRequest from error
    if not isinstance(body, dict):
        raise BadRequest
    return body


def _text(body: Body, name: str) -> str:
    value = body.get(name, "")
    return value if isinstance(value, str) else ""


def _version(body: Body) -> int | None:
    version = body.get("version")
    if not isinstance(version, int):
        raise BadRequest("The version is missing.")
    return version


def _changes(body: Body) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    changes, evidence = body.get("changes") or {}, body.get("evidence") or {}
    if not isinstance(changes, dict) or not isinstance(evidence, dict):
        raise BadRequest
    return changes, evidence


def _invoice(invoice_id: UUID) -> Invoice:
    invoice = Invoice.objects.defer("search").filter(id=invoice_id).first()
    if invoice is None:
        raise NotFound
    return invoice


def _saved(request: HttpRequest, invoice_id: UUID, body: Body) -> int | None:
    """Save what was typed, if anything, and give the version that results."""
    changes, evidence = _changes(body)
    version = _version(body)
    if not changes and not evidence:
        return version
    return correct_invoice(
        invoice_id=invoice_id,
        by=person(request),
        changes=changes,
        version=version,
        why=_text(body, "note"),
        evidence=evidence,
    ).version


def state(request: HttpRequest, invoice_id: UUID, body: Body) -> Answer:
    """The invoice as it stands now."""
    return state_of(_invoice(invoice_id))


def preview(request: HttpRequest, invoice_id: UUID, body: Body) -> Answer:
    """What the rules and the books say of the values as they are typed; nothing is stored."""
    changes, evidence = _changes(body)
    return preview_of(preview_correction(invoice_id=invoice_id, changes=changes, evidence=evidence))


def save(request: HttpRequest, invoice_id: UUID, body: Body) -> Answer:
    """Keep what was typed without deciding."""
    _saved(request, invoice_id, body)
    return state_of(_invoice(invoice_id))


def reopen(request: HttpRequest, invoice_id: UUID, body: Body) -> Answer:
    """Take back a decision, or undo it right after."""
    version = body.get("version")
    invoice = reopen_invoice(
        invoice_id=invoice_id,
        by=person(request),
        why=_text(body, "why"),
        version=version if isinstance(version, int) else None,
    )
    return decision_of(invoice)


def accept(request: HttpRequest, invoice_id: UUID, body: Body) -> Answer:
    """Accept one reason; what was typed so far is saved with it, since the reason may be about it."""
    with transaction.atomic():
        version = _saved(request, invoice_id, body)
        accept_reason(
            invoice_id=invoice_id,
            code=_text(body, "code"),
            field=_text(body, "field"),
            by=person(request),
            why=_text(body, "why"),
            version=version,
        )
    return state_of(_invoice(invoice_id))


def withdraw(request: HttpRequest, invoice_id: UUID, body: Body) -> Answer:
    """Let an accepted reason count again."""
    withdraw_acceptance(
        invoice_id=invoice_id,
        code=_text(body, "code"),
        field=_text(body, "field"),
        by=person(request),
        version=_version(body),
    )
    return state_of(_invoice(invoice_id))


def finding(request: HttpRequest, invoice_id: UUID, body: Body) -> Answer:
    """Dispute or accept what the audit found, or neither any more; what was typed so far is saved with it."""
    try:
        wanted = Finding.objects.filter(invoice_id=invoice_id, pk=UUID(_text(body, "finding"))).first()
    except ValueError as error:
        raise BadRequest from error
    if wanted is None:
        raise NotFound("The audit no longer finds this.")
    with transaction.atomic():
        _saved(request, invoice_id, body)
        decide_finding(
            finding_id=wanted.pk, by=person(request), status=_text(body, "status"), why=_text(body, "why")[:2000]
        )
    return state_of(_invoice(invoice_id))


def assign(request: HttpRequest, invoice_id: UUID, body: Body) -> Answer:
    """To the person who asks; back into the queue of all where it is theirs already."""
    if _invoice(invoice_id).assignee_id == request.user.pk:
        unassign_invoice(invoice_id=invoice_id, by=person(request))
        return {"assignee": "", "mine": False}
    assign_invoice(invoice_id=invoice_id, by=person(request), to=person(request))
    return {"assignee": str(request.user), "mine": True}


def read(request: HttpRequest, invoice_id: UUID, body: Body) -> Answer:
    """What was pointed at, as the value of a field: ``field``, ``text``, and ``around``, the cell that it stands in."""
    invoice = _invoice(invoice_id)
    field = _text(body, "field")
    name = field.rpartition(".")[2]
    model = InvoiceLine if field.startswith("line_items") else InvoiceTax if field.startswith("taxes") else Invoice
    if name not in (*HEADER_FIELDS, *LINE_FIELDS, *TAX_FIELDS):
        raise BadRequest("Unknown field.")
    conventions = conventions_of(
        (str(entry.get("text") or "") for entry in invoice.evidence.values() if entry.get("method") != "xml"),
        currency=invoice.currency,
        country=invoice.vendor_country,
    )
    try:
        value, part = read_pointed(
            name,
            _text(body, "text")[:4000],
            around=_text(body, "around")[:4000],
            conventions=conventions,
            max_length=getattr(model._meta.get_field(name), "max_length", None),
        )
    except BadValue as error:
        raise BadRequest(str(error)) from error
    return {"value": typed_value(name, value), "text": part}


def here(request: HttpRequest, invoice_id: UUID, body: Body) -> Answer:
    """Say that the page is open (or was closed, ``gone``); gives who else is here, and the version that stands now."""
    if body.get("gone"):
        presence.gone(invoice_id, request.user)
        return {}
    invoice = Invoice.objects.only("version", "status").filter(id=invoice_id).first()
    if invoice is None:
        raise NotFound
    presence.here(invoice_id, request.user, editing=body.get("editing") is True)
    return {
        "others": presence.others_at(invoice_id, request.user),
        "version": invoice.version,
        "status": invoice.status,
    }
