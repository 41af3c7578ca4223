"""The page of one rate card: reasons, the sheet with what its columns became, versions and what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from common.admin.people import person
from common.errors import FieldError, InvalidFields, InvoicesiteError, NotFound
from common.roles import Role, has_role
from invoices.admin.rate_card_columns import GROUPS, MEANINGS, mapping_of, plan_of
from invoices.api.rate_cards.exports import export_response
from invoices.finding_queries import totals_by_currency
from invoices.models import RateCard
from invoices.origins import origin
from invoices.rate_records import HEADER_FIELDS
from invoices.ratecards.queries import card_of, compare_cards, comparison_summary, versions_of, whole_card
from invoices.services.rate_card_decisions import (
    activate_rate_card,
    correct_rate_card,
    reject_rate_card,
    supersede_rate_card,
)
from invoices.services.rate_card_rules import set_rule_aside

CHANGES_SHOWN = 100
_DECISIONS = {"activate": activate_rate_card, "reject": reject_rate_card, "supersede": supersede_rate_card}
_LABELS = {name: name.replace("_", " ").capitalize() for name in HEADER_FIELDS}
# The values of the header that a reviewer types where they were not read, or read wrongly.
TYPED = ("carrier_name", "carrier_code", "currency", "valid_from", "valid_to")


def card_page(request: HttpRequest, object_id: str | None, model_admin: ModelAdmin[RateCard]) -> HttpResponse:
    """Instead of Django's form: a card is looked at and decided."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    try:
        card = whole_card(request.user, UUID(object_id or ""))
    except (ValueError, ValidationError, NotFound) as error:
        raise Http404 from error
    context = {
        **model_admin.admin_site.each_context(request),
        "title": str(card) or "Rate card",
        "opts": model_admin.opts,
        "card": card,
        "header": [
            {"name": name, "label": _LABELS[name], "value": _shown(value), "where": _where(card.evidence.get(name))}
            for name in HEADER_FIELDS
            if (value := getattr(card, name)) not in (None, "")
        ],
        "reasons": list(card.reasons.all()),
        "may_decide": has_role(request.user, Role.REVIEWER),
        "rules": [
            {"rule": rule, "is_open": rule.kind == "not_understood", "where": _where(rule.source.get("words"))}
            for rule in card.rules.all()
        ],
        "list_of": [*filter(None, [card.part_of]), *card.parts.all()],
        "versions": versions_of(card),
        "comparison": _comparison(card),
        "sheet": _sheet(card),
        "plan": plan_of(card),
        "typed": [
            {
                "name": name,
                "label": _LABELS[name],
                "value": _shown(getattr(card, name) or ""),
                "kind": "date" if name.startswith("valid") else "text",
            }
            for name in TYPED
        ],
        "findings": totals_by_currency(card.findings.all()) if request.user.has_perm("invoices.view_finding") else [],
        "mapping": mapping_of(card),
        "meanings": [{"name": name, "label": name.replace("_", " ")} for name in MEANINGS],
        "legend": [{"name": name, "label": label} for name, (label, _) in GROUPS.items()],
        "rows": [
            {"label": label, "model": f"admin:invoices_{model}_changelist", "count": count}
            for label, model, count in (
                ("Rates", "rate", card.rate_count),
                ("Zones", "zone", card.zone_count),  # type: ignore[attr-defined]  # annotated
                ("Surcharges", "surcharge", len(card.surcharges.all())),
                ("Fuel bands", "fuelband", len(card.fuel_bands.all())),
            )
        ],
    }
    return TemplateResponse(request, "admin/invoices/ratecard/card.html", context)


def _by_reviewer(act: Callable[[HttpRequest, UUID, int], str]) -> Callable[[HttpRequest, UUID], HttpResponseBase]:
    """The view of what a reviewer does on the page of a card: ``act`` is given the revision that they saw and gives a
    sentence; what it refuses is said on the page."""

    @require_POST
    @wraps(act)
    def view(request: HttpRequest, card_id: UUID) -> HttpResponseBase:
        if not has_role(request.user, Role.REVIEWER):
            raise PermissionDenied
        revision = request.POST.get("revision", "")
        if not revision.isdecimal():
            raise Http404
        try:
            messages.success(request, act(request, card_id, int(revision[:9])))
        except NotFound as error:
            raise Http404 from error
        except InvoicesiteError as error:
            messages.error(request, error.message)
        return HttpResponseRedirect(reverse("admin:invoices_ratecard_change", args=[card_id]))

    return view


