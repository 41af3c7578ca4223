"""In and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode


class SignIn(LoginView):
    """Google where it is set up; name and password unless LOCAL_ACCOUNTS is off."""

    template_name = "web/accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            with_google=bool(settings.GOOGLE_OAUTH2_KEY),
            with_password=settings.LOCAL_ACCOUNTS,
            domains=settings.GOOGLE_ALLOWED_DOMAINS,
            **kwargs,
        )


def desk_sign_in(request: HttpRequest) -> HttpResponse:
    """The admin's own address for signing in: one page signs in everybody. Who is signed in and comes here has no right
    to the desk."""
    if request.user.is_authenticated:
        raise PermissionDenied("The review desk is for staff.")
    return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.GET.get('next', '/admin/')})}")
