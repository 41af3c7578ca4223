"""Rows out of text that flows (HTML, DOCX, mail): lines of one cell, and table rows with their columns. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from invoices.records import Place
from processing.content.records import Cell, DocumentContent, Page, Row
from processing.errors import ExtractionFailed
from processing.readers.blocks import clean_text
from processing.readers.limits import ReadLimits


class FlowBuilder:
    """Collects the rows of one page in reading order. Raises ExtractionFailed past the cell limit."""

    def __init__(self, limits: ReadLimits) -> None:
        self.limits = limits
        self._rows: list[Row] = []
        self._line: list[str] = []
        self._line_path = ""
        self._cells: list[Cell] = []
        self._table_rows: list[int] = []
        self._tables = 0
        self._count = 0

    def add_text(self, text: str, path: str) -> None:
        """A piece of the current line; the first piece that shows gives the line its place."""
        if not self._line_path:
            self._line_path = path
        self._line.append(text)

    def end_line(self) -> None:
        """Closes the current line: one row of one cell, if it shows anything."""
        text = clean_text("".join(self._line))
        path, self._line, self._line_path = self._line_path, [], ""
        if text:
            self._append((Cell(text, Place(page=1, path=path or None)),))

    def add_cell(self, text: str, column: int, path: str) -> None:
        """A cell of the current table row."""
        cleaned = clean_text(text)
        if cleaned:
            self._cells.append(Cell(cleaned, Place(page=1, path=path), column))

    def end_row(self) -> None:
        """Closes the current table row."""
        cells, self._cells = self._cells, []
        if cells:
            if len(cells) > 1:
                self._table_rows.append(len(self._rows))
            self._append(tuple(cells))

    def end_table(self) -> None:
        """Numbers the rows of the table that ends here, if there are at least two with two cells or more."""
        indexes, self._table_rows = self._table_rows, []
        if len(indexes) < 2:
            return
        for index in range(indexes[0], indexes[-1] + 1):
            row = self._rows[index]
            self._rows[index] = Row(row.number, row.page, row.cells, self._tables)
        self._tables += 1

    def lines(self) -> list[tuple[str, str]]:
        """All that was collected, line by line, each with its path."""
        self.end_line()
        return [(row.text, row.cells[0].place.path or "") for row in self._rows]

    def content(self, media_type: str) -> DocumentContent:
        """The one page that was collected."""
        self.end_line()
        self.end_table()
        return DocumentContent(media_type, (Page(1, tuple(self._rows)),))

    def _append(self, cells: tuple[Cell, ...]) -> None:
        self._count += len(cells)
        if self._count > self.limits.cells:
            raise ExtractionFailed("The document has too many cells.")
        self._rows.append(Row(len(self._rows) + 1, 1, cells))


def numbered_children(element: etree._Element, path: str) -> Iterator[tuple[etree._Element, str]]:
    """The child elements, each with its XPath by local names (``/html/body/p[2]``); ``path`` is the parent's."""
    counts: dict[str, int] = {}
    for child in element:
        tag = child.tag
        name = tag.rpartition("}")[2] if isinstance(tag, str) else "comment()"
        counts[name] = number = counts.get(name, 0) + 1
        yield child, f"{path}/{name}[{number}]"
