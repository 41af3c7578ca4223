"""A page to draw on, measured in points from the top left corner, with tables that wrap and run over pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

BOLD = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold", "Courier": "Courier-Bold"}


@dataclass(frozen=True)
class Column:
    """A table column: its heading, width in points, and where its text stands (left, right or center)."""

    title: str
    width: float
    align: str = "left"


@dataclass(frozen=True)
class Look:
    """How a table looks. ``rules`` is one of all, rows, header, none; colours are hex or empty."""

    rules: str = "header"
    header_fill: str = ""
    header_color: str = "#000000"
    zebra: str = ""
    size: float = 9
    leading: float = 12
    pad: float = 4


class Sheet:
    """One PDF. ``font`` is the family of all its text; output depends on the input only (no clock, no random id)."""

    def __init__(
        self, target: BinaryIO, *, title: str, font: str = "Helvetica", size: tuple[float, float] = A4
    ) -> None:
        self.width, self.height = size
        self.font = font
        self.pages = 1
        self.canvas = Canvas(target, pagesize=size, invariant=1, pageCompression=1)
        self.canvas.setTitle(title)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 9,
        bold: bool = False,
        align: str = "left",
        color: str = "#000000",
    ) -> None:
        """Write one line with its baseline ``y`` points below the top edge."""
        self.canvas.setFont(BOLD[self.font] if bold else self.font, size)
        self.canvas.setFillColor(HexColor(color))
        draw = {
            "left": self.canvas.drawString,
            "right": self.canvas.drawRightString,
            "center": self.canvas.drawCentredString,
        }
        draw[align](x, self.height - y, text)

    def lines(self, x: float, y: float, texts: Sequence[str], *, leading: float = 12, **style: Any) -> float:
        """Write lines below each other and return the next baseline."""
        for text in texts:
            self.text(x, y, text, **style)
            y += leading
        return y

    def pairs(
        self,
        x: float,
        y: float,
        pairs: Sequence[tuple[str, str]],
        *,
        width: float,
        leading: float = 13,
        size: float = 9,
        bold_last: bool = False,
        right: bool = True,
    ) -> float:
        """Write labels at ``x`` and values ``width`` points on, ending there if ``right``, else starting there."""
        for number, (label, value) in enumerate(pairs):
            bold = bold_last and number == len(pairs) - 1
            self.text(x, y, label, size=size, bold=bold)
            self.text(x + width, y, value, size=size, bold=bold, align="right" if right else "left")
            y += leading
        return y

    def rule(self, x0: float, y: float, x1: float, *, weight: float = 0.6, color: str = "#000000") -> None:
        self.canvas.setStrokeColor(HexColor(color))
        self.canvas.setLineWidth(weight)
        self.canvas.line(x0, self.height - y, x1, self.height - y)

    def box(self, x: float, y: float, width: float, height: float, *, fill: str = "", stroke: str = "") -> None:
        """A rectangle whose top left corner is at (x, y)."""
        if fill:
            self.canvas.setFillColor(HexColor(fill))
        if stroke:
            self.canvas.setStrokeColor(HexColor(stroke))
            self.canvas.setLineWidth(0.6)
        self.canvas.rect(x, self.height - y - height, width, height, fill=int(bool(fill)), stroke=int(bool(stroke)))

    def wrap(self, text: str, width: float, size: float) -> list[str]:
        lines: list[str] = []
        for word in text.split(" "):
            if lines and stringWidth(f"{lines[-1]} {word}", self.font, size) <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines

    def table(
        self,
        x: float,
        y: float,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        look: Look,
        *,
        bottom: float = 720,
        next_page: Callable[[], float] | None = None,
    ) -> float:
        """Draw the heading and the rows from ``y`` down and return where the table ends.

        Past ``bottom`` it goes on where ``next_page`` says, with the heading repeated.
        """
        y = self._heading(x, y, columns, look)
        for number, row in enumerate(rows):
            cells = [self.wrap(t, c.width - 2 * look.pad, look.size) for t, c in zip(row, columns, strict=True)]
            height = max(len(cell) for cell in cells) * look.leading + look.pad
            if next_page is not None and y + height > bottom:
                self.new_page()
                y = self._heading(x, next_page(), columns, look)
            if look.zebra and number % 2:
                self.box(x, y, sum(c.width for c in columns), height, fill=look.zebra)
            self._row(x, y, columns, cells, look, height)
            y += height
        if look.rules in {"header", "all"}:
            self.rule(x, y, x + sum(c.width for c in columns))
        return y

    def new_page(self) -> None:
        self.canvas.showPage()
        self.pages += 1

    def save(self) -> None:
        self.canvas.showPage()
        self.canvas.save()

    def _heading(self, x: float, y: float, columns: Sequence[Column], look: Look) -> float:
        height, total = look.leading + 2 * look.pad, sum(c.width for c in columns)
        if look.header_fill:
            self.box(x, y, total, height, fill=look.header_fill)
        left = x
        for column in columns:
            self._cell(left, y + look.size + look.pad, column, column.title, look, bold=True, color=look.header_color)
            left += column.width
        if look.rules == "all":
            self._grid(x, y, columns, height)
        elif look.rules != "none":
            self.rule(x, y + height, x + total)
        return y + height

    def _row(
        self, x: float, y: float, columns: Sequence[Column], cells: Sequence[list[str]], look: Look, height: float
    ) -> None:
        left = x
        for column, cell in zip(columns, cells, strict=True):
            for number, text in enumerate(cell):
                self._cell(left, y + look.size + look.pad / 2 + number * look.leading, column, text, look)
            left += column.width
        if look.rules == "all":
            self._grid(x, y, columns, height)
        elif look.rules == "rows":
            self.rule(x, y + height, x + sum(c.width for c in columns), weight=0.3, color="#999999")

    def _cell(
        self,
        left: float,
        y: float,
        column: Column,
        text: str,
        look: Look,
        *,
        bold: bool = False,
        color: str = "#000000",
    ) -> None:
        at = {"left": left + look.pad, "right": left + column.width - look.pad, "center": left + column.width / 2}
        self.text(at[column.align], y, text, size=look.size, bold=bold, align=column.align, color=color)

    def _grid(self, x: float, y: float, columns: Sequence[Column], height: float) -> None:
        for column in columns:
            self.box(x, y, column.width, height, stroke="#444444")
            x += column.width
