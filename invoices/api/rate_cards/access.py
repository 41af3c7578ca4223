"""Roles, pages and entity tags of the rate cards' API."""

from __future__ import annotations

import re

from django.contrib.auth.models import AbstractBaseUser
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from common.api.paging import CursorPages
from common.errors import VersionConflict
from common.roles import Role, has_role
from invoices.models import RateCard

_TAG = re.compile(r'^\s*(?:W/)?"(\d{1,9})"\s*$')


class ReadsOrReviews(BasePermission):
    """Every account reads what it may see; changing and deciding take a reviewer."""

    message = "This requires the reviewer role."

    def has_permission(self, request: Request, view: APIView) -> bool:
        role = Role.VIEWER if request.method in SAFE_METHODS else Role.REVIEWER
        return has_role(request.user, role)


class Reads(BasePermission):
    """A quote changes nothing, though it is asked for by POST."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return has_role(request.user, Role.VIEWER)


class NewestFirst(CursorPages):
    """Pages that stay right while rows are added, at the same cost on the last page as on the first."""

    ordering = ("-created_at", "id")


class InCardOrder(CursorPages):
    """The rows of one card as they stand in it."""

    ordering = ("position",)
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 1000


def account_of(request: Request) -> AbstractBaseUser:
    """Who asks; the permission classes let nobody else in."""
    if not isinstance(request.user, AbstractBaseUser):
        raise NotAuthenticated
    return request.user


def etag_of(card: RateCard) -> str:
    return f'"{card.revision}"'


def revision_wanted(request: Request) -> int | None:
    """The revision that If-Match names (RFC 9110, 13.1.1); None where it names none or any.

    Raises VersionConflict for a tag that is none of ours."""
    header = request.headers.get("If-Match", "").strip()
    if not header or header == "*":
        return None
    match = _TAG.match(header)
    if match is None:
        raise VersionConflict
    return int(match[1])
