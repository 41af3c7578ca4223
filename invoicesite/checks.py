"""What of the database and its pooler is said at start (Django's system checks)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning, register


@register()
def check_pooler(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """What does not work behind a pooler that hands on connections between transactions."""
    if settings.DATABASE_POOLER != "transaction" or settings.DATABASE_DIRECT_URL:
        return []
    return [
        Warning(
            "DATABASE_POOLER is transaction, but DATABASE_DIRECT_URL is not set: pages hear of changes of jobs only "
            "every 15 seconds, and two `migrate` at once do not wait for each other.",
            hint="Set DATABASE_DIRECT_URL to the address of PostgreSQL itself. Time-outs are the role's then: "
            "ALTER ROLE … SET statement_timeout.",
            id="invoicesite.W001",
        )
    ]
