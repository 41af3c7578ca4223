"""One page of a list that words narrow, in a time that hangs on what is found and not on how long the list is.

PostgreSQL would choose between the index of words and the list in its order by how many rows it believes to be found,
evenly spread: wrong by far for the beginning of a word, and for a year in a list by date. Here the words are first
looked for where they are rare; where they are not, on the first rows of the list; and else all that has them is sorted.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchVectorExact
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet

from invoices.models import Invoice
from invoices.search.find import FEW_TO_SORT, WordQuery, common_words, many_words
from invoices.search.words import query_of, rare_query_of, telling_query_of

# The rows on which the words of one invoice in a hundred fill a page.
WALKED = 5_000

# What has the words stands in the place of the table: filters and order are asked of it, and no index but theirs is
# used. The words are a subquery, because what the planner believes of them would lead it astray.
_FEW = """
WITH invoices_invoice AS MATERIALIZED (
    SELECT * FROM invoices_invoice WHERE search @@ (SELECT CAST(%s AS tsquery)) LIMIT %s
)
SELECT (SELECT count(*) FROM invoices_invoice), ARRAY(
    WITH invoices_invoice AS MATERIALIZED (SELECT * FROM invoices_invoice WHERE id IN (SELECT id FROM ({page}) AS page))
    {shown}
)
"""
# Row by row until the page is full, after all rows were put in order: OFFSET keeps the two apart.
_FIRST_WITH = "SELECT id FROM ({ordered} OFFSET 0) AS ordered WHERE search @@ CAST(%s AS tsquery) LIMIT %s"
_WALKED = """
WITH walked AS MATERIALIZED ({ordered} LIMIT %s),
    page AS MATERIALIZED (SELECT id FROM walked WHERE search @@ CAST(%s AS tsquery) LIMIT %s)
SELECT CASE WHEN (SELECT count(*) FROM page) < %s THEN (SELECT count(*) FROM walked) END, ARRAY(
    WITH invoices_invoice AS MATERIALIZED (SELECT * FROM invoices_invoice WHERE id IN (SELECT id FROM page))
    {shown}
)
"""
_ALL = """
WITH page AS MATERIALIZED (
    WITH invoices_invoice AS (SELECT * FROM invoices_invoice WHERE search @@ (SELECT CAST(%s AS tsquery)) OFFSET 0)
    {page}
), invoices_invoice AS MATERIALIZED (SELECT * FROM invoices_invoice WHERE id IN (SELECT id FROM page))
SELECT NULL, ARRAY({shown})
"""
# The first columns of orders that an index has: of others the whole list would be sorted.
_WALKABLE = {index.fields[0] for index in Invoice._meta.indexes if index.fields}


class WordsStand(SearchVectorExact):
    """The condition that these words stand on an invoice; ``found_by`` are queries for the index that find all such
    invoices and perhaps more, the quickest first."""

    def __init__(self, words: str, found_by: tuple[str, ...]) -> None:
        super().__init__(F("search"), WordQuery(words))
        self.words, self.found_by = words, found_by


def by_words(invoices: QuerySet[Invoice], typed: str) -> QuerySet[Invoice]:
    """As ``find_words``, for a list of which one page is wanted: ``page_by_words`` gives it."""
    if not typed.strip():
        return invoices
    common = common_words()
    words = query_of(typed, common)
    if not words:
        return invoices.none()
    rare, telling = rare_query_of(typed, common), telling_query_of(typed, common)
    found_by = () if rare.strip("'") in many_words() else tuple(dict.fromkeys(filter(None, (rare, telling))))
    return invoices.filter(WordsStand(words, found_by))


def page_by_words(page: QuerySet[Invoice, Any], shown: QuerySet[Invoice, Any]) -> list[Any] | None:
    """A page of a list that ``by_words`` narrowed: what ``shown`` selects of the invoices that the ordered and limited
    ``page`` has, in the order of ``shown``. None where no words narrow it."""
    asked = next((each for each in page.query.where.children if isinstance(each, WordsStand)), None)
    if asked is None:
        return None
    rest = page.values_list("id", "search")
    rest.query.where.children.remove(asked)
    rest.query.clear_limits()
    try:
        return _Page(asked, page.query.high_mark or 0, rest, shown).rows()
    except EmptyResultSet:
        return []


class _Page:
    """What is sent for a page: ``rest`` are all rows of the list, in order, whatever their words."""

    def __init__(
        self, asked: WordsStand, size: int, rest: QuerySet[Invoice, Any], shown: QuerySet[Invoice, Any]
    ) -> None:
        self._asked, self._size = asked, size
        self._ordered, self._params = rest.query.sql_with_params()
        self._shown, self._shown_params = shown.query.sql_with_params()
        self._first_column = str(rest.query.order_by[0]).removeprefix("-")

    def rows(self) -> list[Any]:
        for words in self._asked.found_by:
            found = self._of_few(words)
            if found is not None:
                return found
        found = self._on_the_way() if self._first_column in _WALKABLE else None
        return self._of_all() if found is None else found

    def _of_few(self, words: str) -> list[Any] | None:
        """None where these words are on more invoices than are worth sorting."""
        page, params = self._first_of(words)
        found, rows = self._sent(_FEW.format(page=page, shown=self._shown), [words, FEW_TO_SORT + 1, *params])
        return rows if found <= FEW_TO_SORT else None

    def _on_the_way(self) -> list[Any] | None:
        """None where the first rows of the list do not fill the page, and there are more."""
        sql = _WALKED.format(ordered=self._ordered, shown=self._shown)
        walked, rows = self._sent(sql, [*self._params, WALKED, self._asked.words, self._size, self._size])
        return rows if walked is None or walked < WALKED else None

    def _of_all(self) -> list[Any]:
        words = next(reversed(self._asked.found_by), self._asked.words)
        page, params = self._first_of(words)
        _, rows = self._sent(_ALL.format(page=page, shown=self._shown), [words, *params])
        return rows

    def _first_of(self, words: str) -> tuple[str, list[Any]]:
        """The page of what has these words: as many as fill it, that have all words."""
        if words == self._asked.words:
            return f"{self._ordered} LIMIT %s", [*self._params, self._size]
        return _FIRST_WITH.format(ordered=self._ordered), [*self._params, self._asked.words, self._size]

    def _sent(self, sql: str, params: list[Any]) -> tuple[Any, list[Any]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, [*params, *self._shown_params])
            counted, rows = cursor.fetchone()
        return counted, list(rows)
