"""Cells of a page put under the headings that stand above them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from invoices.auditing.kinds import charge_kind
from invoices.records import Place
from processing.content.records import Cell, Row, Word, box_around
from processing.extractors.bills.headings import meaning_of

_FEWEST_MEANINGS = 3


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def headings_of(row: Row, above: Row | None = None) -> list[Heading] | None:
    """The headings of a row that heads a table on paper, from left to right; None for any other row. ``above``: the row
    before it, which may hold their first line."""
    if len(row.cells) < 2 or any(cell.place.box is None for cell in row.cells):
        return None
    found = [piece for cell in row.cells for piece in _pieces(cell)]
    if above is not None and above.page == row.page and _is_first_line(above):
        both = _two_lines([piece for cell in above.cells for piece in _pieces(cell)], found)
        if _known(both) > _known(found):
            found = both
    if _known(found) < _FEWEST_MEANINGS or 2 * _known(found) < len(found):
        return None
    return found


def _known(headings: Sequence[Heading]) -> int:
    return sum(bool(meaning_of(each.text) or charge_kind(each.text)) for each in headings)


def _is_first_line(row: Row) -> bool:
    """Whether a row may be the first line of headings: several short texts without figures."""
    return len(row.cells) > 2 and not any(c.isdigit() or c == ":" for cell in row.cells for c in cell.text)


def _two_lines(above: Sequence[Heading], below: Sequence[Heading]) -> list[Heading]:
    """Headings of two lines: what stands above one another belongs together ("Sendungs-", "nummer")."""
    left, found = list(above), []
    for each in below:
        own = [first for first in left if min(first.right, each.right) - max(first.left, each.left) > 0]
        text = each.text
        for first in reversed(own):
            left.remove(first)
            text = f"{first.text[:-1]}{text}" if first.text.endswith("-") else f"{first.text} {text}"
        edges = [each, *own]
        found.append(Heading(text, min(e.left for e in edges), max(e.right for e in edges)))
    return sorted([*found, *left], key=lambda heading: heading.left)


def _pieces(cell: Cell) -> list[Heading]:
    """A cell as its headings: where it means nothing as a whole, two that each mean something."""
    if not meaning_of(cell.text) and charge_kind(cell.text) is None and len(cell.words) > 1:
        for cut in range(1, len(cell.words)):
            halves = (cell.words[:cut], cell.words[cut:])
            texts = [" ".join(word.text for word in half) for half in halves]
            if all(meaning_of(text) for text in texts):
                return [_heading(text, half) for text, half in zip(texts, halves, strict=True)]
    box = cell.place.box
    assert box is not None
    return [Heading(cell.text, box[0], box[2])]


def _heading(text: str, words: Sequence[Word]) -> Heading:
    box = box_around(word.box for word in words)
    return Heading(text, box[0], box[2])


def under(headings: Sequence[Heading], row: Row) -> dict[int, Cell]:
    """The cells of a row by the index of their heading; several under one are joined."""
    found: dict[int, list[Cell]] = {}
    wide: list[tuple[Cell, list[int]]] = []
    for cell in row.cells:
        touched = _touched(headings, cell)
        if len(touched) > 1:
            wide.append((cell, touched))
        elif cell.place.box is not None:
            at = touched[0] if touched else _nearest(headings, cell.place.box[0], cell.place.box[2])
            found.setdefault(at, []).append(cell)
    for cell, touched in wide:
        # Where another cell stands under the next heading, a long text only reaches below it.
        free = [at for at in touched if at not in found] or touched[:1]
        for at, piece in _placed(headings, free, cell):
            found.setdefault(at, []).append(piece)
    return {at: _joined(cells) for at, cells in found.items()}


def _touched(headings: Sequence[Heading], cell: Cell) -> list[int]:
    box = cell.place.box
    if box is None:
        return []
    return [at for at, each in enumerate(headings) if min(box[2], each.right) - max(box[0], each.left) > 0]


def _placed(headings: Sequence[Heading], among: Sequence[int], cell: Cell) -> list[tuple[int, Cell]]:
    if len(among) == 1 or len(cell.words) < 2:
        return [(among[0], cell)]
    own = [headings[at] for at in among]
    groups: list[tuple[int, list[Word]]] = []
    for word in cell.words:
        at = among[_nearest(own, word.box[0], word.box[2])]
        if groups and groups[-1][0] == at:
            groups[-1][1].append(word)
        else:
            groups.append((at, [word]))
    if len(groups) == 1:
        return [(groups[0][0], cell)]
    return [(at, _cell_of(cell, words)) for at, words in groups]


def _nearest(headings: Sequence[Heading], left: float, right: float) -> int:
    def gap(each: Heading) -> tuple[float, float]:
        apart = max(0.0, left - each.right, each.left - right)
        return apart, min(abs(left - each.left), abs(right - each.right), abs((left + right) / 2 - each.middle))

    return min(range(len(headings)), key=lambda at: gap(headings[at]))


def _cell_of(cell: Cell, words: Sequence[Word]) -> Cell:
    box = box_around(word.box for word in words)
    return Cell(" ".join(word.text for word in words), replace(cell.place, box=box), cell.column, tuple(words))


def _joined(cells: Sequence[Cell]) -> Cell:
    if len(cells) == 1:
        return cells[0]
    boxes = [cell.place.box for cell in cells if cell.place.box is not None]
    place = Place(page=cells[0].place.page, box=box_around(boxes))
    words = tuple(word for cell in cells for word in cell.words)
    return Cell(" ".join(cell.text for cell in cells), place, cells[0].column, words)
