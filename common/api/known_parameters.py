"""Filters of lists that refuse what they do not know."""

from __future__ import annotations

from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.settings import api_settings


class KnownParameters(DjangoFilterBackend):
    """django-filter's own for lists and exports. A parameter that none of them knows is refused: ``?statuss=approved``
    would give everything. What a view reads itself it names in ``query_parameters``."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        if request.method in ("GET", "HEAD") and not isinstance(view, RetrieveModelMixin):
            unknown = sorted(set(request.query_params) - self._known(view, queryset))
            if unknown:
                raise exceptions.ValidationError({name[:100]: "There is no such parameter." for name in unknown})
        return super().filter_queryset(request, queryset, view)

    def _known(self, view: Any, queryset: Any) -> set[str]:
        known = {*getattr(view, "query_parameters", ()), api_settings.URL_FORMAT_OVERRIDE}
        filters = self.get_filterset_class(view, queryset)
        if filters is not None:
            known |= set(filters.base_filters)
        pages = getattr(view, "paginator", None)
        if pages is not None:
            known |= {parameter["name"] for parameter in pages.get_schema_operation_parameters(view)}
        return known
