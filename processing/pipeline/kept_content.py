"""What the readers made of a document, kept: what one attempt read, the next does not read again."""

from __future__ import annotations

from typing import Any

from django.db import connection

from processing.content import codec
from processing.content.records import DocumentContent
from processing.models import Document, StoredContent

_KEEP = """
WITH counted AS (UPDATE processing_document SET page_count = %(pages)s WHERE id = %(document)s)
INSERT INTO processing_storedcontent (document_id, version, data, created_at)
VALUES (%(document)s, %(version)s, %(data)s, statement_timestamp())
ON CONFLICT (document_id) DO UPDATE
SET version = excluded.version, data = excluded.data, created_at = excluded.created_at
"""


def kept_content(document: Document) -> DocumentContent | None:
    """As an earlier attempt read it; None where none did, or the encoding has changed since."""
    if document.page_count is None:  # set with the content
        return None
    kept = StoredContent.objects.filter(document=document, version=codec.VERSION).first()
    return None if kept is None else codec.decode_content(bytes(kept.data))


def keep_content(document: Document, *, encoded: bytes, pages: int) -> None:
    """Keep what ``content_codec.encode_content`` made, and the number of pages."""
    values: dict[str, Any] = {
        "document": document.id,
        "version": codec.VERSION,
        "data": encoded,
        "pages": pages,
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values)
    document.page_count = pages
