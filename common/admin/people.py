"""The signed-in user of a request."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def person(request: HttpRequest) -> User:
    """The account behind a request of the admin, which is always signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
