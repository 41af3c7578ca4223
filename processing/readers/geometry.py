"""Words with boxes → lines → cells → rows of a page. Shared by the PDF reader and by OCR. Pure.

Boxes are (x0, top, x1, bottom) in points from the top left corner of the page as it is shown. Text that runs in another
direction is turned into reading direction for the grouping and its boxes are turned back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from invoices.records import Place
from processing.content.records import Box, Cell, Page, Row, Word, box_around
from processing.readers.columns import lay_out


@dataclass(slots=True)
class Line:
    """Words of one visual line; ``center`` and ``height`` are means weighted by width."""

    center: float
    height: float
    weight: float
    words: list[Word] = field(default_factory=list)

    def add(self, word: Word, center: float, height: float) -> None:
        width = max(word.box[2] - word.box[0], 0.1)
        total = self.weight + width
        self.center = (self.center * self.weight + center * width) / total
        self.height = (self.height * self.weight + height * width) / total
        self.weight = total
        self.words.append(word)


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page in one direction of text, which is turned clockwise by ``quarter_turns`` (0 to 3)."""

    number: int
    words: Sequence[Word]
    width: float
    height: float
    quarter_turns: int = 0


def words_to_page(
    number: int, words: Sequence[Word], width: float, height: float, *, first_row: int, quarter_turns: int = 0
) -> Page:
    """One page as numbered rows of cells; ``Row.table`` counts from 0 in this page."""
    return words_to_pages([PageWords(number, words, width, height, quarter_turns)], first_row=first_row)[0]


def words_to_pages(parts: Sequence[PageWords], *, first_row: int = 1) -> list[Page]:
    """Pages as numbered rows of cells; tables that go on over pages keep their number and columns. Several parts of one
    page (texts of different direction) follow each other in one ``Page``."""
    lines = []
    for part in parts:
        turns = -part.quarter_turns
        turned = [turned_word(w, part.width, part.height, turns) for w in part.words] if turns else part.words
        lines.append(group_lines(turned))
    pages: list[Page] = []
    number = first_row
    for part, laid_out in zip(parts, lay_out(lines), strict=True):
        turns = part.quarter_turns
        size = (part.height, part.width) if turns % 2 else (part.width, part.height)
        rows = []
        for line in laid_out:
            cells = tuple(
                _cell(part.number, [turned_word(w, *size, turns) for w in words] if turns else words, column)
                for column, words in line.cells
            )
            rows.append(Row(number, part.number, cells, line.table))
            number += 1
        if pages and pages[-1].number == part.number:
            rows = [*pages.pop().rows, *rows]
        pages.append(Page(part.number, tuple(rows), part.width, part.height))
    return pages


def group_lines(words: Iterable[Word]) -> list[list[Word]]:
    """Visual lines from top to bottom, words from left to right. Small shifts of the baseline, superscripts and mixed
    font sizes stay in one line; words drawn twice (false bold) count once."""
    lines: list[Line] = []
    for word in sorted(words, key=lambda w: w.box[1] + w.box[3]):
        center, height = (word.box[1] + word.box[3]) / 2, max(word.box[3] - word.box[1], 0.1)
        best: Line | None = None
        for line in lines[-3:]:
            distance = abs(line.center - center)
            near = distance < 0.5 * min(line.height, height)
            if near and (best is None or distance < abs(best.center - center)):
                best = line
        if best is None:
            best = Line(center, height, 0.0)
            lines.append(best)
        best.add(word, center, height)
    lines.sort(key=lambda line: line.center)
    lines = _with_raised_words(lines)
    return [_without_doubles(sorted(line.words, key=lambda w: w.box[0])) for line in lines]


def _with_raised_words(lines: list[Line]) -> list[Line]:
    """Small words that touch a word of the next larger line and reach into it (m², footnote marks) belong to it."""
    taken: set[int] = set()
    for index, line in enumerate(lines):
        for other in lines[max(0, index - 1) : index] + lines[index + 1 : index + 2]:
            small = line.height < 0.75 * other.height
            reach = (line.height + other.height) / 2 - abs(line.center - other.center)
            if small and reach > 0.4 * line.height and all(_touches(word, other.words) for word in line.words):
                other.words.extend(line.words)
                taken.add(index)
                break
    return [line for index, line in enumerate(lines) if index not in taken] if taken else lines


def _touches(word: Word, others: Iterable[Word]) -> bool:
    return any(-0.1 <= word.box[0] - w.box[2] < 0.3 * (w.size or 10.0) for w in others)


def _without_doubles(words: list[Word]) -> list[Word]:
    kept: list[Word] = []
    for word in words:
        # A doubled word lies within a point of its twin, which may not be the direct neighbour after sorting.
        twin = any(
            k.text == word.text and abs(k.box[0] - word.box[0]) < 1.0 and abs(k.box[1] - word.box[1]) < 1.0
            for k in kept[-3:]
        )
        if not twin:
            kept.append(word)
    return kept


def _cell(number: int, words: Sequence[Word], column: int) -> Cell:
    box = union_box([w.box for w in words])
    return Cell(" ".join(w.text for w in words), Place(page=number, box=box), column, tuple(words))


def cell_box(cell: Cell) -> Box | None:
    """Where a cell stands relative to others: its box, or in plain text its character grid (6 × 12 units)."""
    if cell.place.box is not None:
        return cell.place.box
    return union_box([w.box for w in cell.words]) if cell.words else None


def union_box(boxes: Sequence[Box]) -> Box:
    """The smallest box around all ``boxes``, rounded to a tenth of a point."""
    x0, top, x1, bottom = box_around(boxes)
    return round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)


def turned_word(word: Word, width: float, height: float, quarter_turns: int) -> Word:
    """The word after turning a page of ``width`` × ``height`` clockwise by quarter turns."""
    return Word(word.text, turned_box(word.box, width, height, quarter_turns), word.size)


def turned_box(box: Box, width: float, height: float, quarter_turns: int) -> Box:
    """The box after turning a page of ``width`` × ``height`` clockwise by quarter turns."""
    x0, top, x1, bottom = box
    turns = quarter_turns % 4
    if turns == 1:
        return (height - bottom, x0, height - top, x1)
    if turns == 2:
        return (width - x1, height - bottom, width - x0, height - top)
    if turns == 3:
        return (top, width - x1, bottom, width - x0)
    return box
