"""What must be right before anything starts (Django's system checks)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, transaction

from processing.sandbox import walls


@register()
def check_prices(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """A model without a known price is refused at start: without a price no ceiling can be kept."""
    # The client of models takes a second to import: only a process that has a model to check pays for it.
    from processing.llm.prices import PriceUnknown
    from processing.spending.configured import configured_client, fallback_of, model_is_configured, price_of

    if not model_is_configured():
        return []
    client = configured_client()
    messages: list[CheckMessage] = []
    for each, setting in ((client, "LLM_MODEL"), (fallback_of(client), "LLM_FALLBACK_MODEL")):
        if each is None:
            continue
        try:
            price_of(each)
        except PriceUnknown as error:
            messages.append(Error(error.message, hint=f"See {setting}.", obj=settings, id="processing.E001"))
    return messages


_WALLS = {"landlock": "Landlock (Linux 5.13 or newer)", "seccomp": "seccomp (libseccomp 2)"}


@register(deploy=True)
def check_walls(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Processes that read documents are kept from files and the network by the kernel, where it can do that."""
    offered = walls.walls_offered()
    missing = [words for name, words in _WALLS.items() if name not in offered]
    if not missing:
        return []
    text = f"Not available here: {' and '.join(missing)}. Readers of documents are bounded by resource limits only."
    return [Warning(text, hint="See docs/security.md.", id="processing.W001")]


@register(Tags.database)
def check_month(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """``MONTHLY_BUDGET_USD`` seeds the first month only: where it says something else than the books, a person should
    know."""
    from processing.models import Budget

    if not databases:
        return []
    try:
        with transaction.atomic():
            month = Budget.objects.filter(scope=Budget.Scope.MONTH).order_by("-key").first()
    except DatabaseError:  # before the first `migrate`, or the database is away: another time
        return []
    setting = settings.MONTHLY_BUDGET_USD
    if month is None or setting is None or setting == month.budget_usd:
        return []
    ceiling = "no ceiling" if month.budget_usd is None else f"a ceiling of ${month.budget_usd.normalize():f}"
    text = f"The month {month.key} has {ceiling}; MONTHLY_BUDGET_USD says ${setting:f} and does not change it."
    return [Warning(text, hint="Set it with `manage.py set_budget` or in the admin.", id="processing.W002")]
