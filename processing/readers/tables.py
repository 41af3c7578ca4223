"""Tables of any kind as grids of cells: blocks of rows whose columns line up, with wrapped lines put together. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from invoices.records import Place
from processing.content.records import Cell, DocumentContent, Page, Row
from processing.readers.geometry import union_box

# White between two lines of one cell, in heights of the line; rows of a table are mostly set further apart.
TIGHT = 0.6
# Cells longer than this on average are columns of running text.
MAX_MEAN_WORDS = 7.0
MAX_WORDS_ALONE = 4
MAX_HEADER_LINES = 6
_LIST_MARK = re.compile(r"^(?:[\u2022\u25aa\u25cf\u2013\uf0b7*\-]|\(?[a-zA-Z\d]{1,2}[.)]|\d+(?:\.\d+)+\.?)$")


@dataclass(frozen=True, slots=True)
class Table:
    """A grid: every row has a cell or None for each column. ``rows`` are the numbers of the rows (lines) that it
    covers, ``pages`` those of its pages."""

    grid: tuple[tuple[Cell | None, ...], ...]
    rows: tuple[int, ...]
    pages: tuple[int, ...]


def find_tables(content: DocumentContent | Page) -> list[Table]:
    """The tables of a document or a page in reading order; one that goes on over pages is one."""
    blocks: dict[int, list[Row]] = {}
    for row in content.rows:
        if row.table is not None and row.cells:
            blocks.setdefault(row.table, []).append(row)
    return [table for rows in blocks.values() if (table := _table(rows)) is not None]


def _table(rows: list[Row]) -> Table | None:
    if not _is_table(rows):
        return None
    rows = _without_notes(rows)
    used = sorted({cell.column for row in rows for cell in row.cells})
    index = {column: position for position, column in enumerate(used)}
    lines = [_line(row, index) for row in rows]
    grid = [
        tuple(_merged([line[column] for line in group]) for column in range(len(used)))
        for group in _groups(rows, lines)
    ]
    return Table(tuple(grid), tuple(row.number for row in rows), tuple(dict.fromkeys(row.page for row in rows)))


def _without_notes(rows: list[Row]) -> list[Row]:
    """Titles above and sources below stand alone in their line and are longer than a cell."""
    kept = list(rows)
    for end in (0, -1):
        while len(kept) > 2 and len(kept[end].cells) == 1 and len(kept[end].cells[0].text.split()) > MAX_WORDS_ALONE:
            kept.pop(end)
    return kept


def _is_table(rows: Sequence[Row]) -> bool:
    multi = [row for row in rows if len({cell.column for cell in row.cells}) > 1]
    if len(multi) < 2:
        return False
    cells = [cell for row in multi for cell in row.cells]
    columns = len({cell.column for cell in cells})
    words = sum(len(cell.text.split()) for cell in cells) / len(cells)
    if words > MAX_MEAN_WORDS or _is_list(multi):
        return False
    # The same text in all columns, line after line: the scales of two charts side by side.
    if sum(len({cell.text for cell in row.cells}) == 1 for row in multi) * 2 > len(multi):
        return False
    numeric = sum(any(c.isdigit() for c in cell.text) for cell in cells) / len(cells)
    filled = len(cells) / (len(multi) * columns)
    # Two columns of words are lists and addresses as often as tables; numbers or a third column speak for a table.
    if columns == 2:
        return len(multi) >= 3 and (numeric >= 0.3 or words <= 4)
    return filled >= 0.4 and (len(multi) >= 3 or numeric >= 0.3)


def _is_list(rows: Sequence[Row]) -> bool:
    """Bullets or numbers of sections with text beside them."""
    firsts = [row.cells[0].text for row in rows if len(row.cells) == 2]
    marks = sum(bool(_LIST_MARK.match(text)) for text in firsts)
    return len(firsts) == len(rows) and marks * 2 >= len(rows)


def _line(row: Row, index: dict[int, int]) -> list[list[Cell]]:
    line: list[list[Cell]] = [[] for _ in index]
    for cell in row.cells:
        line[index[cell.column]].append(cell)
    return line


def _groups(rows: Sequence[Row], lines: list[list[list[Cell]]]) -> list[list[list[list[Cell]]]]:
    """Lines put together to rows of the table: wrapped text goes with the line that it continues."""
    groups: list[list[list[list[Cell]]]] = []
    members: list[Row] = []
    header_end = _header_end(rows)
    for position, (row, line) in enumerate(zip(rows, lines, strict=True)):
        wrapped_header = position < header_end and groups and _is_wrapped_header(members[-1], row)
        if groups and (wrapped_header or _continues(members, row, groups[-1], line)):
            groups[-1].append(line)
            members.append(row)
        else:
            groups.append([line])
            members = [row]
    return groups


def _header_end(rows: Sequence[Row]) -> int:
    """How many lines of names stand before the first line of numbers, in a table that is mostly numbers."""
    numbers = [sum(_is_number(cell) for cell in row.cells) for row in rows]
    if sum(count > 0 for count in numbers) * 2 < len(rows):
        return 0
    first = next((position for position, count in enumerate(numbers) if count), 0)
    return first if first <= MAX_HEADER_LINES else 0


def _is_wrapped_header(above: Row, row: Row) -> bool:
    """Names that go on in the next line, not names over several columns with names of their own."""
    upper, here = _extent(above), _extent(row)
    if above.page != row.page or upper is None or here is None or here[0] - upper[1] > TIGHT * (here[1] - here[0]):
        return False
    for cell in above.cells:
        if cell.words:
            left, right = cell.words[0].box[0], cell.words[-1].box[2]
            below = sum(c.words[0].box[0] < right and c.words[-1].box[2] > left for c in row.cells if c.words)
            if below > 1:
                return False
    return True


def _continues(members: list[Row], row: Row, group: list[list[list[Cell]]], line: list[list[Cell]]) -> bool:
    before = members[-1]
    if before.page != row.page:
        return False
    above, here = _extent(before), _extent(row)
    if above is None or here is None or here[0] - above[1] > TIGHT * (here[1] - here[0]):
        return False
    filled = {column for column, cells in enumerate(line) if cells}
    open_ = {column for column, cells in enumerate(group[-1]) if cells}
    numeric = any(_is_number(cell) for cells in line for cell in cells)
    if numeric:
        # Numbers below a label of one line more: "Revenue from" / "operations  12  34".
        alone = open_ == {0} and 0 in filled and len(group) < 3
        text = line[0][0].text if line[0] else ""
        return alone and text[:1].islower()
    if 0 not in filled:
        return filled <= {c for part in group for c, cells in enumerate(part) if cells} or len(filled) < len(line) / 2
    text = line[0][0].text
    return text[:1].islower() and filled <= open_ | {0}


def _is_number(cell: Cell) -> bool:
    digits = sum(c.isdigit() for c in cell.text)
    return digits > 0 and digits >= sum(c.isalpha() for c in cell.text)


def _extent(row: Row) -> tuple[float, float] | None:
    boxes = [word.box for cell in row.cells for word in cell.words]
    return (min(b[1] for b in boxes), max(b[3] for b in boxes)) if boxes else None


def _merged(parts: list[list[Cell]]) -> Cell | None:
    cells = [cell for part in parts for cell in part]
    if not cells:
        return None
    if len(cells) == 1:
        return cells[0]
    first = cells[0].place
    boxes = [cell.place.box for cell in cells if cell.place.box and cell.place.page == first.page]
    place = Place(page=first.page, box=union_box(boxes)) if boxes else first
    words = tuple(word for cell in cells for word in cell.words)
    return Cell(" ".join(cell.text for cell in cells), place, cells[0].column, words)
