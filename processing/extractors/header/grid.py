"""The cell grid as the rules see it: pieces of text with boxes, labels in them, and what stands beside and below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from invoices.records import Place, Value
from processing.content.extraction import FieldValue
from processing.content.records import Cell, DocumentContent, Page, Row, box_around
from processing.extractors.words.labels import Hit, Token, find_labels, tokens_of
from processing.readers.geometry import union_box

Box = tuple[float, float, float, float]

# A header stands on the first pages and the totals on the last ones; a long annex between them is not searched.
FIRST_PAGES, LAST_PAGES = 3, 3
FIRST_ROWS, LAST_ROWS = 150, 100  # of one page: a sheet may have 100,000
MAX_CELLS, MAX_CHARACTERS = 30, 1000  # of a row and of a cell: headers are narrow and their values short
# How far below a label its value may stand, in heights of the label.
BELOW_HEIGHTS = 3.2


@dataclass(slots=True, eq=False)
class Piece:
    """A cell with its box (points; a grid of its own where the format has none), words and labels."""

    cell: Cell
    page: int
    line: int  # index into Grid.lines
    order: int  # index into its line
    text: str
    box: Box
    height: float
    size: float
    tokens: list[Token]
    hits: list[Hit]
    ocr: bool = False

    @property
    def label(self) -> Hit | None:
        """The label that this piece starts with."""
        if not self.hits or not self.hits[0].first:
            return None
        return self.hits[0] if not any(c.isalpha() for c in self.text[: self.hits[0].start]) else None


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a piece's text."""

    piece: Piece
    start: int
    end: int
    where: str = "inline"  # inline, right or below of its label

    @property
    def text(self) -> str:
        return self.piece.text[self.start : self.end]


