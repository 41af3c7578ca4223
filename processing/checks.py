"""What must be right before anything starts (Django's system checks)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


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
