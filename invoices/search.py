"""Finding invoices by words: one inverted index serves full-text search and the filters on every text field."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from invoices.models import Invoice
from invoices.search_words import query_of, query_of_value

FEW = 2_000


class WordQuery(SearchQuery):
    """A tsquery as it is written. ``to_tsquery`` would cut our words once more by the rules of its own parser."""

    def __init__(self, words: str) -> None:
        super().__init__(words, search_type="raw", config="simple")
        self._words = words

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:
        return "CAST(%s AS tsquery)", [self._words]


def find_words(invoices: QuerySet[Invoice], typed: str) -> QuerySet[Invoice]:
    """The invoices in whose fields, lines or document all typed words stand; each word, from three letters or four
    digits on, may be the beginning of one. Numbers are found with or without their signs (``INV-2026/7``)."""
    if not typed.strip():
        return invoices
    words = query_of(typed)
    if not words:
        return invoices.none()
    if any(character.isdigit() for character in typed):
        few = _rare(words)
        if few is not None:
            return invoices.filter(pk__in=few)
    return invoices.filter(search=WordQuery(words))


def _rare(words: str) -> list[UUID] | None:
    """The invoices with these words where they are few. PostgreSQL takes the beginning of any number for a common one
    and would look for it through all invoices in the order of the list."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        found = list(Invoice.objects.order_by().filter(search=WordQuery(words)).values_list("pk", flat=True)[: FEW + 1])
        cursor.execute("SET LOCAL enable_seqscan = on")
    return found if len(found) <= FEW else None


def where_value(name: str, value: Any) -> Q:
    """The condition that a header field has this value, upper and lower case being the same. The words of the value
    are asked for first: the index gives few rows, which are then compared."""
    exact = Q(**{f"{name}__iexact" if isinstance(value, str) else name: value})
    words = query_of_value(value)
    if not words:
        return exact
    # What no service wrote has no words yet.
    return exact & (Q(search=WordQuery(words)) | Q(search__isnull=True))
