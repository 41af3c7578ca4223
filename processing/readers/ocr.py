"""OCR as a port: an engine makes words with corners of one page picture; here they become rows like any other page's.

The embedded engine (``ocr_rapid``) is RapidOCR with the models of its wheel, offline. Others speak HTTP:
``ocr_docling``, ``ocr_azure``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from invoices.records import Place
from processing.content.records import Box, Cell, Page, Row, Word
from processing.readers.geometry import PageWords, words_to_pages

Point = tuple[float, float]
EngineName = Literal["embedded", "docling", "azure"]

# Detected lines are boxes with a margin: by this factor they come down to about the height of the font.
_HEIGHT_OF_BOX = 0.85
_SKEW_THAT_MATTERS_DEGREES = 0.3


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word (or, where an engine knows no better, a line) with its four corners in pixels, from its own top left
    clockwise; ``score`` from 0 to 1."""

    text: str
    corners: tuple[Point, Point, Point, Point]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class OcrResult:
    """What stands on a picture. The text is turned clockwise by ``quarter_turns`` and, beyond that, by
    ``skew_degrees``."""

    words: tuple[OcrWord, ...]
    quarter_turns: int = 0
    skew_degrees: float = 0.0


class OcrEngine(Protocol):
    """Reads one page picture at a time. Raises ExtractionFailed where it cannot."""

    def read_picture(self, png: bytes) -> OcrResult: ...


@dataclass(frozen=True, slots=True)
class OcrConfig:
    """Which engine reads pictures (``OCR_ENGINE``) and where it is. The keys never leave the parent process."""

    engine: EngineName = "embedded"
    docling_url: str = ""
    docling_key: str = ""
    azure_endpoint: str = ""
    azure_key: str = ""
    azure_token: Callable[[], str] | None = None  # of a managed identity, in the place of a key
    timeout_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG bytes, its size in pixels, and the size in points of the page it shows."""

    number: int
    png: bytes
    pixels: tuple[int, int]
    points: tuple[float, float]


def pages_from_ocr(results: Sequence[tuple[Picture, OcrResult]], *, first_row: int = 1) -> list[Page]:
    """Pages of rows from what an engine saw; boxes are in points of the page as it is shown, text may be turned or
    skewed on it. The pictures' bytes may be gone by now."""
    parts = [_page_words(picture, result) for picture, result in results]
    pages = words_to_pages(parts, first_row=first_row)
    out = []
    for page, (picture, result) in zip(pages, results, strict=True):
        if abs(result.skew_degrees) >= _SKEW_THAT_MATTERS_DEGREES:
            page = replace(page, rows=_turned_rows(page.rows, result.skew_degrees, picture.points))
        out.append(replace(page, ocr=True))
    return out


def _page_words(picture: Picture, result: OcrResult) -> PageWords:
    width, height = picture.points
    scale_x, scale_y = width / max(picture.pixels[0], 1), height / max(picture.pixels[1], 1)
    skew = result.skew_degrees if abs(result.skew_degrees) >= _SKEW_THAT_MATTERS_DEGREES else 0.0
    words: list[Word] = []
    for word in result.words:
        corners = [(x * scale_x, y * scale_y) for x, y in word.corners]
        upright = [_rotated(point, -skew, picture.points) for point in corners] if skew else corners
        words.extend(_split(word.text, upright, result.quarter_turns))
    return PageWords(picture.number, words, width, height, result.quarter_turns)


def _split(text: str, corners: Sequence[Point], quarter_turns: int) -> list[Word]:
    """The words of a text with their boxes: a line's box is shared out by the usual widths of letters."""
    pieces = text.split()
    if not pieces:
        return []
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    sideways = quarter_turns % 2 == 1
    thickness = (x1 - x0 if sideways else y1 - y0) * _HEIGHT_OF_BOX
    center = (x0 + x1) / 2 if sideways else (y0 + y1) / 2
    low, high = center - thickness / 2, center + thickness / 2
    begin, length = (y0, y1 - y0) if sideways else (x0, x1 - x0)
    total = _width(" ".join(pieces)) or 1.0
    backwards = quarter_turns in (2, 3)
    words: list[Word] = []
    at = 0.0
    for piece in pieces:
        start, end = at / total, (at + _width(piece)) / total
        if backwards:
            start, end = 1 - end, 1 - start
        a, b = begin + length * start, begin + length * end
        box: Box = (low, a, high, b) if sideways else (a, low, b, high)
        words.append(Word(piece, box, thickness))
        at += _width(piece + " ")
    return words


def _width(text: str) -> float:
    narrow = sum(c in " .,:;'|!iljIft()[]-" for c in text)
    wide = sum(c in "mwMW@%" for c in text)
    return len(text) - 0.45 * narrow + 0.45 * wide


def _rotated(point: Point, degrees: float, size: tuple[float, float]) -> Point:
    """The point turned clockwise (as seen on the page) about the page's middle."""
    angle = math.radians(degrees)
    cx, cy = size[0] / 2, size[1] / 2
    dx, dy = point[0] - cx, point[1] - cy
    return (cx + dx * math.cos(angle) - dy * math.sin(angle), cy + dx * math.sin(angle) + dy * math.cos(angle))


def _turned_rows(rows: Sequence[Row], degrees: float, size: tuple[float, float]) -> tuple[Row, ...]:
    def back(box: Box) -> Box:
        x, y = _rotated(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), degrees, size)
        w, h = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        return (x - w, y - h, x + w, y + h)

    def cell_back(cell: Cell) -> Cell:
        words = tuple(Word(word.text, back(word.box), word.size) for word in cell.words)
        box = cell.place.box
        return Cell(cell.text, Place(cell.place.page, back(box) if box else None), cell.column, words)

    return tuple(Row(row.number, row.page, tuple(cell_back(c) for c in row.cells), row.table) for row in rows)


def skew_of(words: Sequence[OcrWord], quarter_turns: int = 0) -> float:
    """The angle in degrees, clockwise, by which lines lean: the median over words weighted by length."""
    angles: list[tuple[float, float]] = []
    for word in words:
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = word.corners
        dx, dy = (x1 - x0 + x2 - x3) / 2, (y1 - y0 + y2 - y3) / 2
        length = math.hypot(dx, dy)
        if length > 0 and len(word.text) > 2:
            angle = math.degrees(math.atan2(dy, dx)) - 90 * quarter_turns
            angles.append(((angle + 180) % 360 - 180, length))
    angles = sorted(entry for entry in angles if abs(entry[0]) < 30)
    half = sum(length for _, length in angles) / 2
    for angle, length in angles:
        half -= length
        if half <= 0:
            return angle
    return 0.0
