"""Pages of lists."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from common.api.paging import CursorPages


class NewestFirst(CursorPages):
    """Pages that stay right while rows are added, at the same cost on the last page as on the first.

    A view may offer more orders by ``ordering_choices``, a tuple of columns that are never empty: ``?ordering=`` takes
    each of them, also with a minus before it.
    """

    ordering = ("-created_at", "id")

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> tuple[str, ...]:
        wished = request.query_params.get("ordering")
        if not wished or not getattr(view, "ordering_choices", ()):
            return self.ordering
        if wished not in _choices(view):
            raise serializers.ValidationError({"ordering": [f"Choose one of {', '.join(_choices(view))}."]})
        return (wished, "id")

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        if getattr(view, "ordering_choices", ()):
            schema = {"type": "string", "enum": list(_choices(view)), "default": "-created_at"}
            parameters.append({"name": "ordering", "in": "query", "required": False, "schema": schema})
        return parameters


def _choices(view: Any) -> tuple[str, ...]:
    return tuple(f"{sign}{name}" for name in view.ordering_choices for sign in ("", "-"))
