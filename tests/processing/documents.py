"""Small documents made by hand: rows of cells with places, as a reader gives them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from invoices.records import Place
from processing.content.records import Cell, DocumentContent, Page, Row, Word

COLUMN_WIDTH, ROW_HEIGHT, LETTER_WIDTH = 100.0, 12.0, 5.0


def make_content(*pages: Sequence[str], tables: dict[int, int] | None = None) -> DocumentContent:
    """Pages of lines of cells set apart by ``|``. A line of three cells or more belongs to its page's table; ``tables``
    (row number → table) says otherwise."""
    made: list[Page] = []
    number = 0
    for page_number, lines in enumerate(pages, start=1):
        rows: list[Row] = []
        for line in lines:
            number += 1
            texts = [text.strip() for text in line.split("|")]
            table = page_number if len(texts) >= 3 else None
            cells = tuple(_cell(text, column, len(rows), page_number) for column, text in enumerate(texts) if text)
            rows.append(Row(number, page_number, cells, (tables or {}).get(number, table)))
        made.append(Page(page_number, tuple(rows), 600.0, 800.0))
    return DocumentContent("application/pdf", tuple(made))


def _cell(text: str, column: int, line: int, page: int) -> Cell:
    left, top = column * COLUMN_WIDTH, line * ROW_HEIGHT
    words: list[Word] = []
    for word in text.split():
        right = left + len(word) * LETTER_WIDTH
        words.append(Word(word, (left, top, right, top + 10), 10.0))
        left = right + LETTER_WIDTH
    box = (words[0].box[0], top, words[-1].box[2], top + 10)
    return Cell(" ".join(text.split()), Place(page=page, box=box), column, tuple(words))


def make_invoice(items: int = 3) -> DocumentContent:
    """An English invoice of one table with ``items`` lines; item n is n × 10.00."""
    lines = [
        "Acorn Tools Ltd | INVOICE",
        "12 Mill Lane, Leeds",
        "Invoice No: | INV-2041",
        "Date: | 2024-03-05",
        "Bill to: Birch & Sons",
        "Description | Qty | Unit price | Amount",
        *(f"Widget type {n} | {n} | 10.00 | {n * 10}.00" for n in range(1, items + 1)),
        f"Subtotal | {subtotal(items)} ",
        f"VAT 20% | {subtotal(items) * Decimal('0.2'):.2f}",
        f"Total: | £{subtotal(items) * Decimal('1.2'):.2f}",
    ]
    return make_content(lines)


def subtotal(items: int) -> Decimal:
    return Decimal("10.00") * items * (items + 1) / 2
