"""The rows of a document as a rate card is read: what the review page shows beside the mapping. Pure.

A workbook is read once and kept in blocks of compressed rows, of which a window takes one or two.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import Any

from common.storable import shown
from processing.content.records import DocumentContent, Row
from processing.ratecards.sheets import sheets_of

MOST_ROWS = 500
_BLOCK_ROWS = 500


@dataclass(frozen=True, slots=True)
class PackedRows:
    """``about`` says which sheets there are and how large pages are; ``blocks`` are the rows of each sheet."""

    about: dict[str, Any]
    blocks: dict[int, list[bytes]]

    @property
    def size_bytes(self) -> int:
        return 2_000 + sum(len(block) + 60 for blocks in self.blocks.values() for block in blocks)

    def window(self, *, sheet: int, first: int, count: int) -> dict[str, Any]:
        """Rows of one sheet (as mapping plans count them) from its ``first``-th row on, and which sheets there are.

        ``{"sheets": [{"index", "name", "rows"}], "sheet", "first", "total", "rows": [{"number", "page", "cells":
        [[column, text, address or box]]}], "pages": {page: [width, height]}}``
        """
        count = min(count, MOST_ROWS)
        blocks = self.blocks.get(sheet, [])
        at = first // _BLOCK_ROWS
        rows: list[dict[str, Any]] = []
        for block in blocks[at : (first + count - 1) // _BLOCK_ROWS + 1]:
            rows += json.loads(zlib.decompress(block))
        rows = rows[first - at * _BLOCK_ROWS :][:count]
        shown = {str(row["page"]) for row in rows if any(isinstance(cell[2], list) for cell in row["cells"])}
        return {
            "sheets": self.about["sheets"],
            "sheet": sheet,
            "first": first,
            "total": next((each["rows"] for each in self.about["sheets"] if each["index"] == sheet), 0),
            "rows": rows,
            "pages": {page: size for page, size in self.about["pages"].items() if page in shown},
        }


def packed_rows(content: DocumentContent) -> PackedRows:
    """All rows of a document in blocks."""
    sheets = sheets_of(content)
    about = {
        "sheets": [
            {"index": each.index, "name": each.name or f"Table {each.index + 1}", "rows": len(each.rows)}
            for each in sheets
        ],
        "pages": {str(page.number): [page.width, page.height] for page in content.pages},
    }
    blocks = {
        each.index: [
            _compressed(each.rows[start : start + _BLOCK_ROWS]) for start in range(0, len(each.rows), _BLOCK_ROWS)
        ]
        for each in sheets
    }
    return PackedRows(about, blocks)


def to_wire(packed: PackedRows) -> tuple[dict[str, Any], bytes]:
    """As a header and a body."""
    sizes = {str(sheet): [len(block) for block in blocks] for sheet, blocks in packed.blocks.items()}
    body = b"".join(block for blocks in packed.blocks.values() for block in blocks)
    return {"about": packed.about, "sizes": sizes}, body


def from_wire(header: dict[str, Any], body: bytes) -> PackedRows:
    """The inverse. Raises KeyError, TypeError and ValueError for what it is not."""
    blocks: dict[int, list[bytes]] = {}
    start = 0
    for sheet, sizes in header["sizes"].items():
        blocks[int(sheet)] = own = []
        for size in sizes:
            own.append(body[start : start + size])
            start += size
    return PackedRows(header["about"], blocks)


def _compressed(rows: tuple[Row, ...] | list[Row]) -> bytes:
    plain = [
        {
            "number": row.number,
            "page": row.page,
            "cells": [
                [
                    cell.column or 0,
                    shown(cell.text),
                    cell.place.cell or (list(cell.place.box) if cell.place.box else ""),
                ]
                for cell in row.cells
            ],
        }
        for row in rows
    ]
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(errors="replace"), 1)
