"""A document as numbered rows for the model: which rows are shown, and how. Row numbers are always the true ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from invoices.values import find_ibans, find_vat_ids
from processing.content.records import Cell, DocumentContent, Row
from processing.extractors.words.labels import find_labels, title_at, tokens_of
from processing.llm.tokens import count_tokens

RowRange = tuple[int, int]

# Of a long uniform table the model sees this much: enough to see its columns and where it ends.
TABLE_HEAD_ROWS = 6
TABLE_TAIL_ROWS = 4
_MIN_HIDDEN_ROWS = 4  # a mark costs as much as a row or two
MAX_CELL_CHARACTERS = 400
_MIN_SHOWN_ROWS = 3
_HEAD_ROWS = 12  # letterhead, title, number and date
_MARK_TOKENS = 16  # "... rows 1200 to 1950 are not shown" and its line end, in any tokenizer seen

_AMOUNT = re.compile(r"\d[.,]\d{2}(?!\d)")
_TOTALS = re.compile(
    r"total|summ|betrag|netto|brutto|mwst|ust|steuer|\bvat\b|\btax|\bgst|\bbtw\b|\btva\b|\biva\b|\bht\b|\bttc\b|due|balance"
    r"|zahl|payable|payer|pagar|pagare|betalen|importe|importo|montant|bedrag|imponi|imposta|iban|\bbic\b|discount|rabatt",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True)
class Selection:
    """The rendered rows; ``left_out`` are the ranges that did not fit."""

    text: str
    left_out: list[RowRange] = field(default_factory=list)


def select_rows(content: DocumentContent, *, model: str, max_tokens: int) -> Selection | None:
    """The document within ``max_tokens``; None when not even its first rows fit.

    First the middle of long uniform tables is folded: what is mapped from its first item is read by the program
    anyway. If that is not enough, rows go in by what an invoice needs: the head of the first page, totals and what
    stands around them, the ends of tables, the last page, then the rest in order.
    """
    rows = [row for page in content.pages if not page.hidden for row in page.rows]
    folded = _folded_rows(rows)
    shown = [row for row in rows if row.number not in folded]
    lines = {row.number: render_row(row) for row in shown}
    cost = {number: count_tokens(line + "\n", model) for number, line in lines.items()}
    page_mark_tokens = count_tokens("== page 100 ==\n", model)
    chosen: set[int] = set()
    left = max_tokens - _MARK_TOKENS * _runs(sorted(folded))
    if sum(cost.values()) + page_mark_tokens * len(content.pages) <= left:
        chosen = set(lines)
    else:
        order = {row.number: index for index, row in enumerate(shown)}
        taken: set[int] = set()
        pages: set[int] = set()
        left -= _MARK_TOKENS  # of the gap that is there before any row is
        for row in _by_need(shown):
            at = order[row.number]
            # a row far from others makes one gap more, a row beside one none, a row between two closes one
            gaps = 1 - (at - 1 in taken) - (at + 1 in taken)
            price = cost[row.number] + gaps * _MARK_TOKENS + (0 if row.page in pages else page_mark_tokens)
            if price <= left:
                left -= price
                taken.add(at)
                chosen.add(row.number)
                pages.add(row.page)
        if len(chosen) < min(_MIN_SHOWN_ROWS, len(shown)):
            return None
    return Selection(_render(rows, lines, chosen, folded), _ranges(n for n in lines if n not in chosen))


def render_row(row: Row) -> str:
    """``12: Widget | 2 | 10,00``; inside a table an empty column keeps its place."""
    cells: list[str] = []
    for cell in row.cells:
        if row.table is not None:
            cells.extend("" for _ in range(len(cells), cell.column))
        cells.append(_clean(cell))
    return f"{row.number}: " + " | ".join(cells)


def _clean(cell: Cell) -> str:
    # a cell is one line without marks of its own: nothing in it can look like the end of a row or of the document
    text = _CONTROL.sub(" ", unicodedata.normalize("NFC", cell.text)).strip()
    return text if len(text) <= MAX_CELL_CHARACTERS else text[:MAX_CELL_CHARACTERS] + "…"


def _folded_rows(rows: list[Row]) -> set[int]:
    """The middles of long tables in which an amount stands in most rows. A row of keys and values, a title or a heading
    that came to stand in such a block is no row of its table, and is shown."""
    folded: set[int] = set()
    start = 0
    for index in range(1, len(rows) + 1):
        if index < len(rows) and rows[index].table is not None and rows[index].table == rows[start].table:
            continue
        block = rows[start:index]
        start = index
        middle = block[TABLE_HEAD_ROWS : len(block) - TABLE_TAIL_ROWS]
        if block[0].table is None or len(middle) < _MIN_HIDDEN_ROWS:
            continue
        with_amount = sum(1 for row in middle if _AMOUNT.search(row.text))
        if with_amount * 3 >= len(middle):
            own = {row.number for row in middle if _says_itself(row)}
            if len(own) * 3 > len(middle):  # then the words are those of its goods
                own = set()
            folded.update(row.number for row in middle if not _TOTALS.search(row.text) and row.number not in own)
    return _without_short_runs(folded)


def _says_itself(row: Row) -> bool:
    """Whether a row names what its values are: a label of the header or a title before a value, or an account."""
    for cell in row.cells:
        text = cell.text[:MAX_CELL_CHARACTERS]
        if text.endswith(":") or (cell.column == 0 and len(row.cells) == 1 and text.isupper()):
            return True
        if not text[:1].isalpha():
            continue
        tokens = tokens_of(text)
        if any(title_at(tokens, 0, kind) for kind in ("invoice", "credit")):
            return True
        if any(hit.first and hit.label.strength == 3 for hit in find_labels(text, tokens=tokens)):
            return True
        if find_ibans(text) or find_vat_ids(text):
            return True
    return False


def _without_short_runs(numbers: set[int]) -> set[int]:
    kept: set[int] = set()
    for first, last in _ranges(sorted(numbers)):
        if last - first + 1 >= _MIN_HIDDEN_ROWS:
            kept.update(range(first, last + 1))
    return kept


def _by_need(rows: list[Row]) -> list[Row]:
    if not rows:
        return []
    first_page, last_page = rows[0].page, rows[-1].page
    near_totals: set[int] = set()
    for row in rows:
        if _TOTALS.search(row.text):
            near_totals.update(range(row.number - 1, row.number + 2))
    heads: dict[int, int] = {}
    on_page: dict[int, int] = {}

    def rank(row: Row) -> tuple[int, int]:
        on_page[row.page] = place_on_page = on_page.get(row.page, 0) + 1
        place_in_table = 99
        if row.table is not None:
            heads[row.table] = place_in_table = heads.get(row.table, 0) + 1
        if row.page == first_page and place_on_page <= _HEAD_ROWS:
            return 0, row.number
        if row.number in near_totals and row.page in (first_page, last_page):
            return 1, -row.number
        if place_in_table <= 3:
            return 2, row.number
        if row.page == first_page and place_on_page <= 3 * _HEAD_ROWS:
            return 3, row.number
        if row.number in near_totals:
            return 4, -row.number
        if row.page == last_page:
            return 5, -row.number
        return 6, row.number

    ranked = [(rank(row), row) for row in rows]
    return [row for _, row in sorted(ranked, key=lambda pair: pair[0])]


def _render(rows: list[Row], lines: dict[int, str], chosen: set[int], folded: set[int]) -> str:
    out: list[str] = []
    page = 0
    index = 0
    while index < len(rows):
        row = rows[index]
        if row.number in chosen:
            if row.page != page:
                page = row.page
                out.append(f"== page {page} ==")
            out.append(lines[row.number])
            index += 1
            continue
        end = index
        is_folded = row.number in folded
        while end < len(rows) and rows[end].number not in chosen and (rows[end].number in folded) == is_folded:
            end += 1
        state = "like these" if is_folded else "not shown"
        out.append(f"... rows {row.number} to {rows[end - 1].number} are {state}")
        index = end
    return "\n".join(out)


def _ranges(numbers: Iterable[int]) -> list[RowRange]:
    ranges: list[RowRange] = []
    for number in sorted(numbers):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ranges


def _runs(numbers: list[int]) -> int:
    return len(_ranges(numbers))
