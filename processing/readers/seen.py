"""What the text of a PDF says against what its pages show: unseen text is no evidence, and payment data of doubtful
visibility count only where the picture of the page says the same. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from invoices.records import ReviewReason
from invoices.rules.catalogue import reason
from processing.content.records import DocumentContent, Page, Row, Word
from processing.readers.hidden_text import not_shown, payment_data
from processing.readers.pdf import PdfReading, page_needs_ocr

_VALUES_SHOWN = 3


def pages_to_compare(reading: PdfReading) -> frozenset[int]:
    """The pages whose picture has to be read: whose text is doubtful, mostly a layer over a scan, or hides payment data
    under something that is seen."""
    numbers = set(reading.doubtful)
    for page in reading.content.pages:
        over = reading.over_something.get(page.number, ())
        if not over:
            continue
        seen = sum(len(cell.text) for row in page.rows for cell in row.cells)
        if sum(len(word.text) for word in over) > seen or payment_data(_text(over)):
            numbers.add(page.number)
    return frozenset(numbers)


def compared_with_pictures(
    reading: PdfReading, content: DocumentContent, read: dict[int, Page], compare: frozenset[int]
) -> DocumentContent:
    """``content`` with the pages ``read`` from their pictures where these count, and a blocking reason where unseen
    text, or text that the picture contradicts, holds accounts or amounts."""
    by_number = {page.number: page for page in content.pages}
    used: dict[int, Page] = {}
    false: list[str] = []
    unread: list[int] = []
    for number, page in by_number.items():
        picture = read.get(number)
        if picture is not None and (page_needs_ocr(page) or _is_layer(reading, page)):
            used[number] = picture
        elif picture is not None and (found := not_shown(page_text(page), lines_of(picture), by_picture=True)):
            false += found
            used[number] = picture
        elif picture is None and number in compare:
            unread.append(number)
    shown = [line for page in content.pages for line in lines_of(used.get(page.number, page))]
    for number, words in reading.unseen.items():
        by_picture = number in used
        false += not_shown(_text(words), lines_of(used[number]) if by_picture else shown, by_picture=by_picture)
    reasons: list[ReviewReason] = list(content.reasons)
    if false:
        listed = ", ".join(f"\u201c{value}\u201d" for value in list(dict.fromkeys(false))[:_VALUES_SHOWN])
        message = f"The file contains text that its pages do not show: {listed}. Pay only by what the page shows."
        reasons.append(reason("hidden_text", "", message))
    elif unread and content.embedded_xml is None:
        pages = ", ".join(map(str, unread[:10]))
        message = f"The text of page {pages} may not be what the page shows, and could not be compared with it."
        reasons.append(reason("hidden_text", "", message))
    if not used and len(reasons) == len(content.reasons):
        return content
    return replace(content, pages=joined_pages(content.pages, used), reasons=tuple(reasons))


def _is_layer(reading: PdfReading, page: Page) -> bool:
    over = sum(len(word.text) for word in reading.over_something.get(page.number, ()))
    return over > sum(len(cell.text) for row in page.rows for cell in row.cells)


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def lines_of(page: Page) -> list[str]:
    return [row.text for row in page.rows]


def page_text(page: Page) -> str:
    return "\n".join(lines_of(page))


def joined_pages(pages: Sequence[Page], replaced: dict[int, Page]) -> tuple[Page, ...]:
    """The pages with those read by OCR in their places; rows numbered anew, tables apart from those of the text."""
    highest = max((row.table for p in pages for row in p.rows if row.table is not None), default=-1)
    out: list[Page] = []
    number = 1
    for page in pages:
        source = replaced.get(page.number, page)
        offset = highest + 1 if page.number in replaced else 0
        rows: list[Row] = []
        for row in source.rows:
            rows.append(replace(row, number=number, table=None if row.table is None else row.table + offset))
            number += 1
        out.append(replace(source, rows=tuple(rows)))
    return tuple(out)
