"""Own API keys: made and shown once, revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import InvoicesiteError
from common.roles import has_role
from common.web.page import page, posted
from invoicesite.accounts.keys import create_api_key, revoke_api_key
from invoicesite.accounts.models import ApiKey
from invoicesite.accounts.scopes import ROLE_OF_SCOPE, Scope

SCOPES = {
    Scope.READ: "Read documents, jobs, invoices and rate cards; ask for quotes",
    Scope.SUBMIT: "Submit documents, retry and cancel jobs",
    Scope.REVIEW: "Correct, approve and reject",
    Scope.ADMIN: "Everything else your role allows",
}
LIFETIMES_DAYS = {"30": "30 days", "90": "90 days", "365": "A year", "": "Never"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@page()
def api_keys(request: HttpRequest) -> HttpResponse:
    """The keys of the person; a POST makes one and shows its text this once."""
    context: dict[str, Any] = {"form": {"name": "", "scopes": [Scope.READ], "days": "90"}, "wrong": ""}
    status = 200
    if request.method == "POST":
        days = posted(request, "days")
        form = {"name": posted(request, "name")[:100], "scopes": request.POST.getlist("scopes"), "days": days}
        context["form"] = form
        try:
            context |= _made(request, form)
        except InvoicesiteError as error:
            context["wrong"], status = error.message, error.http_status
    allowed = [(scope, text) for scope, text in SCOPES.items() if has_role(request.user, ROLE_OF_SCOPE[scope])]
    context |= {
        "keys": ApiKey.objects.filter(owner_id=request.user.pk, revoked_at__isnull=True),
        "scopes": allowed,
        "lifetimes": LIFETIMES_DAYS.items(),
        "now": timezone.now(),
    }
    return render(request, "web/accounts/api_keys.html", context, status=status)


@require_POST
@page()
def revoke(request: HttpRequest, key_id: UUID) -> HttpResponse:
    revoke_api_key(owner=request.user, key_id=key_id)
    messages.success(request, "Key revoked. It no longer works.")
    return redirect("api-keys")


class _Incomplete(InvoicesiteError):
    code = "invalid_request"
    http_status = 400


def _made(request: HttpRequest, form: dict[str, Any]) -> dict[str, Any]:
    if not form["name"]:
        raise _Incomplete("Give the key a name to recognise it by.")
    if not form["scopes"]:
        raise _Incomplete("Choose what the key may do.")
    days = form["days"] if form["days"] in LIFETIMES_DAYS else "90"
    expires_at = timezone.now() + timedelta(days=int(days)) if days else None
    key, text = create_api_key(owner=request.user, name=form["name"], scopes=form["scopes"], expires_at=expires_at)
    return {"made": key, "made_text": text, "form": {"name": "", "scopes": [Scope.READ], "days": "90"}}
