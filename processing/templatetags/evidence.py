"""Marks in the text of a document where a value was read."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from processing.screens.page_views import ShownCell

register = template.Library()


@register.simple_tag
def mark(cell: ShownCell, places: Mapping[str, list[str]]) -> SafeString | str:
    """The text of a cell, in a ``<mark>`` that the fields that were read there lead to."""
    anchors = places.get(cell.place) if cell.place else None
    if not anchors:
        return cell.text
    targets = format_html_join("", '<span id="at-{}"></span>', ((anchor,) for anchor in anchors))
    return format_html('<mark data-of="{}">{}{}</mark>', " ".join(anchors), targets, cell.text)
