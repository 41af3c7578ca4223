"""Lists of names with an amount each, proved by the sum below them: till slips and the simplest invoices. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from decimal import Decimal

from processing.content.records import Cell, Row
from processing.extractors.items.cells import Number, read_number
from processing.extractors.items.columns import is_numeric
from processing.extractors.items.headers import fold, names_sum

MAX_ITEMS_OF_SUM = 100
ALIGNED = 6.0  # points between the right edges of amounts in one column; scans are a little askew


def find_list(rows: Sequence[Row], separator: str | None) -> tuple[Row, Row, dict[str, int]] | None:
    """The first and last row of names with an amount each at the end of their lines, where the amount below them is
    their sum, and the columns of both. What stands between (a rate, a letter, "2 x 1.50") and lines between them
    without an amount are no further items."""
    run: deque[tuple[Row, Number, bool]] = deque(maxlen=MAX_ITEMS_OF_SUM)
    for row in rows:
        if len(row.cells) == 1 and run and run[-1][0].page == row.page:
            continue  # how many at what price, a serial number
        number = read_number(row.cells[-1], decimal_separator=separator) if len(row.cells) > 1 else None
        name = _name_of(row)
        if number is None or name is None or "." not in format(number.value, "f"):
            run.clear()
            continue
        total = Decimal(0)
        for count, (above, part, is_sum) in enumerate(reversed(run), start=1):
            if is_sum or above.page != row.page or total > number.value > 0:
                break
            total += part.value
            if count >= 2 and total == number.value > 0 and _end_alike(run, count, number.cell):
                first = _name_of(above) or above.cells[0]
                return above, run[-1][0], {"description": first.column, "amount": part.cell.column}
        run.append((row, number, names_sum(fold(row.cells[0].text))))
    return None


def _name_of(row: Row) -> Cell | None:
    """The cell that names what a row is about: the first, or the second behind a number of its own."""
    return next((cell for cell in row.cells[:-1][:2] if not is_numeric(cell)), None)


def _end_alike(run: deque[tuple[Row, Number, bool]], count: int, whole: Cell) -> bool:
    return all(_ends_alike(part.cell, whole) for _, part, _ in list(run)[-count:])


def _ends_alike(part: Cell, whole: Cell) -> bool:
    """Whether two amounts stand in one column: their right edges meet, or nothing is known of edges."""
    if not part.words or not whole.words:
        return True
    return abs(max(w.box[2] for w in part.words) - max(w.box[2] for w in whole.words)) <= ALIGNED
