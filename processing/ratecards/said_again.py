"""Sentences that a remembered plan points at, found in the next card of its layout. Pure.

A sentence is the same where its words are, whatever its figures and dates now are: the figures of a rule are copied
anew from the places where the old ones stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from processing.ratecards.grid import Grid
from processing.ratecards.plan import IgnoredRange, PointedRule
from processing.ratecards.sheets import Sheet

_FIGURE = re.compile(r"\d[\d.,'’]*\d|\d")
_MOST_ROWS = 2_000  # of a sheet that are searched for a sentence


class SentencesAgain:
    """``problems`` are rules whose sentence is not there any more, or says something else."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.grids = {sheet.index: Grid(sheet) for sheet in sheets}
        self.problems: list[str] = []

    def rules(self, rules: Iterable[PointedRule]) -> tuple[PointedRule, ...]:
        found = []
        for rule in rules:
            now = self._again(rule)
            if now is None:
                self.problems.append(
                    f"The sentence of the rule {rule.kind} (“{rule.text[:60]}”) is not there any more."
                )
            else:
                found.append(now)
        return tuple(found)

    def _again(self, rule: PointedRule) -> PointedRule | None:
        grid = self.grids.get(rule.sheet)
        if grid is None:
            return None
        wanted = _pattern(rule.text)
        cell = grid.cell(rule.row, rule.column)
        places = [(rule.row, rule.column, cell.text)] if cell is not None else []
        places += [
            (grid.labels[i], other.column, other.text)
            for i, row in enumerate(grid.rows[:_MOST_ROWS]) if len(row.cells) < 5 for other in row.cells
        ]  # fmt: skip
        for row, column, text in places:
            if _pattern(text) == wanted:
                return _moved(rule, row, column, text)
        return None

    def ignored(self, ranges: Iterable[IgnoredRange]) -> tuple[IgnoredRange, ...]:
        """Ranges of the same sheets; what has moved is left over and asks somebody."""
        return tuple(found for found in ranges if found.sheet in self.grids)


def _pattern(text: str) -> str:
    return _FIGURE.sub("#", " ".join(text.split()).casefold())


def _moved(rule: PointedRule, row: int, column: int, text: str) -> PointedRule | None:
    """The rule with the figures that now stand where its own stood."""
    before, now = _FIGURE.findall(rule.text), _FIGURE.findall(text)
    if len(before) != len(now):
        return None
    renamed = dict(zip(before, now, strict=True)) if len(set(before)) == len(before) else None
    if renamed is None:
        # The same figure twice: which of them the rule took is not known unless nothing has changed.
        return replace(rule, row=row, column=column, text=text) if before == now else None

    def anew(words: str) -> str:
        return _FIGURE.sub(lambda match: renamed.get(match[0], match[0]), words)

    return replace(
        rule, row=row, column=column, text=text,
        figures=tuple(anew(figure) for figure in rule.figures),
        words=tuple((name, anew(word)) for name, word in rule.words),
    )  # fmt: skip
