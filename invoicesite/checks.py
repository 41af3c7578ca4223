"""What of the pooler and of proxies is said at start (Django's system checks)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


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


@register(Tags.security)
def check_proxies_are_few(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Whoever is a trusted proxy says who its client is: that must not be everybody."""
    wide = [str(network) for network in settings.TRUSTED_PROXIES if network.prefixlen == 0]
    if not wide:
        return []
    return [
        Warning(
            f"TRUSTED_PROXIES holds {' and '.join(wide)}: every client may say that it is another, and no limit holds.",
            hint="Name the addresses of your proxies alone.",
            id="invoicesite.W002",
        )
    ]
