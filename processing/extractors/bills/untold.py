"""Columns of a table that its headings do not tell: which are charges, and which is their sum. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from processing.content.extraction import Fields
from processing.content.records import Cell
from processing.extractors.bills.columns import Columns
from processing.extractors.bills.headings import is_tax
from processing.extractors.bills.records import amount_of
from processing.extractors.bills.sums import Gap, columns_that_fill
from processing.extractors.bills.values import Conventions, number

Cells = Mapping[int, Cell]
ZERO = Decimal(0)
_SAMPLE = 400
_OF_EACH = 3  # rows of each column that is filled seldom
_TOTALS_TRIED, _FEWEST_ROWS = 5, 3
_RIGHT = 0.9


def sample_of(columns: Columns, rows: Sequence[tuple[int, Cells]]) -> list[Cells]:
    """The first rows of shipments, and some of those in which a column of an unknown heading is filled."""
    sample: list[Cells] = []
    wanted = dict.fromkeys(columns.maybe, _OF_EACH)
    for _, cells in rows:
        number_ = columns.cell(cells, "tracking_number")
        if number_ is None or not any(c.isdigit() for c in number_.text):
            continue
        filled = [at for at in wanted if at in cells] if len(sample) >= _SAMPLE else []
        if len(sample) < _SAMPLE or filled:
            sample.append(cells)
            wanted = {at: left - (at in cells) for at, left in wanted.items() if left > (at in cells)}
    return sample


class UntoldColumns:
    """Tells them by the sums that rows print. ``charges`` gives the charges of a row by the columns that are known."""

    def __init__(
        self, columns: Columns, conventions: Conventions, charges: Callable[[Cells], Iterable[Fields]]
    ) -> None:
        self.columns = columns
        self.conventions = conventions
        self._charges = charges

    def find_total(self, sample: Sequence[Cells]) -> None:
        """What is due for each row, not for the file, and a column of an unknown heading that is the sum of others."""
        facts = self.columns.facts
        if "row_total" in facts or self.columns.row_is_charge:
            return
        due = facts.get("total_amount", [])
        if due and len({cells[due[0]].text for cells in sample if due[0] in cells}) > max(1, len(sample) // 3):
            facts["row_total"] = facts.pop("total_amount")
            return
        candidates = self._numeric(sample)
        for at in reversed(candidates[-_TOTALS_TRIED:]):
            gaps = self._gaps(sample, at, [each for each in candidates if each != at])
            chosen = columns_that_fill(gaps, candidates)
            several = len(chosen) + len(self.columns.charges) + len(self.columns.groups) > 1
            if len(gaps) >= _FEWEST_ROWS and several and _reached(gaps, chosen) >= _RIGHT * len(gaps):
                facts["row_total"] = [at]
                self.columns.maybe.remove(at)
                return

    def _numeric(self, sample: Sequence[Cells]) -> list[int]:
        """Columns of unknown headings that hold nothing but numbers; what is added as tax is no charge."""
        return [
            at for at in self.columns.maybe
            if not is_tax(self.columns.headings[at]) and any(at in cells for cells in sample)
            and all(self._money(cells[at]) is not None for cells in sample if at in cells)
        ]  # fmt: skip

    def _gaps(self, sample: Sequence[Cells], total: int, candidates: Sequence[int]) -> list[Gap]:
        """What the known charges of each row lack to its sum, and the amounts of the candidates."""
        gaps: list[Gap] = []
        for cells in sample:
            stated = number(cells[total].text, self.conventions) if total in cells else None
            if stated is not None:
                known = sum((amount_of(charge) for charge in self._charges(cells)), ZERO)
                gaps.append((stated - known, {at: self._money(cells[at]) or ZERO for at in candidates if at in cells}))
        return gaps

    def charges_that_sums_ask_for(self, sample: Sequence[Cells]) -> list[int]:
        """Columns of an unknown heading that are charges: without them the sums of rows are not reached, with them they
        are."""
        if "row_total" not in self.columns.facts or not self.columns.maybe:
            return []
        total = self.columns.facts["row_total"][0]
        candidates = self._numeric(sample)
        gaps = self._gaps(sample, total, candidates)
        chosen = columns_that_fill(gaps, candidates)
        if 2 * _reached(gaps, chosen) >= len(gaps) or not self.columns.charges:
            return chosen
        # A gross amount or a discount beside the net one is no charge: the sums choose among all columns.
        known, self.columns.charges = self.columns.charges, []
        every = sorted({*known, *candidates})
        gaps = self._gaps(sample, total, every)
        others = columns_that_fill(gaps, every)
        if others and _reached(gaps, others) >= _RIGHT * len(gaps):
            return others
        self.columns.charges = known
        return chosen

    def _money(self, cell: Cell) -> Decimal | None:
        return number(cell.text.split()[-1], self.conventions) if cell.text.strip(" -–—") else ZERO


def _reached(gaps: Sequence[Gap], chosen: Sequence[int]) -> int:
    """How many rows come to their sum with the chosen columns."""
    return sum(lacking == sum((own.get(at, ZERO) for at in chosen), ZERO) for lacking, own in gaps)
