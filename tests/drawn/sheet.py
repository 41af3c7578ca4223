"""A page to draw on: points from the top left corner, the fonts of many scripts, tables that run over pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_DEJAVU_FOLDERS = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu", "/usr/local/share/fonts/dejavu")
_FONTS = {
    "helv": ("Helvetica", "Helvetica-Bold"),
    "times": ("Times-Roman", "Times-Bold"),
    "courier": ("Courier", "Courier-Bold"),
    "sans": ("DejaVuSans", "DejaVuSans-Bold"),
    "serif": ("DejaVuSerif", "DejaVuSerif-Bold"),
    "mono": ("DejaVuSansMono", "DejaVuSansMono-Bold"),
    # Named in the file and not embedded, as office programs in Japan and China write it.
    "japanese": ("HeiseiKakuGo-W5", "HeiseiKakuGo-W5"),
    "chinese": ("STSong-Light", "STSong-Light"),
}
_REGISTERED: set[str] = set()

Column = tuple[str, float, str]
"""Heading (``\\n`` breaks it), width in points, ``left``, ``right`` or ``center``."""
TableRow = Sequence[str] | str
"""The cells of a row (``\\n`` breaks one); a string alone is a heading over the whole width."""


def dejavu_folder() -> Path | None:
    """Where the DejaVu fonts are (Debian: fonts-dejavu-core); None where they are not installed."""
    return next((Path(f) for f in _DEJAVU_FOLDERS if (Path(f) / "DejaVuSans.ttf").is_file()), None)


def cents(value: Decimal | str) -> Decimal:
    """An amount at two places, halves away from zero."""
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


class Numbers:
    """How a country writes numbers: ``Numbers(".", ",")("1234.5")`` is ``1.234,50``."""

    def __init__(self, group: str, point: str, *, lakh: bool = False) -> None:
        self.group, self.point, self.lakh = group, point, lakh

    def __call__(self, value: Decimal | str, places: int = 2) -> str:
        number = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        whole, _, part = f"{abs(number):f}".partition(".")
        if self.lakh and len(whole) > 3:
            head, tail, groups = whole[:-3], whole[-3:], []
            while head:
                groups.insert(0, head[-2:])
                head = head[:-2]
            whole = self.group.join([*groups, tail])
        else:
            whole = f"{int(whole):,}".replace(",", self.group)
        return ("-" if number < 0 else "") + whole + (self.point + part if part else "")


def _font(family: str, bold: bool) -> str:
    name = _FONTS[family][bold]
    if name not in _REGISTERED:
        if name.startswith("DejaVu"):
            folder = dejavu_folder()
            if folder is None:
                raise RuntimeError("The DejaVu fonts are not installed (Debian: fonts-dejavu-core)")
            pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
        elif name.startswith(("Heisei", "STSong")):
            pdfmetrics.registerFont(UnicodeCIDFont(name))
        _REGISTERED.add(name)
    return name


class Sheet:
    """One PDF. Output depends on the input only (no clock, no random id)."""

    def __init__(self, target: BinaryIO, size: tuple[float, float] = A4) -> None:
        self.width, self.height = size
        self.family, self.size, self.pages = "helv", 9.0, 1
        self.canvas = Canvas(target, pagesize=size, invariant=1, pageCompression=1)

    def style(self, family: str, size: float = 9) -> None:
        """Family and size of all that follows."""
        self.family, self.size = family, size

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float | None = None,
        *,
        bold: bool = False,
        align: str = "left",
        color: str = "#000000",
    ) -> None:
        """One line with its baseline ``y`` points below the top edge."""
        self.canvas.setFont(_font(self.family, bold), size or self.size)
        self.canvas.setFillColor(HexColor(color))
        draw = {"left": "drawString", "right": "drawRightString", "center": "drawCentredString"}[align]
        getattr(self.canvas, draw)(x, self.height - y, text)

    def lines(
        self,
        x: float,
        y: float,
        texts: Sequence[str],
        size: float | None = None,
        *,
        leading: float | None = None,
        bold: bool = False,
        align: str = "left",
        color: str = "#000000",
    ) -> float:
        """Lines below each other; gives the baseline after the last."""
        for text in texts:
            self.text(x, y, text, size, bold=bold, align=align, color=color)
            y += leading or (size or self.size) * 1.35
        return y

    def pairs(
        self,
        x: float,
        value_x: float,
        y: float,
        pairs: Sequence[tuple[str, str]],
        size: float | None = None,
        *,
        leading: float | None = None,
        align: str = "left",
        bold_key: bool = False,
        bold_value: bool = False,
    ) -> float:
        """Keys at ``x`` and values at ``value_x`` (their right end with ``align="right"``)."""
        for key, value in pairs:
            self.text(x, y, key, size, bold=bold_key)
            self.text(value_x, y, value, size, bold=bold_value, align=align)
            y += leading or (size or self.size) * 1.45
        return y

    def rule(self, x: float, y: float, to: float, width: float = 0.6, color: str = "#000000") -> None:
        self.canvas.setStrokeColor(HexColor(color))
        self.canvas.setLineWidth(width)
        self.canvas.line(x, self.height - y, to, self.height - y)

    def box(self, x: float, y: float, width: float, height: float, *, fill: str = "", stroke: str = "#000000") -> None:
        """A box with its top left corner at ``x``, ``y``; no border with ``stroke=""``."""
        if fill:
            self.canvas.setFillColor(HexColor(fill))
        if stroke:
            self.canvas.setStrokeColor(HexColor(stroke))
        self.canvas.setLineWidth(0.6)
        self.canvas.rect(x, self.height - y - height, width, height, fill=int(bool(fill)), stroke=int(bool(stroke)))

    def next_page(self) -> None:
        self.canvas.showPage()
        self.pages += 1

    def table(
        self,
        x: float,
        y: float,
        columns: Sequence[Column],
        rows: Sequence[TableRow],
        *,
        grid: str = "head",
        fill: str = "",
        head_color: str = "#000000",
        head_bold: bool = True,
        size: float | None = None,
        pad: float = 3,
        gap: float = 0,
        bottom: float = 760,
        on_break: Callable[[int, float], float] | None = None,
    ) -> float:
        """A table whose head begins at ``y``; gives the baseline below it. ``grid`` is ``all``, ``rows``, ``head`` or
        ``none``. Where a row would pass ``bottom``, ``on_break(rows_drawn, y)`` ends the page, begins the next and
        gives the place of the repeated head."""
        size = size or self.size
        leading = size * 1.3
        width = sum(column[1] for column in columns)
        y = self._table_head(x, y, columns, grid, fill, head_color, head_bold, size, pad)
        for index, row in enumerate(rows):
            if on_break is not None and y > bottom:
                y = on_break(index, y)
                y = self._table_head(x, y, columns, grid, fill, head_color, head_bold, size, pad)
            if isinstance(row, str):
                self.text(x + pad, y + leading, row, size, bold=True)
                y += leading + pad + gap
                continue
            top, height = y, leading * max(cell.count("\n") + 1 for cell in row) + pad
            at = x
            for (_, column_width, align), cell in zip(columns, row, strict=True):
                self._cell(at, y + leading, column_width, align, cell, size, leading, pad)
                if grid == "all":
                    self.box(at, top, column_width, height + gap)
                at += column_width
            y += height + gap
            if grid == "rows":
                self.rule(x, y, x + width, 0.3, "#999999")
        return y + leading

    def _table_head(
        self,
        x: float,
        y: float,
        columns: Sequence[Column],
        grid: str,
        fill: str,
        color: str,
        bold: bool,
        size: float,
        pad: float,
    ) -> float:
        leading = size * 1.3
        height = leading * max(title.count("\n") + 1 for title, _, _ in columns) + pad
        width = sum(column[1] for column in columns)
        if fill:
            self.box(x, y, width, height, fill=fill, stroke="")
        at = x
        for title, column_width, align in columns:
            self._cell(at, y + leading, column_width, align, title, size, leading, pad, bold=bold, color=color)
            if grid == "all":
                self.box(at, y, column_width, height)
            at += column_width
        if grid in ("head", "rows"):
            self.rule(x, y + height, x + width)
        return y + height

    def _cell(
        self,
        x: float,
        y: float,
        width: float,
        align: str,
        text: str,
        size: float,
        leading: float,
        pad: float,
        *,
        bold: bool = False,
        color: str = "#000000",
    ) -> None:
        at = {"left": x + pad, "right": x + width - pad, "center": x + width / 2}[align]
        for line in text.split("\n"):
            self.text(at, y, line, size, bold=bold, align=align, color=color)
            y += leading

    def save(self) -> None:
        self.canvas.save()
