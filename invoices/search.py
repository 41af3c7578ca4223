"""Finding invoices by words: one inverted index serves full-text search and the filters on every text field."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchVectorExact, SearchVectorField
from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce

from invoices.models import Invoice
from invoices.search_words import query_of, query_of_value, telling_query_of

FEW = 4_000
INDEXED = frozenset({"vendor_tax_id"})  # columns with an index of their own, of upper case
COMMON_SHARE, COMMON_FOR_SECONDS = 0.05, 600.0
_COMMON_WORDS = """
SELECT word FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common (word, share)
WHERE schemaname = ANY(current_schemas(false)) AND tablename = %s AND attname = 'search' AND word IS NOT NULL
    AND share >= %s
"""
_common: tuple[float, frozenset[str]] = (-COMMON_FOR_SECONDS - 1, frozenset())


class WordQuery(SearchQuery):
    """A tsquery as it is written. ``to_tsquery`` would cut our words once more by the rules of its own parser."""

    def __init__(self, words: str) -> None:
        super().__init__(words, search_type="raw", config="simple")
        self._words = words

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:
        return "CAST(%s AS tsquery)", [self._words]


def find_words(invoices: QuerySet[Invoice], typed: str) -> QuerySet[Invoice]:
    """The invoices in whose fields, lines or document all typed words stand; each word, from three letters or four
    digits on, may be the beginning of one, unless it stands on one invoice in twenty itself. Numbers are found with or
    without their signs (``INV-2026/7``)."""
    if not typed.strip():
        return invoices
    common = common_words()
    words = query_of(typed, common)
    if not words:
        return invoices.none()
    telling = telling_query_of(typed, common)
    few = _rare(telling) if telling else None
    if few is None:
        return invoices.filter(search=WordQuery(words))
    # As a list of values the planner may look for them through the whole of some other index.
    found = invoices.filter(pk__in=RawSQL("SELECT unnest(%s::uuid[])", [few]))
    if telling == words:
        return found
    # On the rows: as a condition on the column it would go to the index, where the common words have their long lists.
    on_row = Coalesce(F("search"), Cast(Value(""), SearchVectorField()))
    return found.filter(SearchVectorExact(on_row, WordQuery(words)))


def _rare(words: str) -> list[UUID] | None:
    """The invoices with these words where they are few. PostgreSQL takes the beginning of any word for a common one and
    would look for it through all invoices in the order of the list: seconds where there is none."""
    wanted = Invoice.objects.order_by().filter(search=WordQuery(words)).values_list("pk")[: FEW + 1]
    sql, params = wanted.query.sql_with_params()
    with connection.cursor() as cursor:
        # One message and one transaction of its own, or a part of the one that runs.
        cursor.execute(f"SET LOCAL enable_seqscan = off; {sql}; SET LOCAL enable_seqscan = on", params)
        cursor.nextset()
        found = [key for (key,) in cursor.fetchall()]
    return found if len(found) <= FEW else None


def common_words() -> frozenset[str]:
    """The words of one invoice in twenty and more, as ANALYZE counted them. The index has a long list for each: found
    is what is rare, and then looked through for these."""
    global _common
    read_at, words = _common
    if time.monotonic() - read_at > COMMON_FOR_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(_COMMON_WORDS, [Invoice._meta.db_table, COMMON_SHARE])
            words = frozenset(word for (word,) in cursor.fetchall())
        _common = (time.monotonic(), words)
    return words


def where_value(name: str, value: Any) -> Q:
    """The condition that a header field has this value, upper and lower case being the same. The words of the value
    are asked for first: the index gives few rows, which are then compared."""
    exact = Q(**{f"{name}__iexact" if isinstance(value, str) else name: value})
    words = "" if name in INDEXED else query_of_value(value)
    if not words:
        return exact
    # What no service wrote has no words yet.
    return exact & (Q(search=WordQuery(words)) | Q(search__isnull=True))
