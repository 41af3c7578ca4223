"""What must be right before anything starts (Django's system checks)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register


@register()
def check_sign_in(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Google's key and secret come together; a public site should say whose people may sign in."""
    messages: list[CheckMessage] = []
    if bool(settings.GOOGLE_OAUTH2_SECRET) and not settings.GOOGLE_OAUTH2_KEY:
        messages.append(
            Error(
                "GOOGLE_OAUTH2_SECRET is set without GOOGLE_OAUTH2_KEY.",
                hint="Set both, or neither.",
                id="accounts.E001",
            )
        )
    if settings.GOOGLE_ALLOWED_DOMAINS and not settings.GOOGLE_OAUTH2_KEY:
        messages.append(
            Warning(
                "GOOGLE_ALLOWED_DOMAINS is set, but sign-in with Google is not (GOOGLE_OAUTH2_KEY).",
                id="accounts.W001",
            )
        )
    if settings.GOOGLE_OAUTH2_KEY and not settings.GOOGLE_ALLOWED_DOMAINS and settings.SIGN_IN_ROLE != "viewer":
        messages.append(
            Warning(
                f"Anyone with a Google account becomes {settings.SIGN_IN_ROLE} at the first sign-in.",
                hint="Set GOOGLE_ALLOWED_DOMAINS, or SIGN_IN_ROLE to viewer.",
                id="accounts.W002",
            )
        )
    return messages
