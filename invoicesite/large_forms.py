"""A form that is too large gets a page that says so. Read further, its CSRF token would be the first thing missing."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from invoicesite.uploads import max_file_bytes, too_large

_OTHERS = ("/admin/", "/api/")
_FORM_OVERHEAD_BYTES = 1024 * 1024  # the other fields and the boundaries


def page_for_large_forms(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, by the declared length; without one the ASGI server cuts off at the largest body of all."""

    def middleware(request: HttpRequest) -> HttpResponse:
        declared = request.META.get("CONTENT_LENGTH") or "0"
        fits = not declared.isdecimal() or int(declared) <= max_file_bytes() + _FORM_OVERHEAD_BYTES
        if fits or request.path.startswith(_OTHERS):
            return get_response(request)
        if request.headers.get("X-Part") == "item":
            return render(request, "web/upload/item.html", {"row": {"filename": "", "error": too_large()}}, status=413)
        return render(request, "web/problem.html", {"error": too_large()}, status=413)

    return middleware
