"""What the frame of every page shows: navigation by role, version, time zone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from common.roles import Role, has_role

_NAVIGATION = (
    ("home", "Documents", Role.VIEWER),
    ("upload", "Upload", Role.OPERATOR),
    ("rate-cards", "Rate cards", Role.VIEWER),
    ("my-spend", "Spend", Role.VIEWER),
)


def site(request: HttpRequest) -> dict[str, Any]:
    """A context processor."""
    user = getattr(request, "user", None)
    found = {"site_version": settings.SPECTACULAR_SETTINGS["VERSION"], "site_time_zone": _zone_name()}
    if request.path.startswith("/admin/") or not getattr(user, "is_authenticated", False):
        return found
    return found | {"site_navigation": _navigation(request)}


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    items = []
    for name, label, role in _NAVIGATION:
        if has_role(request.user, role):
            url = reverse(name)
            current = request.path == url if url == "/" else request.path.startswith(url)
            items.append({"url": url, "label": label, "current": current})
    if getattr(request.user, "is_staff", False):
        items.append({"url": reverse("admin:index"), "label": "Review desk", "current": False})
    return items


def _zone_name() -> str:
    return timezone.get_current_timezone_name().rsplit("/", 1)[-1].replace("_", " ")
