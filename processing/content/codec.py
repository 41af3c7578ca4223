"""DocumentContent as compressed JSON and back: what one attempt read, the next does not read again. Pure."""

from __future__ import annotations

import bisect
import json
import re
import zlib
from typing import Any

from invoices.records import Place, ReviewReason
from processing.content.records import Cell, DocumentContent, Page, Row, Word

VERSION = 2
_CHUNK = 500  # rows
_ADDRESS = re.compile(r"(?:.*!)?[A-Z]{1,3}(\d{1,7})")


def encode_content(content: DocumentContent) -> bytes:
    """Compact arrays instead of objects: a page of 400 words takes about 6 kB."""
    return compress(content_to_json(content))


def compress(content_json: bytes) -> bytes:
    """What ``content_to_json`` gave, as it is kept."""
    return zlib.compress(content_json, 1)


def decode_content(data: bytes) -> DocumentContent:
    """The inverse of ``encode_content``; boxes come back rounded to a tenth of a point."""
    return content_from_json(zlib.decompress(data))


def content_to_json(content: DocumentContent) -> bytes:
    """The arrays as JSON, not compressed: what crosses from one process to another."""
    body = {
        "m": content.media_type,
        "x": content.embedded_xml.decode("latin-1") if content.embedded_xml is not None else None,
        "r": [[r.code, r.field, r.message, r.blocking] for r in content.reasons],
        "d": content.metadata,
        "p": [
            {
                "n": page.number,
                "s": [page.width, page.height],
                "t": page.name,
                "f": [page.hidden, page.ocr],
                **_rows(page),
            }
            for page in content.pages
        ],
    }
    # A lone surrogate from a broken text layer is no character that UTF-8 could carry.
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode(errors="replace")


def _rows(page: Page) -> dict[str, Any]:
    """The rows of a page; those of a long one in chunks of JSON, each with how many it has and the row of the sheet
    that it begins with, so that some can be read without the others."""
    rows = [[row.number, row.table, [_cell(cell, page.number) for cell in row.cells]] for row in page.rows]
    if len(rows) <= 2 * _CHUNK:
        return {"r": rows}
    chunks = [rows[at : at + _CHUNK] for at in range(0, len(rows), _CHUNK)]
    return {"c": [[len(c), _sheet_row(c[0]), json.dumps(c, separators=(",", ":"), ensure_ascii=False)] for c in chunks]}


def _rows_back(page: dict[str, Any]) -> list[Any]:
    return page["r"] if "r" in page else [row for _, _, text in page["c"] for row in json.loads(text)]


def content_from_json(data: bytes) -> DocumentContent:
    """The inverse of ``content_to_json``. JSON holds no code, whoever wrote it; ValueError, TypeError, KeyError and
    IndexError say that it is no content."""
    body = json.loads(data)
    return DocumentContent(
        media_type=body["m"],
        embedded_xml=body["x"].encode("latin-1") if body["x"] is not None else None,
        reasons=tuple(ReviewReason(*reason) for reason in body["r"]),
        metadata=body["d"],
        pages=tuple(_page_back(page) for page in body["p"]),
    )


def decode_page(data: bytes, number: int) -> tuple[Page | None, int]:
    """One page of encoded content, None where there is no such page, and how many pages there are. The others are not
    built: a document may have hundreds."""
    pages = json.loads(zlib.decompress(data))["p"]
    return next((_page_back(page) for page in pages if page["n"] == number), None), len(pages)


def decode_window(data: bytes, *, row: int, count: int) -> list[tuple[Page, int]]:
    """Each page with ``count`` rows at most, and how many it has: those from the row of this number of the sheet on,
    where its cells have addresses, else the first. The others are not built: a data file has tens of thousands."""
    pages = json.loads(zlib.decompress(data))["p"]
    found = []
    for page in pages:
        chunks = page.get("c") or [[len(page["r"]), 0, page["r"]]]
        # The chunk that holds the row is the last that begins at it or before.
        at = max(bisect.bisect_right(chunks, row, key=lambda chunk: chunk[1]) - 1, 0) if row > 1 else 0
        rows: list[Any] = []
        start = 0
        for _, _, text in chunks[at:]:
            rows += json.loads(text) if isinstance(text, str) else text
            start = bisect.bisect_left(rows, row, key=_sheet_row) if row > 1 else 0
            if len(rows) - start >= count:
                break
        shown = rows[start : start + count]
        found.append((_page_back({**page, "r": shown}), sum(chunk[0] for chunk in chunks)))
    return found


def _sheet_row(row: list[Any]) -> int:
    if not row[2]:
        return 0
    cell: list[Any] = row[2][0]
    return row_of_address(cell[2] if len(cell) == 3 else cell[2][2])


def row_of_address(address: str | None) -> int:
    """The row that the address of a cell names ("I6"); 0 for any other place."""
    found = _ADDRESS.fullmatch(address or "")
    return int(found[1]) if found is not None else 0


def _page_back(page: dict[str, Any]) -> Page:
    return Page(
        number=page["n"],
        width=page["s"][0],
        height=page["s"][1],
        name=page["t"],
        hidden=page["f"][0],
        ocr=page["f"][1],
        rows=tuple(
            Row(number, page["n"], tuple([_cell_back(cell, page["n"]) for cell in cells]), table)
            for number, table, cells in _rows_back(page)
        ),
    )


def _box(box: tuple[float, float, float, float] | None) -> list[float] | None:
    return [round(edge, 1) for edge in box] if box else None


def _cell(cell: Cell, page: int) -> list[Any]:
    place = cell.place
    if not cell.words and place.box is None and place.path is None and place.page == page:
        return [cell.text, cell.column, place.cell]  # a sheet has a million of these
    words = [[word.text, _box(word.box), round(word.size, 1)] for word in cell.words]
    return [cell.text, cell.column, [place.page, _box(place.box), place.cell, place.path], words]


def _cell_back(data: list[Any], number: int) -> Cell:
    if len(data) == 3:
        return Cell(data[0], Place(number, None, data[2]), data[1])
    text, column, (page, box, address, path), words = data
    return Cell(
        text=text,
        column=column,
        place=Place(page=page, box=tuple(box) if box else None, cell=address, path=path),
        words=tuple(Word(text=word, box=tuple(edges), size=size) for word, edges, size in words),
    )
