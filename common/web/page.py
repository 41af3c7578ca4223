"""What every page of the web UI does before its own work: who may see it, and how its errors look."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from common.errors import InvoicesiteError, NotFound
from common.roles import Role, has_role

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def page(role: Role = Role.VIEWER) -> Callable[[View[P]], View[P]]:
    """A view for people who are signed in and have ``role``, others get the page for 403. Our own errors become pages:
    NotFound the one for 404, the rest one that says their sentence with their status."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not has_role(request.user, role):
                raise PermissionDenied(f"This requires the {role} role.")
            try:
                response = view(request, *args, **kwargs)
            except NotFound as error:
                raise Http404(error.message) from error
            except InvoicesiteError as error:
                return render(request, "web/problem.html", {"error": error}, status=error.http_status)
            # The same address answers htmx with a part of the page.
            patch_vary_headers(response, ["HX-Request", "Cookie"])
            return response

        protected: View[P] = login_required(checked)
        return protected

    return decorate


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for the part of the page that it replaces, and not for the page in its history."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def posted(request: HttpRequest, name: str) -> str:
    value: Any = request.POST.get(name, "")
    return str(value).strip()
