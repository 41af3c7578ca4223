"""Numbers and changes as people write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

register = template.Library()


@register.filter
def plain(value: Any, places: int = 0) -> str:
    """A number with thousands apart, without needless zeros but with ``places`` at least; empty for None."""
    if value is None or value == "":
        return ""
    number = Decimal(value).normalize()
    exponent = number.as_tuple().exponent
    return f"{number:,.{max(places, -exponent if isinstance(exponent, int) else 0)}f}"


@register.filter
def told(value: Any) -> Any:
    """A value of a change in words: of a review reason or a finding its sentence, and what was decided before it."""
    if not isinstance(value, dict) or "message" not in value:
        return value
    return f"{value['status']}: {value['message']}" if "status" in value else value["message"]