@dataclass(slots=True)
class Grid:
    """The pieces of a document, line by line."""

    lines: list[list[Piece]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    pages: dict[int, Page] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    first_page: int = 1
    ocr: bool = False
    _pieces: list[Piece] | None = None
    _hits: dict[str, list[tuple[Piece, Hit]]] | None = None

    @property
    def pieces(self) -> list[Piece]:
        """All pieces in reading order, put together once: a grid does not change when it is made."""
        if self._pieces is None:
            self._pieces = [piece for line in self.lines for piece in line]
        return self._pieces

    def hits_of(self, name: str) -> list[tuple[Piece, Hit]]:
        """The pieces with a label of a name, in reading order."""
        if self._hits is None:
            self._hits = {}
            for piece in self.pieces:
                for hit in piece.hits:
                    self._hits.setdefault(hit.name, []).append((piece, hit))
        return self._hits.get(name, [])

    def right_of(self, piece: Piece) -> list[Piece]:
        return self.lines[piece.line][piece.order + 1 :]

    def below(self, piece: Piece, *, heights: float = BELOW_HEIGHTS) -> Iterator[Piece]:
        """The pieces under a piece that share its column, from the top, within some of its heights."""
        x0, _, x1, bottom = piece.box
        limit = bottom + heights * piece.height
        for line in self.lines[piece.line + 1 :]:
            if line[0].page != piece.page or min(p.box[1] for p in line) > limit:
                return
            for other in line:
                if other.box[1] <= limit and overlap(x0, x1, other.box[0], other.box[2]) > 0:
                    yield other
                    limit = max(limit, other.box[3] + heights * piece.height)

    def page_height(self, piece: Piece) -> float:
        """The height of a piece's page; where the format has none, that of its text."""
        if piece.page not in self.heights:
            height = self.pages[piece.page].height
            self.heights[piece.page] = height or max(
                p.box[3] for line in self.lines for p in line if p.page == piece.page
            )
        return self.heights[piece.page]


def overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    return min(a1, b1) - max(a0, b0)


def make_grid(content: DocumentContent) -> Grid:
    """The pages that matter for a header as pieces with labels."""
    grid = Grid()
    pages = [page for page in content.pages if page.rows and not page.hidden]
    if len(pages) > FIRST_PAGES + LAST_PAGES:
        pages = pages[:FIRST_PAGES] + pages[-LAST_PAGES:]
    for page in pages:
        grid.pages[page.number] = page
        grid.ocr = grid.ocr or page.ocr
        rows = page.rows
        if len(rows) > FIRST_ROWS + LAST_ROWS:
            rows = rows[:FIRST_ROWS] + rows[-LAST_ROWS:]
        for row in rows:
            line = [
                piece
                for cell in row.cells[:MAX_CELLS]
                if (piece := _piece(cell, page, row, len(grid.lines))) is not None
            ]
            for order, piece in enumerate(line):
                piece.order = order
            if line:
                grid.lines.append(line)
                grid.rows.append(row)
    if grid.lines:
        grid.first_page = grid.lines[0][0].page
    return grid


def _piece(cell: Cell, page: Page, row: Row, line: int) -> Piece | None:
    text = cell.text[:MAX_CHARACTERS].replace("\u00a0", " ")
    if not text.strip():
        return None
    if cell.words:
        box = box_around(word.box for word in cell.words)
    elif cell.place.box is not None:
        box = cell.place.box
    else:  # a sheet: columns and rows stand in for points
        box = (cell.column * 100.0, row.number * 12.0, cell.column * 100.0 + 95.0, row.number * 12.0 + 10.0)
    height = max(box[3] - box[1], 1.0)
    size = max((w.size for w in cell.words), default=0.0) or height
    tokens = tokens_of(text)
    return Piece(
        cell,
        page.number,
        line,
        0,
        text,
        box,
        height,
        size,
        tokens,
        find_labels(text, fuzzy=page.ocr, tokens=tokens),
        page.ocr,
    )


def place_of(piece: Piece, start: int, end: int) -> Place:
    """Where ``text[start:end]`` of a piece stands: the box of exactly its words."""
    cell = piece.cell
    if cell.place.box is None or not cell.words:
        return cell.place
    words = cell.words_between(start, end)
    if not words or sum(len(word.text) + 1 for word in cell.words) - 1 != len(cell.text):
        return cell.place
    return Place(page=piece.page, box=union_box([word.box for word in words]))


def joined_place(spans: list[Span]) -> Place | None:
    """The box around spans on one page; None where they stand on several."""
    places = [place_of(s.piece, s.start, s.end) for s in spans]
    if len(places) == 1:
        return places[0]
    boxes = [p.box for p in places if p.box is not None]
    if len(boxes) != len(places) or len({p.page for p in places}) != 1:
        return places[0] if places else None
    return Place(page=places[0].page, box=box_around(boxes))


def read_value(span: Span, value: Value) -> FieldValue:
    """A value read from a span, with the span as its evidence."""
    return FieldValue(value, span.text, "rules", place_of(span.piece, span.start, span.end))


def trimmed(piece: Piece, start: int, end: int, where: str = "inline") -> Span:
    """The span without blanks, colons and the like around it."""
    text = piece.text
    while start < end and text[start] in " :：=#>|\t.)]–—º°":
        start += 1
    while end > start and text[end - 1] in " :：|\t;":
        end -= 1
    return Span(piece, start, end, where)


def _bounds(piece: Piece, hit: Hit) -> bool:
    """Whether a label ends the value before it: "net" in "Terms: net 30" does not."""
    return hit.label.strength == 3 or piece.text[hit.end :].lstrip(" .").startswith(":")


# "PO No. & date", "Order no. / Dt.": the label of a number that its date follows.
_AND_ITS_DATE = re.compile(r"(?:[&/,]|and|und|et|y|e|en|og|och)\s*(?:dated?|dt|datum|data|fecha|dato)\.?", re.I)


def values_of(grid: Grid, piece: Piece, hit: Hit) -> Iterator[Span]:
    """Where the value of a label may stand, likeliest first: behind it, in the next cell, below it."""
    end = hit.end
    for other_hit in piece.hits:  # "Rechnungsdatum/Lieferdatum": one value for both
        if other_hit.start >= end and piece.text[end : other_hit.start].strip() == "/":
            end = other_hit.end
    next_hit = next((h for h in piece.hits if h.start >= end and _bounds(piece, h)), None)
    inline = trimmed(piece, end, next_hit.start if next_hit else len(piece.text))
    if inline.text.startswith("("):  # "Date (dd/mm/yyyy)", "Amount (EUR)"
        closing = inline.text.find(")")
        if closing >= 0:
            inline = trimmed(piece, inline.start + closing + 1, inline.end)
    if _AND_ITS_DATE.fullmatch(inline.text):
        inline = Span(piece, inline.end, inline.end)
    if inline.text:
        yield inline
    if next_hit is None:
        for other in grid.right_of(piece)[:3]:
            if other.label is not None and other.label.end - other.label.start >= len(other.text.strip(" :.#")) - 2:
                break
            span = trimmed(other, 0, len(other.text), "right")
            if span.text:
                yield span
                if any(c.isalnum() for c in span.text):
                    break
    for count, other in enumerate(grid.below(piece)):
        if count >= 2 or (other.label is not None and other.label.label.strength >= 2 and other.label.name != hit.name):
            break
        yield trimmed(other, 0, len(other.text), "below")
