"""The history of invoices for an auditor: every change with what links it to the one before.

JSON Lines, ordered by invoice and position. ``old`` and ``new`` are the JSON texts that were digested (null: none); of
an erased row they are gone and ``digests`` has what stays. How the links are computed is in ``docs/backups.md``;
``docs/verify_history.py`` checks them without this software.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

_ROWS_AT_ONCE = 2_000
_ROWS = """
SELECT invoice_id::text, position, version, field, old::text, new::text, nullif(why, ''),
    to_char(changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), changed_by_id, salt::text, digests, hash
FROM invoices_invoicechange
WHERE (%(invoice)s::uuid IS NULL OR invoice_id = %(invoice)s)
    AND (%(since)s::timestamptz IS NULL OR invoice_id IN (
        SELECT invoice_id FROM invoices_invoicechange WHERE changed_at >= %(since)s))
ORDER BY invoice_id, position
"""
_NAMES = ("invoice", "position", "version", "field", "old", "new", "why", "at", "by", "salt", "digests", "hash")


def history_lines(*, invoice_id: UUID | None = None, since: datetime | None = None) -> Iterator[str]:
    """One line a change, of all invoices, of one, or of those that changed ``since`` (each with its whole chain)."""
    with transaction.atomic(), connection.cursor() as base:
        name = "history_export"
        base.execute(f"DECLARE {name} NO SCROLL CURSOR FOR {_ROWS}", {"invoice": invoice_id, "since": since})
        while True:
            base.execute(f"FETCH {_ROWS_AT_ONCE} FROM {name}")
            rows = base.fetchall()
            if not rows:
                base.execute(f"CLOSE {name}")
                return
            for row in rows:
                yield json.dumps(dict(zip(_NAMES, row, strict=True)), ensure_ascii=False) + "\n"


_BROKEN = """
SELECT invoice_id, position FROM (
    SELECT c.*, lag(c.hash, 1, '') OVER chain AS before, row_number() OVER chain AS place
    FROM invoices_invoicechange c WINDOW chain AS (PARTITION BY c.invoice_id ORDER BY c.position)
) AS linked
WHERE position IS NOT NULL AND (position <> place OR hash IS DISTINCT FROM invoices_change_hash(
    before, invoice_id, position, version, coalesce(digests, ARRAY[
        invoices_value_digest(salt, old::text), invoices_value_digest(salt, new::text),
        invoices_value_digest(salt, nullif(why, ''))]), changed_at, changed_by_id, field))
ORDER BY invoice_id, position
"""


def broken_links() -> Iterator[tuple[UUID, int]]:
    """Invoice and position of each change that does not fit the one before it, or is not what was written."""
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN)
        yield from cursor.fetchall()
