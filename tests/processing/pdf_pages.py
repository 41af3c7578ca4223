"""Small PDFs drawn for the tests of the readers."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from reportlab.pdfgen.canvas import Canvas

Placed = tuple[float, float, str]  # x and distance from the top of the page, in points


def draw_pdf(
    pages: Iterable[Sequence[Placed]],
    *,
    size: tuple[float, float] = (595, 842),
    font_size: float = 10,
    turn: int = 0,
    rotation: int = 0,
    password: str | None = None,
) -> bytes:
    """A PDF with one text at each place; text that starts with ">" ends there (set to the right). ``turn`` turns the
    text by degrees about the middle of the page, ``rotation`` is the page's /Rotate."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, encrypt=password)
    for page in pages:
        canvas.setFont("Helvetica", font_size)
        if rotation:
            canvas.setPageRotation(rotation)
        if turn:
            canvas.translate(size[0] / 2, size[1] / 2)
            canvas.rotate(turn)
            canvas.translate(-size[0] / 2, -size[1] / 2)
        for x, top, text in page:
            if text.startswith(">"):
                canvas.drawRightString(x, size[1] - top, text[1:])
            else:
                canvas.drawString(x, size[1] - top, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def table_page(
    rows: Sequence[Sequence[str]], columns: Sequence[float], *, top: float = 200, pitch: float = 18
) -> list[Placed]:
    """Rows of texts at the given x of each column; an empty text is left out."""
    return [
        (x, top + pitch * index, text)
        for index, row in enumerate(rows)
        for x, text in zip(columns, row, strict=False)
        if text
    ]
