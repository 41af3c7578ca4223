"""What a reader makes of any format: DocumentContent → Page → Row → Cell, every cell with its place. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from invoices.records import Place, ReviewReason

Box = tuple[float, float, float, float]  # as in Place


def box_around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all ``boxes``, of which there is one at least."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it stands on the page: box as in ``Place``; ``size`` is the glyph height in points."""

    text: str
    box: Box
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A run of words that belong together. ``column`` is 0-based and comparable between rows of one ``Row.table``
    (in a sheet: the sheet's own column). ``words`` are there where the format has geometry."""

    text: str
    place: Place
    column: int = 0
    words: tuple[Word, ...] = ()

    def words_between(self, start: int, end: int) -> list[Word]:
        """The words that ``text[start:end]`` touches, where the text is the words with a space between them."""
        found, at = [], 0
        for word in self.words:
            stop = at + len(word.text)
            if at < end and stop > start:
                found.append(word)
            at = stop + 1
        return found


@dataclass(frozen=True, slots=True)
class Row:
    """One visual line. ``number`` is 1-based over the whole document: what the model sees and points to.
    ``table`` numbers the block of rows whose columns line up (None outside of one)."""

    number: int
    page: int
    cells: tuple[Cell, ...]
    table: int | None = None

    @property
    def text(self) -> str:
        return "  ".join(cell.text for cell in self.cells)

    def cell_at(self, column: int) -> Cell | None:
        return next((cell for cell in self.cells if cell.column == column), None)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or a sheet. ``width`` and ``height`` in points, 0 where the format has no geometry."""

    number: int
    rows: tuple[Row, ...]
    width: float = 0.0
    height: float = 0.0
    name: str = ""
    hidden: bool = False
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """A document as pages of rows. ``embedded_xml`` is an e-invoice found inside (PDF/A-3) or the file itself, as
    bytes. ``reasons`` are what a reader noticed and a person should know (pages left out, a garbage text layer)."""

    media_type: str
    pages: tuple[Page, ...]
    embedded_xml: bytes | None = None
    reasons: tuple[ReviewReason, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> list[Row]:
        return [row for page in self.pages for row in page.rows]

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)
