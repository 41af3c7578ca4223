"""Where the invoices in a file of several begin: by page counters that start anew, new numbers under a title, totals
and separator sheets. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from invoices import values
from invoices.rules.catalogue import reason
from processing.content.records import DocumentContent, Page, Row
from processing.extractors.bills.read import ends_with_its_sum
from processing.extractors.covering_letter import without_letter
from processing.extractors.header import amounts, document_numbers
from processing.extractors.header.candidates import best
from processing.extractors.header.grid import Grid, make_grid

STARTS, DOUBTFUL, SEPARATORS = "part_starts", "doubtful_starts", "separator_pages"

_OF = r"(?:of|out of|von|de|di|sur|van|av|af|z|ze|su|/|\|)"
_PAGE_WORD = (
    r"(?:page|seite|pagina|página|pag|pág|side|sida|sivu|strona|str|strana|blatt|blad|folha|hoja|feuille|oldal)"
)
_COUNTER = re.compile(rf"\b{_PAGE_WORD}\b\.?\s*:?\s*(\d{{1,4}})(?:\s*{_OF}\s*(\d{{1,4}}))?(?!\s*[.,]?\d)", re.I)
_BARE_COUNTER = re.compile(rf"^\W*(\d{{1,4}})\s*{_OF}\s*(\d{{1,4}})\W*$", re.I)
_SEPARATOR = re.compile(
    r"\b(?:separator|separation (?:sheet|page)|document separator|patch ?(?:t|code|[1-6])|trennblatt|trennseite"
    r"|scheidingsblad|scheidingspagina|intercalaire|page de s[ée]paration|hoja separadora|"
    r"pagina separatrice|skilleark)\b",
    re.I,
)
_SEPARATOR_WORDS = 25
_COUNTER_CHARACTERS = 60
_TITLE_TOKENS = 8
_TITLE_LINES = 14  # from the top: a title under a letterhead and an address window
_TITLE_WITHIN = 0.3  # of the lines of a long page


@dataclass(frozen=True, slots=True)
class _Face:
    """What a page shows of where it belongs."""

    counters: tuple[tuple[int, int | None], ...]
    number: str | None
    title: bool
    total: bool
    separator: bool
    empty: bool


def separated(content: DocumentContent) -> DocumentContent:
    """The content with what was found in its ``metadata`` (page numbers, set apart by commas); as it is where it is one
    document."""
    if len(content.pages) < 2 or content.embedded_xml is not None:
        return content
    starts, doubtful, separators = separate(content)
    found = {STARTS: starts if len(starts) > 1 or separators else [], DOUBTFUL: doubtful, SEPARATORS: separators}
    noted = {name: ",".join(map(str, numbers)) for name, numbers in found.items() if numbers}
    return replace(content, metadata={**content.metadata, **noted}) if noted else content


def part_ranges(content: DocumentContent) -> list[list[int]]:
    """The pages of each invoice in the file; empty where it is one document."""
    starts = page_numbers(content, STARTS)
    separators = set(page_numbers(content, SEPARATORS))
    ranges: list[list[int]] = []
    for page in content.pages:
        if page.number in separators:
            continue
        if page.number in starts or (starts and not ranges):
            ranges.append([])
        if ranges:
            ranges[-1].append(page.number)
    return ranges


def first_invoice(content: DocumentContent) -> DocumentContent:
    """What is read of a document: the pages up to the first one of which it is in doubt whether another invoice begins
    there, with the reason, and of a mail the invoice alone. No values of two invoices are mixed."""
    content = without_letter(content)
    doubtful = page_numbers(content, DOUBTFUL)
    if not doubtful or ends_with_its_sum(content):
        return content
    pages = tuple(page for page in content.pages if page.number < doubtful[0])
    message = f"Another invoice may begin on page {doubtful[0]}; only the pages before it were read."
    return replace(content, pages=pages, reasons=(*content.reasons, reason("several_invoices", "", message)))


def page_numbers(content: DocumentContent, name: str) -> list[int]:
    """The pages noted under ``STARTS``, ``DOUBTFUL`` or ``SEPARATORS``."""
    return [int(number) for number in content.metadata.get(name, "").split(",") if number]


def separate(content: DocumentContent) -> tuple[list[int], list[int], list[int]]:
    """Page numbers: where invoices begin (the first page always), where it is in doubt, and what only separates."""
    faces = [_face(content, page) for page in content.pages]
    counters = _own_counters(faces)
    starts, doubtful, separators = [], [], []
    number: str | None = None
    total = False
    counter: tuple[int, int | None] | None = None
    fresh = True  # what comes next begins an invoice
    for page, face, own in zip(content.pages, faces, counters, strict=True):
        if face.separator:
            separators.append(page.number)
            fresh = True
            continue
        begins, doubt = (True, False) if fresh else _begins(face, own, number=number, total=total, counter=counter)
        if begins:
            starts.append(page.number)
            number, total = None, False
        elif doubt:
            doubtful.append(page.number)
        number = number or face.number
        total = total or face.total
        counter = own if own or begins else (counter and (counter[0] + 1, counter[1]))
        fresh = False
    return starts, doubtful, separators


def _begins(
    face: _Face,
    own: tuple[int, int | None] | None,
    *,
    number: str | None,
    total: bool,
    counter: tuple[int, int | None] | None,
) -> tuple[bool, bool]:
    """Whether a page begins an invoice, and whether that is in doubt; ``number``, ``total`` and ``counter`` are those
    of the invoice so far."""
    another = face.number is not None and number is not None and face.number != number
    same = face.number is not None and face.number == number
    if own is not None and own[0] == 1:
        if another or face.title:
            return (True, False) if not same or face.title else (False, True)
        return False, face.total and total  # an annex with pages of its own count
    if own is not None and counter is not None and own[0] == counter[0] + 1 and own[1] == counter[1]:
        return False, another and face.title
    if own is not None and counter is not None and own[1] is not None:  # a page is missing or in another's place
        return (True, False) if another and face.title else (False, another or not same)
    if same:
        return False, False
    if another:
        if face.title and (total or face.total):
            return True, False
        return False, face.title or (face.total and total)
    if face.number is not None and face.title and total:
        return True, False
    return False, face.title and face.total and total


def _face(content: DocumentContent, page: Page) -> _Face:
    words = sum(len(cell.text.split()) for row in page.rows for cell in row.cells)
    barcodes = content.metadata.get("barcode_pages", "").split(",")
    separator = words <= _SEPARATOR_WORDS and (
        any(_SEPARATOR.search(row.text) for row in page.rows) or str(page.number) in barcodes
    )
    if str(page.number) in barcodes and not page.rows:
        separator = True
    if separator or not page.rows:
        return _Face((), None, title=False, total=False, separator=separator, empty=True)
    grid = make_grid(replace(content, pages=(page,), embedded_xml=None))
    found = document_numbers.titles(grid)
    titles = [title for title in found if _is_title(title, grid)]
    numbers = document_numbers.identifiers(grid, "invoice_number") + document_numbers.title_numbers(grid, titles)
    number, _ = best([c for c in numbers if not document_numbers.refers(c.piece)])
    separator_sign = values.decimal_separator_of(piece.text for piece in grid.pieces)
    sums = amounts.labelled_amounts(grid, separator_sign, set())
    total = any(amount.kind in ("total_amount", "amount_due") for amount in sums)
    plain = "".join(c for c in str(number.value).casefold() if c.isalnum()) if number is not None else None
    return _Face(tuple(_counters(page.rows)), plain, bool(titles), total, separator=False, empty=False)


def _is_title(title: document_numbers.Title, grid: Grid) -> bool:
    piece = title.piece
    if len(piece.tokens) > _TITLE_TOKENS or document_numbers.refers(piece):
        return False
    # By lines and not by height: a page that lies upside down in the file is read in its own direction.
    return piece.line <= max(_TITLE_LINES, _TITLE_WITHIN * len(grid.lines))


def _counters(rows: Sequence[Row]) -> list[tuple[int, int | None]]:
    found: list[tuple[int, int | None]] = []
    edge = [*rows[:6], *rows[-6:]]
    for row in rows:
        for cell in row.cells:
            if len(cell.text) > _COUNTER_CHARACTERS:
                continue
            match = _COUNTER.search(cell.text) or (_BARE_COUNTER.match(cell.text) if row in edge else None)
            if match is None:
                continue
            count = int(match[2]) if match[2] else None
            if count is None and len(cell.text.strip()) > len(match.group()) + 4:
                continue  # "carried forward from page 1"
            if int(match[1]) >= 1 and (count is None or int(match[1]) <= count):
                found.append((int(match[1]), count))
    return found


def _own_counters(faces: Sequence[_Face]) -> list[tuple[int, int | None] | None]:
    """Each page's counter; of several that of the invoice, not that of a stamp that counts the whole file."""
    of_file = [{c for c in face.counters if c[1] == len(faces) and c[0] == n} for n, face in enumerate(faces, start=1)]
    stamped = all(of_file) and all(
        any(c[1] is not None for c in set(face.counters) - of) for face, of in zip(faces, of_file, strict=True)
    )
    own: list[tuple[int, int | None] | None] = []
    for face, stamp in zip(faces, of_file, strict=True):
        left = [c for c in face.counters if not stamped or c not in stamp]
        left = left or list(face.counters)
        own.append(next((c for c in left if c[1] is not None), left[0] if left else None))
    return own
