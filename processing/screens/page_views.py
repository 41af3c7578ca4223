"""What a document looks like beside its fields: pages with their size, or rows of cells where there is no picture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from processing.content import codec
from processing.content.records import Page as ContentPage
from processing.models import Document, StoredContent
from processing.readers import media_types

MAX_ROWS = 400  # of a page without a picture: what a person reads
_LINE = re.compile(r"^line:(\d+) col:(\d+)-(\d+)$")
PICTURES = media_types.IMAGES | {"application/pdf"}


@dataclass(frozen=True, slots=True)
class ShownCell:
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class ShownPage:
    """``width`` and ``height`` in points where the page is a picture; else ``rows`` of cells. ``kind`` is picture,
    text (lines as typed), grid (a sheet) or tree (the fields of an XML file)."""

    number: int
    kind: str
    width: float = 0.0
    height: float = 0.0
    name: str = ""
    rows: list[tuple[str, list[ShownCell]]] = field(default_factory=list)
    rows_left_out: int = 0


def shown_pages(document: Document, *, row: int = 1, count: int = MAX_ROWS) -> list[ShownPage]:
    """The pages as they were read, without a picture ``count`` rows from the one with this number on; empty where the
    document was not read, or its content was deleted."""
    stored = StoredContent.objects.filter(document=document, version=codec.VERSION).first()
    if stored is None:
        return []
    found = codec.decode_window(bytes(stored.data), row=row, count=min(count, MAX_ROWS))
    return [_shown(page, rows, document) for page, rows in found if page.rows or page.width]


def _shown(page: ContentPage, count: int, document: Document) -> ShownPage:
    if page.width and page.height and document.media_type in PICTURES:
        return ShownPage(page.number, "picture", page.width, page.height, page.name)
    rows = page.rows
    cells = [cell for row in rows for cell in row.cells]
    if any(cell.place.path for cell in cells):
        kind = "tree"
    else:
        kind = "text" if any(_LINE.match(cell.place.cell or "") for cell in cells) else "grid"
    shown = [_typed_line(row.cells) if kind == "text" else _cells(row, kind) for row in rows]
    return ShownPage(page.number, kind, name=page.name, rows=shown, rows_left_out=count - len(rows))


def _cells(row: Any, kind: str) -> tuple[str, list[ShownCell]]:
    if kind == "tree":
        *names, value = row.cells  # the path is the same for both; what was read is the value
        return "", [*(ShownCell(cell.text) for cell in names), ShownCell(value.text, value.place.path or "")]
    by_column = {cell.column: cell for cell in row.cells}
    width = min(max(by_column, default=-1) + 1, 60)
    shown = [
        ShownCell(by_column[i].text, by_column[i].place.cell or "") if i in by_column else ShownCell("")
        for i in range(width)
    ]
    number = next((found[1] for c in row.cells if (found := re.search(r"(\d+)$", c.place.cell or ""))), "")
    return number, shown


def _typed_line(cells: Any) -> tuple[str, list[ShownCell]]:
    """The cells of a line with the spaces between them, so that columns stand under each other as they were typed."""
    shown: list[ShownCell] = []
    at, number = 1, ""
    for cell in cells:
        found = _LINE.match(cell.place.cell or "")
        if found:
            number = found[1]
            shown.append(ShownCell(" " * max(0, int(found[2]) - at)))
            at = int(found[3]) + 1
        shown.append(ShownCell(cell.text, cell.place.cell or ""))
    return number, shown
