"""Who somebody is here, and in which time zone."""

from __future__ import annotations

from urllib.parse import unquote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.roles import Role, has_role
from common.web.page import page, posted
from invoicesite.accounts.models import Identity
from invoicesite.time_zones import CHOSEN, DETECTED, YEAR_SECONDS, zone_names, zone_of

ROLES = {
    Role.VIEWER: "sees your own documents and their results",
    Role.OPERATOR: "uploads documents, retries and cancels them",
    Role.REVIEWER: "corrects, approves and rejects invoices",
    Role.ADMIN: "sees and changes everything",
}


@require_http_methods(["GET", "HEAD", "POST"])
@page()
def profile(request: HttpRequest) -> HttpResponse:
    """Own name, role and sign-ins; a POST chooses the time zone (empty: the browser's)."""
    wrong = ""
    if request.method == "POST":
        zone = posted(request, "time_zone")
        if not zone or zone in zone_names():
            response = redirect("profile")
            if zone:
                response.set_cookie(
                    CHOSEN, zone, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure(), httponly=True
                )
            else:
                response.delete_cookie(CHOSEN)
            messages.success(request, f"Times are shown in {zone or 'the time zone of your browser'} from now on.")
            return response
        wrong = "Unknown time zone. Choose one from the list."
    role = max((role for role in Role if has_role(request.user, role)), key=list(Role).index)
    context = {
        "role": role,
        "role_text": ROLES[role],
        "identities": Identity.objects.filter(user__username=request.user.get_username()),
        "zones": sorted(zone_names()),
        "chosen": request.COOKIES.get(CHOSEN, ""),
        "detected": unquote(request.COOKIES.get(DETECTED, "")),
        "zone": zone_of(request),
        "now": timezone.now(),
        "wrong": wrong,
    }
    return render(request, "web/accounts/profile.html", context, status=400 if wrong else 200)
