"""Pages that lie on their side or upside down in a scan, as they are read: with boxes that stand upright. Pure.

OCR gives the rows of such a page in the order of reading and the boxes as they lie on the page. The rules measure what
stands beside and below what, so they are given upright boxes, and the places that they name are turned back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from processing.content.extraction import Extraction, Fields
from processing.content.records import Box, Cell, DocumentContent, Page

_MIN_ROWS = 4  # fewer do not tell how a page lies
_MIN_CHARACTERS = 4  # of a word that is longer than high


@dataclass(frozen=True, slots=True)
class _Turn:
    """From boxes on the page to upright ones, and back."""

    there: Callable[[Box], Box]
    back: Callable[[Box], Box]
    sideways: bool


def with_upright_pages(
    content: DocumentContent, read: Callable[[DocumentContent], Extraction]
) -> Extraction:  # fmt: skip
    """What ``read`` extracts from a document whose scanned pages are turned upright, with places on the pages as they
    are."""
    turns = {page.number: turn for page in content.pages if page.ocr and (turn := _turn_of(page)) is not None}
    if not turns:
        return read(content)
    pages = tuple(_turned(page, turns[page.number]) if page.number in turns else page for page in content.pages)
    extraction = read(replace(content, pages=pages))
    extraction.fields = _back(extraction.fields, turns)
    for rows in (extraction.lines, extraction.taxes, extraction.shipments):
        rows[:] = [_back(row, turns) for row in rows]
    return extraction


def _turn_of(page: Page) -> _Turn | None:
    width, height = page.width, page.height
    boxes = [cell.place.box for row in page.rows for cell in row.cells if len(cell.text) >= _MIN_CHARACTERS]
    known = [box for box in boxes if box is not None]
    firsts = [row.cells[0].place.box for row in page.rows if row.cells]
    starts = [box for box in firsts if box is not None]
    if len(starts) < _MIN_ROWS or not width or not height:
        return None
    lying = 2 * sum(box[3] - box[1] > box[2] - box[0] for box in known) > len(known)
    axis = 0 if lying else 1
    onward = sum((after[axis] > before[axis]) - (after[axis] < before[axis]) for before, after in pairwise(starts))
    if not lying:

        def around(b: Box) -> Box:
            return width - b[2], height - b[3], width - b[0], height - b[1]

        return _Turn(around, around, sideways=False) if onward < 0 else None
    if onward > 0:  # read from the foot of the page to its head
        return _Turn(
            lambda b: (height - b[3], b[0], height - b[1], b[2]),
            lambda b: (b[1], height - b[2], b[3], height - b[0]),
            sideways=True,
        )
    return _Turn(
        lambda b: (b[1], width - b[2], b[3], width - b[0]),
        lambda b: (width - b[3], b[0], width - b[1], b[2]),
        sideways=True,
    )


def _turned(page: Page, turn: _Turn) -> Page:
    rows = tuple(replace(row, cells=tuple(_turned_cell(cell, turn) for cell in row.cells)) for row in page.rows)
    size = (page.height, page.width) if turn.sideways else (page.width, page.height)
    return replace(page, rows=rows, width=size[0], height=size[1])


def _turned_cell(cell: Cell, turn: _Turn) -> Cell:
    words = tuple(replace(word, box=turn.there(word.box)) for word in cell.words)
    box = cell.place.box
    return replace(cell, words=words, place=cell.place if box is None else replace(cell.place, box=turn.there(box)))


def _back(fields: Fields, turns: dict[int, _Turn]) -> Fields:
    found: Fields = {}
    for name, value in fields.items():
        place = value.place
        if place is not None and place.box is not None and place.page in turns:
            value = replace(value, place=replace(place, box=turns[place.page].back(place.box)))
        found[name] = value
    return found
