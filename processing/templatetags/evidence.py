"""Marks in the text of a document where a value was read."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from processing.page_views import ShownCell

register = template.Library()


@register.simple_tag
def mark(cell: ShownCell, places: Mapping[str, str]) -> SafeString | str:
    """The text of a cell, in a ``<mark>`` that its field leads to where one was read there."""
    anchor = places.get(cell.place) if cell.place else None
    if anchor is None:
        return cell.text
    return format_html('<mark id="at-{}" data-of="{}">{}</mark>', anchor, anchor, cell.text)
