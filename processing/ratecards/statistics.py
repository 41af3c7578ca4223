"""What the columns of a table hold, over all of its rows, and the rows in which that changes. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from processing.content.records import Row
from processing.ratecards.headers import is_number
from processing.ratecards.labels import parse_break
from processing.ratecards.values import price_of

DISTINCT = 12  # values that are told whole
_MOST_VALUES = 5_000  # kept apart for one column
_MOST_CHANGES = 12
_RARE = 50  # a value that stands in one of so many rows
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
    """The columns of all rows of a table; ``separator`` is the decimal one of its numbers."""
    place = {column: i for i, column in enumerate(columns)}
    texts: list[list[tuple[int, str]]] = [[] for _ in columns]
    for position, row in enumerate(rows):
        for cell in row.cells:
            at = place.get(cell.column)
            if at is not None:
                texts[at].append((position, cell.text))
    return [_hold(column, found, len(rows), separator) for column, found in zip(columns, texts, strict=True)]


def _hold(column: int, found: list[tuple[int, str]], rows: int, separator: str | None) -> ColumnHold:
    hold = ColumnHold(column)
    if not found:
        return hold
    numbers: list[tuple[Decimal, int]] = []
    words: list[tuple[int, str]] = []
    counts: Counter[str] = Counter()
    for position, text in found:
        value = price_of(text, separator) if is_number(text) else None
        if value is not None:
            numbers.append((value, position))
        else:
            words.append((position, text))
        if text in counts or len(counts) < _MOST_VALUES:
            counts[text] += 1
    filled = "" if len(found) == rows else f", {len(found)} of {rows} rows filled"
    present = {position for position, _ in found}
    if len(found) * 10 >= rows * 9 and len(found) < rows:
        hold.gaps = [position for position in range(rows) if position not in present][:3]
    if len(numbers) * 10 >= len(found) * 7:
        hold.numeric = True
        hold.texts = [position for position, _ in words[:4]]
        values = [value for value, _ in numbers]
        rising = _rising(values)
        few = len(counts) * 5 < len(found)
        low, high = min(numbers), max(numbers)
        hold.lowest, hold.highest = low[1], high[1]
        kind = "numbers" if rising or few else "prices"
        told = f", {len(counts)} different: {_told(list(counts))}" if few and len(counts) <= DISTINCT else ""
        among = f", words among them: {_told([text for _, text in words][:3])}" if words else ""
        hold.least, hold.most = low[0], high[0]
        percent = all("%" in text for _, text in found)
        hold.form = "" if told or among or filled else f"{kind}{rising}{percent}"
        sign = " %" if percent else ""
        hold.line = f"{kind} {low[0]} to {high[0]}{sign}{', rising' if rising else ''}{told}{among}{filled}"
        return hold
    kinds = list(counts)
    breaks = sum(parse_break(text) is not None for text in kinds[:40])
    name = "breaks" if breaks * 3 >= len(kinds[:40]) * 2 else "texts"
    many = "" if len(kinds) < _MOST_VALUES else " or more"
    hold.line = f"{name}, {len(kinds)}{many} different: {_told(kinds if len(kinds) <= DISTINCT else kinds[:3])}{filled}"
    if len(kinds) <= len(found) // 3:
        rare = {text for text, count in counts.items() if count * _RARE <= len(found)}
        hold.rare = [position for position, text in found if text in rare][:3]
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


def _rising(numbers: Sequence[Decimal]) -> bool:
    return len(numbers) > 2 and all(a < b for a, b in pairwise(numbers))


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
