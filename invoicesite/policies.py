"""Content security: what a page may load. Nothing inline and nothing foreign, on every page."""

from __future__ import annotations

from typing import Any

from csp.constants import UNSAFE_EVAL
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


def scripts_of_the_admin(get_response: Any) -> Any:
    """Middleware: the admin's Alpine.js evaluates the expressions that stand in its templates; no other page may."""
    admin = reverse("admin:index")

    def middleware(request: HttpRequest) -> HttpResponse:
        response: HttpResponse = get_response(request)
        if request.path.startswith(admin):
            response._csp_update = {"script-src": [UNSAFE_EVAL]}  # type: ignore[attr-defined]  # read by django-csp
        return response

    return middleware
