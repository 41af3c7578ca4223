"""Roles at the door of the API."""

from __future__ import annotations

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from common.roles import Role, has_role


class ReadsOrOperates(BasePermission):
    """Every account reads what it may see; submitting, trying again and cancelling take an operator."""

    message = "This requires the operator role."

    def has_permission(self, request: Request, view: APIView) -> bool:
        role = Role.VIEWER if request.method in SAFE_METHODS else Role.OPERATOR
        return has_role(request.user, role)
