"""Pages by the values of the last row: right while rows are added, and as quick at the end as at the beginning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Model, Q
from rest_framework import exceptions
from rest_framework.pagination import BasePagination, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

NEVER = Q(pk__in=[])
_SALT = "invoices.cursor"


@dataclass(frozen=True, slots=True)
class Order:
    """One column of an ordering. Rows without a value come last in ascending order and first in descending order, as
    PostgreSQL's indexes have them."""

    name: str
    descending: bool
    nullable: bool

    def after(self, value: Any) -> Q:
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if self.descending else NEVER
        if self.descending:
            return Q(**{f"{self.name}__lt": value})
        later = Q(**{f"{self.name}__gt": value})
        return later | Q(**{f"{self.name}__isnull": True}) if self.nullable else later

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def not_before(self, value: Any) -> Q:
        """What an index can begin at; implied by the rest."""
        if value is None:
            return Q()
        if self.descending:
            return Q(**{f"{self.name}__lte": value})
        return Q() if self.nullable else Q(**{f"{self.name}__gte": value})

    def reversed(self) -> Order:
        return Order(self.name, not self.descending, self.nullable)

    def __str__(self) -> str:
        return f"-{self.name}" if self.descending else self.name


class CursorPages(CursorPagination):
    """Django REST framework's own, which says so where ``page_size`` is not a number that may be asked for."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def get_page_size(self, request: Request) -> int:
        return size_of(request, usual=self.page_size, most=self.max_page_size)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            if parameter["name"] == self.page_size_query_param:
                parameter["schema"] = {"type": "integer", "minimum": 1, "maximum": self.max_page_size}
        return parameters


class KeysetPages(BasePagination):
    """``cursor`` and ``page_size``, and ``ordering`` by several of the view's ``ordering_fields``, ``-`` for
    descending; the view's ``ordering`` without it."""

    page_size = 50
    max_page_size = 200
    key = "id"

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self._request, self._label = request, queryset.model._meta.label
        size = size_of(request, usual=self.page_size, most=self.max_page_size)
        orders = _orders(queryset.model, self._ordering(request, view), self.key)
        values, back = self._cursor(request, queryset.model, orders)
        walked = [order.reversed() for order in orders] if back else orders
        if values is not None:
            queryset = queryset.filter(_beyond(walked, values))
        rows = self.fetch(queryset.order_by(*map(str, walked))[: size + 1])
        more, rows = len(rows) > size, rows[:size]
        if back:
            rows.reverse()
        self._next = self._link(orders, rows[-1], back=False) if rows and (more or back) else None
        self._previous = self._link(orders, rows[0], back=True) if rows and (more if back else values) else None
        return rows

    def fetch(self, page: Any) -> list[Any]:
        """The rows of an ordered and limited query."""
        return list(page)

    def value_of(self, row: Any, name: str) -> Any:
        """What a row that the query gave has in a column."""
        return getattr(row, name)

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self._next, "previous": self._previous, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri", "example": None}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        fields = ", ".join(getattr(view, "ordering_fields", ()))
        parameters = [
            ("cursor", {"type": "string"}, "From `next` or `previous` of another page."),
            ("page_size", {"type": "integer", "minimum": 1, "maximum": self.max_page_size}, "50 without it."),
        ]
        if fields:
            about = f"Comma-separated names, `-` before one for descending: {fields}. Empty values count as largest."
            parameters.append(("ordering", {"type": "string"}, about))
        return [
            {"name": name, "in": "query", "required": False, "schema": schema, "description": about}
            for name, schema, about in parameters
        ]

    def _ordering(self, request: Request, view: Any) -> list[str]:
        allowed = getattr(view, "ordering_fields", ())
        given = request.query_params.get("ordering") if allowed else None
        if not given:
            return list(view.ordering)
        return check_ordering(given, allowed)

    def _cursor(self, request: Request, model: type[Model], orders: list[Order]) -> tuple[list[Any] | None, bool]:
        given = request.query_params.get("cursor")
        if not given:
            return None, False
        wrong = exceptions.ValidationError({"cursor": "This cursor belongs to another list or ordering."})
        try:
            # Signed, so that what comes back are values that this list gave out.
            body = signing.loads(given, salt=_SALT)
        except signing.BadSignature:
            raise wrong from None
        if body["o"] != ",".join(map(str, orders)) or body["m"] != model._meta.label:
            raise wrong
        fields = [_column(model._meta.get_field(order.name)) for order in orders]
        values = [
            None if value is None else field.to_python(value) for field, value in zip(fields, body["v"], strict=True)
        ]
        return values, body["b"]

    def _link(self, orders: list[Order], row: Any, *, back: bool) -> str:
        values = [_plain(self.value_of(row, order.name)) for order in orders]
        body = {"o": ",".join(map(str, orders)), "m": self._label, "v": values, "b": back}
        cursor = signing.dumps(body, salt=_SALT, compress=False)
        others = [(k, v) for k, values in self._request.query_params.lists() for v in values if k != "cursor"]
        url: str = self._request.build_absolute_uri(self._request.path)
        return f"{url}?{urlencode([*others, ('cursor', cursor)])}"


def size_of(request: Request, *, usual: int, most: int) -> int:
    """How many rows a page has by ``page_size``. Raises ValidationError."""
    given = request.query_params.get("page_size")
    if given is None:
        return usual
    if not given.isascii() or not given.isdecimal() or not 1 <= int(given[:9]) <= most:
        raise exceptions.ValidationError({"page_size": f"A number from 1 to {most}."})
    return int(given)


def check_ordering(given: str, allowed: Sequence[str]) -> list[str]:
    """The names of an ``ordering`` parameter. Raises ValidationError."""
    names = [name.strip() for name in given.split(",") if name.strip()]
    wrong = [name for name in names if name.removeprefix("-") not in allowed]
    if wrong or len({name.removeprefix("-") for name in names}) != len(names) or not names:
        raise exceptions.ValidationError({"ordering": f"Choose from {', '.join(allowed)}, each at most once."})
    return names


def _orders(model: type[Model], ordering: list[str], key: str) -> list[Order]:
    nullable = {field.name: bool(getattr(_column(field), "null", False)) for field in model._meta.get_fields()}
    orders = [
        Order(name.removeprefix("-"), name.startswith("-"), nullable[name.removeprefix("-")]) for name in ordering
    ]
    if all(order.name != key for order in orders):
        orders.append(Order(key, orders[-1].descending, False))
    return orders


def _column(field: Any) -> Any:
    """Of a generated column the field that says what its values are."""
    return field.output_field if getattr(field, "generated", False) else field


def _beyond(orders: list[Order], values: list[Any]) -> Q:
    """Rows after the one with these values: later in the first column, or the same there and later in the next, …"""
    steps = []
    for index, (order, value) in enumerate(zip(orders, values, strict=True)):
        same = [o.same(v) for o, v in zip(orders[:index], values[:index], strict=True)]
        steps.append(reduce(and_, [*same, order.after(value)]))
    return orders[0].not_before(values[0]) & reduce(or_, steps)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or (isinstance(value, int | str) and not isinstance(value, Decimal)) else str(value)
