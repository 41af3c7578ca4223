"""What the lists of the pipeline share."""

import json
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from unfold.admin import TabularInline

STATUS_COLOURS = {
    "pending": "info",
    "processing": "info",
    "completed": "success",
    "failed": "danger",
    "cancelled": "warning",
    "paused": "warning",
}


class RowsInline(TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def usd(amount: Decimal | None) -> str:
    """$0.0004: four places, more only where the amount would vanish."""
    if amount is None:
        return "–"
    if not amount:
        return "$0"
    return f"${amount:.4f}" if amount >= Decimal("0.0001") else f"${amount.normalize():f}"


def names_and_texts(value: dict[str, Any]) -> SafeString | str:
    """An object of JSON for people; the theme's own way colours it by styles that no page of ours allows."""
    rows = (
        (name, text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)) for name, text in value.items()
    )
    return format_html_join(mark_safe("<br>"), "{}: {}", rows) or "–"


def link(model: str, key: object, text: str) -> SafeString:
    return format_html('<a class="desk-link" href="{}">{}</a>', reverse(f"admin:{model}_change", args=[key]), text)


def link_to(row: Model | None) -> SafeString | str:
    """A link to a row's own page, a dash where there is none."""
    if row is None:
        return "–"
    return link(f"{row._meta.app_label}_{row._meta.model_name}", row.pk, str(row))
