"""Lines of words cut into cells by the white between words; what the search for columns needs to know of each. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from processing.content.records import Word

Cells = list[list[Word]]
Span = tuple[float, float]

# In parts of the font size. A word space is 0.2 to 0.35, stretched to about 0.7 in justified text.
CELL_GAP = 0.85


@dataclass(slots=True)
class Line:
    """A visual line with its cells and their spans from left to right; ``page`` is the index of its page."""

    words: Sequence[Word]
    cells: Cells
    spans: list[Span]
    top: float
    bottom: float
    size: float
    page: int
    numbers: list[Span]  # cells that hold a number
    wordy: int  # cells without any digit

    @property
    def is_header(self) -> bool:
        """Several names and no number."""
        return self.wordy >= 3 and not self.numbers


def split_cells(words: Sequence[Word], gap: float = CELL_GAP) -> Cells:
    """The words of one line as cells: a gap wider than a word space starts the next one."""
    groups: Cells = []
    right = size = 0.0
    for word in words:
        word_size = word.size or 10.0
        if groups and word.box[0] - right <= gap * min(size, word_size):
            groups[-1].append(word)
            right = max(right, word.box[2])
        else:
            groups.append([word])
            right = word.box[2]
        size = word_size
    return groups


def prepare(line: Sequence[Word] | Cells, page: int, *, split: bool) -> Line:
    """The line of words, or of cells where the format says itself where a cell ends (``split`` False)."""
    if split:
        words: Sequence[Word] = line  # type: ignore[assignment]
        cells = split_cells(words)
    else:
        cells = line  # type: ignore[assignment]
        words = [word for cell in cells for word in cell]
    spans = spans_of(cells)
    wordy = 0
    for cell in cells:
        wordy += not any(c.isdigit() for word in cell for c in word.text)
    sizes = sorted(w.size or 10.0 for w in words)
    return Line(
        words,
        cells,
        spans,
        min(w.box[1] for w in words),
        max(w.box[3] for w in words),
        sizes[len(sizes) // 2],
        page,
        [span for cell, span in zip(cells, spans, strict=True) if is_number(cell)],
        wordy,
    )


def spans_of(cells: Cells) -> list[Span]:
    """Left and right edge of each cell."""
    return [(cell[0].box[0], max(w.box[2] for w in cell)) for cell in cells]


def is_number(cell: Sequence[Word]) -> bool:
    """More digits than letters: a number, perhaps with its currency or unit."""
    digits = sum(c.isdigit() for word in cell for c in word.text)
    return digits > 0 and digits >= sum(c.isalpha() for word in cell for c in word.text)
