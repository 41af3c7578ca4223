"""Roles at the door of this app's API."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from common.roles import Role, has_role


def person(request: Request) -> AbstractBaseUser:
    """Who asks. The permissions of each view have let nobody in who is not signed in."""
    assert isinstance(request.user, AbstractBaseUser)
    return request.user


class ReadsOrReviews(BasePermission):
    """Every account reads what it may see; correcting and deciding take a reviewer."""

    message = "This requires the reviewer role."

    def has_permission(self, request: Request, view: APIView) -> bool:
        role = Role.VIEWER if request.method in SAFE_METHODS else Role.REVIEWER
        return has_role(request.user, role)
