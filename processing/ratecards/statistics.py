"""What the columns of a table hold, over all of its rows, and the rows in which that changes. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from processing.content.records import Row
from processing.ratecards.headers import is_number
from processing.ratecards.labels import parse_break
from processing.ratecards.values import price_of

DISTINCT = 12  # values that are told whole
_MOST_VALUES = 5_000  # kept apart for one column
_MOST_CHANGES = 12
_RARE = 50  # a value that stands in one of so many rows
_FEW = 3  # positions that are kept of a kind
_TEXT_CHARACTERS = 28
_ALIKE = 4  # prices of neighbouring zones or breaks differ by less


@dataclass(slots=True)
class ColumnHold:
    """One column below its header. ``lowest`` and ``highest`` are positions (in the rows given) of its smallest and
    largest number; ``texts`` positions of words among numbers, ``gaps`` of empty cells among filled ones, ``rare`` of
    values that hardly any other row has."""

    column: int
    line: str = "empty"
    numeric: bool = False
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    form: str = ""
    lowest: int = -1
    highest: int = -1
    texts: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    rare: list[int] = field(default_factory=list)


def columns_of(rows: Sequence[Row], columns: Sequence[int], separator: str | None) -> list[ColumnHold]:
    """The columns of all rows of a table, in one pass; ``separator`` is the decimal one of its numbers."""
    seen = {column: _Seen() for column in columns}
    for position, row in enumerate(rows):
        for cell in row.cells:
            column = seen.get(cell.column)
            if column is not None:
                column.add(position, cell.text, separator)
    return [_hold(column, seen[column], len(rows)) for column in columns]


@dataclass(slots=True)
class _Seen:
    """What was seen of a column so far: nothing that grows with the rows beyond ``_MOST_VALUES``."""

    filled: int = 0
    numbers: int = 0
    low: tuple[Decimal, int] | None = None
    high: tuple[Decimal, int] | None = None
    last: Decimal | None = None
    falls: bool = False
    percent: bool = True
    counts: dict[str, int] = field(default_factory=dict)
    values: dict[str, Decimal | None] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    words: list[tuple[int, str]] = field(default_factory=list)
    word_count: int = 0
    gaps: list[int] = field(default_factory=list)
    before: int = -1

    def add(self, position: int, text: str, separator: str | None) -> None:
        if len(self.gaps) < _FEW and position > self.before + 1:
            self.gaps.extend(range(self.before + 1, min(position, self.before + 1 + _FEW)))
        self.before = position
        self.filled += 1
        count = self.counts.get(text)
        if count is not None:
            self.counts[text] = count + 1
            value = self.values[text]  # no number is parsed twice
        else:
            value = Decimal(text) if text.isdecimal() else price_of(text, separator) if is_number(text) else None
            if len(self.counts) < _MOST_VALUES:
                self.counts[text], self.first[text], self.values[text] = 1, position, value
        if value is None:
            self.word_count += 1
            if len(self.words) <= _FEW:
                self.words.append((position, text))
            return
        self.numbers += 1
        self.falls = self.falls or (self.last is not None and value <= self.last)
        self.last = value
        self.percent = self.percent and "%" in text
        if self.low is None or value < self.low[0]:
            self.low = (value, position)
        if self.high is None or value > self.high[0]:
            self.high = (value, position)


def _hold(column: int, seen: _Seen, rows: int) -> ColumnHold:
    hold = ColumnHold(column)
    if not seen.filled:
        return hold
    kinds = list(seen.counts)
    filled = "" if seen.filled == rows else f", {seen.filled} of {rows} rows filled"
    if seen.filled * 10 >= rows * 9 and seen.filled < rows:
        hold.gaps = (seen.gaps or [seen.before + 1])[:_FEW]
    if seen.numbers * 10 >= seen.filled * 7 and seen.low is not None and seen.high is not None:
        hold.numeric = True
        hold.texts = [position for position, _ in seen.words]
        rising = seen.numbers > 2 and not seen.falls
        few = len(kinds) * 5 < seen.filled
        hold.lowest, hold.highest, hold.least, hold.most = seen.low[1], seen.high[1], seen.low[0], seen.high[0]
        kind = "numbers" if rising or few else "prices"
        told = f", {len(kinds)} different: {_told(kinds)}" if few and len(kinds) <= DISTINCT else ""
        among = f", words among them: {_told([text for _, text in seen.words[:_FEW]])}" if seen.words else ""
        percent = seen.percent and not seen.words
        hold.form = "" if told or among or filled else f"{kind}{rising}{percent}"
        sign, order = " %" if percent else "", ", rising" if rising else ""
        hold.line = f"{kind} {hold.least} to {hold.most}{sign}{order}{told}{among}{filled}"
        return hold
    breaks = sum(parse_break(text) is not None for text in kinds[:40])
    name = "breaks" if breaks * 3 >= len(kinds[:40]) * 2 else "texts"
    many = "" if len(kinds) < _MOST_VALUES else " or more"
    hold.line = f"{name}, {len(kinds)}{many} different: {_told(kinds if len(kinds) <= DISTINCT else kinds[:3])}{filled}"
    if len(kinds) <= seen.filled // 3:
        rare = [text for text, count in seen.counts.items() if count * _RARE <= seen.filled]
        hold.rare = sorted(seen.first[text] for text in rare)[:_FEW]
    return hold


def alike(one: ColumnHold, other: ColumnHold) -> bool:
    """Whether two neighbours hold the same kind of numbers of the same size."""
    if not one.form or one.form != other.form:
        return False
    sizes = [max(abs(hold.most), Decimal("0.01")) for hold in (one, other)]
    return max(sizes) <= min(sizes) * _ALIKE


def line_of_run(run: Sequence[ColumnHold]) -> str:
    kind, _, rest = run[0].line.partition(" ")
    tail = rest.partition(" to ")[2].partition(",")
    percent = " %" if "%" in tail[0] else ""
    return f"{kind} {min(h.least for h in run)} to {max(h.most for h in run)}{percent}{tail[1]}{tail[2]}"


def _told(texts: Sequence[str]) -> str:
    return ", ".join(
        text if len(text) <= _TEXT_CHARACTERS else text[:_TEXT_CHARACTERS] + "…"
        for text in (" ".join(text.split()) for text in texts)
    )


def changes_of(rows: Sequence[Row], data: Sequence[int], columns: Sequence[ColumnHold]) -> list[tuple[int, str]]:
    """Indexes of rows where a pattern changes, with what does, in the order of the sheet: words among numbers, an empty
    cell, a rare value, the smallest and the largest number, a row of few cells, a heading."""
    found: dict[int, str] = {}
    for position, why in _candidates(rows, data, columns):
        if len(found) >= _MOST_CHANGES and data[position] not in found:
            break
        found.setdefault(data[position], why)
    return sorted(found.items())


def _candidates(
    rows: Sequence[Row], data: Sequence[int], columns: Sequence[ColumnHold]
) -> Iterator[tuple[int, str]]:  # fmt: skip
    for hold in columns:
        yield from ((position, "words among numbers") for position in hold.texts)
    sizes = Counter(len(rows[i].cells) for i in data)
    usual = max(sizes.most_common(1)[0][0], len(rows[data[0]].cells)) if sizes else 0
    few = [p for p, i in enumerate(data) if len(rows[i].cells) * 2 < usual]
    yield from ((position, "few cells") for position in few[:3])
    for hold in columns:
        yield from ((position, "an empty cell") for position in hold.gaps[:2])
        yield from ((position, "a rare value") for position in hold.rare[:2])
    priced = [hold for hold in columns if hold.numeric and hold.line.startswith("prices")]
    for hold in (priced[:1] or [hold for hold in columns if hold.numeric][-1:]) if len(data) > 8 else []:
        yield hold.lowest, "the smallest"
        yield hold.highest, "the largest"
