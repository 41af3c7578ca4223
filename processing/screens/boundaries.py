"""Where the invoices in a file begin, as people are shown it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from processing.models import Document
from processing.readers import media_types
from processing.services.boundaries import BOUNDARIES, FOUND, HISTORY


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Page numbers, 1-based: ``starts`` begin a part, ``left_out`` belong to none, ``doubtful`` may begin one.
    ``parts``: number, pages, document, invoice and its status. ``history``: who moved them, when and why."""

    page_count: int
    starts: list[int]
    left_out: list[int]
    doubtful: list[int]
    parts: list[dict[str, Any]]
    history: list[dict[str, Any]]


def may_have_parts(document: Document) -> bool:
    """Whether a document's pages can be taken apart: a PDF or TIFF of several pages that is no part itself."""
    return (
        document.kind == Document.Kind.INVOICE
        and document.media_type in media_types.PAGED
        and (document.page_count or 0) > 1
        and "pages" not in document.source_detail.get("part", {})
    )


def boundaries_of(document: Document) -> Boundaries:
    """Those that a person gave, else those that the rules found."""
    detail = document.source_detail
    found = detail.get(FOUND, {})
    said = detail.get(BOUNDARIES)
    now = said or found
    return Boundaries(
        page_count=document.page_count or 0,
        starts=list(now.get("starts", [])) or [1],
        left_out=list(now.get("left_out", [])),
        doubtful=[] if said else list(found.get("doubtful", [])),
        parts=_parts(document),
        history=list(detail.get(HISTORY, [])),
    )


def _parts(document: Document) -> list[dict[str, Any]]:
    noted = [note for note in document.source_detail.get("parts", []) if note.get("pages")]
    ids = [note["document"] for note in noted if "document" in note]
    by_id = {str(part.id): part for part in Document.objects.select_related("invoice").filter(id__in=ids)}
    shown = []
    for note in noted:
        part = by_id.get(note.get("document", ""))
        invoice = part.invoice if part is not None else None
        shown.append(
            {
                "number": note["number"],
                "pages": note["pages"],
                "document": str(part.id) if part is not None else None,
                "invoice": str(invoice.id) if invoice is not None else None,
                "invoice_number": invoice.invoice_number if invoice is not None else "",
                "status": invoice.status if invoice is not None else "",
                "error": note.get("error"),
            }
        )
    return shown
