"""A few rows of a document as a rate card is read: what the review page shows beside the mapping. Pure."""

from __future__ import annotations

from typing import Any

from processing.content import DocumentContent
from processing.ratecards.sheets import sheets_of

MOST_ROWS = 500


def window_of(content: DocumentContent, *, sheet: int, first: int, count: int) -> dict[str, Any]:
    """Rows of one sheet (as mapping plans count them) from its ``first``-th row on, and which sheets there are.

    ``{"sheets": [{"index", "name", "rows"}], "sheet", "first", "total", "rows": [{"number", "page", "cells": [[column,
    text, address or box]]}], "pages": {page: [width, height]}}``
    """
    sheets = sheets_of(content)
    chosen = next((each for each in sheets if each.index == sheet), None)
    rows = chosen.rows[first : first + min(count, MOST_ROWS)] if chosen else ()
    shown = {cell.place.page for row in rows for cell in row.cells if cell.place.box is not None}
    return {
        "sheets": [
            {"index": each.index, "name": each.name or f"Table {each.index + 1}", "rows": len(each.rows)}
            for each in sheets
        ],
        "sheet": sheet,
        "first": first,
        "total": len(chosen.rows) if chosen else 0,
        "rows": [
            {
                "number": row.number,
                "page": row.page,
                "cells": [
                    [cell.column or 0, cell.text, cell.place.cell or (list(cell.place.box) if cell.place.box else "")]
                    for cell in row.cells
                ],
            }
            for row in rows
        ],
        "pages": {page.number: [page.width, page.height] for page in content.pages if page.number in shown},
    }
