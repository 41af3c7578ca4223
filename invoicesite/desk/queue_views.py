"""Views of the queue: filters that everybody wants, and those that a person keeps under a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.admin.people import person
from common.roles import Role, has_role
from invoices.models import SavedView

MAX_VIEWS = 30
OBVIOUS: tuple[tuple[str, dict[str, str]], ...] = (
    ("To do", {}),
    ("Questions", {"status": "needs_review"}),
    ("Clean", {"status": "ready"}),
    ("Mine", {"assignee": "me"}),
    ("Nobody’s", {"assignee": "nobody"}),
    ("Duplicates", {"reason": "suspected_duplicate"}),
    ("New account", {"reason": "iban_changed"}),
    ("Approved", {"status": "approved"}),
    ("Rejected", {"status": "rejected"}),
    ("All", {"status": "all"}),
)


@dataclass(frozen=True, slots=True)
class View:
    name: str
    url: str
    active: bool
    saved_id: int | None = None


def views_of(request: HttpRequest) -> list[View]:
    """The views that this person can open; the active one is the one whose filters the list has now."""
    now = _settled(request.GET)
    kept = SavedView.objects.filter(user_id=person(request).pk)
    views = [
        View(name, f"?{urlencode(query)}", _settled(QueryDict(urlencode(query))) == now) for name, query in OBVIOUS
    ]
    views += [View(v.name, f"?{v.query}", _settled(QueryDict(v.query)) == now, v.pk) for v in kept[:MAX_VIEWS]]
    return views


def _settled(query: QueryDict) -> set[tuple[str, str]]:
    return {(name, value) for name, values in query.lists() for value in values if value and name != PAGE_VAR}


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the list under a name; the same name again replaces them."""
    _only_reviewers(request)
    name = request.POST.get("name", "").strip()[:60]
    query = QueryDict(request.POST.get("query", "")[:2000], mutable=True)
    query.pop(PAGE_VAR, None)
    if not name:
        messages.error(request, "Enter a name for the view.")
    elif SavedView.objects.filter(user_id=person(request).pk).exclude(name=name).count() >= MAX_VIEWS:
        messages.error(request, f"You already have {MAX_VIEWS} views. Remove one first.")
    else:
        SavedView.objects.update_or_create(
            user_id=person(request).pk, name=name, defaults={"query": query.urlencode()[:2000]}
        )
        messages.success(request, f"View “{name}” saved.")
    return _to_list(query)


@require_POST
def delete_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Forget one of one's own views."""
    _only_reviewers(request)
    SavedView.objects.filter(user_id=person(request).pk, pk=view_id).delete()
    return _to_list(QueryDict())


def _only_reviewers(request: HttpRequest) -> None:
    if not has_role(request.user, Role.REVIEWER):
        raise PermissionDenied


def _to_list(query: Any) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('admin:invoices_invoice_changelist')}?{query.urlencode()}")
