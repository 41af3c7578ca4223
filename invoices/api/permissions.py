"""Roles at the door of this app's API."""

from __future__ import annotations

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from invoices.roles import Role, has_role


class ReadsOrReviews(BasePermission):
    """Every account reads what it may see; correcting and deciding take a reviewer."""

    message = "This needs the role reviewer."

    def has_permission(self, request: Request, view: APIView) -> bool:
        role = Role.VIEWER if request.method in SAFE_METHODS else Role.REVIEWER
        return has_role(request.user, role)
