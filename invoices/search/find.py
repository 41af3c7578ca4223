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
from invoices.search.words import query_of, query_of_value, telling_query_of

FEW = 4_000
# So many rows are read and sorted sooner than a list is walked until it has a page of them.
FEW_TO_SORT = 12_000
INDEXED = frozenset({"vendor_tax_id"})  # columns with an index of their own, of upper case
COMMON_SHARE, KNOWN_FOR_SECONDS = 0.05, 600.0
_KNOWN_WORDS = """
SELECT word, share >= %s, share * reltuples > %s
FROM pg_class JOIN pg_stats ON schemaname = relnamespace::regnamespace::text AND tablename = relname,
    unnest(most_common_elems::text::text[], most_common_elem_freqs) AS known (word, share)
WHERE pg_class.oid = %s::regclass AND attname = 'search' AND word IS NOT NULL
"""
# Words as a subquery: PostgreSQL takes the beginning of any word for a common one, and would look for it through all
# invoices in the order of the list, seconds where there is none. What it does not know it asks the index for.
_RARE = "SELECT id FROM invoices_invoice WHERE search @@ (SELECT CAST(%s AS tsquery)) LIMIT %s"
_known: tuple[float, frozenset[str], frozenset[str]] = (-KNOWN_FOR_SECONDS - 1, frozenset(), frozenset())


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
    """The invoices with these words where they are few."""
    with connection.cursor() as cursor:
        cursor.execute(_RARE, [words, FEW + 1])
        found = [key for (key,) in cursor.fetchall()]
    return found if len(found) <= FEW else None


def common_words() -> frozenset[str]:
    """The words of one invoice in twenty and more, as ANALYZE counted them. The index has a long list for each: found
    is what is rare, and then looked through for these."""
    return _known_words()[0]


def many_words() -> frozenset[str]:
    """The words of more invoices than are worth sorting, as ANALYZE counted them."""
    return _known_words()[1]


def _known_words() -> tuple[frozenset[str], frozenset[str]]:
    global _known
    read_at, common, many = _known
    if time.monotonic() - read_at > KNOWN_FOR_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(_KNOWN_WORDS, [COMMON_SHARE, FEW_TO_SORT, Invoice._meta.db_table])
            known = cursor.fetchall()
        common = frozenset(word for word, is_common, _ in known if is_common)
        many = frozenset(word for word, _, is_many in known if is_many)
        _known = (time.monotonic(), common, many)
    return common, many


def where_value(name: str, value: Any) -> Q:
    """The condition that a header field has this value, upper and lower case being the same. The words of the value
    are asked for first: the index gives few rows, which are then compared."""
    exact = Q(**{f"{name}__iexact" if isinstance(value, str) else name: value})
    words = "" if name in INDEXED else query_of_value(value)
    if not words:
        return exact
    # What no service wrote has no words yet.
    return exact & (Q(search=WordQuery(words)) | Q(search__isnull=True))