@_by_reviewer
def decide_card(request: HttpRequest, card_id: UUID, revision: int) -> str:
    """Activate, reject or supersede from the page of the card."""
    decide = _DECISIONS.get(request.POST.get("decision", ""))
    if decide is None:
        raise Http404
    card_of(request.user, card_id)
    card = decide(card_id=card_id, by=person(request), revision=revision, why=request.POST.get("why", ""))
    return f"The card is {card.get_status_display()}."


@_by_reviewer
def set_aside(request: HttpRequest, card_id: UUID, revision: int) -> str:
    """A sentence of the card that changes no price."""
    card_of(request.user, card_id)
    position = request.POST.get("position", "")
    if not position.isdecimal():
        raise Http404
    set_rule_aside(
        card_id=card_id,
        position=int(position[:9]),
        by=person(request),
        why=request.POST.get("why", ""),
        revision=revision,
    )
    return "The sentence is set aside."


@_by_reviewer
def correct_card(request: HttpRequest, card_id: UUID, revision: int) -> str:
    """Values of the header, as a reviewer typed them; they stay when the document is read again."""
    card = card_of(request.user, card_id)
    correct_rate_card(
        card_id=card_id,
        by=person(request),
        changes={name: _typed(name, request.POST[name]) for name in TYPED if name in request.POST},
        revision=revision,
        why=request.POST.get("why", ""),
    )
    return f"Header of {card} saved."


def _typed(name: str, text: str) -> str | date | None:
    text = text.strip()
    if name.startswith("valid"):
        try:
            return date.fromisoformat(text) if text else None
        except ValueError as error:
            raise InvalidFields([FieldError(name, "invalid", "Enter dates as 2026-12-31.")]) from error
    return text.upper() if name in ("currency", "carrier_code") else text


def export_card(request: HttpRequest, card_id: UUID, kind: str) -> HttpResponseBase:
    """The card as a file."""
    if kind not in ("csv", "xlsx", "json"):
        raise Http404
    try:
        return export_response(request, card_of(request.user, card_id), kind)
    except NotFound as error:
        raise Http404 from error


def _comparison(card: RateCard) -> dict[str, Any] | None:
    if card.supersedes_id is None:
        return None
    ids = {"old_id": card.supersedes_id, "new_id": card.id}
    changes = compare_cards(**ids, limit=CHANGES_SHOWN)
    return {
        **comparison_summary(**ids),
        "changes": [
            {
                "key": " · ".join(str(value) for name, value in change.key.items() if not name.startswith("break")),
                "break": _break(change.key),
                "old": change.old,
                "new": change.new,
                "percent": change.percent,
            }
            for change in changes
        ],
        "shown": CHANGES_SHOWN,
    }


def _break(key: dict[str, Any]) -> str:
    low, high = key.get("break_from"), key.get("break_to")
    if low is None and high is None:
        return ""
    return f"{'' if low is None else f'{low.normalize():f}'} – {'…' if high is None else f'{high.normalize():f}'}"


def _sheet(card: RateCard) -> dict[str, Any] | None:
    """Where the pages' scripts get the cells and pictures of the document; None without a document."""
    document = origin().document_of(card)
    if document is None or document.purged_at:
        return None
    try:
        return {
            "name": document.filename,
            "pictures": document.media_type == "application/pdf",
            "cells": reverse("document-cells", args=[document.id]),
            "picture": reverse("document-page", args=[document.id, 1]).removesuffix("1.png"),
            "file": reverse("document-file", args=[document.id]),
        }
    except NoReverseMatch:
        return None


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _where(place: Any) -> str:
    if isinstance(place, dict):
        place = place.get("place") or place.get("cell") or place.get("box") or ""
    if isinstance(place, list) and place:
        return f"page {place[0]}"
    return str(place) if isinstance(place, str) else ""
